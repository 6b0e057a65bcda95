//! Why nothing was put in place.

use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use crate::{output::printable, paths::shown};

/// Why nothing was put in place. But for [`Error::Interrupted`], what was there is there.
#[derive(Debug)]
pub enum Error {
    /// A path that does not stay in the crate's folder, or is not valid for a generated file.
    Outside(String),
    /// Something in the way that was not generated.
    Refused(Vec<Refusal>),
    /// The disk.
    Io {
        /// The verb, and what it is about.
        doing: &'static str,
        /// Where.
        path: PathBuf,
        /// The error of the system.
        cause: io::Error,
    },
    /// The folder of a stage holds what this program did not write.
    NotOurs {
        /// The file or the folder.
        path: PathBuf,
        /// What is unexpected about it.
        reason: String,
    },
    /// A move failed and could not be taken back; the next run goes on from here.
    Interrupted {
        /// Why the move failed.
        cause: Box<Error>,
        /// Why it could not be taken back.
        then: Box<Error>,
    },
}

/// Something in the way.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// Relative to the crate's folder.
    pub path: String,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl Refusal {
    pub(super) fn new(path: &str, reason: &'static str) -> Self {
        Self {
            path: path.to_owned(),
            reason,
        }
    }
}

impl Error {
    /// What wraps an error of the disk.
    pub(crate) fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |cause| Self::Io { doing, path, cause }
    }

    pub(crate) fn refused(path: &str, reason: &'static str) -> Self {
        Self::Refused(vec![Refusal::new(path, reason)])
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", printable(&self.path), self.reason)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Outside(path) => write!(
                formatter,
                "{path:?} is not the path of a generated file: nothing was written"
            ),
            Self::Refused(refusals) => {
                for refusal in refusals {
                    writeln!(formatter, "{refusal}")?;
                }
                write!(
                    formatter,
                    "nothing was written: move these away, or write to another folder"
                )
            }
            Self::Io { doing, path, cause } => {
                write!(formatter, "cannot {doing} {}: {cause}{}", shown(path), advice(cause))
            }
            Self::NotOurs { path, reason } => {
                write!(
                    formatter,
                    "{} was not left by this program ({reason}): look at it, and remove it",
                    shown(path)
                )
            }
            Self::Interrupted { cause, then } => {
                write!(
                    formatter,
                    "{cause}; some files are new and some old, and they could not be put back ({then}): remove the \
                     cause and run the command again, which completes them first"
                )
            }
        }
    }
}

fn advice(cause: &io::Error) -> &'static str {
    match cause.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => " (make room, and run the command again)",
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => " (the folder must be writable)",
        _ => "",
    }
}

impl std::error::Error for Error {}
