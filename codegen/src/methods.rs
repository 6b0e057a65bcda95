//! The HTTP methods that have a keyword of their own in a path item. This table is the only list of them.

/// A method with a keyword.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct KnownMethod {
    /// The keyword in a path item.
    pub(crate) key: &'static str,
    /// The method as it is sent.
    pub(crate) wire: &'static str,
    /// The first version of OpenAPI that has the keyword.
    pub(crate) since: Since,
}

/// A version of OpenAPI that brought methods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Since {
    Swagger20,
    OpenApi30,
    OpenApi32,
}

/// All of them, in the order of the specification.
pub(crate) const KNOWN: [KnownMethod; 9] = [
    known("get", "GET", Since::Swagger20),
    known("put", "PUT", Since::Swagger20),
    known("post", "POST", Since::Swagger20),
    known("delete", "DELETE", Since::Swagger20),
    known("options", "OPTIONS", Since::Swagger20),
    known("head", "HEAD", Since::Swagger20),
    known("patch", "PATCH", Since::Swagger20),
    known("trace", "TRACE", Since::OpenApi30),
    known("query", "QUERY", Since::OpenApi32),
];

/// The keyword of a path item that holds the operations of any other methods.
pub(crate) const ADDITIONAL: &str = "additionalOperations";

const fn known(key: &'static str, wire: &'static str, since: Since) -> KnownMethod {
    KnownMethod { key, wire, since }
}

/// The method of a keyword.
pub(crate) fn by_key(key: &str) -> Option<&'static KnownMethod> {
    KNOWN.iter().find(|method| method.key == key)
}

/// The methods that a version of OpenAPI has keywords for.
pub(crate) fn until(version: Since) -> impl Iterator<Item = &'static KnownMethod> {
    KNOWN.iter().filter(move |method| method.since <= version)
}
