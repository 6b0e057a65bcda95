//! One document, in a process of its own.

use std::{collections::BTreeMap, fs, path::Path, time::Instant};

use codegen::{
    Config, Input, Inputs, Outcome,
    diagnostic::{Diagnostic, Files, Severity},
    stages::{DeclaredVersion, declared_version},
};

use specwright::{Failure, files::Folders, inputs::on_a_large_stack, output::print, paths::shown};

use super::row::{Row, Verdict};

pub(crate) fn run(path: &Path) -> Result<(), Failure> {
    let row = match row(path)? {
        Some(row) => row,
        None => Row::new(shown(path), Verdict::NoDocument),
    };
    print(&row.written());
    Ok(())
}

fn row(path: &Path) -> Result<Option<Row>, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::Run(format!("cannot read {}: {error}", shown(path))))?;
    let config = Config::default();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let Some(version) = version(&name, &bytes, &config) else {
        return Ok(None);
    };
    #[expect(clippy::disallowed_methods, reason = "a column of the table, which nothing asserts")]
    let started = Instant::now();
    let outcome = outcome(path, &bytes, &config)?;
    let mut row = Row::new(shown(path), Verdict::Refused);
    row.milliseconds = started.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
    row.mebibytes = peak_mebibytes();
    row.version = version;
    if let Some(generated) = &outcome.generated {
        row.verdict = Verdict::Generated;
        row.operations = generated.size.operations;
        row.types = generated.size.types;
        row.schemas = generated.size.coverage.schemas;
        row.untyped = generated.size.coverage.untyped;
    }
    let first = outcome
        .diagnostics
        .iter()
        .find(|diagnostic| diagnostic.severity == Severity::Error);
    row.first_error = first.map(|error| line(error, &outcome.sources)).unwrap_or_default();
    row.shapes = shapes(&outcome);
    Ok(Some(row))
}

pub(crate) fn outcome(path: &Path, bytes: &[u8], config: &Config) -> Result<Outcome, Failure> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let input = Input { name: &name, bytes };
    let loader = Folders::of(path, &[])?;
    let inputs = Inputs {
        loader: &loader,
        ..input.into()
    };
    on_a_large_stack(|| codegen::generate_with(inputs, config))
}

/// What the document calls its version; `None` where it is no OpenAPI document. A text that cannot be read is one if it
/// looks like one.
fn version(name: &str, bytes: &[u8], config: &Config) -> Option<String> {
    match declared_version(Input { name, bytes }, config) {
        DeclaredVersion::Of(key, number) => Some(format!("{key} {number}")),
        DeclaredVersion::None => None,
        DeclaredVersion::Unreadable => {
            let start = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
            let says_so = start.lines().any(|line| {
                let line = line.trim_start_matches(['{', ' ', '"', '\'']);
                line.starts_with("openapi") || line.starts_with("swagger")
            });
            says_so.then(|| "unreadable".to_owned())
        }
    }
}

fn line(diagnostic: &Diagnostic, files: &Files) -> String {
    let place = diagnostic.place.map_or_else(String::new, |place| {
        let name = files.get(place.file).map_or("", |file| file.name());
        format!("{name}:{}:{}: ", place.line, place.column)
    });
    format!(
        "{place}{}: {} ({})",
        diagnostic.code, diagnostic.message, diagnostic.pointer
    )
}

/// The messages, without what differs from document to document.
fn shapes(outcome: &Outcome) -> Vec<(String, usize)> {
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    for diagnostic in &outcome.diagnostics {
        let shape = format!(
            "{}[{}]: {}",
            diagnostic.severity,
            diagnostic.code,
            shape(&diagnostic.message)
        );
        *shapes.entry(shape).or_default() += 1;
    }
    shapes.into_iter().collect()
}

/// A message with `_` in place of what it quotes and of numbers, keywords of OpenAPI excepted.
fn shape(message: &str) -> String {
    let mut shape = String::new();
    for (number, part) in message.split('`').enumerate() {
        let is_quoted = number % 2 == 1;
        if is_quoted {
            shape.push('`');
            shape.push_str(if KEYWORDS.contains(&part) { part } else { "_" });
            shape.push('`');
        } else {
            let mut was_digit = false;
            for c in part.chars() {
                if !c.is_ascii_digit() {
                    shape.push(c);
                } else if !was_digit {
                    shape.push('9');
                }
                was_digit = c.is_ascii_digit();
            }
        }
    }
    shape
}

const KEYWORDS: [&str; 26] = [
    "additionalProperties",
    "allOf",
    "anyOf",
    "callbacks",
    "const",
    "content",
    "default",
    "discriminator",
    "enum",
    "example",
    "explode",
    "format",
    "items",
    "not",
    "nullable",
    "oneOf",
    "parameters",
    "pattern",
    "properties",
    "required",
    "responses",
    "schema",
    "security",
    "style",
    "type",
    "url",
];

/// The most memory that this process has had, where the system says so.
fn peak_mebibytes() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = peak.and_then(|peak| peak.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kibibytes.unwrap_or(0) / 1024
}

#[cfg(test)]
mod tests {
    use super::shape;

    #[test]
    fn messages_of_one_kind_have_one_shape() {
        assert_eq!(shape("there is no schema `Pett`"), shape("there is no schema `Dog`"));
        assert_ne!(shape("`oneOf` has no type"), shape("`anyOf` has no type"));
        assert_eq!(shape("more than 64 lists"), shape("more than 128 lists"));
    }
}
