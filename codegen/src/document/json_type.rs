//! The types of JSON values.

/// The types of JSON values that a schema can name; null is a flag of its own in canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JsonType {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
}

impl JsonType {
    pub(crate) const ALL: [Self; 6] = [
        Self::String,
        Self::Number,
        Self::Integer,
        Self::Boolean,
        Self::Array,
        Self::Object,
    ];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// The type of which every value of this one is: each integer is a number.
    pub(crate) fn widest(self) -> Self {
        match self {
            Self::Integer => Self::Number,
            other => other,
        }
    }
}
