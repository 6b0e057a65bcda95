//! Default answers of operations, for the mock in the process of a test (`default_answers` in the configuration).
//!
//! An answer is a literal in generated code, so it is made here once and never by a seed of a test. Each operation has its own
//! source of values: a change of one never moves another.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::{
    at::At,
    instance::{Direction, Instances, Style, component_schemas, is_valid, json_schema},
    media_type::Media,
    member_path, methods,
};

/// The length of JSON from which an answer has only the required properties.
const MAX_LENGTH: usize = 2_000;

/// The answer of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DefaultAnswer {
    pub(crate) status: u16,
    /// The media type and the body.
    pub(crate) content: Option<(String, String)>,
}

/// The answers of operations, by the pointers of the operations in the canonical tree.
#[derive(Clone, Debug, Default)]
pub(crate) struct DefaultAnswers(BTreeMap<String, DefaultAnswer>);

impl DefaultAnswers {
    /// Makes the answers of all operations that have content in JSON or no content, from the JSON of the canonical tree.
    pub(crate) fn of(canonical: &str) -> Self {
        let canonical: Value = serde_json::from_str(canonical).unwrap_or_default();
        let schemas = component_schemas(&canonical, Direction::Response);
        let maker = Maker {
            canonical: &canonical,
            schemas: &schemas,
        };
        let mut answers = BTreeMap::new();
        let paths = canonical.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            let (at, item) = (At::ROOT.key("paths"), item.as_object());
            let at = at.key(path);
            let mut insert = |at: &At<'_>, operation, is_head| {
                if let Some(answer) = maker.answer(operation, is_head) {
                    answers.insert(at.pointer(), answer);
                }
            };
            for (key, operation) in item.into_iter().flatten() {
                if let Some(method) = methods::by_key(key) {
                    insert(&at.key(key), operation, method.wire == "HEAD");
                }
            }
            let others = item.and_then(|item| item.get(methods::ADDITIONAL)?.as_object());
            for (method, operation) in others.into_iter().flatten() {
                insert(&at.key(methods::ADDITIONAL).key(method), operation, false);
            }
        }
        Self(answers)
    }

    pub(crate) fn get(&self, pointer: &str) -> Option<&DefaultAnswer> {
        self.0.get(pointer)
    }
}

struct Maker<'d> {
    canonical: &'d Value,
    schemas: &'d Value,
}

impl<'d> Maker<'d> {
    fn target(&self, value: &'d Value) -> &'d Value {
        let reference = value.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| self.canonical.pointer(reference.strip_prefix('#')?));
        target.unwrap_or(value)
    }

    fn answer(&self, operation: &'d Value, is_head: bool) -> Option<DefaultAnswer> {
        let (status, response) = success(operation.get("responses")?.as_object()?)?;
        let content = self.target(response).get("content").and_then(Value::as_object);
        let Some(content) = content.filter(|content| !content.is_empty() && !is_head && !matches!(status, 204 | 205))
        else {
            return Some(DefaultAnswer { status, content: None });
        };
        let plain = content.iter().find(|(media, _)| Media::of(media).is_plain_json());
        let json = plain.or_else(|| content.iter().find(|(media, _)| Media::of(media).is_json()));
        let (media, described) = json?;
        let schema = described
            .get("schema")
            .map(|schema| json_schema(schema, self.canonical, Direction::Response))?;
        let value = self.example(described, &schema).or_else(|| self.made(&schema))?;
        let value = self.last_page(operation.get("x-client-paging"), &schema, value)?;
        Some(DefaultAnswer {
            status,
            content: Some((media.trim().to_owned(), value.to_string())),
        })
    }

    /// The first valid example.
    fn example(&self, described: &'d Value, schema: &Value) -> Option<Value> {
        let named = described
            .get("examples")
            .and_then(Value::as_object)
            .into_iter()
            .flatten();
        let named = named.filter_map(|(_, example)| {
            let example = self.target(example);
            example.get("value").or_else(|| example.get("dataValue"))
        });
        let mut examples = described.get("example").into_iter().chain(named);
        examples
            .find(|example| is_valid(self.schemas, schema, example))
            .cloned()
    }

    fn made(&self, schema: &Value) -> Option<Value> {
        let made = |style| Instances::new(self.schemas, style, 0).of(schema);
        let complete = made(Style::Complete);
        let is_short = |value: &Value| value.to_string().len() <= MAX_LENGTH;
        complete.filter(is_short).or_else(|| made(Style::Minimal))
    }

    /// The same page without a next one; `None` if that cannot be: pages that all have the same answer would never end.
    fn last_page(&self, paging: Option<&Value>, schema: &Value, page: Value) -> Option<Value> {
        let Some(paging) = paging.filter(|paging| paging.is_object()) else {
            return Some(page);
        };
        let next = paging.get("next");
        let next = |place: &str| next.and_then(|next| next.get(place));
        // An answer has no headers.
        let mut is_last = next("header").is_some() || next("link").is_some();
        let (more, no_more) = match paging.get("more") {
            Some(Value::Object(inverted)) => (inverted.get("not").and_then(Value::as_str), true),
            more => (more.and_then(Value::as_str), false),
        };
        let ends = [
            (
                next("body").and_then(Value::as_str),
                vec![None, Some(Value::Null), Some(json!(""))],
            ),
            (more, vec![Some(Value::Bool(no_more))]),
        ];
        let mut page = page;
        for (path, values) in ends {
            let Some(names) = path.and_then(member_path::parse) else {
                continue;
            };
            if !has(&page, &names) {
                is_last |= path == next("body").and_then(Value::as_str);
                continue;
            }
            let mut changed = values.into_iter().filter_map(|value| with(&page, &names, value));
            if let Some(changed) = changed.find(|changed| is_valid(self.schemas, schema, changed)) {
                page = changed;
                is_last = true;
            }
        }
        is_last.then_some(page)
    }
}

