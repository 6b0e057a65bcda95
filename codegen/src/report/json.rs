//! The report as a JSON object.

use serde_json::{Value, json};

use super::{Effect, Finding, Report, paging};
use crate::diagnostic::{Files, Place, SourceFile, printable_json};

impl Report {
    /// Returns the report as a JSON object on one line. The order of all entries depends only on the document:
    ///
    /// - `document`; `operations`, `types`, `schemas`, `untyped` and `typed_share`, which are null if there is no client
    /// - `inline_types` and `repeated_types`: the types of inline schemas, and those of them that are equal to another type; null if
    ///   there is no client
    /// - `unused`: the component schemas whose models no operation uses
    /// - `long_files`: the generated files of more than 1,500 lines: objects with `path` and `lines`
    /// - `keywords`: objects with `part`, `keyword`, `supported`, `partial`, `ignored`, `not_supported`, `rejected`, `findings`
    ///   and `unread`: the locations where no stage reads the keyword and no finding refers to it
    /// - `elsewhere`: findings that do not refer to a keyword
    /// - `changes`: objects with `keyword`, `became` and `places`
    /// - `paging`: operations that page without declaring it, or look like it: objects with `operation`, `rule`, `recognized`,
    ///   `reason`, and the `target` and `declaration` of an overlay that declares it
    ///
    /// A finding is a diagnostic in the form of `--message-format json`, with its `effect`.
    #[must_use]
    pub fn to_json(&self, files: &Files) -> String {
        let client = self.client.as_ref();
        let keywords = self.keywords.iter().map(|(keyword, used)| {
            let mut entry = json!({ "part": keyword.part, "keyword": keyword.name });
            for effect in Effect::ALL {
                entry[effect.as_str().replace(' ', "_")] = used.count(effect).into();
            }
            entry["findings"] = findings(&used.findings, files);
            let unread = used.unread.iter().map(|unread| {
                let mut entry = located(unread.place, files);
                entry["pointer"] = unread.pointer.as_str().into();
                entry
            });
            entry["unread"] = unread.collect();
            entry
        });
        let changes = self.changes.iter().map(|((keyword, became), places)| {
            let places: Vec<Value> = places.iter().map(|place| located(*place, files)).collect();
            json!({ "keyword": keyword, "became": became, "places": places })
        });
        let long_files = self
            .long_files
            .iter()
            .map(|(path, lines)| json!({ "path": path, "lines": lines }));
        let report = json!({
            "document": self.document,
            "operations": client.map(|client| client.operations),
            "types": client.map(|client| client.types),
            "inline_types": client.map(|client| client.repeats.inline),
            "repeated_types": client.map(|client| client.repeats.repeated),
            "schemas": client.map(|client| client.coverage.schemas),
            "untyped": client.map(|client| client.coverage.untyped),
            "typed_share": client.map(|client| client.coverage.typed_share()),
            "unused": self.unused,
            "long_files": long_files.collect::<Vec<_>>(),
            "keywords": keywords.collect::<Vec<_>>(),
            "elsewhere": findings(&self.elsewhere, files),
            "changes": changes.collect::<Vec<_>>(),
            "paging": paging::to_value(&self.paging),
        });
        printable_json(&report) + "\n"
    }
}

fn findings(findings: &[Finding], files: &Files) -> Value {
    let findings = findings.iter().map(|finding| {
        let mut entry = finding.diagnostic.to_value(files);
        entry["effect"] = finding.effect.as_str().replace(' ', "_").into();
        entry
    });
    findings.collect()
}

fn located(place: Place, files: &Files) -> Value {
    json!({
        "file": files.get(place.file).map(SourceFile::name),
        "line": place.line,
        "column": place.column,
    })
}
