//! Compiles a program against a crate, and says which of its modules do not compile.

use std::{
    collections::BTreeMap,
    fs, io,
    path::Path,
    process::{Command, Output},
};

use serde_json::Value;

use crate::workspace;

/// How often the modules that failed are left out, and the rest is compiled again. The compiler stops after a phase with
/// errors, and there are about five phases.
const MAX_ROUNDS: usize = 8;

/// Compiles each module of a program against the crate `crate_name` in a folder.
///
/// # Errors
///
/// What cargo says, where it is not about the program.
pub fn broken(
    program: &BTreeMap<String, String>,
    (crate_name, crate_folder): (&str, &Path),
    folder: &Path,
    target: &Path,
) -> Result<BTreeMap<String, String>, String> {
    let mut broken = BTreeMap::new();
    for _ in 0..MAX_ROUNDS {
        let modules = program.iter().filter(|(name, _)| !broken.contains_key(*name));
        write(modules, (crate_name, crate_folder), folder).map_err(|error| error.to_string())?;
        let found = errors(folder, target)?;
        if found.is_empty() {
            return Ok(broken);
        }
        broken.extend(found);
    }
    Err(format!("the program still has errors after {MAX_ROUNDS} rounds"))
}

fn write<'p>(
    modules: impl Iterator<Item = (&'p String, &'p String)>,
    (crate_name, crate_folder): (&str, &Path),
    folder: &Path,
) -> io::Result<()> {
    let source = folder.join("src");
    fs::create_dir_all(&source)?;
    let mut root = "#![allow(warnings)]\n".to_owned();
    for (name, text) in modules {
        root.extend(["mod ", name, ";\n"]);
        fs::write(source.join(format!("{name}.rs")), text)?;
    }
    fs::write(source.join("lib.rs"), root)?;
    let runtime = workspace().join("generated-client/runtime");
    let manifest = format!(
        "[package]\nname = \"uses\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\n{crate_name} = {{ path = {:?}, features = [\"client\"] }}\n\
         specwright-runtime = {{ path = {:?}, default-features = false }}\n\
         serde_json = {{ version = \"1\", default-features = false }}\n",
        crate_folder.to_string_lossy(),
        runtime.to_string_lossy()
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// The first error of each module.
fn errors(folder: &Path, target: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["check", "--quiet", "--offline", "--message-format", "json"]);
    let output = prepared(&mut command, folder, target)
        .output()
        .map_err(|error| error.to_string())?;
    let mut found = BTreeMap::new();
    if output.status.success() {
        return Ok(found);
    }
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else {
            continue;
        };
        let message = &message["message"];
        if message["level"] != "error" {
            continue;
        }
        let spans = message["spans"].as_array().map(Vec::as_slice).unwrap_or_default();
        let primary = spans.iter().find(|span| span["is_primary"] == true);
        let module = primary.and_then(module_of);
        if let Some(module) = module {
            let text = message["rendered"].as_str().unwrap_or_default();
            found.entry(module).or_insert_with(|| text.to_owned());
        }
    }
    if found.is_empty() {
        Err(failed("check", &output))
    } else {
        Ok(found)
    }
}

fn module_of(span: &Value) -> Option<String> {
    let file = Path::new(span["file_name"].as_str()?);
    let is_of_program = file.parent().is_some_and(|folder| folder.ends_with("src")) && file.is_relative();
    let name = file.file_stem()?.to_str()?;
    (is_of_program && name != "lib").then(|| name.to_owned())
}

/// A command of cargo in a folder.
pub(super) fn prepared<'c>(command: &'c mut Command, folder: &Path, target: &Path) -> &'c mut Command {
    command
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_TERM_COLOR", "never")
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTDOCFLAGS")
}

/// What a failed command said.
pub(super) fn failed(what: &str, output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let start: Vec<&str> = said.lines().take(60).collect();
    format!("cargo {what}:\n{}", start.join("\n"))
}
