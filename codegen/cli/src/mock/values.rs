//! Makes responses: examples of the document, or values of the schemas.

use codegen::instance::Style;
use serde_json::Value;

use super::{
    accept,
    answer::{Answer, Asked},
    media::{concrete, essence, is_json, is_xml},
    operation::{Content, Operation, Response},
    paging,
    prefer::Prefer,
    problem::Problem,
    schemas::Schemas,
    xml,
};

/// Header fields that the connection decides.
const OF_CONNECTION: &[&str] = &[
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "keep-alive",
    "transfer-encoding",
    "upgrade",
];

/// How values are made for one response.
struct Maker<'s> {
    schemas: &'s Schemas,
    seed: u64,
    is_dynamic: bool,
}

/// Returns the response of a status with its headers and its body.
pub(super) fn answer(
    operation: &Operation,
    (status, response): (u16, Option<&Response>),
    asked: &Asked,
    prefer: &Prefer,
    seed: u64,
    schemas: &Schemas,
) -> Result<Answer, Problem> {
    let mut answer = Answer {
        status,
        ..Answer::default()
    };
    if let Some(applied) = prefer.applied() {
        answer.headers.push(("preference-applied".to_owned(), applied));
    }
    let Some(response) = response else { return Ok(answer) };
    let path = operation.templates.first().map_or("", String::as_str);
    let maker = Maker {
        schemas,
        seed: seed_of(seed, &[&operation.method, path, &status.to_string()]),
        is_dynamic: prefer.is_dynamic,
    };
    for (name, content) in &response.headers {
        let name = name.to_ascii_lowercase();
        if !OF_CONNECTION.contains(&name.as_str())
            && let Some(value) = maker.header(&name, content)
        {
            answer.headers.push((name, value));
        }
    }
    let has_body = !matches!(status, 204 | 205 | 304) && !response.content.is_empty();
    if has_body {
        let declared: Vec<&str> = response.content.iter().map(|(name, _)| name.as_str()).collect();
        let selected = accept::select(asked, &declared).ok_or_else(|| Problem::not_acceptable(&declared))?;
        let Some((name, content)) = response.content.get(selected) else {
            return Ok(answer);
        };
        let media_type = concrete(name, content.schema.is_some());
        let example = maker.example(content, &media_type, prefer.example.as_deref())?;
        answer.reason = maker.unused(content, &media_type, example.as_ref());
        let value = maker.value(content, &media_type, example);
        let value = value.ok_or_else(|| Problem::no_value(status, &media_type))?;
        answer.body = match value {
            Made::Text(text) => text,
            Made::Json(value) => {
                let page = paging::end(operation.paging.as_ref(), asked, content.schema, schemas, value);
                page.to_string()
            }
        }
        .into_bytes();
        answer.headers.push(("content-type".to_owned(), media_type));
    } else if let Some(name) = &prefer.example {
        return Err(unknown_example(name, &[]));
    }
    Ok(answer)
}

/// A body.
enum Made {
    Json(Value),
    Text(String),
}

