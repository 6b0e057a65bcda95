//! Why a call cannot be sent, known before it is.

use crate::Error;

/// The first thing that cannot be part of a request.
#[derive(Default)]
pub(super) struct Problem(Option<Error>);

impl Problem {
    pub(super) fn note(&mut self, problem: impl FnOnce() -> Error) {
        self.0.get_or_insert_with(problem);
    }

    pub(super) fn check(self) -> Result<(), Error> {
        self.0.map_or(Ok(()), Err)
    }
}

/// Causes cannot be cloned: the copy has the kind and the words.
impl Clone for Problem {
    fn clone(&self) -> Self {
        Self(self.0.as_ref().map(Error::without_cause))
    }
}
