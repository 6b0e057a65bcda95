//! Messages of any type.

use serde_json::{Map, Value};

use crate::wire::{Json, Model, ObjectWriter, Reader, Result, from_str, to_text};

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
    pub fn get<M: Model + Json>(&self) -> Option<Result<M>> {
        let name = self.type_url.rsplit('/').next()?;
        (name == M::NAME).then(|| from_str(&to_text(&self.properties)))
    }
}

impl Model for AnyMessage {
    const NAME: &'static str = "google.protobuf.Any";

    fn decode(&mut self, name: &str, json: &mut Reader<'_>) -> Result<bool> {
        if name == "@type" {
            let mut type_url: Option<String> = None;
            json.set(&mut type_url)?;
            self.type_url = type_url.unwrap_or_default();
            return Ok(true);
        }
        let value = json.value()?;
        self.properties.insert(name.to_owned(), value);
        Ok(true)
    }

    fn encode(&self, json: &mut ObjectWriter<'_>) {
        if !self.type_url.is_empty() {
            json.put("@type", &self.type_url);
        }
        for (name, value) in &self.properties {
            json.put(name, value);
        }
    }
}

crate::model!(AnyMessage);
