//! Documents that result from overlays, other files and selections: a folder each, with the document in `openapi.yaml`,
//! overlays in `*.overlay.yaml`, and what is selected in `specwright.yaml`.
//!
//! After a change that is meant, `INSTA_UPDATE=always cargo test -p tests --test effective` writes the snapshots again.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::{collections::BTreeSet, fs};

use codegen::{Config, Effective, Input, Inputs};
use tests::files::Folder;

macro_rules! cases {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            compare(stringify!($name));
        })*

        const CASES: &[&str] = &[$(stringify!($name),)*];
    };
}

cases! {
    actions_in_order
    body_made_an_argument
    changes_merge
    errors_in_overlays
    nothing_of_this_name
    one_of_several_files
    places_of_what_is_written
    selected_by_path
    selected_by_tag
    selected_of_other_methods
}

fn with_inputs<T>(case: &str, then: impl FnOnce(Inputs<'_>, &Config) -> T) -> T {
    let folder = Folder::of("effective", case);
    let names = fs::read_dir(&folder.0)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let names: BTreeSet<String> = names.collect();
    let read = |name: &str| fs::read(folder.0.join(name)).unwrap();
    let overlays: Vec<(&String, Vec<u8>)> = names
        .iter()
        .filter(|name| name.ends_with(".overlay.yaml"))
        .map(|name| (name, read(name)))
        .collect();
    let overlays: Vec<Input<'_>> = overlays.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    let config = names
        .contains("specwright.yaml")
        .then(|| String::from_utf8(read("specwright.yaml")).unwrap());
    let config = Config::parse(&config.unwrap_or_default()).unwrap();
    let document = Input {
        name: "openapi.yaml",
        bytes: &read("openapi.yaml"),
    };
    let inputs = Inputs {
        document,
        overlays: &overlays,
        loader: &folder,
    };
    then(inputs, &config)
}

fn compare(case: &str) {
    with_inputs(case, |inputs, config| {
        let Effective {
            text,
            diagnostics,
            sources,
        } = codegen::effective(inputs, config);
        // What is written is generated from without what wrote it, and gives the same client.
        let whole = codegen::generate_with(inputs, config).generated;
        if let (Some(text), Some(whole)) = (&text, whole) {
            let document = Input {
                name: "effective.yaml",
                bytes: text.as_bytes(),
            };
            let again = codegen::generate(document, &Config::default()).generated.unwrap();
            assert!(
                tests::bodies(&whole).eq(tests::bodies(&again)),
                "the document says something else"
            );
        }
        let said = diagnostics.render(&sources);
        insta::with_settings!({
            snapshot_path => "effective",
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!(case, format!("{said}{}", text.unwrap_or_default()));
        });
    });
}

/// C14
#[test]
fn an_overlay_makes_a_body_an_argument() {
    with_inputs("body_made_an_argument", |inputs, config| {
        let whole = codegen::generate_with(inputs, config).generated.unwrap();
        let texts: String = whole.files.iter().map(|(_, text)| text).collect();
        assert!(texts.contains("(body: Object = json)"), "{texts}");
        assert!(!texts.contains("optional body:"), "{texts}");
    });
}

/// What an overlay wrote stands in the overlay, also in what later stages say.
#[test]
fn errors_in_what_is_written_have_the_place_in_the_overlay() {
    with_inputs("places_of_what_is_written", |inputs, config| {
        let outcome = codegen::generate_with(inputs, config);
        assert!(outcome.generated.is_none());
        let said = outcome.diagnostics.render(&outcome.sources);
        assert!(
            said.contains("broken.overlay.yaml:8:21 (/components/schemas/Pet/type)"),
            "{said}"
        );
        // References in it are relative to the document.
        assert!(said.contains("`parts/owner.yaml` cannot be read"), "{said}");
    });
}

#[test]
fn the_list_is_the_folder() {
    assert!(
        tests::files::cases("effective")
            .unwrap()
            .iter()
            .eq(CASES.iter().copied())
    );
}
