//! What is wrong with a reference, before it is known where in the canonical tree it will stand.

use crate::diagnostic::Code;

#[derive(Clone, Debug)]
pub(in crate::normalize) struct Problem {
    pub(in crate::normalize) code: Code,
    pub(in crate::normalize) message: String,
    pub(in crate::normalize) help: String,
}

impl Problem {
    pub(super) fn new(code: Code, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            help: help.into(),
        }
    }
}
