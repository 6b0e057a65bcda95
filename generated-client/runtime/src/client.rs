//! The client: its server, its credentials and its limits.

#[cfg(feature = "reqwest")]
mod connections;
mod form;
mod headers;
mod reliability;

use std::{fmt, marker::PhantomData, sync::Arc, time::Duration};

use http::{HeaderMap, HeaderName, HeaderValue};

use self::{headers::user_agent, reliability::Reliability};
use crate::{
    BearerToken, Credential, Credentials, Error, ErrorKind, Layer, RefreshingToken, RetryPolicy, Secret, Server,
    TokenSource, Transport, credential::Authority, limits::Limits, retry::Retries, server::BaseUrl, transport::layered,
    turn::Turns,
};

/// A client of one server. Cloning is cheap, and clones share their connections.
///
/// The credentials are separate from the settings, because the client that fetches a credential has none and shares the rest.
#[derive(Clone)]
pub struct Client(Arc<Settings>, Authority);

#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own, which the builder has by name"
)]
struct Settings {
    base: BaseUrl,
    /// Whether operations use the servers that the document declares for them.
    has_operation_servers: bool,
    /// Further origins that credentials are sent to, in addition to that of `base`.
    trusted: Vec<String>,
    allow_plain_http: bool,
    transport: Arc<dyn Transport>,
    user_agent: HeaderValue,
    default_headers: HeaderMap,
    request_id_header: Option<HeaderName>,
    limits: Limits,
    retries: Retries,
    turns: Turns,
    checks: Checks,
}

/// What is checked beyond what a call needs.
struct Checks {
    #[cfg(feature = "validate")]
    requests: bool,
    strict_json: bool,
}

impl Client {
    /// Returns a builder for a client of the server with a base URL, such as `https://example.com/v1`, or of a
    /// [`ServerTemplate`](crate::ServerTemplate).
    ///
    /// If the base URL is a string, all calls are sent to it, even if the document declares another server for an operation;
    /// see [`ClientBuilder::operation_servers`].
    ///
    /// The URL must start with `https`, or with `http` for loopback. It must not contain a user name, a query or a fragment.
    pub fn builder(server: impl Into<Server>) -> ClientBuilder {
        ClientBuilder::new(server)
    }

    /// Returns a client without the credential. Both clients share connections and limits.
    #[must_use]
    pub fn without_credential(&self) -> Self {
        Self(Arc::clone(&self.0), Authority::Nothing)
    }

    /// Returns a client with another credential. Both clients share connections and limits.
    #[must_use]
    pub fn with_credential(&self, credential: impl Credential) -> Self {
        Self(Arc::clone(&self.0), Authority::One(Arc::new(credential)))
    }

    /// Returns the host name or address of the server in lower case, without the port. An IPv6 address has brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.base.host()
    }

    pub(crate) fn base(&self) -> &BaseUrl {
        &self.0.base
    }

    pub(crate) fn has_operation_servers(&self) -> bool {
        self.0.has_operation_servers
    }

    pub(crate) fn allows_plain_http(&self) -> bool {
        self.0.allow_plain_http
    }

    #[cfg(feature = "validate")]
    pub(crate) fn validates_requests(&self) -> bool {
        self.0.checks.requests
    }

    pub(crate) fn authority(&self) -> &Authority {
        &self.1
    }

    /// Whether credentials may go to the server of a call.
    pub(crate) fn trusts(&self, server: &BaseUrl) -> bool {
        server.origin() == self.0.base.origin() || self.0.trusted.iter().any(|trusted| trusted == server.origin())
    }

    pub(crate) fn transport(&self) -> &dyn Transport {
        self.0.transport.as_ref()
    }

    pub(crate) fn request_id_header(&self) -> Option<&HeaderName> {
        self.0.request_id_header.as_ref()
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.0.limits
    }

    pub(crate) fn retries(&self) -> &Retries {
        &self.0.retries
    }

    pub(crate) fn turns(&self) -> &Turns {
        &self.0.turns
    }

    pub(crate) fn reads_strictly(&self) -> bool {
        self.0.checks.strict_json
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("base_url", &self.0.base.join(""))
            .field("limits", &self.0.limits)
            .finish_non_exhaustive()
    }
}