impl Maker<'_> {
    /// Returns the example to send. `name` selects one of several.
    fn example(&self, content: &Content, media_type: &str, name: Option<&str>) -> Result<Option<Value>, Problem> {
        let fitting = |(_, example): &&(String, Value)| self.fitting(content, media_type, example);
        let Some(name) = name else {
            let examples = content.examples.iter().filter(|_| !self.is_dynamic);
            return Ok(examples.into_iter().find_map(|example| fitting(&example)));
        };
        match content.examples.iter().find(|(other, _)| other == name) {
            Some(example) => match fitting(&example) {
                Some(value) => Ok(Some(value)),
                None => Err(Problem::prefer(format!(
                    "the example {name:?} is not valid{}",
                    self.reason(content, example)
                ))),
            },
            None => {
                let names = content.examples.iter().map(|(name, _)| name.as_str());
                Err(unknown_example(
                    name,
                    &names.filter(|name| !name.is_empty()).collect::<Vec<_>>(),
                ))
            }
        }
    }

    /// Returns an example if it is valid. JSON that is written in a string is read.
    fn fitting(&self, content: &Content, media_type: &str, example: &Value) -> Option<Value> {
        let Some(schema) = content.schema.filter(|_| is_json(media_type)) else {
            return Some(example.clone());
        };
        if self.schemas.is_valid(schema, example) {
            return Some(example.clone());
        }
        let read: Value = serde_json::from_str(example.as_str()?).ok()?;
        self.schemas.is_valid(schema, &read).then_some(read)
    }

    fn reason(&self, content: &Content, (_, example): &(String, Value)) -> String {
        let errors = content.schema.map(|schema| self.schemas.errors(schema, example));
        let first = errors.into_iter().flatten().next();
        first.map_or_else(String::new, |error| format!(": {}: {}", error.pointer, error.detail))
    }

    /// Returns the value of a header field.
    fn header(&self, name: &str, content: &Content) -> Option<String> {
        let is_valid = |example: &&Value| {
            content
                .schema
                .is_none_or(|schema| self.schemas.is_valid(schema, example))
        };
        let mut examples = content.examples.iter().map(|(_, example)| example);
        let example = examples.find(is_valid).filter(|_| !self.is_dynamic).cloned();
        let value = example.or_else(|| {
            let style = self.style();
            self.schemas
                .instance(content.schema?, style, seed_of(self.seed, &[name]))
        })?;
        let text = simple(&value);
        let is_allowed = text.bytes().all(|b| (0x20..0x7f).contains(&b));
        is_allowed.then_some(text)
    }

    fn style(&self) -> Style {
        if self.is_dynamic {
            Style::Generated
        } else {
            Style::Complete
        }
    }

    /// Returns why the examples of a response are not used.
    fn unused(&self, content: &Content, media_type: &str, used: Option<&Value>) -> Option<String> {
        let first = content
            .examples
            .first()
            .filter(|_| used.is_none() && !self.is_dynamic)?;
        let name = if first.0.is_empty() { "the example" } else { &first.0 };
        Some(format!(
            "{name} of {media_type} is not valid and is not used{}",
            self.reason(content, first)
        ))
    }

    /// Returns the body. Returns `None` if the schema has no valid value.
    fn value(&self, content: &Content, media_type: &str, example: Option<Value>) -> Option<Made> {
        if let Some(item) = content.item {
            return self.stream(item, media_type, example).map(Made::Text);
        }
        let seed = seed_of(self.seed, &[media_type]);
        let is_example = example.is_some();
        let value = match (example, content.schema) {
            (Some(example), _) => example,
            (None, Some(schema)) => self.schemas.instance(schema, self.style(), seed)?,
            (None, None) if is_json(media_type) => Value::Object(serde_json::Map::new()),
            (None, None) => Value::String("mock".to_owned()),
        };
        Some(match value {
            value if is_json(media_type) => Made::Json(value),
            Value::String(text) if is_example || !is_xml(media_type) => Made::Text(text),
            value if is_xml(media_type) => Made::Text(xml::written(self.schemas, content.schema, &value)),
            value if essence(media_type) == "application/x-www-form-urlencoded" => Made::Text(form(&value)),
            value => Made::Text(value.to_string()),
        })
    }

    /// Returns a stream of three items.
    fn stream(&self, item: super::schemas::SchemaId, media_type: &str, example: Option<Value>) -> Option<String> {
        const ITEMS: [&str; 3] = ["0", "1", "2"];
        if let Some(Value::String(text)) = example {
            return Some(text);
        }
        let mut text = String::new();
        for index in ITEMS {
            let seed = seed_of(self.seed, &[media_type, index]);
            let value = self.schemas.instance(item, self.style(), seed)?;
            match essence(media_type).as_str() {
                "text/event-stream" => text.push_str(&event(&value)),
                "application/json-seq" => text.extend(["\u{1e}", &value.to_string(), "\n"]),
                _ => text.extend([&value.to_string(), "\n"]),
            }
        }
        Some(text)
    }
}

/// Returns a server-sent event. The fields of an event are the properties of the item.
fn event(value: &Value) -> String {
    let mut text = String::new();
    let field = |text: &mut String, name: &str, value: &Value| {
        let shown = simple_or_json(value);
        shown.lines().for_each(|line| text.extend([name, ": ", line, "\n"]));
    };
    match value.as_object() {
        Some(fields) if fields.contains_key("data") => {
            for name in ["event", "id", "retry", "data"] {
                if let Some(value) = fields.get(name) {
                    field(&mut text, name, value);
                }
            }
        }
        _ => field(&mut text, "data", value),
    }
    text.push('\n');
    text
}

fn unknown_example(name: &str, names: &[&str]) -> Problem {
    let declared = match names {
        [] => "it has no named examples".to_owned(),
        names => format!("it has {}", names.join(", ")),
    };
    Problem::prefer(format!("the response has no example {name:?}; {declared}"))
}

/// Returns a value in the style `simple`.
fn simple(value: &Value) -> String {
    match value {
        Value::Array(elements) => elements.iter().map(simple_or_json).collect::<Vec<_>>().join(","),
        Value::Object(members) => {
            let pairs = members
                .iter()
                .map(|(name, value)| format!("{name},{}", simple_or_json(value)));
            pairs.collect::<Vec<_>>().join(",")
        }
        value => simple_or_json(value),
    }
}

fn simple_or_json(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn form(value: &Value) -> String {
    let encoded =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let members = value.as_object().into_iter().flatten();
    let pairs = members.map(|(name, value)| format!("{}={}", encoded(name), encoded(&simple_or_json(value))));
    pairs.collect::<Vec<_>>().join("&")
}

/// Returns a seed that depends on the words, so that each response has its own values (FNV-1a).
fn seed_of(seed: u64, words: &[&str]) -> u64 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    bytes.fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
