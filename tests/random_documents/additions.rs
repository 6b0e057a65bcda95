//! Additions to random documents, under names that are close to the names that there are.

use codegen::instance::Random;
use serde_json::{Map, Value, json};

/// The document with a few things more, and what they are.
pub(crate) fn extended(document: &Value, random: &mut Random) -> (Value, Vec<String>) {
    let mut document = document.clone();
    let mut additions = Vec::new();
    for _ in 0..=random.below(4) {
        additions.extend(add(&mut document, random));
    }
    (document, additions)
}

/// Adds one thing, and says what; `None` if there is no place for it.
type Add = fn(&mut Value, &mut Random) -> Option<String>;

/// The kinds of additions.
pub(crate) const KINDS: [(&str, Add); 8] = [
    ("operation", operation),
    ("schema", schema),
    ("property", property),
    ("value", value),
    ("variant", variant),
    ("parameter", parameter),
    ("server", server),
    ("tag", tag),
];

fn add(document: &mut Value, random: &mut Random) -> Option<String> {
    let (_, add) = random.choose(&KINDS)?;
    add(document, random)
}

/// A name in another spelling, or one that looks like a suffixed name.
fn respelled(name: &str, random: &mut Random) -> String {
    match random.below(10) {
        0 => name.to_uppercase(),
        1 => name.to_lowercase(),
        2 => name.replace(['-', ' '], "_"),
        3 => name.replace(['_', ' '], "-"),
        4 => format!("{name}_"),
        5 => format!("-{name}"),
        6 => format!("{name}Lower"),
        7 => format!("{name}_property"),
        8 => format!("{name} schema"),
        _ => {
            let mut letters = name.chars();
            let first = letters.next().map(|first| first.to_uppercase().to_string());
            first.unwrap_or_default() + letters.as_str()
        }
    }
}

fn operations(document: &Value) -> Vec<(&String, &String, &Value)> {
    let items = document["paths"].as_object().unwrap().iter();
    let operations = items.flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, operation)| (path, method, operation))
    });
    operations.collect()
}

/// An operation whose id and tag are close to those of another one.
fn operation(document: &mut Value, random: &mut Random) -> Option<String> {
    let known = operations(document);
    let ids: Vec<&str> = known
        .iter()
        .filter_map(|(.., one)| one["operationId"].as_str())
        .collect();
    let tags: Vec<&str> = known.iter().filter_map(|(.., one)| one["tags"][0].as_str()).collect();
    let id = respelled(random.choose(&ids)?, random);
    if ids.contains(&id.as_str()) {
        return None;
    }
    let mut operation = json!({"operationId": id, "responses": {"204": {"description": "Done."}}});
    if let Some(tag) = random.choose(&tags) {
        let tag = if random.chance(50) {
            (*tag).to_owned()
        } else {
            respelled(tag, random)
        };
        operation["tags"] = json!([tag]);
    }
    let path = format!("/a{}", random.number());
    document["paths"][path] = json!({"get": operation});
    Some(format!("operation {id:?}"))
}

fn schema(document: &mut Value, random: &mut Random) -> Option<String> {
    let schemas = document["components"]["schemas"].as_object_mut()?;
    let names: Vec<&String> = schemas.keys().collect();
    let name = respelled(random.choose(&names)?, random).replace(' ', ".");
    if schemas.contains_key(&name) {
        return None;
    }
    schemas.insert(
        name.clone(),
        json!({"type": "object", "properties": {"added": {"type": "string"}}}),
    );
    Some(format!("schema {name:?}"))
}

/// Every object below a value that a choice accepts.
fn objects<'v>(value: &'v mut Value, is_wanted: &dyn Fn(&Map<String, Value>) -> bool, found: &mut Vec<&'v mut Value>) {
    if value.as_object().is_some_and(is_wanted) {
        found.push(value);
        return;
    }
    match value {
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| objects(member, is_wanted, found)),
        Value::Array(items) => items.iter_mut().for_each(|item| objects(item, is_wanted, found)),
        _ => {}
    }
}

