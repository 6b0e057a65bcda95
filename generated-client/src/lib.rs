//! A client of `ConductorOne`'s entitlement and owner endpoints.

#[allow(
    deprecated,
    clippy::doc_markdown,
    clippy::doc_lazy_continuation,
    reason = "descriptions are the document's own words, and what is deprecated is still read and written"
)]
#[rustfmt::skip]
mod generated;

pub use generated::models;
#[cfg(feature = "client")]
pub use generated::{Client, apis};
