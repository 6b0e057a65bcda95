//! Scalars: what type and format make of a value.

use openapiv3::{IntegerType, NumberType, StringType, VariantOrUnknownOrEmpty};

use super::Lowering;
use crate::{at::At, diagnostic::Code, ir::Primitive};

impl Lowering<'_> {
    pub(super) fn string(&mut self, string: &StringType, at: &At<'_>) -> Primitive {
        match format_name(&string.format).as_deref() {
            Some("date-time") => Primitive::Timestamp,
            Some("duration") => Primitive::Duration,
            Some("field-mask") => Primitive::FieldMask,
            Some("byte") => Primitive::Base64,
            Some("int64") => Primitive::QuotedInt64,
            Some("uint64") => Primitive::QuotedUint64,
            Some("uuid" | "uri" | "email" | "hostname" | "date" | "password") | None => Primitive::String,
            Some(format) => self.unknown_format(format, "a text", at, Primitive::String),
        }
    }

    pub(super) fn integer(&mut self, integer: &IntegerType, at: &At<'_>) -> Primitive {
        match format_name(&integer.format).as_deref() {
            Some("int32") => Primitive::Int32,
            Some("uint32") => Primitive::Uint32,
            Some("uint64") => Primitive::Uint64,
            Some("int64") | None => Primitive::Int64,
            Some(format) => self.unknown_format(format, "an integer of 64 bits", at, Primitive::Int64),
        }
    }

    pub(super) fn number(&mut self, number: &NumberType, at: &At<'_>) -> Primitive {
        match format_name(&number.format).as_deref() {
            Some("float") => Primitive::Float,
            Some("double") | None => Primitive::Double,
            Some(format) => self.unknown_format(format, "a double precision number", at, Primitive::Double),
        }
    }

    fn unknown_format(&mut self, format: &str, read_as: &str, at: &At<'_>, primitive: Primitive) -> Primitive {
        let message = format!("the format `{format}` is not known: the value is {read_as}");
        self.warn(
            Code::UnknownFormat,
            &at.key("format"),
            message,
            "check the spelling; the value itself is kept",
        );
        primitive
    }
}

/// The format's name, whether `openapiv3` knows it or not.
fn format_name<T: serde::Serialize>(format: &VariantOrUnknownOrEmpty<T>) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Empty => None,
        VariantOrUnknownOrEmpty::Unknown(format) => Some(format.clone()),
        VariantOrUnknownOrEmpty::Item(format) => serde_json::to_value(format)
            .ok()
            .and_then(|format| format.as_str().map(str::to_owned)),
    }
}
