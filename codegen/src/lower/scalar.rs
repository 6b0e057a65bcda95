//! Scalars: what type and format make of a value.

use std::collections::BTreeMap;

use openapiv3::{IntegerType, NumberType, StringType, VariantOrUnknownOrEmpty};

use super::Lowering;
use crate::{
    at::At,
    diagnostic::{Code, Diagnostic},
    document::Limit,
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

/// Formats that are not known, with what their values are read as, and where they stand.
pub(super) type UnknownFormats = BTreeMap<(String, &'static str), Vec<String>>;

impl Lowering<'_> {
    pub(super) fn string(&mut self, string: &StringType, at: &At<'_>) -> Primitive {
        match format_name(&string.format).as_deref() {
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
            Some(format) if !PLAIN_TEXTS.contains(&format) => {
                self.unknown_format(format, "a text", at, Primitive::String)
            }
            _ => Primitive::String,
        }
    }

    pub(super) fn integer(&mut self, integer: &IntegerType, limits: &[Limit], at: &At<'_>) -> Primitive {
        match format_name(&integer.format).as_deref() {
            Some("double-int" | "unixtime" | "unix-time") => Primitive::Int64,
            None => integer_within(limits),
            Some(format) => sized_integer(format)
                .unwrap_or_else(|| self.unknown_format(format, "an integer of 64 bits", at, Primitive::Int64)),
        }
    }

    pub(super) fn number(&mut self, number: &NumberType, at: &At<'_>) -> Primitive {
        match format_name(&number.format).as_deref() {
            Some("float") => Primitive::Float,
            Some("double") => Primitive::Double,
            Some("double-int") => Primitive::Int64,
            Some("decimal" | "decimal128") | None => Primitive::Number,
            Some(format) => sized_integer(format)
                .unwrap_or_else(|| self.unknown_format(format, "a number of any precision", at, Primitive::Number)),
        }
    }

    fn unknown_format(&mut self, format: &str, read_as: &'static str, at: &At<'_>, read: Primitive) -> Primitive {
        let places = self.unknown_formats.entry((format.to_owned(), read_as)).or_default();
        places.push(at.key("format").pointer());
        read
    }

    /// Reports the formats that are not known: each once, for some documents have one of their own everywhere.
    pub(super) fn report_unknown_formats(&mut self) {
        for ((format, read_as), mut pointers) in std::mem::take(&mut self.unknown_formats) {
            pointers.sort_by_cached_key(|pointer| (self.document.place(pointer), pointer.clone()));
            // A schema that is used in several places is lowered in each of them.
            pointers.dedup();
            let places = match pointers.len() {
                0 | 1 => String::new(),
                several => format!(" ({several} places)"),
            };
            let message = format!("the format `{format}` is not known: the value is {read_as}{places}");
            let help = crate::nearest::format_help(&format);
            let Some(first) = pointers.into_iter().next() else {
                continue;
            };
            let place = self.document.place(&first);
            self.diagnostics
                .push(Diagnostic::warning(Code::UnknownFormat, place, first, message).help(help));
        }
    }
}

/// The integer that holds everything between its limits: of 64 bits, unless they say more.
fn integer_within(limits: &[Limit]) -> Primitive {
    let bound = |text: &str| {
        text.parse::<i128>()
            .unwrap_or(if text.starts_with('-') { i128::MIN } else { i128::MAX })
    };
    let (mut least, mut most) = (i128::from(i64::MIN), i128::from(i64::MAX));
    for limit in limits {
        match limit {
            Limit::Minimum(text, _) if !text.contains(['.', 'e', 'E']) => least = bound(text),
            Limit::Maximum(text, _) if !text.contains(['.', 'e', 'E']) => most = bound(text),
            _ => {}
        }
    }
    if least >= i128::from(i64::MIN) && most <= i128::from(i64::MAX) {
        Primitive::Int64
    } else if least >= 0 && most <= i128::from(u64::MAX) {
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

/// The format's name, whether `openapiv3` knows it or not.
pub(super) fn format_name<T: serde::Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Empty => None,
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
        VariantOrUnknownOrEmpty::Item(format) => serde_json::to_value(format)
            .ok()
            .and_then(|format| format.as_str().map(str::to_owned)),
    }
}
