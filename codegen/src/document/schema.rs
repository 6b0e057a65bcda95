//! Schemas, as the narrowest kind that says everything the schema says.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Discriminator, IntegerType, NumberType, ObjectType,
    ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::{
    beside::beside,
    build::reference_or,
    fields::{Fields, Names, Walk, to_json},
    limits::limits,
};
use crate::{
    at::At,
    diagnostic::Code,
    nearest::nearest,
    read::{Node, Value},
};

pub(super) fn schema(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Schema> {
    let mut fields = walk.object(node, at, "a schema")?;
    let kind = kind(walk, &mut fields, node, at);
    let discriminator = fields
        .get("discriminator")
        .and_then(|node| discriminator(walk, node, &at.key("discriminator")));
    let default = fields.get("default").map(to_json);
    let nullable = fields.flag(walk, at, "nullable").unwrap_or_default();
    let read_only = fields.flag(walk, at, "readOnly").unwrap_or_default();
    let write_only = fields.flag(walk, at, "writeOnly").unwrap_or_default();
    let deprecated = fields.flag(walk, at, "deprecated").unwrap_or_default();
    let title = fields.text(walk, at, "title");
    let description = fields.text(walk, at, "description");
    let beside = beside(walk, &mut fields, at);
    fields.leave_out(walk, at, &["example", "externalDocs", "xml"]);
    let limits = limits(walk, &mut fields, at);
    let is_unchecked = LEFT_OUT.iter().filter(|key| fields.get(key).is_some()).count() > 0;
    let mut extensions = fields.finish(walk, at);
    note_type(node, &kind, &mut extensions);
    if is_unchecked {
        extensions.insert(UNCHECKED.to_owned(), true.into());
    }
    walk.limits.add(limits, &mut extensions);
    walk.beside.add(beside, &mut extensions);
    let schema_data = SchemaData {
        nullable,
        read_only,
        write_only,
        deprecated,
        external_docs: None,
        example: None,
        title,
        description,
        discriminator,
        default,
        extensions,
    };
    Some(Schema {
        schema_data,
        schema_kind: kind,
    })
}

fn kind(walk: &mut Walk<'_>, fields: &mut Fields<'_>, node: &Node, at: &At<'_>) -> SchemaKind {
    let mut any = any_schema(walk, fields, at);
    if any.typ.is_none() {
        any.typ = type_beside(node).map(str::to_owned);
    }
    let composed = usize::from(!any.all_of.is_empty())
        + usize::from(!any.one_of.is_empty())
        + usize::from(!any.any_of.is_empty())
        + usize::from(any.not.is_some());
    // `type: object` beside a composition says nothing more: linters want it where `nullable` stands.
    let plain_object = any.typ.as_deref().is_none_or(|typ| typ == "object")
        && any.properties.is_empty()
        && any.required.is_empty()
        && any.additional_properties.is_none()
        && any.enumeration.is_empty()
        && any.items.is_none();
    match composed {
        0 => typed(walk, any, node, at),
        1 if plain_object => {
            if !any.all_of.is_empty() {
                SchemaKind::AllOf { all_of: any.all_of }
            } else if !any.one_of.is_empty() {
                SchemaKind::OneOf { one_of: any.one_of }
            } else if !any.any_of.is_empty() {
                SchemaKind::AnyOf { any_of: any.any_of }
            } else {
                SchemaKind::Any(any)
            }
        }
        _ => SchemaKind::Any(any),
    }
}

/// The key of what a schema says as `type`: extensions of documents start with `x-`.
const TYPE: &str = "type";

/// Notes what a schema says as `type`, where its kind does not show it.
fn note_type(node: &Node, kind: &SchemaKind, extensions: &mut IndexMap<String, serde_json::Value>) {
    let said = node.as_object().and_then(|object| object.get("type")?.as_str());
    let shows = match kind {
        SchemaKind::Type(_) => said.is_some(),
        SchemaKind::Any(any) => any.typ.as_deref() == said,
        _ => said.is_none(),
    };
    if !shows {
        extensions.insert(TYPE.to_owned(), said.map(str::to_owned).into());
    }
}

/// What a schema says as `type`: keywords may imply one, and a composition may say nothing more by it.
#[must_use]
pub fn said_type(schema: &Schema) -> Option<&str> {
    if let Some(said) = schema.schema_data.extensions.get(TYPE) {
        return said.as_str();
    }
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(_)) => Some("string"),
        SchemaKind::Type(Type::Number(_)) => Some("number"),
        SchemaKind::Type(Type::Integer(_)) => Some("integer"),
        SchemaKind::Type(Type::Boolean(_)) => Some("boolean"),
        SchemaKind::Type(Type::Array(_)) => Some("array"),
        SchemaKind::Type(Type::Object(_)) => Some("object"),
        SchemaKind::Any(any) => any.typ.as_deref(),
        _ => None,
    }
}

