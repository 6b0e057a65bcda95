//! The reference page of the configuration is written from the table of keys.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;

use codegen::config;
use tests::{Case, workspace};

/// `INSTA_UPDATE=always cargo test -p tests --test configuration` writes the page again.
#[test]
fn the_reference_page_is_that_of_the_table() {
    let path = workspace().join("codegen/guide/configuration.md");
    if std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
        fs::write(&path, config::reference()).unwrap();
    }
    let page = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(page, config::reference(), "{}", path.display());
}

/// Every block of YAML on the page is a configuration.
#[test]
fn the_examples_of_the_page_are_read() {
    let page = config::reference();
    let blocks = page
        .split("```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    let (mut whole, mut blocks) = (0, blocks.peekable());
    assert!(blocks.peek().is_some());
    for block in blocks {
        // The keys of an object are shown alone.
        let objects = ["", "runtime", "package", "include", "naming", "groups", "paging"];
        let read = objects.iter().any(|object| {
            let text = match *object {
                "" => block.to_owned(),
                object => format!("{object}:\n  {block}"),
            };
            config::read("specwright.yaml", text.as_bytes()).file.is_some()
        });
        let needs_git = block.starts_with("git:") || block.starts_with("rev:") || block.starts_with("tag:");
        assert!(read || needs_git, "{block}");
        whole += usize::from(read);
    }
    assert!(whole > 30, "{whole}");
}

/// The most specific pattern of `groups` counts, and one that matches no path is an error.
#[test]
fn groups_are_those_of_the_most_specific_pattern() {
    let generate = |paths: &str| {
        let mut case = Case::read("golden/operations/groups_by_path.yaml").unwrap();
        case.config = config::Config::parse(&format!("groups: {{paths: {paths}}}")).unwrap();
        case.generate()
    };
    let outcome = generate("{/v1/**: outer, /v1/*/**: outer, '/v1/accounts/**': inner}");
    let generated = outcome.generated.unwrap();
    for group in ["inner", "outer"] {
        assert!(generated.files.get(&format!("apis/{group}.rs")).is_some(), "{group}");
    }

    for (paths, expected) in [
        ("{/v2/**: other}", "no operation has a path like `/v2/**`"),
        ("{/v1/**: ''}", "the name for `/v1/**` has no letter and no digit"),
    ] {
        let outcome = generate(paths);
        let messages = outcome.diagnostics.render(&outcome.sources);
        let expected = format!("error[unknown-selection]: `groups`: {expected}");
        assert!(
            outcome.generated.is_none() && messages.contains(&expected),
            "{messages}"
        );
    }
}
