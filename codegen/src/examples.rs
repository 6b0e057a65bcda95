//! Examples that their schemas refuse.
//!
//! The stage only reads the canonical tree, and reports an example only if it is surely invalid: the client works without
//! examples, so a wrong note costs more than a missing one. Mock servers judge again, by all keywords, before they send one.

mod refusal;
#[cfg(test)]
mod tests;
mod values;

use std::ops::ControlFlow;

use self::refusal::{Judge, Refusal, Rule, Step};
use crate::{
    at::At,
    diagnostic::{Code, Diagnostic, Diagnostics},
    media_type::Media,
    normalize::{ObjectKind, Shape, look},
    read::{Node, Object, Value},
};

/// How many characters of a value a message quotes.
const MAX_SHOWN: usize = 60;

/// Reports the examples of schemas, media types, parameters and headers that their schemas refuse.
pub(crate) fn check(root: &Node, diagnostics: &mut Diagnostics) {
    let mut checking = Checking {
        root,
        judge: Judge::new(root),
        diagnostics,
    };
    look(
        root,
        Shape::One(ObjectKind::Document),
        &At::ROOT,
        &mut |node, shape, at| {
            match shape.kind() {
                Some(ObjectKind::Schema) => checking.schema(node, at),
                Some(ObjectKind::MediaType) if Media::of(at.last_key()).is_json() => {
                    checking.described(node, at, is_text_of_json);
                }
                Some(ObjectKind::Parameter | ObjectKind::Header) => checking.described(node, at, is_serialized),
                _ => {}
            }
            ControlFlow::Continue(())
        },
    );
}

/// Whether an example can be another form of a value than JSON; the second argument is the type of the schema.
type IsOther = fn(&Node, &str) -> bool;

/// In JSON: a string that contains the JSON of an object or an array.
fn is_text_of_json(example: &Node, kind: &str) -> bool {
    kind != "string"
        && example
            .as_str()
            .is_some_and(|text| text.trim_start().starts_with(['{', '[']))
}

/// In a parameter or a header: the string that is sent.
fn is_serialized(example: &Node, kind: &str) -> bool {
    match example.value {
        Value::String(_) => kind != "string",
        Value::Number(_) | Value::Bool(_) => matches!(kind, "array" | "object"),
        _ => false,
    }
}

struct Checking<'n, 'd> {
    root: &'n Node,
    judge: Judge<'n>,
    diagnostics: &'d mut Diagnostics,
}

impl<'n> Checking<'n, '_> {
    fn schema(&mut self, schema: &'n Node, at: &At<'_>) {
        if let Some(example) = schema.get("example") {
            self.example(schema, example, &at.key("example"));
        }
    }

    /// The examples beside a schema: `example`, and those that have names.
    fn described(&mut self, node: &'n Node, at: &At<'_>, is_other: IsOther) {
        let Some(schema) = node.get("schema") else { return };
        let kind = self.judge.kind(schema);
        if let Some(example) = node.get("example").filter(|example| !is_other(example, kind)) {
            self.example(schema, example, &at.key("example"));
        }
        let examples = at.key("examples");
        for named in node
            .get("examples")
            .and_then(Node::as_object)
            .into_iter()
            .flat_map(Object::iter)
        {
            let target = named.value.get("$ref").and_then(Node::as_str);
            let (example, pointer) = match target.and_then(|target| target.strip_prefix('#')) {
                Some(pointer) => (self.root.at(pointer), pointer.to_owned()),
                None => (Some(&named.value), examples.key(&named.name).pointer()),
            };
            for key in ["value", "dataValue"] {
                let value = example.and_then(|example| example.get(key));
                if let Some(value) = value.filter(|value| !is_other(value, kind)) {
                    self.example(schema, value, &At::of(&pointer).key(key));
                }
            }
        }
    }

    fn example(&mut self, schema: &'n Node, example: &'n Node, at: &At<'_>) {
        // A key without a value is not an example.
        if example.is_null() {
            return;
        }
        if let Some(refusal) = self.judge.refusal(schema, example) {
            let mut pointer = at.pointer();
            for step in refusal.path.iter().rev() {
                let at = At::of(&pointer);
                pointer = match step {
                    Step::Key(key) => at.key(key).pointer(),
                    Step::Index(index) => at.index(*index).pointer(),
                };
            }
            self.diagnostics.push(diagnostic(&refusal, pointer));
        }
    }
}

fn diagnostic(refusal: &Refusal<'_>, pointer: String) -> Diagnostic {
    let shown = shown(refusal.value);
    let message = match refusal.rule {
        Rule::Type(kind) => {
            let (is, wanted) = (refusal.value.kind(), with_article(kind));
            format!("example{shown} is {is}, but its schema requires {wanted}")
        }
        Rule::Enum => format!("example{shown} is not a value of `enum`"),
        Rule::Const => format!("example{shown} is not the value of `const`"),
        Rule::Limit(keyword) => format!("example{shown} violates `{keyword}`"),
        Rule::Variants(keyword) => format!("example{shown} does not match a variant of `{keyword}`"),
        Rule::Missing(name) => format!("example does not have the property `{name}`, which its schema requires"),
        Rule::Additional(name) => format!("example has the property `{name}`, which its schema does not allow"),
    };
    let help = "correct the example or its schema; until then, mock servers do not send the example";
    Diagnostic::warning(Code::InvalidExample, Some(refusal.value.place), pointer, message).help(help)
}

/// A scalar between backticks, shortened.
fn shown(value: &Node) -> String {
    let text = match &value.value {
        Value::String(text) => text.to_string(),
        Value::Number(number) => number.text().to_owned(),
        Value::Bool(flag) => flag.to_string(),
        Value::Null | Value::Array(_) | Value::Object(_) => return String::new(),
    };
    let mut characters = text.chars();
    let start: String = characters.by_ref().take(MAX_SHOWN).collect();
    let dots = if characters.next().is_some() { "..." } else { "" };
    format!(" `{start}{dots}`")
}

fn with_article(kind: &str) -> &'static str {
    match kind {
        "string" => "a string",
        "integer" => "an integer",
        "number" => "a number",
        "boolean" => "a boolean",
        "array" => "an array",
        _ => "an object",
    }
}
