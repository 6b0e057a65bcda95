//! What generated code writes without a path: the macros that declare things, and the types of their properties.
//!
//! A schema that has one of these names wins over it: the generator then writes the path.

pub use std::collections::BTreeMap;

pub use crate::{
    __for_tests as for_tests, alias, constant, model, newtype, oneof, payload, response_alias, response_model,
    response_oneof, string_enum, tuple, union, value_enum,
};

pub use crate::wire::{
    AnyMessage, Base64, Base64Url, Date, Duration, FieldMask, Null, Nullable, Number, Object, Parsed, ParsedNumber,
    Password, Timestamp, Uuid, Value,
};

#[cfg(feature = "test-util")]
pub use crate::__default_answers as default_answers;
#[cfg(feature = "client")]
pub use crate::{Bytes, Upload, api_client, operations};
