//! Diagnostics as JSON objects, one on each line.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics, Files, Place, excerpt::end_column};
use crate::invisible::acts_on_display;

impl Diagnostic {
    /// Returns the diagnostic as a JSON object on one line. All properties are always present; properties without a value are
    /// null:
    ///
    /// - `severity`: `error`, `warning` or `note`; `code`; `message`; `help`
    /// - `pointer`: the JSON pointer of the value
    /// - `file`, `line`, `column`, `end_column`: counted from 1, columns in Unicode scalar values, the end not included
    /// - `related`: related locations, each with `message`, `file`, `line`, `column` and `end_column`
    #[must_use]
    pub fn to_json(&self, files: &Files) -> String {
        printable(&self.to_value(files))
    }

    pub(crate) fn to_value(&self, files: &Files) -> Value {
        let related = self.related.iter().map(|(place, message)| {
            let mut related = json!({ "message": message });
            locate(&mut related, Some(*place), files);
            related
        });
        let mut object = json!({
            "severity": self.severity.to_string(),
            "code": self.code.as_str(),
            "message": self.message,
            "help": self.help,
            "pointer": self.pointer,
            "related": related.collect::<Vec<_>>(),
        });
        locate(&mut object, self.place, files);
        object
    }
}

impl Diagnostics {
    /// Returns all diagnostics as [`Diagnostic::to_json`] writes them, one on each line.
    #[must_use]
    pub fn to_json_lines(&self, files: &Files) -> String {
        self.iter().fold(String::new(), |mut text, diagnostic| {
            text.push_str(&diagnostic.to_json(files));
            text.push('\n');
            text
        })
    }
}

fn locate(object: &mut Value, place: Option<Place>, files: &Files) {
    object["file"] = json!(
        place
            .and_then(|place| files.get(place.file))
            .map(super::SourceFile::name)
    );
    object["line"] = json!(place.map(|place| place.line));
    object["column"] = json!(place.map(|place| place.column));
    object["end_column"] = json!(place.and_then(|place| end_column(place, files)));
}

/// The text of a value, in which whatever a terminal might act upon is escaped as JSON has it: nothing is lost.
pub(crate) fn printable(value: &Value) -> String {
    let text = value.to_string();
    if !text.contains(acts_on_display) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut units = [0; 2];
    for character in text.chars() {
        if acts_on_display(character) {
            for unit in character.encode_utf16(&mut units) {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(character);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{Code, Diagnostic, Diagnostics, FileId, Files, Place, SourceFile};

    fn at(line: u32, column: u32) -> Place {
        Place {
            file: FileId::FIRST,
            line,
            column,
        }
    }

    #[test]
    fn every_field_is_there() {
        let files = Files::from(SourceFile::new("x.yaml", "\u{202e}a: 1\r\na: 2\r\n"));
        let mut diagnostics = Diagnostics::new();
        let twice = Diagnostic::error(Code::DuplicateKey, Some(at(2, 1)), "/a", "twice\n\u{1b}\u{e0001}");
        diagnostics.push(twice.related(at(1, 2), "here").help("remove one"));
        diagnostics.push(Diagnostic::warning(Code::Internal, None, "", "nowhere"));
        let text = diagnostics.to_json_lines(&files);
        assert!(text.is_ascii(), "{text}");
        let lines: Vec<Value> = text
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .collect();
        let expected = [
            json!({
                "severity": "error", "code": "duplicate-key", "message": "twice\n\u{1b}\u{e0001}",
                "help": "remove one", "pointer": "/a",
                "file": "x.yaml", "line": 2, "column": 1, "end_column": 2,
                "related": [{"message": "here", "file": "x.yaml", "line": 1, "column": 2, "end_column": 3}],
            }),
            json!({
                "severity": "warning", "code": "internal", "message": "nowhere", "help": null, "pointer": "",
                "file": null, "line": null, "column": null, "end_column": null, "related": [],
            }),
        ];
        assert_eq!(lines, expected);
    }
}
