//! `check`: says whether written clients are what their documents give.

use similar::TextDiff;

use crate::{
    Failure, Request, client,
    install::{self, Difference, Wanted},
    output::{count, printable, report},
    paths::shown,
    target::Target,
};

/// Lines of difference that are shown of a file.
const SHOWN_LINES: usize = 12;
/// Files of which differences are shown; all are listed.
const SHOWN_FILES: usize = 20;
/// Longer files are only listed.
const LONGEST_COMPARED: usize = 4 << 20;

/// Compares the client of a document with the disk, or all clients of a configuration. Nothing is written.
pub fn run(request: &Request) -> Result<(), Failure> {
    let mut failures = Vec::new();
    for target in Target::all(request)? {
        failures.extend(compare(request, &target).err());
    }
    let Some(last) = failures.pop() else {
        return Ok(());
    };
    for failure in failures {
        report(&format!("error: {failure}\n"));
    }
    Err(last)
}

fn compare(request: &Request, target: &Target) -> Result<(), Failure> {
    let client = client::files(request, target, "compared")?;
    for hint in &client.hints {
        target.messages.note(hint);
    }
    let difference = install::compare(&target.base, &client.files)?;
    if difference.is_empty() {
        let files = count(client.files.len(), "file");
        target
            .messages
            .summary(&format!("{files}, as {} gives them\n", target.inputs.name));
        return client.end();
    }
    target.messages.summary(&listing(target, &client.files, &difference)?);
    let tally = client.tally.map(|tally| format!("{tally}; ")).unwrap_or_default();
    Err(Failure::Run(tally + &verdict(target, &difference)))
}

/// The last thing that is printed is what fixes it.
fn verdict(target: &Target, difference: &Difference) -> String {
    let mut verdict = if difference.files() == 0 {
        "a run was interrupted".to_owned()
    } else {
        let differ = if difference.files() == 1 { "differs" } else { "differ" };
        format!(
            "{} {differ} from what {} gives",
            count(difference.files(), "file"),
            target.inputs.name
        )
    };
    if !difference.refused.is_empty() {
        verdict.push_str("; move away what was not generated");
    }
    format!("{verdict}. To fix it:\n    {}", target.command)
}

/// The files that differ, with the first differences.
pub(crate) fn listing(target: &Target, wanted: &Wanted, difference: &Difference) -> Result<String, Failure> {
    let path = |name: &str| shown(&target.base.join(name));
    let mut lines = Vec::new();
    if difference.is_interrupted {
        lines.push("interrupted: a run has left files to be completed or taken back".to_owned());
    }
    for name in &difference.missing {
        let length = wanted.get(name).map_or(0, |text| text.lines().count());
        lines.push(format!("missing: {} ({})", path(name), count(length, "line")));
    }
    for name in &difference.orphaned {
        lines.push(format!("orphaned: {}", path(name)));
    }
    for refusal in &difference.refused {
        lines.push(format!("in the way: {} {}", path(&refusal.path), refusal.reason));
    }
    for (number, name) in difference.stale.iter().enumerate() {
        lines.push(format!("stale: {}", path(name)));
        if number < SHOWN_FILES {
            let old = install::read(&target.base, wanted.layout(), name)?;
            lines.extend(excerpt(
                &String::from_utf8_lossy(&old),
                wanted.get(name).unwrap_or_default(),
            ));
        }
    }
    lines.push(String::new());
    Ok(lines.join("\n"))
}

