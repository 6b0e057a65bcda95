//! The type of the crate `uuid`.

use super::read_as;
use crate::wire::Uuid;

read_as!(Uuid => uuid::Uuid, |id| Ok(uuid::Uuid::from_bytes(id.to_bytes()?)));

/// In lower case, with hyphens.
impl From<uuid::Uuid> for Uuid {
    fn from(id: uuid::Uuid) -> Self {
        id.into_bytes().into()
    }
}
