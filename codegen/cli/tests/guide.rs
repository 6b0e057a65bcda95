//! The README and the guides: their links lead to pages, their commands print what the pages show, and their configurations
//! are valid. The examples in Rust are tests of the package `petstore-client`.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use tempfile::TempDir;

const GUIDE: &str = "codegen/guide";

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(workspace().join(path)).unwrap()
}

/// The pages, relative to the workspace.
fn pages() -> Vec<String> {
    let others = [
        "README.md",
        "CONTRIBUTING.md",
        "codegen/build/README.md",
        "generated-client/README.md",
    ];
    let mut pages: Vec<String> = others.iter().map(ToString::to_string).collect();
    for entry in fs::read_dir(workspace().join(GUIDE)).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if Path::new(&name).extension().is_some_and(|kind| kind == "md") {
            pages.push(format!("{GUIDE}/{name}"));
        }
    }
    pages
}

/// The fenced blocks of a page: what follows the fence, and the lines.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks: Vec<(String, String)> = Vec::new();
    let mut is_inside = false;
    for line in page.lines() {
        if let Some(kind) = line.trim_start().strip_prefix("```") {
            is_inside = !is_inside;
            if is_inside {
                blocks.push((kind.to_owned(), String::new()));
            }
        } else if let Some((_, text)) = blocks.last_mut().filter(|_| is_inside) {
            text.extend([line, "\n"]);
        }
    }
    blocks
}

/// A page without its blocks.
fn prose(page: &str) -> String {
    page.split("```").step_by(2).collect()
}

/// A folder with what commands of the pages use.
struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for entry in fs::read_dir(workspace().join(GUIDE)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if path.extension().is_some_and(|kind| kind == "yaml") {
                let text = fs::read_to_string(&path).unwrap();
                folder.write(name, &text);
                folder.write(&format!("{GUIDE}/{name}"), &text);
            }
        }
        folder.write("openapi.yaml", &read("codegen/guide/petstore.yaml"));
        let runtime = "generated-client/runtime/Cargo.toml";
        folder.write(runtime, &read(runtime));
        folder
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The exit code of a command, and what it prints.
    fn run(&self, arguments: &str) -> (i32, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
        command.args(arguments.split_whitespace()).current_dir(self.0.path());
        let output = command.output().unwrap();
        let printed = [output.stdout, output.stderr].concat();
        (output.status.code().unwrap(), String::from_utf8(printed).unwrap())
    }
}

#[test]
fn commands_print_what_the_pages_show() {
    let mut commands = 0;
    for path in pages() {
        let folder = Folder::new();
        for (kind, text) in blocks(&read(&path)) {
            if kind != "console" {
                continue;
            }
            for shown in format!("\n{text}").split("\n$ ").skip(1) {
                let (command, expected) = shown.split_once('\n').unwrap_or((shown, ""));
                let arguments = command.strip_prefix("specwright ");
                let (code, printed) = folder.run(arguments.unwrap_or("no other program is run"));
                assert_eq!(
                    (code, printed.trim_end()),
                    (0, expected.trim_end()),
                    "{path}: {command}"
                );
                commands += 1;
            }
        }
    }
    assert!(commands >= 6, "{commands} commands were found");
}

#[test]
fn configurations_are_valid() {
    let mut configurations = 0;
    for path in pages() {
        for (kind, text) in blocks(&read(&path)) {
            if kind == "yaml" && text.starts_with("document: ") {
                let folder = Folder::new();
                folder.write("page.yaml", &text);
                let options = "generate --config page.yaml --dry-run --out out --runtime generated-client/runtime";
                let (code, printed) = folder.run(options);
                assert_eq!(code, 0, "{path}:\n{text}\n{printed}");
                configurations += 1;
            }
        }
    }
    assert!(configurations >= 5, "{configurations} configurations were found");
}

