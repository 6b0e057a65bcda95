//! The canonical document: OpenAPI 3.0 as [`openapiv3`] types, with the tree that it was made of.
//!
//! The types are filled by hand and not by serde: serde ignores places, takes unknown keys in silence, reads every
//! schema twice (`flatten`, `untagged`) and recurses deeply. Here every value of a wrong kind is an error with its
//! place, every key that OpenAPI does not know is a warning, and all of them are found in one run.

mod build;
mod fields;
mod incoming;
mod json_type;
mod keywords;
mod limit;
mod limits;
mod media_types;
mod parts;
mod path;
mod path_item;
mod paths;
mod positions;
mod responses;
mod schema;
mod schemas;
mod security;
mod servers;
mod view;
mod vocabulary;

#[cfg(test)]
mod tests;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr};

pub(crate) use self::{
    fields::{Claims, to_json},
    json_type::JsonType,
    keywords::{Additional, Discriminator, Form, SchemaId, matches_all_names},
    limit::Limit,
    positions::{Positions, named_encodings},
    schemas::{Schemas, component_name, unescape},
    view::{Choice, SchemaView, Schemata},
};
pub use self::{
    incoming::Incoming,
    parts::{ALLOW_RESERVED, DELIMITER},
    path_item::PathItem,
    security::MUTUAL_TLS,
};
use crate::{
    diagnostic::{Diagnostics, Place},
    normalize::Version,
    read::{Node, Source},
};

/// Reads a canonical tree as [`Document::build`] does, and returns what becomes of its keys.
pub(crate) fn claims(root: &Node, version: Version) -> Claims {
    build::claims(root, version)
}

/// A document in canonical form.
#[derive(Debug)]
pub struct Document {
    /// Everything but its paths, and its schemas, of which it holds the numbers.
    pub openapi: OpenAPI,
    /// Its paths.
    pub paths: IndexMap<String, ReferenceOr<PathItem>>,
    /// Its schemas.
    pub(crate) schemas: Schemas,
    /// What says nothing to a client: the places and pointers of its members.
    pub left_out: Vec<(Place, String)>,
    /// The requests that the API sends.
    pub incoming: Vec<Incoming>,
    /// The canonical tree: pointers into it have places.
    pub source: Source,
}

impl Document {
    /// Reads the meaning of a canonical tree, as far as it can be read; `None` where the root is not an object. Messages
    /// name the version that the document declares.
    #[must_use]
    pub fn build(source: Source, version: Version, diagnostics: &mut Diagnostics) -> Option<Self> {
        let built = build::openapi(&source.root, version, diagnostics)?;
        Some(Self {
            openapi: built.openapi,
            paths: built.paths,
            schemas: built.schemas,
            left_out: built.left_out,
            incoming: built.incoming,
            source,
        })
    }

    /// Returns the place of the value that a pointer refers to, or else of the nearest value around it.
    #[must_use]
    pub fn place(&self, pointer: &str) -> Option<Place> {
        let mut pointer = pointer;
        loop {
            if let Some(node) = self.source.root.at(pointer) {
                return Some(Node::place(node));
            }
            pointer = &pointer[..pointer.rfind('/')?];
        }
    }
}
