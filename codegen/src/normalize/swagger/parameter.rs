//! Parameters other than bodies. In OpenAPI 3 they have a separate schema, and arrays have styles.

use super::{Swagger, reference};
use crate::{
    at::At,
    diagnostic::Place,
    nearest::did_you_mean,
    read::{Node, Object, Value},
};

/// The keywords of a parameter that are its schema's.
const OF_SCHEMA: &[&str] = &[
    "type",
    "format",
    "items",
    "default",
    "enum",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
    "x-nullable",
    "nullable",
    "additionalProperties",
    "properties",
    "x-client-enum-prefix",
];

/// How a list is written.
enum Style {
    /// As `style`, and whether it is exploded.
    Known(&'static str, bool),
    /// As OpenAPI 3.0 writes lists in this place anyway.
    Usual,
    /// In a way that Swagger 2.0 does not have, in this place at least.
    Unknown,
}

/// The styles of the canonical form for which OpenAPI 3 has no word: those of lists whose elements have a space, a tab or a
/// bar between them, wherever these lists are. A document of OpenAPI 3 cannot use them.
pub(crate) const DELIMITERS: [&str; 3] = ["ssv", "tsv", "pipes"];

impl Swagger<'_> {
    /// Brings a parameter in the path, the query or a header to its form of OpenAPI 3.0.
    pub(super) fn parameter(&mut self, node: &mut Node, at: &At<'_>) {
        let place = node.place;
        let Some(parameter) = node.as_object_mut() else { return };
        if parameter.contains("$ref") || parameter.contains("schema") || parameter.contains("content") {
            return;
        }
        let collection = self.take(parameter, "collectionFormat");
        let mut schema = schema(parameter);
        let is_list = super::text(&schema, "type") == Some("array");
        without_collection_format(&mut schema);
        if is_list {
            let format = collection
                .as_ref()
                .and_then(|member| member.value.as_str())
                .unwrap_or("csv");
            let location = super::text(parameter, "in").unwrap_or_default();
            match style(location, format) {
                Style::Known(style, explode) => {
                    parameter.insert("style", place, Node::new(place, Value::from(style)));
                    parameter.insert("explode", place, Node::new(place, Value::Bool(explode)));
                }
                Style::Usual => {}
                Style::Unknown => {
                    self.removed.leave_out_below(&Node::new(place, Value::Object(schema)));
                    schema = super::object_of("type", place, Value::from("string"));
                    let message =
                        format!("an array in `{location}` cannot be written as `{format}`: the method takes a string");
                    let formats = ["csv", "ssv", "pipes", "multi", "tsv"];
                    let otherwise = "join the items in the calling code, or use `csv`";
                    let help = if formats.contains(&format) {
                        otherwise.to_owned()
                    } else {
                        did_you_mean(format, formats.into_iter(), otherwise)
                    };
                    self.weakened(place, at, message, &help);
                }
            }
        }
        parameter.insert("schema", place, Node::new(place, Value::Object(schema)));
        self.moved(at, &["schema"], &[]);
    }
}

/// Takes the schema out of a parameter or header.
pub(super) fn schema(parameter: &mut Object) -> Object {
    let mut schema = Object::new();
    for key in OF_SCHEMA {
        if let Some(member) = parameter.remove(key) {
            schema.insert(member.name, member.name_place, member.value);
        }
    }
    let flag = schema
        .remove("x-nullable")
        .filter(|flag| flag.value.as_bool().is_some());
    if let Some(flag) = flag {
        schema.insert("nullable", flag.name_place, flag.value);
    }
    if reference::is_file(&schema) {
        reference::file(&mut schema);
    }
    schema
}

/// Removes the form of arrays inside an array, which OpenAPI 3.0 cannot declare. The recursion ends with the tree.
pub(super) fn without_collection_format(schema: &mut Object) {
    if let Some(items) = schema.get_mut("items").and_then(Node::as_object_mut) {
        items.remove("collectionFormat");
        without_collection_format(items);
    }
}

fn style(location: &str, format: &str) -> Style {
    match (location, format) {
        ("query" | "formData", "csv") => Style::Known("form", false),
        ("query" | "formData", "multi") => Style::Known("form", true),
        ("query" | "formData", "ssv") => Style::Known("spaceDelimited", false),
        ("query" | "formData", "pipes") => Style::Known("pipeDelimited", false),
        ("query" | "formData", "tsv") => Style::Known("tsv", false),
        ("path" | "header", "csv") => Style::Usual,
        ("path" | "header", format) => {
            let known = DELIMITERS.into_iter().find(|known| *known == format);
            known.map_or(Style::Unknown, |known| Style::Known(known, false))
        }
        _ => Style::Unknown,
    }
}

/// Whether a list in a form has a `collectionFormat` that Swagger 2.0 does not have.
pub(super) fn is_unknown(field: &Node) -> bool {
    let format = field.get("collectionFormat").map(Node::as_str);
    let is_list = field.get("type").and_then(Node::as_str) == Some("array");
    is_list
        && format.is_some_and(|format| format.is_none_or(|format| matches!(style("formData", format), Style::Unknown)))
}

/// The `encoding` of a list in a form; `None` where it is the usual one, of one field a value.
pub(super) fn encoding(schema: &Object, format: Option<&str>, place: Place) -> Option<Value> {
    if super::text(schema, "type") != Some("array") {
        return None;
    }
    let style = match style("formData", format.unwrap_or("csv")) {
        Style::Known(_, true) => return None,
        Style::Known(style, false) => style,
        Style::Usual | Style::Unknown => "form",
    };
    let mut encoding = super::object_of("style", place, Value::from(style));
    encoding.insert("explode", place, Node::new(place, Value::Bool(false)));
    Some(Value::Object(encoding))
}
