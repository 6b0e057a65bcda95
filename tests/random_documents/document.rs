//! Random valid documents, of the texts that generators stumble over.

use codegen::instance::Random;
use serde_json::{Map, Value, json};

/// Names of components: what OpenAPI allows there, and Rust has other plans with.
const COMPONENTS: [&str; 24] = [
    "Option", "String", "Vec", "Result", "Box", "Self", "self", "crate", "std", "core", "models", "type", "gen", "a-b",
    "a_b", "a.b", "A.B", "aB", "_", "1", "9lives", "Client", "apis", "Default",
];
/// Names of properties, parameters and values: any text.
const NAMES: [&str; 32] = [
    "id",
    "type",
    "self",
    "Self",
    "super",
    "crate",
    "a-b",
    "a_b",
    "aB",
    "a b",
    "AB",
    "",
    " ",
    "_",
    "-",
    "é",
    "中文",
    "\u{1F600}",
    "\"",
    "\\",
    "*/",
    "//",
    "\n",
    "\u{202e}",
    "$ref",
    "fn",
    "r#fn",
    "{id}",
    "'",
    "\u{0}",
    "1",
    "new",
];
const DESCRIPTIONS: [&str; 14] = [
    "Plain words.",
    "```\nfn main() { panic!() }\n```",
    "    indented",
    "[Foo] and <b>",
    "array<string>",
    "*/ /* //",
    "\r\nlines\r",
    "\u{202e}turned",
    "# Head\n\n- a\n- b",
    "\\",
    "\"#",
    "#[doc = \"x\"]",
    "`open",
    "{} {0}",
];
const FORMATS: [(&str, &str); 14] = [
    ("string", "date-time"),
    ("string", "date"),
    ("string", "uuid"),
    ("string", "byte"),
    ("string", "unheard-of"),
    ("string", "int64"),
    ("integer", "int32"),
    ("integer", "int64"),
    ("integer", "uint64"),
    ("number", "float"),
    ("number", "double"),
    ("string", "uri"),
    ("boolean", ""),
    ("string", ""),
];

/// A document of OpenAPI 3.0.
pub(crate) fn document(seed: u64) -> Value {
    let mut making = Making {
        random: Random::new(seed),
        components: Vec::new(),
    };
    making.names();
    let schemas: Map<String, Value> = (0..making.components.len())
        .map(|index| (making.components[index].clone(), making.component(index)))
        .collect();
    let paths = making.paths();
    json!({
        "openapi": "3.0.3",
        "info": {"title": making.name(), "version": "1", "description": making.description()},
        "servers": [{"url": "https://api.example.com/v1"}],
        "paths": paths,
        "components": {"schemas": schemas},
    })
}

struct Making {
    random: Random,
    components: Vec<String>,
}

impl Making {
    fn names(&mut self) {
        for _ in 0..3 + self.random.below(12) {
            let name = self.random.choose(&COMPONENTS).copied().unwrap_or_default().to_owned();
            let name = if self.random.chance(30) {
                format!("ns.{name}")
            } else {
                name
            };
            if !self.components.contains(&name) {
                self.components.push(name);
            }
        }
    }

    fn name(&mut self) -> String {
        self.random.choose(&NAMES).copied().unwrap_or_default().to_owned()
    }

    fn description(&mut self) -> String {
        self.random
            .choose(&DESCRIPTIONS)
            .copied()
            .unwrap_or_default()
            .to_owned()
    }

    /// Every third one is an object, so that there is something to inherit from.
    fn component(&mut self, index: usize) -> Value {
        let mut schema = match self.random.below(8) {
            _ if index.is_multiple_of(3) => self.object("", 2),
            0 => self.enumeration(),
            1 if index > 0 => return self.earlier(index),
            2 if index > 0 => json!({"type": "array", "items": self.earlier(index)}),
            3 if index > 0 => json!({"type": "object", "additionalProperties": self.earlier(index)}),
            4 => self.scalar(),
            5 | 6 => {
                // What is inherited keeps its type: the names of this part are its own.
                let base = self.reference_to(index / 3 * 3 - if index.is_multiple_of(3) { 3 } else { 0 });
                json!({"allOf": [base, self.object(&format!(" of {index}"), 1)]})
            }
            _ => self.object("", 2),
        };
        schema["description"] = json!(self.description());
        schema
    }

