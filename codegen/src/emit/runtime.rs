//! Every path into the runtime that emitted code names, once.
//!
//! Types that a user of a client names are in the runtime's public face; everything else is in its module `codegen`, which is
//! promised to emitted code of the same minor version alone.
//!
//! All of them are absolute: a schema may be called `Option`, `String` or `Result`.

use proc_macro2::TokenStream;
use quote::quote;

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
