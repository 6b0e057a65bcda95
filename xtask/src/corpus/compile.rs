//! Crates of a sample of the generated documents, checked with clippy in one workspace.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use codegen::{
    Config,
    package::{self, Metadata, Package, PackageName, Runtime},
};
use serde_json::Value;
use specwright::{
    Failure,
    output::{count, print, printable, progress},
    paths::shown,
};

use super::{
    document,
    row::{Row, Verdict},
    sample::sample,
};
use crate::workspace::root;

/// What rustc and clippy said of a crate.
#[derive(Debug, Default)]
struct Found {
    errors: usize,
    warnings: usize,
    first: String,
}

pub(crate) fn run(rows: &[Row], number: usize, seed: u64) -> Result<(), Failure> {
    let generated: Vec<&str> = rows
        .iter()
        .filter(|row| row.verdict == Verdict::Generated)
        .map(|row| row.document.as_str())
        .collect();
    let documents = sample(&generated, number, seed);
    let folder = root().join("target/corpus-crates");
    write_workspace(&folder, &documents)?;
    progress(&format!("compiling {}", count(documents.len(), "crate")));
    let found = clippy(&folder)?;
    let (mut lines, mut good) = (Vec::new(), 0);
    let (mut errors, mut warnings) = (0, 0);
    for (index, document) in documents.iter().enumerate() {
        match found.get(&package_name(index)) {
            None => good += 1,
            Some(found) => {
                errors += found.errors;
                warnings += found.warnings;
                let first = printable(&found.first.replace('\n', " | "));
                lines.push(format!(
                    "{document}\t{}\t{}\t{}\t{first}\n",
                    package_name(index),
                    found.errors,
                    found.warnings
                ));
            }
        }
    }
    let table = root().join("target/corpus-compile.tsv");
    super::write(
        &table,
        &format!("document\tcrate\terrors\twarnings\tfirst\n{}", lines.concat()),
    )?;
    print(&lines.concat());
    print(&format!(
        "seed {seed}: {good} of {} compile without a warning; {errors} errors, {warnings} warnings: {}\n",
        count(documents.len(), "crate"),
        shown(&table)
    ));
    if lines.is_empty() {
        return Ok(());
    }
    Err(Failure::Run(format!(
        "{} do not compile without a warning: see {}",
        count(lines.len(), "crate"),
        shown(&folder)
    )))
}

fn package_name(index: usize) -> String {
    format!("sample-{index:04}")
}

fn write_workspace(folder: &Path, documents: &[&str]) -> Result<(), Failure> {
    let failed = |error| Failure::Run(format!("cannot write {}: {error}", shown(folder)));
    // Crates of another sample; what was built of dependencies stays.
    match fs::remove_dir_all(folder.join("crates")) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
        _ => {}
    }
    for (index, document) in documents.iter().enumerate() {
        write_crate(
            &folder.join("crates").join(package_name(index)),
            &package_name(index),
            Path::new(document),
        )?;
    }
    super::write(
        &folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n",
    )?;
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).map_err(failed)?;
    Ok(())
}

fn write_crate(folder: &Path, name: &str, document: &Path) -> Result<(), Failure> {
    let bytes =
        fs::read(document).map_err(|error| Failure::Run(format!("cannot read {}: {error}", shown(document))))?;
    let outcome = document::outcome(document, &bytes, &Config::default())?;
    let Some(generated) = outcome.generated else {
        return Err(Failure::Run(format!(
            "{} was generated once and is not again",
            shown(document)
        )));
    };
    let runtime = root().join("generated-client/runtime");
    let files = package::files(
        Package {
            name: &PackageName::parse(name).map_err(|error| Failure::Run(error.to_string()))?,
            title: &generated.title,
            source: &document.file_name().unwrap_or_default().to_string_lossy(),
            features: &generated.features,
            runtime: &Runtime::Path(runtime.to_string_lossy().into_owned()),
            metadata: &Metadata::default(),
            front: generated.front.as_ref(),
        },
        &generated.files,
    );
    for (path, text) in files.iter() {
        super::write(&folder.join(path), text)?;
    }
    Ok(())
}

/// The crates of which there is something to say, by name.
fn clippy(folder: &Path) -> Result<BTreeMap<String, Found>, Failure> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args([
            "clippy",
            "--workspace",
            "--offline",
            "--quiet",
            "--keep-going",
            "--message-format",
            "json",
        ])
        .args(["--no-default-features", "--features", "client", "--"])
        .args([
            "-W",
            "clippy::pedantic",
            "-A",
            "clippy::module_name_repetitions",
            "-A",
            "clippy::missing_errors_doc",
        ])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target(folder))
        .env_remove("RUSTFLAGS")
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::Run(format!("cannot run cargo: {error}")))?;
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let mut was_finished = false;
    for message in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(message) else {
            continue;
        };
        was_finished |= message["reason"] == "build-finished";
        if let Some((name, level, text)) = said(&message) {
            let found = found.entry(name).or_default();
            match level {
                "error" => found.errors += 1,
                _ => found.warnings += 1,
            }
            if found.first.is_empty() || (level == "error" && found.errors == 1) {
                text.clone_into(&mut found.first);
            }
        }
    }
    if was_finished {
        return Ok(found);
    }
    Err(Failure::Run(format!(
        "cargo did not get to the crates in {}",
        shown(folder)
    )))
}

/// One target folder for all samples, so that dependencies are built once.
fn target(folder: &Path) -> PathBuf {
    folder.join("target")
}

/// A diagnostic of rustc's or clippy's: the crate, the level, the text. Summaries at the end have no code and no place.
fn said(message: &Value) -> Option<(String, &str, &str)> {
    let inner = message.get("message")?;
    let level = inner["level"]
        .as_str()
        .filter(|level| matches!(*level, "error" | "warning"))?;
    if inner["spans"].as_array().is_none_or(Vec::is_empty) {
        return None;
    }
    let name = message["target"]["name"].as_str()?.replace('_', "-");
    Some((name, level, inner["rendered"].as_str()?))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::said;

    #[test]
    fn only_what_has_a_place_is_counted() {
        let message = |spans| {
            json!({
                "reason": "compiler-message",
                "target": {"name": "sample_0001"},
                "message": {"level": "warning", "spans": spans, "rendered": "unused"},
            })
        };
        let with_place = message(json!([{}]));
        assert_eq!(said(&with_place), Some(("sample-0001".to_owned(), "warning", "unused")));
        assert_eq!(said(&message(json!([]))), None);
        assert_eq!(said(&json!({"reason": "build-finished"})), None);
    }
}
