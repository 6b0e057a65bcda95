//! A call under construction: one type for all operations.

mod answers;
mod body;
#[cfg(feature = "test-util")]
mod expected;
mod limits;
mod problem;

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri, header};

#[cfg(feature = "test-util")]
pub(crate) use self::expected::Expected;
use self::problem::Problem;
use crate::{
    Client, Error, ErrorKind, Operation, Parameter, RetryPolicy, Sending, Server, Style,
    encoding::one_line,
    execute::execute,
    multipart::Multipart,
    operation::{Input, Required},
    path,
    payload::Payload,
    server::BaseUrl,
    style::{header_text, pairs, path_text},
    wire::{self, Json},
};

const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// Headers that belong to the connection or that the transport writes itself.
const NOT_OF_A_CALL: [HeaderName; 8] = [
    header::CONNECTION,
    header::CONTENT_LENGTH,
    header::HOST,
    header::PROXY_AUTHORIZATION,
    header::TE,
    header::TRAILER,
    header::TRANSFER_ENCODING,
    header::UPGRADE,
];

/// A call that is put together and not sent yet.
///
/// The first thing that cannot be part of a request is kept, and returned when the call is sent.
///
/// A call is not a future yet, so that it can be changed until it is sent: `.await` sends it, and where a future is wanted, as
/// in `tokio::spawn` or `join_all`, its `send()` is one. Clones can be sent too, each as a call of its own. A body that is a
/// stream is read once: of several clones the first that reads it has it, and the others fail with
/// [`ErrorKind::InvalidRequest`].
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call {
    client: Client,
    draft: Box<Draft>,
}

#[derive(Clone)]
struct Draft {
    operation: &'static Operation,
    arguments: path::Arguments,
    query: String,
    cookies: String,
    headers: HeaderMap,
    /// The content type that the caller gives in place of the body's own.
    content_type: Option<HeaderValue>,
    body: Option<Content>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    idle_timeout: Option<Duration>,
    is_repeatable: bool,
    retry: Option<RetryPolicy>,
    server: Option<Server>,
    is_streamed: bool,
    problem: Problem,
}

/// A body while it is put together.
#[derive(Clone)]
enum Content {
    Payload(Payload),
    Parts(Multipart),
}

/// A request as every attempt sends it, but for the credential.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) operation: &'static Operation,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Payload,
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    /// Whether the caller says that a repetition does no harm.
    pub(crate) repeats: bool,
    pub(crate) retry: Option<RetryPolicy>,
    /// Whether the caller reads the response's body.
    pub(crate) is_streamed: bool,
    /// Whether the request goes to an origin that the client's credentials are for.
    pub(crate) is_trusted: bool,
    /// The URL of the first page, where this is a page whose URL the server chose.
    pub(crate) followed_from: Option<Uri>,
}

impl Call {
    /// A call of an operation, with the first arguments of its path.
    pub fn new(client: &Client, operation: &'static Operation, path: &[&dyn Parameter]) -> Self {
        let draft = Draft {
            operation,
            arguments: Vec::new(),
            query: String::new(),
            cookies: String::new(),
            headers: HeaderMap::new(),
            content_type: None,
            body: operation.parts.map(Content::of_parts),
            timeout: None,
            attempt_timeout: None,
            idle_timeout: None,
            is_repeatable: false,
            retry: None,
            server: None,
            is_streamed: false,
            problem: Problem::default(),
        };
        let call = Self {
            client: client.clone(),
            draft: Box::new(draft),
        };
        path.iter().fold(call, |call, value| call.path(*value))
    }

    /// The next argument of the path, in the order of the path template. One that is empty, `.` or `..` is refused when the
    /// call is sent, because it would address something else.
    pub fn path(self, value: &dyn Parameter) -> Self {
        self.path_styled(value, Style::SIMPLE)
    }

    /// The next argument of the path in a style of its own.
    pub fn path_styled(mut self, value: &dyn Parameter, style: Style) -> Self {
        let Some(name) = path::names(self.draft.operation.path()).nth(self.draft.arguments.len()) else {
            return self;
        };
        let (text, reason) = match path_text(name, &value.parameter(), style) {
            Ok(text) => {
                let reason = path::refusal(&text);
                (text, reason.map(|reason| format!(" {reason}")))
            }
            Err(reason) => (String::new(), Some(format!(": {reason}"))),
        };
        // A refused one keeps its place, so that the others keep theirs.
        self.draft.arguments.push((name, text));
        if let Some(reason) = reason {
            self.refuse(format!("path argument `{name}`{reason}"));
        }
        self
    }

