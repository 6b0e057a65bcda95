//! Parts of a multipart body that are known by their positions.

use super::TypeRef;

/// What each part of a sequence holds.
#[derive(Clone, Debug, PartialEq)]
pub enum PartForm {
    /// A JSON value, including numbers and booleans.
    Json(TypeRef),
    /// A scalar as text.
    Text(TypeRef),
    /// Any content, unchanged.
    Bytes,
}

impl PartForm {
    /// The type of what a part holds, where it has one.
    #[must_use]
    pub fn ty(&self) -> Option<&TypeRef> {
        match self {
            Self::Json(ty) | Self::Text(ty) => Some(ty),
            Self::Bytes => None,
        }
    }
}
