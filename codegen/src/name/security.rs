//! The names of the setters of credentials.

use super::{named::NamedScheme, namer::Namer, scope::settle, wish::Wish, words::Case};
use crate::ir::{Api, Origin, SecurityScheme};

/// Functions that credentials have whatever the document, and those of common traits.
const RESERVED: &[&str] = &[
    "borrow", "clone", "default", "eq", "fmt", "from", "into", "new", "to_owned", "with",
];

pub(super) fn name_schemes<'a>(naming: &mut Namer<'_>, api: &'a Api) -> Vec<NamedScheme<'a>> {
    let wish = |scheme: &'a SecurityScheme| Wish::new(&scheme.name, "scheme", Case::Snake, &scheme.origin);
    let setters = api.security.iter().map(wish);
    let clients = api.security.iter().map(|scheme| {
        let wish = Wish::new(&scheme.name, "flow", Case::Snake, Origin::NOWHERE);
        wish.text(format!("{} client", scheme.name))
    });
    let wishes: Vec<Wish<'_>> = setters.chain(clients).collect();
    let mut setters = settle(naming, &[RESERVED], &wishes);
    let clients = setters.split_off(api.security.len());
    let named = api.security.iter().zip(setters).zip(clients);
    named
        .map(|((scheme, setter), client)| NamedScheme { scheme, setter, client })
        .collect()
}