    fn reference_to(&self, index: usize) -> Value {
        json!({"$ref": format!("#/components/schemas/{}", self.components[index])})
    }

    /// A component that comes before: no circle of aliases is possible.
    fn earlier(&mut self, index: usize) -> Value {
        let index = self.random.below(index);
        self.reference_to(index)
    }

    fn object(&mut self, suffix: &str, depth: usize) -> Value {
        let mut properties = Map::new();
        for _ in 0..self.random.below(6) {
            let name = format!("{}{suffix}", self.name());
            let schema = self.schema(depth);
            properties.insert(name, schema);
        }
        let required: Vec<&String> = properties.keys().filter(|_| self.random.chance(30)).collect();
        let mut object = json!({"type": "object", "properties": properties});
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        if self.random.chance(20) {
            object["additionalProperties"] = if self.random.chance(50) {
                json!(true)
            } else {
                self.scalar()
            };
        }
        object
    }

    fn schema(&mut self, depth: usize) -> Value {
        let mut schema = match self.random.below(10) {
            0 | 1 => {
                let index = self.random.below(self.components.len());
                return self.reference_to(index);
            }
            2 if depth > 0 => self.object("", depth - 1),
            3 if depth > 0 => json!({"type": "array", "items": self.schema(depth - 1)}),
            4 if depth > 0 => json!({"type": "object", "additionalProperties": self.schema(depth - 1)}),
            5 => self.enumeration(),
            6 if depth > 0 => {
                let key = if self.random.chance(50) { "oneOf" } else { "anyOf" };
                json!({key: [self.schema(depth - 1), self.scalar()]})
            }
            7 => json!({}),
            _ => self.scalar(),
        };
        for (key, value) in [
            ("description", json!(self.description())),
            ("nullable", json!(true)),
            ("deprecated", json!(true)),
            ("readOnly", json!(true)),
        ] {
            if self.random.chance(20) {
                schema[key] = value;
            }
        }
        schema
    }

    fn scalar(&mut self) -> Value {
        let (kind, format) = self.random.choose(&FORMATS).copied().unwrap_or(("string", ""));
        if format.is_empty() {
            json!({"type": kind})
        } else {
            json!({"type": kind, "format": format})
        }
    }

    fn enumeration(&mut self) -> Value {
        let mut values: Vec<String> = Vec::new();
        for _ in 0..=self.random.below(6) {
            let value = self.name();
            if !values.contains(&value) {
                values.push(value);
            }
        }
        json!({"type": "string", "enum": values})
    }

    fn paths(&mut self) -> Value {
        let mut paths = Map::new();
        for index in 0..=self.random.below(6) {
            let path = format!("/r{index}/{{id}}");
            let mut item = Map::new();
            for method in ["get", "put", "post", "delete", "patch"] {
                if self.random.chance(40) {
                    item.insert(method.to_owned(), self.operation(index, method));
                }
            }
            paths.insert(path, Value::Object(item));
        }
        Value::Object(paths)
    }

    fn operation(&mut self, index: usize, method: &str) -> Value {
        let mut parameters = vec![json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}})];
        for place in ["query", "header"] {
            if self.random.chance(50) {
                let name = if place == "header" {
                    "X-Any".to_owned()
                } else {
                    self.name()
                };
                let schema = if self.random.chance(30) {
                    json!({"type": "array", "items": self.scalar()})
                } else {
                    self.scalar()
                };
                parameters
                    .push(json!({"name": name, "in": place, "schema": schema, "description": self.description()}));
            }
        }
        let mut operation = json!({
            "parameters": parameters,
            "summary": self.description(),
            "responses": {"200": {"description": "", "content": {"application/json": {"schema": self.schema(2)}}}},
        });
        if self.random.chance(70) {
            operation["operationId"] = json!(format!("{}{method}{index}", self.name()));
        }
        if self.random.chance(70) {
            operation["tags"] = json!([self.name()]);
        }
        if method.starts_with('p') && self.random.chance(60) {
            operation["requestBody"] = json!({"content": {"application/json": {"schema": self.schema(2)}}});
        }
        operation
    }
}
