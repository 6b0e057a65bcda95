//! What the tests of the generator share: documents in folders, and what becomes of them.
//!
//! A case is a document. Comments at its top say how it is generated (`# config: null: absent`, one line of
//! configuration each) and whether the files that are much the same for all documents are shown too (`# show: all`).

pub mod crates;
pub mod files;
pub mod json_schema;
pub mod judge;
pub mod names;

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use codegen::{
    Config, Generated, Input, Outcome,
    stages::{self, Stage},
};

/// Modules that say nothing of most cases.
const COMMON_FILES: &[&str] = &["apis.rs", "client.rs", "mod.rs"];

/// The folder of the workspace.
#[must_use]
pub fn workspace() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The paths of the documents below a folder of this package, relative to it, in order.
pub fn documents_in(folder: &str) -> io::Result<Vec<String>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut documents = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "yaml" || kind == "json") {
                let relative = path.strip_prefix(&root).map_err(io::Error::other)?;
                documents.push(relative.to_string_lossy().replace('\\', "/"));
            }
        }
    }
    documents.sort();
    Ok(documents)
}

/// A document with the way to generate it.
#[derive(Clone, Debug)]
pub struct Case {
    /// What messages call the document: its file name.
    pub name: String,
    /// Its text.
    pub bytes: Vec<u8>,
    /// How it is generated.
    pub config: Config,
    /// Whether the common files are part of its text.
    shows_all: bool,
}

impl Case {
    /// Reads a case, by its path relative to this package.
    pub fn read(path: &str) -> io::Result<Self> {
        let bytes = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))?;
        let text = String::from_utf8_lossy(&bytes);
        let comments = || text.lines().map_while(|line| line.strip_prefix("# "));
        let config: Vec<&str> = comments().filter_map(|line| line.strip_prefix("config: ")).collect();
        let says = |key: &str| config.iter().any(|line| line.starts_with(key));
        let config = Config {
            // Cases are compiled together, in one crate; `features.rs` compiles what has features of its own.
            group_features: says("group_features: true"),
            ..Config::parse(&config.join("\n")).map_err(io::Error::other)?
        };
        let shows_all = comments().any(|line| line == "show: all");
        let name = path.rsplit('/').next().unwrap_or(path).to_owned();
        Ok(Self {
            name,
            bytes,
            config,
            shows_all,
        })
    }

    /// The same case with another text.
    #[must_use]
    pub fn with_text(&self, name: &str, text: String) -> Self {
        Self {
            name: name.to_owned(),
            bytes: text.into_bytes(),
            ..self.clone()
        }
    }

    /// Runs the generator.
    #[must_use]
    pub fn generate(&self) -> Outcome {
        let input = Input {
            name: &self.name,
            bytes: &self.bytes,
        };
        codegen::generate(input, &self.config)
    }

    /// What a stage of the generator makes of the document.
    #[must_use]
    pub fn stage(&self, stage: Stage) -> String {
        let input = Input {
            name: &self.name,
            bytes: &self.bytes,
        };
        let shown = stages::show(input.into(), &self.config, stage, "");
        match shown.text {
            Some(Ok(text)) => text,
            Some(Err(unknown)) => unknown.to_string(),
            None => shown.diagnostics.render(&shown.sources),
        }
    }

    /// What a run said and made, under rulers.
    #[must_use]
    pub fn shown(&self, outcome: &Outcome) -> String {
        let mut text = String::new();
        if !outcome.diagnostics.is_empty() {
            text.push_str("=== diagnostics ===\n\n");
            text.push_str(&outcome.diagnostics.render(&outcome.sources));
            text.push('\n');
        }
        let files = outcome.generated.iter().flat_map(bodies);
        for (path, body) in files.filter(|(path, _)| self.shows_all || !COMMON_FILES.contains(path)) {
            text.extend(["=== ", path, " ===\n\n", body, "\n"]);
        }
        text
    }
}

/// Compares how much a run has written and said with the length of its document: the count of its work. A document that
/// is small and gives a lot has found something that doubles.
pub fn check_growth(document: &[u8], outcome: &Outcome) -> Result<(), String> {
    /// As much as every document gives: the modules of a client without operations.
    const FIXED: usize = 2_000;
    /// Hostile documents give up to 13 times their length beyond that.
    const FACTOR: usize = 20;
    let files = outcome.generated.iter().flat_map(|generated| generated.files.iter());
    let written: usize = files.map(|(_, text)| text.len()).sum();
    let said = outcome.diagnostics.render(&outcome.sources).len();
    let limit = FIXED + FACTOR * document.len();
    if written + said > limit {
        return Err(format!(
            "{written} bytes are written and {said} said, more than {limit}"
        ));
    }
    Ok(())
}

/// The paths of the files and the public surface of a client, under rulers.
#[must_use]
pub fn summary(generated: &Generated, surface: &str) -> String {
    let paths: Vec<&str> = generated.files.iter().map(|(path, _)| path).collect();
    format!(
        "\n=== files ===\n\n{}\n\n=== surface ===\n\n{surface}",
        paths.join("\n")
    )
}

/// The files without the lines that name their source.
pub fn bodies(generated: &Generated) -> impl Iterator<Item = (&str, &str)> {
    generated.files.iter().map(|(path, text)| {
        let body = text.split_once("\n\n").map_or(text, |(_, body)| body);
        (path, body)
    })
}
