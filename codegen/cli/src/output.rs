//! What is printed. A reader that has gone away, as in `specwright check | head`, is not an error.

use std::io::IsTerminal as _;

use codegen::{
    acts_on_display,
    diagnostic::{Diagnostics, Files, Severity, Style},
};

/// Prints to standard output.
pub fn print(text: &str) {
    write(std::io::stdout().lock(), text);
}

/// Prints to standard error.
pub fn report(text: &str) {
    write(std::io::stderr().lock(), text);
}

fn write(mut stream: impl std::io::Write, text: &str) {
    if cfg!(test) {
        // Tests are captured at the macro only.
        print!("{text}");
    } else {
        let _ = stream.write_all(text.as_bytes());
    }
}

/// What diagnostics are written for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MessageFormat {
    /// People: on standard error.
    #[default]
    Human,
    /// Programs: one JSON object a line on standard output, and nothing else there.
    Json,
    /// Code hosts and editors: one SARIF 2.1.0 log on standard output, and nothing else there.
    Sarif,
}

/// Whether diagnostics have colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// On a terminal that shows them, unless `NO_COLOR` is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// What is printed about a document, and for what reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    /// How diagnostics are written.
    pub format: MessageFormat,
    /// Whether people see notes, and not only their number.
    pub notes: bool,
    /// Whether diagnostics have colours.
    pub color: Color,
    /// Whether only diagnostics and failures are printed.
    pub quiet: bool,
}

impl Messages {
    /// Prints the diagnostics of a document.
    pub fn diagnostics(self, diagnostics: &Diagnostics, sources: &Files) {
        match self.format {
            MessageFormat::Human => {
                let shown = if self.notes {
                    diagnostics.clone()
                } else {
                    diagnostics.without_notes()
                };
                if !shown.is_empty() {
                    report(&format!("{}\n", shown.render_as(style(self.color), sources)));
                }
            }
            MessageFormat::Json => print(&diagnostics.to_json_lines(sources)),
            MessageFormat::Sarif => print(&diagnostics.to_sarif(sources)),
        }
    }

    /// Prints the same where standard output is for something else.
    pub fn diagnostics_beside_output(self, diagnostics: &Diagnostics, sources: &Files) {
        match self.format {
            MessageFormat::Human => self.diagnostics(diagnostics, sources),
            MessageFormat::Json => report(&diagnostics.to_json_lines(sources)),
            MessageFormat::Sarif => report(&diagnostics.to_sarif(sources)),
        }
    }

    /// Prints what came of a command, for people.
    pub fn summary(self, text: &str) {
        match self.format {
            _ if self.quiet => {}
            MessageFormat::Human => print(text),
            MessageFormat::Json | MessageFormat::Sarif => report(text),
        }
    }

    /// Prints something that people may want to know, to standard error.
    pub fn note(self, text: &str) {
        if !self.quiet {
            report(&format!("note: {text}\n"));
        }
    }

    /// Prints a step to standard error, if a terminal shows it.
    pub fn progress(self, text: &str) {
        if !self.quiet {
            progress(text);
        }
    }

    /// How many diagnostics there are, by severity and code, and how notes are shown.
    #[must_use]
    pub fn tally(self, diagnostics: &Diagnostics) -> String {
        let tally = diagnostics.tally();
        let hides_notes = self.format == MessageFormat::Human && !self.notes && tally.count(Severity::Note) > 0;
        let hint = if hides_notes { "; `--notes` shows the notes" } else { "" };
        format!("{tally}{hint}")
    }
}

/// How diagnostics are shown: in colours where a terminal reads them, unless `NO_COLOR` says otherwise.
fn style(color: Color) -> Style {
    match color {
        Color::Always => return Style::Coloured,
        Color::Never => return Style::Plain,
        Color::Auto => {}
    }
    let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_some_and(|kind| kind == "dumb");
    if std::io::stderr().is_terminal() && !is_set("NO_COLOR") && !is_dumb {
        Style::Coloured
    } else {
        Style::Plain
    }
}

/// Prints a step to standard error, if that is a terminal.
pub fn progress(text: &str) {
    if std::io::stderr().is_terminal() {
        report(&format!("{text}\n"));
    }
}

/// Returns the string with escaped control characters and characters that reorder text.
#[must_use]
pub fn printable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\t' && acts_on_display(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    out
}

/// `1 file`, `2 files`.
#[must_use]
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 {
        format!("1 {noun}")
    } else {
        format!("{number} {noun}s")
    }
}

#[cfg(test)]
mod tests {
    use super::{count, printable};

    #[test]
    fn nothing_reaches_the_terminal_but_text() {
        assert_eq!(printable("a\u{1b}[31m\u{202e}b\tä"), "a\\u{1b}[31m\\u{202e}b\tä");
    }

    #[test]
    fn nouns_are_counted() {
        assert_eq!(
            (count(0, "error"), count(1, "error"), count(2, "error")),
            ("0 errors".into(), "1 error".into(), "2 errors".into())
        );
    }
}
