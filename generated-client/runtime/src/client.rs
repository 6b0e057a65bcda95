//! A client: where calls go, by what they are authorized, and their limits.

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
/// What authorizes it stands beside the settings: the client that a credential is fetched by has none, and shares the rest.
#[derive(Clone)]
pub struct Client(Arc<Settings>, Authority);

#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own, which the builder has by name"
)]
struct Settings {
    base: BaseUrl,
    /// Whether operations go to the servers that the document gives them.
    has_operation_servers: bool,
    /// The origins beside that of `base` to which credentials go.
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
    /// A client of the server with this base URL, as in `https://example.com/v1`, or of a
    /// [`ServerTemplate`](crate::ServerTemplate).
    ///
    /// Every call is sent to a base URL that is given as a string, whatever server the document declares for its
    /// operation; see [`ClientBuilder::operation_servers`].
    ///
    /// The URL begins with `https`, or with `http` for loopback, and has no user name, query or fragment.
    pub fn builder(server: impl Into<Server>) -> ClientBuilder {
        ClientBuilder::new(server)
    }

    /// The same client without its credential; both share connections and limits.
    #[must_use]
    pub fn without_credential(&self) -> Self {
        Self(Arc::clone(&self.0), Authority::Nothing)
    }

    /// The same client with another credential; both share connections and limits.
    #[must_use]
    pub fn with_credential(&self, credential: impl Credential) -> Self {
        Self(Arc::clone(&self.0), Authority::One(Arc::new(credential)))
    }

    /// The name or address of the server's host in lower case, without port; an IPv6 address stands in brackets.
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

/// A client under construction. The first setting that cannot be is kept, and returned by [`ClientBuilder::build`].
///
/// What it builds is a [`Client`] or, for a generated client, what that makes of one.
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
    /// A client of the server with this base URL, as in `https://example.com/v1`, or of a
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

    /// Sets whether operations for which the document declares a server of their own are sent there.
    ///
    /// By default they are sent there if the client's server is a [`ServerTemplate`](crate::ServerTemplate), as each
    /// server of a document is. A base URL that is given as a string takes precedence over all servers of the document:
    /// every call is sent to it, unless the call itself names another server. Credentials are not sent to another origin
    /// than the client's, unless it is [trusted](Self::trust).
    pub fn operation_servers(mut self, are_used: bool) -> Self {
        self.operation_servers = Some(are_used);
        self
    }

    /// Allows `http` beyond loopback: everything sent and received, credentials too, can then be read on the way.
    pub fn allow_plain_http(mut self) -> Self {
        self.allow_plain_http = true;
        self
    }

    /// Checks JSON bodies against what the document asks of them before they are sent. Without it the server is who says.
    #[cfg(feature = "validate")]
    pub fn validate_requests(mut self, validate: bool) -> Self {
        self.validate_requests = validate;
        self
    }

    /// What authorizes requests, whatever the document says that an operation needs, but for operations that need
    /// nothing by their own word. It is sent to the base URL's origin and nowhere else.
    pub fn credential(mut self, credential: impl Credential) -> Self {
        self.authority = Authority::One(Arc::new(credential));
        self
    }

    /// What authorizes requests, to each operation what it needs. It is sent to the base URL's origin and nowhere else.
    pub fn credentials(mut self, credentials: impl Into<Credentials>) -> Self {
        match credentials.into().checked() {
            Ok(credentials) => self.authority = Authority::Schemes(Arc::new(credentials)),
            Err(error) => _ = self.problem.get_or_insert(error),
        }
        self
    }

    /// Sends credentials to the origin of this server too, where a call or an operation goes there.
    pub fn trust(mut self, server: impl Into<Server>) -> Self {
        self.trusted.push(server.into());
        self
    }

    /// Authorizes requests with a bearer token that does not change.
    pub fn bearer_token(mut self, token: impl Into<Secret>) -> Self {
        match BearerToken::new(token) {
            Ok(token) => self.credential(token),
            Err(error) => {
                self.problem.get_or_insert(error);
                self
            }
        }
    }

    /// Authorizes requests with tokens of this source, each kept until shortly before its end.
    pub fn token_source(self, source: impl TokenSource) -> Self {
        self.credential(RefreshingToken::new(source))
    }

    /// Carries requests in another way than the default. The time to connect is then the transport's to limit.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Names the client to the server: `name/version`.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// The response header in which the server's id of a request comes.
    pub fn request_id_header(mut self, name: &'static str) -> Self {
        match HeaderName::from_bytes(name.as_bytes()) {
            Ok(name) => self.request_id_header = Some(name),
            Err(_) => self.refuse("the name of the request id's header is no header name"),
        }
        self
    }

    /// How long opening a connection may take, TLS included: 5 s.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.limits.connect = limit;
        self
    }

    /// Sets how long one attempt may take, from the last byte of the request to the last byte of the response: 30 s, or
    /// as long as the call where that has a longer limit of its own. What is set here holds for every call.
    pub fn attempt_timeout(mut self, limit: Duration) -> Self {
        self.limits.attempt = Some(limit);
        self
    }

    /// Sets how long the pause between two pieces of a body may be, while it is sent or received: 20 s.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.limits.idle = limit;
        self
    }

    /// When and after which pauses attempts are repeated. A call can have a policy of its own.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Keeps what the client and the server say to each other.
    #[cfg(feature = "test-util")]
    pub fn record(mut self, recorder: &crate::recording::Recorder) -> Self {
        self.recorder = Some(recorder.clone());
        self
    }

    /// Makes the random pauses between attempts the same in every run.
    #[cfg(feature = "test-util")]
    pub fn retry_seed(mut self, seed: u64) -> Self {
        self.retry_seed = Some(seed);
        self
    }

    /// How long a whole call may take, with fetching a credential, all attempts and the pauses between them: 60 s.
    ///
    /// A call can have a limit of its own.
    pub fn call_timeout(mut self, limit: Duration) -> Self {
        self.limits.call = limit;
        self
    }

    /// How many bytes the decompressed body of a response may have: 64 MiB.
    pub fn max_response_body(mut self, bytes: usize) -> Self {
        self.limits.response_body = bytes;
        self
    }

    /// How many bytes of the decompressed body of an error are kept: 1 MiB.
    pub fn max_error_body(mut self, bytes: usize) -> Self {
        self.limits.error_body = bytes;
        self
    }

    /// How many bytes the names and values of a response's headers may have together: 64 KiB.
    pub fn max_headers(mut self, bytes: usize) -> Self {
        self.limits.headers = bytes;
        self
    }

    /// The client, or the first setting that cannot be.
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
const NO_TRANSPORT: &str = "no transport was given, and the features `rustls` and `native-tls` are off";
