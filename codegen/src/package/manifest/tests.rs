//! The manifest belongs to the user, except for two blocks.
#![allow(clippy::unwrap_used, reason = "tests")]

use super::{
    super::{GitReference, Metadata, PackageName, Publish, VersionRequirement},
    Manifest, ManifestError, Package, Runtime, fresh, merged,
};

fn with<T>(groups: &[&str], runtime: &Runtime, metadata: &Metadata, to: impl FnOnce(Package<'_>) -> T) -> T {
    let groups: Vec<String> = groups.iter().map(|group| (*group).to_owned()).collect();
    to(Package {
        name: &PackageName::parse("pets").unwrap(),
        title: "Pets",
        source: "pets.yaml",
        features: &groups,
        runtime,
        metadata,
        front: None,
    })
}

fn version(text: &str) -> Runtime {
    Runtime::Version(VersionRequirement::parse(text).unwrap())
}

fn first(groups: &[&str]) -> String {
    with(groups, &version("0.1"), &Metadata::default(), fresh).text
}

fn again(present: &str, groups: &[&str], runtime: &Runtime) -> Result<Manifest, ManifestError> {
    with(groups, runtime, &Metadata::default(), |package| {
        merged(present, package)
    })
}

#[test]
fn metadata_is_written_once() {
    let metadata = Metadata {
        version: Some("2.1.0".to_owned()),
        license: Some("MIT".to_owned()),
        repository: Some("https://git.example.com/\"pets\"".to_owned()),
        authors: vec!["A".to_owned(), "B".to_owned()],
        ..Metadata::default()
    };
    let text = with(&[], &version("0.1"), &metadata, fresh).text;
    for line in [
        "version = \"2.1.0\"",
        "license = \"MIT\"",
        "repository = \"https://git.example.com/\\\"pets\\\"\"",
        "authors = [\"A\", \"B\"]",
        "description = \"A client of Pets.\"",
    ] {
        assert!(text.lines().any(|other| other == line), "{line}: {text}");
    }
    assert!(!text.contains("publish"), "{text}");
    let again = with(&[], &version("0.1"), &Metadata::default(), |package| {
        merged(&text, package)
    });
    assert_eq!(again.unwrap().text, text);
}

#[test]
fn a_crate_that_cannot_be_published_says_so() {
    assert!(first(&[]).contains("publish = false"));
    let licensed = Metadata {
        license: Some("MIT".to_owned()),
        ..Metadata::default()
    };
    let by_path = Runtime::Path("../runtime".to_owned());
    assert!(with(&[], &by_path, &licensed, fresh).text.contains("publish = false"));
    let internal = Metadata {
        publish: Some(Publish::Registries(vec!["internal".to_owned()])),
        ..licensed
    };
    let text = with(&[], &by_path, &internal, fresh).text;
    assert!(text.contains("publish = [\"internal\"]"), "{text}");
}

#[test]
fn the_runtime_comes_from_one_of_four_sources() {
    let git = |reference| Runtime::Git {
        url: "https://git.example.com/x".to_owned(),
        reference,
    };
    for (runtime, expected) in [
        (version("0.1"), "{ version = \"0.1\", default-features = false }"),
        (
            git(GitReference::Rev("abc".to_owned())),
            "{ git = \"https://git.example.com/x\", rev = \"abc\", default-features = false }",
        ),
        (
            git(GitReference::Tag("v1".to_owned())),
            "{ git = \"https://git.example.com/x\", tag = \"v1\", default-features = false }",
        ),
        (Runtime::Workspace, "{ workspace = true }"),
        (
            Runtime::Path("../r".to_owned()),
            "{ path = \"../r\", default-features = false }",
        ),
    ] {
        let text = with(&[], &runtime, &Metadata::default(), fresh).text;
        assert!(text.contains(&format!("\nspecwright-runtime = {expected}\n")), "{text}");
    }
}

/// Requirement 39.
#[test]
fn everything_outside_the_blocks_is_kept_byte_for_byte() {
    let mine = first(&["pets"])
        .replace("version = \"0.1.0\"", "version = \"7.0.0\"  # mine")
        .replace(
            "# specwright features: end\n",
            "# specwright features: end\nmine = []\n\t\n",
        )
        .replace("\n[lints.rust]", "serde = '1'\n\n[lints.rust]");
    let text = again(&mine, &["owners", "pets"], &version("0.2")).unwrap().text;
    assert!(
        text.contains("owners = [\"client\"]\n") && text.contains("version = \"0.2\""),
        "{text}"
    );
    let outside = |text: &str| {
        let (head, rest) = text.split_once("# specwright features: begin").unwrap();
        let (_, rest) = rest.split_once("# specwright features: end").unwrap();
        let (middle, rest) = rest.split_once("# specwright dependency: begin").unwrap();
        let (_, tail) = rest.split_once("# specwright dependency: end").unwrap();
        [head, middle, tail].map(str::to_owned)
    };
    assert_eq!(outside(&text), outside(&mine));
    assert_eq!(again(&text, &["owners", "pets"], &version("0.2")).unwrap().text, text);
}

#[test]
fn ends_of_lines_stay_what_they_are() {
    let mine = first(&[]).replace('\n', "\r\n");
    let text = again(&mine, &["pets"], &version("0.1")).unwrap().text;
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert_eq!(again(&text, &["pets"], &version("0.1")).unwrap().text, text);
}

/// Requirement 39.
#[test]
fn an_edit_inside_a_block_is_refused_with_its_line() {
    let text = first(&["pets"]);
    for (from, to, block) in [
        (
            "rustls = [\"client\", \"specwright-runtime/rustls\"]\n",
            "rustls = []\n",
            "features",
        ),
        ("gzip = [\"client\", \"specwright-runtime/gzip\"]\n", "", "features"),
        (
            "# specwright features: end",
            "mine = []\n# specwright features: end",
            "features",
        ),
        (
            "version = \"0.1\", default",
            "version = \"0.1\", optional = true, default",
            "dependency",
        ),
    ] {
        let edited = text.replace(from, to);
        assert_ne!(edited, text);
        let at = text
            .lines()
            .zip(edited.lines())
            .position(|(one, other)| one != other)
            .unwrap()
            + 1;
        let error = again(&edited, &["pets"], &version("0.1")).unwrap_err();
        assert_eq!(error.line, at, "{error}");
        assert!(error.message.contains(block), "{error}");
    }
}

#[test]
fn a_group_that_is_added_changes_its_two_lines() {
    let (text, more) = (first(&["pets"]), first(&["owners", "pets"]));
    let lines = more.lines().filter(|line| !text.lines().any(|other| other == *line));
    assert_eq!(lines.collect::<Vec<_>>(), ["    \"owners\",", "owners = [\"client\"]"]);
    assert_eq!(again(&text, &["owners", "pets"], &version("0.1")).unwrap().text, more);
    assert_eq!(again(&more, &["pets"], &version("0.1")).unwrap().text, text);
}

#[test]
fn a_feature_of_a_group_that_is_in_one_place_only_is_an_edit() {
    let text = first(&["owners", "pets"]);
    for (from, to) in [
        ("    \"pets\",\n", ""),
        ("pets = [\"client\"]\n", ""),
        ("pets = [\"client\"]\n", "pets = [\"client\"]\nmine = [\"client\"]\n"),
        ("pets = [\"client\"]\n", "pets = [\"client\", \"owners\"]\n"),
        ("pets = [\"client\"]\n", "# pets = [\"client\"]\n"),
        ("    \"pets\",\n", "    \"pets\", \"mine\",\n"),
    ] {
        let edited = text.replace(from, to);
        assert_ne!(edited, text);
        again(&edited, &["owners", "pets"], &version("0.1")).unwrap_err();
    }
}

#[test]
fn an_emptied_block_is_filled_and_a_missing_one_is_refused() {
    let text = first(&[]);
    let (head, rest) = text.split_once("# specwright features: begin").unwrap();
    let (_, tail) = rest.split_once("# specwright features: end").unwrap();
    let emptied = format!("{head}# specwright features: begin\n# specwright features: end{tail}");
    assert_eq!(again(&emptied, &[], &version("0.1")).unwrap().text, text);
    for (broken, message) in [
        (format!("{head}{tail}"), "the block is missing"),
        (text.replace("# specwright dependency: end", "#"), "has no end mark"),
        (
            text.replace("# specwright dependency: begin", "# x"),
            "has no begin mark",
        ),
        (format!("{text}\n# specwright features: begin\n"), "there twice"),
    ] {
        let error = again(&broken, &[], &version("0.1")).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn features_of_the_user_that_need_a_change_are_named() {
    let hints = again(&first(&[]), &["pets"], &version("0.1")).unwrap().hints;
    assert!(hints.len() == 1 && hints[0].contains("add \"all\""), "{hints:?}");
    let hints = again(&first(&["pets"]), &[], &version("0.1")).unwrap().hints;
    assert!(hints.len() == 1 && hints[0].contains("replace \"all\""), "{hints:?}");
    assert!(
        again(&first(&["pets"]), &["a", "pets"], &version("0.1"))
            .unwrap()
            .hints
            .is_empty()
    );
}
