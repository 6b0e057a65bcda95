//! A document in two versions, and the crates that they give.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Enough modules for the writing of them to take longer than anything else.
const MODULES: usize = 60;
/// What an interrupted run leaves to the next.
pub(crate) const STATE: &str = ".specwright";

/// The two versions of a document. Every model differs, some are in one of them only; the root of the crate differs in
/// the document's name, and the manifest in the title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Version {
    Old,
    New,
}

impl Version {
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Old => Self::New,
            Self::New => Self::Old,
        }
    }

    fn text(self) -> String {
        let first = if self == Self::Old { 0 } else { 3 };
        let mut text =
            "openapi: 3.0.3\ninfo: {title: Torn, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n".to_owned();
        for number in first..first + MODULES {
            // Writing to a string cannot fail.
            let _ = writeln!(
                text,
                "    torn.m{number}.Thing: {{type: object, description: {self:?}, properties: {{a: {{type: string}}}}}}"
            );
        }
        text
    }

    /// Writes the document into a folder.
    pub(crate) fn write(self, folder: &Path) -> PathBuf {
        let path = folder.join(format!("{self:?}.yaml").to_lowercase());
        fs::write(&path, self.text()).unwrap();
        path
    }
}

/// The command that makes a crate of a document.
pub(crate) fn generate(document: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_specwright"));
    command.arg("generate").arg(document).arg("--out").arg(out);
    command.args(["--name", "torn", "--runtime", "0.1"]);
    command
}

/// Runs a command that has to succeed, and gives what it said.
pub(crate) fn succeed(command: &mut Command) -> String {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success(), "{command:?}: {said}");
    said
}

/// The files of a crate, without what an interrupted run keeps beside them.
pub(crate) fn files(base: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![base.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with(STATE) {
                    folders.push(path);
                }
            } else {
                let name = path.strip_prefix(base).unwrap().to_path_buf();
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// A folder with both documents, and the crates that they give.
pub(crate) struct Subject {
    pub(crate) folder: tempfile::TempDir,
    /// The document's place and the files of its crate, by version.
    old: (PathBuf, BTreeMap<PathBuf, String>),
    new: (PathBuf, BTreeMap<PathBuf, String>),
}

impl Subject {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let [old, new] = [Version::Old, Version::New].map(|version| {
            let document = version.write(folder.path());
            let out = folder.path().join(format!("whole-{version:?}"));
            succeed(&mut generate(&document, &out));
            (document, files(&out))
        });
        assert!(old.1.len() > MODULES && old.1 != new.1);
        Self { folder, old, new }
    }

    pub(crate) fn document(&self, version: Version) -> &Path {
        &self.of(version).0
    }

    pub(crate) fn files(&self, version: Version) -> &BTreeMap<PathBuf, String> {
        &self.of(version).1
    }

    /// A folder that holds the crate of a version.
    pub(crate) fn installed(&self, version: Version) -> PathBuf {
        let out = self.folder.path().join("crate");
        succeed(&mut generate(self.document(version), &out));
        out
    }

    fn of(&self, version: Version) -> &(PathBuf, BTreeMap<PathBuf, String>) {
        match version {
            Version::Old => &self.old,
            Version::New => &self.new,
        }
    }
}
