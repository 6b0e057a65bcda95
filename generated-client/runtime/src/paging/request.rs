//! The fields of a request that steer paging: they are changed in the request as it was prepared.

use std::borrow::Cow;

use http::{HeaderValue, Uri, header, uri};

use super::{Paging, Place};
use crate::{
    Error, ErrorKind,
    call::Prepared,
    encoding::{Keep, push_encoded},
    payload::Payload,
    wire::{Members, quoted},
};

impl Paging {
    /// Brings the size of a page within the document's limits.
    pub(crate) fn limit_size(&self, prepared: &mut Prepared) -> Result<(), Error> {
        let Some(size) = self.size else { return Ok(()) };
        let asked = match size.field.0 {
            Place::Query(name) => query_value(&prepared.uri, name).and_then(|text| text.parse().ok()),
            Place::Body(name) => body_number(prepared.body.bytes(), name),
        };
        match asked.and_then(|asked| size.instead_of(asked)) {
            Some(allowed) => set(prepared, size.field.0, allowed.to_string(), Form::Number),
            None => Ok(()),
        }
    }
}

impl Prepared {
    /// The same request for another page.
    pub(super) fn page(&self, token: &str) -> Result<Self, Error> {
        let request = match self.operation.paging {
            Some(paging) => {
                let mut request = self.clone();
                set(&mut request, paging.token.0, token.to_owned(), Form::Text).map(|()| request)
            }
            None => Err(Error::new(
                ErrorKind::Configuration,
                "the operation is not declared as paged",
            )),
        };
        request.map_err(|error| error.of(self.operation))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Number,
    Text,
}

fn set(prepared: &mut Prepared, place: Place, value: String, form: Form) -> Result<(), Error> {
    match place {
        Place::Query(name) => prepared.uri = with_query_value(&prepared.uri, name, &value)?,
        Place::Body(name) => {
            let json = if form == Form::Text { quoted(&value) } else { value };
            prepared.body = Payload::Bytes(with_member(prepared.body.bytes(), name, json)?.into());
            let content_type = prepared.headers.entry(header::CONTENT_TYPE);
            content_type.or_insert(HeaderValue::from_static("application/json"));
        }
    }
    Ok(())
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    push_encoded(&mut encoded, text, Keep::Unreserved);
    encoded
}

/// The pairs of a query under this name; the others are told apart by `false`.
fn pairs<'a>(uri: &'a Uri, name: &str) -> impl Iterator<Item = (bool, &'a str)> + use<'a> {
    let name = encoded(name);
    let pairs = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty());
    pairs.map(move |pair| (pair.split('=').next() == Some(name.as_str()), pair))
}

fn query_value<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    let mut found = pairs(uri, name).filter(|(is_named, _)| *is_named);
    found.next().and_then(|(_, pair)| Some(pair.split_once('=')?.1))
}

fn with_query_value(uri: &Uri, name: &str, value: &str) -> Result<Uri, Error> {
    let others = pairs(uri, name).filter(|(is_named, _)| !is_named);
    let mut query: Vec<Cow<'_, str>> = others.map(|(_, pair)| Cow::Borrowed(pair)).collect();
    query.push(Cow::Owned(format!("{}={}", encoded(name), encoded(value))));
    let target = format!("{}?{}", uri.path(), query.join("&"));
    let mut parts = uri.clone().into_parts();
    let made = target.parse::<uri::PathAndQuery>().map_err(|error| error.to_string());
    let made = made.and_then(|target| {
        parts.path_and_query = Some(target);
        Uri::from_parts(parts).map_err(|error| error.to_string())
    });
    made.map_err(|reason| {
        let message = format!("query parameter `{name}` makes no URL: {reason}");
        Error::new(ErrorKind::InvalidRequest, message)
    })
}

fn body_number(body: &[u8], name: &str) -> Option<i64> {
    let members = Members::read(std::str::from_utf8(body).ok()?)?;
    // 64 bit numbers may be in quotes.
    members.get(name)?.trim_matches('"').parse().ok()
}

fn with_member(body: &[u8], name: &'static str, json: String) -> Result<String, Error> {
    let body: &[u8] = if body.is_empty() { b"{}" } else { body };
    let mut members = std::str::from_utf8(body).ok().and_then(Members::read).ok_or_else(|| {
        let message = format!("the body is no JSON object that could have the member `{name}`");
        Error::new(ErrorKind::InvalidRequest, message)
    })?;
    members.set(name, json);
    Ok(members.to_text())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    #[test]
    fn a_query_parameter_is_replaced_among_the_others() {
        let rows = [
            ("https://a.b/c", "https://a.b/c?page_token=x%26%2F"),
            ("https://a.b/c?", "https://a.b/c?page_token=x%26%2F"),
            ("http://a:1/?page_token=1", "http://a:1/?page_token=x%26%2F"),
            (
                "http://a:1/p%2F?z=1&page_token=old&page_tokens=2&y&page_token",
                "http://a:1/p%2F?z=1&page_tokens=2&y&page_token=x%26%2F",
            ),
        ];
        for (before, after) in rows {
            let uri = with_query_value(&before.parse().unwrap(), "page_token", "x&/").unwrap();
            assert_eq!(uri.to_string(), after);
            assert_eq!(query_value(&uri, "page_token"), Some("x%26%2F"));
        }
    }

    #[test]
    fn a_token_that_fits_into_no_url_is_an_error() {
        let uri = "https://a.b/c".parse().unwrap();
        let error = with_query_value(&uri, "t", &"x".repeat(100_000)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert!(error.to_string().len() < 200, "{error}");
    }

    #[test]
    fn a_member_is_replaced_in_an_object_alone() {
        assert_eq!(with_member(b"", "t", quoted("x")).unwrap(), r#"{"t":"x"}"#);
        assert_eq!(
            with_member(br#"{"t":"o","a":1}"#, "t", quoted("x")).unwrap(),
            r#"{"a":1,"t":"x"}"#
        );
        for body in ["[]", "null", "\u{fffd}"] {
            assert_eq!(
                with_member(body.as_bytes(), "t", quoted("x")).unwrap_err().kind(),
                ErrorKind::InvalidRequest
            );
        }
        assert_eq!(body_number(br#"{"n":7}"#, "n"), Some(7));
        assert_eq!(body_number(br#"{"n":"-7"}"#, "n"), Some(-7));
        assert_eq!(body_number(br#"{"n":1.5}"#, "n"), None);
    }
}