/// The first response of success, with its status: that of a single status, of a range, or of all others.
fn success(responses: &Map<String, Value>) -> Option<(u16, &Value)> {
    let mut codes: Vec<(u16, &Value)> = responses
        .iter()
        .filter_map(|(status, response)| Some((status.parse().ok()?, response)))
        .collect();
    codes.sort_by_key(|(status, _)| *status);
    let code = codes.into_iter().find(|(status, _)| (200..300).contains(status));
    let range = || responses.iter().find(|(status, _)| status.eq_ignore_ascii_case("2XX"));
    let other = || {
        range()
            .map(|(_, response)| response)
            .or_else(|| responses.get("default"))
    };
    code.or_else(|| other().map(|response| (200, response)))
}

fn has(value: &Value, names: &[String]) -> bool {
    names.iter().try_fold(value, |value, name| value.get(name)).is_some()
}

/// The same value with another member, or without it. `None` if there is no such member.
fn with(value: &Value, names: &[String], member: Option<Value>) -> Option<Value> {
    let mut changed = value.clone();
    let (last, parents) = names.split_last()?;
    let parent = parents
        .iter()
        .try_fold(&mut changed, |value, name| value.get_mut(name))?;
    let members = parent.as_object_mut()?;
    members.get(last)?;
    match member {
        Some(member) => _ = members.insert(last.clone(), member),
        None => _ = members.remove(last),
    }
    Some(changed)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use super::{DefaultAnswer, DefaultAnswers};
    use crate::read::{Limits, read};

    fn answers(paths: &str) -> DefaultAnswers {
        let text = format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n{paths}");
        let tree = read("t.yaml", text.as_bytes(), &Limits::default()).unwrap();
        DefaultAnswers::of(&crate::effective::json(&tree.root))
    }

    fn body(responses: &str) -> Option<DefaultAnswer> {
        answers(&format!("  /a: {{get: {{responses: {responses}}}}}\n"))
            .get("/paths/~1a/get")
            .cloned()
    }

    fn json(status: u16, body: &str) -> DefaultAnswer {
        let content = Some(("application/json".to_owned(), body.to_owned()));
        DefaultAnswer { status, content }
    }

    #[test]
    fn valid_examples_come_before_made_values() {
        let with = |rest: &str| {
            body(&format!(
                "{{'201': {{content: {{application/json: {{schema: {{type: integer, maximum: 9}}{rest}}}}}}}}}"
            ))
        };
        assert_eq!(with(", example: 7"), Some(json(201, "7")));
        assert_eq!(
            with(", examples: {a: {value: 10}, b: {value: 8}}"),
            Some(json(201, "8"))
        );
        let made = with(", example: x").unwrap().content.unwrap().1;
        assert!(made.parse::<i64>().unwrap() <= 9);
    }

    #[test]
    fn the_status_is_the_first_one_of_success() {
        let empty = |status| Some(DefaultAnswer { status, content: None });
        assert_eq!(body("{'404': {}, '204': {}, '202': {}}"), empty(202));
        assert_eq!(body("{'4XX': {}, 2XX: {}}"), empty(200));
        assert_eq!(body("{default: {}}"), empty(200));
        assert_eq!(body("{'404': {}}"), None);
        assert_eq!(body("{'200': {content: {text/plain: {}}}}"), None);
    }

    #[test]
    fn operations_of_other_methods_have_answers() {
        let all = answers("  /a: {additionalOperations: {PURGE: {responses: {'204': {}}}}}\n");
        let expected = DefaultAnswer {
            status: 204,
            content: None,
        };
        assert_eq!(all.get("/paths/~1a/additionalOperations/PURGE"), Some(&expected));
    }

    #[test]
    fn pages_that_cannot_end_have_no_answer() {
        let page = |paging: &str| {
            let schema = "{type: object, properties: {'@next': {type: string, example: b}, data: {type: array, items: {type: integer}}}}";
            let response = format!("{{'200': {{content: {{application/json: {{schema: {schema}}}}}}}}}");
            let answers = answers(&format!(
                "  /a: {{get: {{x-client-paging: {paging}, responses: {response}}}}}\n"
            ));
            answers.get("/paths/~1a/get").and_then(|answer| answer.content.clone())
        };
        let (_, without) = page("{next: {body: \"$['@next']\"}}").unwrap();
        assert!(without.contains("data") && !without.contains("@next"), "{without}");
        assert_eq!(page("{items: $.data, next: {last: $.id}}"), None);
        assert!(page("{next: {link: next}}").is_some() && page("false").is_some());
    }

    #[test]
    fn a_page_is_the_last_one() {
        let page = |required: &str| {
            let schema = format!(
                "{{type: object, required: [{required}], properties: {{next: {{type: string}}, more: {{type: boolean, example: true}}}}}}"
            );
            let response = format!("{{'200': {{content: {{application/json: {{schema: {schema}}}}}}}}}");
            let paging = "{next: {body: $.next}, more: $.more}";
            let answers = answers(&format!(
                "  /a: {{get: {{x-client-paging: {paging}, responses: {response}}}}}\n"
            ));
            answers.get("/paths/~1a/get").cloned()
        };
        assert_eq!(page("more"), Some(json(200, r#"{"more":false}"#)));
        assert_eq!(page("next"), Some(json(200, r#"{"more":false,"next":""}"#)));
    }
}
