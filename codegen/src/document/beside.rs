//! What schemas say that `openapiv3` has no place for.
//!
//! It is kept in a table beside the typed document; a schema knows its entry by a number among its extensions, under a
//! key that no document can write.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema, SchemaData};
use serde_json::Value as Json;

use super::{
    build::reference_or,
    fields::{Fields, Names, Walk, to_json},
    schema::{schema, schemas},
};
use crate::at::At;

/// The key of a schema's number: extensions of documents start with `x-`.
const KEY: &str = "beside";

/// The keywords of a schema that `openapiv3` cannot hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// `const`.
    pub constant: Option<Json>,
    /// `prefixItems`.
    pub prefix_items: Vec<ReferenceOr<Schema>>,
    /// `patternProperties`.
    pub pattern_properties: IndexMap<String, ReferenceOr<Schema>>,
    /// `propertyNames`.
    pub property_names: Option<ReferenceOr<Schema>>,
    /// `contains`.
    pub contains: Option<ReferenceOr<Schema>>,
    /// `minContains`.
    pub min_contains: Option<usize>,
    /// `maxContains`.
    pub max_contains: Option<usize>,
    /// `if`.
    pub condition: Option<ReferenceOr<Schema>>,
    /// `then`.
    pub then: Option<ReferenceOr<Schema>>,
    /// `else`.
    pub otherwise: Option<ReferenceOr<Schema>>,
    /// `dependentSchemas`.
    pub dependent_schemas: IndexMap<String, ReferenceOr<Schema>>,
    /// `contentEncoding`.
    pub content_encoding: Option<String>,
    /// `contentMediaType`.
    pub content_media_type: Option<String>,
    /// `contentSchema`.
    pub content_schema: Option<ReferenceOr<Schema>>,
}

/// The entries of all schemas that have one.
#[derive(Debug, Default)]
pub struct BesideTable(Vec<Beside>);

impl BesideTable {
    /// The entry of a schema, if it says anything that needs one.
    #[must_use]
    pub fn of(&self, schema: &SchemaData) -> Option<&Beside> {
        let number = schema.extensions.get(KEY)?.as_u64()?;
        self.0.get(usize::try_from(number).ok()?)
    }

    /// Takes an entry and notes its number in the extensions of its schema.
    pub(super) fn add(&mut self, beside: Beside, extensions: &mut IndexMap<String, Json>) {
        if beside != Beside::default() {
            extensions.insert(KEY.to_owned(), Json::from(self.0.len()));
            self.0.push(beside);
        }
    }
}

/// Reads the keywords.
pub(super) fn beside(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Beside {
    let named = |walk: &mut Walk<'_>, fields: &mut Fields<'_>, key: &'static str| {
        let schemas = fields.get(key).map(|node| {
            walk.map(node, &at.key(key), key, Names::Any, |walk, node, at| {
                reference_or(walk, node, at, schema)
            })
        });
        schemas.unwrap_or_default()
    };
    let inner = |walk: &mut Walk<'_>, fields: &mut Fields<'_>, key: &'static str| {
        let node = fields.get(key)?;
        reference_or(walk, node, &at.key(key), schema)
    };
    Beside {
        property_names: inner(walk, fields, "propertyNames"),
        content_schema: inner(walk, fields, "contentSchema"),
        constant: fields.get("const").map(to_json),
        prefix_items: schemas(walk, fields, at, "prefixItems"),
        pattern_properties: named(walk, fields, "patternProperties"),
        dependent_schemas: named(walk, fields, "dependentSchemas"),
        contains: inner(walk, fields, "contains"),
        min_contains: fields.count(walk, at, "minContains"),
        max_contains: fields.count(walk, at, "maxContains"),
        condition: inner(walk, fields, "if"),
        then: inner(walk, fields, "then"),
        otherwise: inner(walk, fields, "else"),
        content_encoding: fields.text(walk, at, "contentEncoding"),
        content_media_type: fields.text(walk, at, "contentMediaType"),
    }
}
