//! What the manifest of a crate with a generated module needs.

use std::path::Path;

use codegen::{
    Generated,
    package::{Runtime, requirement},
};
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use crate::{Failure, paths::shown, target::Target};

const RUNTIME: &str = "specwright-runtime";

/// Features of the runtime that bring calls.
const WITH_CALLS: [&str; 8] = [
    "blocking",
    "client",
    "native-tls",
    "reqwest",
    "rustls",
    "test-util",
    "tower",
    "tracing",
];

/// What a manifest has of the dependency on the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dependency {
    Absent,
    /// It is there and has no calls.
    WithoutCalls,
    Complete,
}

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
        match self.dependency(manifest) {
            Dependency::Absent => {
                let requirement = requirement(&self.runtime, self.features);
                missing.push(format!("[dependencies]\n{RUNTIME} = {requirement}"));
            }
            Dependency::WithoutCalls => missing.push(format!("the feature \"client\" of the dependency {RUNTIME}")),
            Dependency::Complete => {}
        }
        let features = self.missing_features(manifest);
        let features: Vec<String> = features
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
        let dependency = self.dependency(manifest);
        if dependency != Dependency::Complete {
            let table = table(manifest, "dependencies").ok_or_else(|| wrong("dependencies"))?;
            if dependency == Dependency::Absent {
                let value: Value = requirement(&self.runtime, self.features)
                    .parse()
                    .map_err(|error| Failure::Run(format!("the dependency on the runtime: {error}")))?;
                table.insert(RUNTIME, Item::Value(value));
            } else {
                let table = table.get_mut(RUNTIME).and_then(Item::as_table_like_mut);
                let table = table.ok_or_else(|| wrong(RUNTIME))?;
                let features = table
                    .entry("features")
                    .or_insert_with(|| Item::Value(Array::new().into()));
                features.as_array_mut().ok_or_else(|| wrong("features"))?.push("client");
            }
        }
        let missing: Vec<(String, Vec<String>)> = self.missing_features(manifest).cloned().collect();
        if !missing.is_empty() {
            let table = table(manifest, "features").ok_or_else(|| wrong("features"))?;
            for (name, enabled) in missing {
                let enabled: Array = enabled.into_iter().collect();
                table.insert(&name, Item::Value(Value::Array(enabled)));
            }
        }
        Ok(())
    }

    /// A dependency that the user has is the user's; it must have calls if modules have no feature of their own for them.
    fn dependency(&self, manifest: &DocumentMut) -> Dependency {
        let dependencies = manifest.get("dependencies").and_then(Item::as_table_like);
        let Some(found) = dependencies.and_then(|table| table.get(RUNTIME)) else {
            return Dependency::Absent;
        };
        let Some(found) = found.as_table_like().filter(|_| !self.features.is_empty()) else {
            return Dependency::Complete;
        };
        let has_default = found.get("default-features").and_then(Item::as_bool) != Some(false);
        let features = found.get("features").and_then(Item::as_array).into_iter().flatten();
        let mut features = features.filter_map(Value::as_str);
        if has_default || features.any(|feature| WITH_CALLS.contains(&feature)) {
            Dependency::Complete
        } else {
            Dependency::WithoutCalls
        }
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::path::Path;

    use codegen::package::Runtime;

    use super::{Needs, parse};

    fn needs(features: &'static [&'static str], own: &[(&str, &[&str])]) -> Needs {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Needs {
            runtime: Runtime::Path("../runtime".to_owned()),
            features,
            own: own
                .iter()
                .map(|(name, enabled)| ((*name).to_owned(), texts(enabled)))
                .collect(),
        }
    }

    /// The manifest after what is missing was added.
    fn added(needs: &Needs, text: &str) -> String {
        let path = Path::new("Cargo.toml");
        let mut manifest = parse(path, text).unwrap();
        needs.add(&mut manifest, path).unwrap();
        assert_eq!(needs.missing(&manifest), [""; 0]);
        manifest.to_string()
    }

    const HOST: &str =
        "# mine\n[package]\nname = 'x'   # odd\n\n[dependencies]\nserde={version='1'}\n\n[profile.dev]\ndebug=1\n";

    #[test]
    fn a_dependency_is_added_and_the_rest_is_kept() {
        let needs = needs(&["client", "rustls"], &[]);
        let missing = needs.missing(&parse(Path::new("Cargo.toml"), HOST).unwrap());
        let line = "specwright-runtime = { path = \"../runtime\", default-features = false, features = [\"client\", \"rustls\"] }";
        assert_eq!(missing, [format!("[dependencies]\n{line}")]);
        let expected = HOST.replace("serde={version='1'}\n", &format!("serde={{version='1'}}\n{line}\n"));
        assert_eq!(added(&needs, HOST), expected);
        assert_eq!(added(&needs, &expected), expected);
        assert_eq!(added(&needs, ""), format!("[dependencies]\n{line}\n"));
    }

    #[test]
    fn a_dependency_that_is_there_gets_only_the_feature_that_it_lacks() {
        let needs = needs(&["client", "rustls"], &[]);
        for complete in [
            "specwright-runtime = '0.1'",
            "specwright-runtime = { version = '0.1' }",
            "specwright-runtime.workspace = true",
            "specwright-runtime = { version = '0.1', default-features = false, features = ['native-tls'] }",
        ] {
            let text = format!("[dependencies]\n{complete}\n");
            assert_eq!(added(&needs, &text), text);
        }
        for (lacking, expected) in [
            (
                "specwright-runtime = { version = '0.1', default-features = false }",
                "specwright-runtime = { version = '0.1', default-features = false , features = [\"client\"] }",
            ),
            (
                "specwright-runtime = { default-features = false, features = ['jiff'], path = 'x' }",
                "specwright-runtime = { default-features = false, features = ['jiff', \"client\"], path = 'x' }",
            ),
        ] {
            let text = added(&needs, &format!("[dependencies]\n{lacking}\n"));
            assert_eq!(text, format!("[dependencies]\n{expected}\n"));
        }
    }

    #[test]
    fn features_of_modules_are_added() {
        let needs = needs(
            &[],
            &[("client", &["specwright-runtime/client"]), ("pets", &["client"])],
        );
        let text = added(
            &needs,
            "[features]\npets = []\n[dependencies]\nspecwright-runtime = '0.1'\n",
        );
        assert_eq!(
            text,
            "[features]\npets = []\nclient = [\"specwright-runtime/client\"]\n[dependencies]\nspecwright-runtime = '0.1'\n"
        );
    }

    #[test]
    fn an_error_of_the_manifest_has_its_line() {
        let error = parse(Path::new("Cargo.toml"), "[package]\nname = \n")
            .unwrap_err()
            .to_string();
        assert!(error.starts_with("Cargo.toml:2: "), "{error}");
        let path = Path::new("Cargo.toml");
        let mut manifest = parse(path, "dependencies = 1\n").unwrap();
        let error = needs(&["client"], &[])
            .add(&mut manifest, path)
            .unwrap_err()
            .to_string();
        assert!(error.contains("`dependencies` is not a table"), "{error}");
    }
}
