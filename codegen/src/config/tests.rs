//! The keys that a configuration file can have, and the errors for everything else.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;

use super::{
    Config, NullPolicy, Settings, commented,
    key::{Key, Kind, Reader},
    keys::KEYS,
    read, schema,
};
use crate::{
    Selection,
    diagnostic::{Code, Level},
    package::{GitReference, Metadata, Publish, Runtime},
};

fn errors(text: &str) -> String {
    let read = read("specwright.yaml", text.as_bytes());
    assert!(read.file.is_none(), "{text}");
    read.diagnostics.render(&read.sources)
}

fn one(text: &str) -> super::ClientConfig {
    let read = read("specwright.yaml", text.as_bytes());
    assert!(
        read.diagnostics.is_empty(),
        "{}",
        read.diagnostics.render(&read.sources)
    );
    read.file.unwrap().clients.remove(0)
}

#[test]
fn a_configuration_is_read() {
    let client = one(
        "document: a.yaml\nmodule_prefix: c1.api\nnull: absent\nkeep_going: true\ngroup_features: true\n\
        package: {license: MIT, publish: [internal]}\nruntime: {git: 'https://git.example.com/x', tag: v1}\n\
        include: {tags: [pets]}\nallow: [weakened]\ndeny_warnings: true\n",
    );
    assert_eq!(client.settings.document.as_deref(), Some("a.yaml"));
    assert_eq!(client.settings.package.license.as_deref(), Some("MIT"));
    assert_eq!(
        client.settings.package.publish,
        Some(Publish::Registries(vec!["internal".to_owned()]))
    );
    let reference = GitReference::Tag("v1".to_owned());
    assert!(matches!(&client.runtime, Some(Runtime::Git { reference: found, .. }) if *found == reference));
    let config = client.generator(true);
    assert_eq!(
        (config.module_prefix.as_str(), config.null),
        ("c1.api", NullPolicy::Absent)
    );
    assert!(config.keep_going && config.group_features && !config.client_feature);
    assert_eq!(config.include.tags, ["pets"]);
    assert_eq!(config.levels.warnings, Level::Deny);
    assert_eq!(config.levels.codes.get(&Code::Weakened), Some(&Level::Allow));
}

#[test]
fn an_empty_file_has_one_client_with_defaults() {
    for text in ["", "# nothing\n", "---\n", "{}\n"] {
        let client = one(text);
        assert!(
            client.settings == Settings::default() && client.runtime.is_none(),
            "{text:?}"
        );
        assert!(client.generator(false).client_feature && !client.generator(true).client_feature);
    }
}

#[test]
fn several_clients_share_what_is_outside_of_them() {
    let read = read(
        "specwright.yaml",
        b"null: absent\nruntime: {workspace: true}\nclients:\n  pets: {document: pets.yaml}\n  \
          shop: {document: shop.yaml, null: distinct, runtime: {path: ../r}}\n",
    );
    let clients = read.file.unwrap().clients;
    let labels: Vec<&str> = clients.iter().filter_map(|client| client.label.as_deref()).collect();
    assert_eq!(labels, ["pets", "shop"]);
    assert_eq!(clients[0].generator(false).null, NullPolicy::Absent);
    assert_eq!(clients[0].runtime, Some(Runtime::Workspace));
    assert_eq!(clients[1].generator(false).null, NullPolicy::Distinct);
    assert_eq!(clients[1].runtime, Some(Runtime::Path("../r".to_owned())));
}

#[test]
fn what_is_wrong_is_an_error_with_its_place() {
    for (text, place, expected) in [
        (
            "document: a\nnul: absent\n",
            "2:1",
            "did you mean `null`? allowed here: document, out, module",
        ),
        ("zzz: 1\n", "1:1", "allowed here: document"),
        ("package: {licence: MIT}\n", "1:11", "did you mean `license`?"),
        ("include: {tag: [a]}\n", "1:11", "did you mean `tags`?"),
        (
            "clients: {a: {document: x, overlay: [b]}}\n",
            "1:28",
            "did you mean `overlays`?",
        ),
        ("clients: {a: {clients: {}}}\n", "1:15", "is not a key"),
        ("null: absnt\n", "1:7", "did you mean `absent`?"),
        ("document: 1\n", "1:11", "`document` is a number, not a string"),
        ("document: ''\n", "1:11", "not a string"),
        (
            "overlays: a.yaml\n",
            "1:11",
            "write it as in `overlays: [fixes.overlay.yaml]`",
        ),
        ("group_features: yes\n", "1:17", "not true or false"),
        ("runtime: 0.1\n", "1:10", "not an object"),
        ("runtime: {}\n", "1:10", "give one of `version`"),
        ("runtime: {version: 0.1}\n", "1:20", "is a number"),
        ("runtime: {version: '0.x'}\n", "1:10", "is not a version requirement"),
        ("runtime: {path: a, workspace: true}\n", "1:10", "several sources"),
        ("runtime: {git: a}\n", "1:10", "`git` needs `rev` or `tag`"),
        (
            "runtime: {version: '1', tag: a}\n",
            "1:10",
            "`rev` and `tag` need `git`",
        ),
        ("deny: [weakend]\n", "1:8", "did you mean `weakened`?"),
        ("format: {}\n", "1:1", "did you mean `formats`?"),
        ("out: a\nmodule: b\n", "1:1", "`out` and `module` are both given"),
        (
            "out: a\nclients: {b: {document: c}}\n",
            "1:1",
            "move `out` into each of the clients",
        ),
        ("clients: {}\n", "1:1", "`clients` is empty"),
        ("a: [\n", "2:1", "specwright.yaml"),
        ("out: a\nout: b\n", "2:1", "duplicate-key"),
        ("[a]\n", "1:1", "the configuration is an array"),
    ] {
        check_error(text, place, expected);
    }
}

