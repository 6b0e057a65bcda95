//! The report for people: tables, followed by the diagnostics.

use std::fmt::Write as _;

use super::{Effect, Finding, Keyword, Report, Use, paging};
use crate::{
    diagnostic::{Files, Place, printable},
    ir::Repeats,
};

/// The number of locations that are listed for each keyword. The JSON form lists all.
const MOST_PLACES: usize = 10;

impl Report {
    /// The report as text.
    #[must_use]
    pub fn to_text(&self, files: &Files) -> String {
        let mut text = self.summary();
        self.repeats(&mut text);
        self.unused(&mut text);
        for (path, lines) in &self.long_files {
            push(&mut text, format_args!("{path} has {lines} lines\n"));
        }
        self.table(&mut text);
        paging::section(&self.paging, &mut text);
        for (keyword, used) in &self.keywords {
            findings(
                &mut text,
                &format!("{}: {}", keyword.part, keyword.name),
                &used.findings,
                files,
            );
            unread(&mut text, keyword, used, files);
        }
        findings(&mut text, "the document as a whole", &self.elsewhere, files);
        self.rewritten(&mut text, files);
        text
    }

    fn summary(&self) -> String {
        let keywords: usize = Effect::ALL.into_iter().map(|effect| self.count(effect)).sum();
        let mut text = format!("{}: {keywords} keywords", self.document);
        for effect in Effect::ALL {
            push(&mut text, format_args!(", {} {}", self.count(effect), effect.as_str()));
        }
        let Some(client) = &self.client else {
            return text + "\na client cannot be generated from this document\n";
        };
        let typed = client.coverage.typed_share() * 100.0;
        push(
            &mut text,
            format_args!(
                "\n{} operations, {} types; {typed:.2} % of {} schemas are typed, {} are any JSON\n",
                client.operations, client.types, client.coverage.schemas, client.coverage.untyped
            ),
        );
        text
    }

    fn repeats(&self, text: &mut String) {
        let Some(Repeats { inline, repeated }) = self.client.map(|client| client.repeats) else {
            return;
        };
        if repeated > 0 {
            push(
                text,
                format_args!(
                    "{repeated} of {inline} inline types repeat another type; `inline_types: shared` in the configuration makes them \
                     other names of it\n"
                ),
            );
        }
    }

    fn unused(&self, text: &mut String) {
        if self.unused.is_empty() {
            return;
        }
        let shown = self.unused.iter().take(MOST_PLACES).map(|name| printable(name));
        let shown = shown.collect::<Vec<_>>().join(", ");
        let more = match self.unused.len().saturating_sub(MOST_PLACES) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        push(text, format_args!("no operation uses {shown}{more}\n"));
    }

    fn table(&self, text: &mut String) {
        let lengths = self
            .keywords
            .keys()
            .map(|keyword| keyword.name.chars().count().max(keyword.part.len()));
        let width = lengths.max().unwrap_or_default().min(40);
        let mut part = "";
        for (keyword, used) in &self.keywords {
            if keyword.part != part {
                part = keyword.part;
                push(text, format_args!("\n{part:width$}  "));
                for effect in Effect::ALL {
                    push(text, format_args!("{:>15}", effect.as_str()));
                }
                text.push('\n');
            }
            push(text, format_args!("  {:width$}", printable(&keyword.name)));
            for effect in Effect::ALL {
                push(text, format_args!("{:>15}", used.count(effect)));
            }
            text.push('\n');
        }
    }

    fn rewritten(&self, text: &mut String, files: &Files) {
        if self.changes.is_empty() {
            return;
        }
        text.push_str("\nrewritten without loss\n");
        for ((keyword, became), places) in &self.changes {
            let first = places
                .first()
                .map(|place| shown(Some(*place), files))
                .unwrap_or_default();
            push(
                text,
                format_args!("  {keyword} -> {became}: {} times, first at {first}\n", places.len()),
            );
        }
    }
}

fn findings(text: &mut String, title: &str, findings: &[Finding], files: &Files) {
    if findings.is_empty() {
        return;
    }
    push(text, format_args!("\n{}\n", printable(title)));
    for Finding { effect, diagnostic } in findings.iter().take(MOST_PLACES) {
        push(
            text,
            format_args!(
                "  {} at {} ({}): {}\n",
                effect.as_str(),
                shown(diagnostic.place, files),
                printable(&diagnostic.pointer),
                printable(&diagnostic.message)
            ),
        );
    }
    more(text, findings.len());
}

/// Lists where no stage has read a keyword.
fn unread(text: &mut String, keyword: &Keyword, used: &Use, files: &Files) {
    if used.unread.is_empty() {
        return;
    }
    if used.findings.is_empty() {
        push(text, format_args!("\n{}: {}\n", keyword.part, printable(&keyword.name)));
    }
    for unread in used.unread.iter().take(MOST_PLACES) {
        push(
            text,
            format_args!(
                "  {} at {} ({}): the generator does not read this keyword here\n",
                Effect::NotSupported.as_str(),
                shown(Some(unread.place), files),
                printable(&unread.pointer)
            ),
        );
    }
    more(text, used.unread.len());
}

/// Counts the entries that are not listed.
fn more(text: &mut String, length: usize) {
    if let Some(more) = length.checked_sub(MOST_PLACES).filter(|more| *more > 0) {
        push(text, format_args!("  and {more} more (`--format json` lists all)\n"));
    }
}

fn shown(place: Option<Place>, files: &Files) -> String {
    let Some((place, file)) = place.and_then(|place| Some((place, files.get(place.file)?))) else {
        return "no location".to_owned();
    };
    format!("{}:{}:{}", printable(file.name()), place.line, place.column)
}

/// Writing to a string cannot fail.
fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(arguments);
}
