//! What a key of the configuration is.

/// A key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// What applies where the key is absent, in words or as YAML.
    pub(super) default: &'static str,
    /// A value, as YAML of one line.
    pub(super) example: &'static str,
    /// Sentences about it.
    pub(super) docs: &'static str,
    pub(super) reader: Reader,
}

/// Which values a key takes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    Text,
    Flag,
    Texts,
    /// One of some words.
    Word(&'static [&'static str]),
    /// An array of some words.
    Words(&'static [&'static str]),
    /// An array of objects that have a form of their own.
    Objects,
    /// Codes of diagnostics.
    Codes,
    /// `true`, `false`, or names.
    FlagOrTexts,
    Object(&'static [Key]),
    /// Strings by keys that the user chooses.
    TextsByKey,
    /// Paths of Rust types by keys that the user chooses.
    TypesByKey,
    /// Arrays of Rust attributes by keys that the user chooses.
    AttributesByKey,
    /// The clients, by names that the user chooses.
    Clients,
}

/// Which form a value is read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reader {
    /// `Config`.
    Generator,
    /// `Settings`.
    Command,
    /// A form of its own.
    Own,
}

pub(super) const fn key(
    name: &'static str,
    kind: Kind,
    reader: Reader,
    [default, example, docs]: [&'static str; 3],
) -> Key {
    Key {
        name,
        kind,
        default,
        example,
        docs,
        reader,
    }
}

/// Keys of an object are read with the object.
pub(super) const fn inner(name: &'static str, kind: Kind, texts: [&'static str; 3]) -> Key {
    key(name, kind, Reader::Own, texts)
}
