//! Rejections: problem details (RFC 9457) that name what is wrong, and never a value of the request.

use serde_json::{Value, json};

use super::{answer::Answer, schemas::Invalid};

/// An error of one part of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartError {
    /// `path`, `query`, `header`, `cookie` or `body`.
    pub(super) location: String,
    /// The name of the parameter. Empty for a body.
    pub(super) name: String,
    pub(super) invalid: Invalid,
}

impl PartError {
    pub(super) fn new(location: &str, name: &str, keyword: &str, detail: &str) -> Self {
        let invalid = Invalid {
            pointer: String::new(),
            keyword: keyword.to_owned(),
            detail: detail.to_owned(),
        };
        Self::of(location, name, invalid)
    }

    pub(super) fn of(location: &str, name: &str, invalid: Invalid) -> Self {
        Self {
            location: location.to_owned(),
            name: name.to_owned(),
            invalid,
        }
    }

    fn json(&self) -> Value {
        let mut error = json!({
            "in": self.location,
            "pointer": self.invalid.pointer,
            "keyword": self.invalid.keyword,
            "detail": self.invalid.detail,
        });
        if !self.name.is_empty() {
            error["name"] = Value::from(self.name.as_str());
        }
        error
    }
}

/// Why a request is rejected.
#[derive(Debug, Default)]
pub(super) struct Problem {
    status: u16,
    title: &'static str,
    detail: String,
    headers: Vec<(String, String)>,
    errors: Vec<PartError>,
}

impl Problem {
    fn new(status: u16, title: &'static str, detail: String) -> Self {
        Self {
            status,
            title,
            detail,
            ..Self::default()
        }
    }

    fn with(mut self, name: &str, value: String) -> Self {
        self.headers.push((name.to_owned(), value));
        self
    }

    pub(super) fn not_found() -> Self {
        Self::new(
            404,
            "Unknown path",
            "no path of the document matches the request".to_owned(),
        )
    }

    pub(super) fn method(method: &str, allowed: &[String]) -> Self {
        let allowed = allowed.join(", ");
        let detail = format!("the path does not have the method {method}; it has {allowed}");
        Self::new(405, "Unknown method", detail).with("allow", allowed)
    }

    pub(super) fn unauthorized(challenges: &[String]) -> Self {
        let detail = format!(
            "the request has no credentials, or not all of them; any value is accepted: {}",
            challenges.join("; or ")
        );
        let mut challenges: Vec<&str> = challenges.iter().flat_map(|one| one.split(" and ")).collect();
        challenges.sort_unstable();
        challenges.dedup();
        Self::new(401, "Missing credentials", detail).with("www-authenticate", challenges.join(", "))
    }

    pub(super) fn media_type(declared: &[&str], given: Option<&str>) -> Self {
        let given = match given {
            Some(_) => "the content type of the body is not declared",
            None => "the body has no `Content-Type`",
        };
        let declared = declared.join(", ");
        let detail = format!("{given}; the operation accepts {declared}");
        Self::new(415, "Unsupported media type", detail).with("accept", declared)
    }

    pub(super) fn not_acceptable(declared: &[&str]) -> Self {
        let detail = format!(
            "`Accept` excludes all media types of the response: {}",
            declared.join(", ")
        );
        Self::new(406, "Not acceptable", detail)
    }

    pub(super) fn invalid(status: u16, errors: Vec<PartError>) -> Self {
        let detail = match errors.as_slice() {
            [_] => "the request has 1 error".to_owned(),
            errors => format!("the request has {} errors", errors.len()),
        };
        Self {
            errors,
            ..Self::new(status, "Invalid request", detail)
        }
    }

    /// The body or the multipart syntax cannot be read.
    pub(super) fn malformed(keyword: &str, detail: String) -> Self {
        let error = PartError::new("body", "", keyword, &detail);
        Self {
            errors: vec![error],
            ..Self::new(400, "Malformed body", detail)
        }
    }

    pub(super) fn prefer(detail: String) -> Self {
        Self::new(400, "The preference cannot be satisfied", detail)
    }

    pub(super) fn no_response(code: u16, declared: &[&str]) -> Self {
        let declared = declared.join(", ");
        Self::prefer(format!(
            "the operation does not declare a response for status {code}; it declares {declared}"
        ))
    }

    pub(super) fn no_value(status: u16, media_type: &str) -> Self {
        let detail = format!(
            "no valid value was found for the schema of {media_type} in the response {status}; declare a valid example"
        );
        Self::new(501, "No example", detail)
    }

    pub(super) fn failure() -> Self {
        Self::new(
            503,
            "Failure on demand",
            "the option --fail made this request fail".to_owned(),
        )
    }

    /// Problems of the connection: sizes and timeouts.
    pub(super) fn transport(status: u16, title: &'static str, detail: String) -> Self {
        Self::new(status, title, detail)
    }

    pub(super) fn answer(&self) -> Answer {
        let mut body = json!({
            "type": "about:blank",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
        });
        if !self.errors.is_empty() {
            body["errors"] = self.errors.iter().map(PartError::json).collect();
        }
        let mut headers = vec![("content-type".to_owned(), "application/problem+json".to_owned())];
        headers.extend(self.headers.iter().cloned());
        Answer {
            status: self.status,
            headers,
            body: body.to_string().into_bytes(),
            operation: None,
            reason: Some(self.reason()),
        }
    }

    /// Returns the reason on one line.
    fn reason(&self) -> String {
        let Some(first) = self.errors.first() else {
            return self.detail.clone();
        };
        let PartError {
            location,
            name,
            invalid,
        } = first;
        let space = if name.is_empty() { "" } else { " " };
        let more = match self.errors.len() - 1 {
            0 => String::new(),
            more => format!(" (and {more} more)"),
        };
        format!(
            "{location}{space}{name}{}: {}: {}{more}",
            invalid.pointer, invalid.keyword, invalid.detail
        )
    }
}
