//! Server templates: `https://{tenant}.example.com/{version}`.

use crate::encoding::{Keep, push_encoded};

/// A server URL with variables in braces.
///
/// In the host a variable is one DNS label; where nothing of the host follows it, it may be several, as in
/// `https://{host}/v1`. In the port it is digits, in the path it is one or more segments.
#[derive(Clone, Debug)]
pub struct ServerTemplate {
    template: String,
    variables: Vec<(String, String)>,
}

/// Where in a URL a variable stands.
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
    /// A template as the document has it.
    pub fn new(template: impl Into<String>) -> Self {
        Self {
            template: template.into(),
            variables: Vec::new(),
        }
    }

    /// Sets a variable; the last value given counts.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }

    pub(super) fn expand(&self) -> Result<String, String> {
        let mut url = String::with_capacity(self.template.len());
        let mut rest = self.template.as_str();
        let mut used = Vec::new();
        while let Some((text, variable)) = rest.split_once('{') {
            let (name, after) = variable
                .split_once('}')
                .ok_or("the server template has a { without a }")?;
            url.push_str(text);
            let value = self.variables.iter().rev().find(|(candidate, _)| candidate == name);
            let (_, value) = value.ok_or_else(|| format!("server variable `{name}` has no value"))?;
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
        match self.variables.iter().find(|(name, _)| !used.contains(&name.as_str())) {
            Some((name, _)) => Err(format!("the server template has no variable `{name}`")),
            None => Ok(url),
        }
    }
}

/// The place of a variable between the text before it, variables filled in, and the text after it.
fn place(before: &str, after: &str) -> Place {
    let Some((_, authority)) = before.split_once("://") else {
        return if before.is_empty() && !after.contains("://") {
            Place::Whole
        } else {
            Place::Scheme
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
        Place::Whole => "is no URL",
        Place::Scheme => "is neither http nor https",
        Place::HostLabel => "is no DNS label: 1 to 63 letters, digits and inner hyphens",
        Place::HostEnd => "is no DNS name",
        Place::Port => "is no port from 1 to 65535",
        Place::Path => "holds an empty path segment, \".\" or \"..\"",
    }
}

fn is_dns_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}
