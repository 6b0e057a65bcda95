//! The verdict on an upgrade of the generator: a client on the disk beside what this generator makes of its document.

use std::{fs, io, path::Path};

use codegen::{
    Files, Outcome,
    diff::{Side as Compared, Verdict, generators},
    generate_with,
    package::{GENERATED_FOLDER, MARK},
};

use super::side::Read;
use crate::{Failure, inputs::on_a_large_stack, output::Messages, paths::shown};

/// Compares the client in a folder with the one that the document gives.
pub(super) fn verdict(folder: &Path, document: &Read, messages: Messages) -> Result<Verdict, Failure> {
    let old = files(folder)?;
    let generate = |side: Compared<'_>| generate_with(side.inputs, side.config);
    let Outcome {
        generated,
        diagnostics,
        sources,
        ..
    } = on_a_large_stack(|| document.give(generate))?;
    let Some(generated) = generated else {
        messages.diagnostics_beside_output(&diagnostics, &sources);
        return Err(Failure::NoVerdict("no verdict: the document has errors".to_owned()));
    };
    generators(&old, &generated.files).map_err(|reason| Failure::NoVerdict(format!("no verdict: {reason}")))
}

/// The generated files of a crate, or of modules in a crate.
fn files(folder: &Path) -> Result<Files, Failure> {
    let of_crate = folder.join(GENERATED_FOLDER);
    let root = if of_crate.is_dir() {
        of_crate
    } else {
        folder.to_path_buf()
    };
    let mut found = Vec::new();
    read(&root, "", &mut found)
        .map_err(|error| Failure::NoVerdict(format!("cannot read {}: {error}", shown(&root))))?;
    if found.is_empty() {
        return Err(Failure::NoVerdict(format!(
            "{} has no generated files: give the folder of a generated crate, or of generated modules",
            shown(folder)
        )));
    }
    Ok(found.into_iter().collect())
}

/// Reads what the generator marked, by paths from the first folder.
fn read(folder: &Path, path: &str, into: &mut Vec<(String, String)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let path = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}/{name}")
        };
        if entry.file_type()?.is_dir() {
            read(&entry.path(), &path, into)?;
        } else if name.ends_with(".rs") {
            let text = fs::read_to_string(entry.path())?;
            if text.lines().next().is_some_and(|line| line.contains(MARK)) {
                into.push((path, text));
            }
        }
    }
    Ok(())
}
