//! The schemas of a document: validators of requests, and instances for responses.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use codegen::instance::{Direction, Instances, Style, component_schemas, json_schema};
use jsonschema::{Draft, Registry, ValidationError, Validator};
use serde_json::{Map, Value, json};

use super::document::Document;

/// The most errors that are reported for one value.
const MAX_ERRORS: usize = 20;

/// A schema of a document, in the direction in which its values are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct SchemaId(usize);

/// An invalid part of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Invalid {
    /// The JSON pointer of the part.
    pub(super) pointer: String,
    /// The keyword of the schema.
    pub(super) keyword: String,
    /// What is wrong. Contains nothing of the value.
    pub(super) detail: String,
}

/// All schemas of a document.
pub(super) struct Schemas {
    /// The component schemas as the document has them.
    canonical: Value,
    /// The schemas that are not components.
    inline: Vec<(Direction, Value)>,
    request: Value,
    response: Value,
    registry: Option<Registry<'static>>,
    validators: Mutex<HashMap<SchemaId, Option<Arc<Validator>>>>,
}

impl fmt::Debug for Schemas {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Schemas")
            .field("inline", &self.inline.len())
            .finish_non_exhaustive()
    }
}

impl Schemas {
    /// Takes the component schemas.
    pub(super) fn collect(document: &Document) -> Self {
        let canonical = json!({"components": {"schemas": document.components.schemas}});
        Self {
            canonical,
            inline: Vec::new(),
            request: Value::Null,
            response: Value::Null,
            registry: None,
            validators: Mutex::default(),
        }
    }

    /// Takes a schema that is not a component.
    pub(super) fn add(&mut self, direction: Direction, schema: &Value) -> SchemaId {
        let schema = json_schema(schema, &self.canonical, direction);
        self.inline.push((direction, schema));
        SchemaId(self.inline.len() - 1)
    }

    /// Connects all schemas that were taken.
    pub(super) fn finish(&mut self) -> Result<(), String> {
        let inline = |wanted: Direction| {
            let named = self.inline.iter().enumerate().filter(|(_, (of, _))| *of == wanted);
            named
                .map(|(index, (_, schema))| (index.to_string(), schema.clone()))
                .collect::<Map<_, _>>()
        };
        let document = |direction| {
            let mut document = component_schemas(&self.canonical, direction);
            document["inline"] = Value::Object(inline(direction));
            document
        };
        let (request, response) = (document(Direction::Request), document(Direction::Response));
        let registry = Registry::new()
            .draft(Draft::Draft202012)
            .add(uri(Direction::Request), request.clone())
            .and_then(|registry| registry.add(uri(Direction::Response), response.clone()))
            .and_then(jsonschema::RegistryBuilder::prepare);
        let registry = registry.map_err(|error| format!("the schemas of the document cannot be used: {error}"))?;
        (self.request, self.response, self.registry) = (request, response, Some(registry));
        Ok(())
    }

    /// Returns a schema.
    pub(super) fn schema(&self, id: SchemaId) -> &Value {
        self.inline.get(id.0).map_or(&Value::Null, |(_, schema)| schema)
    }

    /// Follows the references of a schema.
    pub(super) fn resolve<'s>(&'s self, id: SchemaId, mut schema: &'s Value) -> &'s Value {
        const MAX_REFERENCES: usize = 32;
        let document = self.document(self.direction(id));
        for _ in 0..MAX_REFERENCES {
            let reference = schema.get("$ref").and_then(Value::as_str);
            match reference.and_then(|reference| document.pointer(reference.strip_prefix('#')?)) {
                Some(target) => schema = target,
                None => break,
            }
        }
        schema
    }

    /// Returns the errors of a value. A schema that cannot be compiled accepts every value.
    pub(super) fn errors(&self, id: SchemaId, value: &Value) -> Vec<Invalid> {
        let Some(validator) = self.validator(id) else {
            return Vec::new();
        };
        validator
            .iter_errors(value)
            .take(MAX_ERRORS)
            .map(|error| invalid(&error))
            .collect()
    }

    /// Returns whether a value is valid.
    pub(super) fn is_valid(&self, id: SchemaId, value: &Value) -> bool {
        self.validator(id).is_none_or(|validator| validator.is_valid(value))
    }

    /// Makes a valid value.
    pub(super) fn instance(&self, id: SchemaId, style: Style, seed: u64) -> Option<Value> {
        const ATTEMPTS: u64 = 4;
        let document = self.document(self.direction(id));
        let schema = self.schema(id);
        let made = (0..ATTEMPTS).find_map(|attempt| {
            let value = Instances::new(document, style, seed.wrapping_add(attempt)).of(schema)?;
            self.is_valid(id, &value).then_some(value)
        });
        made.or_else(|| {
            let value = Instances::new(document, Style::Minimal, seed).of(schema)?;
            self.is_valid(id, &value).then_some(value)
        })
    }

    fn direction(&self, id: SchemaId) -> Direction {
        self.inline
            .get(id.0)
            .map_or(Direction::Request, |(direction, _)| *direction)
    }

    fn document(&self, direction: Direction) -> &Value {
        match direction {
            Direction::Request => &self.request,
            Direction::Response => &self.response,
        }
    }

    fn validator(&self, id: SchemaId) -> Option<Arc<Validator>> {
        let mut validators = self.validators.lock().unwrap_or_else(PoisonError::into_inner);
        validators.entry(id).or_insert_with(|| self.compile(id)).clone()
    }

    fn compile(&self, id: SchemaId) -> Option<Arc<Validator>> {
        let target = format!("{}#/inline/{}", uri(self.direction(id)), id.0);
        let validator = jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(self.registry.as_ref()?)
            .should_validate_formats(true)
            .build(&json!({"$ref": target}));
        match validator {
            Ok(validator) => Some(Arc::new(validator)),
            Err(error) => {
                let reason = format!("{}", error.masked());
                crate::output::report(&format!("warning: a schema is not checked: {reason}\n"));
                None
            }
        }
    }
}

fn uri(direction: Direction) -> &'static str {
    match direction {
        Direction::Request => "urn:specwright:request",
        Direction::Response => "urn:specwright:response",
    }
}

fn invalid(error: &ValidationError<'_>) -> Invalid {
    Invalid {
        pointer: error.instance_path().to_string(),
        keyword: error.kind().keyword().to_owned(),
        detail: error.masked().to_string(),
    }
}
