use std::fmt;

/// The path of an operation, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathTemplate {
    segments: Vec<PathSegment>,
    /// What is always sent as the query, with its percent encoding.
    query: Option<String>,
}

/// A piece of a path template, which may be less or more than what lies between two slashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathSegment {
    /// Text that is sent as it is.
    Literal(String),
    /// The value of the path argument of this name.
    Argument(String),
}

impl PathTemplate {
    /// Reads a template. A brace without its counterpart is a part of the text around it.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut segments = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            literal.push_str(before);
            match after.find(['{', '}']) {
                Some(end) if after[end..].starts_with('}') => {
                    segments.extend(taken(&mut literal).map(PathSegment::Literal));
                    segments.push(PathSegment::Argument(after[..end].to_owned()));
                    rest = &after[end + 1..];
                }
                _ => {
                    literal.push('{');
                    rest = after;
                }
            }
        }
        literal.push_str(rest);
        segments.extend(taken(&mut literal).map(PathSegment::Literal));
        Self { segments, query: None }
    }

    /// The same path with members of the query, each with its percent encoding, that are always sent.
    #[must_use]
    pub fn with_query(self, members: &[String]) -> Self {
        Self {
            query: (!members.is_empty()).then(|| members.join("&")),
            ..self
        }
    }

    /// The names of its arguments in its order, one entry a place.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            PathSegment::Argument(name) => Some(name.as_str()),
            PathSegment::Literal(_) => None,
        })
    }

    /// The place of an argument, counted from 0; the first one where it has several.
    #[must_use]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.places().position(|place| place == name)
    }

    /// Whether a brace has no counterpart.
    #[must_use]
    pub fn has_stray_braces(&self) -> bool {
        let mut segments = self.segments.iter();
        segments.any(|segment| matches!(segment, PathSegment::Literal(text) if text.contains(['{', '}'])))
    }
}

/// The text so far, if there is any.
fn taken(literal: &mut String) -> Option<String> {
    (!literal.is_empty()).then(|| std::mem::take(literal))
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for segment in &self.segments {
            match segment {
                PathSegment::Literal(text) => f.write_str(text)?,
                PathSegment::Argument(name) => write!(f, "{{{name}}}")?,
            }
        }
        match &self.query {
            Some(query) => write!(f, "?{query}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PathTemplate;

    #[test]
    fn a_template_is_written_as_it_was_read() {
        for (text, places) in [
            ("", &[][..]),
            ("/a/{b}/c{d}", &["b", "d"]),
            ("/{a}{a}", &["a", "a"]),
            ("/{}", &[""]),
        ] {
            let template = PathTemplate::parse(text);
            assert_eq!(template.to_string(), text);
            assert_eq!(template.places().collect::<Vec<_>>(), places, "{text}");
            assert!(!template.has_stray_braces(), "{text}");
        }
    }

    #[test]
    fn a_stray_brace_is_text() {
        for (text, places) in [
            ("/{a{b}", &["b"][..]),
            ("/{a}}", &["a"]),
            ("/a}", &[]),
            ("/{", &[]),
            ("/{{a}}", &["a"]),
        ] {
            let template = PathTemplate::parse(text);
            assert_eq!(template.to_string(), text);
            assert_eq!(template.places().collect::<Vec<_>>(), places, "{text}");
            assert!(template.has_stray_braces(), "{text}");
        }
    }

    #[test]
    fn a_query_follows_the_path() {
        let members = ["a=1".to_owned(), "b".to_owned()];
        assert_eq!(PathTemplate::parse("/x").with_query(&members).to_string(), "/x?a=1&b");
        assert_eq!(PathTemplate::parse("/x").with_query(&[]).to_string(), "/x");
    }
}
