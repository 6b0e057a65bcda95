//! The JSON layer of generated models.
//!
//! A generated model is a plain struct and a table ([`Model`]): the names of the fields, and lists of references to them.
//! Everything else, the reading and writing of JSON text, is here once, and is not generic over the model, so that
//! hundreds of models compile in seconds.
//!
//! ```
//! use specwright_runtime::{forms::*, wire};
//!
//! model! {
//!     pub struct App = "App" {
//!         display_name: Option<String> = "displayName",
//!     }
//! }
//!
//! let app: App = wire::from_slice(br#"{"displayName": "Wiki", "unknown": [1]}"#)?;
//! assert_eq!(app.display_name.as_deref(), Some("Wiki"));
//! assert_eq!(wire::to_vec(&app), br#"{"displayName":"Wiki"}"#);
//! # Ok::<(), wire::DecodeError>(())
//! ```

mod any;
mod canonical;
mod changes;
mod constant;
mod error;
mod exact;
mod field;
#[cfg(feature = "client")]
pub(crate) mod find;
mod into_value;
mod json;
mod model;
mod newtype;
mod null;
mod nullable;
mod number;
mod oneof;
mod parsed;
mod path;
#[cfg(feature = "client")]
mod pieces;
mod quoted;
mod raw;
mod reader;
mod rule;
mod scalar;
#[cfg(feature = "client")]
mod splice;
mod string;
mod string_enum;
#[cfg(test)]
mod tests;
mod transcode;
mod trial;
mod tuple;
mod union;
#[cfg(feature = "validate")]
mod validate;
mod value_enum;
mod writer;

pub use self::changes::{Changes, FieldPath, Held, PathTo, VariantPath};
pub use self::error::{DecodeError, EncodeError};
pub use self::exact::Number;
pub use self::into_value::IntoValue;
pub use self::json::Json;
pub(crate) use self::machinery::*;
pub use self::model::Model;
pub use self::null::Null;
pub use self::nullable::Nullable;
pub use self::oneof::Conflict;
pub use self::parsed::{NotParsed, Parsed, ParsedNumber};
#[cfg(feature = "client")]
pub(crate) use self::pieces::Pieces;
pub use self::raw::Raw;
pub use self::scalar::{
    AnyMessage, Base64, Base64Url, Date, Duration, FieldMask, Password, ScalarError, Timestamp, Uuid,
};
#[cfg(feature = "client")]
pub(crate) use self::splice::{Members, quoted};
pub use self::string_enum::UnknownValue;
#[cfg(all(feature = "client", feature = "validate"))]
pub(crate) use self::validate::validate_request;
#[cfg(feature = "validate")]
pub use self::validate::{Validate, ValidationError, Violation};
pub use serde_json::Value;

/// Any JSON object.
pub type Object = serde_json::Map<String, Value>;

/// What models are made of: for generated code, by way of [`codegen`](crate::codegen).
pub(crate) mod machinery {
    pub use super::{
        changes::Optional,
        constant::{Constant, parameter_text},
        field::Field,
        into_value::{FromText, FromValue, Generated},
        json::Kind,
        model::{Facts, clone_model, debug_model, mark, models_are_equal},
        oneof::{Oneof, clone_oneof, debug_oneof, oneofs_are_equal},
        reader::Reader,
        rule::{Rule, rules},
        string_enum::{IntoStringEnum, StringEnum, Strings},
        transcode::{deserialize, serialize},
        tuple::{ArrayWriter, Tuple},
        union::Union,
        value_enum::{ValueEnum, ValueKind},
        writer::{ObjectWriter, Writer},
    };
}

/// How deep arrays and objects may be nested in a document that is read.
pub const MAX_DEPTH: usize = 128;

/// The result of reading JSON.
pub type Result<T, E = DecodeError> = std::result::Result<T, E>;

/// Reads one JSON document (RFC 8259, UTF-8, no byte order mark).
///
/// Unknown properties are skipped. If a property occurs twice, the last one is used. The error contains the JSON path, the
/// byte, what was expected and the kind of value that was found. It never shows the content of a string.
pub fn from_slice<T: Json>(bytes: &[u8]) -> Result<T> {
    match std::str::from_utf8(bytes) {
        Ok(text) => from_str(text),
        Err(error) => Err(error::not_utf8(bytes, error.valid_up_to())),
    }
}

/// Reads one JSON document, as [`from_slice`] does.
pub fn from_str<T: Json>(text: &str) -> Result<T> {
    let mut reader = Reader::new(text);
    let value = reader.value()?;
    reader.finish()?;
    Ok(value)
}

/// Writes a value completely: members that only the server sets too, and a [`Conflict`] as it came.
///
/// A number that JSON cannot hold (NaN, infinite) is written as `null`.
#[must_use]
pub fn to_vec<T: Json>(value: &T) -> Vec<u8> {
    to_text(value).into_bytes()
}

/// Writes a value as a request carries it: members that only the server sets are left out at any depth.
///
/// # Errors
///
/// A [`Conflict`] and a number that JSON cannot hold (NaN, infinite), with the JSON path and what to do.
pub fn to_request<T: Json>(value: &T) -> Result<Vec<u8>, EncodeError> {
    to_request_text(value).map(String::into_bytes)
}

pub(crate) fn to_request_text<T: Json>(value: &T) -> Result<String, EncodeError> {
    let mut writer = Writer::request().roomy();
    value.write(&mut writer);
    writer.finish()
}

fn to_text<T: Json>(value: &T) -> String {
    let mut writer = Writer::complete().roomy();
    value.write(&mut writer);
    writer.into_text()
}
