//! The kinds of problems, by the words that stand for them in messages.

use std::fmt;

macro_rules! codes {
    ($($(#[$documentation:meta])* $variant:ident = $text:literal,)*) => {
        /// The kind of a problem. Its text is stable: people search for it, and tools filter by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$documentation])* $variant,)*
        }

        impl Code {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The words that stand for it, as in `duplicate-key`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// A page about it, in Markdown: what it means, an example that has it, and that example mended.
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
    /// The file is of another format than YAML and JSON, or another kind of document.
    OtherFormat = "other-format",
    /// The file has markers of a merge that was not completed.
    MergeConflict = "merge-conflict",
    /// The file holds nothing.
    EmptyDocument = "empty-document",
    /// The file holds one scalar and no object.
    ScalarRoot = "scalar-root",
    /// The text is not JSON.
    JsonSyntax = "json-syntax",
    /// The text is not YAML.
    YamlSyntax = "yaml-syntax",
    /// The file ends too early.
    UnexpectedEnd = "unexpected-end",
    /// A line is indented with a tab.
    TabIndentation = "tab-indentation",
    /// An escape stands for half of a character.
    LoneSurrogate = "lone-surrogate",
    /// An infinity, or not a number at all.
    NotANumber = "not-a-number",
    /// A number beyond every range.
    NumberRange = "number-range",
    /// A key stands twice in an object.
    DuplicateKey = "duplicate-key",
    /// A key has no text.
    NullKey = "null-key",
    /// A key is an array or an object.
    ComplexKey = "complex-key",
    /// A merge key, which YAML 1.2 does not know.
    MergeKey = "merge-key",
    /// A merge key whose value cannot be merged.
    MergeValue = "merge-value",
    /// A tag outside of YAML's core schema.
    UnknownTag = "unknown-tag",
    /// A tag that its value contradicts.
    TagMismatch = "tag-mismatch",
    /// An alias of an anchor that is not there.
    UndefinedAlias = "undefined-alias",
    /// An alias inside the value that it stands for.
    RecursiveAlias = "recursive-alias",
    /// Too many aliases, or too much behind them.
    AliasLimit = "alias-limit",
    /// Values nest too deeply.
    DepthLimit = "depth-limit",
    /// Too many values.
    NodeLimit = "node-limit",
    /// The file holds more than one document.
    SeveralDocuments = "several-documents",
    /// More problems than are shown.
    MoreProblems = "more-problems",

    // Of the typed reading of a tree.
    /// A value is of a kind that cannot stand here.
    WrongKind = "wrong-kind",
    /// A key is missing.
    MissingKey = "missing-key",
    /// A key that means nothing here.
    UnknownKey = "unknown-key",
    /// A path that is none, or whose parameters are others than its own.
    InvalidPath = "invalid-path",
    /// A value that cannot stand here.
    InvalidValue = "invalid-value",

    // Of `normalize`.
    /// No `OpenAPI` document, or one of a version that is not understood.
    UnknownVersion = "unknown-version",
    /// A keyword of another version than the document's.
    ForeignKeyword = "foreign-keyword",

    // Of overlays and selections.
    /// An overlay that is none, or that does not fit the document.
    InvalidOverlay = "invalid-overlay",
    /// An action of an overlay that selects nothing.
    UnmatchedAction = "unmatched-action",
    /// Something is selected that the document does not have.
    UnknownSelection = "unknown-selection",

    // Of files and references.
    /// A reference to something that is not on this disk.
    RemoteReference = "remote-reference",
    /// A reference to a file outside of the folders that may be read.
    OutsideFolder = "outside-folder",
    /// A file that cannot be read.
    UnreadableFile = "unreadable-file",

    // Of `lower`.
    /// A reference that leads nowhere.
    UnresolvedReference = "unresolved-reference",
    /// References that lead back to where they started.
    ReferenceCycle = "reference-cycle",
    /// Parts of a schema that no value can satisfy together.
    Contradiction = "contradiction",
    /// A property that is named and does not exist.
    UnknownProperty = "unknown-property",
    /// A format that is not known; the value is kept.
    UnknownFormat = "unknown-format",
    /// A value that stands twice in a list.
    DuplicateValue = "duplicate-value",
    /// A parameter that stands twice in a list.
    DuplicateParameter = "duplicate-parameter",
    /// Two operations of one id.
    DuplicateOperation = "duplicate-operation",
    /// An extension of ours in a form that it does not have.
    InvalidExtension = "invalid-extension",
    /// An extension that looks like one of ours and is none.
    UnknownExtension = "unknown-extension",
    /// A default that is no value of its schema.
    InvalidDefault = "invalid-default",
    /// A keyword that says nothing about values of its schema's type.
    IneffectiveKeyword = "ineffective-keyword",
    /// Something that the client carries without its type.
    Weakened = "weakened",
    /// A required property that the client makes optional, because it travels one way alone.
    OptionalInClient = "optional-in-client",
    /// A media type that is not used because another one is.
    UnusedMediaType = "unused-media-type",
    /// Something that the caller writes or decides, as the document allows.
    LeftToCaller = "left-to-caller",
    /// A header that OpenAPI says is described elsewhere.
    ReservedHeader = "reserved-header",
    /// A fragment of a path, which is never sent.
    PathFragment = "path-fragment",

    // Of `name`.
    /// Several things that ask for one identifier.
    NameClash = "name-clash",
    /// A name of the configuration that cannot be given.
    InvalidPin = "invalid-pin",

    /// A part of a document with errors that is not generated.
    LeftOut = "left-out",

    // Of the generator itself.
    /// A defect of the generator.
    Internal = "internal",
}

impl Code {
    /// Whether findings of this code are notes: nothing of the document is lost or guessed.
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
        )
    }

    /// The code that these words stand for.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// The first sentence of its page.
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
