//! The problems of references, before their position in the canonical tree is known.

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