/// The error in the pages is the one of the pet store with a typo.
#[test]
fn the_error_is_what_the_command_prints() {
    let folder = with_a_typo();
    let (code, printed) = folder.run("generate petstore.yaml --out out --runtime generated-client/runtime");
    assert_eq!(code, 1);
    let mut pages_with_it = 0;
    for path in pages() {
        for (_, text) in blocks(&read(&path)) {
            if text.starts_with("error[unresolved-reference]") {
                assert!(
                    printed.contains(&text),
                    "{path} shows\n{text}\nand the command prints\n{printed}"
                );
                pages_with_it += 1;
            }
        }
    }
    assert_eq!(pages_with_it, 1);
}

/// The picture of the error is what a terminal shows. `INSTA_UPDATE=always` draws it again.
#[test]
fn the_picture_of_the_error_is_what_the_command_prints() {
    let folder = with_a_typo();
    let (_, printed) = folder.run("generate petstore.yaml --color always --out out --runtime generated-client/runtime");
    let (shown, _) = printed.split_once("\n\n").unwrap_or((&printed, ""));
    let picture = anstyle_svg::Term::new().render_svg(shown);
    let path = workspace().join(GUIDE).join("images/error.svg");
    if std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always") {
        fs::write(&path, &picture).unwrap();
    }
    let present = fs::read_to_string(&path).unwrap();
    assert!(
        present == picture,
        "{} is not what the command prints: {printed}",
        path.display()
    );
    assert!(picture.contains("did you mean"), "{picture}");
}

/// A folder in which the pet store refers to a schema that does not exist.
fn with_a_typo() -> Folder {
    let folder = Folder::new();
    let petstore = read("codegen/guide/petstore.yaml");
    let lines = petstore.lines().enumerate().map(|(index, line)| match index + 1 {
        47 => line.replace("schemas/Pet'", "schemas/Pett'") + "\n",
        _ => line.to_owned() + "\n",
    });
    folder.write("petstore.yaml", &lines.collect::<String>());
    folder
}

#[test]
fn overlays_in_pages_are_the_files() {
    let page = read("codegen/guide/naming-and-overlays.md");
    let overlay = read("codegen/guide/petstore.overlay.yaml");
    assert!(blocks(&page).iter().any(|(_, text)| *text == overlay));
}

/// The target of a heading, as code hosts and mdBook make it.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = prose(page);
    let headings = headings.lines().filter(|line| line.starts_with('#'));
    let anchor = |heading: &str| {
        let text = heading.trim_start_matches('#').trim().to_lowercase();
        let kept = text.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
        kept.collect::<String>().replace(' ', "-")
    };
    headings.map(anchor).collect()
}

#[test]
fn links_lead_to_pages() {
    let mut broken = Vec::new();
    for path in pages() {
        let page = read(&path);
        let prose = prose(&page);
        let targets = prose.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://")) {
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let folder = Path::new(&path).parent().unwrap();
            let file = if file.is_empty() {
                PathBuf::from(&path)
            } else {
                folder.join(file)
            };
            let file = workspace().join(file);
            let has_anchor = || anchors(&fs::read_to_string(&file).unwrap()).contains(anchor);
            if !file.exists() || !(anchor.is_empty() || has_anchor()) {
                broken.push(format!("{path}: {target}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_summary_lists_every_guide() {
    let summary = read("codegen/guide/SUMMARY.md");
    for path in pages() {
        if let Some(name) = path.strip_prefix("codegen/guide/").filter(|name| *name != "SUMMARY.md") {
            assert!(
                summary.contains(&format!("]({name})")),
                "SUMMARY.md does not list {name}"
            );
        }
    }
}

/// Examples of pages are tests of a package that has the page in a list.
#[test]
fn examples_are_tested() {
    let list = read("codegen/build/example/src/lib.rs");
    for path in pages() {
        let of_the_list = path.starts_with(GUIDE) || path == "README.md";
        let has_examples = blocks(&read(&path))
            .iter()
            .any(|(kind, _)| kind.starts_with("rust") && kind != "rust,ignore");
        assert!(
            !(of_the_list && has_examples) || list.contains(&format!("{path:?}")),
            "{path} is not tested"
        );
    }
}

#[test]
fn the_readme_is_short() {
    assert!(read("README.md").lines().count() < 150);
}
