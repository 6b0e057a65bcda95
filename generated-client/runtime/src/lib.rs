//! The runtime of generated clients: everything that is the same for all operations.
//!
//! The items on this page are the public API, which follows semantic versioning. Generated code also uses a hidden module that
//! can change with every minor version. A client therefore requires the same minor version of the runtime. It does not compile
//! with another one, and the compiler shows the reason.
//!
//! Generated code contains what its document declares. URLs, encodings, limits, errors and transport are in this crate. Without
//! features, the crate supports only JSON models and parameters. `client` adds calls over your own `Transport`. `rustls` (the
//! default) and `native-tls` add the transport over reqwest.
//!
//! # Time limits
//!
//! | limit | counts | default |
//! | --- | --- | --- |
//! | connect | opening a connection, TLS included | 5 s |
//! | attempt | from the last byte of the request to the last byte of the response | 30 s, or the limit of the call if that is longer |
//! | idle | a pause within a body, while it is sent or received | 20 s |
//! | call | everything: the credential, all attempts and the pauses between them | 60 s |
//! | ping | an answer to an HTTP/2 ping, which is sent every 15 s | 10 s |
//!
//! The error of a limit contains its name, its value and the setting that changes it.
//!
//! # Runtimes
//!
//! Use a client on one tokio runtime. The runtime of the call that opens a connection also drives it. If that runtime does not
//! run, calls on another runtime wait until a time limit closes the connection. A token request is repeated after 5 s.

#[doc(hidden)]
pub mod codegen;
#[doc(hidden)]
pub mod forms;
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
mod content_encoding;
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
mod idempotency;
#[cfg(feature = "client")]
mod invisible;
#[cfg(feature = "client")]
mod limits;
#[cfg(feature = "test-util")]
pub mod mock;
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
#[cfg(feature = "test-util")]
mod testing;
#[cfg(feature = "client")]
mod throttle;
#[cfg(feature = "client")]
mod token;
#[cfg(feature = "client")]
mod trace;
#[cfg(feature = "client")]
mod transport;
#[cfg(feature = "client")]
mod turn;
#[cfg(feature = "client")]
mod upload;
#[cfg(feature = "client")]
mod waiting;

pub(crate) use parameter::{Parameter, ParameterValue};

#[cfg(feature = "client")]
pub use self::{
    client::{Client, ClientBuilder},
    credential::{Authorization, BearerToken, Credential, CredentialError, Credentials},
    error::{Error, ErrorKind, RpcCode, RpcStatus},
    header::Header,
    limits::TimeLimit,
    oauth::{ClientAuthentication, ClientCredentials, SubjectToken, TokenExchange},
    paging::{Items, Pages, PagingProblem, PagingRule},
    response::Response,
    retry::{RetryBudget, RetryPolicy},
    secret::Secret,
    sending::Sending,
    server::{Server, ServerTemplate},
    stream::{Chunks, Event, Events, Lines, Part, Parts, Reconnect},
    throttle::Throttle,
    token::{Form, RefreshingToken, Token, TokenEndpoint, TokenError, TokenSource},
    transport::{Body, BoxFuture, Layer, Transport, TransportError, TransportErrorKind},
    upload::Upload,
    waiting::{WaitPolicy, wait_until},
};

#[cfg(feature = "client")]
pub(crate) use self::{
    answer::{Answer, Mismatch, Outcome},
    call::Call,
    operation::Operation,
    style::Style,
};

#[cfg(feature = "blocking")]
pub use self::paging::{WaitedItems, WaitedPages};
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub use self::transport::{Certificate, Identity, TlsVersion};
#[cfg(feature = "reqwest")]
pub use self::transport::{Proxy, reqwest::ReqwestTransport};
#[cfg(feature = "tower")]
pub use self::transport::{TowerTransport, TransportService};
/// The HTTP client that [`ReqwestTransport`] takes.
#[cfg(feature = "reqwest")]
pub use ::reqwest;

#[cfg(feature = "client")]
pub use {bytes::Bytes, http, http::Method};
