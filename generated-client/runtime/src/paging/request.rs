//! The fields of a request that select a page: they are changed in the request as it was prepared.

use std::borrow::Cow;

use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header, uri};

use super::{
    declaration::{Paging, Place, Value},
    problem::PagingRule,
    url,
};
use crate::{
    Error, ErrorKind,
    call::Prepared,
    encoding::{Keep, percent_decoded, push_encoded},
    payload::Payload,
    wire::{Members, find, quoted},
};

impl Paging {
    /// Brings the size of a page within the document's limits.
    pub(crate) fn limit_size(&self, prepared: &mut Prepared) -> Result<(), Error> {
        let Some(size) = self.size else { return Ok(()) };
        let asked = current(prepared, size.place).and_then(|text| text.parse().ok());
        match asked.and_then(|asked| size.instead_of(asked)) {
            Some(allowed) => set(prepared, size.place, &allowed.to_string()),
            None => Ok(()),
        }
    }

    /// The number of items that a request asks for.
    pub(super) fn size_of(&self, prepared: &Prepared) -> Option<i64> {
        let text = current(prepared, self.size?.place)?;
        text.parse().ok().filter(|size| *size > 0)
    }
}

/// Why there is no request for a page: the value breaks a rule, or the request cannot hold it.
pub(super) enum Refusal {
    Rule(PagingRule),
    Error(Error),
}

/// The request for another page, made of the first one.
pub(super) fn page(first: &Prepared, paging: &Paging, value: &str) -> Result<Prepared, Refusal> {
    let is_url = match paging.value {
        Value::Token => false,
        Value::Url => true,
        Value::Either => url::is_url(value),
    };
    let mut request = first.clone();
    if is_url {
        follow(&mut request, paging, value).map_err(Refusal::Rule)?;
        return Ok(request);
    }
    let Some(place) = paging.into else {
        let reason = "it is not a URL";
        return Err(Refusal::Rule(PagingRule::InvalidUrl { reason }));
    };
    if paging.alone {
        request.uri = without_query(&request.uri).map_err(Refusal::Error)?;
    }
    set(&mut request, place, value).map_err(Refusal::Error)?;
    Ok(request)
}

fn follow(request: &mut Prepared, paging: &Paging, next: &str) -> Result<(), PagingRule> {
    let uri = if paging.query_only {
        url::with_query_of(&request.uri, next)?
    } else {
        url::resolve(&request.uri, next)?
    };
    request.followed_from = Some(std::mem::replace(&mut request.uri, uri));
    if let Some(method) = paging
        .method
        .and_then(|method| Method::from_bytes(method.as_bytes()).ok())
    {
        if method == Method::GET {
            request.body = Payload::default();
            request.headers.remove(header::CONTENT_TYPE);
        }
        request.method = method;
    }
    Ok(())
}

/// The value of a field, as text.
pub(super) fn current(prepared: &Prepared, place: Place) -> Option<String> {
    value_of((&prepared.uri, &prepared.headers, prepared.body.bytes()), place)
}

/// The value of a field of a request, as text.
pub(crate) fn value_of((uri, headers, body): (&Uri, &HeaderMap, &[u8]), place: Place) -> Option<String> {
    match place {
        Place::Query(name) => query_value(uri, name).and_then(percent_decoded),
        Place::Header(name) => Some(headers.get(name)?.to_str().ok()?.to_owned()),
        Place::Body(path) | Place::BodyNumber(path) => {
            let text = std::str::from_utf8(body).ok()?;
            let [found] = find::find(text, [Some(path)]).ok()?;
            find::scalar(find::part(text, found?))
        }
    }
}

fn set(prepared: &mut Prepared, place: Place, value: &str) -> Result<(), Error> {
    match place {
        Place::Query(name) => prepared.uri = with_query_value(&prepared.uri, name, value)?,
        Place::Header(name) => {
            // The error of a value would show a part of it.
            let invalid = || format!("the token of the next page does not fit into the header `{name}`");
            let invalid = || Error::new(ErrorKind::InvalidRequest, invalid());
            let mut value = HeaderValue::from_str(value).map_err(|_| invalid())?;
            value.set_sensitive(true);
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())?;
            prepared.headers.insert(name, value);
        }
        Place::Body(path) => set_in_body(prepared, path, quoted(value))?,
        Place::BodyNumber(path) => set_in_body(prepared, path, value.to_owned())?,
    }
    Ok(())
}

