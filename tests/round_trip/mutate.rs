//! Small changes that often make a valid value invalid.

use codegen::instance::Random;
use serde_json::{Value, json};

/// One mutant of each kind, as far as the value has a place for it.
pub(crate) fn mutants(value: &Value, random: &mut Random) -> Vec<(&'static str, Value)> {
    let mut mutants = Vec::new();
    for (mutation, mutate) in MUTATIONS {
        let mut mutant = value.clone();
        let place = place(&mut mutant, random);
        if mutate(place, random) {
            mutants.push((*mutation, mutant));
        }
    }
    mutants
}

type Mutation = fn(&mut Value, &mut Random) -> bool;

const MUTATIONS: &[(&str, Mutation)] = &[
    ("another kind", |value, _| {
        *value = match value {
            Value::String(_) | Value::Null => json!({"unlikely": []}),
            Value::Array(_) => json!(true),
            _ => json!(["unlikely"]),
        };
        true
    }),
    ("null", |value, _| {
        let was_null = value.is_null();
        *value = Value::Null;
        !was_null
    }),
    ("a member less", |value, random| {
        let Value::Object(members) = value else { return false };
        let names: Vec<String> = members.keys().cloned().collect();
        random.choose(&names).is_some_and(|name| members.remove(name).is_some())
    }),
    ("beyond the limits", |value, _| match value {
        Value::Number(_) => {
            *value = json!(1e30);
            true
        }
        Value::String(text) => {
            *text = "x".repeat(3_000);
            true
        }
        Value::Array(elements) if !elements.is_empty() => {
            *elements = std::iter::repeat_n(elements[0].clone(), 300).collect();
            true
        }
        _ => false,
    }),
];

/// A value in the value.
fn place<'v>(value: &'v mut Value, random: &mut Random) -> &'v mut Value {
    let stays = match &*value {
        Value::Array(elements) => elements.is_empty() || random.chance(30),
        Value::Object(members) => members.is_empty() || random.chance(30),
        _ => true,
    };
    if stays {
        return value;
    }
    match value {
        Value::Array(elements) => {
            let index = random.below(elements.len());
            place(&mut elements[index], random)
        }
        Value::Object(members) => {
            let index = random.below(members.len());
            place(members.values_mut().nth(index).unwrap(), random)
        }
        _ => unreachable!("scalars stay"),
    }
}
