//! What a manifest says of its package.

use serde::Deserialize;

/// The metadata of a generated crate, as the configuration has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Metadata {
    /// The version; `0.1.0` if it is absent.
    pub version: Option<String>,
    /// The description; a sentence with the document's title if it is absent.
    pub description: Option<String>,
    /// The licence, as an SPDX expression.
    pub license: Option<String>,
    /// The URL of the repository.
    pub repository: Option<String>,
    /// The authors.
    pub authors: Vec<String>,
    /// Where the crate may be published.
    pub publish: Option<Publish>,
    /// The edition; 2024 if it is absent.
    pub edition: Option<String>,
    /// The oldest Rust version; the runtime's own if it is absent.
    pub rust_version: Option<String>,
}

/// Where a crate may be published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum Publish {
    /// Anywhere or nowhere.
    Flag(bool),
    /// To these registries.
    Registries(Vec<String>),
}
