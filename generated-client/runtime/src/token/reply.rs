//! The responses of a token endpoint (RFC 6749, 5.1 and 5.2).

use std::time::Duration;

use crate::{
    Secret, Token,
    wire::{self, Json, Reader, Writer, mark},
};

/// Longer lifetimes are cut to this: ten years, so that no sum of times overflows.
const LONGEST_LIFETIME: Duration = Duration::from_secs(10 * 365 * 24 * 60 * 60);

/// A success or a failure, as far as its members say; some servers send failures with status 200.
#[derive(Default)]
pub(super) struct Reply {
    access_token: Option<String>,
    token_type: Option<String>,
    expires_in: Lifetime,
    pub(super) error: Option<String>,
    pub(super) error_description: Option<String>,
}

crate::__model! {
    Reply = "token reply";
    access_token token_type expires_in error error_description;
    [
        ("access_token", mark::OPTIONAL),
        ("token_type", mark::OPTIONAL),
        ("expires_in", mark::OPTIONAL),
        ("error", mark::OPTIONAL),
        ("error_description", mark::OPTIONAL),
    ]
    []
    []
}

impl Reply {
    pub(super) fn from_body(body: &[u8]) -> Option<Self> {
        wire::from_slice(body).ok()
    }

    /// Returns the token, or the reason why it is missing.
    pub(super) fn into_token(self) -> Result<Token, &'static str> {
        if self
            .token_type
            .is_some_and(|token_type| !token_type.eq_ignore_ascii_case("bearer"))
        {
            return Err("the token is not a bearer token");
        }
        let access_token = self.access_token.filter(|token| !token.is_empty());
        let token = Token::new(Secret::new(
            access_token.ok_or("the response does not contain an access_token")?,
        ));
        Ok(match self.expires_in.0 {
            Some(lifetime) => token.expires_in(lifetime),
            None => token,
        })
    }
}

/// `expires_in` in seconds: a number or, from some servers, a string that holds one. Anything else says nothing.
#[derive(Clone, Debug, Default, PartialEq)]
struct Lifetime(Option<Duration>);

impl Lifetime {
    fn from_text(seconds: &str) -> Self {
        let seconds = seconds.trim().parse::<f64>().ok().filter(|seconds| !seconds.is_nan());
        // Beyond what a duration holds is only what is far beyond the longest lifetime.
        Self(seconds.map(|seconds| {
            Duration::try_from_secs_f64(seconds.max(0.0)).map_or(LONGEST_LIFETIME, |time| time.min(LONGEST_LIFETIME))
        }))
    }
}

impl Json for Lifetime {
    fn blank() -> Self {
        Self(None)
    }

    fn read(&mut self, json: &mut Reader<'_>) -> wire::Result<()> {
        if let Some(text) = json.number_or_string()? {
            *self = Self::from_text(&text);
        }
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        ().write(json);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lifetime(expires_in: &str) -> Option<Duration> {
        let body = format!(r#"{{"access_token": "t", "expires_in": {expires_in}}}"#);
        let token = Reply::from_body(body.as_bytes()).map(Reply::into_token);
        token.and_then(Result::ok).map(|token| token.lifetime)?
    }

    /// R28.
    #[test]
    fn every_form_of_expires_in_is_read() {
        let seconds = |seconds| Some(Duration::from_secs(seconds));
        let rows = [
            ("600", seconds(600)),
            ("600.5", Some(Duration::from_millis(600_500))),
            ("6e2", seconds(600)),
            ("\"600\"", seconds(600)),
            ("\" 600 \"", seconds(600)),
            ("0", seconds(0)),
            ("-0", seconds(0)),
            ("-5", seconds(0)),
            ("\"-5\"", seconds(0)),
            ("18446744073709551616", Some(LONGEST_LIFETIME)),
            ("1e999", Some(LONGEST_LIFETIME)),
            ("\"inf\"", Some(LONGEST_LIFETIME)),
            ("\"NaN\"", None),
            ("\"soon\"", None),
            ("\"\"", None),
            ("null", None),
            ("true", None),
            ("[600]", None),
            ("{\"seconds\": 600}", None),
        ];
        for (expires_in, expected) in rows {
            assert_eq!(lifetime(expires_in), expected, "{expires_in}");
        }
        let absent = Reply::from_body(br#"{"access_token": "t"}"#).map(Reply::into_token);
        assert!(matches!(absent, Some(Ok(Token { lifetime: None, .. }))));
    }

    #[test]
    fn a_reply_without_a_bearer_token_is_none() {
        let rows = [
            ("{}", Some("the response does not contain an access_token")),
            (
                r#"{"access_token": ""}"#,
                Some("the response does not contain an access_token"),
            ),
            (
                r#"{"access_token": null}"#,
                Some("the response does not contain an access_token"),
            ),
            (
                r#"{"access_token": "t", "token_type": "mac"}"#,
                Some("the token is not a bearer token"),
            ),
            (r#"{"access_token": "t", "token_type": "BEARER"}"#, None),
            (r#"{"access_token": "t", "token_type": null}"#, None),
        ];
        for (body, problem) in rows {
            let reply = Reply::from_body(body.as_bytes()).map(Reply::into_token);
            assert_eq!(reply.and_then(Result::err), problem, "{body}");
        }
        for body in ["", "[]", "null", "{\"access_token\": 5}", "<html>", "\u{1}"] {
            assert!(Reply::from_body(body.as_bytes()).is_none(), "{body}");
        }
    }
}
