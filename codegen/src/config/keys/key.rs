//! What a key of a configuration file is.

/// A key.
#[derive(Clone, Copy, Debug)]
pub(in crate::config) struct Key {
    pub(in crate::config) name: &'static str,
    pub(in crate::config) kind: Kind,
    /// What applies where the key is absent, in words or as YAML.
    pub(in crate::config) default: &'static str,
    /// A value, as YAML of one line.
    pub(in crate::config) example: &'static str,
    /// Sentences about it.
    pub(in crate::config) docs: &'static str,
    pub(in crate::config) reader: Reader,
}

/// Which values a key takes.
#[derive(Clone, Copy, Debug)]
pub(in crate::config) enum Kind {
    Text,
    Flag,
    Texts,
    /// One of some words.
    Word(&'static [&'static str]),
    /// Codes of diagnostics.
    Codes,
    /// `true`, `false`, or names.
    FlagOrTexts,
    Object(&'static [Key]),
    /// Strings by keys that the user chooses.
    TextsByKey,
    /// The clients, by names that the user chooses.
    Clients,
}

/// Which form a value is read into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::config) enum Reader {
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
