//! Values as XML, by the `xml` objects of their schemas.

use serde_json::Value;

use super::schemas::{SchemaId, Schemas};

/// How deep values are written.
const MAX_DEPTH: usize = 64;

/// Returns a document. The root element is named by the schema, or else `root`.
pub(super) fn written(schemas: &Schemas, id: Option<SchemaId>, value: &Value) -> String {
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let any = Value::Bool(true);
    let schema = id.map_or(&any, |id| schemas.schema(id));
    let reference = schema.get("$ref").and_then(Value::as_str);
    let component = reference.and_then(|reference| reference.rsplit('/').next());
    let writer = Writer { schemas, id };
    writer.element(component.unwrap_or("root"), schema, value, 0, &mut text);
    text
}

struct Writer<'s> {
    schemas: &'s Schemas,
    id: Option<SchemaId>,
}

impl Writer<'_> {
    fn element(&self, name: &str, schema: &Value, value: &Value, depth: usize, text: &mut String) {
        if depth > MAX_DEPTH {
            return;
        }
        let schema = self.id.map_or(schema, |id| self.schemas.resolve(id, schema));
        let xml = |key: &str| schema.get("xml").and_then(|xml| xml.get(key));
        let name = xml("name").and_then(Value::as_str).unwrap_or(name);
        let name = match xml("prefix").and_then(Value::as_str) {
            Some(prefix) => format!("{prefix}:{name}"),
            None => name.to_owned(),
        };
        text.extend(["<", &name]);
        if let Some(namespace) = xml("namespace").and_then(Value::as_str) {
            let prefix = xml("prefix").and_then(Value::as_str);
            let attribute = prefix.map_or_else(|| "xmlns".to_owned(), |prefix| format!("xmlns:{prefix}"));
            text.extend([" ", &attribute, "=\"", &escaped(namespace), "\""]);
        }
        let members = value.as_object().into_iter().flatten();
        let attributes = members.filter(|(name, _)| is_attribute(schema, name));
        for (name, value) in attributes {
            text.extend([" ", name, "=\"", &escaped(&plain(value)), "\""]);
        }
        text.push('>');
        self.content(schema, value, depth, text);
        text.extend(["</", &name, ">"]);
    }

    fn content(&self, schema: &Value, value: &Value, depth: usize, text: &mut String) {
        let any = Value::Bool(true);
        match value {
            Value::Object(members) => {
                for (name, value) in members.iter().filter(|(name, _)| !is_attribute(schema, name)) {
                    let property = schema.get("properties").and_then(|properties| properties.get(name));
                    self.member(name, property.unwrap_or(&any), value, depth + 1, text);
                }
            }
            Value::Array(elements) => {
                let items = schema.get("items").unwrap_or(&any);
                for value in elements {
                    self.element("item", items, value, depth + 1, text);
                }
            }
            value => text.push_str(&escaped(&plain(value))),
        }
    }

    /// An array without `wrapped` is a sequence of elements.
    fn member(&self, name: &str, schema: &Value, value: &Value, depth: usize, text: &mut String) {
        let is_wrapped = schema.get("xml").and_then(|xml| xml.get("wrapped")) == Some(&Value::Bool(true));
        match value {
            Value::Array(elements) if !is_wrapped => {
                let items = schema.get("items").unwrap_or(&Value::Null);
                for value in elements {
                    self.element(name, items, value, depth, text);
                }
            }
            value => self.element(name, schema, value, depth, text),
        }
    }
}

fn is_attribute(schema: &Value, name: &str) -> bool {
    let property = schema.get("properties").and_then(|properties| properties.get(name));
    let xml = property.and_then(|property| property.get("xml"));
    xml.and_then(|xml| xml.get("attribute")) == Some(&Value::Bool(true))
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let text = text.replace('"', "&quot;");
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .collect()
}
