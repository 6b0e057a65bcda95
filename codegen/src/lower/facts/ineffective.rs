//! Keywords that have no effect, because of the type of a schema or of other keywords.

use crate::document::{JsonType, SchemaView};

/// A keyword that has no effect, and why.
pub(in crate::lower) struct Ineffective {
    pub(in crate::lower) keyword: &'static str,
    pub(in crate::lower) reason: Reason,
}

/// Why a keyword has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Reason {
    /// It describes values of another type than the schema has.
    Type(JsonType),
    /// It needs another keyword, which the schema does not have.
    Without(&'static str),
}

/// The keywords of a schema that have no effect, limits aside.
pub(in crate::lower) fn ineffective(schema: SchemaView<'_>) -> Vec<Ineffective> {
    let mut found = Vec::new();
    if let Some(json_type) = schema.json_type() {
        let has_format = !matches!(json_type, JsonType::Array | JsonType::Object | JsonType::Boolean);
        if schema.format().is_some() && !has_format {
            found.push(Ineffective {
                keyword: "format",
                reason: Reason::Type(json_type),
            });
        }
        for (keyword, described) in schema.structural_keywords() {
            if described != json_type {
                let reason = Reason::Type(json_type);
                found.push(Ineffective { keyword, reason });
            }
        }
    }
    for (keyword, needed) in schema.dependent_keywords() {
        let reason = Reason::Without(needed);
        found.push(Ineffective { keyword, reason });
    }
    found
}
