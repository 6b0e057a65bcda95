//! HTML in descriptions as Markdown. What comes out is escaped like any other description, so it can hold nothing that a
//! description in Markdown cannot hold.

use std::borrow::Cow;

use super::spans::code;

/// How deep marked text may be inside marked text; deeper tags stay text.
const MAX_NESTING: usize = 4;

/// How far the end tag of a marked text may be from its start, in bytes; farther ones do not belong together.
const MAX_SPAN: usize = 2_000;

/// A description with the tags that have a form in Markdown in that form. Code and unknown tags stay as they are.
pub(super) fn markdown(text: &str) -> Cow<'_, str> {
    if text.contains('<') {
        Cow::Owned(converted(text, 0))
    } else {
        Cow::Borrowed(text)
    }
}

fn converted(text: &str, depth: usize) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '`', '~']) {
        let (before, from) = rest.split_at(at);
        written.push_str(before);
        let line = written.trim_end_matches([' ', '\t']);
        let code = code_of_markdown(from, line.is_empty() || line.ends_with('\n'));
        if code > 0 {
            written.push_str(&from[..code]);
            rest = &from[code..];
        } else if let Some(after) = tag(from, &mut written, depth) {
            rest = after;
        } else {
            written.push_str(&from[..1]);
            rest = &from[1..];
        }
    }
    written.push_str(rest);
    written
}

/// The length of the code in Markdown at the start: a block, or a span that is closed.
fn code_of_markdown(text: &str, is_line_start: bool) -> usize {
    let sign = text.chars().next().unwrap_or_default();
    let signs = text.len() - text.trim_start_matches(sign).len();
    if !matches!(sign, '`' | '~') || (sign == '~' && signs < 3) {
        return 0;
    }
    let fence = &text[..signs];
    match text[signs..].find(fence) {
        Some(end) => signs + end + signs,
        // A block that is not closed ends with the description.
        None if signs >= 3 && is_line_start => text.len(),
        None => signs,
    }
}

/// Writes the tag at the start in Markdown and returns what follows it; `None` for other text.
fn tag<'t>(text: &'t str, written: &mut String, depth: usize) -> Option<&'t str> {
    let tag = Tag::read(text)?;
    match tag.name.as_str() {
        "br" | "p" | "/p" if is_in_table(written) => written.push(' '),
        "br" | "p" | "/p" | "ul" | "ol" | "/ul" | "/ol" => written.push_str("\n\n"),
        "li" => written.push_str("\n- "),
        "/li" => {}
        "b" | "strong" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "i" | "em" | "code" | "tt" | "pre" | "a" => {
            return marked(&tag, written, depth);
        }
        _ => return None,
    }
    Some(tag.after)
}

/// Whether a string ends in a row of a table, which is one line.
fn is_in_table(written: &str) -> bool {
    let tail = &written.as_bytes()[written.len().saturating_sub(MAX_SPAN)..];
    let line = match tail.iter().rposition(|byte| *byte == b'\n') {
        Some(end) => &tail[end + 1..],
        None => tail,
    };
    line.trim_ascii_start().first() == Some(&b'|')
}

/// Writes a string between two tags.
fn marked<'t>(tag: &Tag<'t>, written: &mut String, depth: usize) -> Option<&'t str> {
    let (inside, after) = tag.content()?;
    if depth == MAX_NESTING {
        return None;
    }
    let words = || {
        let words = converted(inside, depth + 1);
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    match tag.name.as_str() {
        "code" | "tt" => written.push_str(&code(&decoded(&one_line(inside)))),
        "pre" => written.extend(["\n\n```\n", &decoded(inside).replace("```", "'''"), "\n```\n\n"]),
        "a" => written.push_str(&link(tag.target(), &words())),
        "b" | "strong" => written.push_str(&between("**", &words())),
        "i" | "em" => written.push_str(&between("*", &words())),
        _ => written.extend(["\n\n", &between("**", &words()), "\n\n"]),
    }
    Some(after)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Words between signs; nothing where there are no words.
fn between(sign: &str, words: &str) -> String {
    match words {
        "" => String::new(),
        words if words.contains('*') => words.to_owned(),
        words => format!("{sign}{words}{sign}"),
    }
}

/// A link, or its words alone if the target is not an address of the web.
fn link(target: Option<&str>, words: &str) -> String {
    let target = target.map(decoded);
    let is_web = |target: &&str| target.starts_with("https://") || target.starts_with("http://");
    match target.as_deref().filter(is_web) {
        None => words.to_owned(),
        Some(target) if words.is_empty() || words == target => target.to_owned(),
        Some(target) => format!("[{words}]({target})"),
    }
}

/// A text with the characters that HTML writes by name.
fn decoded(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&#39;", "'").replace("&nbsp;", " ").replace("&amp;", "&")
}

/// A tag at the start of a string.
struct Tag<'t> {
    /// Its name in small letters, with a slash before that of an end tag.
    name: String,
    attributes: &'t str,
    after: &'t str,
}

