//! What generated code uses, beside what programs use.
//!
//! It is promised to generated code of the same minor version and to nothing else: [`require_version!`] is how that code says
//! which one it is of.

pub use crate::{
    __require_version as require_version, alias, constant, newtype,
    parameter::{JsonForm, Parameter, ParameterValue},
    payload, string_enum, tuple, union, value_enum,
    wire::{Conflict, Json, Model, Raw, Result, UnknownValue, Value, machinery::*},
};
#[cfg(feature = "client")]
pub use crate::{
    answer::{Answer, Mismatch, Outcome},
    call::Call,
    credential::Requirement,
    credentials,
    operation::{Described, Input, Operation, Required},
    paging::Paging,
    style::Style,
};
// What the macros name of the public face.
#[cfg(feature = "client")]
pub use crate::{Client, Credential, Credentials};
pub use serde as __serde;

/// Refuses code that was generated for another minor version of this crate: `require_version!(0.1);`.
///
/// The version is matched as a token, so that the error comes before all others.
#[doc(hidden)]
#[macro_export]
macro_rules! __require_version {
    ("0.1") => {};
    ($version:literal) => {
        ::core::compile_error!(::core::concat!(
            "this code was generated for specwright-runtime ",
            $version,
            ", but specwright-runtime 0.1 is in use: generate it again with a generator of version 0.1, or depend on specwright-runtime ",
            $version
        ));
    };
}

#[cfg(test)]
mod tests {
    crate::__require_version!("0.1");

    /// The version in the macro is that of the crate.
    #[test]
    fn the_version_is_this_one() {
        let version = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));
        assert!(
            include_str!("codegen.rs").contains(&format!("\n    (\"{version}\") => {{}};")),
            "{version}"
        );
    }
}
