//! The names of a client, and what of the document each of them means.

use std::collections::BTreeMap;

use codegen::{
    Config, Input,
    stages::{self, Stage},
};

/// What each path of the client of a document means; the error is what the generator says of the document.
pub fn meanings(document: &str, config: &Config) -> Result<BTreeMap<String, String>, String> {
    let input = Input {
        name: "names.yaml",
        bytes: document.as_bytes(),
    };
    let shown = stages::show(input.into(), config, Stage::Names, "");
    match shown.text {
        Some(Ok(text)) if !shown.diagnostics.has_errors() => Ok(Names::default().read(&text)),
        _ => Err(shown.diagnostics.render(&shown.sources)),
    }
}

/// The names of a client that mean another thing in the client of a later document.
#[must_use]
pub fn moved(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let both = before
        .iter()
        .filter_map(|(path, old)| Some((path, old, after.get(path)?)));
    let moved = both.filter(|(_, old, new)| old != new);
    moved
        .map(|(path, old, new)| format!("`{path}` was {old}, and is {new}"))
        .collect()
}

/// What has been read of the text of the stage.
#[derive(Default)]
struct Names {
    meanings: BTreeMap<String, String>,
    /// The module of the group.
    group: String,
    /// The path of the item that the next lines are parts of, and what it means.
    item: (String, String),
}

impl Names {
    fn read(mut self, text: &str) -> BTreeMap<String, String> {
        for line in text.lines() {
            match line.strip_prefix("  ") {
                Some(part) => self.part(part),
                None => self.head(line),
            }
        }
        self.meanings
    }

    /// `/operations/getPet: -> fn get_pet, struct GetPet`
    fn head(&mut self, line: &str) {
        let Some((pointer, names)) = line.split_once(": ") else {
            return;
        };
        let (wire, names) = names.split_once("-> ").unwrap_or(("", names));
        let names: Vec<&str> = names.split(", ").collect();
        let kind = pointer.split('/').nth(1).unwrap_or_default();
        if kind == "groups" {
            self.group = format!("apis::{}", names.first().copied().unwrap_or_default());
        }
        let around = match kind {
            "groups" => "client".to_owned(),
            "operations" => self.group.clone(),
            "types" => String::new(),
            other => other.to_owned(),
        };
        let meaning = match kind {
            "servers" => wire.trim().to_owned(),
            "types" if names.contains(&"inline") => format!("{pointer}, inline"),
            _ => pointer.to_owned(),
        };
        let names: Vec<&str> = match kind {
            "types" => names[..1].to_vec(),
            _ => names,
        };
        for (index, name) in names.iter().enumerate() {
            let is_in_module = kind == "groups" && name.starts_with("struct ");
            let around = if is_in_module { &self.group } else { &around };
            self.add(format!("{around}::{name}"), format!("{meaning} ({index})"));
        }
        let last = names.last().copied().unwrap_or_default();
        self.item = (format!("{around}::{last}"), meaning);
    }

    /// `limit in query -> limit`
    fn part(&mut self, line: &str) {
        let Some((wire, names)) = line.rsplit_once("-> ") else {
            return;
        };
        let (path, owner) = self.item.clone();
        let around = path.rsplit_once("::").map_or("", |(around, _)| around).to_owned();
        for (index, name) in names.split(", ").enumerate() {
            let is_item = name.starts_with("enum ") || name.starts_with("struct ") || wire.trim() == "(required)";
            let path = if is_item { &around } else { &path };
            self.add(format!("{path}::{name}"), format!("{owner}: {} ({index})", wire.trim()));
        }
    }

    fn add(&mut self, path: String, meaning: String) {
        // Names of one kind alone share a scope: what has two meanings has an index of both.
        self.meanings
            .entry(path)
            .and_modify(|known| {
                if *known != meaning {
                    known.extend([" and ", &meaning]);
                }
            })
            .or_insert(meaning);
    }
}
