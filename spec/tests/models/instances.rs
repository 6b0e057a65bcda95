//! Values made from the document's schemas, without the generator.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

/// How deep models are nested in a value; the last ones are empty. It goes once round the only cycle of schemas.
const DEPTH: usize = 5;

/// The document's schemas, as any parser of YAML reads them but the generator's.
pub(crate) static SCHEMAS: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let document: Value = serde_yaml::from_str(include_str!("../../conductorone.yaml")).unwrap();
    document["components"]["schemas"].as_object().unwrap().clone()
});

pub(crate) fn schema(name: &str) -> &'static Value {
    SCHEMAS.get(name).unwrap_or_else(|| panic!("no schema {name}"))
}

/// Makes values of which no two are the same, as far as their types have so many.
#[derive(Default)]
pub(crate) struct Instances {
    count: u32,
}

impl Instances {
    /// Values of which each property, each arm of a group and each enum value is part of one.
    pub(crate) fn of(&mut self, schema: &Value) -> Vec<Value> {
        if let Some(values) = schema["enum"].as_array() {
            return values.iter().cloned().chain([json!("VALUE_FROM_TOMORROW")]).collect();
        }
        let mut instances = vec![self.value(schema, DEPTH)];
        for arms in groups(schema) {
            for arm in arms.iter().skip(1) {
                let mut instance = self.value(schema, DEPTH);
                let members = instance.as_object_mut().unwrap();
                members.remove(&arms[0]);
                members.insert(arm.clone(), self.value(&schema["properties"][arm], DEPTH - 1));
                instances.push(instance);
            }
        }
        instances
    }

    /// One value of a schema, with the first arm of each group.
    pub(crate) fn value(&mut self, schema: &Value, depth: usize) -> Value {
        let schema = resolved(schema);
        self.count += 1;
        let count = self.count;
        if let Some(values) = schema["enum"].as_array() {
            return values[count as usize % values.len()].clone();
        }
        match schema["type"].as_str().unwrap() {
            "boolean" => json!(true),
            "integer" => json!(count),
            "array" => json!([self.value(&schema["items"], depth), self.value(&schema["items"], depth)]),
            "object" => self.object(schema, depth),
            "string" => json!(match schema["format"].as_str() {
                None => format!("text {count} \"\u{1F4D6}\"\n"),
                Some("int64") => format!("{}", i64::MAX - i64::from(count)),
                Some("date-time") => format!("2026-02-03T04:05:06.{count:09}Z"),
                Some("duration") => format!("{count}.5s"),
                Some("field-mask") => format!("displayName,field{count}"),
                Some(other) => panic!("no value for the format {other}"),
            }),
            other => panic!("no value for the type {other}"),
        }
    }

    fn object(&mut self, schema: &Value, depth: usize) -> Value {
        let Some(depth) = depth.checked_sub(1) else {
            return json!({});
        };
        let mut members = Map::new();
        let groups = groups(schema);
        for (name, property) in properties(schema) {
            if !groups.iter().any(|arms| arms.iter().skip(1).any(|arm| arm == name)) {
                members.insert(name.clone(), self.value(property, depth));
            }
        }
        match &schema["additionalProperties"] {
            Value::Bool(true) => {
                members.insert(
                    format!("any {}", self.count),
                    json!([null, true, -1, 1.5, "", {"deep": [{}]}]),
                );
            }
            Value::Object(values) => {
                let value = self.value(&Value::Object(values.clone()), depth);
                members.insert(format!("key {}", self.count), value);
            }
            _ => {}
        }
        Value::Object(members)
    }
}

/// The value without what a request does not carry.
pub(crate) fn without_read_only(schema: &Value, value: &Value) -> Value {
    let schema = resolved(schema);
    match value {
        Value::Array(elements) => elements
            .iter()
            .map(|element| without_read_only(&schema["items"], element))
            .collect(),
        Value::Object(members) => {
            let properties = &schema["properties"];
            let kept = members
                .iter()
                .filter(|(name, _)| properties[name.as_str()]["readOnly"] != true);
            let kept = kept.map(|(name, value)| match properties.get(name) {
                Some(property) => (name.clone(), without_read_only(property, value)),
                None => (name.clone(), value.clone()),
            });
            Value::Object(kept.collect())
        }
        other => other.clone(),
    }
}

/// The schema itself, where this one is a reference or a reference with a description of its own.
fn resolved(of: &Value) -> &Value {
    let reference = of.get("$ref").or_else(|| of.get("allOf")?.get(0)?.get("$ref"));
    match reference.and_then(Value::as_str) {
        Some(reference) => schema(reference.trim_start_matches("#/components/schemas/")),
        None => of,
    }
}

/// The value of a property that protobuf calls its default.
pub(crate) fn empty(property: &Value) -> Value {
    let schema = resolved(property);
    match schema["type"].as_str().unwrap() {
        "boolean" => json!(false),
        "integer" => json!(0),
        "array" => json!([]),
        "object" => json!({}),
        _ => match schema["format"].as_str() {
            Some("int64") => json!("0"),
            Some("date-time") => json!("1970-01-01T00:00:00Z"),
            Some("duration") => json!("0s"),
            _ => json!(""),
        },
    }
}

/// A value that the property cannot have.
pub(crate) fn wrong(property: &Value) -> Value {
    if resolved(property)["type"] == "boolean" {
        json!(7)
    } else {
        json!(true)
    }
}

pub(crate) fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema["properties"].as_object().into_iter().flatten()
}

/// The oneof groups of a schema, each with the names of its arms.
fn groups(schema: &Value) -> Vec<Vec<String>> {
    let groups = schema["x-client-oneof"].as_object().into_iter().flatten();
    groups
        .map(|(_, arms)| serde_json::from_value(arms.clone()).unwrap())
        .collect()
}
