//! The public face of the runtime: a snapshot that a reviewer sees change, and whether all that it names can be named.
//!
//! It is computed over the sources, so that no other compiler is needed. After a change that is meant,
//! `INSTA_UPDATE=always cargo test -p tests --test public_api` writes the snapshot again. A change that takes something away
//! or changes it is a new minor version.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "public_api/face.rs"]
mod face;
#[path = "public_api/source.rs"]
mod source;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use face::{Named, blocks, promised};
use source::Sources;
use syn::{File, Item};

/// The modules that programs see, and the files that they are in.
const MODULES: [(&str, &str); 5] = [
    ("", ""),
    ("wire", "wire.rs"),
    ("blocking", "blocking.rs"),
    ("mock", "mock.rs"),
    ("recording", "recording.rs"),
];

/// What is exported as it is and belongs to others.
const FOREIGN: [&str; 5] = ["Bytes", "Method", "Value", "http", "reqwest"];

fn folder(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../generated-client")
        .join(of)
}

fn runtime() -> Sources {
    Sources::read(&folder("runtime/src"))
}

/// The items of each public name, under its path.
fn promises(sources: &Sources) -> BTreeMap<String, Vec<Item>> {
    let mut promises = BTreeMap::new();
    for (module, file) in MODULES {
        for export in sources.exports(file) {
            let path = if module.is_empty() {
                export.name.clone()
            } else {
                format!("{module}::{}", export.name)
            };
            if FOREIGN.contains(&&*export.name) {
                promises.insert(path, Vec::new());
                continue;
            }
            let item = sources.definition(&export.name).map(promised);
            let item = item.or_else(|| sources.by_macro(&export.name));
            let mut item = item.unwrap_or_else(|| panic!("{path} is not defined here"));
            let conditions = export.conditions;
            if let Item::Struct(syn::ItemStruct { attrs, .. })
            | Item::Enum(syn::ItemEnum { attrs, .. })
            | Item::Trait(syn::ItemTrait { attrs, .. })
            | Item::Fn(syn::ItemFn { attrs, .. }) = &mut item
            {
                attrs.splice(0..0, conditions);
            }
            let items = std::iter::once(item).chain(blocks(sources, &export.name));
            promises.insert(path, items.collect());
        }
    }
    without_hidden_traits(sources, promises)
}

/// That a type implements something which programs cannot name is no promise to them.
fn without_hidden_traits(sources: &Sources, mut promises: BTreeMap<String, Vec<Item>>) -> BTreeMap<String, Vec<Item>> {
    let mut hidden = sources.types();
    for path in promises.keys() {
        hidden.remove(last(path));
    }
    for items in promises.values_mut() {
        items.retain(|item| match item {
            Item::Impl(block) if block.trait_.is_some() => !Named::of(item).iter().any(|name| hidden.contains(name)),
            _ => true,
        });
    }
    promises
}

fn last(path: &str) -> &str {
    path.rsplit("::").next().unwrap()
}

#[test]
fn the_public_face_is_the_one_that_was_reviewed() {
    let promises = promises(&runtime());
    let mut text = format!("{} names\n", promises.len());
    for (path, items) in &promises {
        let file = File {
            shebang: None,
            attrs: Vec::new(),
            items: items.clone(),
            frontmatter: None,
        };
        text.extend(["\n// ", path, "\n", &prettyplease::unparse(&file)]);
    }
    insta::with_settings!({
        snapshot_path => "snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("public_api", text);
    });
}

/// R36: a signature of the face names nothing that a program cannot.
#[test]
fn every_type_in_a_public_signature_can_be_named() {
    let sources = runtime();
    let (promises, types) = (promises(&sources), sources.types());
    let public: BTreeSet<&str> = promises.keys().map(|path| last(path)).collect();
    let mut hidden = Vec::new();
    for (path, items) in &promises {
        for name in items.iter().flat_map(Named::of) {
            if types.contains(&name) && !public.contains(&*name) {
                hidden.push(format!("{path} names {name}"));
            }
        }
    }
    hidden.sort();
    hidden.dedup();
    assert!(hidden.is_empty(), "{hidden:#?}");
}

/// R36: what the generated client exports of the runtime names nothing that it does not export.
#[test]
fn the_conductorone_client_exports_all_that_its_signatures_name() {
    let (runtime, client) = (runtime(), Sources::read(&folder("src")));
    let promises = promises(&runtime);
    let mut exported: BTreeSet<String> = client.exports("").into_iter().map(|export| export.name).collect();
    // Its own name for the client below.
    assert!(exported.contains("BaseClient"));
    exported.insert("Client".to_owned());
    // These modules are exported as a whole.
    for module in ["wire", "blocking", "recording"] {
        assert!(exported.contains(module), "{module}");
    }
    let is_exported = |name: &str| {
        let is_in_module = |path: &&String| path.contains("::") && last(path) == name;
        exported.contains(name) || promises.keys().any(|path| is_in_module(&path))
    };
    let roots: BTreeSet<&str> = promises
        .keys()
        .filter(|path| !path.contains("::"))
        .map(String::as_str)
        .collect();
    let signatures = promises.iter().filter(|(path, _)| is_exported(last(path)));
    let mut needed: BTreeSet<String> = signatures
        .flat_map(|(_, items)| items.iter().flat_map(Named::of))
        .collect();
    needed.extend(named_by_macros(&runtime));
    let missing: Vec<&String> = needed
        .iter()
        .filter(|name| roots.contains(name.as_str()) && !is_exported(name))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// What the macros of calls name of the runtime.
fn named_by_macros(runtime: &Sources) -> Vec<String> {
    let mut names = Vec::new();
    for name in [
        "__accepted",
        "__call",
        "__answer",
        "__sendable",
        "__stream",
        "__paging",
        "__errors",
    ] {
        let texts: Vec<String> = runtime.macros(name).collect();
        assert_eq!(texts.len(), 1, "{name}");
        for rest in texts[0].split("crate :: ").skip(1) {
            names.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    names
}

/// Every client is compiled with the runtime that its code is for, and says so where it is not.
#[test]
fn the_runtime_and_the_generator_are_of_one_minor_version() {
    let generated = std::fs::read_to_string(folder("src/generated/mod.rs")).unwrap();
    let version = env!("CARGO_PKG_VERSION").rsplit_once('.').unwrap().0;
    assert!(
        generated.contains(&format!(
            "::specwright_runtime::codegen::require_version!(\"{version}\");"
        )),
        "{generated}"
    );
}
