//! The codes of diagnostics.

use std::fmt;

macro_rules! codes {
    ($($(#[$documentation:meta])* $variant:ident = $text:literal,)*) => {
        /// The kind of a problem. The string of a code is stable, so that people can search for it and tools can filter by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$documentation])* $variant,)*
        }

        impl Code {
            /// All codes.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the string of the code, such as `duplicate-key`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// Returns a page about the code, in Markdown: its meaning, a broken example, and the repaired example.
            #[must_use]
            pub const fn explanation(self) -> &'static str {
                match self {
                    $(Self::$variant => include_str!(concat!("explain/", $text, ".md")),)*
                }
            }
        }
    };
}

codes! {
    // Of `read`.
    /// The file is larger than the limit.
    SizeLimit = "size-limit",
    /// The file is not UTF-8.
    InvalidUtf8 = "invalid-utf8",
    /// A control character is not allowed in the document.
    ControlCharacter = "control-character",
    /// The file is not YAML or JSON, or it is another kind of document.
    OtherFormat = "other-format",
    /// The file contains conflict markers of Git.
    MergeConflict = "merge-conflict",
    /// The file is empty.
    EmptyDocument = "empty-document",
    /// The file contains a single scalar instead of an object.
    ScalarRoot = "scalar-root",
    /// The file is not valid JSON.
    JsonSyntax = "json-syntax",
    /// The file is not valid YAML.
    YamlSyntax = "yaml-syntax",
    /// The file ends too early.
    UnexpectedEnd = "unexpected-end",
    /// A line is indented with a tab.
    TabIndentation = "tab-indentation",
    /// An escape sequence is only one half of a character.
    LoneSurrogate = "lone-surrogate",
    /// A value is infinity or NaN.
    NotANumber = "not-a-number",
    /// A number has too many digits.
    NumberRange = "number-range",
    /// An object contains a key twice.
    DuplicateKey = "duplicate-key",
    /// A key is empty.
    NullKey = "null-key",
    /// A key is an array or an object.
    ComplexKey = "complex-key",
    /// A merge key, which YAML 1.2 does not support.
    MergeKey = "merge-key",
    /// A merge key whose value cannot be merged.
    MergeValue = "merge-value",
    /// A tag is not part of YAML's core schema.
    UnknownTag = "unknown-tag",
    /// A value does not match its tag.
    TagMismatch = "tag-mismatch",
    /// An alias refers to an anchor that does not exist.
    UndefinedAlias = "undefined-alias",
    /// An alias is inside the value that it refers to.
    RecursiveAlias = "recursive-alias",
    /// Too many aliases, or aliases that expand to too many values.
    AliasLimit = "alias-limit",
    /// Values are nested too deeply.
    DepthLimit = "depth-limit",
    /// Too many values.
    NodeLimit = "node-limit",
    /// The file contains more than one document.
    SeveralDocuments = "several-documents",
    /// There are more problems than are listed.
    MoreProblems = "more-problems",

    // Of the typed reading of a tree.
    /// A value has the wrong kind, such as a number instead of a string.
    WrongKind = "wrong-kind",
    /// A required key is missing.
    MissingKey = "missing-key",
    /// A key is not defined here.
    UnknownKey = "unknown-key",
    /// A path is invalid, or its parameters do not match those of the operation.
    InvalidPath = "invalid-path",
    /// A value is not allowed here.
    InvalidValue = "invalid-value",

    // Of `normalize`.
    /// The file is not an `OpenAPI` document of a supported version.
    UnknownVersion = "unknown-version",
    /// A keyword belongs to another version than the document.
    ForeignKeyword = "foreign-keyword",

    // Of overlays and selections.
    /// An overlay is invalid, or does not match the document.
    InvalidOverlay = "invalid-overlay",
    /// An action of an overlay does not select a value.
    UnmatchedAction = "unmatched-action",
    /// The selection names something that the document does not contain.
    UnknownSelection = "unknown-selection",

    // Of files and references.
    /// The target of a reference is a URL.
    RemoteReference = "remote-reference",
    /// A reference refers to a file outside the folders that may be read.
    OutsideFolder = "outside-folder",
    /// A file cannot be read.
    UnreadableFile = "unreadable-file",

    // Of `examples`.
    /// An example is not a valid value of its schema.
    InvalidExample = "invalid-example",

    // Of `lower`.
    /// The target of a reference does not exist.
    UnresolvedReference = "unresolved-reference",
    /// References form a cycle.
    ReferenceCycle = "reference-cycle",
    /// Parts of a schema contradict each other.
    Contradiction = "contradiction",
    /// A property that `required` or an extension names does not exist.
    UnknownProperty = "unknown-property",
    /// A format is unknown.
    UnknownFormat = "unknown-format",
    /// An array of distinct values contains a value twice.
    DuplicateValue = "duplicate-value",
    /// A parameter is declared twice.
    DuplicateParameter = "duplicate-parameter",
    /// Two operations have the same id.
    DuplicateOperation = "duplicate-operation",
    /// An extension of this generator has an invalid form.
    InvalidExtension = "invalid-extension",
    /// An extension starts with `x-client-`, but is unknown.
    UnknownExtension = "unknown-extension",
    /// A default is not a valid value of its schema.
    InvalidDefault = "invalid-default",
    /// A keyword has no effect on values of the schema's type.
    IneffectiveKeyword = "ineffective-keyword",
    /// The generated type is less precise than the document.
    Weakened = "weakened",
    /// A required property is optional in the client, because it is read-only or write-only.
    OptionalInClient = "optional-in-client",
    /// A media type is not used, because the client uses another one.
    UnusedMediaType = "unused-media-type",
    /// The caller writes or chooses a value that the client does not write itself.
    LeftToCaller = "left-to-caller",
    /// A header is declared that OpenAPI ignores.
    ReservedHeader = "reserved-header",
    /// A path has a fragment, which is never sent.
    PathFragment = "path-fragment",

    // Of `name`.
    /// Several parts of a document have the same identifier.
    NameClash = "name-clash",
    /// A line of the configuration has no effect.
    UnusedConfiguration = "unused-configuration",
    /// A name in the configuration cannot be used.
    InvalidPin = "invalid-pin",

    /// A part of a document with errors is not generated.
    LeftOut = "left-out",

    // Of the generator itself.
    /// A defect of the generator.
    Internal = "internal",
}

impl Code {
    /// Returns whether diagnostics with this code are notes: no information of the document is lost or guessed.
    #[must_use]
    pub const fn is_note(self) -> bool {
        matches!(
            self,
            Self::MergeKey
                | Self::ForeignKeyword
                | Self::DuplicateValue
                | Self::UnusedMediaType
                | Self::LeftToCaller
                | Self::ReservedHeader
                | Self::PathFragment
                | Self::OptionalInClient
                | Self::NameClash
                | Self::InvalidExample
        )
    }

    /// Returns the code with this string.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// Returns the first sentence of the page about the code.
    #[must_use]
    pub fn summary(self) -> String {
        let page = self.explanation();
        let paragraph = page.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ");
        match paragraph.split_once(". ") {
            Some((sentence, _)) => format!("{sentence}."),
            None => paragraph,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Code;

    #[test]
    fn texts_are_kebab_case_and_distinct() {
        let texts: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert_eq!(texts.len(), Code::ALL.len());
        assert!(texts.iter().all(|text| {
            text.bytes()
                .all(|b| b == b'-' || b.is_ascii_digit() || b.is_ascii_lowercase())
        }));
    }
}