    /// A query parameter, in style form and exploded unless it has another style.
    pub fn query(mut self, slot: impl Into<Input>, value: &dyn Parameter) -> Self {
        let Input { name, style, .. } = slot.into();
        match pairs(name, &value.parameter(), style.unwrap_or(Style::FORM)) {
            Ok(pairs) => append_pairs(&mut self.draft.query, &pairs, "&"),
            Err(reason) => self.refuse(format!("query parameter `{name}`: {reason}")),
        }
        self
    }

    /// A header parameter, in style simple unless it has another style.
    pub fn header_parameter(mut self, slot: impl Into<Input>, value: &dyn Parameter) -> Self {
        let Input { name, style, .. } = slot.into();
        match header_text(&value.parameter(), style.unwrap_or(Style::SIMPLE)) {
            Ok(None) => {}
            Ok(Some(text)) => self.push_header(name, &text),
            Err(reason) => self.refuse(format!("header `{name}`: {reason}")),
        }
        self
    }

    /// A cookie parameter, in style form and exploded unless it has another style; several are joined into one header.
    pub fn cookie(mut self, slot: impl Into<Input>, value: &dyn Parameter) -> Self {
        let Input { name, style, .. } = slot.into();
        match pairs(name, &value.parameter(), style.unwrap_or(Style::FORM).in_cookie()) {
            Ok(pairs) => append_pairs(&mut self.draft.cookies, &pairs, "; "),
            Err(reason) => self.refuse(format!("cookie parameter `{name}`: {reason}")),
        }
        self
    }

    /// A header of the caller's own; it replaces one of the same name, also where the document or the body has one.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.push_header(name, value);
        self
    }

    /// The inputs that an operation requires beside its path and its body.
    pub fn required(self, inputs: impl Required) -> Self {
        inputs.carry(self)
    }

    /// A JSON body.
    pub fn json(mut self, body: &impl Json) -> Self {
        match self.written(body) {
            Some(json) => self.body(JSON, json),
            None => self,
        }
    }

    /// The JSON text of a body; `None` where it is refused.
    fn written(&mut self, body: &impl Json) -> Option<String> {
        #[cfg(feature = "validate")]
        if self.client.validates_requests()
            && let Err(error) = wire::validate_request(body, self.draft.operation.body_rules)
        {
            self.refuse_for(format!("body: {error}"), error);
        }
        let written = wire::to_request_text(body);
        written
            .map_err(|error| self.refuse_for(format!("body: {error}"), error))
            .ok()
    }

    /// A body of any content type.
    pub fn body(mut self, content_type: HeaderValue, body: impl Into<Bytes>) -> Self {
        self.draft.body = Some(Content::from(body.into()));
        self.draft.headers.insert(header::CONTENT_TYPE, content_type);
        self
    }

    /// Repeats failed attempts by this policy, instead of the client's.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.draft.retry = Some(policy);
        self
    }

    /// Sends the call to another server; credentials are sent along only if its origin is that of the base URL or
    /// [trusted](crate::ClientBuilder::trust).
    pub fn server(mut self, server: Server) -> Self {
        self.draft.server = Some(server);
        self
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.draft.operation
    }

    fn send<T>(self, accept: HeaderValue, decode: crate::sending::Decode<T>) -> Sending<T> {
        let Self { client, draft } = self;
        let operation = draft.operation;
        let exchange = async move {
            let prepared = draft.prepare(&client, accept).map_err(|error| error.of(operation))?;
            execute(client, prepared).await
        };
        Sending::new(Box::pin(exchange), decode)
    }

    /// Returns the request of a call with a JSON response, for callers that send it more than once.
    pub(crate) fn into_request(self) -> (Client, Result<Prepared, Error>) {
        let Self { client, draft } = self;
        let operation = draft.operation;
        let prepared = draft.prepare(&client, JSON).map_err(|error| error.of(operation));
        (client, prepared)
    }

    fn push_header(&mut self, name: &str, value: &str) {
        match own_header(name, value) {
            Ok((name, value)) => {
                if name == header::CONTENT_TYPE {
                    self.draft.content_type = Some(value);
                } else if self.draft.headers.try_insert(name, value).is_err() {
                    self.refuse("too many headers".to_owned());
                }
            }
            Err(reason) => self.refuse(reason),
        }
    }

    fn refuse(&mut self, reason: String) {
        self.draft
            .problem
            .note(|| Error::new(ErrorKind::InvalidRequest, reason));
    }

    fn refuse_for(&mut self, reason: String, cause: impl std::error::Error + Send + Sync + 'static) {
        let problem = || Error::new(ErrorKind::InvalidRequest, reason).caused_by(cause);
        self.draft.problem.note(problem);
    }
}

