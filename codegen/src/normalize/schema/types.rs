//! Types: a list of them is a choice, of which OpenAPI 3.0 knows one kind, that with null.

use super::{Rewrite, Subject};
use crate::{
    diagnostic::Place,
    normalize::version::Version,
    read::{Member, Node, Object, Value},
};

/// The types of JSON, with the keywords that speak of them alone.
const TYPES: &[(&str, &[&str])] = &[
    (
        "string",
        &[
            "minLength",
            "maxLength",
            "pattern",
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "x-client-enum-prefix",
        ],
    ),
    ("number", NUMERIC),
    ("integer", NUMERIC),
    ("boolean", &[]),
    (
        "array",
        &[
            "items",
            "prefixItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "contains",
            "minContains",
            "maxContains",
        ],
    ),
    (
        "object",
        &[
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "propertyNames",
            "dependentSchemas",
            "minProperties",
            "maxProperties",
            "x-client-oneof",
            "x-client-update-mask",
        ],
    ),
];

const NUMERIC: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];

/// Formats of numbers; all others are formats of strings.
const NUMERIC_FORMATS: &[&str] = &[
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float",
    "double",
    "decimal",
    "double-int",
];

pub(super) fn rewrite(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    let Some(types) = subject.schema.get("type") else {
        return;
    };
    let place = types.place;
    if types.as_str() == Some("null") {
        subject.schema.remove("type");
        only_null(rewrite, subject, place);
        return;
    }
    let Some(texts) = names(types) else { return };
    rewrite.changed_of(
        Version::V31,
        place,
        &subject.at.key("type"),
        "`type` as an array",
        "`nullable`, or `anyOf` of one type each",
    );
    let allows_null = texts.iter().any(|(_, name)| name == "null");
    let others = distinct(texts);
    subject.schema.remove("type");
    match others.as_slice() {
        [] if allows_null => return only_null(rewrite, subject, place),
        [] => return,
        [(index, name)] => {
            subject.set("type", place, Value::from(name.as_str()));
            rewrite.moved(subject.at, &["type", &index.to_string()], &["type"]);
        }
        _ if allows_null && is_everything(&others, subject.schema) => return,
        _ if subject.schema.contains("const") => {}
        _ => choice(rewrite, subject, &others, place),
    }
    if allows_null {
        subject.set_nullable(place);
    }
}

/// Returns the names in a list of types; `None` if it is not a list of names, which the reader of the type reports.
fn names(types: &Node) -> Option<Vec<(usize, String)>> {
    let elements = types.as_array().filter(|elements| !elements.is_empty())?;
    let named = |(index, element): (usize, &Node)| Some((index, element.as_str()?.to_owned()));
    elements.iter().enumerate().map(named).collect()
}

/// The types but for null, each once. Every integer is a number.
fn distinct(types: Vec<(usize, String)>) -> Vec<(usize, String)> {
    let has_number = types.iter().any(|(_, name)| name == "number");
    let mut distinct: Vec<(usize, String)> = Vec::new();
    for (index, name) in types {
        let is_new = !distinct.iter().any(|(_, other)| *other == name);
        // There are six types of JSON; a name beyond them is an error that one arm shows well enough.
        if is_new && name != "null" && !(has_number && name == "integer") && distinct.len() <= TYPES.len() {
            distinct.push((index, name));
        }
    }
    distinct
}

fn only_null(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>, place: Place) {
    let null = Node::new(place, Value::Null);
    subject.set("enum", place, Value::Array(vec![null]));
    subject.set_nullable(place);
    rewrite.changed_of(
        Version::V31,
        place,
        &subject.at.key("type"),
        "`type: 'null'`",
        "`enum` of null",
    );
}

/// Whether a schema lists all types and asks nothing of any: then it is any JSON.
fn is_everything(types: &[(usize, String)], schema: &Object) -> bool {
    let says_more = |member: &Member| keyword_of_types(&member.name) || matches!(&*member.name, "enum" | "format");
    types.len() == TYPES.len().saturating_sub(1) && !schema.iter().any(says_more)
}

fn keyword_of_types(key: &str) -> bool {
    TYPES.iter().any(|(_, keywords)| keywords.contains(&key))
}

/// One arm a type, with the keywords that speak of it.
fn choice(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>, types: &[(usize, String)], place: Place) {
    let has_any_of = subject.schema.contains("anyOf");
    let way: Vec<String> = if has_any_of {
        let parts = subject
            .schema
            .get("allOf")
            .and_then(Node::as_array)
            .map_or(0, <[Node]>::len);
        vec!["allOf".to_owned(), parts.to_string(), "anyOf".to_owned()]
    } else {
        vec!["anyOf".to_owned()]
    };
    let values = subject.schema.remove("enum");
    let mut arms = Vec::with_capacity(types.len());
    for (index, name) in types {
        let mut arm = Object::new();
        arm.insert("type", place, Node::new(place, Value::from(name.as_str())));
        if let Some(values) = &values {
            let fitting = fitting(&values.value, name);
            // What has no value here can never be.
            if fitting.is_empty() {
                continue;
            }
            arm.insert(
                "enum",
                values.name_place,
                Node::new(values.value.place, Value::Array(fitting)),
            );
        }
        let number = arms.len().to_string();
        let to = |key: Option<&str>| -> Vec<String> {
            way.iter()
                .cloned()
                .chain([number.clone()])
                .chain(key.map(str::to_owned))
                .collect()
        };
        rewrite.moved(subject.at, &["type", &index.to_string()], &borrowed(&to(None)));
        for key in keywords(name, subject.schema) {
            if let Some(member) = subject.schema.remove(key) {
                rewrite.moved(subject.at, &[key], &borrowed(&to(Some(key))));
                arm.insert(member.name, member.name_place, member.value);
            }
        }
        arms.push(Node::new(place, Value::Object(arm)));
    }
    let arms = Value::Array(arms);
    if has_any_of {
        let mut part = Object::new();
        part.insert("anyOf", place, Node::new(place, arms));
        subject.add_part(Node::new(place, Value::Object(part)));
    } else {
        subject.set("anyOf", place, arms);
    }
}

/// The keywords of a schema that speak of a type.
fn keywords(name: &str, schema: &Object) -> Vec<&'static str> {
    let of_type = TYPES.iter().find(|(other, _)| *other == name);
    let mut keywords: Vec<&str> = of_type.map(|(_, keywords)| keywords.to_vec()).unwrap_or_default();
    let format = schema.get("format").and_then(Node::as_str);
    let speaks_of = |format: &str| match name {
        "number" | "integer" => NUMERIC_FORMATS.contains(&format),
        "string" => !NUMERIC_FORMATS.contains(&format),
        _ => false,
    };
    if format.is_some_and(speaks_of) {
        keywords.push("format");
    }
    keywords
}

/// The values of an `enum` that are of a type.
fn fitting(values: &Node, name: &str) -> Vec<Node> {
    let fits = |value: &&Node| match &value.value {
        Value::Null => false,
        Value::Bool(_) => name == "boolean",
        Value::Number(number) => name == "number" || (name == "integer" && number.is_integer()),
        Value::String(_) => name == "string",
        Value::Array(_) => name == "array",
        Value::Object(_) => name == "object",
    };
    values
        .as_array()
        .unwrap_or_default()
        .iter()
        .filter(fits)
        .cloned()
        .collect()
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}
