//! A token request over the client's own transport.

use std::{fmt, time::SystemTime};

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{HeaderValue, Method, Request, StatusCode, Uri, header};
use tokio::time::{Instant, timeout};

use super::{
    Form, TokenError,
    clock::{hint, skew},
    error::Inner,
    form::redacted,
    reply::Reply,
};
use crate::{
    Authorization, Body, Client, Error, ErrorKind, Operation, RpcStatus, Secret, TimeLimit, Token,
    encoding::{Keep, one_line, push_encoded},
    error::status_line,
    execute::Exchange,
    retry_after::retry_after,
    server::BaseUrl,
    transport::watch::ConnectionWatch,
};

/// Bytes of a server's words that a message shows.
const SHOWN: usize = 1 << 10;

static TOKEN: Operation = Operation::post("token request", "/");

/// A token endpoint (RFC 6749, 3.2).
#[derive(Clone)]
pub struct TokenEndpoint {
    url: String,
    basic: Option<(Authorization, Secret)>,
}

impl TokenEndpoint {
    /// Creates an endpoint with a URL that is absolute or relative to the server of the client.
    ///
    /// `/oauth/token` is relative to the root of the server, and `oauth/token` to its base URL. An absolute URL must start with
    /// `https`, or with `http` for loopback. It can have a query, but must not have a user name or a fragment.
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            basic: None,
        }
    }

    /// Sends the id and the secret of the client in `Authorization: Basic`, percent-encoded (RFC 6749, 2.3.1).
    #[must_use]
    pub fn basic_authentication(mut self, client_id: &str, client_secret: &Secret) -> Self {
        let mut pair = String::new();
        push_encoded(&mut pair, client_id, Keep::Unreserved);
        pair.push(':');
        push_encoded(&mut pair, client_secret.expose(), Keep::Unreserved);
        let value = Secret::new(format!("Basic {}", STANDARD.encode(pair)));
        // Base64 is text that every header can carry.
        let authorization = Authorization::header(header::AUTHORIZATION, &value).ok();
        self.basic = authorization.map(|authorization| (authorization, client_secret.clone()));
        self
    }

    /// Sends one token request, within the client's time limit of an attempt, and returns the token of the response.
    pub async fn fetch(&self, client: &Client, form: &Form) -> Result<Token, TokenError> {
        if tokio::runtime::Handle::try_current().is_err() {
            return Err(TokenError::new("tokens are awaited inside a tokio runtime"));
        }
        let started = Instant::now();
        let request = self.request(client, form)?;
        let limit = client.limits().attempt_of(None);
        let watch = ConnectionWatch::default();
        let mut request = request;
        request.extensions_mut().insert(watch.clone());
        let response = timeout(limit, Exchange::new(client, &TOKEN).run(request)).await;
        let response = response.unwrap_or_else(|_| Err(Error::timeout(TimeLimit::Attempt, limit)));
        if response.as_ref().is_err_and(Error::is_stall) {
            watch.stalled();
        }
        match response {
            Ok(received) => self.token(received.head.status, &received.body, form),
            Err(error) if error.kind() == ErrorKind::Status => Err(self.refusal(&error, form)),
            Err(error) => Err(not_answered(error.with_effort(1, started.elapsed()))),
        }
    }

    fn request(&self, client: &Client, form: &Form) -> Result<Request<Body>, TokenError> {
        let (uri, server) = self.target(client).map_err(TokenError::new)?;
        let mut request = Request::new(Body::from(form.body()));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = uri;
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(header::CONTENT_TYPE, Form::CONTENT_TYPE);
        client.add_headers(headers, &server);
        if let Some((authorization, _)) = &self.basic {
            headers.insert(header::AUTHORIZATION, authorization.value.clone());
        }
        Ok(request)
    }

    /// Reasons never repeat the URL: it may hold a secret.
    fn target(&self, client: &Client) -> Result<(Uri, BaseUrl), String> {
        let url = &self.url;
        if url.contains('#') {
            return Err("the token endpoint URL contains a fragment".to_owned());
        }
        let (absolute, server) = if let Some(start) = url.find("://") {
            let path = url.get(start + 3..).and_then(|rest| rest.find(['/', '?']));
            let (server, path) = url.split_at(path.map_or(url.len(), |path| start + 3 + path));
            let server = BaseUrl::parse(server, client.allows_plain_http());
            let server = server.map_err(|reason| format!("the token request cannot be sent: {reason}"))?;
            (format!("{}{path}", server.origin()), server)
        } else if url.starts_with("//") {
            return Err("the token endpoint URL does not have a scheme".to_owned());
        } else if url.starts_with('/') {
            (format!("{}{url}", client.base().origin()), client.base().clone())
        } else {
            (client.base().join(&format!("/{url}")), client.base().clone())
        };
        let uri = absolute.parse();
        let uri = uri.map_err(|error| format!("the token endpoint URL is invalid: {error}"))?;
        Ok((uri, server))
    }

    fn token(&self, status: StatusCode, body: &[u8], form: &Form) -> Result<Token, TokenError> {
        let reply = Reply::from_body(body).unwrap_or_default();
        if reply.error.is_some() {
            return Err(self.oauth_error(status, reply, form).into());
        }
        reply.into_token().map_err(|problem| {
            TokenError::from(Inner {
                message: format!("the token endpoint answered {}, but {problem}", status_line(status)),
                status: Some(status),
                ..Inner::default()
            })
        })
    }

    /// Returns the error of a status other than success. Bodies of unknown shapes are not shown, because they may repeat
    /// the request in a form in which its secrets are not found.
    fn refusal(&self, error: &Error, form: &Form) -> TokenError {
        let status = error.status().unwrap_or_default();
        let reply = Reply::from_body(error.body()).unwrap_or_default();
        let refusal = match (&reply.error, error.rpc_status()) {
            (None, Some(rpc)) => self.rpc_error(status, rpc, form),
            _ => self.oauth_error(status, reply, form),
        };
        let now = SystemTime::now();
        let is_refused = matches!(status.as_u16(), 400 | 401 | 403) && form.has_assertion();
        let clock_skew = error
            .headers()
            .filter(|_| is_refused)
            .and_then(|headers| skew(headers, now));
        let message = refusal.message + &clock_skew.map(hint).unwrap_or_default();
        TokenError::from(Inner {
            message,
            clock_skew,
            is_retryable: matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504),
            retry_after: error.headers().and_then(|headers| retry_after(headers, now)),
            ..refusal
        })
    }

    fn oauth_error(&self, status: StatusCode, reply: Reply, form: &Form) -> Inner {
        let shown = |text: String| one_line(&self.redact(&text, form), SHOWN);
        let code = reply.error.map(shown);
        let description = reply.error_description.map(shown);
        let words = [code.as_deref(), description.as_deref()];
        Inner {
            message: message(status, words.into_iter().flatten()),
            status: Some(status),
            code,
            description,
            ..Inner::default()
        }
    }

    fn rpc_error(&self, status: StatusCode, rpc: &RpcStatus, form: &Form) -> Inner {
        let shown = one_line(&self.redact(rpc.message(), form), SHOWN);
        Inner {
            message: message(status, std::iter::once(shown.as_str())),
            status: Some(status),
            ..Inner::default()
        }
    }

    /// A text of the server's without the secrets that were sent to it.
    fn redact(&self, text: &str, form: &Form) -> String {
        let text = form.redact(text);
        match &self.basic {
            Some((authorization, secret)) => crate::error::redacted(&redacted(&text, secret), authorization.echoes()),
            None => text,
        }
    }
}

/// The URL may hold a secret in its query.
impl fmt::Debug for TokenEndpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("TokenEndpoint")
    }
}

fn message<'a>(status: StatusCode, words: impl Iterator<Item = &'a str>) -> String {
    let mut message = format!("the token endpoint answered {}", status_line(status));
    for words in words.filter(|words| !words.is_empty()) {
        message.push_str(": ");
        message.push_str(words);
    }
    message
}

fn not_answered(error: Error) -> TokenError {
    let is_retryable = matches!(
        error.kind(),
        ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport
    );
    let answered = TokenError::from(Inner {
        message: format!("the token request failed: {error}"),
        status: error.status(),
        is_retryable,
        ..Inner::default()
    });
    answered.caused_by(error)
}
