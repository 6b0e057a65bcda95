//! Descriptions as documentation: Markdown that can neither run, nor warn, nor hide anything.
//!
//! A description becomes `#[doc]` attributes, one for each line. Code blocks lose their language, because rustdoc would run
//! Rust ones. Indented blocks are broken up, brackets and angle brackets that are not a link are escaped, bare addresses
//! become links, and invisible characters are spelled out.

use proc_macro2::TokenStream;
use quote::quote;

pub(super) use super::spans::code;
use super::{html, spans::spell_out_invisible};
use crate::invisible::acts_on_display;

/// Columns of a line of documentation, the comment's own sign not counted.
const WIDTH: usize = 100;

/// The beginning of a line of a quote.
const QUOTE: &str = "> ";

/// Where Markdown may have a line break between parts of a word: before the target of a link. Text has no line breaks here.
const JOINT: char = '\n';

/// Returns the attributes of a description; nothing for an empty one.
pub(super) fn attributes(text: &str) -> TokenStream {
    let lines = lines(text);
    let lines = lines.iter().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// Paragraphs with a blank line between them; empty ones vanish.
pub(super) fn paragraphs<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    let parts: Vec<&str> = parts
        .into_iter()
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    parts.join("\n\n")
}

/// Whether a macro can put a string between backticks unchanged.
pub(super) fn is_plain(text: &str) -> bool {
    let is_plain = |c: char| c != '`' && !c.is_control() && !acts_on_display(c);
    !text.trim().is_empty() && text.chars().all(is_plain)
}

/// A text that a macro puts between backticks: what it cannot hold is replaced or spelled out.
pub(super) fn shown(text: &str) -> String {
    spell_out_invisible(text).replace('`', "'")
}

/// A text in one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as the lines of a documentation comment.
pub(super) fn lines(text: &str) -> Vec<String> {
    let mut writer = Writer::default();
    for line in html::markdown(text).trim().split(['\n', '\r']) {
        writer.line(line.trim_end());
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    lines: Vec<String>,
    /// The words of the paragraph that is being filled.
    paragraph: String,
    /// How far the lines after the first are set in: below a list's item.
    indent: usize,
    in_code: bool,
}

impl Writer {
    fn line(&mut self, line: &str) {
        let visible = spell_out_invisible(line);
        let trimmed = visible.trim_start();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            self.end_paragraph();
            self.lines.push(if self.in_code { "```" } else { "```text" }.to_owned());
            self.in_code = !self.in_code;
        } else if self.in_code {
            self.lines.push(visible.replace("```", "'''"));
        } else if trimmed.is_empty() {
            self.end_paragraph();
            if self.lines.last().is_some_and(|last| !last.is_empty()) {
                self.lines.push(String::new());
            }
        } else {
            self.words(trimmed);
        }
    }

    fn words(&mut self, line: &str) {
        let marker = marker(line);
        if marker > 0 || line.starts_with(['#', '|', '>']) {
            self.end_paragraph();
        }
        if self.paragraph.is_empty() {
            self.indent = marker;
        } else {
            self.paragraph.push(' ');
        }
        self.paragraph.push_str(line);
        if line.starts_with(['#', '|', '>']) {
            // Headings, tables and quotes keep their lines, except for long ones of a quote.
            let line = escape(&std::mem::take(&mut self.paragraph));
            match line.strip_prefix(QUOTE) {
                Some(text) if line.chars().count() > WIDTH && is_prose(text) => self.fill(text, QUOTE, QUOTE),
                _ => self.lines.push(line.replace(JOINT, "")),
            }
        }
    }

    fn end_paragraph(&mut self) {
        let paragraph = escape(&std::mem::take(&mut self.paragraph));
        self.fill(&paragraph, "", &" ".repeat(self.indent));
    }

    /// Adds text in lines of at most the width, each with what it begins with.
    fn fill(&mut self, text: &str, first: &str, next: &str) {
        let mut line = first.to_owned();
        let mut is_empty = true;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            let whole = word.replace(JOINT, "");
            // What is too long for a line is broken where its joints are.
            let is_whole = next.chars().count() + whole.chars().count() <= WIDTH;
            let mut parts = if is_whole { &whole } else { word }.split(JOINT);
            if let Some(part) = parts.next() {
                if is_empty {
                    line.push_str(part);
                } else if line.chars().count() + 1 + part.chars().count() > WIDTH {
                    self.lines.push(std::mem::replace(&mut line, next.to_owned()));
                    line.push_str(&at_the_start(part));
                } else {
                    line.extend([" ", part]);
                }
                is_empty = false;
            }
            for part in parts {
                self.lines.push(std::mem::replace(&mut line, next.to_owned()));
                line.push_str(part);
            }
        }
        if !is_empty {
            self.lines.push(line);
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_paragraph();
        if self.in_code {
            self.lines.push("```".to_owned());
        }
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        self.lines
    }
}