fn one_of<'v>(
    document: &'v mut Value,
    random: &mut Random,
    is_wanted: &dyn Fn(&Map<String, Value>) -> bool,
) -> Option<&'v mut Value> {
    let mut found = Vec::new();
    objects(document, is_wanted, &mut found);
    let index = random.below(found.len());
    (index < found.len()).then(|| found.swap_remove(index))
}

fn property(document: &mut Value, random: &mut Random) -> Option<String> {
    let has_some = |object: &Map<String, Value>| {
        object.get("type") == Some(&json!("object"))
            && object["properties"].as_object().is_some_and(|all| !all.is_empty())
    };
    let is_object = |object: &Map<String, Value>| object.contains_key("properties") && has_some(object);
    let object = one_of(document, random, &is_object)?;
    let properties = object["properties"].as_object_mut()?;
    let names: Vec<&String> = properties.keys().collect();
    let name = respelled(random.choose(&names)?, random);
    if properties.contains_key(&name) {
        return None;
    }
    let schema = if random.chance(50) {
        json!({"type": "string"})
    } else {
        json!({"type": "string", "enum": ["a", "A"]})
    };
    properties.insert(name.clone(), schema);
    Some(format!("property {name:?}"))
}

fn value(document: &mut Value, random: &mut Random) -> Option<String> {
    let schema = one_of(document, random, &|object| {
        object.get("enum").is_some_and(Value::is_array)
    })?;
    let values = schema["enum"].as_array_mut()?;
    let known = random.choose(values)?.as_str()?.to_owned();
    let value = json!(respelled(&known, random));
    if values.contains(&value) {
        return None;
    }
    let text = format!("value {value}");
    values.insert(random.below(values.len()), value);
    Some(text)
}

fn variant(document: &mut Value, random: &mut Random) -> Option<String> {
    let key = if random.chance(50) { "oneOf" } else { "anyOf" };
    let schema = one_of(document, random, &|object| object.contains_key(key))?;
    let variants = schema[key].as_array_mut()?;
    let variant = match random.below(3) {
        0 => json!({"type": "object", "required": ["kind"], "properties": {"kind": {"type": "string"}}}),
        1 => json!({"type": "array", "items": {"type": "boolean"}}),
        _ => json!({"type": "object", "properties": {"id": {"type": "integer"}}}),
    };
    variants.insert(random.below(variants.len()), variant);
    Some(format!("variant of {key}"))
}

fn parameter(document: &mut Value, random: &mut Random) -> Option<String> {
    let operation = one_of(document, random, &|object| object.contains_key("parameters"))?;
    let parameters = operation["parameters"].as_array_mut()?;
    let names: Vec<&str> = parameters.iter().filter_map(|one| one["name"].as_str()).collect();
    let name = respelled(random.choose(&names)?, random);
    if names.contains(&name.as_str()) {
        return None;
    }
    parameters.push(json!({"name": name, "in": "query", "schema": {"type": "string"}}));
    Some(format!("parameter {name:?}"))
}

fn server(document: &mut Value, random: &mut Random) -> Option<String> {
    let servers = document["servers"].as_array_mut()?;
    let url = format!("https://api.example.com/v{}", random.below(4));
    let server = json!({"url": url});
    if servers.contains(&server) {
        return None;
    }
    servers.push(server);
    Some(format!("server {url}"))
}

/// A second tag of an operation, close to one that there is: a group more that has the operation.
fn tag(document: &mut Value, random: &mut Random) -> Option<String> {
    let operation = one_of(document, random, &|object| object.contains_key("operationId"))?;
    let tags = operation.get_mut("tags")?.as_array_mut()?;
    let known = random.choose(tags)?.as_str()?.to_owned();
    let tag = json!(respelled(&known, random));
    if tags.contains(&tag) {
        return None;
    }
    let text = format!("tag {tag}");
    tags.push(tag);
    Some(text)
}
