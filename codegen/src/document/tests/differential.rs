//! What `document` fills, compared with what serde makes of the same document: this is how `openapiv3` earns its place.
//!
//! Both read the canonical tree of every golden case that is written in OpenAPI 3.0. A member that `document` leaves out on
//! purpose is taken out before serde reads it; a schema is compared by its keywords, as far as `openapiv3` holds them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use openapiv3::{OpenAPI, ReferenceOr, Schema};
use serde_json::{Map, Value as Json, json};

use super::{expected, schema_text::json_of};
use crate::{
    diagnostic::Diagnostics,
    document::{Document, PathItem, schemas::Schemas, to_json},
    loader::NoFiles,
    normalize,
    read::{Limits, read},
};

/// Golden cases in OpenAPI 3.0, by their names.
#[allow(clippy::disallowed_methods, reason = "tests read their cases")]
fn cases() -> BTreeMap<String, Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    let mut files: Vec<PathBuf> = Vec::new();
    for area in std::fs::read_dir(&folder).unwrap() {
        let area = area.unwrap().path();
        if area.is_dir() {
            files.extend(std::fs::read_dir(area).unwrap().map(|file| file.unwrap().path()));
        }
    }
    let documents = files
        .iter()
        .filter(|file| file.extension().is_some_and(|kind| kind == "yaml"));
    let cases = documents.map(|file| {
        let name = file.strip_prefix(&folder).unwrap().with_extension("");
        (name.to_string_lossy().replace('\\', "/"), std::fs::read(file).unwrap())
    });
    // `openapiv3` has no `mutualTLS`, so serde refuses a document with it.
    let is_known_to_serde = |text: &[u8]| {
        let text = String::from_utf8_lossy(text);
        text.lines().any(|line| line.starts_with("openapi: 3.0")) && !text.contains("mutualTLS")
    };
    cases.filter(|(_, text)| is_known_to_serde(text)).collect()
}

fn document(text: &[u8]) -> Document {
    let limits = Limits::default();
    let source = read("case.yaml", text, &limits).unwrap();
    let (mut tree, mut others) = (Diagnostics::new(), Diagnostics::new());
    let source = normalize::bundle(source, &NoFiles, &limits, &mut tree, &mut others);
    let canonical = normalize::canonical(source, &mut tree).unwrap();
    Document::build(canonical.source, canonical.version, &mut tree).unwrap()
}

/// What serde makes of the canonical tree, without the members that `document` leaves out.
fn by_serde(document: &Document) -> Result<Json, String> {
    let mut tree = to_json(&document.source.root);
    remove_left_out(&mut tree, document);
    expected::without_callbacks(&mut tree);
    expected::without_certificates(&mut tree);
    let read: OpenAPI = serde_json::from_value(tree).map_err(|error| error.to_string())?;
    Ok(serde_json::to_value(read).unwrap())
}

fn remove_left_out(tree: &mut Json, document: &Document) {
    for (_, pointer) in &document.left_out {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        if let Some(parent) = tree.pointer_mut(parent).and_then(Json::as_object_mut) {
            parent.remove(&crate::read::unescape(key));
        }
    }
}

/// What `document` makes of it, its schemas written back where `openapiv3` has them.
fn by_hand(document: &Document) -> Json {
    let mut filled = serde_json::to_value(&document.openapi).unwrap();
    let paths = document
        .paths
        .iter()
        .map(|(path, item)| (path.clone(), path_item(item)));
    filled["paths"] = Json::Object(paths.collect());
    expected::without_certificates(&mut filled);
    write_schemas(&mut filled, &document.schemas);
    let components = document.schemas.components();
    if !components.is_empty() {
        let written = components.iter().map(|(name, id)| {
            let schema = through_serde(&json_of(&document.schemas, document.schemas.view(*id)));
            (name.clone(), schema)
        });
        filled["components"]["schemas"] = Json::Object(written.collect());
    }
    // Some keys are filled in, and then left out by a later stage.
    remove_left_out(&mut filled, document);
    filled
}

/// A path item as `openapiv3` writes it.
fn path_item(item: &ReferenceOr<PathItem>) -> Json {
    let item = match item {
        ReferenceOr::Reference { reference } => return json!({ "$ref": reference }),
        ReferenceOr::Item(item) => item,
    };
    let mut written = Map::new();
    if !item.servers.is_empty() {
        written.insert("servers".to_owned(), json!(item.servers));
    }
    if !item.parameters.is_empty() {
        written.insert("parameters".to_owned(), json!(item.parameters));
    }
    for one in &item.operations {
        written.insert(one.method.to_ascii_lowercase(), json!(one.operation));
    }
    Json::Object(written)
}

/// Replaces the numbers of schemas by the schemas.
fn write_schemas(value: &mut Json, schemas: &Schemas) {
    if let Some(id) = number_of(value).and_then(|number| schemas.ids().nth(number)) {
        *value = through_serde(&json_of(schemas, schemas.view(id)));
        return;
    }
    match value {
        Json::Object(object) => object.values_mut().for_each(|value| write_schemas(value, schemas)),
        Json::Array(items) => items.iter_mut().for_each(|value| write_schemas(value, schemas)),
        _ => {}
    }
}

/// The number that a schema of `openapiv3` carries.
fn number_of(value: &Json) -> Option<usize> {
    let object: &Map<String, Json> = value.as_object()?;
    object.get("$ref")?.as_str()?.parse().ok()
}

fn through_serde(schema: &Json) -> Json {
    let schema: ReferenceOr<Schema> = serde_json::from_value(schema.clone()).unwrap();
    serde_json::to_value(schema).unwrap()
}

/// Where two values differ: a pointer and both.
fn differences(pointer: &str, ours: &Json, theirs: &Json, found: &mut Vec<String>) {
    match (ours, theirs) {
        (Json::Object(a), Json::Object(b)) => {
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let (a, b) = (a.get(key).unwrap_or(&Json::Null), b.get(key).unwrap_or(&Json::Null));
                differences(&format!("{pointer}/{}", key.replace('/', "~1")), a, b, found);
            }
        }
        (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                differences(&format!("{pointer}/{index}"), a, b, found);
            }
        }
        _ if ours == theirs => {}
        _ => found.push(format!("{pointer}: {ours} here, {theirs} by serde")),
    }
}

fn differences_of(text: &[u8]) -> Vec<String> {
    let document = document(text);
    let mut found = Vec::new();
    match by_serde(&document) {
        Ok(theirs) => differences("", &by_hand(&document), &theirs, &mut found),
        Err(error) => found.push(format!("serde cannot read it: {error}")),
    }
    found
}

#[test]
fn every_golden_case_is_filled_as_serde_fills_it() {
    let cases = cases();
    assert!(cases.len() > 200, "{}", cases.len());
    let of_case = |(name, text): (&String, &Vec<u8>)| {
        let found = differences_of(text).into_iter();
        found
            .map(|difference| format!("{name}{difference}"))
            .collect::<Vec<_>>()
    };
    let found: Vec<String> = cases.iter().flat_map(of_case).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn where_serde_fills_a_document_otherwise_there_is_a_reason() {
    let found = differences_of(include_bytes!("everything.yaml"));
    let expected: Vec<&str> = expected::EXPECTED.iter().map(|(difference, _)| *difference).collect();
    assert_eq!(found, expected, "{}", found.join("\n"));
}
