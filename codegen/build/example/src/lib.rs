//! Clients that a build script generates: those of the documents of the guides.
//!
//! The examples of the guides and of the README run as tests of this crate.

include!(concat!(env!("OUT_DIR"), "/petstore.rs"));
include!(concat!(env!("OUT_DIR"), "/orders.rs"));
include!(concat!(env!("OUT_DIR"), "/photos.rs"));
include!(concat!(env!("OUT_DIR"), "/hosts.rs"));

pub use petstore::{Client, Credentials, apis, mock, models, servers};
pub use specwright_runtime;

/// Makes the examples of pages tests.
#[cfg(doctest)]
macro_rules! pages {
    ($($name:ident: $page:literal,)*) => {
        $(#[doc = include_str!(concat!("../../../../", $page))] mod $name {})*
    };
}

#[cfg(doctest)]
pages! {
    authentication: "codegen/guide/authentication.md",
    errors: "codegen/guide/errors.md",
    getting_started: "codegen/guide/getting-started.md",
    migrating: "codegen/guide/migrating.md",
    paging: "codegen/guide/paging.md",
    readme: "README.md",
    retries: "codegen/guide/retries.md",
    streaming_and_files: "codegen/guide/streaming-and-files.md",
    testing: "codegen/guide/testing.md",
    types: "codegen/guide/types.md",
    unions_and_nulls: "codegen/guide/unions-and-nulls.md",
}
