//! References to components other than schemas.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;

use super::report::Report;
use crate::{at::At, diagnostic::Code, document::component_name, read::unescape};

/// The components of one section, with the word for one of them.
pub(super) struct Section<'d, T> {
    pub(super) kind: &'static str,
    pub(super) name: &'static str,
    pub(super) components: Option<&'d IndexMap<String, ReferenceOr<T>>>,
}

/// The name for the types in a component other than a schema: after the component, and never after what uses it. `None`
/// for what is not a component, or below one.
pub(super) fn name_in_component(pointer: &str) -> Option<String> {
    let (section, name) = pointer.strip_prefix("/components/")?.split_once('/')?;
    (!name.contains('/')).then(|| format!("{section}.{}", unescape(name)))
}

impl<'d, T> Section<'d, T> {
    /// What a reference leads to, over other references if need be, and where that is.
    pub(super) fn follow(
        &self,
        found: &'d ReferenceOr<T>,
        at: &At<'_>,
        report: &mut Report<'_>,
    ) -> Option<(&'d T, String)> {
        let mut found = found;
        let mut pointer = at.pointer();
        // A chain longer than the number of components is a cycle.
        for _ in 0..=self.components.map_or(0, IndexMap::len) {
            let reference = match found {
                ReferenceOr::Item(item) => return Some((item, pointer)),
                ReferenceOr::Reference { reference } => reference,
            };
            let name = component_name(reference, self.name)?;
            let Some(target) = self.components.and_then(|components| components.get(&name)) else {
                let names = self.components.into_iter().flat_map(IndexMap::keys).map(String::as_str);
                report.unresolved((self.kind, self.name), &name, names, &At::of(&pointer));
                return None;
            };
            found = target;
            let components = At::of("/components");
            pointer = components.key(self.name).key(&name).pointer();
        }
        let message = "this reference leads back to itself";
        let help = format!(
            "replace one reference of the cycle with the definition of the {}",
            self.kind
        );
        report.error(Code::ReferenceCycle, at, message, help);
        None
    }
}