/// The first lines of a unified difference.
fn excerpt(old: &str, new: &str) -> Vec<String> {
    if old.len().max(new.len()) > LONGEST_COMPARED {
        return Vec::new();
    }
    let difference = TextDiff::from_lines(old, new);
    let unified = difference
        .unified_diff()
        .context_radius(1)
        .header("on disk", "generated")
        .to_string();
    let mut rest = unified.lines();
    let mut lines: Vec<String> = rest
        .by_ref()
        .take(SHOWN_LINES)
        .map(|line| format!("    {}", printable(line)))
        .collect();
    let more = rest.count();
    if more > 0 {
        lines.push(format!("    ... and {} more", count(more, "line")));
    }
    lines
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::{fs, path::Path};

    use codegen::diagnostic::{Code, Level};

    use super::{excerpt, listing, run, verdict};
    use crate::{
        Request, client, generate,
        install::{self, Difference},
        target::Target,
    };

    const DOCUMENT: &str = "\
openapi: 3.0.3
info: {title: Pets, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string}}}
";

    fn request(folder: &Path) -> Request {
        let document = folder.join("pets.yaml");
        fs::write(&document, DOCUMENT).unwrap();
        Request {
            document: Some(document),
            out: Some(folder.join("client")),
            ..Request::default()
        }
    }

    fn differences(request: &Request) -> (Target, Difference, String) {
        let target = Target::all(request).unwrap().remove(0);
        let wanted = client::files(request, &target, "compared").unwrap().files;
        let difference = install::compare(&target.base, &wanted).unwrap();
        let text = listing(&target, &wanted, &difference).unwrap();
        (target, difference, text)
    }

    #[test]
    fn what_was_generated_has_no_difference() {
        let folder = tempfile::tempdir().unwrap();
        let request = request(folder.path());
        assert!(run(&request).unwrap_err().to_string().contains("specwright generate "));
        assert!(!folder.path().join("client").exists(), "check has written");
        generate::run(&request).unwrap();
        run(&request).unwrap();
        generate::run(&request).unwrap();
    }

    #[test]
    fn missing_stale_and_orphaned_files_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let request = request(folder.path());
        generate::run(&request).unwrap();
        let modules = folder.path().join("client/src/generated");
        fs::remove_file(modules.join("models.rs")).unwrap();
        let root = fs::read_to_string(modules.join("mod.rs")).unwrap();
        fs::write(modules.join("mod.rs"), root.replace("Pets", "Dogs")).unwrap();
        fs::create_dir(modules.join("more")).unwrap();
        fs::write(
            modules.join("more/old.rs"),
            "// @generated by specwright from pets.yaml.\n",
        )
        .unwrap();
        fs::write(modules.join("notes.txt"), "mine\n").unwrap();
        let (target, difference, text) = differences(&request);
        assert_eq!(difference.missing, ["src/generated/models.rs"]);
        assert_eq!(difference.stale, ["src/generated/mod.rs"]);
        assert_eq!(difference.orphaned, ["src/generated/more/old.rs"]);
        assert_eq!(
            difference
                .refused
                .iter()
                .map(|refusal| refusal.path.as_str())
                .collect::<Vec<_>>(),
            ["src/generated/notes.txt"]
        );
        assert!(text.contains("-//! Dogs") && text.contains("+//! Pets"), "{text}");
        assert!(verdict(&target, &difference).starts_with("4 files differ from what"));
        fs::remove_file(modules.join("notes.txt")).unwrap();
        generate::run(&request).unwrap();
        run(&request).unwrap();
        assert!(!modules.join("more").exists());
    }

    #[test]
    fn an_interrupted_run_is_a_difference() {
        let folder = tempfile::tempdir().unwrap();
        let request = request(folder.path());
        generate::run(&request).unwrap();
        fs::create_dir_all(folder.path().join("client/.specwright/new")).unwrap();
        let error = run(&request).unwrap_err().to_string();
        assert!(error.contains("interrupted"), "{error}");
        generate::run(&request).unwrap();
        run(&request).unwrap();
    }

    #[test]
    fn a_document_with_errors_writes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let request = request(folder.path());
        fs::write(folder.path().join("pets.yaml"), "openapi: 3.0.3\nopenapi: 3.0.3\n").unwrap();
        let error = generate::run(&request).unwrap_err().to_string();
        assert!(error.ends_with("nothing was written"), "{error}");
        assert!(!folder.path().join("client").exists());
    }

    #[test]
    fn what_is_whole_of_a_document_is_written_if_that_is_wanted() {
        let folder = tempfile::tempdir().unwrap();
        let mut request = request(folder.path());
        let broken = format!("{DOCUMENT}    Dog: {{$ref: '#/components/schemas/Ptt'}}\n");
        fs::write(folder.path().join("pets.yaml"), broken).unwrap();
        assert!(generate::run(&request).is_err() && !folder.path().join("client").exists());
        request.keep_going = true;
        let error = generate::run(&request).unwrap_err().to_string();
        assert_eq!(
            error,
            "1 error (unresolved-reference), 1 warning (left-out), 0 notes: everything was written except 1 part of the document"
        );
        let models = fs::read_to_string(folder.path().join("client/src/generated/models/pet.rs")).unwrap();
        assert!(models.contains("pub struct Pet"), "{models}");
        let error = run(&request).unwrap_err().to_string();
        assert!(error.contains("everything was compared except 1 part"), "{error}");
    }

    #[test]
    fn warnings_can_be_errors_or_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let mut request = request(folder.path());
        fs::write(folder.path().join("pets.yaml"), format!("{DOCUMENT}colour: red\n")).unwrap();
        request.levels.warnings = Level::Deny;
        let error = generate::run(&request).unwrap_err().to_string();
        assert_eq!(error, "1 error (unknown-key), 0 warnings, 0 notes: nothing was written");
        request.levels.codes.insert(Code::UnknownKey, Level::Allow);
        generate::run(&request).unwrap();
    }

    #[test]
    fn excerpts_are_short_and_printable() {
        let (old, new) = ("a\u{1b}\n".repeat(100), "b\n".repeat(100));
        let text = excerpt(&old, &new).join("\n");
        assert!(text.lines().count() < 20 && text.contains("more"), "{text}");
        assert!(!text.contains('\u{1b}'));
    }
}
