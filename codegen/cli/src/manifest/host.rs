//! What the manifest of a crate with a generated module needs.

use std::path::Path;

use codegen::{
    Generated,
    package::{Runtime, requirement},
};
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

use crate::{Failure, paths::shown, target::Target};

const RUNTIME: &str = "specwright-runtime";

/// The dependency and the features that generated modules name.
#[derive(Debug)]
pub(super) struct Needs {
    runtime: Runtime,
    /// Features of the runtime, if modules have no condition.
    features: &'static [&'static str],
    /// Features of the crate, with what they enable.
    own: Vec<(String, Vec<String>)>,
}

impl Needs {
    pub(super) fn of(target: &Target, generated: &Generated) -> Self {
        let config = target.config();
        let mut own = Vec::new();
        let groups = &generated.features;
        if config.client_feature || !groups.is_empty() {
            own.push(("client".to_owned(), vec![format!("{RUNTIME}/client")]));
        }
        if !groups.is_empty() {
            own.push(("models".to_owned(), Vec::new()));
            own.extend(groups.iter().map(|group| (group.clone(), vec!["client".to_owned()])));
        }
        Self {
            runtime: target.runtime.clone(),
            features: if own.is_empty() { &["client", "rustls"] } else { &[] },
            own,
        }
    }

    /// What a manifest lacks, as lines for it.
    pub(super) fn missing(&self, manifest: &DocumentMut) -> Vec<String> {
        let mut missing = Vec::new();
        if !self.has_dependency(manifest) {
            let requirement = requirement(&self.runtime, self.features);
            missing.push(format!("[dependencies]\n{RUNTIME} = {requirement}"));
        }
        let features: Vec<String> = self
            .missing_features(manifest)
            .map(|(name, enabled)| format!("{name} = {}", array(enabled)))
            .collect();
        if !features.is_empty() {
            missing.push(format!("[features]\n{}", features.join("\n")));
        }
        missing
    }

    /// Adds what is missing, and changes nothing else.
    pub(super) fn add(&self, manifest: &mut DocumentMut, path: &Path) -> Result<(), Failure> {
        let wrong = |what: &str| Failure::Run(format!("{}: `{what}` is not a table", shown(path)));
        if !self.has_dependency(manifest) {
            let table = table(manifest, "dependencies").ok_or_else(|| wrong("dependencies"))?;
            let value: Value = requirement(&self.runtime, self.features)
                .parse()
                .map_err(|error| Failure::Run(format!("the dependency on the runtime: {error}")))?;
            table.insert(RUNTIME, Item::Value(value));
        }
        let missing: Vec<(String, Vec<String>)> = self.missing_features(manifest).cloned().collect();
        if !missing.is_empty() {
            let table = table(manifest, "features").ok_or_else(|| wrong("features"))?;
            for (name, enabled) in missing {
                let enabled: toml_edit::Array = enabled.into_iter().collect();
                table.insert(&name, Item::Value(Value::Array(enabled)));
            }
        }
        Ok(())
    }

    /// A dependency that the user has is the user's; it must enable the features that modules need.
    fn has_dependency(&self, manifest: &DocumentMut) -> bool {
        let dependencies = manifest.get("dependencies").and_then(Item::as_table_like);
        dependencies.is_some_and(|table| table.contains_key(RUNTIME))
    }

    fn missing_features<'a>(&'a self, manifest: &'a DocumentMut) -> impl Iterator<Item = &'a (String, Vec<String>)> {
        let features = manifest.get("features").and_then(Item::as_table_like);
        self.own
            .iter()
            .filter(move |(name, _)| features.is_none_or(|features| !features.contains_key(name)))
    }
}

fn table<'a>(manifest: &'a mut DocumentMut, name: &str) -> Option<&'a mut dyn TableLike> {
    let item = manifest.entry(name).or_insert_with(|| Item::Table(Table::new()));
    item.as_table_like_mut()
}

fn array(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("{text:?}")).collect();
    format!("[{}]", quoted.join(", "))
}

/// Reads a manifest; an error has its line.
pub(super) fn parse(path: &Path, text: &str) -> Result<DocumentMut, Failure> {
    text.parse().map_err(|error: toml_edit::TomlError| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text.get(..at).unwrap_or(text).matches('\n').count() + 1;
        Failure::Run(format!(
            "{}:{line}: {}\nfix the manifest first; nothing was written",
            shown(path),
            error.message()
        ))
    })
}
