//! Every path into the runtime that emitted code names, once.
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

    wire_result => { ::client_runtime::wire::Result }
    json => { ::client_runtime::wire::Json }
    model => { ::client_runtime::wire::Model }
    oneof => { ::client_runtime::wire::Oneof }
    constant => { ::client_runtime::wire::Constant }
    union_trait => { ::client_runtime::wire::Union }
    tagged_union => { ::client_runtime::wire::TaggedUnion }
    union_arm => { ::client_runtime::wire::Arm }
    tuple => { ::client_runtime::wire::Tuple }
    parts => { ::client_runtime::wire::Parts }
    raw => { ::client_runtime::wire::Raw }
    writer => { ::client_runtime::wire::Writer }
    array_writer => { ::client_runtime::wire::ArrayWriter }
    rule => { ::client_runtime::wire::Rule }
    reader => { ::client_runtime::wire::Reader }
    object_writer => { ::client_runtime::wire::ObjectWriter }
    conflict => { ::client_runtime::wire::Conflict }
    unknown_value => { ::client_runtime::wire::UnknownValue }
    changes => { ::client_runtime::wire::Changes }
    field_path => { ::client_runtime::wire::FieldPath }
    arm_path => { ::client_runtime::wire::ArmPath }
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
    quoted => { ::client_runtime::wire::Quoted }
    each => { ::client_runtime::wire::Each }

    client => { ::client_runtime::Client }
    outcome => { ::client_runtime::Outcome }
    answer => { ::client_runtime::Answer }
    mismatch => { ::client_runtime::Mismatch }
    header => { ::client_runtime::Header }
    bytes => { ::client_runtime::Bytes }
    client_builder => { ::client_runtime::ClientBuilder }
    server => { ::client_runtime::Server }
    credentials => { ::client_runtime::Credentials }
    style => { ::client_runtime::Style }
    json_form => { ::client_runtime::JsonForm }
    upload => { ::client_runtime::Upload }

    model_macro => { ::client_runtime::model! }
    string_enum_macro => { ::client_runtime::string_enum! }
    value_enum_macro => { ::client_runtime::value_enum! }
    constant_macro => { ::client_runtime::constant! }
    union_macro => { ::client_runtime::union! }
    tagged_union_macro => { ::client_runtime::tagged_union! }
    arm_macro => { ::client_runtime::arm! }
    tuple_macro => { ::client_runtime::tuple! }
    string_newtype_macro => { ::client_runtime::string_newtype! }
}
