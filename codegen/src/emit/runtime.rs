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

    wire_result => { ::client_runtime::codegen::Result }
    json => { ::client_runtime::wire::Json }
    model => { ::client_runtime::codegen::Model }
    oneof => { ::client_runtime::codegen::Oneof }
    constant => { ::client_runtime::codegen::Constant }
    union_trait => { ::client_runtime::codegen::Union }
    tagged_union => { ::client_runtime::codegen::TaggedUnion }
    union_arm => { ::client_runtime::codegen::Arm }
    tuple => { ::client_runtime::codegen::Tuple }
    parts => { ::client_runtime::codegen::FlattenReader }
    raw => { ::client_runtime::wire::Raw }
    writer => { ::client_runtime::codegen::Writer }
    array_writer => { ::client_runtime::codegen::ArrayWriter }
    rule => { ::client_runtime::codegen::Rule }
    reader => { ::client_runtime::codegen::Reader }
    object_writer => { ::client_runtime::codegen::ObjectWriter }
    conflict => { ::client_runtime::wire::Conflict }
    unknown_value => { ::client_runtime::wire::UnknownValue }
    changes => { ::client_runtime::wire::Changes }
    field_path => { ::client_runtime::wire::FieldPath }
    arm_path => { ::client_runtime::wire::VariantPath }
    nullable => { ::client_runtime::wire::Nullable }
    timestamp => { ::client_runtime::wire::Timestamp }
    duration => { ::client_runtime::wire::Duration }
    field_mask => { ::client_runtime::wire::FieldMask }
    base64 => { ::client_runtime::wire::Base64 }
    base64_url => { ::client_runtime::wire::Base64Url }
    date => { ::client_runtime::wire::Date }
    null => { ::client_runtime::wire::Null }
    number => { ::client_runtime::wire::Number }
    password => { ::client_runtime::wire::Password }
    uuid => { ::client_runtime::wire::Uuid }
    any_message => { ::client_runtime::wire::AnyMessage }
    value => { ::client_runtime::wire::Value }
    object => { ::client_runtime::wire::Object }
    quoted => { ::client_runtime::codegen::Quoted }
    each => { ::client_runtime::codegen::Each }

    client => { ::client_runtime::Client }
    outcome => { ::client_runtime::codegen::Outcome }
    answer => { ::client_runtime::codegen::Answer }
    mismatch => { ::client_runtime::codegen::Mismatch }
    header => { ::client_runtime::Header }
    bytes => { ::client_runtime::Bytes }
    client_builder => { ::client_runtime::ClientBuilder }
    server => { ::client_runtime::Server }
    credentials => { ::client_runtime::Credentials }
    style => { ::client_runtime::codegen::Style }
    json_form => { ::client_runtime::codegen::JsonForm }
    upload => { ::client_runtime::Upload }

    model_macro => { ::client_runtime::codegen::model! }
    string_enum_macro => { ::client_runtime::codegen::string_enum! }
    value_enum_macro => { ::client_runtime::codegen::value_enum! }
    constant_macro => { ::client_runtime::codegen::constant! }
    union_macro => { ::client_runtime::codegen::union! }
    tagged_union_macro => { ::client_runtime::codegen::tagged_union! }
    arm_macro => { ::client_runtime::codegen::arm! }
    tuple_macro => { ::client_runtime::codegen::tuple! }
    streamed_macro => { ::client_runtime::codegen::streamed! }
    failure_macro => { ::client_runtime::codegen::failure! }
    string_newtype_macro => { ::client_runtime::codegen::string_newtype! }

    server_template_import => { use ::client_runtime::ServerTemplate; }
    credentials_imports => { use ::client_runtime::{Secret, codegen::credentials}; }
    operation_imports => { use ::client_runtime::codegen::{Call, Client, Operation, operation}; }
    paged_import => { use ::client_runtime::codegen::paged; }
}

/// The version of the runtime that emitted code is for: that of this crate, by its first two numbers.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

/// The check that a crate is compiled with the runtime that its code is for.
pub(super) fn require_version() -> TokenStream {
    quote!(::client_runtime::codegen::require_version!(#VERSION);)
}
