//! What schemas ask of values beyond their types, with every digit: `openapiv3` has bounds of 64 bits, and none beside
//! an `allOf`.

use super::json_type::JsonType;

/// A keyword that limits values. Numbers are strings in the syntax of JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Limit {
    /// `minimum`, and whether the number itself is excluded.
    Minimum(String, bool),
    /// `maximum`, and whether the number itself is excluded.
    Maximum(String, bool),
    /// `multipleOf`.
    MultipleOf(String),
    /// `minLength`.
    MinLength(u64),
    /// `maxLength`.
    MaxLength(u64),
    /// `pattern`, unchanged.
    Pattern(String),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `dependentRequired`: where the first member is, the others are too.
    DependentRequired(String, Vec<String>),
}

impl Limit {
    /// The keyword in the schema.
    pub(crate) fn keyword(&self) -> &'static str {
        match self {
            Self::Minimum(..) => "minimum",
            Self::Maximum(..) => "maximum",
            Self::MultipleOf(_) => "multipleOf",
            Self::MinLength(_) => "minLength",
            Self::MaxLength(_) => "maxLength",
            Self::Pattern(_) => "pattern",
            Self::MinItems(_) => "minItems",
            Self::MaxItems(_) => "maxItems",
            Self::UniqueItems => "uniqueItems",
            Self::MinProperties(_) => "minProperties",
            Self::MaxProperties(_) => "maxProperties",
            Self::DependentRequired(..) => "dependentRequired",
        }
    }
}

impl Limit {
    /// Whether it asks anything of values of a type.
    pub(crate) fn applies_to(&self, json_type: JsonType) -> bool {
        let limited = match self {
            Self::Minimum(..) | Self::Maximum(..) | Self::MultipleOf(_) => JsonType::Number,
            Self::MinLength(_) | Self::MaxLength(_) | Self::Pattern(_) => JsonType::String,
            Self::MinItems(_) | Self::MaxItems(_) | Self::UniqueItems => JsonType::Array,
            Self::MinProperties(_) | Self::MaxProperties(_) | Self::DependentRequired(..) => JsonType::Object,
        };
        json_type.widest() == limited
    }
}
