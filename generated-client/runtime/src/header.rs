//! Headers of answers that the document describes.

use std::{fmt, marker::PhantomData};

use http::{HeaderMap, HeaderValue, header};

use crate::{
    Error, ErrorKind,
    wire::{self, Json},
};

/// A header of an operation's answers, by its name and what the document says of its value: generated calls have a
/// constant for each. [`Response::header`](crate::Response::header) and [`Error::header`] read it.
///
/// ```
/// use specwright_runtime::Header;
///
/// struct ListPets;
///
/// impl ListPets {
///     pub const X_REMAINING: Header<i64> = Header::literal("X-Remaining");
/// }
///
/// fn remaining(error: &specwright_runtime::Error) -> Result<Option<i64>, specwright_runtime::Error> {
///     error.header(ListPets::X_REMAINING)
/// }
/// ```
pub struct Header<T> {
    name: &'static str,
    form: Form,
    value: PhantomData<fn() -> T>,
}

/// How JSON text is made of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Text,
    Literal,
    Texts,
    Literals,
    Json,
}

/// A constructor for each form.
macro_rules! forms {
    ($($(#[$docs:meta])* $name:ident $form:ident)*) => {$(
        $(#[$docs])*
        #[must_use]
        pub const fn $name(name: &'static str) -> Self {
            Self { name, form: Form::$form, value: PhantomData }
        }
    )*};
}

impl<T: Json> Header<T> {
    forms! {
        /// A header that is a string.
        text Text
        /// A header that is a number, `true` or `false`.
        literal Literal
        /// A list of strings, with commas between them.
        texts Texts
        /// A list of numbers or booleans, with commas between them.
        literals Literals
        /// A header that is described by the content `application/json`.
        json Json
    }

    /// The header's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Reads the value from these headers; `None` if the header is missing.
    pub(crate) fn read(&self, headers: &HeaderMap) -> Result<Option<T>, Error> {
        let lines = headers.get_all(self.name).iter().map(HeaderValue::as_bytes);
        let lines: Result<Vec<&str>, _> = lines.map(std::str::from_utf8).collect();
        let refuse = |reason: String| Error::new(ErrorKind::Decode, format!("the header `{}` {reason}", self.name));
        let lines = lines.map_err(|_| refuse("is not UTF-8".to_owned()))?;
        if lines.is_empty() {
            return Ok(None);
        }
        // The header's text is in no message: it may be a key.
        wire::from_str(&self.json_text(&lines)).map(Some).map_err(|error| {
            let reason = format!(
                "does not decode: expected {}, found {}",
                error.expected(),
                error.found()
            );
            refuse(reason)
        })
    }

    /// Several lines of one name mean the same as one with commas, except cookies, which hold commas.
    fn json_text(&self, lines: &[&str]) -> String {
        let has_commas = self.name.eq_ignore_ascii_case(header::SET_COOKIE.as_str());
        let whole = lines.join(if has_commas { "\n" } else { ", " });
        let separator = if has_commas { '\n' } else { ',' };
        let quoted = |text: &str| wire::Value::from(text).to_string();
        let list = |written: &dyn Fn(&str) -> String| {
            let items = whole.split(separator).map(str::trim).filter(|item| !item.is_empty());
            format!("[{}]", items.map(written).collect::<Vec<_>>().join(","))
        };
        match self.form {
            Form::Text => quoted(&whole),
            Form::Literal | Form::Json => whole,
            Form::Texts => list(&quoted),
            Form::Literals => list(&str::to_owned),
        }
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Header").field(&self.name).finish()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue};

    use super::Header;
    use crate::{ErrorKind, wire::Timestamp};

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in lines {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        headers
    }

    #[test]
    fn scalars_and_lists_are_read() {
        let headers = headers(&[
            ("x-left", "42"),
            ("etag", "\"a b\""),
            ("x-ok", "true"),
            ("x-ids", "1,2"),
            ("x-ids", "3"),
            ("allow", "GET, ,PUT"),
            ("x-none", ""),
            ("expires", "2026-01-02T03:04:05Z"),
            ("x-page", r#"{"a":[1]}"#),
            ("set-cookie", "a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT"),
            ("set-cookie", "b=2"),
        ]);
        assert_eq!(Header::<i64>::literal("X-Left").read(&headers).unwrap(), Some(42));
        assert_eq!(Header::<bool>::literal("X-Ok").read(&headers).unwrap(), Some(true));
        let tag = Header::<String>::text("ETag").read(&headers).unwrap();
        assert_eq!(tag.as_deref(), Some("\"a b\""));
        let ids = Header::<Vec<i64>>::literals("X-Ids").read(&headers).unwrap();
        assert_eq!(ids, Some(vec![1, 2, 3]));
        let allow = Header::<Vec<String>>::texts("Allow").read(&headers).unwrap();
        assert_eq!(allow, Some(vec!["GET".to_owned(), "PUT".to_owned()]));
        let none = Header::<Vec<String>>::texts("X-None").read(&headers).unwrap();
        assert_eq!(none, Some(Vec::new()));
        assert!(Header::<Timestamp>::text("Expires").read(&headers).unwrap().is_some());
        let page = Header::<crate::wire::Value>::json("X-Page").read(&headers).unwrap();
        assert_eq!(page.unwrap()["a"][0], 1);
        let cookies = Header::<Vec<String>>::texts("Set-Cookie").read(&headers).unwrap();
        assert_eq!(cookies.unwrap().len(), 2);
        assert_eq!(Header::<i64>::literal("X-Gone").read(&headers).unwrap(), None);
    }

    #[test]
    fn what_does_not_decode_says_which_header_and_not_its_text() {
        let headers = headers(&[("x-left", "sesame"), ("x-ids", "1,[2]")]);
        let error = Header::<i64>::literal("X-Left").read(&headers).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let message = error.to_string();
        assert!(message.contains("the header `X-Left` does not decode"), "{message}");
        assert!(!message.contains("sesame"), "{message}");
        assert!(Header::<Vec<i64>>::literals("X-Ids").read(&headers).is_err());
    }
}