fn set_in_body(prepared: &mut Prepared, path: &[&'static str], json: String) -> Result<(), Error> {
    prepared.body = Payload::Bytes(with_member(prepared.body.bytes(), path, json)?.into());
    let content_type = prepared.headers.entry(header::CONTENT_TYPE);
    content_type.or_insert(HeaderValue::from_static("application/json"));
    Ok(())
}

fn encoded(text: &str) -> String {
    let mut encoded = String::new();
    push_encoded(&mut encoded, text, Keep::Unreserved);
    encoded
}

/// Returns the pairs of a query, each with whether it has this name.
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

pub(crate) fn with_query_value(uri: &Uri, name: &str, value: &str) -> Result<Uri, Error> {
    let others = pairs(uri, name).filter(|(is_named, _)| !is_named);
    let mut query: Vec<Cow<'_, str>> = others.map(|(_, pair)| Cow::Borrowed(pair)).collect();
    query.push(Cow::Owned(format!("{}={}", encoded(name), encoded(value))));
    with_target(uri, &format!("{}?{}", uri.path(), query.join("&"))).map_err(|reason| {
        let message = format!("query parameter `{name}` makes no URL: {reason}");
        Error::new(ErrorKind::InvalidRequest, message)
    })
}

fn without_query(uri: &Uri) -> Result<Uri, Error> {
    with_target(uri, uri.path()).map_err(|reason| Error::new(ErrorKind::InvalidRequest, reason))
}

fn with_target(uri: &Uri, target: &str) -> Result<Uri, String> {
    let mut parts = uri.clone().into_parts();
    let target = target.parse::<uri::PathAndQuery>().map_err(|error| error.to_string())?;
    parts.path_and_query = Some(target);
    Uri::from_parts(parts).map_err(|error| error.to_string())
}

/// Returns a JSON object with one property set. Missing objects around the property are created.
fn with_member(body: &[u8], path: &[&'static str], json: String) -> Result<String, Error> {
    let body: &[u8] = if body.is_empty() { b"{}" } else { body };
    let Some((name, inner)) = path.split_first() else {
        return Ok(json);
    };
    let mut members = std::str::from_utf8(body).ok().and_then(Members::read).ok_or_else(|| {
        let message = format!("the body is not a JSON object that can have the member `{name}`");
        Error::new(ErrorKind::InvalidRequest, message)
    })?;
    let json = match members.get(name).filter(|member| *member != "null") {
        Some(member) if !inner.is_empty() => with_member(member.as_bytes(), inner, json)?,
        _ => with_member(b"", inner, json)?,
    };
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
        let text = |body: &[u8], path: &[&'static str]| with_member(body, path, quoted("x"));
        assert_eq!(text(b"", &["t"]).unwrap(), r#"{"t":"x"}"#);
        assert_eq!(text(br#"{"t":"o","a":1}"#, &["t"]).unwrap(), r#"{"a":1,"t":"x"}"#);
        assert_eq!(text(b"", &["p", "t"]).unwrap(), r#"{"p":{"t":"x"}}"#);
        assert_eq!(
            text(br#"{"p":{"n":5,"t":"o"},"a":1.0}"#, &["p", "t"]).unwrap(),
            r#"{"a":1.0,"p":{"n":5,"t":"x"}}"#
        );
        assert_eq!(text(br#"{"p":null}"#, &["p", "t"]).unwrap(), r#"{"p":{"t":"x"}}"#);
        for body in ["[]", "null", "\u{fffd}"] {
            assert_eq!(
                text(body.as_bytes(), &["t"]).unwrap_err().kind(),
                ErrorKind::InvalidRequest
            );
        }
        assert!(text(br#"{"p":1}"#, &["p", "t"]).is_err());
    }
}
