//! Every path into the runtime that emitted code names, once.
//!
//! Types that a user of a client names are in the runtime's public face; everything else is in its module `codegen`, which is
//! promised to emitted code of the same minor version alone.
//!
//! All of them are absolute: a schema may be called `Option`, `String` or `Result`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Primitive;

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
}

macro_rules! primitives {
    ($($constant:ident = $short:literal;)*) => {
        $(const $constant: Known = Known { short: $short, path: concat!("::core::primitive::", $short) };)*
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
    option => { ::std::option::Option }
    string => { ::std::string::String }
    default => { ::std::default::Default }
    from => { ::std::convert::From }
    into => { ::std::convert::Into }
    into_iterator => { ::std::iter::IntoIterator }
    vec => { ::std::vec::Vec }
    boxed => { ::std::boxed::Box }
    map => { ::std::collections::BTreeMap }
    ok => { ::std::result::Result::Ok }

    paging => { ::specwright_runtime::codegen::Paging }
    wire_result => { ::specwright_runtime::codegen::Result }
    json => { ::specwright_runtime::wire::Json }
    model => { ::specwright_runtime::codegen::Model }
    oneof => { ::specwright_runtime::codegen::Oneof }
    constant => { ::specwright_runtime::codegen::Constant }
    union_trait => { ::specwright_runtime::codegen::Union }
    tagged_union => { ::specwright_runtime::codegen::TaggedUnion }
    union_arm => { ::specwright_runtime::codegen::Arm }
    tuple => { ::specwright_runtime::codegen::Tuple }
    parts => { ::specwright_runtime::codegen::FlattenReader }
    raw => { ::specwright_runtime::wire::Raw }
    writer => { ::specwright_runtime::codegen::Writer }
    array_writer => { ::specwright_runtime::codegen::ArrayWriter }
    rule => { ::specwright_runtime::codegen::Rule }
    reader => { ::specwright_runtime::codegen::Reader }
    object_writer => { ::specwright_runtime::codegen::ObjectWriter }
    conflict => { ::specwright_runtime::wire::Conflict }
    unknown_value => { ::specwright_runtime::wire::UnknownValue }
    changes => { ::specwright_runtime::wire::Changes }
    field_path => { ::specwright_runtime::wire::FieldPath }
    arm_path => { ::specwright_runtime::wire::VariantPath }
    nullable => { ::specwright_runtime::wire::Nullable }
    timestamp => { ::specwright_runtime::wire::Timestamp }
    duration => { ::specwright_runtime::wire::Duration }
    field_mask => { ::specwright_runtime::wire::FieldMask }
    base64 => { ::specwright_runtime::wire::Base64 }
    base64_url => { ::specwright_runtime::wire::Base64Url }
    date => { ::specwright_runtime::wire::Date }
    null => { ::specwright_runtime::wire::Null }
    number => { ::specwright_runtime::wire::Number }
    password => { ::specwright_runtime::wire::Password }
    uuid => { ::specwright_runtime::wire::Uuid }
    any_message => { ::specwright_runtime::wire::AnyMessage }
    value => { ::specwright_runtime::wire::Value }
    object => { ::specwright_runtime::wire::Object }
    quoted => { ::specwright_runtime::codegen::Quoted }
    each => { ::specwright_runtime::codegen::Each }

    client => { ::specwright_runtime::Client }
    outcome => { ::specwright_runtime::codegen::Outcome }
    answer => { ::specwright_runtime::codegen::Answer }
    mismatch => { ::specwright_runtime::codegen::Mismatch }
    header => { ::specwright_runtime::Header }
    bytes => { ::specwright_runtime::Bytes }
    client_builder => { ::specwright_runtime::ClientBuilder }
    server => { ::specwright_runtime::Server }
    credentials => { ::specwright_runtime::Credentials }
    style => { ::specwright_runtime::codegen::Style }
    json_form => { ::specwright_runtime::codegen::JsonForm }
    upload => { ::specwright_runtime::Upload }

    model_macro => { ::specwright_runtime::codegen::model! }
    string_enum_macro => { ::specwright_runtime::codegen::string_enum! }
    value_enum_macro => { ::specwright_runtime::codegen::value_enum! }
    constant_macro => { ::specwright_runtime::codegen::constant! }
    union_macro => { ::specwright_runtime::codegen::union! }
    tagged_union_macro => { ::specwright_runtime::codegen::tagged_union! }
    arm_macro => { ::specwright_runtime::codegen::arm! }
    tuple_macro => { ::specwright_runtime::codegen::tuple! }
    streamed_macro => { ::specwright_runtime::codegen::streamed! }
    failure_macro => { ::specwright_runtime::codegen::failure! }
    string_newtype_macro => { ::specwright_runtime::codegen::string_newtype! }

    server_template_import => { use ::specwright_runtime::ServerTemplate; }
    credentials_imports => { use ::specwright_runtime::{Secret, codegen::credentials}; }
    operation_imports => { use ::specwright_runtime::codegen::{Call, Client, Operation, operation}; }
    paged_import => { use ::specwright_runtime::codegen::paged; }
}

/// The version of the runtime that emitted code is for: that of this crate, by its first two numbers.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// The check that a crate is compiled with the runtime that its code is for.
pub(super) fn require_version() -> TokenStream {
    quote!(::specwright_runtime::codegen::require_version!(#VERSION);)
}
