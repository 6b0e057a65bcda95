use super::Origin;

/// A way to authenticate that the document declares.
#[derive(Debug)]
pub struct SecurityScheme {
    /// The component's name.
    pub name: String,
    /// What the document says of it.
    pub docs: String,
    /// What it is.
    pub kind: SchemeKind,
    /// Where it is declared.
    pub origin: Origin,
}

/// What a security scheme is.
#[derive(Debug)]
pub enum SchemeKind {
    /// A key in a header, the query or a cookie of this name.
    Key {
        /// Where it goes.
        location: KeyLocation,
        /// The name of the header, parameter or cookie.
        name: String,
    },
    /// A user's name and password in `Authorization`.
    Basic,
    /// A token in `Authorization`.
    Bearer,
    /// Another scheme of HTTP, by its word in `Authorization`.
    Http(String),
    /// Tokens of `OAuth2`, sent as bearer tokens.
    OAuth2(Vec<Flow>),
    /// Tokens of an issuer whose metadata are at this URL, sent as bearer tokens.
    OpenIdConnect(String),
    /// A certificate of the client's: the transport's to show.
    MutualTls,
}

/// Where a key goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyLocation {
    Header,
    Query,
    Cookie,
}

/// A way to get a token.
#[derive(Debug)]
pub struct Flow {
    /// Which one.
    pub kind: FlowKind,
    /// Where a person agrees, in the flows that have one.
    pub authorization_url: Option<String>,
    /// Where tokens are asked for, in the flows that do.
    pub token_url: Option<String>,
    /// What can be asked for, with what it means.
    pub scopes: Vec<(String, String)>,
}

/// The flows of `OAuth2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowKind {
    ClientCredentials,
    AuthorizationCode,
    Password,
    Implicit,
}

impl FlowKind {
    /// The flow as the key of a scheme's flows.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::ClientCredentials => "clientCredentials",
            Self::AuthorizationCode => "authorizationCode",
            Self::Password => "password",
            Self::Implicit => "implicit",
        }
    }
}

/// What an operation needs, by the names of security schemes: one of the lists, with all of its schemes. An empty list
/// is an operation that can do without, no list at all one that needs nothing.
pub type Requirement = Vec<Vec<String>>;
