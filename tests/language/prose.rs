//! The prose that users read: string literals and rustdoc of Rust sources, and Markdown without its code.

/// A piece of prose.
pub(crate) struct Passage {
    /// The line in which it starts, counted from 1.
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// Returns the prose of a Markdown file: everything outside code blocks.
pub(crate) fn of_markdown(source: &str) -> Vec<Passage> {
    let mut is_code = false;
    let mut text = String::new();
    for line in source.lines() {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        if !is_code && !is_fence {
            text.push_str(line);
        }
        text.push('\n');
    }
    vec![Passage { line: 1, text }]
}

/// Returns the prose of a Rust source without its tests: rustdoc of public items, and string literals that contain a space.
pub(crate) fn of_rust(source: &str) -> Vec<Passage> {
    let source = source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    let mut passages = docs(source);
    passages.extend(
        literals(source)
            .into_iter()
            .filter(|literal| literal.text.contains(' ')),
    );
    passages
}

fn docs(source: &str) -> Vec<Passage> {
    let lines: Vec<&str> = source.lines().collect();
    let is_doc = |line: &&str| line.trim_start().starts_with("///") || line.trim_start().starts_with("//!");
    let mut passages = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let length = lines[start..].iter().take_while(|line| is_doc(line)).count();
        let after = lines[start + length..].iter().map(|line| line.trim_start());
        let item = after.into_iter().find(|line| !line.starts_with("#["));
        if length > 0 && (lines[start].trim_start().starts_with("//!") || item.is_some_and(is_public)) {
            let text = lines[start..start + length].iter().map(|line| &line.trim_start()[3..]);
            let text: Vec<&str> = text.collect();
            let passages_of_block = of_markdown(&text.join("\n")).into_iter();
            passages.extend(passages_of_block.map(|passage| Passage {
                line: start + 1,
                ..passage
            }));
        }
        start += length.max(1);
    }
    passages
}

/// Whether the line of an item declares it for users, as far as a line shows it: variants and functions of traits count.
fn is_public(line: &str) -> bool {
    let is_variant = line.starts_with(|first: char| first.is_ascii_uppercase());
    line.starts_with("pub ") || line.starts_with("macro_rules!") || is_variant
}

/// The string literals of a source, with their line. Escaped line breaks are removed.
fn literals(source: &str) -> Vec<Passage> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if let Some(length) = raw_string(rest) {
            length
        } else if let Some(length) = character(rest) {
            length
        } else if first == '"' {
            let length = string(rest);
            let inside = &rest[1..length.saturating_sub(1).max(1)];
            found.push(Passage {
                line,
                text: joined(inside),
            });
            length
        } else {
            first.len_utf8()
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

/// The length of the string literal that a text starts with.
fn string(rest: &str) -> usize {
    let mut is_escaped = false;
    for (index, character) in rest.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The length of the raw string literal that a text starts with. Such literals are patterns and files, not messages.
fn raw_string(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('r')?.trim_start_matches('#');
    let hashes = rest.len() - 1 - inside.len();
    let content = inside.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = content.find(&end)?;
    Some(1 + hashes + 1 + length + end.len())
}

/// The length of the character literal that a text starts with. A lifetime is not one.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    let escaped = inside.strip_prefix('\\');
    let first = escaped.unwrap_or(inside).chars().next()?;
    let length = first.len_utf8() + usize::from(escaped.is_some());
    let end = inside[length..].find('\'')?;
    (end == 0 || inside.starts_with("\\u") && end < 10).then_some(1 + length + end + 1)
}

/// A literal without its escaped line breaks.
fn joined(literal: &str) -> String {
    let mut lines = literal.split("\\\n");
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| text + line.trim_start())
}
