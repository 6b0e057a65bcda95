//! A client of `ConductorOne`'s entitlement and owner endpoints.
//!
//! `Client::new` takes the tenant's host and a token. Every group of operations is a method of the client, and every
//! operation is a method of its group. Required inputs are arguments; optional ones are setters. Call `send()` or await
//! the call to send it.
//!
//! ```no_run
//! use conductorone_client::{Client, models::app::v1::{CreateAppEntitlementRequestInput, CreateAppEntitlementRequestInputRequired}};
//!
//! # async fn example() -> Result<(), conductorone_client::Error> {
//! let client = Client::new("acme.conductor.one", "token")?;
//! let required = CreateAppEntitlementRequestInputRequired { display_name: "Wiki editors".to_owned() };
//! let entitlement = CreateAppEntitlementRequestInput::new(required)
//!     .app_resource_type_id("2Qd3Zb0Zd1Yk2gqUcdVZkEzDa4x")
//!     .app_resource_id("2Qd3ZcVm6V0lqZBBzPqA3pC1gRk")
//!     .duration_grant("3600s");
//! let created = client.app_entitlements().create("2Qd3ZaQx5pUHhLRe9uGeNf8jQbT", entitlement).await?;
//! println!("{:?}, request {:?}", created.app_entitlement_view, created.request_id());
//! # Ok(())
//! # }
//! ```
//!
//! # Credentials
//!
//! | what there is | how the client is made |
//! | --- | --- |
//! | an access token | `Client::new` |
//! | a client id and its secret | `Client::with_client_credentials` |
//! | the identity token of a workload, for an id that ends in `/wfe` | `Client::with_workload_token` |
//! | one of these in the environment | `Client::from_env` |
//! | a person at a browser | `DeviceLogin`, which makes a client id and a secret |
//!
//! Tokens are fetched by the first call and refreshed ahead of their end, one request for all calls; after 401 a call
//! is sent once more with a new one. No secret is printed by any `Debug`, `Display` or error.
//!
//! # Features
//!
//! - `rustls` (the default) or `native-tls`: the client over HTTP, and whose TLS it uses.
//! - `credentials` (on by default): all credentials but an access token that does not change.
//! - `client`: the client over your own `Transport`.
//! - `blocking`: calls that block the thread, for programs without a runtime.
//! - `tracing`: spans of calls and events of retries, over any transport; the two kinds of TLS bring it.
//! - `gzip`, `brotli`, `zstd`: compressed responses.
//! - `socks`: proxies that speak SOCKS.
//! - `tower`: services of tower as transports, and the other way round.
//! - `chrono`, `jiff`, `time`, `uuid`: conversions of timestamps, dates and identifiers.
//! - `validate`: `validate()`, which checks values against the limits of the document.
//! - `test-util`: a mock of the server and recorded exchanges, for tests without a server.
//! - none of them: the [`models`] alone.

#[rustfmt::skip]
mod generated;
#[cfg(feature = "credentials")]
mod credentials;
mod expanded;
#[cfg(feature = "client")]
mod tenant;

/// The examples of the README run.
#[cfg(all(doctest, feature = "test-util"))]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(feature = "credentials")]
pub use credentials::{ClientAssertion, ClientId, DeviceLogin, PersonalClient};
pub use expanded::Expanded;
pub use generated::models;
#[cfg(feature = "client")]
pub use generated::{Client, apis};

/// The client that [`Client`] is made of. Credentials and token sources receive it, without its credential, to fetch tokens by.
#[cfg(feature = "client")]
pub use specwright_runtime::Client as BaseClient;
pub use specwright_runtime::wire;
#[cfg(feature = "client")]
pub use specwright_runtime::{
    Authorization, BearerToken, Body, BoxFuture, Bytes, Chunks, ClientAuthentication, ClientCredentials, Credential,
    CredentialError, Credentials, Error, ErrorKind, Event, Events, Form, Header, Items, Layer, Lines, Method, Pages,
    PagingProblem, PagingRule, Part, Parts, Reconnect, RefreshingToken, Response, RetryBudget, RetryPolicy, RpcCode,
    RpcStatus, Secret, Sending, Server, ServerTemplate, SubjectToken, Throttle, TimeLimit, Token, TokenEndpoint,
    TokenError, TokenExchange, TokenSource, Transport, TransportError, TransportErrorKind, Upload, WaitPolicy, http,
    wait_until,
};
#[cfg(any(feature = "rustls", feature = "native-tls"))]
pub use specwright_runtime::{Certificate, Identity, Proxy, ReqwestTransport, TlsVersion, reqwest};
#[cfg(feature = "tower")]
pub use specwright_runtime::{TowerTransport, TransportService};
#[cfg(feature = "blocking")]
pub use specwright_runtime::{WaitedItems, WaitedPages, blocking};
#[cfg(feature = "test-util")]
pub use specwright_runtime::{mock, recording};

/// A client under construction: its settings, and at the end [`build`](specwright_runtime::ClientBuilder::build), which returns a
/// [`Client`].
#[cfg(feature = "client")]
pub type ClientBuilder<C = Client> = specwright_runtime::ClientBuilder<C>;