/// Keywords that nothing is read of, which has been said: a schema that has one says more than all that is read.
const LEFT_OUT: &[&str] = &[
    "dependencies",
    "unevaluatedProperties",
    "unevaluatedItems",
    "$dynamicRef",
    "$recursiveRef",
];

/// The key of whether a schema says more than what is read of it.
const UNCHECKED: &str = "unchecked";

/// Whether a schema says more than what is read of it.
#[must_use]
pub fn says_more(schema: &Schema) -> bool {
    schema.schema_data.extensions.contains_key(UNCHECKED)
}

/// The type that the keywords imply which the typed schema has no place for.
fn type_beside(node: &Node) -> Option<&'static str> {
    let object = node.as_object()?;
    let says = |key: &str| object.get(key).is_some();
    if says("prefixItems") {
        Some("array")
    } else if says("patternProperties") || says("propertyNames") {
        Some("object")
    } else {
        None
    }
}

fn any_schema(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> AnySchema {
    AnySchema {
        typ: fields.text(walk, at, "type"),
        pattern: fields.text(walk, at, "pattern"),
        multiple_of: fields.positive(walk, at, "multipleOf"),
        exclusive_minimum: fields.flag(walk, at, "exclusiveMinimum"),
        exclusive_maximum: fields.flag(walk, at, "exclusiveMaximum"),
        minimum: fields.number(walk, at, "minimum"),
        maximum: fields.number(walk, at, "maximum"),
        properties: properties(walk, fields, at),
        required: fields.texts(walk, at, "required"),
        additional_properties: additional_properties(walk, fields, at),
        min_properties: fields.count(walk, at, "minProperties"),
        max_properties: fields.count(walk, at, "maxProperties"),
        items: fields
            .get("items")
            .and_then(|node| reference_or(walk, node, &at.key("items"), schema))
            .map(boxed),
        min_items: fields.count(walk, at, "minItems"),
        max_items: fields.count(walk, at, "maxItems"),
        unique_items: fields.flag(walk, at, "uniqueItems"),
        enumeration: enumeration(walk, fields, at),
        format: fields.text(walk, at, "format"),
        min_length: fields.count(walk, at, "minLength"),
        max_length: fields.count(walk, at, "maxLength"),
        one_of: schemas(walk, fields, at, "oneOf"),
        all_of: schemas(walk, fields, at, "allOf"),
        any_of: schemas(walk, fields, at, "anyOf"),
        not: fields
            .get("not")
            .and_then(|node| reference_or(walk, node, &at.key("not"), schema))
            .map(Box::new),
    }
}

/// The types that a schema may have.
const TYPES: [&str; 6] = ["string", "number", "integer", "boolean", "array", "object"];

fn typed(walk: &mut Walk<'_>, mut any: AnySchema, node: &Node, at: &At<'_>) -> SchemaKind {
    if let Some(other) = any.typ.take_if(|typ| !TYPES.contains(&typ.as_str())) {
        let message = format!("a schema cannot be of type `{other}`");
        let help = match nearest(&other, TYPES.into_iter()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "use `string`, `number`, `integer`, `boolean`, `array` or `object`".to_owned(),
        };
        walk.error(Code::InvalidValue, node, &at.key("type"), message, &help);
    }
    let typ = match any.typ.as_deref() {
        Some("string") => Type::String(StringType {
            format: format(any.format),
            pattern: any.pattern,
            enumeration: texts_or_null(&any.enumeration),
            min_length: any.min_length,
            max_length: any.max_length,
        }),
        Some("integer") if any.enumeration.is_empty() => Type::Integer(IntegerType {
            format: format(any.format),
            multiple_of: any.multiple_of.and_then(whole),
            exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
            exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
            minimum: any.minimum.and_then(whole),
            maximum: any.maximum.and_then(whole),
            enumeration: Vec::new(),
        }),
        Some("number") if any.enumeration.is_empty() => Type::Number(NumberType {
            format: format(any.format),
            multiple_of: any.multiple_of,
            exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
            exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
            minimum: any.minimum,
            maximum: any.maximum,
            enumeration: Vec::new(),
        }),
        Some("boolean") if any.enumeration.is_empty() => Type::Boolean(BooleanType::default()),
        Some("array") => Type::Array(ArrayType {
            items: any.items,
            min_items: any.min_items,
            max_items: any.max_items,
            unique_items: any.unique_items.unwrap_or_default(),
        }),
        Some("object") => Type::Object(object_type(any)),
        None if !any.properties.is_empty() || any.additional_properties.is_some() => Type::Object(object_type(any)),
        _ => return SchemaKind::Any(any),
    };
    SchemaKind::Type(typ)
}

/// A bound that is a whole number; `openapiv3` holds no others for integers.
fn whole(bound: f64) -> Option<i64> {
    format!("{bound:.0}").parse().ok().filter(|_| bound.fract() == 0.0)
}

fn object_type(any: AnySchema) -> ObjectType {
    ObjectType {
        properties: any.properties,
        required: any.required,
        additional_properties: any.additional_properties,
        min_properties: any.min_properties,
        max_properties: any.max_properties,
    }
}

fn format<T: std::str::FromStr>(format: Option<String>) -> VariantOrUnknownOrEmpty<T> {
    format.into()
}

/// The values of a string's enum; `null` is one where the schema is nullable. `normalize` has left out all others.
fn texts_or_null(values: &[serde_json::Value]) -> Vec<Option<String>> {
    let texts = values.iter().filter(|value| value.is_string() || value.is_null());
    texts.map(|value| value.as_str().map(str::to_owned)).collect()
}

fn enumeration(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Vec<serde_json::Value> {
    let Some(node) = fields.get("enum") else {
        return Vec::new();
    };
    let here = at.key("enum");
    let elements = walk.elements(node, &here, "enum");
    if elements.is_empty() {
        let message = "`enum` has no value: nothing could ever be valid".to_owned();
        walk.error(
            Code::InvalidValue,
            node,
            &here,
            message,
            "list the values, or remove `enum`",
        );
    }
    elements.iter().map(to_json).collect()
}

fn properties(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> IndexMap<String, ReferenceOr<Box<Schema>>> {
    let Some(node) = fields.get("properties") else {
        return IndexMap::new();
    };
    let here = at.key("properties");
    let Value::Object(object) = &node.value else {
        walk.wrong_kind(node, &here, "`properties`", "an object");
        return IndexMap::new();
    };
    // Here `x-...` is a property like any other.
    let read = |member: &crate::read::Member| {
        let schema = reference_or(walk, &member.value, &here.key(&member.name), schema)?;
        Some((member.name.to_string(), boxed(schema)))
    };
    object.iter().filter_map(read).collect()
}

fn additional_properties(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Option<AdditionalProperties> {
    let node = fields.get("additionalProperties")?;
    if let Value::Bool(open) = node.value {
        return Some(AdditionalProperties::Any(open));
    }
    let schema = reference_or(walk, node, &at.key("additionalProperties"), schema)?;
    Some(AdditionalProperties::Schema(Box::new(schema)))
}

pub(super) fn schemas(
    walk: &mut Walk<'_>,
    fields: &mut Fields<'_>,
    at: &At<'_>,
    key: &'static str,
) -> Vec<ReferenceOr<Schema>> {
    let Some(node) = fields.get(key) else { return Vec::new() };
    let here = at.key(key);
    let elements = walk.elements(node, &here, key);
    elements
        .iter()
        .enumerate()
        .filter_map(|(i, element)| reference_or(walk, element, &here.index(i), schema))
        .collect()
}

fn discriminator(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Discriminator> {
    let mut fields = walk.object(node, at, "a discriminator")?;
    let property_name = fields.required_text(walk, at, "propertyName");
    let mapping = fields
        .get("mapping")
        .map(|node| {
            walk.map(node, &at.key("mapping"), "`mapping`", Names::Any, |walk, node, at| {
                walk.string(node, at, "a mapping")
            })
        })
        .unwrap_or_default();
    let extensions = fields.finish(walk, at);
    Some(Discriminator {
        property_name: property_name?,
        mapping,
        extensions,
    })
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
    }
}
