//! The other files of a document: who calls the generator reads them, for nothing here touches the disk.

/// Gives the files that a document refers to.
pub trait Loader: std::fmt::Debug + Sync {
    /// The bytes of a file, at most `limit` and one of them.
    ///
    /// The path is relative to the document's folder, with `/` between its parts; what was percent-encoded is decoded, and
    /// `..` stands at its start alone. A reference can name any path: what may be read is for the loader to say.
    fn load(&self, path: &str, limit: usize) -> Result<Vec<u8>, LoadError>;
}

/// Why a file is not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LoadError {
    /// It lies where nothing may be read. The text says how to allow it.
    Forbidden(String),
    /// It cannot be read; the text says why.
    Unreadable(String),
}

/// A document that stands alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _path: &str, _limit: usize) -> Result<Vec<u8>, LoadError> {
        Err(LoadError::Unreadable(
            "this caller reads one document, and no other files".to_owned(),
        ))
    }
}