/// A builder of clients. [`ClientBuilder::build`] returns the error of the first invalid setting.
///
/// The result is a [`Client`], or the client type of a generated client.
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder<C = Client> {
    built: PhantomData<fn() -> C>,
    server: Server,
    operation_servers: Option<bool>,
    allow_plain_http: bool,
    #[cfg(feature = "validate")]
    validate_requests: bool,
    trusted: Vec<Server>,
    authority: Authority,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "reqwest")]
    http: crate::transport::settings::HttpSettings,
    layers: Vec<Arc<dyn Layer>>,
    user_agent: String,
    user_agent_prefix: String,
    default_headers: HeaderMap,
    request_id_header: Option<HeaderName>,
    limits: Limits,
    retry: RetryPolicy,
    retry_seed: Option<u64>,
    reliability: Reliability,
    #[cfg(feature = "test-util")]
    recorder: Option<crate::recording::Recorder>,
    problem: Option<Error>,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Creates a builder for a client of the server with a base URL, such as `https://example.com/v1`, or of a
    /// [`ServerTemplate`](crate::ServerTemplate).
    pub fn new(server: impl Into<Server>) -> Self {
        Self {
            built: PhantomData,
            server: server.into(),
            operation_servers: None,
            allow_plain_http: false,
            #[cfg(feature = "validate")]
            validate_requests: false,
            trusted: Vec::new(),
            authority: Authority::Nothing,
            transport: None,
            #[cfg(feature = "reqwest")]
            http: crate::transport::settings::HttpSettings::default(),
            layers: Vec::new(),
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            user_agent_prefix: String::new(),
            default_headers: HeaderMap::new(),
            request_id_header: None,
            limits: Limits::default(),
            retry: RetryPolicy::default(),
            retry_seed: None,
            reliability: Reliability::default(),
            #[cfg(feature = "test-util")]
            recorder: None,
            problem: None,
        }
    }

    /// Sets whether operations use the server that the document declares for them.
    ///
    /// By default they do if the client's server is a [`ServerTemplate`](crate::ServerTemplate), as all servers of a document
    /// are. A base URL in a string takes precedence over all servers of the document: all calls are sent to it, unless a call
    /// sets another server. Credentials are sent only to the origin of the client, and to origins that it
    /// [trusts](Self::trust).
    pub fn operation_servers(mut self, are_used: bool) -> Self {
        self.operation_servers = Some(are_used);
        self
    }

    /// Allows `http` for servers other than loopback. Others in the network can then read all data, including credentials.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Sets whether JSON bodies are validated against the document before they are sent. By default only the server validates
    /// them.
    #[cfg(feature = "validate")]
    pub fn validate_requests(mut self, validate: bool) -> Self {
        self.validate_requests = validate;
        self
    }

    /// Sets one credential for all operations, whichever security schemes the document declares. It is not sent for operations
    /// that declare that they do not need credentials. It is sent only to the origin of the base URL.
    pub fn credential(mut self, credential: impl Credential) -> Self {
        self.authority = Authority::One(Arc::new(credential));
        self
    }

    /// Sets credentials by security scheme. Each operation gets the credentials that it requires. They are sent only to the
    /// origin of the base URL.
    pub fn credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        match credentials.into().checked() {
            Ok(credentials) => self.authority = Authority::Schemes(Arc::new(credentials)),
            Err(error) => _ = self.problem.get_or_insert(error),
        }
        self
    }

    /// Trusts another server: credentials are also sent to its origin.
    pub fn trust(mut self, server: impl Into<Server>) -> Self {
        self.trusted.push(server.into());
        self
    }

    /// Sets a fixed bearer token.
    pub fn bearer_token(mut self, token: impl Into<Secret>) -> Self {
        match BearerToken::new(token) {
            Ok(token) => self.credential(token),
            Err(error) => {
                self.problem.get_or_insert(error);
                self
            }
        }
    }

    /// Sets a source of bearer tokens. Each token is used until shortly before it expires.
    pub fn token_source(self, source: impl TokenSource) -> Self {
        self.credential(RefreshingToken::new(source))
    }

    /// Sets another transport. The transport then limits the time to connect.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sets the header `User-Agent`, such as `name/version`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sets the response header that contains the server's id of a request.
    pub fn request_id_header(mut self, name: &'static str) -> Self {
        match HeaderName::from_bytes(name.as_bytes()) {
            Ok(name) => self.request_id_header = Some(name),
            Err(_) => self.refuse("the request id header does not have a valid name"),
        }
        self
    }

    /// Sets the time limit for opening a connection, including TLS. The default is 5 s.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect = limit;
        self
    }

    /// Sets the time limit of an attempt, from the last byte of the request to the last byte of the response. The default is 30
    /// s, or the limit of the call if that is longer. A value that is set here applies to all calls.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt = Some(limit);
        self
    }

    /// Sets the time limit for a pause between two pieces of a body, while it is sent or received. The default is 20 s.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.limits.idle = limit;
        self
    }

    /// Sets when failed attempts are retried, and the pauses between them. A call can have its own policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Records all exchanges between the client and the server.
    #[cfg(feature = "test-util")]
    pub fn record(mut self, recorder: &crate::recording::Recorder) -> Self {
        self.recorder = Some(recorder.clone());
        self
    }

    /// Sets the seed of the random pauses between attempts, so that they are the same in every run.
    #[cfg(feature = "test-util")]
    pub fn retry_seed(mut self, seed: u64) -> Self {
        self.retry_seed = Some(seed);
        self
    }

    /// Sets the time limit of a call, including the credential, all attempts and the pauses between them. The default is 60 s.
    ///
    /// A call can have its own limit.
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.limits.call = limit;
        self
    }

    /// Sets the maximum size of the decompressed body of a response. The default is 64 MiB.
    pub fn max_response_body(mut self, bytes: usize) -> Self {
        self.limits.response_body = bytes;
        self
    }

    /// Sets how many bytes of the decompressed body of an error are kept. The default is 1 MiB.
    pub fn max_error_body(mut self, bytes: usize) -> Self {
        self.limits.error_body = bytes;
        self
    }

    /// Sets the maximum total size of the names and values of a response's headers. The default is 64 KiB.
    pub fn max_headers(mut self, bytes: usize) -> Self {
        self.limits.headers = bytes;
        self
    }

    /// Builds the client.
    pub fn build(self) -> Result<C, Error> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let has_operation_servers = self.operation_servers.unwrap_or(!self.server.is_url());
        let user_agent = user_agent(&self.user_agent_prefix, &self.user_agent)?;
        let base = self.server.resolve(self.allow_plain_http);
        let base = base.map_err(|reason| Error::new(ErrorKind::Configuration, reason))?;
        let trusted = self.trusted.into_iter().map(|server| {
            let server = server.resolve(self.allow_plain_http).map_err(Error::configuration)?;
            Ok(server.origin().to_owned())
        });
        let trusted = trusted.collect::<Result<_, Error>>()?;
        #[cfg(feature = "reqwest")]
        let transport = connections::transport(self.transport, &self.http, &base, &self.limits)?;
        #[cfg(not(feature = "reqwest"))]
        let transport = self.transport.ok_or_else(|| Error::configuration(NO_TRANSPORT))?;
        #[cfg(feature = "test-util")]
        let transport = match self.recorder {
            Some(recorder) => recorder.around(transport),
            None => transport,
        };
        let transport = layered(transport, self.layers);
        let settings = Settings {
            base,
            has_operation_servers,
            trusted,
            allow_plain_http: self.allow_plain_http,
            transport,
            user_agent,
            default_headers: self.default_headers,
            request_id_header: self.request_id_header,
            limits: self.limits,
            retries: Retries::new(self.retry, self.reliability.budget, self.retry_seed),
            turns: Turns::new(self.reliability.throttle, self.reliability.max_in_flight),
            checks: Checks {
                #[cfg(feature = "validate")]
                requests: self.validate_requests,
                strict_json: self.reliability.strict_json,
            },
        };
        Ok(C::from(Client(Arc::new(settings), self.authority)))
    }

    fn refuse(&mut self, reason: &str) {
        self.problem
            .get_or_insert_with(|| Error::new(ErrorKind::Configuration, reason));
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ClientBuilder")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

#[cfg(not(feature = "reqwest"))]
const NO_TRANSPORT: &str = "the client has no transport: set one, or enable the feature `rustls` or `native-tls`";
