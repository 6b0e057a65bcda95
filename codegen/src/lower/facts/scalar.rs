//! Scalars: the type of a value by its JSON type, its format and its limits.

use crate::{
    document::{JsonType, Limit, SchemaView},
    ir::Primitive,
};

/// Formats of texts that are no types of their own: OpenAPI's registry, JSON Schema's list, and what is common beside
/// them. Numbers in texts are kept as they are written, for nobody knows who reads them.
const PLAIN_TEXTS: &[&str] = &[
    "char",
    "commonmark",
    "date-time-local",
    "decimal",
    "decimal128",
    "double",
    "email",
    "float",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int16",
    "int32",
    "int8",
    "ip",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "markdown",
    "media-range",
    "phone",
    "regex",
    "relative-json-pointer",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "string",
    "time",
    "time-local",
    "uint16",
    "uint32",
    "uint8",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
];

/// The type of a scalar, and what its values are read as where its format is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) struct Scalar {
    pub(in crate::lower) primitive: Primitive,
    pub(in crate::lower) unknown_format: Option<&'static str>,
}

impl Scalar {
    pub(in crate::lower) fn known(primitive: Primitive) -> Self {
        Self {
            primitive,
            unknown_format: None,
        }
    }

    fn unknown(read_as: &'static str, primitive: Primitive) -> Self {
        Self {
            primitive,
            unknown_format: Some(read_as),
        }
    }
}

/// The scalar that a JSON type is, with the format and the limits of a schema; `None` for arrays and objects.
pub(in crate::lower) fn scalar(schema: SchemaView<'_>, json_type: JsonType) -> Option<Scalar> {
    Some(match json_type {
        JsonType::String => string(schema.format()),
        JsonType::Integer => integer(schema.format(), schema.limits().iter()),
        JsonType::Number => number(schema.format()),
        JsonType::Boolean => Scalar::known(Primitive::Bool),
        JsonType::Array | JsonType::Object => return None,
    })
}

fn string(format: Option<&str>) -> Scalar {
    Scalar::known(match format {
        Some("date-time" | "google-datetime") => Primitive::Timestamp,
        Some("date") => Primitive::Date,
        Some("duration" | "google-duration") => Primitive::Duration,
        Some("field-mask" | "google-fieldmask") => Primitive::FieldMask,
        Some("byte") => Primitive::Base64,
        Some("binary") => Primitive::Binary,
        Some("base64url") => Primitive::Base64Url,
        Some("uuid" | "guid") => Primitive::Uuid,
        Some("password") => Primitive::Password,
        Some("int64") => Primitive::QuotedInt64,
        Some("uint64") => Primitive::QuotedUint64,
        Some(format) if !PLAIN_TEXTS.contains(&format) => return Scalar::unknown("a string", Primitive::String),
        _ => Primitive::String,
    })
}

fn integer<'l>(format: Option<&str>, limits: impl Iterator<Item = &'l Limit>) -> Scalar {
    match format {
        Some("double-int" | "unixtime" | "unix-time") => Scalar::known(Primitive::Int64),
        None => Scalar::known(integer_within(limits)),
        Some(format) => {
            sized_integer(format).map_or_else(|| Scalar::unknown("a 64-bit integer", Primitive::Int64), Scalar::known)
        }
    }
}

fn number(format: Option<&str>) -> Scalar {
    Scalar::known(match format {
        Some("float") => Primitive::Float,
        Some("double") => Primitive::Double,
        Some("double-int") => Primitive::Int64,
        Some("decimal" | "decimal128") | None => Primitive::Number,
        Some(format) => match sized_integer(format) {
            Some(integer) => integer,
            None => return Scalar::unknown("a number of any precision", Primitive::Number),
        },
    })
}

/// The integer that holds everything between its limits: of 64 bits, unless they say more.
pub(super) fn integer_within<'l>(limits: impl Iterator<Item = &'l Limit>) -> Primitive {
    let bound = |text: &str| {
        text.parse::<i128>()
            .unwrap_or(if text.starts_with('-') { i128::MIN } else { i128::MAX })
    };
    let (mut min, mut max): (Option<i128>, Option<i128>) = (None, None);
    for limit in limits {
        match limit {
            Limit::Minimum(text, _) if !text.contains(['.', 'e', 'E']) => min = min.max(Some(bound(text))),
            Limit::Maximum(text, _) if !text.contains(['.', 'e', 'E']) => {
                let bound = bound(text);
                max = Some(max.map_or(bound, |max| max.min(bound)));
            }
            _ => {}
        }
    }
    let (min, max) = (min.unwrap_or(i64::MIN.into()), max.unwrap_or(i64::MAX.into()));
    if min >= i128::from(i64::MIN) && max <= i128::from(i64::MAX) {
        Primitive::Int64
    } else if min >= 0 && max <= i128::from(u64::MAX) {
        Primitive::Uint64
    } else {
        Primitive::Number
    }
}

/// The integers that the registry has under one name for integers and for numbers.
fn sized_integer(format: &str) -> Option<Primitive> {
    Some(match format {
        "int8" => Primitive::Int8,
        "int16" => Primitive::Int16,
        "int32" => Primitive::Int32,
        "int64" => Primitive::Int64,
        "uint8" => Primitive::Uint8,
        "uint16" => Primitive::Uint16,
        "uint32" => Primitive::Uint32,
        "uint64" => Primitive::Uint64,
        _ => return None,
    })
}
