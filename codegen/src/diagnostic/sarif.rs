//! Diagnostics as SARIF 2.1.0, which code hosts and editors show beside the lines of the document.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Code, Diagnostic, Diagnostics, Files, Place, Severity, excerpt::end_column, json::printable};

/// What stays as it is in the path of a relative URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'.')
    .remove(b'-')
    .remove(b'_')
    .remove(b'~');

impl Diagnostics {
    /// Returns all diagnostics as one SARIF 2.1.0 log. The rules are the codes, with their pages as help. Files are relative
    /// URIs.
    #[must_use]
    pub fn to_sarif(&self, files: &Files) -> String {
        let mut codes: Vec<Code> = self.iter().map(|diagnostic| diagnostic.code).collect();
        codes.sort_unstable();
        codes.dedup();
        let results = self.iter().map(|diagnostic| result(diagnostic, &codes, files));
        let mut text = printable(&json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": {"driver": {
                    "name": "specwright",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": codes.iter().copied().map(rule).collect::<Vec<_>>(),
                }},
                "columnKind": "unicodeCodePoints",
                "results": results.collect::<Vec<_>>(),
            }],
        }));
        text.push('\n');
        text
    }
}

fn rule(code: Code) -> Value {
    let page = code.explanation();
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": code.summary()},
        "help": {"text": page, "markdown": page},
    })
}

fn result(diagnostic: &Diagnostic, codes: &[Code], files: &Files) -> Value {
    let mut text = diagnostic.message.clone();
    if let Some(help) = &diagnostic.help {
        text.extend(["\nhelp: ", help]);
    }
    let mut location = place(diagnostic.place, files);
    if !diagnostic.pointer.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": diagnostic.pointer}]);
    }
    let related = diagnostic.related.iter().map(|(at, message)| {
        let mut location = place(Some(*at), files);
        location["message"] = json!({"text": message});
        location
    });
    json!({
        "ruleId": diagnostic.code.as_str(),
        "ruleIndex": codes.binary_search(&diagnostic.code).ok(),
        "level": match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        "message": {"text": text},
        "locations": [location],
        "relatedLocations": related.collect::<Vec<_>>(),
    })
}

/// A path as a relative URI.
pub(crate) fn relative_uri(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

fn place(place: Option<Place>, files: &Files) -> Value {
    let Some((place, file)) = place.and_then(|place| Some((place, files.get(place.file)?))) else {
        return json!({});
    };
    let uri = relative_uri(file.name());
    let mut region = json!({"startLine": place.line, "startColumn": place.column});
    if let Some(end) = end_column(place, files) {
        region["endColumn"] = json!(end);
    }
    json!({"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}})
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::{Code, Diagnostic, Diagnostics, FileId, Files, Place, SourceFile};

    fn log() -> Value {
        let files = Files::from(SourceFile::new("my spec.yaml", "a: 1\na: 2\n"));
        let at = |line| Place {
            file: FileId::FIRST,
            line,
            column: 1,
        };
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Diagnostic::warning(Code::Weakened, None, "/b", "weaker"));
        let twice = Diagnostic::error(Code::DuplicateKey, Some(at(2)), "/a", "twice");
        diagnostics.push(twice.related(at(1), "here").help("remove one"));
        serde_json::from_str(&diagnostics.to_sarif(&files)).unwrap_or_default()
    }

    /// What the specification requires of a log, a run, a tool, a rule, a result and a region.
    #[test]
    fn the_essentials_are_there() {
        let log = log();
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["name"], "specwright");
        let rules = &run["tool"]["driver"]["rules"];
        let result = &run["results"][1];
        assert_eq!(result["ruleId"], "duplicate-key");
        assert_eq!(result["level"], "error");
        assert_eq!(result["message"]["text"], "twice\nhelp: remove one");
        let rule = result["ruleIndex"]
            .as_u64()
            .and_then(|index| rules.get(usize::try_from(index).ok()?));
        let rule = rule.cloned().unwrap_or_default();
        assert_eq!(rule["id"], "duplicate-key");
        assert!(
            rule["help"]["text"]
                .as_str()
                .is_some_and(|page| page.contains("## Repaired"))
        );
        assert_eq!(
            result["locations"],
            json!([{
                "physicalLocation": {
                    "artifactLocation": {"uri": "my%20spec.yaml"},
                    "region": {"startLine": 2, "startColumn": 1, "endColumn": 2},
                },
                "logicalLocations": [{"fullyQualifiedName": "/a"}],
            }])
        );
        let related = &result["relatedLocations"][0];
        assert_eq!(related["message"]["text"], "here");
        assert_eq!(related["physicalLocation"]["region"]["startLine"], 1);
    }

    #[test]
    fn what_stands_nowhere_has_its_pointer_alone() {
        let result = &log()["runs"][0]["results"][0];
        assert_eq!(
            result["locations"],
            json!([{"logicalLocations": [{"fullyQualifiedName": "/b"}]}])
        );
    }
}
