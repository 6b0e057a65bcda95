//! The program that reads and writes models: generated, built, and asked line by line.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use serde_json::Value;
use tests::workspace;

use crate::subject::Subject;

/// What a model wrote, or why it refused.
pub(crate) type Answer = Result<Value, String>;

/// Writes the crate where it differs, and builds it; what the compiler says where it does not.
pub(crate) fn build(name: &str, subjects: &[&Subject]) -> Result<PathBuf, String> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let source = folder.join("src");
    let mut written = Vec::new();
    for subject in subjects {
        let models = subject
            .generated
            .files
            .iter()
            .filter(|(path, _)| path.starts_with("models"));
        for (path, text) in models {
            write(&mut written, &source.join(&subject.module).join(path), text);
        }
    }
    write(&mut written, &source.join("main.rs"), &main(subjects));
    remove_others(&source, &written);
    write(&mut written, &folder.join("Cargo.toml"), &manifest(name));
    write(
        &mut written,
        &folder.join("Cargo.lock"),
        &fs::read_to_string(workspace().join("Cargo.lock")).unwrap(),
    );
    let target = folder.join("target");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &target)
        .env("CARGO_TERM_COLOR", "never")
        .env_remove("RUSTFLAGS")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    let start: Vec<&str> = said.lines().take(100).collect();
    if !output.status.success() {
        return Err(start.join("\n"));
    }
    Ok(target.join("debug").join(name))
}

fn manifest(name: &str) -> String {
    let runtime = workspace()
        .join("generated-client/runtime")
        .to_string_lossy()
        .into_owned();
    format!(
        "[package]\nname = {name:?}\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [profile.dev]\ndebug = false\n\n\
         [dependencies]\nspecwright-runtime = {{ path = {runtime:?}, default-features = false, features = [\"validate\"] }}\n"
    )
}

fn main(subjects: &[&Subject]) -> String {
    let mut text = "#![allow(warnings)]\n".to_owned();
    for subject in subjects {
        text.extend(["mod ", &subject.module, " { pub mod models; }\n"]);
    }
    text.push_str(MAIN);
    text.push_str("static TABLE: &[(&str, fn(&str) -> Result<Vec<u8>, String>)] = &[\n");
    for subject in subjects {
        for (schema, path) in subject.models() {
            let key = key(subject, schema);
            let entry = format!("    ({key:?}, through::<{}::{path}>),\n", subject.module);
            text.push_str(&entry);
        }
    }
    text.push_str("];\n");
    text
}

const MAIN: &str = r#"
use std::io::{BufRead, Write};

fn through<T: specwright_runtime::wire::Json>(text: &str) -> Result<Vec<u8>, String> {
    use specwright_runtime::wire::Validate;
    let value = specwright_runtime::wire::from_str::<T>(text).map_err(|error| error.to_string())?;
    value.validate().map_err(|error| error.to_string())?;
    Ok(specwright_runtime::wire::to_vec(&value))
}

fn main() {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let (name, text) = line.split_once('\t').unwrap();
        let index = TABLE.iter().position(|(known, _)| *known == name).unwrap();
        match TABLE[index].1(text) {
            Ok(written) => writeln!(out, "ok\t{}", String::from_utf8(written).unwrap()).unwrap(),
            Err(error) => writeln!(out, "error\t{}", error.to_string().replace('\n', " ")).unwrap(),
        }
    }
}

"#;

/// The name of a schema, without what ends a line or a cell.
fn key(subject: &Subject, schema: &str) -> String {
    format!("{} {}", subject.module, schema.escape_debug())
}

/// A value, as JSON text on one line, for the model of a schema.
pub(crate) fn line(subject: &Subject, schema: &str, value: &str) -> String {
    format!("{}\t{value}\n", key(subject, schema))
}

pub(crate) fn ask(program: &Path, lines: &[String]) -> Vec<Answer> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            for line in lines {
                if stdin.write_all(line.as_bytes()).is_err() {
                    // It has ended; the number of its answers will tell.
                    return;
                }
            }
        });
        child.wait_with_output().unwrap()
    });
    let answers = String::from_utf8(output.stdout).unwrap();
    let answers = answers.lines().map(|line| match line.split_once('\t') {
        Some(("ok", written)) => serde_json::from_str(written).map_err(|error| format!("wrote {written}: {error}")),
        Some((_, error)) => Err(error.to_owned()),
        None => Err(line.to_owned()),
    });
    answers.collect()
}

fn write(written: &mut Vec<PathBuf>, path: &Path, text: &str) {
    written.push(path.to_path_buf());
    if fs::read_to_string(path).is_ok_and(|present| present == text) {
        return;
    }
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn remove_others(folder: &Path, written: &[PathBuf]) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            remove_others(&path, written);
        } else if !written.contains(&path) {
            fs::remove_file(path).unwrap();
        }
    }
}
