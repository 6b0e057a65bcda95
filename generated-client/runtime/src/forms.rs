//! What generated code writes without a path: the macros that declare things, and the types of their properties.
//!
//! A schema that has one of these names wins over it: the generator then writes the path.

pub use std::collections::BTreeMap;

pub use crate::wire::{
    AnyMessage, Base64, Base64Url, Date, Duration, FieldMask, Null, Nullable, Number, Object, Password, Timestamp,
    Uuid, Value,
};

#[cfg(feature = "client")]
pub use crate::{Bytes, Upload, api_client, operations};
