//! What made values look like.

/// The kind of values to make.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Readable values with all properties. Examples and defaults of the schemas are used if they are valid.
    Complete,
    /// Readable values with only the required properties. Examples and defaults of the schemas are used if they are valid.
    Minimal,
    /// Readable values with all properties. Examples and defaults are not used.
    Generated,
    /// Unusual values for tests: limits, unusual characters, any selection of properties. Examples are not used.
    Varied,
}

impl Style {
    pub(super) fn is_readable(self) -> bool {
        self != Self::Varied
    }

    pub(super) fn uses_examples(self) -> bool {
        matches!(self, Self::Complete | Self::Minimal)
    }
}