impl<'t> Tag<'t> {
    fn read(text: &'t str) -> Option<Self> {
        let inside = text.strip_prefix('<')?;
        let slash = usize::from(inside.starts_with('/'));
        let length = inside[slash..].bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (name, rest) = inside.split_at(slash + length);
        // A tag is short; the end of a long one belongs to something else.
        let end = rest
            .bytes()
            .take(MAX_SPAN)
            .position(|byte| byte == b'>' || byte == b'<')?;
        let after = rest[end..].strip_prefix('>')?;
        let attributes = rest[..end].trim().trim_end_matches('/').trim_end();
        let has_space = rest.starts_with(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
        // `a` alone is not a link, and the name of a type is not a tag with attributes.
        let may_have_attributes = attributes.is_empty() || attributes.contains('=');
        (length > 0 && has_space && may_have_attributes).then(|| Self {
            name: name.to_ascii_lowercase(),
            attributes,
            after,
        })
    }

    /// What is up to the end tag, and what follows it.
    fn content(&self) -> Option<(&'t str, &'t str)> {
        let mut end = self.after.len().min(MAX_SPAN);
        while !self.after.is_char_boundary(end) {
            end -= 1;
        }
        let (near, mut from) = (&self.after[..end], 0);
        while let Some(at) = near[from..].find("</") {
            let start = from + at;
            if let Some(end) = Tag::read(&self.after[start..]).filter(|end| end.name[1..] == self.name) {
                return Some((&self.after[..start], end.after));
            }
            from = start + 2;
        }
        None
    }

    /// The target of a link.
    fn target(&self) -> Option<&'t str> {
        let attributes = self.attributes;
        let at = attributes.to_ascii_lowercase().find("href")?;
        let value = attributes[at + 4..].trim_start().strip_prefix('=')?.trim_start();
        match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next(),
            _ => value.split_ascii_whitespace().next(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::markdown;

    #[test]
    fn known_tags_are_markdown() {
        for (html, expected) in [
            ("a <b>bold</b> word", "a **bold** word"),
            ("<STRONG>x</STRONG><em>y</em>", "**x***y*"),
            ("one<br>two<br/>three", "one\n\ntwo\n\nthree"),
            ("<p>One.</p><p class=\"x\">Two.</p>", "\n\nOne.\n\n\n\nTwo.\n\n"),
            ("<ul><li>a</li><li>b</li></ul>", "\n\n\n- a\n- b\n\n"),
            ("<code>a &lt; b</code>", "`a < b`"),
            ("<code>a`b</code>", "`` a`b ``"),
            (
                "<a href='https://a.example/?a=1&amp;b=2'>the <i>page</i></a>",
                "[the *page*](https://a.example/?a=1&b=2)",
            ),
            (
                "<a target=_blank href=https://a.example>https://a.example</a>",
                "https://a.example",
            ),
            ("<a href=\"javascript:x()\">click</a>", "click"),
            ("<a href=\"#there\">there</a>", "there"),
            ("<h2>Title</h2>text", "\n\n**Title**\n\ntext"),
            ("<pre>a\n  b</pre>", "\n\n```\na\n  b\n```\n\n"),
            ("<b> </b>.", "."),
        ] {
            assert_eq!(markdown(html), expected, "{html}");
        }
    }

    #[test]
    fn everything_else_stays() {
        for text in [
            "array<b>",
            "Map<a, b> of Vec<p q>",
            "<script>x()</script> <div>",
            "a < b and c > d",
            "`<b>x</b>`",
            "```\n<b>x</b>\n```",
            "~~~\n<br>",
            "<b>never closed",
            "<a>no target",
            "``` <br>",
        ] {
            assert_eq!(markdown(text), text);
        }
    }

    #[test]
    fn work_is_in_proportion_to_the_text() {
        let text = "<b>".repeat(20_000) + &"</b>".repeat(20_000);
        assert!(markdown(&text).len() <= 2 * text.len());
        let text = "<a href=".repeat(20_000);
        assert_eq!(markdown(&text), text);
    }
}
