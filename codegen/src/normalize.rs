//! From a value tree to the canonical form: OpenAPI 3.0, whatever the source is written in.
//!
//! The canonical form is OpenAPI 3.0's value tree: one `type` a schema, `nullable`, `exclusiveMinimum` as a flag, references to
//! `#/components/...`. What 3.0 has no word for keeps that of 3.1: `const`, `prefixItems`, `patternProperties`,
//! `propertyNames`, `contentEncoding`, `contentMediaType` and `contentSchema` in schemas, `itemSchema` in media types, `query`
//! and `additionalOperations` in path items, `webhooks` at the root. Every value keeps its place in the source; where one
//! moves, its pointer there is kept too.

mod additions;
mod bundle;
mod changes;
mod foreign;
pub(crate) mod grammar;
mod lenient;
mod oneof_sentence;
mod parts;
mod rewrite;
mod schema;
mod swagger;
mod values;
mod vendor;
mod version;
mod walk;

pub use self::bundle::bundle;
pub(crate) use self::changes::Removed;
pub use self::changes::{Change, Changes};
pub(crate) use self::grammar::{Layout, ObjectKind, Shape};
pub(crate) use self::swagger::DELIMITERS;
pub use self::version::{Version, may_have_version};
pub(crate) use self::walk::look;
use self::{rewrite::Rewrite, walk::walk};
use crate::{at::At, diagnostic::Diagnostics, read::Source};

/// A document in canonical form, with what was changed on the way there.
#[derive(Debug)]
pub struct Canonical {
    /// The canonical tree.
    pub source: Source,
    /// The version that the document declares.
    pub version: Version,
    /// What is written otherwise in the source, without any loss.
    pub changes: Changes,
    pub(crate) removed: Removed,
}

/// Converts a bundled source to the canonical form. Returns `None` if it is not a document of a supported version. Diagnostics
/// have pointers into the source.
#[must_use]
pub fn canonical(mut source: Source, diagnostics: &mut Diagnostics) -> Option<Canonical> {
    let version = version::version(&source, diagnostics)?;
    let mut said = Diagnostics::new();
    let (mut changes, mut removed) = (Changes::new(), Removed::default());
    if version == Version::V20 {
        let swagger = swagger::convert(&mut source.root, &mut said);
        diagnostics.extend(source.origins.translate(std::mem::take(&mut said)));
        source.origins.rewritten(swagger.moves);
        (changes, removed) = (swagger.changes, swagger.removed);
    }
    let mut rewrite = Rewrite::new(version, &mut said);
    rewrite.removed = removed;
    walk(&mut source.root, ObjectKind::Document, &At::ROOT, &mut rewrite);
    let removed = std::mem::take(&mut rewrite.removed);
    let (moves, rewritten) = rewrite.finish();
    changes.extend(rewritten);
    diagnostics.extend(source.origins.translate(said));
    source.origins.rewritten(moves);
    Some(Canonical {
        source,
        version,
        changes,
        removed,
    })
}
