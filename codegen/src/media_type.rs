//! Media types: read once, and what each of them says about a body.

/// A media type of the document. What it is depends on its essence, and what is sent is what the document has, parameters
/// included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Media<'d> {
    written: &'d str,
    essence: String,
}

/// Names of JSON values that follow each other.
const LINES: [&str; 8] = [
    "x-ndjson",
    "ndjson",
    "jsonl",
    "x-jsonl",
    "jsonlines",
    "x-jsonlines",
    "json-seq",
    "stream+json",
];

impl<'d> Media<'d> {
    pub(crate) fn of(written: &'d str) -> Self {
        let essence = written.split(';').next().unwrap_or_default();
        Self {
            written,
            essence: essence.trim().to_ascii_lowercase(),
        }
    }

    /// The media types of a list with commas between them, as `encoding.contentType` has it.
    pub(crate) fn list(written: &'d str) -> Vec<Self> {
        let all = outside_quotes(written, ',').map(str::trim);
        all.filter(|media| !media.is_empty()).map(Self::of).collect()
    }

    /// The key of the document.
    pub(crate) fn key(&self) -> &'d str {
        self.written
    }

    /// What is sent: the media type as the document has it, with its parameters.
    pub(crate) fn as_str(&self) -> &'d str {
        self.written.trim()
    }

    /// Type and subtype without parameters, in lower case.
    pub(crate) fn essence(&self) -> &str {
        &self.essence
    }

    pub(crate) fn subtype(&self) -> &str {
        self.essence.split('/').next_back().unwrap_or_default()
    }

    /// Whether it stands for several, as `image/*` does.
    pub(crate) fn is_range(&self) -> bool {
        self.essence.contains('*')
    }

    /// Whether it has a type and a subtype, and only characters that a header can hold.
    pub(crate) fn is_whole(&self) -> bool {
        let is_printable = self.written.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        is_printable && self.essence.contains('/')
    }

    /// JSON under its own name.
    pub(crate) fn is_plain_json(&self) -> bool {
        self.essence == "application/json"
    }

    /// JSON under any name that says so.
    pub(crate) fn is_json(&self) -> bool {
        self.is_plain_json() || self.essence.ends_with("+json")
    }

    /// JSON under the old name, which servers still use.
    pub(crate) fn is_text_json(&self) -> bool {
        self.essence == "text/json"
    }

    /// JSON values, one a line or a record.
    pub(crate) fn is_lines(&self) -> bool {
        LINES.contains(&self.subtype())
    }

    pub(crate) fn is_events(&self) -> bool {
        self.essence == "text/event-stream"
    }

    pub(crate) fn is_form(&self) -> bool {
        self.essence == "application/x-www-form-urlencoded"
    }

    pub(crate) fn is_multipart(&self) -> bool {
        self.essence.starts_with("multipart/")
    }

    pub(crate) fn is_xml(&self) -> bool {
        self.subtype() == "xml" || self.essence.ends_with("+xml")
    }

    /// Whether its values are written in characters.
    pub(crate) fn is_text(&self) -> bool {
        let is_structured =
            |syntax| self.essence == format!("application/{syntax}") || self.essence.ends_with(&format!("+{syntax}"));
        self.is_of_type_text() || self.is_form() || ["json", "xml", "yaml"].into_iter().any(is_structured)
    }

    /// Whether its type is `text`: a scalar is written as it is.
    pub(crate) fn is_of_type_text(&self) -> bool {
        self.essence.starts_with("text/")
    }

    /// The same parameters behind another type: what is sent where the document has a range.
    pub(crate) fn with_essence(&self, essence: &str) -> String {
        let parameters = self.written.split_once(';').map(|(_, parameters)| parameters.trim());
        match parameters {
            Some(parameters) if !parameters.is_empty() => format!("{essence}; {parameters}"),
            _ => essence.to_owned(),
        }
    }

    /// What is sent, without the parameter of this name.
    pub(crate) fn without(&self, name: &str) -> String {
        let is_other = |part: &&str| {
            let found = part.split('=').next().unwrap_or_default();
            !found.trim().eq_ignore_ascii_case(name)
        };
        if outside_quotes(self.as_str(), ';').skip(1).all(|part| is_other(&part)) {
            return self.as_str().to_owned();
        }
        let parts = outside_quotes(self.as_str(), ';').filter(is_other).map(str::trim);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    }
}

/// Returns the parts of a string between separators outside quoted strings.
fn outside_quotes(text: &str, separator: char) -> impl Iterator<Item = &str> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    text.split(move |c: char| {
        let was_escaped = std::mem::take(&mut is_escaped);
        match c {
            '"' if !was_escaped => is_quoted = !is_quoted,
            '\\' if is_quoted && !was_escaped => is_escaped = true,
            _ => {}
        }
        c == separator && !is_quoted
    })
}

#[cfg(test)]
mod tests {
    use super::Media;

    #[test]
    fn parameters_are_sent_and_say_nothing_of_the_kind() {
        let media = Media::of(" Application/Vnd.Foo+JSON; version=1 ");
        assert_eq!(media.as_str(), "Application/Vnd.Foo+JSON; version=1");
        assert_eq!(media.essence(), "application/vnd.foo+json");
        assert!(media.is_json() && !media.is_plain_json());
        assert!(!Media::of("application/json; profile=\"*\"").is_range());
        assert!(Media::of("application/*;v=1").is_range());
        assert_eq!(Media::of("application/*;v=1").with_essence("a/b"), "a/b; v=1");
        assert_eq!(Media::of("*/*").with_essence("a/b"), "a/b");
    }

    #[test]
    fn a_list_ends_at_commas_outside_of_quotes() {
        let all = Media::list("image/png, text/x; a=\"b,\\\"c\" ,,image/*;q=1");
        let all: Vec<&str> = all.iter().map(Media::as_str).collect();
        assert_eq!(all, ["image/png", "text/x; a=\"b,\\\"c\"", "image/*;q=1"]);
        assert!(Media::list(" , ").is_empty());
    }

    #[test]
    fn what_no_header_can_hold_is_not_a_media_type() {
        for (written, is_whole) in [
            ("a/b; c=d", true),
            ("a", false),
            ("a/b\r\nX: 1", false),
            ("a/b; c=\n", false),
            ("a/\u{e9}", false),
        ] {
            assert_eq!(Media::of(written).is_whole(), is_whole, "{written:?}");
        }
    }

    #[test]
    fn a_parameter_can_be_taken_out() {
        let without = |media| Media::of(media).without("boundary");
        assert_eq!(
            without("multipart/form-data; boundary=x;a=\";\""),
            "multipart/form-data; a=\";\""
        );
        assert_eq!(without("multipart/mixed;Boundary=\"a;b\""), "multipart/mixed");
        assert_eq!(without("multipart/mixed;a=1"), "multipart/mixed;a=1");
    }
}
