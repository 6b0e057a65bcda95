//! Responses: a schema for all media types of an operation is one a media type.

use super::{Swagger, object_of, parameter, reference::is_file};
use crate::{
    at::At,
    read::{Node, Object, Text, Value},
};

const JSON: &str = "application/json";
const BYTES: &str = "application/octet-stream";

impl Swagger<'_> {
    pub(super) fn response(&mut self, node: &mut Node, produces: &[Text], at: &At<'_>) {
        let Some(response) = node.as_object_mut() else { return };
        if response.contains("$ref") {
            return;
        }
        if let Some(headers) = response.get_mut("headers").and_then(Node::as_object_mut) {
            let at = at.key("headers");
            for (name, header) in headers.iter_mut() {
                self.header(header, &at.key(name));
            }
        }
        // Examples show what a schema says.
        let examples = response.remove("examples");
        self.removed
            .left_out
            .extend(examples.map(|examples| examples.name_place));
        let Some(schema) = self.take(response, "schema") else {
            return;
        };
        let types = of_body(&schema.value, produces);
        let place = schema.name_place;
        let content = self.content(schema.value, &types, at);
        response.insert("content", place, Node::new(place, content));
        self.changed(place, "schema", "`content`");
    }

    /// The schema under each media type.
    pub(super) fn content(&mut self, schema: Node, types: &[Text], at: &At<'_>) -> Value {
        let place = schema.place;
        let mut content = Object::new();
        let mut schemas = vec![schema];
        for _ in types.iter().skip(1) {
            let copy = schemas.first().and_then(|schema| self.copy(schema, at));
            schemas.extend(copy);
        }
        for (media_type, schema) in types.iter().zip(schemas) {
            let schema = object_of("schema", place, schema.value);
            content.insert(media_type.clone(), place, Node::new(place, Value::Object(schema)));
            self.moved(at, &["schema", media_type], &["schema"]);
        }
        self.moved(at, &["content"], &["schema"]);
        self.moved(at, &["schema", "schema"], &["schema"]);
        Value::Object(content)
    }

    fn header(&mut self, node: &mut Node, at: &At<'_>) {
        let place = node.place;
        let Some(header) = node.as_object_mut() else { return };
        if header.contains("$ref") || header.contains("schema") {
            return;
        }
        let mut schema = parameter::schema(header);
        parameter::without_collection_format(&mut schema);
        let format = self.take(header, "collectionFormat");
        let format = format.as_ref().and_then(|member| member.value.as_str());
        if let Some(format) = format.filter(|format| *format != "csv")
            && super::text(&schema, "type") == Some("array")
        {
            let message = format!(
                "an array in a response header cannot be read as `{format}`: the client returns a \
                string"
            );
            self.weakened(place, at, message, "split the string in the calling code, or use `csv`");
            self.removed.leave_out_below(&Node::new(place, Value::Object(schema)));
            schema = object_of("type", place, Value::from("string"));
        }
        header.insert("schema", place, Node::new(place, Value::Object(schema)));
        self.moved(at, &["schema"], &[]);
    }
}

/// Returns the media types of a body of this schema. A file is not JSON; everything else is JSON by default.
pub(super) fn of_body(schema: &Node, listed: &[Text]) -> Vec<Text> {
    let is_file = schema.as_object().is_some_and(is_file);
    let fits = |media_type: &&Text| !(is_file && &***media_type == JSON);
    let types: Vec<Text> = listed.iter().filter(fits).cloned().collect();
    match (types.is_empty(), is_file) {
        (false, _) => types,
        (true, true) => vec![Text::from(BYTES)],
        (true, false) => vec![Text::from(JSON)],
    }
}
