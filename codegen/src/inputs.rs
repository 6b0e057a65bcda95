//! The inputs of a run.

use crate::loader::{Loader, NoFiles};

/// A document to generate from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The name in messages and in the headers of generated files: a path relative to the project.
    pub name: &'a str,
    /// The content, in YAML or JSON.
    pub bytes: &'a [u8],
}

/// A document, its overlays, and access to other files.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The document.
    pub document: Input<'a>,
    /// The overlays, which are applied in this order.
    pub overlays: &'a [Input<'a>],
    /// The loader of the files that the document refers to.
    pub loader: &'a dyn Loader,
}

impl<'a> Inputs<'a> {
    /// The document and its overlays, in the order of their ids.
    pub(crate) fn files(self) -> impl Iterator<Item = Input<'a>> {
        std::iter::once(self.document).chain(self.overlays.iter().copied())
    }
}

impl<'a> From<Input<'a>> for Inputs<'a> {
    /// Returns the inputs for a document without overlays and other files.
    fn from(document: Input<'a>) -> Self {
        Self {
            document,
            overlays: &[],
            loader: &NoFiles,
        }
    }
}
