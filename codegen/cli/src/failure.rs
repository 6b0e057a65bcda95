//! Why a command did not succeed.

use std::{fmt, process::ExitCode};

use crate::output::report;

/// The last line that a command that failed prints, and its exit code.
#[derive(Debug)]
pub enum Failure {
    /// The command line cannot be understood. Exit code 2.
    Usage(String),
    /// The document, the configuration, the disk, or a difference. Exit code 1.
    Run(String),
    /// A comparison that is impossible. Exit code 2, as diff(1) has it.
    NoVerdict(String),
}

impl Failure {
    /// Prints the failure as the last line of a command, and returns the exit code.
    #[must_use]
    pub fn report(&self) -> ExitCode {
        report(&format!("error: {self}\n"));
        self.code()
    }

    /// The exit code.
    #[must_use]
    pub fn code(&self) -> ExitCode {
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

impl std::error::Error for Failure {}

impl From<crate::install::Error> for Failure {
    fn from(error: crate::install::Error) -> Self {
        Self::Run(error.to_string())
    }
}

/// The error of a name that does not exist, with the nearest one that does.
#[must_use]
pub fn unknown(kind: &str, given: &str, known: &[&str]) -> Failure {
    let likeness = |name: &str| strsim::jaro_winkler(given, name);
    let nearest = known.iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    Failure::Usage(match nearest.filter(|near| likeness(near) > 0.7) {
        Some(near) => format!("no {kind} is called {given:?}; did you mean `{near}`?"),
        None => format!("no {kind} is called {given:?}; there are {}", known.join(", ")),
    })
}
