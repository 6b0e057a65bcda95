//! The tags of YAML's core schema, which are all that a document may use.

use saphyr_parser::Tag;

use crate::read::scalar::Plain;

/// What a known tag asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagKind {
    Text,
    Integer,
    Float,
    Bool,
    Null,
    Mapping,
    Sequence,
    /// Of YAML 1.1, as some writers put it before a key `<<`.
    Merge,
}

const CORE: &str = "tag:yaml.org,2002:";

impl TagKind {
    /// What a tag asks for; `None` if it is not known.
    pub(super) fn of(tag: &Tag) -> Option<Self> {
        if is_non_specific(tag) {
            return Some(Self::Text);
        }
        // A verbatim tag (`!<tag:...>`) comes without a handle.
        let name = if tag.handle.is_empty() {
            tag.suffix.strip_prefix(CORE)?
        } else {
            &tag.suffix
        };
        if !tag.handle.is_empty() && tag.handle != CORE {
            return None;
        }
        match name {
            "str" => Some(Self::Text),
            "int" => Some(Self::Integer),
            "float" => Some(Self::Float),
            "bool" => Some(Self::Bool),
            "null" => Some(Self::Null),
            "map" => Some(Self::Mapping),
            "seq" => Some(Self::Sequence),
            "merge" => Some(Self::Merge),
            _ => None,
        }
    }

    /// Whether a scalar that resolves so may have this tag.
    pub(super) fn allows(self, resolved: Plain, text: &str) -> bool {
        match self {
            Self::Text => true,
            // A number with a fraction or an exponent is not an integer; the digits `e` and `E` of a hexadecimal number do not count.
            Self::Integer => resolved == Plain::Number && (text.starts_with("0x") || !text.contains(['.', 'e', 'E'])),
            Self::Float => matches!(resolved, Plain::Number | Plain::NotFinite),
            Self::Bool => matches!(resolved, Plain::Bool(_)),
            Self::Null => resolved == Plain::Null,
            Self::Mapping | Self::Sequence | Self::Merge => false,
        }
    }

    /// The tag as it is usually written.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Text => "!!str",
            Self::Integer => "!!int",
            Self::Float => "!!float",
            Self::Bool => "!!bool",
            Self::Null => "!!null",
            Self::Mapping => "!!map",
            Self::Sequence => "!!seq",
            Self::Merge => "!!merge",
        }
    }
}

/// Whether a tag is `!` alone: it makes a scalar a string, and has no effect elsewhere.
pub(super) fn is_non_specific(tag: &Tag) -> bool {
    tag.handle.is_empty() && tag.suffix == "!"
}

/// An unknown tag as it is usually written.
pub(super) fn written(tag: &Tag) -> String {
    let shown: String = tag.suffix.chars().take(80).collect();
    match tag.handle.as_str() {
        "" => format!("!<{shown}>"),
        "!" => format!("!{shown}"),
        CORE => format!("!!{shown}"),
        handle => format!("!<{handle}{shown}>"),
    }
}
