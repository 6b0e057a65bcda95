//! The errors of files that are not valid YAML or do not contain an object.

use saphyr_parser::{Marker, ScalarStyle, ScanError};

use super::Reader;
use crate::{
    diagnostic::{Code, Place},
    read::{
        builder::Stop,
        encoding::{clamp, end_of},
        scalar::{Plain, resolve},
    },
};

impl Reader<'_, '_, '_> {
    /// The error of the parser, in words that help.
    pub(super) fn syntax_error(&mut self, error: &ScanError) -> Stop {
        let place = self.place_in_text(*error.marker());
        match error.info() {
            // The parser looks ahead for the tokens of nested flow style, and counts their levels in eight bits.
            "recursion limit exceeded" => return self.builder.too_deep(place),
            "while parsing node, found unknown anchor" => {
                let name = self.alias_name(*error.marker());
                let message = format!("alias `*{name}` has no anchor before it");
                let help = format!(
                    "write `&{name}` before the value that the alias refers to; quote a string that starts \
                        with `*`"
                );
                return self.builder.fatal(Code::UndefinedAlias, place, &message, &help);
            }
            _ => {}
        }
        if let Some(tab) = self.tab_near(place, error.info()) {
            let message = format!("line {} is indented with a tab", tab.line);
            return self
                .builder
                .fatal(Code::TabIndentation, tab, &message, "indent YAML with spaces only");
        }
        let place = match error.info() {
            // The parser notices at the next token, which may be many lines later.
            "simple key expect ':'" | "simple key expected" => self.last_text_before(place),
            _ => place,
        };
        let message = format!("the file is not valid YAML: {}", in_plain_words(error.info()));
        let help = if self.has_reference_in_comment(place) {
            "quote the reference, as in `$ref: '#/components/schemas/Pet'`: an unquoted `#` starts a comment"
        } else {
            advice(error.info())
        };
        self.builder.fatal(Code::YamlSyntax, place, &message, help)
    }

    /// The error of a document that is a single scalar.
    pub(super) fn scalar_root(&mut self, text: &str, style: ScalarStyle, place: Place) -> Stop {
        if style == ScalarStyle::Plain && text.is_empty() {
            return self.empty(place);
        }
        let kind = match resolve(text) {
            _ if style != ScalarStyle::Plain => "a string",
            Plain::Text => "a string",
            Plain::Null => "null",
            Plain::Bool(_) => "a boolean",
            Plain::Number | Plain::NotFinite => "a number",
        };
        let message = format!("the document is {kind}, but must be an object");
        let help = "check that this is the correct file";
        self.builder.fatal(Code::ScalarRoot, place, &message, help)
    }

    pub(super) fn empty(&mut self, place: Place) -> Stop {
        let help = "check that this is the correct file: it is empty or contains only comments";
        self.builder
            .fatal(Code::EmptyDocument, place, "the document is empty", help)
    }

    /// The name after the `*` at a marker.
    pub(super) fn alias_name(&self, marker: Marker) -> String {
        let rest = self.line(marker.line()).chars().skip(marker.col().saturating_add(1));
        rest.take_while(|c| !c.is_whitespace() && !",[]{}".contains(*c))
            .take(80)
            .collect()
    }

    /// Finds the tab in the indentation of a line with an error, or of a line near it: the parser may notice it late, or
    /// report the start of the string around it.
    fn tab_near(&self, place: Place, info: &str) -> Option<Place> {
        const LINES_OF_A_TEXT: usize = 20;
        let line = usize::try_from(place.line).ok()?;
        let after = if info.contains("tab") { LINES_OF_A_TEXT } else { 0 };
        let lines = [line, line.saturating_sub(1)]
            .into_iter()
            .chain((line..).skip(1).take(after));
        lines.filter(|line| *line > 0).find_map(|line| {
            let text = self.line(line);
            let content = text.trim_start_matches([' ', '\t']);
            let tab = text.get(..text.len().saturating_sub(content.len()))?.find('\t')?;
            let place = Place {
                file: place.file,
                line: clamp(line),
                column: clamp(tab.saturating_add(1)),
            };
            (!content.is_empty()).then_some(place)
        })
    }

    /// The start of the last line with text before a place.
    fn last_text_before(&self, place: Place) -> Place {
        let line = usize::try_from(place.line).unwrap_or_default();
        let texts = self.lines().take(line.saturating_sub(1)).enumerate();
        let last = texts
            .filter(|(_, text)| !text.trim_start().is_empty() && !text.trim_start().starts_with('#'))
            .last();
        let Some((index, text)) = last else { return place };
        let indentation = text.len().saturating_sub(text.trim_start().len());
        Place {
            line: clamp(index.saturating_add(1)),
            column: clamp(indentation.saturating_add(1)),
            ..place
        }
    }

    /// The place of a marker; the parser puts the end of a file on a line of its own, where there may be none.
    pub(super) fn place_in_text(&self, marker: Marker) -> Place {
        let end = self.end.get_or_init(|| end_of(self.text, self.builder.file));
        self.place(marker).min(*end)
    }

    fn line(&self, number: usize) -> &str {
        self.lines().nth(number.saturating_sub(1)).unwrap_or_default()
    }

    /// The lines as YAML ends them: with LF, CR or both.
    fn lines(&self) -> impl Iterator<Item = &str> {
        let mut rest = Some(self.text);
        std::iter::from_fn(move || {
            let text = rest?;
            let end = text.find(['\n', '\r']).unwrap_or(text.len());
            let (line, after) = text.split_at(end);
            rest = after.strip_prefix("\r\n").or_else(|| after.get(1..));
            Some(line)
        })
    }

    /// Whether an error is because of `$ref: #/...` in braces: the comment hides the brace that closes them.
    fn has_reference_in_comment(&self, place: Place) -> bool {
        let line = usize::try_from(place.line).unwrap_or_default();
        let near = self.lines().take(line).skip(line.saturating_sub(2));
        near.into_iter().any(|text| text.contains("$ref: #"))
    }
}

/// The parser's message without what only its authors need.
fn in_plain_words(info: &str) -> &str {
    let info = info
        .strip_prefix("while ")
        .and_then(|rest| rest.split_once(", "))
        .map_or(info, |(_, rest)| rest);
    match info {
        "mapping values are not allowed in this context" => "a key is not allowed here",
        "simple key expect ':'" | "simple key expected" => "expected `:` after a key",
        "did not find expected key" => "expected a key with the indentation of the keys above",
        "':' must be followed by a valid YAML whitespace" => "there is a tab after the colon",
        "did not find expected <document start>" => "the file continues after the end of the document",
        other => other,
    }
}

fn advice(info: &str) -> &'static str {
    match info {
        "mapping values are not allowed in this context" => {
            "quote a string that contains `: `, or check the indentation"
        }
        "':' must be followed by a valid YAML whitespace" => "write a space instead",
        "misplaced bracket" => "quote a string that contains brackets, or remove the bracket",
        _ if info.contains("end of stream") || info.contains("eof") => "close the quote or the bracket",
        _ if info.contains("flow") || info.contains("','") => {
            "add the bracket or comma that is missing before this \
            place"
        }
        _ => "check the indentation and the quotes on this line and on the line before it",
    }
}
