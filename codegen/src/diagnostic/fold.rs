//! Equal diagnostics in several places are shown once, with a count and the first locations.

use std::collections::HashMap;

use super::{Diagnostic, Severity, Style, files::Files, render::located};

/// The number of locations that are listed in addition to the first.
const MAX_PLACES: usize = 5;

/// A diagnostic, and equal diagnostics with other locations.
pub(super) struct Folded<'d> {
    first: &'d Diagnostic,
    others: Vec<&'d Diagnostic>,
}

/// Groups equal diagnostics with the first of them, and keeps the order.
pub(super) fn fold(diagnostics: &[Diagnostic]) -> Vec<Folded<'_>> {
    let mut folded: Vec<Folded<'_>> = Vec::with_capacity(diagnostics.len());
    let mut known: HashMap<Key, usize> = HashMap::new();
    for diagnostic in diagnostics {
        if !diagnostic.related.is_empty() {
            folded.push(Folded::of(diagnostic));
            continue;
        }
        let number = *known.entry(Key::of(diagnostic)).or_insert(folded.len());
        match folded.get_mut(number) {
            Some(first) => first.others.push(diagnostic),
            None => folded.push(Folded::of(diagnostic)),
        }
    }
    folded
}

/// What equal diagnostics share. Errors share every word. The sentences of warnings and notes may be about other names:
/// what they quote does not count, but for a help that proposes one of them.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    severity: Severity,
    code: super::Code,
    message: String,
    help: Option<String>,
}

impl Key {
    fn of(diagnostic: &Diagnostic) -> Self {
        let is_error = diagnostic.severity == Severity::Error;
        let text = |text: &str| if is_error { text.to_owned() } else { without_names(text) };
        Self {
            severity: diagnostic.severity,
            code: diagnostic.code,
            message: text(&diagnostic.message),
            help: diagnostic.help.clone(),
        }
    }
}

/// A sentence without what it quotes.
fn without_names(text: &str) -> String {
    let parts = text.split('`').enumerate();
    parts
        .map(|(number, part)| if number % 2 == 0 { part } else { "`" })
        .collect()
}

/// What a sentence quotes.
fn names(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

impl<'d> Folded<'d> {
    fn of(first: &'d Diagnostic) -> Self {
        Self {
            first,
            others: Vec::new(),
        }
    }

    pub(super) fn render_as(&self, style: Style, files: &Files) -> String {
        if self.others.is_empty() {
            return self.first.render_as(style, files);
        }
        self.first.render_with(style, files, &self.places(files))
    }

    /// The other places, one a line.
    fn places(&self, files: &Files) -> Vec<String> {
        let noun = if self.others.len() == 1 { "place" } else { "places" };
        let title = format!("the same in {} more {noun}:", self.others.len());
        let mut lines = vec![title];
        lines.extend(
            self.others
                .iter()
                .take(MAX_PLACES)
                .map(|other| self.place(other, files)),
        );
        match self.others.len().saturating_sub(MAX_PLACES) {
            0 => {}
            more => lines.push(format!("and {more} more (`--message-format json` lists all)")),
        }
        lines
    }

    /// One place, with the names that are others than those of the message shown.
    fn place(&self, other: &Diagnostic, files: &Files) -> String {
        let own = names(&self.first.message);
        let theirs = names(&other.message);
        let different: Vec<String> = theirs
            .iter()
            .enumerate()
            .filter(|(number, name)| own.get(*number) != Some(name))
            .map(|(_, name)| format!("`{name}`"))
            .collect();
        let place = match (other.place, other.pointer.as_str()) {
            (Some(place), "") => located(place, files),
            (Some(place), pointer) => format!("{} ({pointer})", located(place, files)),
            (None, pointer) => pointer.to_owned(),
        };
        if different.is_empty() {
            return place;
        }
        format!("{place}: {}", different.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostic, Diagnostics, FileId, Files, Place, SourceFile};

    fn at(line: u32) -> Place {
        Place {
            file: FileId::FIRST,
            line,
            column: 1,
        }
    }

    fn rendered(diagnostics: impl IntoIterator<Item = Diagnostic>) -> String {
        let files = Files::from(SourceFile::new("x.yaml", "a: 1\nb: 2\nc: 3\n"));
        diagnostics.into_iter().collect::<Diagnostics>().render(&files)
    }

    #[test]
    fn equal_ones_are_shown_once_with_their_places() {
        let warning = |line, name: &str| {
            let message = format!("`{name}` is left out: `json` is used");
            Diagnostic::warning(Code::Weakened, Some(at(line)), format!("/{name}"), message).help("nothing to do")
        };
        let text = rendered([warning(1, "yaml"), warning(2, "xml"), warning(3, "yaml")]);
        assert_eq!(
            text,
            "warning[weakened]: `yaml` is left out: `json` is used\n\
             \x20--> x.yaml:1:1 (/yaml)\n\
             \x20 |\n\
             1 | a: 1\n\
             \x20 | ^\n\
             \x20 |\n\
             \x20 = help: nothing to do\n\
             \x20 = note: the same in 2 more places:\n\
             \x20         x.yaml:2:1 (/xml): `xml`\n\
             \x20         x.yaml:3:1 (/yaml)\n"
        );
    }

    #[test]
    fn many_places_are_cut() {
        let warnings = (0..20).map(|_| Diagnostic::warning(Code::Weakened, Some(at(1)), "", "m"));
        let text = rendered(warnings);
        assert!(
            text.contains("the same in 19 more places:") && text.contains("and 14 more ("),
            "{text}"
        );
        assert_eq!(text.lines().count(), 13, "{text}");
    }

    /// Two misspelled names are two problems.
    #[test]
    fn errors_about_other_names_stay_apart() {
        let error =
            |line, message: &str| Diagnostic::error(Code::MissingKey, Some(at(line)), "", message).help("add it");
        let text = rendered([error(1, "no `a`"), error(2, "no `b`"), error(3, "no `a`")]);
        assert_eq!(text.matches("error[").count(), 2, "{text}");
        assert!(
            text.contains("the same in 1 more place:\n          x.yaml:3:1"),
            "{text}"
        );
    }

    #[test]
    fn what_is_proposed_is_never_folded_away() {
        let warning = |help: &str| Diagnostic::warning(Code::UnknownKey, Some(at(1)), "", "no key `x`").help(help);
        let text = rendered([warning("did you mean `a`?"), warning("did you mean `b`?")]);
        assert_eq!(text.matches("warning[").count(), 2, "{text}");
    }
}
