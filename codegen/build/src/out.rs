//! The files in `OUT_DIR`.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use codegen::package::PackageName;

use crate::Error;

/// A module that is generated.
#[derive(Debug)]
pub(crate) struct Module(String);

impl Module {
    /// The module with a name, or with the name of the document's file.
    pub(crate) fn new(name: Option<&str>, document: &Path) -> Result<Self, Error> {
        let name = match name {
            Some(name) => name.to_owned(),
            None => of_file(document),
        };
        // A name of a crate with underscores is an identifier.
        let is_ident = PackageName::parse(&name).is_ok() && !name.contains('-');
        if !is_ident {
            return Err(Error::new(format!(
                "{name:?} is not a name for a module: choose another one with `Builder::module`"
            )));
        }
        Ok(Self(name))
    }

    pub(crate) fn name(&self) -> &str {
        &self.0
    }

    /// Writes the files of the module, and `NAME.rs`, which declares it. Files that are as they should be are not touched;
    /// files of an earlier run are removed.
    pub(crate) fn write(&self, out_dir: &Path, files: impl Iterator<Item = (String, String)>) -> Result<(), Error> {
        let folder = out_dir.join(&self.0);
        let mut written = BTreeSet::new();
        for (path, text) in files {
            let path = out_dir.join(path);
            write_changed(&path, &text)?;
            written.insert(path);
        }
        remove_others(&folder, &written).map_err(|error| cannot("remove files below", &folder, &error))?;
        let stub = out_dir.join(format!("{}.rs", self.0));
        write_changed(&stub, &self.stub(&folder)?)
    }

    /// A file that can be included. `include!` of the module itself fails, because it begins with inner attributes.
    fn stub(&self, folder: &Path) -> Result<String, Error> {
        let Some(root) = folder.join("mod.rs").to_str().map(str::to_owned) else {
            return Err(Error::new("the path of OUT_DIR is not Unicode"));
        };
        Ok(format!("#[path = {root:?}]\npub mod {};\n", self.0))
    }
}

fn of_file(document: &Path) -> String {
    let stem = document.file_stem().unwrap_or_default().to_string_lossy();
    let character = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        }
    };
    stem.chars().map(character).collect()
}

fn write_changed(path: &Path, text: &str) -> Result<(), Error> {
    if fs::read(path).is_ok_and(|present| present == text.as_bytes()) {
        return Ok(());
    }
    let write = || {
        fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
        fs::write(path, text)
    };
    write().map_err(|error| cannot("write", path, &error))
}

fn remove_others(folder: &Path, written: &BTreeSet<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            remove_others(&path, written)?;
        } else if !written.contains(&path) {
            fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn cannot(what: &str, path: &Path, error: &io::Error) -> Error {
    Error::new(format!("cannot {what} {}: {error}", path.display()))
}
