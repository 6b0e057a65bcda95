//! Puts files in place: all of them or none, whatever happens on the way.
//!
//! New files are staged in a folder beside the old ones and flushed. Then a journal is written that names every move;
//! from that moment the new state will be there. The moves are renames, and the journal lets each of them be repeated.
//! A run that is stopped before the journal is complete leaves the old state and a stage, which the next run removes. A
//! run that is stopped later leaves moves, which the next run completes before it does anything else. If a move fails,
//! those before it are undone.
//!
//! The folder of generated modules is one move where two folders can be exchanged in one step, as on Linux and macOS: the
//! old folder or the new one is there at any time, even while a run is stopped. Elsewhere every file is a move.
//!
//! Staged files are flushed together before the journal gets its name: few of them one by one, many by one call.
//!
//! A lock keeps a second run out. Nothing outside the crate's folder is named, no link inside it is followed, and a file
//! without the mark of generated files is never replaced or removed. A file that the generator shares with the user is
//! replaced only while it is the one that the new text was made of.

mod content;
mod difference;
mod digest;
mod disk;
mod error;
mod journal;
mod lock;
mod modules;
mod place;
mod transaction;

use std::{
    collections::BTreeMap,
    fs::File,
    path::{Path, PathBuf},
};

use self::{content::Content, digest::Digest, disk::Disk, place::Place};
pub use self::{
    difference::Difference,
    error::{Error, Refusal},
    place::Layout,
};

/// The folder of a stage and its journal, in the crate's folder. It is there only while something is put in place.
const STATE: &str = ".specwright";

/// The files that a folder is to contain, by path. Every path is checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    layout: Layout,
    files: BTreeMap<Place, Content>,
}

impl Wanted {
    /// Takes the generator's own files by their paths relative to the crate's folder.
    pub fn new(layout: Layout, files: impl IntoIterator<Item = (String, String)>) -> Result<Self, Error> {
        let files = files.into_iter().map(|(path, text)| {
            let content = Content { text, original: None };
            Ok((layout.place(&path)?, content))
        });
        let files = files.collect::<Result<_, Error>>()?;
        Ok(Self { layout, files })
    }

    /// No files.
    fn nothing(layout: &Layout) -> Self {
        Self {
            layout: layout.clone(),
            files: BTreeMap::new(),
        }
    }

    /// Adds a file that belongs to the user too: it is replaced only if it still is the original that the new text was
    /// made of, or is still absent.
    pub fn share(&mut self, path: &str, original: Option<&[u8]>, text: String) -> Result<(), Error> {
        let content = Content {
            text,
            original: Some(Digest::of(original)),
        };
        self.files.insert(self.layout.place(path)?, content);
        Ok(())
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        let content = self.files.get(&self.layout.place(path).ok()?);
        content.map(|content| content.text.as_str())
    }

    /// How many files there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether it has no files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Where they are.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that are new or have another text.
    pub changed: usize,
    /// Files that are gone.
    pub removed: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
}

/// A crate's folder that is ours alone until this value is dropped, and holds no half of anything.
#[derive(Debug)]
pub struct Session {
    base: PathBuf,
    disk: Disk,
    /// Whether the folder was made for this session.
    is_new: bool,
    _lock: File,
}

impl Session {
    /// Waits until the folder is ours, and completes or takes back what an interrupted run has left.
    pub fn open(base: &Path, waiting: impl FnOnce()) -> Result<Self, Error> {
        Self::with_disk(base, Disk::default(), waiting)
    }

    /// The same for a folder that may not be there yet.
    pub fn create(base: &Path, waiting: impl FnOnce()) -> Result<Self, Error> {
        let is_new = !base.exists();
        std::fs::create_dir_all(base).map_err(Error::io("make the folder", base))?;
        Ok(Self {
            is_new,
            ..Self::open(base, waiting)?
        })
    }

    fn with_disk(base: &Path, disk: Disk, waiting: impl FnOnce()) -> Result<Self, Error> {
        let lock = lock::exclusive(base, waiting).map_err(Error::io("lock the folder", base))?;
        let session = Self {
            base: base.to_path_buf(),
            disk,
            is_new: false,
            _lock: lock,
        };
        transaction::recover(&session.base, &session.disk)?;
        Ok(session)
    }

    /// Makes the folder hold the files, and no other generated ones.
    pub fn install(&self, wanted: &Wanted) -> Result<Summary, Error> {
        let installed = self.try_install(wanted);
        if installed.is_err() && self.is_new {
            // Only an empty folder can be removed this way.
            let _ = std::fs::remove_dir(&self.base);
        }
        installed
    }

    fn try_install(&self, wanted: &Wanted) -> Result<Summary, Error> {
        let difference = difference::between(&self.base, wanted)?;
        if !difference.refused.is_empty() {
            return Err(Error::Refused(difference.refused));
        }
        let summary = Summary {
            changed: difference.missing.len() + difference.stale.len(),
            removed: difference.orphaned.len(),
            unchanged: difference.unchanged,
        };
        if !difference.is_empty() {
            transaction::install(&self.base, &self.disk, wanted, &difference)?;
        }
        Ok(summary)
    }
}

/// What differs on the disk. Nothing is written.
pub fn compare(base: &Path, wanted: &Wanted) -> Result<Difference, Error> {
    // A run that is under way is waited for; where locks are not to be had, comparing does without.
    let _lock = lock::shared(base);
    let mut difference = difference::between(base, wanted)?;
    difference.is_interrupted = base.join(STATE).symlink_metadata().is_ok();
    Ok(difference)
}

/// The text of a file that [`compare`] has found.
pub fn read(base: &Path, layout: &Layout, path: &str) -> Result<Vec<u8>, Error> {
    let path = layout.place(path)?.resolve(base)?;
    std::fs::read(&path).map_err(Error::io("read", &path))
}

#[cfg(test)]
mod tests;
