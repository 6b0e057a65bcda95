//! Keywords beside the typed document that have no type in the client: each is named where it stands.

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::{Lowering, body::is_text};
use crate::{at::At, diagnostic::Code};

/// Whether a schema of names says more than a length and a pattern, which are checked.
fn says_more_than_limits(names: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(names) = names else { return true };
    match &names.schema_kind {
        SchemaKind::Type(Type::String(names)) => !names.enumeration.is_empty(),
        SchemaKind::Any(names) => {
            !names.enumeration.is_empty() || names.typ.is_some() || names.not.is_some() || !names.all_of.is_empty()
        }
        _ => true,
    }
}

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
        let keywords = [
            (
                "propertyNames",
                beside.property_names.as_ref().is_some_and(says_more_than_limits),
            ),
            ("contentSchema", beside.content_schema.is_some()),
        ];
        for (keyword, _) in keywords.into_iter().filter(|(_, is_there)| *is_there) {
            let message = format!("what `{keyword}` says is not in the type, and not checked");
            self.warn(
                Code::Weakened,
                &at.key(keyword),
                message,
                "values are carried as they are",
            );
        }
    }
}
