//! Diagnostics as plain text.

use std::fmt::Write as _;

use super::{Diagnostic, Files, Place};

/// Lines of more characters are cut around the caret.
const WIDEST_LINE: usize = 120;
/// What stays of a cut line before the caret.
const BEFORE_CARET: usize = 50;
/// Messages, pointers and names beyond this many characters are cut: a document may hold a key of a megabyte.
const LONGEST_TEXT: usize = 1_000;

impl Diagnostic {
    /// The diagnostic as text of several lines, with an excerpt of the file where it has a place.
    ///
    /// Control characters and marks that hide or reorder text are shown escaped, wherever they come from.
    #[must_use]
    pub fn render(&self, files: &Files) -> String {
        let mut out = format!("{}[{}]: {}\n", self.severity, self.code, printable(&self.message));
        let number = self.place.map(|place| place.line.to_string()).unwrap_or_default();
        let margin = " ".repeat(number.len().max(1));
        let pointer = printable(&self.pointer);
        match self.place {
            Some(place) if pointer.is_empty() => line(&mut out, &format!("{margin}--> {}", located(place, files))),
            Some(place) => line(&mut out, &format!("{margin}--> {} ({pointer})", located(place, files))),
            None if pointer.is_empty() => {}
            None => line(&mut out, &format!("{margin}--> {pointer}")),
        }
        if let Some(excerpt) = self.place.and_then(|place| Excerpt::of(place, files)) {
            let Excerpt { text, indent, caret } = excerpt;
            line(&mut out, &format!("{margin} |"));
            line(&mut out, &format!("{number} | {text}"));
            line(
                &mut out,
                &format!("{margin} | {}{}", " ".repeat(indent), "^".repeat(caret)),
            );
        }
        for (place, message) in &self.related {
            line(
                &mut out,
                &format!("{margin} = note: {}: {}", located(*place, files), printable(message)),
            );
        }
        if let Some(help) = &self.help {
            line(&mut out, &format!("{margin} = help: {}", printable(help)));
        }
        out
    }
}

fn line(out: &mut String, text: &str) {
    out.push_str(text.trim_end());
    out.push('\n');
}

fn located(place: Place, files: &Files) -> String {
    let name = files
        .get(place.file)
        .map(|file| printable(file.name()))
        .unwrap_or_default();
    format!("{name}:{}:{}", place.line, place.column)
}

/// One line of the document, ready to print, and where the caret goes below it (in characters).
struct Excerpt {
    text: String,
    indent: usize,
    caret: usize,
}

impl Excerpt {
    fn of(place: Place, files: &Files) -> Option<Self> {
        let text = files.get(place.file)?.line(place.line)?;
        let column = usize::try_from(place.column).ok()?.saturating_sub(1);
        let is_wide = text.chars().nth(WIDEST_LINE).is_some();
        let start = if is_wide {
            column.saturating_sub(BEFORE_CARET)
        } else {
            0
        };
        let mut rest = text.chars().skip(start);
        let window: Vec<char> = rest.by_ref().take(WIDEST_LINE).collect();
        let mut excerpt = Self {
            text: String::new(),
            indent: 0,
            caret: 0,
        };
        if start > 0 {
            excerpt.text.push('…');
        }
        let before = window.len().min(column.saturating_sub(start));
        let (before, after) = window.split_at_checked(before)?;
        push_printable(&mut excerpt.text, before);
        excerpt.indent = excerpt.text.chars().count();
        let (marked, after) = after.split_at_checked(token_length(after))?;
        push_printable(&mut excerpt.text, marked);
        excerpt.caret = excerpt.text.chars().count().saturating_sub(excerpt.indent).max(1);
        push_printable(&mut excerpt.text, after);
        if rest.next().is_some() {
            excerpt.text.push('…');
        }
        Some(excerpt)
    }
}

/// How many characters the caret underlines: a quoted text, or what stands up to the next blank or delimiter.
fn token_length(text: &[char]) -> usize {
    if let [quote @ ('"' | '\''), rest @ ..] = text {
        return rest
            .iter()
            .position(|character| character == quote)
            .map_or(1, |end| end.saturating_add(2));
    }
    let end = text
        .iter()
        .position(|character| character.is_whitespace() || ":,[]{}\"'".contains(*character));
    end.unwrap_or(text.len())
}

