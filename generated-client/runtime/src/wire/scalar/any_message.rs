//! Messages of any type.

use serde_json::{Map, Value};

use crate::wire::{Json, Model, Reader, Result, Writer, from_str, to_text};

/// A message that says its own type (protobuf's `Any`): `{"@type": "type.googleapis.com/c1.App", "id": "..."}`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AnyMessage {
    /// The type, a URL whose last segment is a schema's name; empty if it did not come.
    pub type_url: String,
    /// The other properties.
    pub properties: Map<String, Value>,
}

impl AnyMessage {
    /// A message of a type.
    pub fn new(type_url: impl Into<String>, properties: Map<String, Value>) -> Self {
        Self {
            type_url: type_url.into(),
            properties,
        }
    }

    /// The message as a model, if it is of that model's type. The paths of errors start at the message.
    #[must_use]
    pub fn get<M: Model>(&self) -> Option<Result<M>> {
        let name = self.type_url.rsplit('/').next()?;
        (name == M::FACTS.schema).then(|| from_str(&to_text(&self.properties)))
    }
}

impl Json for AnyMessage {
    const TAKES_EMPTY_OBJECT: bool = true;

    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        json.members(&mut |name, json| {
            if name == "@type" {
                self.type_url = json.value::<Option<String>>()?.unwrap_or_default();
            } else {
                let value = json.value()?;
                self.properties.insert(name.into_owned(), value);
            }
            Ok(true)
        })
    }

    fn write(&self, json: &mut Writer) {
        let mut object = json.object();
        if !self.type_url.is_empty() {
            object.put_with("@type", |json| json.string(&self.type_url));
        }
        for (name, value) in &self.properties {
            object.put_with(name, |json| value.write(json));
        }
        object.end();
    }
}

crate::__serde_impls!(AnyMessage);
