//! The progress line of a run, if standard error is a terminal.

use std::{
    io::IsTerminal as _,
    sync::atomic::{AtomicUsize, Ordering},
};

use super::row::{Row, Verdict};
use specwright::output::report;

pub(crate) struct Progress {
    all: usize,
    done: AtomicUsize,
    failed: AtomicUsize,
    is_watched: bool,
}

impl Progress {
    pub(crate) fn new(all: usize) -> Self {
        Self {
            all,
            done: AtomicUsize::new(0),
            failed: AtomicUsize::new(0),
            is_watched: std::io::stderr().is_terminal(),
        }
    }

    pub(crate) fn step(&self, row: &Row) {
        let failed = !matches!(row.verdict, Verdict::Generated | Verdict::NoDocument);
        let failed = self.failed.fetch_add(usize::from(failed), Ordering::Relaxed) + usize::from(failed);
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        if self.is_watched {
            report(&format!(
                "\r\u{1b}[K{done} of {} files, {failed} not generated",
                self.all
            ));
        }
    }

    pub(crate) fn end(&self) {
        if self.is_watched {
            report("\r\u{1b}[K");
        }
    }
}
