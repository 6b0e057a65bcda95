//! The reference page of the configuration is written from the table of keys.
#![allow(clippy::unwrap_used, reason = "tests")]

use std::fs;

use codegen::config;
use tests::workspace;

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
        let objects = ["", "runtime", "package", "include", "naming", "paging"];
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
