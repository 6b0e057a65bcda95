//! Schemas: where references lead, and three words that have others since.

use crate::{
    at::At,
    normalize::{grammar::ObjectKind, walk::Visit},
    read::{Node, Object, Value},
};

/// The visit of all parts.
pub(super) struct References;

impl Visit for References {
    fn leave(&mut self, node: &mut Node, kind: ObjectKind, _at: &At<'_>) {
        let Some(object) = node.as_object_mut() else { return };
        match kind {
            ObjectKind::Schema => schema(object),
            ObjectKind::Response => redirect(object, "#/responses/", "#/components/responses/"),
            _ => {}
        }
    }

    fn enters(&self, kind: ObjectKind, key: &str, _value: &Node) -> bool {
        // Here it is a string.
        !(kind == ObjectKind::Schema && key == "discriminator")
    }
}

fn schema(schema: &mut Object) {
    redirect(schema, "#/definitions/", "#/components/schemas/");
    if text_is(schema, "type", "file") {
        file(schema);
    }
    if let Some(discriminator) = schema.get_mut("discriminator")
        && discriminator.as_str().is_some()
    {
        let place = discriminator.place;
        let name = std::mem::replace(&mut discriminator.value, Value::Null);
        discriminator.value = Value::Object(super::object_of("propertyName", place, name));
    }
    if let Some(flag) = schema.get("x-nullable").cloned()
        && flag.as_bool().is_some()
        && !schema.contains("nullable")
    {
        schema.insert("nullable", flag.place, flag);
    }
}

/// A file is bytes.
pub(super) fn file(schema: &mut Object) {
    let Some(place) = schema.get("type").map(Node::place) else {
        return;
    };
    for (key, text) in [("type", "string"), ("format", "binary")] {
        schema.insert(key, place, Node::new(place, Value::from(text)));
    }
}

/// Whether a schema is a file.
pub(super) fn is_file(schema: &Object) -> bool {
    text_is(schema, "type", "file") || (text_is(schema, "type", "string") && text_is(schema, "format", "binary"))
}

/// Lets a reference lead to where its target has moved.
fn redirect(object: &mut Object, from: &str, to: &str) {
    if let Some(reference) = object.get_mut("$ref")
        && let Some(name) = reference.as_str().and_then(|text| text.strip_prefix(from))
    {
        reference.value = Value::from(format!("{to}{name}").as_str());
    }
}

fn text_is(object: &Object, key: &str, text: &str) -> bool {
    super::text(object, key) == Some(text)
}
