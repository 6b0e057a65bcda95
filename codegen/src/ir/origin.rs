//! Where the items of the IR are declared: what the configuration pins names by, and what messages about names show.

use crate::document::SchemaId;

/// Where in the canonical tree an item is declared. Only names and messages about them look at it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It is not one value of the document.
    #[default]
    Nowhere,
    /// A component schema.
    Component(SchemaId),
    /// Any other schema.
    Schema(SchemaId),
    /// What is at this pointer.
    At(Box<str>),
}

impl Origin {
    /// What is declared nowhere.
    pub const NOWHERE: &'static Self = &Self::Nowhere;
}
