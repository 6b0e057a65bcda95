//! Execution of a prepared request: credential, time limits, attempts, size limits and status.

use std::{sync::Arc, time::Duration};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, Method, Request, Response, Uri, header};
use tokio::time::{Instant, timeout};

use crate::{
    Authorization, Body, Client, Credential, Error, ErrorKind, Operation, RpcStatus, Secret, TimeLimit,
    attempts::{Deadline, Effort, repeat, with_cause},
    call::Prepared,
    content_encoding::undecoded,
    error::{redirect_message, status_line, status_message},
    response::{Head, Received},
    trace::CallSpan,
    transport::{
        progress::{PIECE, Progress},
        watch::ConnectionWatch,
    },
};

/// The whole call within its time limit.
pub(crate) async fn execute(client: Client, mut prepared: Prepared) -> Result<Received, Error> {
    let operation = prepared.operation;
    // The timers of tokio panic outside of its runtime.
    if tokio::runtime::Handle::try_current().is_err() {
        return Err(Error::new(ErrorKind::Configuration, "calls are awaited inside a tokio runtime").of(operation));
    }
    prepared.add_idempotency_key();
    let deadline = Deadline {
        started: Instant::now(),
        limit: prepared.timeout.unwrap_or(client.limits().call),
    };
    let mut effort = Effort::default();
    let span = CallSpan::of(&prepared);
    let attempts = span.around(repeat(&client, &prepared, deadline, &mut effort, &span));
    let outcome = match timeout(deadline.limit, attempts).await {
        Ok(outcome) => outcome,
        Err(_) => Err(cut_off(deadline.limit, &mut effort)),
    };
    span.ended(&outcome);
    let (attempts, elapsed) = (effort.attempts, deadline.started.elapsed());
    match outcome {
        Ok(received) => Ok(Received {
            effort: (attempts, elapsed),
            // A body that the caller reads can be asked for again.
            origin: received.stream.is_some().then(|| Box::new((client, prepared))),
            ..received
        }),
        Err(error) => {
            let is_repeatable = prepared.is_repeatable();
            let error = error.of(operation).repeatable(is_repeatable);
            Err(error.with_effort(attempts, elapsed))
        }
    }
}

/// The error of a call without time left, caused by what made the attempt before fail.
fn cut_off(limit: Duration, effort: &mut Effort) -> Error {
    // The user's limit may be shorter than that of an attempt, over and over.
    if let Some(watch) = effort.watch.take() {
        watch.stalled();
    }
    let error = match effort.waiting {
        Some(waiting) => waiting.cut_off(limit),
        None => Error::timeout(TimeLimit::Call, limit),
    };
    with_cause(error, effort.failure.take())
}

/// One attempt. What is done once for each attempt belongs here, what is done once for a call into [`execute`].
///
/// Nothing is done for a caller whom the server does not take: after 401 a request of any method goes once more in a
/// call, where its credential can be replaced.
pub(crate) async fn attempt(client: &Client, prepared: &Prepared, effort: &mut Effort) -> Result<Received, Error> {
    let granted = authorize(client, prepared).await?;
    let outcome = authorized(client, prepared, &granted, effort).await;
    if !is_replaceable(&granted, &outcome) || effort.is_replayed || prepared.body.is_spent() {
        return outcome;
    }
    effort.is_replayed = true;
    let granted = authorize(client, prepared).await?;
    authorized(client, prepared, &granted, effort).await
}

/// What authorizes one request, and who gave it.
struct Granted {
    credential: Arc<dyn Credential>,
    authorization: Authorization,
}

/// One request and its response.
async fn authorized(
    client: &Client,
    prepared: &Prepared,
    granted: &[Granted],
    effort: &mut Effort,
) -> Result<Received, Error> {
    effort.attempts = effort.attempts.saturating_add(1);
    let mut request = request(prepared, granted)?;
    let limits = client.limits();
    let limit = prepared
        .attempt_timeout
        .unwrap_or_else(|| limits.attempt_of(prepared.timeout));
    let exchange = Exchange {
        idle: prepared.idle_timeout.unwrap_or(limits.idle),
        is_streamed: prepared.is_streamed,
        progress: progress_of(&mut request),
        ..Exchange::new(client, prepared.operation)
    };
    let (progress, idle) = (exchange.progress.clone(), exchange.idle);
    let watch = ConnectionWatch::default();
    request.extensions_mut().insert(watch.clone());
    effort.watch = Some(watch.clone());
    let outcome = progress.within(limit, idle, exchange.run(request)).await;
    effort.watch = None;
    if outcome.as_ref().is_err_and(Error::is_stall) {
        watch.stalled();
    }
    let outcome = outcome.map(|received| Received {
        watch: Some(watch),
        ..received
    });
    // Whatever the server sent back, and wherever: the credential of this request is in no message.
    let echoes = granted.iter().flat_map(|granted| granted.authorization.echoes());
    let secrets: Vec<Secret> = echoes.cloned().collect();
    match outcome {
        Ok(received) => Ok(Received {
            head: received.head.without(&secrets),
            secrets,
            ..received
        }),
        Err(error) => Err(error.without(&secrets)),
    }
}

