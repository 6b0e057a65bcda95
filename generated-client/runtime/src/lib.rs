//! The runtime under a generated client: everything that is the same for every operation.
//!
//! Generated code says what its document says; URLs, encodings, limits, errors and transport are here.
//! Without any feature the crate is JSON models and parameters only; `client` adds calls over a [`Transport`] of one's
//! own, `rustls` (the default) and `native-tls` the transport over reqwest.

mod parameter;
pub mod wire;

#[cfg(feature = "client")]
mod answer;
#[cfg(feature = "client")]
mod attempts;
#[cfg(feature = "blocking")]
pub mod blocking;
#[cfg(feature = "client")]
mod call;
#[cfg(feature = "client")]
mod client;
#[cfg(feature = "client")]
mod credential;
#[cfg(feature = "client")]
mod decode;
#[cfg(feature = "client")]
mod encoding;
#[cfg(feature = "client")]
mod error;
#[cfg(feature = "client")]
mod execute;
#[cfg(feature = "client")]
mod header;
#[cfg(feature = "client")]
mod invisible;
#[cfg(feature = "client")]
mod limits;
#[cfg(feature = "client")]
mod multipart;
#[cfg(feature = "client")]
mod oauth;
#[cfg(feature = "client")]
mod operation;
#[cfg(feature = "client")]
mod paging;
#[cfg(feature = "client")]
mod path;
#[cfg(feature = "client")]
mod payload;
#[cfg(feature = "test-util")]
pub mod recording;
#[cfg(feature = "client")]
mod response;
#[cfg(feature = "client")]
mod retry;
#[cfg(feature = "client")]
mod retry_after;
#[cfg(feature = "client")]
mod secret;
#[cfg(feature = "client")]
mod sending;
#[cfg(feature = "client")]
mod server;
#[cfg(feature = "client")]
mod stream;
#[cfg(feature = "client")]
mod style;
#[cfg(feature = "client")]
mod token;
#[cfg(feature = "client")]
mod trace;
#[cfg(feature = "client")]
mod transport;
#[cfg(feature = "client")]
mod upload;
#[cfg(feature = "client")]
mod waiting;

pub use parameter::{JsonForm, Parameter, ParameterValue};

#[cfg(feature = "client")]
pub use self::{
    answer::{Answer, Mismatch, Outcome},
    call::Call,
    client::{Client, ClientBuilder},
    credential::{Authorization, BearerToken, Credential, CredentialError, Credentials, Requirement},
    error::{Error, ErrorKind, RpcCode, RpcStatus},
    header::Header,
    limits::TimeLimit,
    oauth::{ClientAuthentication, ClientCredentials, SubjectToken, TokenExchange},
    operation::{Operation, Typed},
    paging::{Items, ItemsField, Pages, TokenField},
    response::Response,
    retry::RetryPolicy,
    secret::Secret,
    sending::Sending,
    server::{Server, ServerTemplate},
    stream::{Chunks, Event, Events, Lines, Part, Parts},
    style::Style,
    token::{Form, RefreshingToken, Token, TokenEndpoint, TokenError, TokenSource},
    transport::{Body, BoxFuture, Transport, TransportError, TransportErrorKind},
    upload::Upload,
    waiting::{WaitPolicy, wait_until},
};

#[cfg(feature = "reqwest")]
pub use self::transport::reqwest::ReqwestTransport;

#[cfg(feature = "client")]
pub use {bytes::Bytes, http, http::Method};