/// The text without anything that a terminal acts upon, and not longer than anybody reads.
fn printable(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text.chars();
    let shown: Vec<char> = rest.by_ref().take(LONGEST_TEXT).collect();
    push_printable(&mut out, &shown);
    if rest.next().is_some() {
        out.push('…');
    }
    out
}

fn push_printable(out: &mut String, text: &[char]) {
    for &character in text {
        if character == '\t' {
            out.push_str("    ");
        } else if acts_on_display(character) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        } else {
            out.push(character);
        }
    }
}

/// Control characters, and the invisible ones that reorder or hide what stands around them.
fn acts_on_display(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostic, FileId, Files, Place, SourceFile};

    fn at(line: u32, column: u32) -> Place {
        Place {
            file: FileId::FIRST,
            line,
            column,
        }
    }

    fn files(text: &str) -> Files {
        Files::from(SourceFile::new("spec/x.yaml", text))
    }

    #[test]
    fn shows_the_place_the_line_and_the_help() {
        let text = format!("{}    type: string\n  type: object\n", "\n".repeat(8));
        let diagnostic = Diagnostic::error(
            Code::DuplicateKey,
            Some(at(10, 3)),
            "/components/schemas/A/type",
            "the key `type` stands twice in this object",
        )
        .related(at(9, 5), "the first stands here")
        .help("remove one of the two");
        assert_eq!(
            diagnostic.render(&files(&text)),
            "error[duplicate-key]: the key `type` stands twice in this object\n\
            \x20 --> spec/x.yaml:10:3 (/components/schemas/A/type)\n\
            \x20  |\n\
            10 |   type: object\n\
            \x20  |   ^^^^\n\
            \x20  = note: spec/x.yaml:9:5: the first stands here\n\
            \x20  = help: remove one of the two\n"
        );
    }

    #[test]
    fn without_a_place_the_pointer_is_enough() {
        let diagnostic = Diagnostic::warning(Code::WrongKind, None, "/info", "no object");
        assert_eq!(
            diagnostic.render(&Files::new()),
            "warning[wrong-kind]: no object\n --> /info\n"
        );
    }

    #[test]
    fn a_terminal_has_nothing_to_act_upon() {
        let hostile = "a\u{1b}[31m\u{202e}\u{7}\u{2028}\u{feff}\u{9b}z";
        let diagnostic = Diagnostic::error(Code::YamlSyntax, Some(at(1, 1)), hostile, hostile)
            .help(hostile)
            .related(at(1, 1), hostile);
        let text = diagnostic.render(&Files::from(SourceFile::new(hostile, format!("{hostile}: b\n"))));
        assert!(
            text.chars()
                .all(|c| c == '\n' || (!c.is_control() && c != '\u{202e}' && c != '\u{2028}'))
        );
        assert_eq!(
            text.matches("a\\u{1b}[31m\\u{202e}\\u{7}\\u{2028}\\u{feff}\\u{9b}z")
                .count(),
            7
        );
    }

    #[test]
    fn carets_stand_below_what_they_mean_after_tabs_and_escapes() {
        let diagnostic = Diagnostic::error(Code::YamlSyntax, Some(at(1, 5)), "", "");
        let text = diagnostic.render(&files("\té\u{7} \"key\": 1"));
        assert!(
            text.contains("1 |     é\\u{7} \"key\": 1\n  |            ^^^^^\n"),
            "{text}"
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_caret() {
        let long = format!("{}needle {}", "x ".repeat(5_000), "y ".repeat(5_000));
        let diagnostic = Diagnostic::error(Code::JsonSyntax, Some(at(1, 10_001)), "", "");
        let text = diagnostic.render(&files(&long));
        assert!(text.lines().all(|line| line.chars().count() < 140), "{text}");
        let marked = text.lines().nth(3).and_then(|line| line.chars().position(|c| c == 'n'));
        assert_eq!(
            marked,
            text.lines().nth(4).and_then(|line| line.chars().position(|c| c == '^'))
        );
        assert!(text.contains(" ^^^^^^\n") && text.contains('…'), "{text}");
    }

    #[test]
    fn places_outside_of_the_text_do_no_harm() {
        for place in [at(0, 0), at(1, 99), at(7, 1), at(u32::MAX, u32::MAX)] {
            let diagnostic = Diagnostic::error(Code::YamlSyntax, Some(place), "", "m");
            assert!(
                diagnostic
                    .render(&files("a: b\n"))
                    .starts_with("error[yaml-syntax]: m\n")
            );
        }
    }
}