/// Tells the credentials of a 401 to those who gave them; whether one of these can give another.
fn is_replaceable(used: &[Granted], outcome: &Result<Received, Error>) -> bool {
    let status = outcome.as_ref().err().and_then(Error::status);
    if status != Some(http::StatusCode::UNAUTHORIZED) {
        return false;
    }
    // Every one of them is notified.
    let replaceable = used.iter().filter(|used| used.credential.rejected(&used.authorization));
    replaceable.count() > 0
}

/// The credentials for this request; none for an origin that the client does not trust.
async fn authorize(client: &Client, prepared: &Prepared) -> Result<Vec<Granted>, Error> {
    if !prepared.is_trusted {
        return Ok(Vec::new());
    }
    let credentials = match client.authority().of(prepared.operation) {
        Ok(credentials) => credentials,
        Err(_) if prepared.headers.contains_key(header::AUTHORIZATION) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let bare = client.without_credential();
    let mut granted = Vec::with_capacity(credentials.len());
    for credential in credentials {
        let authorization = credential.authorization(&bare).await.map_err(|error| {
            Error::new(
                ErrorKind::Credential,
                format!("the credential is not available: {error}"),
            )
            .caused_by(error)
        })?;
        granted.push(Granted {
            credential,
            authorization,
        });
    }
    Ok(granted)
}

fn request(prepared: &Prepared, granted: &[Granted]) -> Result<Request<Body>, Error> {
    let mut request = Request::new(prepared.body.body());
    *request.method_mut() = prepared.method.clone();
    *request.uri_mut() = prepared.uri.clone();
    *request.headers_mut() = prepared.headers.clone();
    #[cfg(feature = "test-util")]
    request
        .extensions_mut()
        .insert(crate::mock::OperationOf(prepared.operation));
    for Granted { authorization, .. } in granted {
        if let Some(first) = &prepared.followed_from {
            // A server may have put the key of an earlier request into the URL of the next page.
            authorization.take_out(&mut request, first)?;
        }
        authorization.apply(&mut request)?;
    }
    Ok(request)
}

/// How far the body of a request has been sent, where that takes time.
fn progress_of(request: &mut Request<Body>) -> Progress {
    if request.body().as_bytes().is_some_and(|bytes| bytes.len() <= PIECE) {
        return Progress::finished();
    }
    let progress = Progress::new();
    let body = std::mem::replace(request.body_mut(), Body::from(Bytes::new()));
    *request.body_mut() = body.observed_by(progress.clone());
    progress
}

/// A request sent by the client's transport and its response, without any limit of time but that between two pieces.
pub(crate) struct Exchange<'a> {
    client: &'a Client,
    operation: &'static Operation,
    is_streamed: bool,
    idle: Duration,
    progress: Progress,
}

impl<'a> Exchange<'a> {
    pub(crate) fn new(client: &'a Client, operation: &'static Operation) -> Self {
        Self {
            client,
            operation,
            is_streamed: false,
            idle: client.limits().idle,
            progress: Progress::finished(),
        }
    }

    pub(crate) async fn run(self, request: Request<Body>) -> Result<Received, Error> {
        let limits = self.client.limits();
        let target = target(request.uri());
        let response = self.client.transport().send(request).await;
        let response = response.map_err(|error| Error::transport(error, limits.connect).at(&target))?;
        // A server that answers need not read the rest.
        self.progress.finish();
        let (head, mut body) = split(self.client, response)?;
        if head.status.is_success() && self.is_streamed {
            return Ok(self.received(head, Bytes::new(), Some(body)));
        }
        if head.status.is_success() {
            // What HEAD announces does not follow.
            let announced = content_length(&head.headers).filter(|_| self.operation.method() != Method::HEAD.as_str());
            return match read(&mut body, announced, limits.response_body, self.idle).await {
                Ok(body) => Ok(self.received(head, body, None)),
                Err(cut) => {
                    let error = cut.into_error(self.idle, limits.connect, &target);
                    Err(error.with_response(head, Bytes::new()))
                }
            };
        }
        if head.status.is_redirection()
            && let Some(location) = head.headers.get(header::LOCATION)
        {
            let message = redirect_message(head.status, location);
            return Err(Error::new(ErrorKind::Redirect, message).with_response(head, Bytes::new()));
        }
        // The status says more than a failure to read what comes after it.
        let body = match read(&mut body, None, limits.error_body, self.idle).await {
            Ok(body) | Err(Cut { read: body, .. }) => body,
        };
        Err(refused(head, body))
    }