/// Whether a line begins neither a list, a quote, a heading, a table nor a code block.
fn is_prose(line: &str) -> bool {
    marker(line) == 0 && !line.starts_with([' ', '>', '#', '|', '`', '~'])
}

/// A word that wrapping has put at the start of a line, where it must not begin a list or a heading. In front of a digit a
/// backslash would be shown: it belongs in front of the sign after the number.
fn at_the_start(word: &str) -> String {
    if marker(&format!("{word} x")) == 0 && !word.starts_with('#') {
        return word.to_owned();
    }
    let digits = word.chars().take_while(char::is_ascii_digit).count();
    let (number, sign) = word.split_at(digits);
    format!("{number}\\{sign}")
}

/// The width of a list item's marker with the space behind it, or 0.
fn marker(line: &str) -> usize {
    if line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ") {
        return 2;
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = line.get(digits..).unwrap_or_default();
    if (1..=3).contains(&digits) && (rest.starts_with(". ") || rest.starts_with(") ")) {
        digits + 2
    } else {
        0
    }
}

/// Escapes what Markdown or rustdoc would take for something that it is not.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(span) = code_span(rest) {
            escaped.push_str(span);
            rest = &rest[span.len()..];
            continue;
        }
        if let Some((text, target)) = link(rest) {
            escaped.push_str(text);
            escaped.push(JOINT);
            escaped.push_str(target);
            rest = &rest[text.len() + target.len()..];
            continue;
        }
        if let Some(address) = address(rest) {
            escaped.push('<');
            escaped.push_str(address);
            escaped.push('>');
            rest = &rest[address.len()..];
            continue;
        }
        if let Some(autolink) = autolink(rest) {
            escaped.push_str(autolink);
            rest = &rest[autolink.len()..];
            continue;
        }
        if matches!(first, '[' | ']' | '<' | '`') && !escaped.ends_with('\\') {
            escaped.push('\\');
        }
        escaped.push(first);
        rest = &rest[first.len_utf8()..];
    }
    escaped
}

/// `` `code` `` at the start, where it is closed.
fn code_span(text: &str) -> Option<&str> {
    let ticks = text.len() - text.trim_start_matches('`').len();
    if ticks == 0 {
        return None;
    }
    let fence = &text[..ticks];
    let mut from = ticks;
    while let Some(found) = text[from..].find(fence) {
        let end = from + found + ticks;
        if !text[end..].starts_with('`') && !text[..end - ticks].ends_with('`') {
            return Some(&text[..end]);
        }
        from = end;
    }
    None
}

/// `[words](https://...)` at the start, in two parts: up to the target, and the target.
fn link(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('[')?;
    let middle = inside.find("](")?;
    if inside[..middle].contains(['[', '<', '`']) {
        return None;
    }
    let target = &inside[middle + 2..];
    if !target.starts_with("https://") && !target.starts_with("http://") {
        return None;
    }
    let end = target.find(')')?;
    if target[..end].contains([' ', '<', '>', '(', '[', ']', '`']) {
        return None;
    }
    Some(text[..=(1 + middle + 2 + end)].split_at(1 + middle + 2))
}