/// What is sent stays out of it: arguments, headers and bodies may hold what is not for logs.
impl fmt::Debug for Call {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Call")
            .field("operation", &self.draft.operation.id())
            .finish_non_exhaustive()
    }
}

impl Draft {
    fn prepare(mut self, client: &Client, accept: HeaderValue) -> Result<Prepared, Error> {
        std::mem::take(&mut self.problem).check()?;
        let invalid = |reason: String| Error::new(ErrorKind::InvalidRequest, reason);
        let operation = self.operation;
        let own = || {
            let server = operation.server.filter(|_| client.has_operation_servers())?;
            Some(Server::from(server()))
        };
        let other = self
            .server
            .take()
            .or_else(own)
            .map(|server| server.resolve_at(client.base(), client.allows_plain_http()))
            .transpose()
            .map_err(invalid)?;
        let base = other.as_ref().unwrap_or(client.base());
        let mut target = path::fill(self.operation.path(), &self.arguments).map_err(invalid)?;
        if !self.query.is_empty() {
            target.push(if target.contains('?') { '&' } else { '?' });
            target.push_str(&self.query);
        }
        let uri = base.join(&target).parse::<Uri>();
        let uri = uri.map_err(|error| invalid(format!("the URL of the call is invalid: {error}")).caused_by(error))?;

        let mut headers = self.take_headers(client, base, accept)?;
        let (content_type, body) = match self.body {
            Some(content) => content.finish(self.content_type.take())?,
            None if operation.takes_empty_object => {
                headers.insert(header::CONTENT_TYPE, JSON);
                (self.content_type.take(), Payload::Bytes(Bytes::from_static(b"{}")))
            }
            None => (self.content_type.take(), Payload::default()),
        };
        if let Some(content_type) = content_type {
            headers.insert(header::CONTENT_TYPE, content_type);
        }
        let is_trusted = client.trusts(base);
        let method = self.operation.method();
        let method = Method::from_bytes(method.as_bytes())
            .map_err(|error| invalid(format!("`{method}` is not a valid HTTP method")).caused_by(error))?;
        let mut prepared = Prepared {
            operation: self.operation,
            method,
            uri,
            headers,
            body,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            idle_timeout: self.idle_timeout,
            repeats: self.is_repeatable,
            retry: self.retry,
            is_streamed: self.is_streamed,
            is_trusted,
            followed_from: None,
        };
        if let Some(paging) = &self.operation.paging {
            paging.limit_size(&mut prepared)?;
        }
        Ok(prepared)
    }

    /// The headers of the call, then those of the client, then what the document says where both do not.
    fn take_headers(&mut self, client: &Client, server: &BaseUrl, accept: HeaderValue) -> Result<HeaderMap, Error> {
        let mut headers = std::mem::take(&mut self.headers);
        client.add_headers(&mut headers, server);
        let declared = self
            .operation
            .accept
            .and_then(|media| HeaderValue::from_str(media).ok());
        headers.entry(header::ACCEPT).or_insert(declared.unwrap_or(accept));
        if !self.cookies.is_empty() {
            let own = headers.get(header::COOKIE).and_then(|own| own.to_str().ok());
            let own = own.map(|own| format!("{own}; ")).unwrap_or_default();
            let cookies = HeaderValue::from_str(&format!("{own}{}", self.cookies));
            let mut cookies = cookies.map_err(|error| Error::new(ErrorKind::InvalidRequest, error.to_string()))?;
            cookies.set_sensitive(true);
            headers.insert(header::COOKIE, cookies);
        }
        Ok(headers)
    }
}

/// A header that a program sets, marked sensitive. Values are never repeated in a reason: a header may carry a key.
pub(crate) fn own_header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), String> {
    let shown = one_line(name, 100);
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("`{shown}` is not a valid header name"))?;
    if NOT_OF_A_CALL.contains(&name) {
        return Err(format!("header `{shown}` cannot be set by a call"));
    }
    let value = HeaderValue::from_str(value);
    let mut value =
        value.map_err(|_| format!("header `{shown}` contains characters that are not allowed in a header"))?;
    value.set_sensitive(true);
    Ok((name, value))
}

fn append_pairs(out: &mut String, pairs: &[(String, String)], separator: &str) {
    for (name, value) in pairs {
        if !out.is_empty() {
            out.push_str(separator);
        }
        out.push_str(name);
        out.push('=');
        out.push_str(value);
    }
}
