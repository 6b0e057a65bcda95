//! A span for each call, and an event for each attempt that is retried.
//!
//! Names and values follow OpenTelemetry's semantic conventions for HTTP client spans. A span contains the template of the
//! path, but not its arguments, and not the query, headers and bodies.

use std::{borrow::Cow, future::Future, time::Duration};

use tracing::{Instrument, Span, field::Empty};

use crate::{Error, ErrorKind, call::Prepared, response::Received};

/// The target of spans and events, which filters name: it stays the same wherever they are written.
const TARGET: &str = "specwright_runtime";

pub(crate) struct CallSpan(Span);

impl CallSpan {
    pub(crate) fn of(prepared: &Prepared) -> Self {
        let operation = prepared.operation;
        let (method, template) = (operation.method(), operation.path());
        let uri = &prepared.uri;
        let is_plain = uri.scheme() == Some(&http::uri::Scheme::HTTP);
        let port = uri.port_u16().unwrap_or(if is_plain { 80 } else { 443 });
        let span = tracing::info_span!(
            target: TARGET,
            "http.client.call",
            "otel.name" = Empty,
            "otel.kind" = "client",
            "http.request.method" = method,
            "operation.id" = operation.id(),
            "url.template" = template,
            "server.address" = uri.host().unwrap_or_default(),
            "server.port" = port,
            "http.response.status_code" = Empty,
            "http.request.resend_count" = Empty,
            "error.type" = Empty,
        );
        if !span.is_disabled() {
            span.record("otel.name", format!("{method} {template}"));
        }
        Self(span)
    }

    /// The future inside the span: what the transport tells belongs to it.
    pub(crate) fn around<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        future.instrument(self.0.clone())
    }

    /// An attempt failed, and another one follows after the pause.
    pub(crate) fn retrying(&self, error: &Error, retries: u32, pause: Duration) {
        self.0.record("http.request.resend_count", retries);
        tracing::info!(
            target: TARGET,
            parent: &self.0,
            {
                operation.id = error.operation(),
                http.request.resend_count = retries,
                error.type = &*error_type(error),
                retry.pause_ms = u64::try_from(pause.as_millis()).unwrap_or(u64::MAX),
            },
            "the attempt failed and is retried"
        );
    }

    /// The server refused the request because there were too many: the client sends fewer from now on.
    pub(crate) fn slowed_down(&self, per_second: f64) {
        tracing::info!(
            parent: &self.0,
            throttle.requests_per_second = per_second,
            "the server limits the rate of requests: the client slows down",
        );
    }

    /// An attempt failed and would be repeated if the retry budget covered it.
    pub(crate) fn budget_spent(&self, error: &Error) {
        tracing::warn!(
            parent: &self.0,
            error.type = &*error_type(error),
            "the retry budget of the client is used up: the failed attempt is not retried",
        );
    }

    pub(crate) fn ended(&self, outcome: &Result<Received, Error>) {
        let status = match outcome {
            Ok(received) => Some(received.head.status),
            Err(error) => {
                self.0.record("error.type", &*error_type(error));
                error.status()
            }
        };
        if let Some(status) = status {
            self.0.record("http.response.status_code", status.as_u16());
        }
    }
}

/// A word of few different ones, as the conventions want it: the status, or the kind of failure.
fn error_type(error: &Error) -> Cow<'static, str> {
    Cow::Borrowed(match error.kind() {
        ErrorKind::Status | ErrorKind::Redirect => {
            let status = error.status().map(|status| status.as_str().to_owned());
            return status.map_or(Cow::Borrowed("status"), Cow::Owned);
        }
        ErrorKind::Configuration => "configuration",
        ErrorKind::InvalidRequest => "invalid_request",
        ErrorKind::Credential => "credential",
        ErrorKind::Connect => "connect",
        ErrorKind::Tls => "tls",
        ErrorKind::Timeout => "timeout",
        ErrorKind::Transport => "transport",
        ErrorKind::UnexpectedContentType => "unexpected_content_type",
        ErrorKind::Decode => "decode",
        ErrorKind::ResponseTooLarge => "response_too_large",
        ErrorKind::Paging => "paging",
        ErrorKind::RetryBudget => "retry_budget",
    })
}