    fn received(&self, head: Head, body: Bytes, stream: Option<Body>) -> Received {
        Received {
            operation: self.operation,
            head,
            body,
            stream,
            stream_limits: (self.idle, self.client.limits().response_body),
            place: None,
            watch: None,
            origin: None,
            is_strict: self.client.reads_strictly(),
            effort: (0, Duration::ZERO),
            secrets: Vec::new(),
        }
    }
}

/// The host and port that a request goes to.
fn target(uri: &Uri) -> String {
    let host = uri.host().unwrap_or_default();
    let is_plain = uri.scheme() == Some(&http::uri::Scheme::HTTP);
    let port = uri.port_u16().unwrap_or(if is_plain { 80 } else { 443 });
    format!("{host}:{port}")
}

/// Returns the error of a status other than 2xx.
pub(crate) fn refused(head: Head, body: Bytes) -> Error {
    let rpc = RpcStatus::from_body(&body);
    let message = match undecoded(&head.headers) {
        Some(reason) => format!("{}: {reason}", status_line(head.status)),
        None => status_message(head.status, rpc.as_ref(), &body),
    };
    Error::new(ErrorKind::Status, message)
        .with_rpc_status(rpc)
        .with_response(head, body)
}

fn split(client: &Client, response: Response<Body>) -> Result<(Head, Body), Error> {
    let (parts, body) = response.into_parts();
    let mut headers = parts.headers;
    let size = headers.iter().fold(0_usize, |size, (name, value)| {
        size.saturating_add(name.as_str().len()).saturating_add(value.len())
    });
    for (_, cookie) in headers.iter_mut().filter(|(name, _)| **name == header::SET_COOKIE) {
        cookie.set_sensitive(true);
    }
    let request_id = client
        .request_id_header()
        .and_then(|name| headers.get(name))
        .and_then(|id| id.to_str().ok());
    let request_id = request_id.map(str::to_owned);
    let head = Head {
        status: parts.status,
        headers,
        request_id,
    };
    let limit = client.limits().headers;
    if size > limit {
        let message = format!("the response's headers have {size} bytes, but the limit is {limit}");
        let error = Error::new(ErrorKind::ResponseTooLarge, message);
        return Err(error.with_response(
            Head {
                headers: HeaderMap::new(),
                ..head
            },
            Bytes::new(),
        ));
    }
    Ok((head, body))
}

fn content_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Why a body was not read to its end, and what was read of it.
struct Cut {
    reason: Reason,
    read: Bytes,
}

enum Reason {
    TooLarge { limit: usize },
    Idle,
    Lost(crate::TransportError),
}

impl Cut {
    fn into_error(self, idle: Duration, connect: Duration, target: &str) -> Error {
        match self.reason {
            Reason::TooLarge { limit } => Error::new(
                ErrorKind::ResponseTooLarge,
                format!("the response's body exceeds the limit of {limit} bytes"),
            ),
            Reason::Idle => Error::timeout(TimeLimit::Idle, idle),
            Reason::Lost(error) => Error::transport(error, connect).at(target),
        }
    }
}

/// Reads a body up to `limit` bytes, waiting at most `idle` for each piece.
///
/// The limit counts what arrives here, after decompression; a length that is announced only spares the reading.
async fn read(body: &mut Body, announced: Option<u64>, limit: usize, idle: Duration) -> Result<Bytes, Cut> {
    if announced.is_some_and(|length| usize::try_from(length).map_or(true, |length| length > limit)) {
        return Err(Cut {
            reason: Reason::TooLarge { limit },
            read: Bytes::new(),
        });
    }
    let mut whole = BytesMut::new();
    loop {
        let reason = match timeout(idle, body.chunk()).await {
            Ok(Ok(None)) => return Ok(whole.freeze()),
            Ok(Ok(Some(chunk))) => {
                let room = limit.saturating_sub(whole.len());
                whole.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                if chunk.len() <= room {
                    continue;
                }
                Reason::TooLarge { limit }
            }
            Ok(Err(error)) => Reason::Lost(error),
            Err(_) => Reason::Idle,
        };
        return Err(Cut {
            reason,
            read: whole.freeze(),
        });
    }
}
