//! Documents of several files: a folder each.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use codegen::loader::{LoadError, Loader};

/// The files below a folder. What a command allows beyond it is tested where the command is.
#[derive(Debug)]
pub struct Folder(pub PathBuf);

impl Folder {
    /// The folder of a case, in a folder of this package.
    #[must_use]
    pub fn of(kind: &str, case: &str) -> Self {
        Self(Path::new(env!("CARGO_MANIFEST_DIR")).join(kind).join(case))
    }
}

impl Loader for Folder {
    fn load(&self, path: &str, _limit: usize) -> Result<Vec<u8>, LoadError> {
        if path.starts_with("..") {
            return Err(LoadError::Forbidden(
                "copy the file into the document's folder".to_owned(),
            ));
        }
        fs::read(self.0.join(path)).map_err(|_| LoadError::Unreadable("there is no such file".to_owned()))
    }
}

/// The names of the cases in a folder of this package.
pub fn cases(kind: &str) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(kind))? {
        let entry = entry?;
        if entry.path().is_dir() {
            names.insert(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(names)
}
