//! Diagnostics as text, in the layout of rustc's messages.

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use super::{
    Diagnostic, Files, Place, Severity,
    excerpt::{Excerpt, printable},
};

/// The style of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// Without colours, for files and pipes.
    #[default]
    Plain,
    /// With the colours of rustc's messages, for terminals.
    Coloured,
}

/// Excerpts are cut around what they point at before the renderer sees them: it need not cut them again.
const WIDTH: usize = 10_000;

impl Diagnostic {
    /// Returns the diagnostic as text, with an excerpt of the file for each location.
    ///
    /// Control characters and characters that hide or reorder text are escaped.
    #[must_use]
    pub fn render(&self, files: &Files) -> String {
        self.render_as(Style::Plain, files)
    }

    /// Returns the same as [`Diagnostic::render`], in a style.
    #[must_use]
    pub fn render_as(&self, style: Style, files: &Files) -> String {
        self.render_with(style, files, &[])
    }

    /// Returns the same as [`Diagnostic::render_as`], followed by a note of several lines.
    pub(super) fn render_with(&self, style: Style, files: &Files, note: &[String]) -> String {
        let renderer = match style {
            Style::Plain => Renderer::plain(),
            Style::Coloured => Renderer::styled(),
        };
        let lines = renderer.term_width(WIDTH).render(&[self.group(files, note)]);
        let mut text = String::with_capacity(lines.len().saturating_add(1));
        for line in lines.lines().filter(|line| !is_continuation(line)) {
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }

    fn group(&self, files: &Files, note: &[String]) -> Group<'static> {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level.primary_title(printable(&self.message)).id(self.code.as_str());
        let mut group = Group::with_title(title);
        let pointer = printable(&self.pointer);
        let place = match (self.place, pointer.as_str()) {
            (Some(place), "") => located(place, files),
            (Some(place), _) => format!("{} ({pointer})", located(place, files)),
            (None, _) => pointer,
        };
        if !place.is_empty() {
            group = group.element(Origin::path(place));
        }
        let primary = self
            .place
            .and_then(|place| snippet(place, files, AnnotationKind::Primary, None));
        group = group.elements(primary);
        for (place, message) in &self.related {
            let label = printable(message);
            group = match snippet(*place, files, AnnotationKind::Context, Some(&label)) {
                Some(snippet) => group.element(Origin::path(located(*place, files))).element(snippet),
                None => group.element(Level::NOTE.message(format!("{}: {label}", located(*place, files)))),
            };
        }
        group = group.elements(self.help.iter().map(|help| Level::HELP.message(printable(help))));
        if note.is_empty() {
            return group;
        }
        let lines: Vec<String> = note.iter().map(|line| printable(line)).collect();
        group.element(Level::NOTE.message(lines.join("\n")))
    }
}

/// The line of a location, with a mark below the value.
fn snippet(place: Place, files: &Files, kind: AnnotationKind, label: Option<&str>) -> Option<Element<'static>> {
    let Excerpt { text, marked } = Excerpt::of(place, files)?;
    let line = usize::try_from(place.line).ok()?;
    let annotation = kind.span(marked).label(label.map(str::to_owned));
    Some(Snippet::source(text).line_start(line).annotation(annotation).into())
}

/// Returns whether a line only shows that the excerpt continues elsewhere. The line above already shows the location with the
/// pointer.
fn is_continuation(line: &str) -> bool {
    let mut colours = line.split('\u{1b}');
    let start = colours.next().unwrap_or_default();
    let rest = colours.filter_map(|part| part.split_once('m').map(|(_, text)| text));
    std::iter::once(start).chain(rest).collect::<String>().trim() == ":::"
}

pub(super) fn located(place: Place, files: &Files) -> String {
    let name = files
        .get(place.file)
        .map(|file| printable(file.name()))
        .unwrap_or_default();
    format!("{name}:{}:{}", place.line, place.column)
}

#[cfg(test)]
mod tests {
    use super::{
        super::{Code, Diagnostic, FileId, Files, Place, SourceFile},
        Style,
    };

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
            "the key `type` appears twice in this object",
        )
        .related(at(9, 5), "the first one is here")
        .help("remove one of the two");
        assert_eq!(
            diagnostic.render(&files(&text)),
            "error[duplicate-key]: the key `type` appears twice in this object\n\
            \x20 --> spec/x.yaml:10:3 (/components/schemas/A/type)\n\
            \x20  |\n\
            10 |   type: object\n\
            \x20  |   ^^^^\n\
            \x20 ::: spec/x.yaml:9:5\n\
            \x20  |\n\
            \x209 |     type: string\n\
            \x20  |     ---- the first one is here\n\
            \x20  |\n\
            \x20  = help: remove one of the two\n"
        );
    }

    #[test]
    fn without_a_place_the_pointer_is_enough() {
        let diagnostic = Diagnostic::warning(Code::WrongKind, None, "/info", "no object");
        assert_eq!(
            diagnostic.render(&Files::new()),
            "warning[wrong-kind]: no object\n--> /info\n"
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
            8
        );
    }

    #[test]
    fn colours_are_asked_for() {
        let diagnostic = Diagnostic::error(Code::YamlSyntax, Some(at(1, 1)), "/a", "m").help("h");
        let files = files("a: b\n");
        let coloured = diagnostic.render_as(Style::Coloured, &files);
        assert!(!diagnostic.render(&files).contains('\u{1b}'));
        assert!(
            coloured.contains("\u{1b}[1m\u{1b}[91merror[yaml-syntax]"),
            "{coloured:?}"
        );
        assert!(!coloured.contains(":::"), "{coloured:?}");
    }

    #[test]
    fn other_files_and_wide_letters_are_pointed_at() {
        let mut files = files("a: b\r\nc: {$ref: '漢字.yaml#/x'}\r\n");
        let other = files
            .add(SourceFile::new("漢字.yaml", "\u{202e}x: 1\n"))
            .unwrap_or_default();
        let place = Place {
            file: other,
            ..at(1, 2)
        };
        let diagnostic =
            Diagnostic::error(Code::WrongKind, Some(at(2, 11)), "/c/$ref", "no object").related(place, "it");
        assert_eq!(
            diagnostic.render(&files),
            "error[wrong-kind]: no object\n\
             \x20--> spec/x.yaml:2:11 (/c/$ref)\n\
             \x20 |\n\
             2 | c: {$ref: '漢字.yaml#/x'}\n\
             \x20 |           ^^^^^^^^^^^^^^\n\
             \x20::: 漢字.yaml:1:2\n\
             \x20 |\n\
             1 | \\u{202e}x: 1\n\
             \x20 |         - it\n"
        );
    }

    #[test]
    fn marks_are_as_long_as_what_they_mean() {
        for (line, column, mark) in [
            ("a: some words # why", 4, "^^^^^^^^^^"),
            ("a: https://x.example/y", 4, "^^^^^^^^^^^^^^^^^^^"),
            ("a b: c", 1, "^^^"),
            ("{a: [b, c]}", 6, "^"),
            ("a: |", 4, "^"),
            ("a:", 3, "^"),
            ("\t\ta: 1", 1, "^^^^^^^^"),
        ] {
            let text = Diagnostic::error(Code::YamlSyntax, Some(at(1, column)), "", "").render(&files(line));
            let shown = text.lines().last().map(|line| line.trim_matches([' ', '|']));
            assert_eq!(shown, Some(mark), "{text}");
        }
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
        let long = format!("{}needle {}", "x, ".repeat(5_000), ", y".repeat(5_000));
        let diagnostic = Diagnostic::error(Code::JsonSyntax, Some(at(1, 15_001)), "", "");
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
