//! One run at a time in a crate's folder.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// Locks a folder until the file is dropped, or the program ends in whatever way. If another run has it, `waiting` is
/// called first.
pub(super) fn exclusive(base: &Path, waiting: impl FnOnce()) -> io::Result<File> {
    let file = lockable(base)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            waiting();
            file.lock()?;
            Ok(file)
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// The same for those who only read.
pub(super) fn shared(base: &Path) -> io::Result<File> {
    let file = File::open(path(base))?;
    file.lock_shared()?;
    Ok(file)
}

/// The folder itself: a lock on it leaves no file behind, and takes none that must be written.
#[cfg(unix)]
fn lockable(base: &Path) -> io::Result<File> {
    File::open(path(base))
}

#[cfg(unix)]
fn path(base: &Path) -> PathBuf {
    base.to_path_buf()
}

/// Where folders cannot be opened as files, a file of a fixed name, which stays.
#[cfg(not(unix))]
fn lockable(base: &Path) -> io::Result<File> {
    File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path(base))
}

#[cfg(not(unix))]
fn path(base: &Path) -> PathBuf {
    base.join(".specwright.lock")
}
