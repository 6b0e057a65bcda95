//! The meanings of schemas, in the order of the document.

use std::collections::HashMap;

use super::{entry::Entry, tree, words};
use crate::{document::Document, lower};

pub(super) fn entries(document: &Document) -> Vec<Entry> {
    let mut described: HashMap<String, lower::Described> = HashMap::new();
    for one in lower::describe(document) {
        described.insert(one.pointer.clone(), one);
    }
    let pointers = tree::pointers(&document.source.root).into_iter();
    let in_order = pointers.filter_map(|pointer| described.remove(&pointer));
    let entries = in_order.map(|one| {
        let mut text = format!("{}: {}\n", words::one_line(&one.pointer), words::one_line(&one.meaning));
        for fact in &one.facts {
            text.extend(["  ", &words::one_line(fact), "\n"]);
        }
        Entry {
            pointer: one.pointer,
            origin: None,
            text,
        }
    });
    entries.collect()
}
