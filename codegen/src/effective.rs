//! The document that results from overlays, files, dialects and a selection, as YAML or JSON.
//!
//! The library that reads configurations writes YAML too, but numbers only as it understands them: `1.50` would be `1.5`,
//! and what goes beyond 64 bits another number.

use serde_json::Value as Json;

use crate::{
    invisible::acts_on_display,
    read::{Node, Value},
    yaml::inline,
};

/// The text of a canonical tree.
pub(crate) fn written(root: &Node) -> String {
    let mut text = String::new();
    match &root.value {
        Value::Object(object) if !object.is_empty() => block(root, 0, &mut text),
        Value::Array(items) if !items.is_empty() => block(root, 0, &mut text),
        _ => {
            scalar(root, 0, &mut text);
            text.push('\n');
        }
    }
    text
}

/// The lines of an object or an array that is not empty; the first one starts where the text is.
fn block(node: &Node, indentation: usize, text: &mut String) {
    match &node.value {
        Value::Object(object) => {
            for (number, member) in object.iter().enumerate() {
                if number > 0 {
                    indent(indentation, text);
                }
                text.push_str(&inline(&member.name));
                text.push(':');
                match &member.value.value {
                    Value::Object(inner) if !inner.is_empty() => {
                        next_line(indentation + 2, text);
                        block(&member.value, indentation + 2, text);
                    }
                    Value::Array(inner) if !inner.is_empty() => {
                        next_line(indentation, text);
                        block(&member.value, indentation, text);
                    }
                    _ => {
                        text.push(' ');
                        scalar(&member.value, indentation, text);
                        text.push('\n');
                    }
                }
            }
        }
        Value::Array(elements) => {
            for (number, element) in elements.iter().enumerate() {
                if number > 0 {
                    indent(indentation, text);
                }
                text.push_str("- ");
                if is_block(element) {
                    block(element, indentation + 2, text);
                } else {
                    scalar(element, indentation, text);
                    text.push('\n');
                }
            }
        }
        _ => {}
    }
}

fn is_block(node: &Node) -> bool {
    match &node.value {
        Value::Object(object) => !object.is_empty(),
        Value::Array(elements) => !elements.is_empty(),
        _ => false,
    }
}

fn next_line(indentation: usize, text: &mut String) {
    text.push('\n');
    indent(indentation, text);
}

fn indent(indentation: usize, text: &mut String) {
    text.extend(std::iter::repeat_n(' ', indentation));
}

/// Writes a value on one line, or a string of several lines.
fn scalar(node: &Node, indentation: usize, text: &mut String) {
    match &node.value {
        Value::Null => text.push_str("null"),
        Value::Bool(flag) => text.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => text.push_str(number.text()),
        Value::String(string) if is_literal(string) => literal(string, indentation + 2, text),
        Value::String(string) => text.push_str(&inline(string)),
        Value::Array(_) => text.push_str("[]"),
        Value::Object(_) => text.push_str("{}"),
    }
}

/// Returns whether a string of several lines can be written unchanged.
fn is_literal(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    body.contains('\n')
        && !body.starts_with([' ', '\n'])
        && !body.ends_with(['\n', ' '])
        && !body.chars().any(|c| c != '\n' && (acts_on_display(c)))
}

fn literal(string: &str, indentation: usize, text: &mut String) {
    let body = string.strip_suffix('\n');
    text.push_str(if body.is_some() { "|" } else { "|-" });
    for line in body.unwrap_or(string).split('\n') {
        text.push('\n');
        if !line.is_empty() {
            indent(indentation, text);
            text.push_str(line);
        }
    }
}

/// The text of a canonical tree in JSON. A number that JSON readers reject because it is too large becomes null.
pub(crate) fn json(root: &Node) -> String {
    let mut text = String::new();
    write_json(root, &mut text);
    text
}

fn write_json(node: &Node, text: &mut String) {
    match &node.value {
        Value::Bool(flag) => text.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) if number.as_f64().is_some() => text.push_str(&number.to_json()),
        Value::Null | Value::Number(_) => text.push_str("null"),
        Value::String(string) => text.push_str(&Json::from(&**string).to_string()),
        Value::Array(elements) => {
            for (index, element) in elements.iter().enumerate() {
                text.push(if index == 0 { '[' } else { ',' });
                write_json(element, text);
            }
            text.push_str(if elements.is_empty() { "[]" } else { "]" });
        }
        Value::Object(object) => {
            for (index, member) in object.iter().enumerate() {
                text.push(if index == 0 { '{' } else { ',' });
                text.push_str(&Json::from(&*member.name).to_string());
                text.push(':');
                write_json(&member.value, text);
            }
            text.push_str(if object.is_empty() { "{}" } else { "}" });
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{json, written};
    use crate::{
        document::to_json,
        read::{Limits, read},
    };

    #[test]
    fn what_is_written_reads_as_what_it_was() {
        let text = r##"{"a b": [1.50, 12345678901234567890123, -0.0, 1e400, true, null, [], {}, [[1], {"x": 2}]],
            "no": "no", "1": "1e3", "": "", "key: #": "it's", "d": "line\nline\n", "e": "line\n\n  line", "f": " \n x",
            "g": "tab\tcr\rnul\u0000\u2028\u202e\u0085", "h": "a: b", "i": "- a", "j": "a\n", "k": "\n", "ü": "ü ", "l": "a \nb",
            "m": "x\n\ty", "n": "# no\ncomment", "o": {"p": {"q": "r\ns"}}, "t": ["u\nv", ["w\nx\n"]], "u": "a\udb40\udc41\u3164b"}"##;
        let source = read("a.json", text.as_bytes(), &Limits::default()).unwrap();
        let yaml = written(&source.root);
        let again = read("a.yaml", yaml.as_bytes(), &Limits::default()).unwrap();
        assert_eq!(to_json(&source.root), to_json(&again.root), "{yaml}");
        assert_eq!(yaml, written(&again.root));
        let again = read("a.json", json(&again.root).as_bytes(), &Limits::default()).unwrap();
        assert_eq!(to_json(&source.root), to_json(&again.root));
        assert!(yaml.contains("- 1.50\n- 12345678901234567890123\n"), "{yaml}");
        assert!(
            yaml.contains("'no': 'no'") && yaml.contains("d: |\n  line\n  line\n"),
            "{yaml}"
        );
    }
}
