//! Paths by which a program names the items of a crate, of the runtime and of the standard library.

use std::collections::BTreeMap;

use super::docs::Docs;

/// Modules of the standard library whose items are public under another path.
const STANDARD: [(&str, &str); 4] = [
    ("collections::btree::map::", "collections::btree_map::"),
    ("future::into_future::", "future::"),
    ("panic::unwind_safe::", "panic::"),
    ("ops::function::", "ops::"),
];

/// The shortest path of each item.
#[derive(Debug)]
pub(super) struct Names {
    local: BTreeMap<u64, String>,
    /// Of items of other crates, by the path of their declaration.
    foreign: BTreeMap<String, String>,
}

impl Names {
    /// The names in a crate, and those that its runtime gives.
    pub(super) fn of(docs: &Docs, crate_name: &str, runtime: &Docs) -> Self {
        let mut local = BTreeMap::new();
        for one in docs.reachable() {
            local
                .entry(one.id)
                .or_insert_with(|| format!("{crate_name}::{}", path(&one.path)));
        }
        let mut foreign = BTreeMap::new();
        for one in runtime.reachable() {
            if let Some(declared) = runtime.declared(one.id) {
                let name = format!("specwright_runtime::{}", path(&one.path));
                let known: &mut String = foreign.entry(declared.join("::")).or_insert_with(|| name.clone());
                // The public face comes before the hidden one.
                if is_hidden(known) && !is_hidden(&name) {
                    *known = name;
                }
            }
        }
        Self { local, foreign }
    }

    /// How a program names an item.
    pub(super) fn name(&self, docs: &Docs, id: u64) -> Option<String> {
        if let Some(name) = self.local.get(&id) {
            return Some(name.clone());
        }
        let declared = docs.declared(id)?;
        let (first, rest) = declared.split_first()?;
        let mut rest = rest.join("::");
        match *first {
            "core" | "alloc" | "std" => {
                for (private, public) in STANDARD {
                    rest = rest.replace(private, public);
                }
                Some(format!("std::{rest}"))
            }
            "serde_core" | "serde" => Some(format!("specwright_runtime::codegen::__serde::{rest}")),
            "serde_json" if rest == "map::Map" => Some("serde_json::Map".to_owned()),
            _ => self.foreign.get(&declared.join("::")).cloned(),
        }
    }
}

/// Whether users cannot rely on an item, because documentation hides it.
pub(super) fn is_hidden(name: &str) -> bool {
    let hidden = ["specwright_runtime::codegen::", "specwright_runtime::forms::"];
    hidden.iter().any(|start| name.starts_with(start)) && !name.contains("::__serde::")
}

/// A path; keywords as raw identifiers.
fn path(parts: &[String]) -> String {
    let parts = parts.iter().map(|part| super::types::ident(part));
    parts.collect::<Vec<_>>().join("::")
}
