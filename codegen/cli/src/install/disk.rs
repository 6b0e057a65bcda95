//! Every change of the disk, one function each: tests let any of them fail.

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::Error;

/// Tests stop the program, not the machine, and flushing is what takes their time.
const IS_FLUSHED: bool = !cfg!(test);

/// More files than this are flushed by one call for the whole file system, where there is one: it also waits for what
/// other programs have written, while each file of its own costs a write of the journal of most file systems.
const MAX_FLUSHED_ONE_BY_ONE: usize = 32;

/// The disk.
#[derive(Debug, Default)]
pub(super) struct Disk {
    #[cfg(test)]
    pub(super) fault: fault::Fault,
}

impl Disk {
    /// Makes a folder and those above it; none of them is an error if it is there.
    pub(super) fn create_folder(&self, path: &Path) -> Result<(), Error> {
        self.step(path)?;
        fs::create_dir_all(path).map_err(Error::io("make the folder", path))
    }

    /// Writes a new file. It may be lost with the power until it is flushed.
    pub(super) fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        self.step(path).inspect_err(|_| tear(path, bytes))?;
        let write = || {
            let mut file = File::create_new(path)?;
            file.write_all(bytes)
        };
        write().map_err(Error::io("write", path))
    }

    /// Moves a file, in place of another if there is one.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> Result<(), Error> {
        self.step(to)?;
        fs::rename(from, to).map_err(Error::io("move a file to", to))
    }

    /// Gives a file a second name. `false` where that cannot be had.
    pub(super) fn link(&self, from: &Path, to: &Path) -> Result<bool, Error> {
        self.step(to)?;
        match fs::hard_link(from, to) {
            Ok(()) => Ok(true),
            Err(error) if matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded) => {
                Err(Error::io("write", to)(error))
            }
            Err(_) => Ok(false),
        }
    }

    /// Lets two folders change places, in one step. `false` where there is no such step.
    pub(super) fn exchange(&self, one: &Path, other: &Path) -> Result<bool, Error> {
        self.step(other)?;
        #[cfg(test)]
        if self.fault.has_no_exchange {
            return Ok(false);
        }
        exchange(one, other).map_err(Error::io("exchange the folder", other))
    }

    pub(super) fn remove_file(&self, path: &Path) -> Result<(), Error> {
        self.step(path)?;
        fs::remove_file(path).map_err(Error::io("remove", path))
    }

    /// Removes a folder if it is empty, and says whether it is gone.
    pub(super) fn remove_empty_folder(&self, path: &Path) -> Result<bool, Error> {
        self.step(path)?;
        match fs::remove_dir(path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
            // POSIX leaves to the system which of the two it says.
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists
                ) =>
            {
                Ok(false)
            }
            Err(error) => Err(Error::io("remove the folder", path)(error)),
        }
    }

    /// Removes a folder and what is in it; links in it are removed, not followed.
    pub(super) fn remove_folder(&self, path: &Path) -> Result<(), Error> {
        self.step(path)?;
        match fs::remove_dir_all(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::io("remove the folder", path)(error)),
            _ => Ok(()),
        }
    }

    /// Flushes files and folders, which are all in one file system with `folder`.
    pub(super) fn flush_all(&self, folder: &Path, paths: &[PathBuf]) -> Result<(), Error> {
        self.step(folder)?;
        if !IS_FLUSHED {
            return Ok(());
        }
        if paths.len() > MAX_FLUSHED_ONE_BY_ONE && flush_file_system(folder) {
            return Ok(());
        }
        let (folders, files): (Vec<&PathBuf>, Vec<&PathBuf>) = paths.iter().partition(|path| path.is_dir());
        for file in files {
            flush_file(file).map_err(Error::io("flush", file))?;
        }
        folders.into_iter().try_for_each(|folder| self.flush_folder(folder))
    }

    /// Flushes the names in a folder. Only on Unix can folders be opened, and not every file system flushes them.
    pub(super) fn flush_folder(&self, path: &Path) -> Result<(), Error> {
        self.step(path)?;
        if IS_FLUSHED && cfg!(unix) {
            match File::open(path).and_then(|folder| folder.sync_all()) {
                Err(error) if !matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
                    return Err(Error::io("flush the folder", path)(error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    #[cfg(test)]
    fn step(&self, path: &Path) -> Result<(), Error> {
        self.fault.step().map_err(Error::io("change", path))
    }

    #[cfg(not(test))]
    #[allow(clippy::unused_self, clippy::unnecessary_wraps, reason = "tests let a step fail")]
    fn step(&self, _path: &Path) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::{
        fs::{CWD, RenameFlags, renameat_with},
        io::Errno,
    };
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        // Not every file system has it.
        Err(error) if [Errno::INVAL, Errno::NOSYS, Errno::NOTSUP].contains(&error) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
#[allow(clippy::unnecessary_wraps, reason = "other systems have something that can fail")]
fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Flushes everything that was written to a file system. `false` where that cannot be had.
#[cfg(target_os = "linux")]
fn flush_file_system(folder: &Path) -> bool {
    File::open(folder).is_ok_and(|folder| rustix::fs::syncfs(&folder).is_ok())
}

#[cfg(not(target_os = "linux"))]
fn flush_file_system(_folder: &Path) -> bool {
    false
}

/// Only what is open for writing can be flushed on Windows.
fn flush_file(path: &Path) -> io::Result<()> {
    File::options().write(true).open(path)?.sync_all()
}

/// What is cut off in the middle of a write leaves a part of it.
#[cfg(test)]
fn tear(path: &Path, bytes: &[u8]) {
    let _ = fs::write(path, bytes.get(..bytes.len() / 2).unwrap_or_default());
}

#[cfg(not(test))]
fn tear(_path: &Path, _bytes: &[u8]) {}

#[cfg(test)]
pub(super) mod fault {
    use std::{cell::Cell, io};

    /// Which steps fail.
    #[derive(Debug, Default)]
    pub(crate) struct Fault {
        steps: Cell<usize>,
        first: Cell<Option<usize>>,
        count: Cell<usize>,
        /// As where folders cannot change places.
        pub(crate) has_no_exchange: bool,
    }

    impl Fault {
        /// As if the program had been killed before the step: it and all after it fail.
        pub(crate) fn kill_at(step: usize) -> Self {
            Self {
                first: Cell::new(Some(step)),
                count: Cell::new(usize::MAX),
                ..Self::default()
            }
        }

        /// As if the disk had refused one step.
        pub(crate) fn refuse_at(step: usize) -> Self {
            Self {
                first: Cell::new(Some(step)),
                count: Cell::new(1),
                ..Self::default()
            }
        }

        pub(crate) fn without_exchange(self) -> Self {
            Self {
                has_no_exchange: true,
                ..self
            }
        }

        /// How many steps there were so far.
        pub(crate) fn steps(&self) -> usize {
            self.steps.get()
        }

        pub(crate) fn step(&self) -> io::Result<()> {
            let step = self.steps.get();
            self.steps.set(step + 1);
            let fails = self
                .first
                .get()
                .is_some_and(|first| step >= first && step - first < self.count.get());
            if fails {
                Err(io::ErrorKind::StorageFull.into())
            } else {
                Ok(())
            }
        }
    }
}
