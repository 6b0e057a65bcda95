//! Tracing of calls: a span with the names of OpenTelemetry for HTTP clients.

#[cfg(feature = "tracing")]
mod spans;
#[cfg(feature = "tracing")]
pub(crate) use self::spans::CallSpan;

#[cfg(not(feature = "tracing"))]
mod silent;
#[cfg(not(feature = "tracing"))]
pub(crate) use self::silent::CallSpan;
