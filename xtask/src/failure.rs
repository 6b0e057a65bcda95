//! Why a command did not succeed.

use std::{fmt, process::ExitCode};

/// The last line that a command that failed prints, and its exit code.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line cannot be understood. Exit code 2.
    Usage(String),
    /// The document, the disk, a difference or a step of `ci`. Exit code 1.
    Run(String),
    /// A comparison that is impossible. Exit code 2, as diff(1) has it.
    NoVerdict(String),
}

impl Failure {
    pub(crate) fn code(&self) -> ExitCode {
        match self {
            Self::Usage(_) | Self::NoVerdict(_) => ExitCode::from(2),
            Self::Run(_) => ExitCode::from(1),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Usage(message) | Self::Run(message) | Self::NoVerdict(message)) = self;
        formatter.write_str(message)
    }
}

impl From<crate::install::Error> for Failure {
    fn from(error: crate::install::Error) -> Self {
        Self::Run(error.to_string())
    }
}
