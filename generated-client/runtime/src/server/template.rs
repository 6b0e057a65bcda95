//! Server templates: `https://{tenant}.example.com/{version}`.

use crate::encoding::{Keep, push_encoded};

/// A server URL with variables in braces.
///
/// In the host, a variable is one DNS label. At the end of the host it can be several labels, as in `https://{host}/v1`. In the
/// port it consists of digits. In the path it consists of one or more segments.
///
/// A URL without a host, such as `/v1`, is relative. For a client, [`ServerTemplate::relative_to`] sets its base URL. The
/// server of an operation is relative to the server of the client.
#[derive(Clone, Debug)]
pub struct ServerTemplate {
    template: String,
    declared: Vec<Declared>,
    values: Vec<(String, String)>,
    base: Option<String>,
}

/// A variable as the document has it.
#[derive(Clone, Debug)]
struct Declared {
    name: &'static str,
    default: &'static str,
    /// The allowed values. Empty if all values are allowed.
    allowed: &'static [&'static str],
}

/// The place of a variable in a URL.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Whole,
    Scheme,
    HostLabel,
    HostEnd,
    Port,
    Path,
}

impl ServerTemplate {
    /// Creates a template from the URL in the document.
    pub fn new(template: impl Into<String>) -> Self {
        Self {
            template: template.into(),
            declared: Vec::new(),
            values: Vec::new(),
            base: None,
        }
    }

    /// Declares a variable with its default. If `allowed` is not empty, the variable must have one of its values.
    #[must_use]
    pub fn variable(mut self, name: &'static str, default: &'static str, allowed: &'static [&'static str]) -> Self {
        self.declared.push(Declared { name, default, allowed });
        self
    }

    /// Sets a variable. A later call replaces the value.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.values.push((name.into(), value.into()));
        self
    }

    /// Sets the base URL of a relative template. `/v1` is relative to the root of its server, and `v1` to its path.
    #[must_use]
    pub fn relative_to(mut self, base: impl Into<String>) -> Self {
        self.base = Some(base.into());
        self
    }

    /// The base URL that a relative template was given.
    pub(super) fn base(&self) -> Option<&str> {
        self.base.as_deref()
    }

    /// The URL or the relative one, with all variables filled in.
    pub(super) fn expand(&self) -> Result<String, String> {
        let mut url = String::with_capacity(self.template.len());
        let mut rest = self.template.as_str();
        let mut used = Vec::new();
        while let Some((text, variable)) = rest.split_once('{') {
            let (name, after) = variable
                .split_once('}')
                .ok_or("the server template contains a { without a }")?;
            url.push_str(text);
            let value = self.value(name)?;
            let place = place(&url, after);
            if !fits(value, place) {
                return Err(format!("server variable `{name}` {}", requirement(place)));
            }
            match place {
                Place::Path => value.split('/').enumerate().for_each(|(index, segment)| {
                    url.push_str(if index > 0 { "/" } else { "" });
                    push_encoded(&mut url, segment, Keep::Unreserved);
                }),
                _ => url.push_str(value),
            }
            used.push(name);
            rest = after;
        }
        url.push_str(rest);
        match self.values.iter().find(|(name, _)| !used.contains(&name.as_str())) {
            Some((name, _)) => Err(format!("the server template has no variable `{name}`")),
            None => Ok(url),
        }
    }

    fn value(&self, name: &str) -> Result<&str, String> {
        let declared = self.declared.iter().find(|declared| declared.name == name);
        let set = self.values.iter().rev().find(|(candidate, _)| candidate == name);
        let Some((_, value)) = set else {
            // What the document gives is not checked against what it allows.
            let default = declared.map(|declared| declared.default);
            return default.ok_or_else(|| format!("server variable `{name}` has no value"));
        };
        let allowed = declared.map_or(&[][..], |declared| declared.allowed);
        if allowed.is_empty() || allowed.contains(&value.as_str()) {
            return Ok(value);
        }
        let allowed: Vec<String> = allowed.iter().map(|value| format!("`{value}`")).collect();
        Err(format!("server variable `{name}` is not one of {}", allowed.join(", ")))
    }
}

/// The place of a variable between the text before it, variables filled in, and the text after it.
fn place(before: &str, after: &str) -> Place {
    let authority = before.split_once("://").map(|(_, authority)| authority);
    let Some(authority) = authority.or_else(|| before.strip_prefix("//")) else {
        return match (before.is_empty(), after.contains("://")) {
            (_, true) => Place::Scheme,
            (true, false) => Place::Whole,
            (false, false) => Place::Path,
        };
    };
    if authority.contains('/') {
        return Place::Path;
    }
    if authority.rsplit(']').next().is_some_and(|host| host.contains(':')) {
        return Place::Port;
    }
    if after.is_empty() || after.starts_with(['/', ':']) {
        Place::HostEnd
    } else {
        Place::HostLabel
    }
}

fn fits(value: &str, place: Place) -> bool {
    match place {
        // Checked as a base URL of its own.
        Place::Whole => true,
        Place::Scheme => matches!(value, "http" | "https"),
        Place::HostLabel => is_dns_label(value),
        Place::HostEnd => value.split('.').all(is_dns_label),
        Place::Port => {
            value.parse::<u16>().is_ok_and(|port| port > 0) && value.bytes().all(|byte| byte.is_ascii_digit())
        }
        Place::Path => value.split('/').all(|segment| !matches!(segment, "" | "." | "..")),
    }
}

fn requirement(place: Place) -> &'static str {
    match place {
        Place::Whole => "is not a valid URL",
        Place::Scheme => "is not http or https",
        Place::HostLabel => "is not a DNS label, which has 1 to 63 letters, digits and inner hyphens",
        Place::HostEnd => "is not a valid DNS name",
        Place::Port => "is not a port from 1 to 65535",
        Place::Path => "contains an empty path segment, \".\" or \"..\"",
    }
}

fn is_dns_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}
