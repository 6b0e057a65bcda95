//! Reads request bodies and responses.

use indexmap::IndexMap;
use openapiv3::{Content, RequestBody, Response, Responses, StatusCode};

use super::{
    fields::{Names, Walk, reference_or},
    parts::{content, header},
};
use crate::{at::At, diagnostic::Code, read::Node};

pub(super) fn request_body(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<RequestBody> {
    let mut fields = walk.object(node, at, "a request body")?;
    let description = fields.text(walk, at, "description");
    let required = fields.flag(walk, at, "required").unwrap_or_default();
    let content = match fields.get("content") {
        Some(node) => content(walk, node, &at.key("content")),
        None => {
            fields.missing(walk, at, "content");
            Content::new()
        }
    };
    let extensions = fields.finish(walk, at);
    Some(RequestBody {
        description,
        content,
        required,
        extensions,
    })
}

pub(super) fn responses(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Responses {
    let entries = walk.map(node, at, "`responses`", Names::WithoutExtensions, |walk, node, at| {
        reference_or(walk, node, at, response)
    });
    let mut responses = Responses {
        responses: IndexMap::with_capacity(entries.len()),
        ..Responses::default()
    };
    for (status, response) in entries {
        if status == "default" {
            responses.default = Some(response);
        } else if let Some(status_code) = status_code(&status) {
            responses.responses.insert(status_code, response);
        } else {
            let message = format!("`{status}` is not an HTTP status");
            walk.error(
                Code::InvalidValue,
                node,
                &at.key(&status),
                message,
                &status_help(&status),
            );
        }
    }
    responses
}

fn status_code(text: &str) -> Option<StatusCode> {
    match text.as_bytes() {
        [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(StatusCode::Range(u16::from(digit - b'0'))),
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => text.parse().ok().map(StatusCode::Code),
        _ => None,
    }
}

/// What is meant by a status: letters are written for the digits that they look like, and words for numbers.
fn status_help(status: &str) -> String {
    let digits: String = status
        .chars()
        .map(|c| match c {
            'O' | 'o' => '0',
            'l' | 'I' => '1',
            '*' | '?' | '_' => 'X',
            other => other.to_ascii_uppercase(),
        })
        .collect();
    if status_code(&digits).is_some() {
        return format!("did you mean `{digits}`?");
    }
    let words = [
        ("ok", "200"),
        ("success", "200"),
        ("created", "201"),
        ("accepted", "202"),
        ("error", "default"),
        ("default", "default"),
    ];
    let word = status.to_ascii_lowercase();
    let known = words.iter().find(|(name, _)| *name == word).map(|(_, status)| *status);
    let near = || strsim::damerau_levenshtein(&word, "default") <= 2;
    if let [digit @ b'1'..=b'5', rest @ ..] = digits.as_bytes()
        && rest.len() == 2
        && rest.contains(&b'X')
    {
        return format!("did you mean `{}XX`?", char::from(*digit));
    }
    match known.or_else(|| near().then_some("default")) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "use a status from 100 to 599, a range such as `4XX`, or `default`".to_owned(),
    }
}

pub(super) fn response(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Response> {
    let mut fields = walk.object(node, at, "a response")?;
    let description = fields.text(walk, at, "description").unwrap_or_default();
    let headers = fields
        .get("headers")
        .map(|node| {
            walk.map(node, &at.key("headers"), "`headers`", Names::Any, |walk, node, at| {
                reference_or(walk, node, at, header)
            })
        })
        .unwrap_or_default();
    let content = fields
        .get("content")
        .map(|node| content(walk, node, &at.key("content")))
        .unwrap_or_default();
    fields.leave_out(walk, at, &["links"]);
    let extensions = fields.finish(walk, at);
    Some(Response {
        description,
        headers,
        content,
        links: IndexMap::new(),
        extensions,
    })
}
