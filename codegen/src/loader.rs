//! Other files of a document. The caller of the generator reads them, because the library does not access the disk.

/// Reads the files that a document refers to.
pub trait Loader: std::fmt::Debug + Sync {
    /// Returns the first `limit + 1` bytes of a file.
    ///
    /// The path is relative to the document's folder, is percent-decoded, and has `/` between its segments. `..` occurs only at
    /// the start. A reference can contain any path, so the loader decides which files may be read.
    fn load(&self, path: &str, limit: usize) -> Result<Vec<u8>, LoadError>;
}

/// The reason why a file is not available.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// The file is in a folder that must not be read. The string says how to allow it.
    Forbidden(String),
    /// The file cannot be read. The string is the reason.
    Unreadable(String),
}

/// The loader of a document that does not refer to other files.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _path: &str, _limit: usize) -> Result<Vec<u8>, LoadError> {
        Err(LoadError::Unreadable(
            "this caller reads one document, and no other files".to_owned(),
        ))
    }
}
