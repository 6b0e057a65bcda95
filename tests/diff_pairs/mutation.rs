//! One change of a document, chosen at random.

use codegen::instance::Random;
use serde_json::{Map, Value, json};

/// The document with one change, and what was changed; `None` where the chosen thing does not exist.
pub(crate) fn mutated(document: &Value, random: &mut Random) -> Option<(Value, String)> {
    let mut changed = document.clone();
    let mut what = String::new();
    if random.chance(30) {
        operation(&mut changed, random, &mut what)?;
    } else {
        let pointers = schemas(document);
        let pointer = random.choose(&pointers)?;
        schema(changed.pointer_mut(pointer)?.as_object_mut()?, random, &mut what)?;
        what = format!("{what} at {pointer}");
    }
    (changed != *document).then_some((changed, what))
}

/// Copies some schemas of properties to other objects, so that there are equal ones.
pub(crate) fn repeat(document: &mut Value, random: &mut Random) {
    let pointers = schemas(document);
    let objects: Vec<&String> = pointers
        .iter()
        .filter(|pointer| pointer.starts_with("/components/schemas/"))
        .collect();
    for number in 0..6 {
        let (Some(from), Some(to)) = (random.choose(&objects), random.choose(&objects)) else {
            return;
        };
        let Some(copy) = document.pointer(from).cloned() else {
            return;
        };
        let properties = document.pointer_mut(&format!("{to}/properties"));
        if let Some(properties) = properties.and_then(Value::as_object_mut) {
            properties.insert(format!("copy{number}"), copy);
        }
    }
}

/// The pointers of all schemas that are no references.
fn schemas(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(object) => {
                if object.contains_key("type") && object.get("type").is_some_and(Value::is_string) {
                    found.push(pointer.clone());
                }
                for (name, value) in object {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    open.push((format!("{pointer}/{name}"), value));
                }
            }
            Value::Array(items) => {
                open.extend(
                    items
                        .iter()
                        .enumerate()
                        .map(|(index, item)| (format!("{pointer}/{index}"), item)),
                );
            }
            _ => {}
        }
    }
    found.sort();
    found
}

fn schema(schema: &mut Map<String, Value>, random: &mut Random, what: &mut String) -> Option<()> {
    let toggled = ["nullable", "deprecated", "readOnly", "writeOnly"];
    match random.below(12) {
        0 | 1 => {
            let flag = *random.choose(&toggled)?;
            *what = format!("toggle {flag}");
            if schema.remove(flag).is_none() {
                schema.insert(flag.to_owned(), json!(true));
            }
        }
        2 => {
            what.push_str("another description");
            schema.insert("description".to_owned(), json!("Another description."));
        }
        3 => remove_property(schema, random, what)?,
        4 | 5 => add_property(schema, random, what)?,
        6 => toggle_required(schema, random, what)?,
        7 | 8 => {
            let values = schema.get_mut("enum")?.as_array_mut()?;
            if random.chance(50) && values.len() > 1 {
                what.push_str("remove a value");
                let index = random.below(values.len());
                values.remove(index);
            } else {
                what.push_str("add a value");
                values.push(json!("brand-new-value"));
            }
        }
        _ => {
            let ty = random.choose(&["string", "integer", "boolean", "number"])?;
            *what = format!("the type {ty}");
            if schema.contains_key("properties") || schema.contains_key("items") || schema.contains_key("enum") {
                return None;
            }
            schema.remove("format");
            schema.insert("type".to_owned(), json!(ty));
        }
    }
    Some(())
}

fn property(schema: &Map<String, Value>, random: &mut Random) -> Option<String> {
    let properties = schema.get("properties").and_then(Value::as_object)?;
    let names: Vec<String> = properties.keys().cloned().collect();
    random.choose(&names).cloned()
}

fn remove_property(schema: &mut Map<String, Value>, random: &mut Random, what: &mut String) -> Option<()> {
    let name = property(schema, random)?;
    *what = format!("remove the property {name:?}");
    schema.get_mut("properties")?.as_object_mut()?.remove(&name);
    if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
        required.retain(|other| other.as_str() != Some(&name));
    }
    Some(())
}

fn add_property(schema: &mut Map<String, Value>, random: &mut Random, what: &mut String) -> Option<()> {
    what.push_str("add a property");
    if schema.get("type") != Some(&json!("object")) {
        return None;
    }
    let properties = schema.entry("properties").or_insert_with(|| json!({}));
    let property = json!({"type": "string"});
    properties.as_object_mut()?.insert("brandNewThing".to_owned(), property);
    if random.chance(50) {
        let required = schema.entry("required").or_insert_with(|| json!([]));
        required.as_array_mut()?.push(json!("brandNewThing"));
    }
    Some(())
}

fn toggle_required(schema: &mut Map<String, Value>, random: &mut Random, what: &mut String) -> Option<()> {
    let name = property(schema, random)?;
    *what = format!("toggle required of {name:?}");
    let required = schema.entry("required").or_insert_with(|| json!([])).as_array_mut()?;
    let count = required.len();
    required.retain(|other| other.as_str() != Some(&name));
    if required.len() == count {
        required.push(json!(name));
    }
    Some(())
}

fn operation(document: &mut Value, random: &mut Random, what: &mut String) -> Option<()> {
    let paths = document.get_mut("paths")?.as_object_mut()?;
    let names: Vec<String> = paths.keys().cloned().collect();
    let path = random.choose(&names)?.clone();
    let item = paths.get_mut(&path)?.as_object_mut()?;
    let methods: Vec<String> = item.keys().cloned().collect();
    let method = random.choose(&methods)?.clone();
    *what = format!("{method} {path}");
    let operation = item.get_mut(&method)?.as_object_mut()?;
    match random.below(8) {
        0 => {
            item.remove(&method)?;
        }
        1 => {
            operation.insert("operationId".to_owned(), json!("brandNewName"));
        }
        2 => {
            operation.insert("tags".to_owned(), json!(["brandNewTag"]));
        }
        3 => {
            operation.insert("deprecated".to_owned(), json!(true));
        }
        4 | 5 => {
            let parameters = operation.get_mut("parameters")?.as_array_mut()?;
            let required = random.chance(50);
            let schema = json!({"type": "string"});
            parameters.push(json!({"name": "brandNew", "in": "query", "required": required, "schema": schema}));
        }
        6 => {
            let parameters = operation.get_mut("parameters")?.as_array_mut()?;
            let last = parameters.last_mut()?.as_object_mut()?;
            if last.get("in") == Some(&json!("path")) {
                return None;
            }
            last.insert("required".to_owned(), json!(true));
        }
        _ => {
            let error = json!({"description": "No.", "content": {"application/json": {"schema": {"type": "string"}}}});
            operation
                .get_mut("responses")?
                .as_object_mut()?
                .insert("404".to_owned(), error);
        }
    }
    what.push_str(" is changed");
    Some(())
}
