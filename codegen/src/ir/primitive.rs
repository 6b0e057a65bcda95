/// A type that the configuration gives to strings or numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Chosen {
    /// Its index in [`Api::chosen`](super::Api::chosen).
    pub index: usize,
    /// Whether its values are JSON numbers.
    pub is_number: bool,
}

/// A scalar of the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Primitive {
    /// Null, and nothing else.
    Null,
    /// `true` or `false`.
    Bool,
    /// A string.
    String,
    /// A JSON integer of 8 bits.
    Int8,
    /// A JSON integer of 16 bits.
    Int16,
    /// A JSON integer of 32 bits.
    Int32,
    /// A JSON integer of 64 bits.
    Int64,
    /// A JSON integer of 8 bits from 0.
    Uint8,
    /// A JSON integer of 16 bits from 0.
    Uint16,
    /// A JSON integer of 32 bits from 0.
    Uint32,
    /// A JSON integer of 64 bits from 0.
    Uint64,
    /// An integer of 64 bits in a JSON string.
    QuotedInt64,
    /// An integer of 64 bits from 0 in a JSON string.
    QuotedUint64,
    /// A single precision number.
    Float,
    /// A double precision number.
    Double,
    /// A number of any size and precision.
    Number,
    /// RFC 3339.
    Timestamp,
    /// A day of RFC 3339.
    Date,
    /// `3600s`, or ISO 8601.
    Duration,
    /// Comma separated paths in one string.
    FieldMask,
    /// Bytes as Base64 text.
    Base64,
    /// Bytes as Base64 text of the alphabet for URLs.
    Base64Url,
    /// RFC 9562.
    Uuid,
    /// A string that is not printed.
    Password,
    /// Bytes in a body or in a part of it; a string in JSON.
    Binary,
    /// `google.protobuf.Any`: an object with `@type` and the members of that type.
    AnyMessage,
    /// A string or a number with a type of the user's choice.
    Chosen(Chosen),
}

impl Primitive {
    /// Whether its values are strings in JSON.
    #[must_use]
    pub fn is_string(self) -> bool {
        match self {
            Self::String
            | Self::QuotedInt64
            | Self::QuotedUint64
            | Self::Timestamp
            | Self::Date
            | Self::Duration
            | Self::FieldMask
            | Self::Base64
            | Self::Base64Url
            | Self::Uuid
            | Self::Password
            | Self::Binary => true,
            Self::Chosen(chosen) => !chosen.is_number,
            _ => false,
        }
    }

    /// Its name in messages and where the IR is shown.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool => "boolean",
            Self::String => "string",
            Self::Int8 => "int8",
            Self::Int16 => "int16",
            Self::Int32 => "int32",
            Self::Int64 => "int64",
            Self::Uint8 => "uint8",
            Self::Uint16 => "uint16",
            Self::Uint32 => "uint32",
            Self::Uint64 => "uint64",
            Self::QuotedInt64 => "quoted int64",
            Self::QuotedUint64 => "quoted uint64",
            Self::Float => "float",
            Self::Double => "double",
            Self::Number => "number",
            Self::Timestamp => "date-time",
            Self::Date => "date",
            Self::Duration => "duration",
            Self::FieldMask => "field mask",
            Self::Base64 => "base64",
            Self::Base64Url => "base64url",
            Self::Uuid => "uuid",
            Self::Password => "password",
            Self::Binary => "binary",
            Self::AnyMessage => "any message",
            Self::Chosen(Chosen { is_number: true, .. }) => "number of a chosen type",
            Self::Chosen(Chosen { is_number: false, .. }) => "string of a chosen type",
        }
    }
}
