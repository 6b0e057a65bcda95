//! The groups of the suite, each as a document of its own.

use std::{fs, path::Path};

use codegen::{
    Config, Input, Inputs,
    diagnostic::{Code, Severity},
    loader::{LoadError, Loader},
};
use serde::Deserialize;
use serde_json::{Value, json, value::RawValue};

use crate::subject::Subject;

/// The component that holds a value of the schema: as a property it may be null, and other names have their rules.
pub(crate) const HOLDER: &str = "Holder";

const OWN: &[&str] = &[include_str!("conditions.json")];

/// A schema with values.
#[derive(Deserialize)]
pub(crate) struct Group {
    #[serde(rename = "group")]
    pub(crate) name: String,
    pub(crate) schema: Box<RawValue>,
    pub(crate) tests: Vec<Test>,
}

/// A value, and whether it is valid.
#[derive(Deserialize)]
pub(crate) struct Test {
    pub(crate) data: Box<RawValue>,
    pub(crate) valid: bool,
}

impl Test {
    /// The value on one line.
    pub(crate) fn text(&self) -> String {
        let words: Vec<&str> = self.data.get().lines().map(str::trim).collect();
        words.join(" ")
    }

    /// The value in its holder, on one line.
    pub(crate) fn held(&self) -> String {
        format!("{{\"value\": {}}}", self.text())
    }
}

/// What is generated for a group.
pub(crate) struct Made {
    pub(crate) subject: Subject,
    /// Whether the document was told that something of its schema is not checked.
    pub(crate) is_weakened: bool,
}

/// The schema as a file of its own, so that its references lead where they say.
#[derive(Debug)]
struct Schema<'g>(&'g str);

impl Loader for Schema<'_> {
    fn load(&self, path: &str, _limit: usize) -> Result<Vec<u8>, LoadError> {
        match path {
            "schema.json" => Ok(self.0.as_bytes().to_vec()),
            _ => Err(LoadError::Unreadable("there is no such file".to_owned())),
        }
    }
}

impl Group {
    /// The types, or the codes of what keeps them from being generated.
    pub(crate) fn generate(&self) -> Result<Made, String> {
        let version = if self.name.starts_with("draft4/") {
            "3.0.3"
        } else {
            "3.1.0"
        };
        let document = json!({
            "openapi": version,
            "info": {"title": "A schema", "version": "1"},
            "paths": {},
            "components": {"schemas": {
                "Value": {"$ref": "schema.json"},
                HOLDER: {
                    "type": "object",
                    "required": ["value"],
                    "properties": {"value": {"$ref": "#/components/schemas/Value"}},
                },
            }},
        })
        .to_string();
        let inputs = Inputs {
            document: Input {
                name: "document.json",
                bytes: document.as_bytes(),
            },
            overlays: &[],
            loader: &Schema(self.schema.get()),
        };
        let config = Config {
            group_features: false,
            ..Config::default()
        };
        let outcome = codegen::generate_with(inputs, &config);
        let errors = outcome.diagnostics.iter().filter(|one| one.severity == Severity::Error);
        let mut codes: Vec<&str> = errors.map(|one| one.code.as_str()).collect();
        codes.sort_unstable();
        codes.dedup();
        let generated = outcome.generated.ok_or_else(|| codes.join(", "))?;
        let models = generated.models.iter().filter(|model| model.schema == HOLDER);
        let says_what_is_missing = |code| matches!(code, Code::Weakened | Code::UnknownFormat | Code::UnknownKey);
        Ok(Made {
            is_weakened: outcome.diagnostics.iter().any(|one| says_what_is_missing(one.code)),
            subject: Subject {
                module: self
                    .name
                    .to_lowercase()
                    .replace(|c: char| !c.is_ascii_alphanumeric(), "_"),
                name: self.name.clone(),
                paths: models.map(|model| (model.schema.clone(), model.path.clone())).collect(),
                questions: Vec::new(),
                schemas: 0,
                without: 0,
                generated,
            },
        })
    }

    /// Whether the schema has a use for a member of this name.
    pub(crate) fn knows(&self, name: &str) -> bool {
        let schema: Value = serde_json::from_str(self.schema.get()).unwrap();
        knows(&schema, name)
    }
}

fn knows(schema: &Value, name: &str) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(key, value)| {
            let keeps = ["additionalProperties", "unevaluatedProperties", "patternProperties"];
            let is_open = keeps.contains(&key.as_str()) && *value != Value::Bool(false);
            key == name || is_open || knows(value, name)
        }),
        Value::Array(elements) => elements.iter().any(|element| knows(element, name)),
        Value::String(text) => text == name,
        _ => false,
    }
}

/// All groups of the suite, in the order of the files.
pub(crate) fn read(folder: &Path) -> Vec<Group> {
    let groups: Vec<Group> = ["draft4.json", "draft2020-12.json"]
        .into_iter()
        .flat_map(|file| {
            let text = fs::read_to_string(folder.join(file)).unwrap();
            serde_json::from_str::<Vec<Group>>(&text).unwrap()
        })
        .collect();
    assert!(groups.len() > 300, "the suite is not the one that is meant");
    groups
}

/// Our own groups: what the suite has no case of.
pub(crate) fn own() -> Vec<Group> {
    OWN.iter()
        .flat_map(|text| serde_json::from_str::<Vec<Group>>(text).unwrap())
        .collect()
}