fn check_error(text: &str, place: &str, expected: &str) {
    let said = errors(text);
    assert!(said.contains(&format!("specwright.yaml:{place}")), "{text}: {said}");
    assert!(said.contains(expected), "{text}: {said}");
}

#[test]
fn types_and_attributes_are_checked() {
    for (text, place, expected) in [
        ("formats: [a]\n", "1:10", "`formats` is an array, not an object"),
        (
            "formats: {uuid: Uuid}\n",
            "1:17",
            "`Uuid` is not the path of a Rust type",
        ),
        ("formats: {date: 'a::B<c::D>'}\n", "1:17", "use a type alias"),
        (
            "formats: {date: 'super::Date'}\n",
            "1:17",
            "not the path of a Rust type",
        ),
        (
            "formats: {date: '::crate::Date'}\n",
            "1:17",
            "not the path of a Rust type",
        ),
        ("formats: {date: 1}\n", "1:17", "`date` is a number, not the path"),
        (
            "attributes: {Pet: derive(Eq)}\n",
            "1:19",
            "`Pet` is a string, not an array of attributes",
        ),
        (
            "attributes: {Pet: ['derive(Eq']}\n",
            "1:20",
            "`derive(Eq` is not a Rust attribute",
        ),
        ("attributes: {Pet: ['#[derive(Eq)]']}\n", "1:20", "without `#[]`"),
    ] {
        check_error(text, place, expected);
    }
}

#[test]
fn the_generator_reads_its_part() {
    let config = Config::parse("document: a.yaml\nnull: absent\n").unwrap();
    assert_eq!(config.null, NullPolicy::Absent);
    assert!(Config::parse("nul: absent\n").unwrap_err().contains("1:1"));
}

/// The fields of a form, as serde lists them when it refuses another.
fn fields<T: DeserializeOwned>() -> BTreeSet<String> {
    let error = serde_json::from_str::<T>(r#"{"?": 1}"#)
        .err()
        .map(|error| error.to_string());
    let error = error.unwrap_or_default();
    let (_, listed) = error.split_once("expected").unwrap();
    let names = listed.split('`').skip(1).step_by(2);
    names.map(str::to_owned).collect()
}

/// The table is the one definition: the forms that are read have the same names.
#[test]
fn the_table_has_the_keys_that_are_read() {
    let of = |keys: &[Key], reader: Reader| {
        let keys = keys.iter().filter(|key| key.reader == reader);
        keys.map(|key| key.name.to_owned()).collect::<BTreeSet<_>>()
    };
    assert_eq!(of(KEYS, Reader::Generator), fields::<Config>());
    assert_eq!(of(KEYS, Reader::Command), fields::<Settings>());
    for key in KEYS {
        if let Kind::Object(keys) = key.kind {
            let expected = match key.name {
                "package" => fields::<Metadata>(),
                "include" | "exclude" => fields::<Selection>(),
                _ => continue,
            };
            assert_eq!(of(keys, Reader::Own), expected, "{}", key.name);
        }
    }
}

#[test]
fn every_example_is_read() {
    for key in KEYS {
        let text = format!("{}: {}\n", key.name, key.example);
        let read = read("specwright.yaml", text.as_bytes());
        let may_fail = key.name == "runtime";
        assert!(
            may_fail || read.file.is_some(),
            "{text}{}",
            read.diagnostics.render(&read.sources)
        );
        if let (Kind::Object(keys), false) = (key.kind, may_fail) {
            for inner in keys {
                one(&format!("{}: {{{}: {}}}\n", key.name, inner.name, inner.example));
            }
        }
    }
}

#[test]
fn the_commented_file_can_be_read_also_without_its_comments() {
    let text = commented(&[("document", "my file.yaml"), ("out", "pets-client")]);
    let client = one(&text);
    assert_eq!(client.settings.document.as_deref(), Some("my file.yaml"));
    for key in KEYS {
        assert!(
            text.contains(&format!("\n{}:", key.name)) || text.contains(&format!("\n# {}:", key.name)),
            "{text}"
        );
    }
    // A block of comments may be uncommented as it is.
    let (_, package) = text.split_once("# package:\n").unwrap();
    let block: Vec<&str> = package.lines().take_while(|line| !line.is_empty()).collect();
    let lines = block
        .iter()
        .map(|line| line.strip_prefix("# ").unwrap())
        .collect::<Vec<_>>()
        .join("\n");
    let client = one(&format!("package:\n{lines}\n"));
    assert_eq!(client.settings.package.version.as_deref(), Some("1.0.0"));
}

#[test]
fn the_schema_has_every_key() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).unwrap();
    let properties = schema["properties"].as_object().unwrap();
    assert_eq!(properties.len(), KEYS.len());
    assert_eq!(
        schema["$defs"]["client"]["properties"].as_object().unwrap().len(),
        KEYS.len() - 1
    );
    assert_eq!(schema["additionalProperties"], false);
}
