//! The public API of a crate, as rustdoc writes it in JSON.

use std::{collections::BTreeSet, fs, path::Path, process::Command};

use serde_json::Value;

use super::compiled::{failed, prepared};

/// The versions of rustdoc's format that are read here.
const FORMATS: std::ops::RangeInclusive<u64> = 54..=60;

/// How many modules deep a path can be.
const MAX_DEPTH: usize = 12;

/// What rustdoc says of a crate.
#[derive(Debug)]
pub struct Docs {
    json: Value,
}

/// An item with a path by which other crates reach it.
#[derive(Clone, Debug)]
pub(super) struct Reachable {
    /// The modules and the name, without the crate.
    pub(super) path: Vec<String>,
    pub(super) id: u64,
}

impl Docs {
    /// Runs rustdoc on the library in a folder. With `hidden`, items that documentation hides are in the result.
    ///
    /// rustdoc writes JSON only with `RUSTC_BOOTSTRAP`; nothing else is compiled with it. Returns `None` where the format is
    /// another one than those that are read here.
    pub fn of(folder: &Path, target: &Path, crate_name: &str, hidden: bool) -> Result<Option<Self>, String> {
        let mut command = Command::new(env!("CARGO"));
        command.args(["rustdoc", "--quiet", "--offline", "--lib", "--no-default-features"]);
        command.args(["--features", "client", "--"]);
        command.args(["-Zunstable-options", "--output-format", "json"]);
        if hidden {
            command.arg("--document-hidden-items");
        }
        let output = prepared(&mut command, folder, target)
            .env("RUSTC_BOOTSTRAP", "1")
            .output()
            .map_err(|error| error.to_string())?;
        if !output.status.success() {
            return Err(failed("rustdoc", &output));
        }
        let file = target.join("doc").join(format!("{crate_name}.json"));
        let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
        let json: Value = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
        let format = json["format_version"].as_u64().unwrap_or_default();
        Ok(FORMATS.contains(&format).then_some(Self { json }))
    }

    /// An item of the crate.
    pub(super) fn item(&self, id: u64) -> Option<&Value> {
        self.json["index"].get(id.to_string())
    }

    /// Where an item is declared, the crate first: an item of this crate or of another one.
    pub(super) fn declared(&self, id: u64) -> Option<Vec<&str>> {
        let path = self.json["paths"].get(id.to_string())?["path"].as_array()?;
        Some(path.iter().filter_map(Value::as_str).collect())
    }

    /// All paths by which other crates reach an item, in order.
    pub(super) fn reachable(&self) -> Vec<Reachable> {
        let mut found = Vec::new();
        let root = self.json["root"].as_u64().unwrap_or_default();
        self.members(root, &[], &mut found);
        let mut known = BTreeSet::new();
        found.retain(|one| known.insert((one.path.clone(), one.id)));
        found.sort_by(|a, b| (a.path.len(), &a.path).cmp(&(b.path.len(), &b.path)));
        found
    }

    fn members(&self, module: u64, path: &[String], into: &mut Vec<Reachable>) {
        let Some(items) = self
            .item(module)
            .and_then(|item| item["inner"]["module"]["items"].as_array())
        else {
            return;
        };
        if path.len() > MAX_DEPTH {
            return;
        }
        for id in items.iter().filter_map(Value::as_u64) {
            let Some(item) = self.item(id).filter(|item| item["visibility"] == "public") else {
                continue;
            };
            let used = &item["inner"]["use"];
            let (name, id) = match (used["id"].as_u64(), used["name"].as_str()) {
                (Some(target), _) if used["is_glob"] == true => {
                    self.members(target, path, into);
                    continue;
                }
                (Some(target), Some(name)) => (name, target),
                _ => (item["name"].as_str().unwrap_or_default(), id),
            };
            let path: Vec<String> = path.iter().cloned().chain([name.to_owned()]).collect();
            self.members(id, &path, into);
            into.push(Reachable { path, id });
        }
    }
}

/// Whether an item has an attribute of one word.
pub(super) fn has_attribute(item: &Value, name: &str) -> bool {
    let attributes = item["attrs"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_it = |attribute: &Value| {
        attribute
            .as_str()
            .or(attribute["other"].as_str())
            .map(|text| text.trim_matches(['#', '[', ']']))
            == Some(name)
    };
    attributes.iter().any(is_it)
}

/// The numbers of an array.
pub(super) fn ids(value: &Value) -> Vec<u64> {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_u64)
        .collect()
}
