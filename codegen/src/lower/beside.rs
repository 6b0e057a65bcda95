//! Keywords beside the typed document that have no type in the client: each is named where it stands.

use openapiv3::Schema;

use super::{Lowering, body::is_text};
use crate::{at::At, diagnostic::Code};

impl Lowering<'_> {
    /// Whether a text is bytes of some kind that no encoding makes a text (3.1's form of `format: binary`).
    pub(super) fn is_binary(&self, schema: &Schema) -> bool {
        let beside = self.document.beside.of(&schema.schema_data);
        beside.is_some_and(|beside| {
            let media = beside.content_media_type.as_deref().unwrap_or("text/plain");
            beside.content_encoding.is_none() && !is_text(media)
        })
    }

    /// Reports the keywords of a schema that say more than its type does.
    pub(super) fn weakened_keywords(&mut self, schema: &Schema, at: &At<'_>) {
        let Some(beside) = self.document.beside.of(&schema.schema_data) else {
            return;
        };
        if beside.content_schema.is_some() {
            let message = "what `contentSchema` says is not in the type, and not checked";
            let at = at.key("contentSchema");
            self.warn(Code::Weakened, &at, message, "values are carried as they are");
        }
    }
}
