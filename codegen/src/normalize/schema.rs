//! Schemas of JSON Schema 2020-12, as OpenAPI 3.1 has them, in the words of OpenAPI 3.0.
//!
//! A schema is rewritten after its parts. Each step knows one subject; most schemas need none of them.

mod keywords;
mod null;
mod types;
mod unevaluated;

use super::{oneof_sentence, parts, rewrite::Rewrite, version::Version};
use crate::{
    at::At,
    diagnostic::{Code, Place},
    read::{Node, Object, Value},
};

pub(super) fn rewrite(rewrite: &mut Rewrite<'_>, node: &mut Node, at: &At<'_>) {
    let place = node.place;
    if let Value::Bool(holds_all) = node.value {
        node.value = Value::Object(flag(holds_all, place));
        rewrite.changed_of(Version::V31, place, at, "a boolean as schema", "`{}` or `{not: {}}`");
        return;
    }
    let Some(schema) = node.as_object_mut() else { return };
    oneof_sentence::rewrite(rewrite, schema, at);
    if !schema
        .iter()
        .any(|member| is_rewritten(rewrite.version, &member.name, &member.value))
    {
        return;
    }
    let mut schema = Subject { schema, at };
    keywords::foreign(rewrite, &schema);
    keywords::identities(rewrite, &mut schema);
    keywords::dependencies(rewrite, &mut schema);
    keywords::weakened(rewrite, &mut schema);
    unevaluated::rewrite(rewrite, &mut schema);
    keywords::bounds(rewrite, &mut schema);
    keywords::examples(rewrite, &mut schema);
    keywords::contents(rewrite, &mut schema);
    keywords::tuples(rewrite, &mut schema);
    reference(rewrite, &mut schema);
    null::arms(rewrite, &mut schema, "oneOf");
    null::arms(rewrite, &mut schema, "anyOf");
    null::values(rewrite, &mut schema);
    types::rewrite(rewrite, &mut schema);
}

/// Whether the schemas below a member come into the canonical form.
pub(super) fn enters(key: &str, value: &Node) -> bool {
    // OpenAPI 3.0 has `true` and `false` here too.
    let is_flag = matches!(
        key,
        "additionalProperties" | "additionalItems" | "unevaluatedProperties" | "unevaluatedItems"
    ) && value.as_bool().is_some();
    !is_flag && (key == keywords::DEPENDENCIES || !keywords::is_left_out(key))
}

/// A schema that is being rewritten.
struct Subject<'a> {
    schema: &'a mut Object,
    at: &'a At<'a>,
}

impl Subject<'_> {
    fn set(&mut self, key: &str, place: Place, value: Value) {
        self.schema.insert(key, place, Node::new(place, value));
    }

    fn set_nullable(&mut self, place: Place) {
        self.set("nullable", place, Value::Bool(true));
    }

    /// Adds a part to `allOf`, behind those that are there; the number that it has.
    fn add_part(&mut self, part: Node) -> usize {
        let place = part.place;
        let has_parts = self.schema.get("allOf").is_some_and(|parts| parts.as_array().is_some());
        if !has_parts {
            self.set("allOf", place, Value::Array(Vec::new()));
        }
        let parts = self.schema.get_mut("allOf").and_then(Node::as_array_mut);
        parts.map_or(0, |parts| {
            parts.push(part);
            parts.len().saturating_sub(1)
        })
    }
}

/// Whether a member may have another form in the canonical one.
fn is_rewritten(version: Version, key: &str, value: &Node) -> bool {
    match key {
        "type" => value.as_str().is_none_or(|text| text == "null"),
        "nullable" => version >= Version::V31,
        "exclusiveMinimum" | "exclusiveMaximum" => value.as_number().is_some() || version >= Version::V31,
        "items" => value.as_array().is_some(),
        "anyOf" | "oneOf" => value.as_array().is_some_and(|arms| arms.iter().any(null::is_null)),
        "enum" => null::stands_in(value),
        "format" => value.as_str() == Some("base64"),
        "$ref" => value.as_str().is_some(),
        "const" | "if" | "contains" | "dependentSchemas" | "dependentRequired" | "prefixItems"
        | "patternProperties" | "propertyNames" | "contentEncoding" | "contentMediaType" | "contentSchema"
        | "examples" => true,
        _ => keywords::is_left_out(key) || unevaluated::KEYWORDS.contains(&key),
    }
}

/// A schema, also where it is written as a flag.
fn of_flag(node: Node) -> Node {
    match node.value {
        Value::Bool(holds_all) => Node::new(node.place, Value::Object(flag(holds_all, node.place))),
        _ => node,
    }
}

/// `true` allows everything, `false` nothing.
fn flag(holds_all: bool, place: Place) -> Object {
    let mut schema = Object::new();
    if !holds_all {
        schema.insert("not", place, Node::new(place, Value::Object(Object::new())));
    }
    schema
}

/// The siblings of `$ref` that are understood in older documents, because they narrow nothing.
const WORDS: &[&str] = &[
    "description",
    "title",
    "nullable",
    "readOnly",
    "writeOnly",
    "deprecated",
    "default",
    "example",
    "externalDocs",
    "xml",
];

/// Rewrites a `$ref` with siblings. They count since OpenAPI 3.1; before, they meant nothing.
fn reference(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    if subject.schema.get("$ref").is_none_or(|to| to.as_str().is_none()) {
        return;
    }
    if rewrite.version < Version::V31 {
        only_words(rewrite, subject);
    }
    if subject.schema.len() == 1 {
        return;
    }
    let Some(reference) = subject.schema.remove("$ref") else {
        return;
    };
    let place = reference.name_place;
    let mut part = Object::new();
    part.insert("$ref", place, reference.value);
    let index = subject.add_part(Node::new(place, Value::Object(part)));
    rewrite.moved(subject.at, &["$ref"], &["allOf", &index.to_string(), "$ref"]);
    let at = subject.at.key("$ref");
    let shown = "`$ref` beside other keywords";
    rewrite.changed_of(Version::V31, place, &at, shown, "`allOf` beside them");
}

/// Leaves the words beside a reference, and says what else is ignored there.
fn only_words(rewrite: &mut Rewrite<'_>, subject: &mut Subject<'_>) {
    let is_kept = |name: &str| name == "$ref" || name.starts_with("x-") || WORDS.contains(&name);
    for member in subject.schema.iter().filter(|member| !is_kept(&member.name)) {
        let name: &str = &member.name;
        let message = format!(
            "`{name}` beside a `$ref` has no effect in {}: it is ignored",
            rewrite.version.text()
        );
        let help = "move the reference into an `allOf`, and write the key beside the `allOf`";
        rewrite.warn(
            Code::UnknownKey,
            member.name_place,
            &subject.at.key(name),
            message,
            help,
        );
    }
    let ignored = subject.schema.iter().filter(|member| !is_kept(&member.name));
    rewrite.removed.left_out.extend(ignored.map(|member| member.name_place));
    subject.schema.retain(|member| is_kept(&member.name));
    if !subject.schema.iter().any(|member| WORDS.contains(&&*member.name)) {
        subject.schema.retain(|member| &*member.name == "$ref");
    }
}
