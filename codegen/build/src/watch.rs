//! The files that run the build script again when they change.

use std::path::Path;

use codegen::loader::{LoadError, Loader};

/// Tells cargo to watch a file. A file that does not exist is not watched, because cargo would run the script in every build.
pub(crate) fn print(path: Option<&Path>) {
    if let Some(path) = path.filter(|path| path.exists()) {
        println!("cargo::rerun-if-changed={}", path.display());
    }
}

/// A loader whose files are watched.
#[derive(Debug)]
pub(crate) struct Watched<'a> {
    pub(crate) loader: &'a dyn Loader,
    /// The folder of the document.
    pub(crate) folder: &'a Path,
}

impl Loader for Watched<'_> {
    fn load(&self, path: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
        let loaded = self.loader.load(path, limit)?;
        print(Some(&self.folder.join(path)));
        Ok(loaded)
    }
}
