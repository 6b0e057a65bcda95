//! A document with its models, and what is to be asked of them.

use std::collections::BTreeMap;

use codegen::instance::{Instances, Random, Style};
use codegen::{Config, Generated, Input};
use jsonschema::Validator;
use serde_json::{Value, json};
use tests::json_schema;

use crate::mutate;

/// A value that goes through a model.
pub(crate) struct Question {
    pub(crate) schema: String,
    pub(crate) value: Value,
    pub(crate) wanted: Wanted,
}

pub(crate) enum Wanted {
    Same,
    /// With what was done to the instance, and the keyword that the validator names.
    Refused {
        mutation: &'static str,
        keyword: String,
    },
}

pub(crate) struct Subject {
    pub(crate) module: String,
    pub(crate) name: String,
    pub(crate) generated: Generated,
    pub(crate) questions: Vec<Question>,
    /// The component schemas.
    pub(crate) schemas: usize,
    /// Those of which no valid instance was found.
    pub(crate) without: usize,
    /// Where the models of its schemas are.
    pub(crate) paths: BTreeMap<String, String>,
}

impl Subject {
    /// `None` where nothing is generated, or the text is none that others can read.
    pub(crate) fn new(module: &str, name: &str, bytes: &[u8], instances: usize, seed: u64) -> Option<Self> {
        let mut document: Value = serde_yaml::from_slice(bytes).ok()?;
        document.get("openapi")?;
        keep_schemas_alone(&mut document);
        let text = document.to_string();
        let input = Input {
            name,
            bytes: text.as_bytes(),
        };
        let generated = codegen::generate(input, &Config::default()).generated?;
        json_schema::translate(&mut document);
        let schemas: Vec<String> = document
            .pointer("/components/schemas")
            .and_then(Value::as_object)
            .into_iter()
            .flat_map(|schemas| schemas.keys().cloned())
            .collect();
        // A component may be called like an inline schema: such a name does not say which of the two is meant.
        let is_one = |schema: &str| generated.models.iter().filter(|model| model.schema == schema).count() == 1;
        let paths = generated
            .models
            .iter()
            .filter(|model| is_one(&model.schema))
            .map(|model| (model.schema.clone(), model.path.clone()))
            .collect();
        let mut subject = Self {
            module: module.to_owned(),
            name: name.to_owned(),
            generated,
            questions: Vec::new(),
            schemas: schemas.len(),
            without: 0,
            paths,
        };
        for schema in schemas
            .iter()
            .filter(|schema| subject.paths.contains_key(*schema))
            .cloned()
            .collect::<Vec<_>>()
        {
            subject.ask(&document, &schema, instances, seed);
        }
        Some(subject)
    }

    /// The models that are asked, as schema and path.
    pub(crate) fn models(&self) -> impl Iterator<Item = (&str, &str)> {
        self.paths.iter().map(|(schema, path)| (schema.as_str(), path.as_str()))
    }

    /// Whether a schema is only another name for a type.
    pub(crate) fn is_alias(&self, schema: &str) -> bool {
        let path = self.paths.get(schema).map_or("", String::as_str);
        let name = path.rsplit("::").next().unwrap_or_default();
        let declared = format!("pub type {name}: ");
        self.generated.files.iter().any(|(_, text)| text.contains(&declared))
    }

    fn ask(&mut self, document: &Value, schema: &str, wanted: usize, seed: u64) {
        let alone = json_schema::alone(document, schema);
        // A pattern that the validator cannot read, or a reference elsewhere.
        let Ok(validator) = jsonschema::options()
            .with_draft(jsonschema::Draft::Draft202012)
            .build(&alone)
        else {
            self.without += 1;
            return;
        };
        let mut instances = Instances::new(&alone, Style::Varied, seed);
        let mut random = Random::new(seed);
        let reference = json!({"$ref": alone["$ref"]});
        let mut found = 0;
        for _ in 0..wanted * 2 {
            let Some(value) = instances
                .of(&reference)
                .filter(|value| may_be_alone(value) && validator.is_valid(value))
            else {
                continue;
            };
            self.mutants(schema, &value, &validator, &mut random);
            self.push(schema, value, Wanted::Same);
            found += 1;
            if found == wanted {
                break;
            }
        }
        self.without += usize::from(found == 0);
    }

    fn mutants(&mut self, schema: &str, value: &Value, validator: &Validator, random: &mut Random) {
        for (mutation, mutant) in mutate::mutants(value, random) {
            if !may_be_alone(&mutant) {
                continue;
            }
            let refused = validator.validate(&mutant).err();
            if let Some(keyword) = refused.map(|error| error.kind().keyword().to_owned()) {
                self.push(schema, mutant, Wanted::Refused { mutation, keyword });
            }
        }
    }

    fn push(&mut self, schema: &str, value: Value, wanted: Wanted) {
        self.questions.push(Question {
            schema: schema.to_owned(),
            value,
            wanted,
        });
    }
}

/// Operations are no matter here: nothing that they say keeps a schema from its round trip.
fn keep_schemas_alone(document: &mut Value) {
    let schemas = document.pointer_mut("/components/schemas").map(Value::take);
    document["paths"] = json!({});
    document["components"] = json!({"schemas": schemas.unwrap_or_else(|| json!({}))});
    if let Some(document) = document.as_object_mut() {
        document.retain(|key, _| ["openapi", "info", "paths", "components"].contains(&key.as_str()));
    }
}

/// Null is a matter of where a model is used: it stands in an option there.
fn may_be_alone(value: &Value) -> bool {
    !value.is_null()
}
