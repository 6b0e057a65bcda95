//! The names of the setters of credentials.

use super::{named::NamedScheme, scope::Scope, words::Case};
use crate::ir::Api;

/// Functions that credentials have whatever the document, and those of common traits.
const RESERVED: &[&str] = &[
    "borrow", "clone", "default", "eq", "fmt", "from", "into", "new", "to_owned", "with",
];

pub(super) fn name_schemes(api: &Api) -> Vec<NamedScheme<'_>> {
    let mut scope = Scope::with_reserved(RESERVED);
    let schemes = api.security.iter().map(|scheme| NamedScheme {
        scheme,
        setter: scope.claim(&scheme.name, &scheme.name, Case::Snake),
        client: String::new(),
    });
    let mut schemes: Vec<NamedScheme<'_>> = schemes.collect();
    // The setters that carry a scheme's own name come first.
    for named in &mut schemes {
        let client = format!("{} client", named.scheme.name);
        named.client = scope.claim(&client, &format!("{} {client}", named.setter), Case::Snake);
    }
    schemes
}
