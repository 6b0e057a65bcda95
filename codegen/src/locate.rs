//! From Rust items to the document and back: a map that is computed when it is asked for.

use crate::{
    Config, Inputs,
    diagnostic::{Diagnostics, Files},
    diff::{Side, Spot, prepare},
    surface::{Content, member_path},
};

/// A Rust item and where the document declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The path of the item, such as `models::Pet.name` or `apis::pets::Pets::get_pet`.
    pub item: String,
    /// The location of its declaration.
    pub spot: Spot,
}

/// All items of a client with their places.
#[derive(Debug)]
pub struct Map {
    /// In the order of the items' paths; `None` where the document has errors.
    pub items: Option<Vec<Located>>,
    /// Errors and warnings.
    pub diagnostics: Diagnostics,
    /// The texts that places point into.
    pub sources: Files,
}

/// Finds where the document declares each public item of its client.
#[must_use]
pub fn map(inputs: Inputs<'_>, config: &Config) -> Map {
    let (prepared, checked) = prepare(Side { inputs, config });
    let items = prepared.map(|prepared| {
        let mut items = Vec::new();
        let mut add = |item: String, content: &Content| {
            items.extend(prepared.spot(&content.anchor).map(|spot| Located { item, spot }));
        };
        for item in &prepared.surface.items {
            add(item.path.clone(), &item.content);
            if let Some(call) = item.content.parts.get("call") {
                add(call.clone(), &item.content);
            }
            for member in &item.members {
                add(member_path(item, member), &member.content);
            }
        }
        items
    });
    Map {
        items,
        diagnostics: checked.diagnostics,
        sources: checked.sources,
    }
}

impl Map {
    /// The items that a question names: a JSON pointer, or a path of an item or the end of one.
    #[must_use]
    pub fn find(&self, question: &str) -> Vec<&Located> {
        let items = self.items.as_deref().unwrap_or_default();
        if question.is_empty() || question.starts_with('/') {
            return by_pointer(items, question);
        }
        let exact: Vec<&Located> = items.iter().filter(|located| located.item == question).collect();
        if !exact.is_empty() {
            return exact;
        }
        let ends = |located: &&Located| {
            let rest = located.item.strip_suffix(question);
            rest.is_some_and(|rest| rest.ends_with("::") || rest.ends_with(['.', '(']) || rest.is_empty())
                || located
                    .item
                    .strip_suffix(')')
                    .and_then(|item| item.strip_suffix(question))
                    .is_some()
        };
        items.iter().filter(ends).collect()
    }

    /// The items whose names are most like a question, for a question that names none.
    #[must_use]
    pub fn nearest(&self, question: &str) -> Option<&str> {
        let items = self.items.as_deref().unwrap_or_default();
        let name = |item: &'_ str| {
            let item = item.to_ascii_lowercase();
            let parts: Vec<&str> = item
                .split(['.', ':', '(', ')'])
                .filter(|part| !part.is_empty())
                .collect();
            parts.iter().rev().take(2).rev().copied().collect::<Vec<_>>().join(".")
        };
        let wanted = name(question);
        let likeness = |located: &Located| strsim::normalized_levenshtein(&wanted, &name(&located.item));
        let best = items.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        (likeness(best) > 0.5).then_some(best.item.as_str())
    }

    /// The map as JSON: an array of objects with `item`, `file`, `line`, `column` and `pointer`.
    #[must_use]
    pub fn to_json(&self) -> String {
        let items = self.items.as_deref().unwrap_or_default().iter().map(|located| {
            let Spot {
                file,
                line,
                column,
                pointer,
            } = &located.spot;
            serde_json::json!({
                "item": located.item, "file": file, "line": line, "column": column, "pointer": pointer,
            })
        });
        let items: Vec<serde_json::Value> = items.collect();
        let lines: Vec<String> = items.iter().map(crate::diagnostic::printable_json).collect();
        format!("[\n{}\n]\n", lines.join(",\n"))
    }
}

/// The items at a pointer, or at the nearest one around it that has some.
fn by_pointer<'m>(items: &'m [Located], pointer: &str) -> Vec<&'m Located> {
    let mut pointer = pointer;
    loop {
        let found: Vec<&Located> = items.iter().filter(|located| located.spot.pointer == pointer).collect();
        if !found.is_empty() {
            return found;
        }
        match pointer.rfind('/') {
            Some(end) if end > 0 => pointer = &pointer[..end],
            _ => return found,
        }
    }
}
