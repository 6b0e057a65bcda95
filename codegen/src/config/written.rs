//! What is written from the table of keys: the commented file, the JSON Schema, the reference page.

use std::fmt::Write as _;

use serde_json::{Map, Value as Json, json};

use super::{
    file::FILE_NAME,
    key::{Key, Kind},
    keys::KEYS,
};
use crate::{diagnostic::Code, yaml::inline};

/// Comments are broken at this column.
const WIDTH: usize = 100;

/// A configuration file in which every key is explained, with these keys set to these strings, and all others as
/// comments.
#[must_use]
pub fn commented(set: &[(&str, &str)]) -> String {
    let mut text = "# Configuration of specwright. Every key is listed; those in comments have their defaults.\n\
                    # `specwright schema` prints the JSON Schema of this file, for editors.\n"
        .to_owned();
    for key in KEYS {
        text.push('\n');
        comment(&mut text, "# ", &explained(key));
        match set.iter().find(|(name, _)| *name == key.name) {
            Some((name, value)) => {
                let _ = writeln!(text, "{name}: {}", inline(value));
            }
            None => commented_key(&mut text, key, "# "),
        }
    }
    text
}

/// A key in a comment; an object with its keys, each of which is explained.
fn commented_key(text: &mut String, key: &Key, prefix: &str) {
    let Kind::Object(keys) = key.kind else {
        let _ = writeln!(text, "{prefix}{}: {}", key.name, key.example);
        return;
    };
    let _ = writeln!(text, "{prefix}{}:", key.name);
    for key in keys {
        comment(text, &format!("{prefix}  # "), &explained(key));
        let _ = writeln!(text, "{prefix}  {}: {}", key.name, key.example);
    }
}

fn explained(key: &Key) -> String {
    format!("{} Default: {}.", key.docs, key.default)
}

/// Words in lines that start with a prefix.
fn comment(text: &mut String, prefix: &str, words: &str) {
    let mut line = String::new();
    for word in words.split_whitespace() {
        if !line.is_empty() && prefix.len() + line.len() + 1 + word.len() > WIDTH {
            let _ = writeln!(text, "{prefix}{line}");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    let _ = writeln!(text, "{prefix}{line}");
}

/// The JSON Schema (2020-12) of a configuration file.
#[must_use]
pub fn schema() -> String {
    let of_client: Vec<Key> = KEYS.iter().filter(|key| key.name != "clients").copied().collect();
    let mut schema = object(KEYS);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!(format!("The configuration of specwright ({FILE_NAME})"));
    schema["$defs"] = json!({"client": object(&of_client)});
    // A value of strings and booleans cannot fail to be JSON.
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

fn object(keys: &[Key]) -> Json {
    let properties = keys.iter().map(|key| (key.name.to_owned(), property(key)));
    let properties: Map<String, Json> = properties.collect();
    json!({"type": "object", "additionalProperties": false, "properties": properties})
}

fn property(key: &Key) -> Json {
    let strings = json!({"type": "array", "items": {"type": "string"}});
    let mut schema = match key.kind {
        Kind::Text if key.default == "''" => json!({"type": "string"}),
        Kind::Text => json!({"type": "string", "minLength": 1}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Texts => strings,
        Kind::FlagOrTexts => json!({"anyOf": [{"type": "boolean"}, strings]}),
        Kind::Word(words) => json!({"enum": words}),
        Kind::Words(words) => json!({"type": "array", "items": {"enum": words}}),
        Kind::Objects => json!({"type": "array", "items": {"type": "object"}}),
        Kind::Codes => {
            let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
            json!({"type": "array", "items": {"enum": codes}})
        }
        Kind::Object(keys) => object(keys),
        Kind::TextsByKey => json!({"type": "object", "additionalProperties": {"type": "string", "minLength": 1}}),
        Kind::TypesByKey => {
            let path = json!({"type": "string", "pattern": "^(::)?[A-Za-z_][A-Za-z0-9_]*(::[A-Za-z_][A-Za-z0-9_]*)+$"});
            json!({"type": "object", "additionalProperties": path})
        }
        Kind::AttributesByKey => json!({"type": "object", "additionalProperties": strings}),
        Kind::Clients => json!({
            "type": "object", "minProperties": 1, "additionalProperties": {"$ref": "#/$defs/client"},
        }),
    };
    schema["description"] = json!(explained(key));
    schema
}

/// The reference page of the configuration, in Markdown.
#[must_use]
pub fn reference() -> String {
    let mut text = REFERENCE.replace("FILE_NAME", FILE_NAME);
    for key in KEYS {
        section(&mut text, "##", key.name, key);
        if let Kind::Object(keys) = key.kind {
            for inner in keys {
                section(&mut text, "###", &format!("{}.{}", key.name, inner.name), inner);
            }
        }
    }
    text
}

const REFERENCE: &str = "\
<!-- Written by `INSTA_UPDATE=always cargo test -p tests --test configuration` from the table of keys. -->
# Configuration reference

`specwright init` writes `FILE_NAME` with every key in comments. `generate`, `check`, `report`, `effective` and `show` read
the file from the current folder or from the nearest folder above it; `--config FILE` names another file. Paths in the file
are relative to the folder of the file. An option of the command line takes precedence over the same key of the file.

An unknown key is an error with its line and column. `specwright schema` prints the JSON Schema of the file; an editor that
knows the YAML language server completes keys if the first line of the file is
`# yaml-language-server: $schema=specwright.schema.json`, and that file holds the schema.

A small file:

```yaml
document: openapi.yaml
out: petstore-client
runtime: {version: '0.1'}
package: {license: MIT}
```
";

fn section(text: &mut String, marks: &str, name: &str, key: &Key) {
    let kind = match key.kind {
        Kind::Text => "a string".to_owned(),
        Kind::Flag => "`true` or `false`".to_owned(),
        Kind::Texts => "an array of strings".to_owned(),
        Kind::FlagOrTexts => "`true`, `false` or an array of strings".to_owned(),
        Kind::Word(words) => one_of(words),
        Kind::Words(words) => format!("an array of `{}`", words.join("`, `")),
        Kind::Objects => "an array of objects".to_owned(),
        Kind::Codes => "an array of codes".to_owned(),
        Kind::Object(_) => "an object".to_owned(),
        Kind::TextsByKey => "an object of strings".to_owned(),
        Kind::TypesByKey => "an object of paths of Rust types".to_owned(),
        Kind::AttributesByKey => "an object of arrays of Rust attributes".to_owned(),
        Kind::Clients => "an object of clients".to_owned(),
    };
    let _ = write!(
        text,
        "\n{marks} `{name}`\n\n{}\n\n- Value: {kind}.\n- Default: {}.\n\n```yaml\n{}: {}\n```\n",
        key.docs, key.default, key.name, key.example
    );
}

/// Words as code, with `or` between them.
fn one_of(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(" or ")
}
