//! The extensions of ConductorOne's own document, as those that mean the same here.
//!
//! Names of groups and methods, stability and paging come as `x-speakeasy-...` and `x-stability-level`. Where a document has
//! ours as well, ours counts. What else the vendor says there (how its SDK names types, tells of unknown values, or looks as
//! a Terraform provider) changes nothing about the client.

use std::collections::BTreeMap;

use super::rewrite::Rewrite;
use crate::{
    at::At,
    diagnostic::Place,
    read::{Node, Object, Value},
};

const PAGING: &str = "x-speakeasy-pagination";
/// References that are followed to a schema.
const MOST_REFERENCES: usize = 16;

/// What an operation is called, and whether it may change yet.
pub(super) fn operation(rewrite: &mut Rewrite<'_>, operation: &mut Object, at: &At<'_>) {
    copy(rewrite, operation, "x-speakeasy-group", "x-client-group");
    copy(rewrite, operation, "x-speakeasy-name-override", "x-client-method");
    let Some(level) = operation.get("x-stability-level") else {
        return;
    };
    let place = level.place;
    let stability = match level.as_str() {
        Some("draft" | "alpha" | "beta") => "draft",
        Some("stable") => "stable",
        _ => {
            let message = "the stability is not `draft`, `alpha`, `beta` or `stable`: it is ignored".to_owned();
            rewrite.weakened(place, &at.key("x-stability-level"), message, "use one of these values");
            return;
        }
    };
    give(
        rewrite,
        operation,
        place,
        ("x-stability-level", "x-client-stability"),
        Value::from(stability),
    );
}

fn copy(rewrite: &mut Rewrite<'_>, operation: &mut Object, from: &'static str, to: &'static str) {
    let Some(name) = operation.get(from).filter(|name| name.as_str().is_some()) else {
        return;
    };
    let Node { place, value } = name.clone();
    give(rewrite, operation, place, (from, to), value);
}

fn give(
    rewrite: &mut Rewrite<'_>,
    operation: &mut Object,
    place: Place,
    (from, to): (&'static str, &'static str),
    value: Value,
) {
    if !operation.contains(to) {
        operation.insert(to, place, Node::new(place, value));
        rewrite.changed(place, from, to);
    }
}

/// How operations page: which property holds the items stands in the schema of the answer.
pub(super) fn paging(rewrite: &mut Rewrite<'_>, root: &mut Node) {
    let mut found: BTreeMap<(String, String), Node> = BTreeMap::new();
    let paths = root.get("paths").and_then(Node::as_object);
    let at = At::ROOT.key("paths");
    for item in paths.into_iter().flat_map(Object::iter) {
        let at = at.key(&item.name);
        for member in item.value.as_object().into_iter().flat_map(Object::iter) {
            let Some(form) = member
                .value
                .get(PAGING)
                .filter(|_| member.value.get("x-client-paging").is_none())
            else {
                continue;
            };
            let pages = Pages {
                root,
                operation: &member.value,
                form,
            };
            if let Some(paging) = pages.paging() {
                found.insert((item.name.to_string(), member.name.to_string()), paging);
            } else {
                let at = at.key(&member.name);
                let message =
                    "this form of paging is not supported: the operation is not paged in the client".to_owned();
                let help = "use a cursor in the query or the body, `nextCursor`, and one array in the response";
                rewrite.weakened(form.place, &at.key(PAGING), message, help);
            }
        }
    }
    for ((path, method), paging) in found {
        let item = root
            .at_mut("/paths")
            .and_then(|paths| paths.as_object_mut()?.get_mut(&path));
        let operation = item.and_then(|item| item.as_object_mut()?.get_mut(&method)?.as_object_mut());
        if let Some(operation) = operation {
            rewrite.changed(paging.place, PAGING, "x-client-paging");
            operation.insert("x-client-paging", paging.place, paging);
        }
    }
}

/// An operation that pages, in a document.
struct Pages<'a> {
    root: &'a Node,
    operation: &'a Node,
    form: &'a Node,
}

impl Pages<'_> {
    /// The extension of ours, where all that it needs is there.
    fn paging(&self) -> Option<Node> {
        let place = self.form.place;
        let input = |kind: &str| {
            let inputs = self.form.get("inputs")?.as_array()?;
            inputs.iter().find(|input| text(input, "type") == Some(kind))
        };
        let outputs = self.form.get("outputs")?;
        let answer = self.properties(self.answer()?)?;
        let next = text(outputs, "nextCursor")?.strip_prefix("$.")?;
        let items = match text(outputs, "results") {
            Some(path) => path.strip_prefix("$.")?.trim_end_matches("[*]").to_owned(),
            None => only_list(answer)?,
        };
        answer.get(next)?;
        let mut paging = Object::new();
        let mut set = |key: &str, value: Value| paging.insert(key, place, Node::new(place, value));
        set("token", self.field(input("cursor")?)?);
        if let Some(size) = input("limit").and_then(|size| self.field(size)) {
            set("size", size);
        }
        set("next", Value::from(next));
        set("items", Value::from(items.as_str()));
        Some(Node::new(place, Value::Object(paging)))
    }

    /// Where a word of the request goes; `None` where the request has no such word.
    fn field(&self, input: &Node) -> Option<Value> {
        let name = text(input, "name")?;
        let location = match text(input, "in")? {
            "parameters" => {
                let mut parameters = self.operation.get("parameters")?.as_array()?.iter();
                parameters.find(|parameter| text(parameter, "name") == Some(name))?;
                "query"
            }
            "requestBody" => {
                let body = self.target(self.operation.get("requestBody")?)?;
                self.properties(content(body)?)?.get(name)?;
                "body"
            }
            _ => return None,
        };
        let mut field = Object::new();
        field.insert("in", input.place, Node::new(input.place, Value::from(location)));
        field.insert("name", input.place, Node::new(input.place, Value::from(name)));
        Some(Value::Object(field))
    }

    /// The schema of the answer.
    fn answer(&self) -> Option<&Node> {
        let responses = self.operation.get("responses")?.as_object()?;
        let response = responses.iter().find(|response| response.name.starts_with('2'))?;
        content(self.target(&response.value)?)
    }

    fn properties<'s>(&'s self, schema: &'s Node) -> Option<&'s Object> {
        self.target(schema)?.get("properties")?.as_object()
    }

    /// What a reference leads to in the end, or else the value itself.
    fn target<'s>(&'s self, value: &'s Node) -> Option<&'s Node> {
        let mut value = value;
        for _ in 0..MOST_REFERENCES {
            let Some(reference) = text(value, "$ref") else {
                return Some(value);
            };
            value = self.root.at(reference.strip_prefix('#')?)?;
        }
        None
    }
}

/// The property called `list`, or else the only one that is a list.
fn only_list(properties: &Object) -> Option<String> {
    let mut lists = properties
        .iter()
        .filter(|property| text(&property.value, "type") == Some("array"));
    if properties
        .get("list")
        .is_some_and(|list| text(list, "type") == Some("array"))
    {
        return Some("list".to_owned());
    }
    let only = lists.next()?;
    lists.next().is_none().then(|| only.name.to_string())
}

fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.as_str()
}

/// The schema of a body in JSON.
fn content(body: &Node) -> Option<&Node> {
    body.get("content")?.get("application/json")?.get("schema")
}
