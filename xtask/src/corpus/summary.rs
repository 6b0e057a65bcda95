//! What the table says at a glance.

use std::collections::BTreeMap;

use super::{
    known_bad::KnownBad,
    row::{Row, Verdict, share},
};
use specwright::output::count;

/// How many kinds of messages are shown.
const SHOWN: usize = 40;

pub(crate) fn of(rows: &[Row], others: usize, known_bad: &KnownBad) -> String {
    let number = |verdict| rows.iter().filter(|row| row.verdict == verdict).count();
    let generated = number(Verdict::Generated);
    let sum = |of: fn(&Row) -> usize| rows.iter().map(of).sum::<usize>();
    let (schemas, untyped) = (sum(|row| row.schemas), sum(|row| row.untyped));
    let mut lines = vec![
        format!(
            "{}: {generated} generated ({}), {} refused, {} crashed, {} beyond the time limit; {others} files are not OpenAPI documents",
            count(rows.len(), "document"),
            share(generated, rows.len()),
            number(Verdict::Refused),
            number(Verdict::Crashed),
            number(Verdict::Hung),
        ),
        format!(
            "{} operations, {} types, {schemas} schemas, {untyped} of them untyped ({})",
            sum(|row| row.operations),
            sum(|row| row.types),
            share(untyped, schemas),
        ),
    ];
    lines.extend(versions(rows));
    lines.extend(messages(rows, "error"));
    lines.extend(messages(rows, "warning"));
    let lost = rows
        .iter()
        .filter(|row| matches!(row.verdict, Verdict::Crashed | Verdict::Hung));
    lines.extend(lost.map(|row| {
        format!(
            "{}: {}: {}",
            row.verdict.as_str(),
            row.document,
            first_line(&row.first_error)
        )
    }));
    lines.extend(rows.iter().filter_map(|row| {
        let reason = known_bad.reason(&row.document)?;
        let surprise = if row.verdict == Verdict::Generated {
            ", and generated"
        } else {
            ""
        };
        Some(format!("known to be bad{surprise}: {}: {reason}", row.document))
    }));
    lines.push(String::new());
    lines.join("\n")
}

/// How many documents failed that nobody knew of.
pub(crate) fn unexpected(rows: &[Row], known_bad: &KnownBad) -> usize {
    let failed = rows.iter().filter(|row| row.verdict != Verdict::Generated);
    failed
        .filter(|row| known_bad.reason(&row.document).is_none() || row.verdict != Verdict::Refused)
        .count()
}

fn versions(rows: &[Row]) -> Vec<String> {
    let mut versions: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let version = versions.entry(&row.version).or_default();
        version.0 += usize::from(row.verdict == Verdict::Generated);
        version.1 += 1;
    }
    let lines = versions.iter();
    lines
        .map(|(version, (generated, all))| format!("  {version}: {generated} of {all}"))
        .collect()
}

/// The messages of a severity by the number of documents that have them.
fn messages(rows: &[Row], severity: &str) -> Vec<String> {
    let mut shapes: BTreeMap<&str, (usize, usize, &str)> = BTreeMap::new();
    for row in rows {
        for (shape, number) in row.shapes.iter().filter(|(shape, _)| shape.starts_with(severity)) {
            let known = shapes.entry(shape).or_insert((0, 0, &row.document));
            known.0 += 1;
            known.1 += number;
        }
    }
    let mut shapes: Vec<_> = shapes.into_iter().collect();
    shapes.sort_by_key(|(shape, (documents, _, _))| (std::cmp::Reverse(*documents), *shape));
    let mut lines = vec![format!("{severity}s by the documents that have them (and how often):")];
    for (shape, (documents, number, example)) in shapes.into_iter().take(SHOWN) {
        lines.push(format!("{documents:>6} ({number:>7}) {shape}"));
        lines.push(format!("{:>17}as in {example}", ""));
    }
    lines
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}
