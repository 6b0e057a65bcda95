//! The names of the setters of credentials.

use super::{scope::Scope, words::Case};
use crate::ir::Api;

/// Functions that credentials have whatever the document, and those of common traits.
const RESERVED: &[&str] = &[
    "borrow", "clone", "default", "eq", "fmt", "from", "into", "new", "to_owned", "with",
];

/// The names of a security scheme.
#[derive(Debug)]
pub struct SchemeName {
    /// The setter of its key, token or password.
    pub setter: String,
    /// The setter of a client's id and secret, for tokens that the client fetches itself.
    pub client: String,
}

pub(super) fn name_schemes(api: &Api) -> Vec<SchemeName> {
    let mut scope = Scope::with_reserved(RESERVED);
    let names: Vec<String> = api
        .security
        .iter()
        .map(|scheme| scope.claim(&scheme.name, &scheme.name, Case::Snake))
        .collect();
    // The setters that carry a scheme's own name come first.
    let clients = names.iter().zip(&api.security).map(|(setter, scheme)| {
        let client = format!("{} client", scheme.name);
        scope.claim(&client, &format!("{setter} {client}"), Case::Snake)
    });
    let clients: Vec<String> = clients.collect();
    names
        .into_iter()
        .zip(clients)
        .map(|(setter, client)| SchemeName { setter, client })
        .collect()
}
