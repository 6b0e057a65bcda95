//! Every model of the document: what it reads it writes, and nothing else.

mod instances;
mod schemas;

use instances::{Instances, SCHEMAS, empty, properties, schema, without_read_only, wrong};
use schemas::{MODELS, Model, Written};
use serde_json::{Map, Value, json};

impl Model {
    fn read(&self, value: &Value) -> Written {
        (self.read)(&value.to_string()).unwrap_or_else(|error| panic!("{}: {error}: {value}", self.schema))
    }

    fn assert_same(&self, value: &Value) {
        let written = self.read(value);
        assert_eq!(&written.complete, value, "{}", self.schema);
        assert_eq!(&written.bridged, value, "{}, by serde", self.schema);
    }
}

/// The members without which a value of the schema is none.
fn required(schema: &Value) -> Map<String, Value> {
    let names = schema["required"].as_array().into_iter().flatten();
    names
        .map(|name| (name.as_str().unwrap().to_owned(), json!("required")))
        .collect()
}

fn object(required: &Map<String, Value>, name: &str, value: Value) -> Value {
    let mut members = required.clone();
    members.insert(name.to_owned(), value);
    Value::Object(members)
}

/// Calls `check` with each property of each model, the members without which it is no value, and its schema.
fn each_property(mut check: impl FnMut(&Model, &Map<String, Value>, &str, &Value)) -> usize {
    let mut count = 0;
    for model in MODELS {
        let schema = schema(model.schema);
        let required = required(schema);
        for (name, property) in properties(schema) {
            check(model, &required, name, property);
            count += 1;
        }
    }
    count
}

/// The models of objects, with their schemas.
fn objects() -> impl Iterator<Item = (&'static Model, &'static Value)> {
    let models = MODELS.iter().map(|model| (model, schema(model.schema)));
    models.filter(|(_, schema)| schema["type"] == "object")
}

#[test]
fn none_is_missing() {
    crate::assert_same_names(
        "schemas",
        SCHEMAS.keys().map(String::as_str),
        "the list in `spec/tests/models/schemas.rs`",
        MODELS.iter().map(|model| model.schema),
    );
}

#[test]
fn what_is_read_is_written() {
    let mut instances = Instances::default();
    for model in MODELS {
        for instance in instances.of(schema(model.schema)) {
            model.assert_same(&instance);
        }
    }
}

/// Alone, no property can hide behind another.
#[test]
fn each_property_alone() {
    let mut instances = Instances::default();
    let count = each_property(|model, required, name, property| {
        model.assert_same(&object(required, name, instances.value(property, 2)));
    });
    assert!(count > 600, "{count}");
}

/// The server writes what is not set too: `""`, `0`, `false`, `[]`. Such values are not absent.
#[test]
fn each_property_at_its_default() {
    // A message of any type that says an empty type says none.
    each_property(|model, required, name, property| {
        if name != "@type" {
            model.assert_same(&object(required, name, empty(property)));
        }
    });
}

/// R30: null is absent, whether the document says that it may come or not.
#[test]
fn null_is_absent() {
    for (model, schema) in objects() {
        let required = required(schema);
        let nulls = properties(schema).map(|(name, _)| (name.clone(), Value::Null));
        let nulls: Map<String, Value> = nulls
            .filter(|(name, _)| name != "@type")
            .chain(required.clone())
            .collect();
        let written = model.read(&Value::Object(nulls));
        assert_eq!(written.complete, Value::Object(required.clone()), "{}", model.schema);
        assert_eq!(written.bridged, Value::Object(required), "{}", model.schema);
    }
}

/// R30, for the one model that is not generated.
#[test]
fn null_is_absent_as_the_type_of_a_message() {
    let any = MODELS
        .iter()
        .find(|model| model.schema == "google.protobuf.Any")
        .unwrap();
    assert_eq!(any.read(&json!({"@type": null})).complete, json!({}));
}

#[test]
fn an_empty_object_is_a_value_where_nothing_is_required() {
    let mut with_required = 0;
    for (model, schema) in objects() {
        let required = required(schema);
        let Some(first) = required.keys().next() else {
            model.assert_same(&json!({}));
            continue;
        };
        with_required += 1;
        let error = (model.read)("{}").err().unwrap();
        assert!(error.contains(model.schema) && error.contains(first), "{error}");
    }
    assert!(with_required > 0);
}

/// R30: a newer server sends more.
#[test]
fn unknown_members_are_dropped() {
    let mut instances = Instances::default();
    for (model, schema) in objects().filter(|(_, schema)| schema["additionalProperties"] != true) {
        let instance = instances.value(schema, 2);
        let more = object(
            instance.as_object().unwrap(),
            "fromTomorrow",
            json!({"deep": [{"fromTomorrow": 1}]}),
        );
        assert_eq!(model.read(&more).complete, instance, "{}", model.schema);
    }
}

/// At any depth, in every model.
#[test]
fn requests_carry_nothing_that_only_the_server_sets() {
    let mut instances = Instances::default();
    let mut fewer = 0;
    for (model, schema) in objects() {
        for instance in instances.of(schema) {
            let expected = without_read_only(schema, &instance);
            assert_eq!(model.read(&instance).request, expected, "{}", model.schema);
            fewer += usize::from(expected != instance);
        }
    }
    assert!(fewer > 50, "{fewer}");
}

/// The error names the place.
#[test]
fn values_of_another_type_are_refused() {
    each_property(|model, required, name, property| {
        let value = object(required, name, wrong(property));
        let error = (model.read)(&value.to_string()).err();
        let error = error.unwrap_or_else(|| panic!("{}: {value} was read", model.schema));
        assert!(error.contains(name), "{}: {error}", model.schema);
    });
}
