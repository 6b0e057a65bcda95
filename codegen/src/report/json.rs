//! The report for programs: one JSON object.

use serde_json::{Value, json};

use super::{Effect, Finding, Report, paging};
use crate::diagnostic::{Files, Place, SourceFile, printable_json};

impl Report {
    /// The report as a JSON object on one line. Everything is in an order that the document alone decides:
    ///
    /// - `document`; `operations`, `types`, `schemas`, `untyped` and `typed_share`, null where there is no client
    /// - `keywords`: objects with `part`, `keyword`, `understood`, `weakened`, `left_out`, `not_supported`, `refused`, `findings` and
    ///   `unread`: the places where no stage has read the keyword and no finding is about it
    /// - `elsewhere`: findings of no keyword
    /// - `changes`: objects with `keyword`, `became` and `places`
    /// - `paging`: operations that page without declaring it, or look like it: objects with `operation`, `rule`, `recognized`,
    ///   `reason`, and the `target` and `declaration` of an overlay that declares it
    ///
    /// A finding is a diagnostic, as `--message-format json` has it, with its `effect`.
    #[must_use]
    pub fn to_json(&self, files: &Files) -> String {
        let held = self.held.as_ref();
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
        let report = json!({
            "document": self.document,
            "operations": held.map(|held| held.operations),
            "types": held.map(|held| held.types),
            "schemas": held.map(|held| held.coverage.schemas),
            "untyped": held.map(|held| held.coverage.untyped),
            "typed_share": held.map(|held| held.coverage.typed_share()),
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
