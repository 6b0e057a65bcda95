//! What the report says about paging: what was recognized, what looks like it, and the lines that declare it.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::{diagnostic::printable, paging::PagingFinding};

/// More operations of one kind are in the other form.
const MAX_LISTED: usize = 30;

/// The section for people.
pub(super) fn section(findings: &[PagingFinding], text: &mut String) {
    if findings.is_empty() {
        return;
    }
    let (recognized, others): (Vec<_>, Vec<_>) = findings.iter().partition(|finding| finding.reason.is_none());
    push(
        text,
        format_args!("\npaging: {} recognized, {} similar\n", recognized.len(), others.len()),
    );
    for finding in recognized.iter().take(MAX_LISTED) {
        let (operation, rule) = (printable(&finding.operation), finding.rule.as_str());
        push(
            text,
            format_args!(
                "  {operation}: recognized by `{rule}`: {}\n",
                printable(&finding.declaration)
            ),
        );
    }
    more(text, recognized.len());
    for finding in others.iter().take(MAX_LISTED) {
        let (operation, rule) = (printable(&finding.operation), finding.rule.as_str());
        let reason = finding.reason.unwrap_or_default();
        push(
            text,
            format_args!("  {operation}: looks like `{rule}`, but {reason}; an overlay declares it:\n"),
        );
        push(text, format_args!("    - target: {}\n", printable(&target(finding))));
        push(
            text,
            format_args!(
                "      update: {{x-client-paging: {}}}\n",
                printable(&finding.declaration)
            ),
        );
    }
    more(text, others.len());
}

/// The findings for programs.
pub(super) fn to_value(findings: &[PagingFinding]) -> Value {
    let findings = findings.iter().map(|finding| {
        json!({
            "operation": finding.operation,
            "rule": finding.rule.as_str(),
            "recognized": finding.reason.is_none(),
            "reason": finding.reason,
            "target": target(finding),
            "declaration": finding.declaration,
        })
    });
    findings.collect()
}

/// The operation as the target of an overlay.
fn target(finding: &PagingFinding) -> String {
    let (method, path) = finding.operation.split_once(' ').unwrap_or_default();
    let path = path.replace('\\', "\\\\").replace('\'', "\\'");
    format!("$.paths['{path}'].{}", method.to_ascii_lowercase())
}

fn more(text: &mut String, length: usize) {
    if let Some(more) = length.checked_sub(MAX_LISTED).filter(|more| *more > 0) {
        push(text, format_args!("  and {more} more, which `--format json` lists\n"));
    }
}

/// Writing to a string cannot fail.
fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(arguments);
}
