//! Cases: a document, and the calls that its client makes.

use std::{fs, path::Path};

use codegen::{Config, Generated, Input};
use serde_json::Value;

pub(crate) struct Case {
    /// The module of its client.
    pub(crate) module: String,
    pub(crate) document: Value,
    pub(crate) generated: Generated,
    pub(crate) calls: Vec<Call>,
}

/// A call, and the request that is meant.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) operation: String,
    /// The arguments by their names in the document; `body` is the body.
    pub(crate) arguments: Value,
    pub(crate) expect: Value,
}

impl Call {
    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.operation, self.arguments)
    }
}

/// The documents of a folder that have calls beside them.
pub(crate) fn cases_in(folder: &Path) -> Vec<Case> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    let names = names.iter().filter_map(|name| name.strip_suffix(".json"));
    names.filter_map(|name| case(folder, name)).collect()
}

fn case(folder: &Path, name: &str) -> Option<Case> {
    let calls: Value = serde_json::from_slice(&fs::read(folder.join(format!("{name}.json"))).unwrap()).unwrap();
    let calls = calls.get("requests")?.as_array()?;
    let calls = calls.iter().map(|call| Call {
        operation: call["operationId"].as_str().unwrap().to_owned(),
        arguments: call["args"].clone(),
        expect: call["expect"].clone(),
    });
    let bytes = fs::read(folder.join(format!("{name}.yaml"))).unwrap();
    let input = Input { name, bytes: &bytes };
    let outcome = codegen::generate(input, &Config::default());
    let said = outcome.diagnostics.render(&outcome.sources);
    Some(Case {
        module: format!("case_{}", name.replace('-', "_")),
        document: serde_yaml::from_slice(&bytes).unwrap(),
        generated: outcome.generated.unwrap_or_else(|| panic!("{said}")),
        calls: calls.collect(),
    })
}
