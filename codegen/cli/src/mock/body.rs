//! Reads and checks the body of a request.

use serde_json::{Map, Value};

use super::{
    answer::{Asked, pairs},
    media::{essence, includes, is_json},
    multipart::{self, Part},
    operation::{Body, Operation},
    problem::{PartError, Problem},
    schemas::{SchemaId, Schemas},
    shape::{self, Shape, insert, scalars},
};

const FORM: &str = "application/x-www-form-urlencoded";

/// Returns a problem if the media type of the body is not declared.
pub(super) fn check_type(operation: &Operation, asked: &Asked) -> Result<(), Problem> {
    match &operation.body {
        Some(body) if !asked.body.is_empty() && declared(body, asked).is_none() => {
            let names: Vec<&str> = body.content.iter().map(|(name, _)| name.as_str()).collect();
            Err(Problem::media_type(&names, asked.header("content-type")))
        }
        _ => Ok(()),
    }
}

/// Returns the errors of a body, or a problem if it cannot be read.
pub(super) fn check(operation: &Operation, asked: &Asked, schemas: &Schemas) -> Result<Vec<PartError>, Problem> {
    let Some(body) = &operation.body else {
        return Ok(Vec::new());
    };
    let is_form = asked.header("content-type").is_some_and(|name| essence(name) == FORM);
    if asked.body.is_empty() && !(is_form && declared(body, asked).is_some()) {
        let missing = || PartError::new("body", "", "required", "the body is missing");
        return Ok(body.is_required.then(missing).into_iter().collect());
    }
    let Some((_, Some(schema))) = declared(body, asked) else {
        return Ok(Vec::new());
    };
    let media_type = asked.header("content-type").unwrap_or_default();
    let value = match essence(media_type).as_str() {
        _ if is_json(media_type) => {
            let read = shape::json(&asked.body);
            read.map_err(|error| {
                let (line, column) = (error.line(), error.column());
                Problem::malformed(
                    "json",
                    format!("the body is not valid JSON at line {line}, column {column}"),
                )
            })?
        }
        FORM => {
            let pairs = pairs(&String::from_utf8_lossy(&asked.body));
            let parts = pairs.into_iter().map(|(name, value)| Part::plain(name, value));
            let value = object(parts.collect(), *schema, schemas);
            return Ok(form_errors(value, *schema, schemas));
        }
        "multipart/form-data" => {
            let parts = multipart::read(media_type, &asked.body);
            let parts = parts.map_err(|reason| Problem::malformed("multipart", reason))?;
            object(parts, *schema, schemas)
        }
        essence if essence.starts_with("text/") && !essence.ends_with("/xml") => {
            Value::from(String::from_utf8_lossy(&asked.body))
        }
        // Other media types have no rules for how a schema describes them.
        _ => return Ok(Vec::new()),
    };
    let errors = schemas.errors(*schema, &value).into_iter();
    Ok(errors.map(|invalid| PartError::of("body", "", invalid)).collect())
}

/// Returns the declared media type of a body. An exact name comes before a range.
fn declared<'o>(body: &'o Body, asked: &Asked) -> Option<&'o (String, Option<SchemaId>)> {
    let given = asked.header("content-type")?;
    let stars = |(name, _): &&(String, Option<SchemaId>)| name.matches('*').count();
    let fitting = body.content.iter().filter(|(name, _)| includes(name, given));
    fitting.min_by_key(stars)
}

/// Returns the errors of a form. A form cannot contain empty arrays and objects, so those that are required can be absent.
fn form_errors(mut value: Value, id: SchemaId, schemas: &Schemas) -> Vec<PartError> {
    if !schemas.is_valid(id, &value) {
        let schema = schemas.schema(id);
        let shape = Shape::of(schemas, Some(id), Some(schema));
        let required = schemas.resolve(id, schema).get("required").and_then(Value::as_array);
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            let inner = Shape::of(schemas, Some(id), shape.property(name));
            let empty = match (inner.is_array, inner.is_object) {
                (true, _) => Value::Array(Vec::new()),
                (_, true) => Value::Object(Map::new()),
                _ => continue,
            };
            if let Some(members) = value.as_object_mut().filter(|members| !members.contains_key(name)) {
                members.insert(name.to_owned(), empty);
            }
        }
    }
    let errors = schemas.errors(id, &value).into_iter();
    errors.map(|invalid| PartError::of("body", "", invalid)).collect()
}

/// Returns the object of a form. Parts of one name are the items of an array.
fn object(parts: Vec<Part>, id: SchemaId, schemas: &Schemas) -> Value {
    let shape = Shape::of(schemas, Some(id), Some(schemas.schema(id)));
    let mut object = Map::new();
    for part in parts {
        if let Some((base, keys)) = part.name.strip_suffix(']').and_then(|name| name.split_once('['))
            && !keys.is_empty()
            && let Some(property) = shape.property(base)
        {
            let keys: Vec<&str> = keys.split("][").collect();
            let member = object.entry(base).or_insert(Value::Null);
            insert(member, &keys, &part.text, Some(property), (schemas, id));
            continue;
        }
        let name = part
            .name
            .strip_suffix("[]")
            .filter(|name| shape.property(name).is_some());
        let name = name.unwrap_or(&part.name).to_owned();
        let property = shape.property(&name);
        let inner = Shape::of(schemas, Some(id), property);
        if !inner.is_array {
            let value = value(&part, &inner);
            object.insert(name, value);
            continue;
        }
        if let Some(whole) = json(&part).filter(Value::is_array) {
            object.insert(name, whole);
            continue;
        }
        let element = value(&part, &Shape::of(schemas, Some(id), inner.items));
        if let Value::Array(elements) = object.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
            elements.push(element);
        }
    }
    Value::Object(object)
}

fn value(part: &Part, shape: &Shape<'_>) -> Value {
    let whole = json(part).filter(|_| shape.is_object || part.is_json());
    whole.unwrap_or_else(|| scalars(shape, &part.text).into_iter().next().unwrap_or(Value::Null))
}

fn json(part: &Part) -> Option<Value> {
    shape::json(part.text.as_bytes()).ok()
}
