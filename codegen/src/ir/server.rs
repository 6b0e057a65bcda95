/// The number of a server: its index in [`Api::servers`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServerId(pub(crate) usize);

impl ServerId {
    /// The index in [`Api::servers`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0
    }
}

/// A base URL, possibly with variables.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Server {
    /// The template, such as `https://{tenant}.example.com/v1`.
    pub url: String,
    /// What it is for.
    pub docs: String,
    /// Its variables in the document's order.
    pub variables: Vec<ServerVariable>,
}

/// A `{name}` of a server's template.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: String,
    /// The value where the caller gives none.
    pub default: String,
    /// The values that it can have; empty where it can have any.
    pub allowed: Vec<String>,
    /// What it is for.
    pub docs: String,
}
