//! Reads the keywords of schemas.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value as Json;

use super::{
    fields::{Fields, Names, Walk, to_json},
    json_type::JsonType,
    keywords::{Additional, Discriminator, Keywords, Named, Rare, SchemaId},
    limits::limits,
    schemas::{Content, Step, component_name, handle},
};
use crate::{
    at::At,
    diagnostic::Code,
    nearest::nearest,
    read::{Node, Text, Value},
};

/// Keywords of which nothing is read, which is a warning of `normalize`: such a schema asks more than what is read of it.
const UNREAD: &[&str] = &[
    "dependencies",
    "unevaluatedProperties",
    "unevaluatedItems",
    "$dynamicRef",
    "$recursiveRef",
];

/// Reads a schema that occurs in no other one.
pub(super) fn schema(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<SchemaId> {
    read(walk, node, at, Step::Root(at.pointer()))
}

/// Reads a schema below one of `openapiv3`'s objects.
pub(super) fn schema_handle(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<ReferenceOr<Schema>> {
    schema(walk, node, at).map(handle)
}

fn read(walk: &mut Walk<'_>, node: &Node, at: &At<'_>, step: Step) -> Option<SchemaId> {
    if let Some(reference) = node.as_object().and_then(|object| object.get("$ref")) {
        let reference = walk.reference(node, reference, at)?;
        let name = component_name(&reference, "schemas");
        let id = walk.schemas.reserve(step);
        walk.schemas.fill(id, Content::Reference { name, target: None });
        return Some(id);
    }
    let mut fields = walk.object(node, at, "a schema")?;
    let id = walk.schemas.reserve(step);
    let mut keywords = keywords(walk, &mut fields, at, id);
    let rare = rare(walk, &mut fields, at, id);
    keywords.rare = (rare != Rare::default()).then(|| Box::new(rare));
    fields.leave_out(walk, at, &["example", "externalDocs", "xml"]);
    keywords.has_unread = UNREAD.iter().any(|key| fields.has(key));
    fields.skip(UNREAD);
    fields.hand_on(&["title", "discriminator", "contentEncoding", "contentMediaType"]);
    let extensions = fields.finish(walk, at);
    keywords.extensions = (!extensions.is_empty()).then(|| Box::new(extensions));
    keywords.form = keywords.decide_form();
    walk.schemas.fill(id, Content::Keywords(Box::new(keywords)));
    Some(id)
}

fn keywords(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>, id: SchemaId) -> Keywords {
    Keywords {
        title: fields.shared_text(walk, at, "title"),
        description: fields.shared_text(walk, at, "description"),
        default: fields.get("default").map(to_json).map(Box::new),
        deprecated: fields.flag(walk, at, "deprecated").unwrap_or_default(),
        read_only: fields.flag(walk, at, "readOnly").unwrap_or_default(),
        write_only: fields.flag(walk, at, "writeOnly").unwrap_or_default(),
        nullable: fields.flag(walk, at, "nullable").unwrap_or_default(),
        declared_type: declared_type(walk, fields, at),
        format: fields.shared_text(walk, at, "format"),
        values: values(walk, fields, at),
        constant: fields.get("const").map(to_json).map(Box::new),
        limits: limits(walk, fields, at),
        all_of: in_list(walk, fields, at, (id, "allOf")),
        one_of: in_list(walk, fields, at, (id, "oneOf")),
        any_of: in_list(walk, fields, at, (id, "anyOf")),
        not: one(walk, fields, at, (id, "not")),
        properties: properties(walk, fields, at, id),
        required: required(walk, fields, at),
        additional: additional(walk, fields, at, id),
        items: one(walk, fields, at, (id, "items")),
        ..Keywords::default()
    }
}

fn rare(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>, id: SchemaId) -> Rare {
    let discriminator = fields.get("discriminator");
    Rare {
        discriminator: discriminator.and_then(|node| discriminator_of(walk, node, &at.key("discriminator"))),
        prefix_items: in_list(walk, fields, at, (id, "prefixItems")),
        pattern_properties: by_name(walk, fields, at, (id, "patternProperties")),
        property_names: one(walk, fields, at, (id, "propertyNames")),
        dependent_schemas: by_name(walk, fields, at, (id, "dependentSchemas")),
        contains: one(walk, fields, at, (id, "contains")),
        min_contains: fields.count(walk, at, "minContains"),
        max_contains: fields.count(walk, at, "maxContains"),
        condition: one(walk, fields, at, (id, "if")),
        then: one(walk, fields, at, (id, "then")),
        otherwise: one(walk, fields, at, (id, "else")),
        content_encoding: fields.text(walk, at, "contentEncoding"),
        content_media_type: fields.text(walk, at, "contentMediaType"),
        content_schema: one(walk, fields, at, (id, "contentSchema")),
    }
}

/// The keyword of a schema.
type Of = (SchemaId, &'static str);

fn one(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>, (id, key): Of) -> Option<SchemaId> {
    let node = fields.get(key)?;
    read(walk, node, &at.key(key), Step::Keyword(id, key))
}

fn in_list(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>, (id, key): Of) -> Box<[SchemaId]> {
    let Some(node) = fields.get(key) else {
        return Box::default();
    };
    let here = at.key(key);
    let elements = walk.elements(node, &here, key);
    let mut schemas = Vec::with_capacity(elements.len());
    for (index, node) in elements.iter().enumerate() {
        schemas.extend(read(walk, node, &here.index(index), Step::Index(id, key, index)));
    }
    schemas.into()
}

fn required(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Box<[Text]> {
    let Some(node) = fields.get("required") else {
        return Box::default();
    };
    let here = at.key("required");
    let elements = walk.elements(node, &here, "required");
    let mut names = Vec::with_capacity(elements.len());
    for (index, element) in elements.iter().enumerate() {
        names.extend(walk.shared_string(element, &here.index(index), "required"));
    }
    names.into()
}

fn properties(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>, id: SchemaId) -> Option<Box<Named>> {
    let properties = by_name(walk, fields, at, (id, "properties"));
    (!properties.is_empty()).then(|| Box::new(properties))
}

fn by_name(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>, (id, key): Of) -> Named {
    let Some(node) = fields.get(key) else {
        return Named::new();
    };
    let here = at.key(key);
    let Value::Object(object) = &node.value else {
        walk.wrong_kind(node, &here, &format!("`{key}`"), "an object");
        return Named::new();
    };
    // Here `x-...` is a name like any other.
    let mut schemas = Named::with_capacity(object.len());
    for member in object {
        let step = Step::Name(id, key, member.name.clone());
        if let Some(id) = read(walk, &member.value, &here.key(&member.name), step) {
            schemas.insert(member.name.clone(), id);
        }
    }
    schemas
}

fn declared_type(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Option<JsonType> {
    let declared = fields.text(walk, at, "type")?;
    let mut types = JsonType::ALL.into_iter();
    if let Some(known) = types.find(|known| known.as_str() == declared) {
        return Some(known);
    }
    let node = fields.get("type")?;
    let message = format!("a schema cannot be of type `{declared}`");
    let help = match nearest(&declared, JsonType::ALL.into_iter().map(JsonType::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "use `string`, `number`, `integer`, `boolean`, `array` or `object`".to_owned(),
    };
    walk.error(Code::InvalidValue, node, &at.key("type"), message, &help);
    None
}

fn values(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Box<[Json]> {
    let Some(node) = fields.get("enum") else {
        return Box::default();
    };
    let here = at.key("enum");
    let elements = walk.elements(node, &here, "enum");
    if elements.is_empty() {
        let message = "`enum` is empty: no value is valid".to_owned();
        let help = "add the values, or remove `enum`";
        walk.error(Code::InvalidValue, node, &here, message, help);
    }
    elements.iter().map(to_json).collect()
}

fn additional(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>, id: SchemaId) -> Option<Additional> {
    const KEY: &str = "additionalProperties";
    let node = fields.get(KEY)?;
    match node.value {
        Value::Bool(true) => Some(Additional::Any),
        Value::Bool(false) => Some(Additional::Nothing),
        _ => read(walk, node, &at.key(KEY), Step::Keyword(id, KEY)).map(Additional::Of),
    }
}

fn discriminator_of(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Discriminator> {
    let mut fields = walk.object(node, at, "a discriminator")?;
    let property = fields.required_text(walk, at, "propertyName");
    let mapping = fields.get("mapping").map(|node| {
        walk.map(node, &at.key("mapping"), "`mapping`", Names::Any, |walk, node, at| {
            walk.string(node, at, "a mapping")
        })
    });
    fields.hand_on(&["propertyName", "mapping"]);
    fields.finish(walk, at);
    Some(Discriminator {
        property: property?,
        mapping: mapping.unwrap_or_default(),
    })
}
