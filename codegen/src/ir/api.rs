use super::{Operation, TypeDef, TypeId};

/// Everything that a document says of an API.
#[derive(Debug)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.description`, Markdown as it stands.
    pub docs: String,
    /// Where the API is served, in the document's order.
    pub servers: Vec<Server>,
    /// The ways to authenticate, sorted by name.
    pub security: Vec<SecurityScheme>,
    /// The operations by group, sorted by the group's name.
    pub groups: Vec<Group>,
    /// The named types, sorted by name; [`TypeId`] is the index.
    pub types: Vec<TypeDef>,
    /// How many of the document's schemas have a type.
    pub coverage: Coverage,
}

/// How many schemas were looked at, a use of a component counted like a schema, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All of them.
    pub schemas: usize,
    /// Those that say more than their type in the client, which is any JSON.
    pub untyped: usize,
}

impl Api {
    /// The definition that an id stands for.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }

    /// Every operation with the group that it belongs to.
    pub fn operations(&self) -> impl Iterator<Item = (&Group, &Operation)> {
        self.groups
            .iter()
            .flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
    }
}

/// Operations that a client offers together: one tag, or one `x-client-group`.
#[derive(Debug)]
pub struct Group {
    /// The name in the document.
    pub name: String,
    /// What the group is for.
    pub docs: String,
    /// Sorted by name.
    pub operations: Vec<Operation>,
}

/// A base URL, possibly with variables.
#[derive(Debug)]
pub struct Server {
    /// The template, such as `https://{tenant}.example.com/v1`.
    pub url: String,
    /// What it is for.
    pub docs: String,
    /// Its variables in the document's order.
    pub variables: Vec<ServerVariable>,
}

/// A `{name}` of a server's template.
#[derive(Debug)]
pub struct ServerVariable {
    /// The name between the braces.
    pub name: String,
    /// The value where the caller gives none.
    pub default: String,
    /// What it is for.
    pub docs: String,
}

/// A way to authenticate that the document declares.
#[derive(Debug)]
pub struct SecurityScheme {
    /// The component's name.
    pub name: String,
    /// What it is, in one line: `http bearer`, `oauth2 clientCredentials at /auth/v1/token`.
    pub kind: String,
}
