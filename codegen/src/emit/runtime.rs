//! Every path into the runtime that emitted code names, once.
//!
//! Types that a user of a client names are in the runtime's public face; everything else is in its module `codegen`, which is
//! promised to emitted code of the same minor version alone.
//!
//! All of them are absolute: a schema may be called `Option`, `String` or `Result`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Chosen, Primitive};

/// A type that forms write by its short name, which `use ::specwright_runtime::forms::*` or the prelude brings.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    pub(super) short: &'static str,
    /// The absolute path, for modules that have something else of the short name.
    pub(super) path: &'static str,
}

macro_rules! known {
    ($($constant:ident = $short:literal in $module:literal;)*) => {
        $(pub(super) const $constant: Known = Known {
            short: $short,
            path: concat!($module, "::", $short),
        };)*
    };
}

known! {
    OPTION = "Option" in "::std::option";
    STRING = "String" in "::std::string";
    VEC = "Vec" in "::std::vec";
    BOXED = "Box" in "::std::boxed";
    MAP = "BTreeMap" in "::std::collections";
    NULLABLE = "Nullable" in "::specwright_runtime::wire";
    VALUE = "Value" in "::specwright_runtime::wire";
    OBJECT = "Object" in "::specwright_runtime::wire";
    NULL = "Null" in "::specwright_runtime::wire";
    NUMBER = "Number" in "::specwright_runtime::wire";
    TIMESTAMP = "Timestamp" in "::specwright_runtime::wire";
    DATE = "Date" in "::specwright_runtime::wire";
    DURATION = "Duration" in "::specwright_runtime::wire";
    FIELD_MASK = "FieldMask" in "::specwright_runtime::wire";
    BASE64 = "Base64" in "::specwright_runtime::wire";
    BASE64_URL = "Base64Url" in "::specwright_runtime::wire";
    UUID = "Uuid" in "::specwright_runtime::wire";
    PASSWORD = "Password" in "::specwright_runtime::wire";
    ANY_MESSAGE = "AnyMessage" in "::specwright_runtime::wire";
    PARSED = "Parsed" in "::specwright_runtime::wire";
    PARSED_NUMBER = "ParsedNumber" in "::specwright_runtime::wire";
    UPLOAD = "Upload" in "::specwright_runtime";
    BYTES = "Bytes" in "::specwright_runtime";
}

macro_rules! primitives {
    ($($constant:ident = $short:literal;)*) => {
        $(pub(super) const $constant: Known = Known { short: $short, path: concat!("::core::primitive::", $short) };)*
    };
}

primitives! {
    BOOL = "bool";
    I8 = "i8";
    I16 = "i16";
    I32 = "i32";
    I64 = "i64";
    U8 = "u8";
    U16 = "u16";
    U32 = "u32";
    U64 = "u64";
    F32 = "f32";
    F64 = "f64";
}

/// The type of a scalar.
pub(super) fn scalar(primitive: Primitive) -> Known {
    match primitive {
        Primitive::Null => NULL,
        Primitive::Bool => BOOL,
        Primitive::String | Primitive::Binary => STRING,
        Primitive::Int8 => I8,
        Primitive::Int16 => I16,
        Primitive::Int32 => I32,
        Primitive::Int64 | Primitive::QuotedInt64 => I64,
        Primitive::Uint8 => U8,
        Primitive::Uint16 => U16,
        Primitive::Uint32 => U32,
        Primitive::Uint64 | Primitive::QuotedUint64 => U64,
        Primitive::Float => F32,
        Primitive::Double => F64,
        Primitive::Number => NUMBER,
        Primitive::Timestamp => TIMESTAMP,
        Primitive::Date => DATE,
        Primitive::Duration => DURATION,
        Primitive::FieldMask => FIELD_MASK,
        Primitive::Base64 => BASE64,
        Primitive::Base64Url => BASE64_URL,
        Primitive::Uuid => UUID,
        Primitive::Password => PASSWORD,
        Primitive::AnyMessage => ANY_MESSAGE,
        Primitive::Chosen(Chosen { is_number: false, .. }) => PARSED,
        Primitive::Chosen(Chosen { is_number: true, .. }) => PARSED_NUMBER,
    }
}

/// Functions of no arguments that give a path.
macro_rules! paths {
    ($($name:ident => { $($path:tt)+ })*) => {
        $(pub(super) fn $name() -> TokenStream {
            quote!($($path)+)
        })*
    };
}

paths! {
    credentials => { ::specwright_runtime::Credentials }
}

/// The imports of modules, as they are written.
pub(super) const SERVER_TEMPLATE_IMPORT: &str = "use ::specwright_runtime::ServerTemplate;";
pub(super) const CREDENTIALS_IMPORTS: &str = "use ::specwright_runtime::{Secret, codegen::credentials};";
/// What is only for tests, where the forms are not in scope.
pub(super) const FOR_TESTS: &str = "::specwright_runtime::forms::for_tests";

/// The default answers of the mock.
pub(super) const DEFAULT_ANSWERS: &str = "::specwright_runtime::forms::default_answers";

/// Everything of the mock, beside the default answers.
pub(super) const MOCK_EXPORT: &str = "pub use ::specwright_runtime::mock::*;";
pub(super) const FORMS_IMPORT: &str = "use ::specwright_runtime::forms::*;";

/// The version of the runtime that emitted code is for: that of this crate, by its first two numbers.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// The check that a crate is compiled with the runtime that its code is for.
pub(super) fn require_version() -> TokenStream {
    quote!(::specwright_runtime::codegen::require_version!(#VERSION);)
}
