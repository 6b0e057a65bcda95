//! What a run is given.

use crate::loader::{Loader, NoFiles};

/// A document to generate from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// What messages and the heads of generated files call it: a path relative to the project.
    pub name: &'a str,
    /// Its text, in YAML or JSON.
    pub bytes: &'a [u8],
}

/// All that a client is made of.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The document.
    pub document: Input<'a>,
    /// Overlays, which are applied to it in this order.
    pub overlays: &'a [Input<'a>],
    /// Gives the other files that it refers to.
    pub loader: &'a dyn Loader,
}

impl<'a> From<Input<'a>> for Inputs<'a> {
    /// A document that stands alone.
    fn from(document: Input<'a>) -> Self {
        Self {
            document,
            overlays: &[],
            loader: &NoFiles,
        }
    }
}