/// `https://...` at the start, without what is punctuation behind it.
fn address(text: &str) -> Option<&str> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let is_outside =
        |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '`' | '"' | ')' | ']' | '[' | '{' | '}' | '\\');
    let end = text.find(is_outside).unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_']);
    // The scheme alone is not an address.
    (address.len() > "https://".len()).then_some(address)
}

/// `<https://...>` at the start.
fn autolink(text: &str) -> Option<&str> {
    let inside = text.strip_prefix('<')?;
    let address = address(inside)?;
    inside[address.len()..]
        .starts_with('>')
        .then(|| &text[..address.len() + 2])
}

#[cfg(test)]
mod tests {
    use super::{code, lines};

    #[test]
    fn r03_nothing_runs_and_nothing_warns() {
        assert_eq!(lines("```rust\npanic!()\n```"), ["```text", "panic!()", "```"]);
        assert_eq!(lines("```\nopen"), ["```text", "open", "```"]);
        assert_eq!(lines("a\n\n    indented()"), ["a", "", "indented()"]);
        assert_eq!(
            lines("see [Foo] and array<string>"),
            ["see \\[Foo\\] and array\\<string>"]
        );
        assert_eq!(lines("`a[0]<T>` is code, ` is not"), ["`a[0]<T>` is code, \\` is not"]);
        assert_eq!(lines("at https://a.example/b."), ["at <https://a.example/b>."]);
        assert_eq!(lines("<https://a.example>"), ["<https://a.example>"]);
        assert_eq!(lines("[here](https://a.example/x)"), ["[here](https://a.example/x)"]);
        assert_eq!(lines("[here](javascript:x)"), ["\\[here\\](javascript:x)"]);
    }

    #[test]
    fn r04_what_does_not_show_is_spelled_out() {
        assert_eq!(lines("a\u{202e}b\u{0}c"), ["a\\u{202e}b\\u{0}c"]);
        assert_eq!(lines("a\u{ad}b\u{e0041}"), ["a\\u{ad}b\\u{e0041}"]);
    }

    #[test]
    fn r01_a_name_does_not_leave_its_code() {
        assert_eq!(code("choice"), "`choice`");
        assert_eq!(code("a`b``c"), "``` a`b``c ```");
        assert_eq!(code("a\r\nb"), "`a\\u{d}\\u{a}b`");
    }

    #[test]
    fn a_number_at_the_start_of_a_wrapped_line_begins_no_list() {
        let before = "word ".repeat(20);
        for (word, expected) in [
            ("10.", "10\\. x"),
            ("7)", "7\\) x"),
            ("-", "\\- x"),
            ("#", "\\# x"),
            ("1.5", "1.5 x"),
        ] {
            assert_eq!(lines(&format!("{before}{word} x"))[1], expected);
        }
    }

    #[test]
    fn a_long_line_of_a_quote_is_wrapped() {
        let words = "word ".repeat(30);
        let quoted = lines(&format!("> {words}"));
        assert!(
            quoted.len() == 2 && quoted.iter().all(|line| line.starts_with("> word")),
            "{quoted:?}"
        );
        assert_eq!(lines(&format!("> - {words}")).len(), 1);
        assert_eq!(lines("> a\n> b"), ["> a", "> b"]);
    }

    #[test]
    fn a_link_that_is_too_long_is_broken_before_its_target() {
        let address = format!("https://a.example/{}", "x".repeat(75));
        for (text, expected) in [
            (
                format!("- see [it]({address})"),
                vec!["- see [it](".to_owned(), format!("  {address})")],
            ),
            (format!("# [it]({address})"), vec![format!("# [it]({address})")]),
            (format!("`[it]({address})`"), vec![format!("`[it]({address})`")]),
            (
                "[it](https://a.example)".to_owned(),
                vec!["[it](https://a.example)".to_owned()],
            ),
        ] {
            assert_eq!(lines(&text), expected);
        }
    }

    #[test]
    fn long_paragraphs_are_wrapped_and_lists_set_in() {
        let text = format!("- {}", "word ".repeat(30));
        let lines = lines(&text);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].starts_with("  word"), "{lines:?}");
        assert!(lines.iter().all(|line| line.len() <= 100));
    }
}
