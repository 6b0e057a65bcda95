//! `prefixEncoding` and `itemEncoding`: how the parts of a multipart body are written that are known by their positions.

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType};

use super::fields::{Fields, Names, Walk};
use crate::{at::At, diagnostic::Code, media_type::Media, read::Node};

/// The key among a media type's extensions that makes its encodings those of positions: `openapiv3` has a place only for
/// those of names. No document can write it, because extensions of documents begin with `x-`.
const POSITIONAL: &str = "positionalEncoding";

const PREFIX: &str = "prefixEncoding";
const ITEM: &str = "itemEncoding";

/// Reads one encoding.
type ReadEncoding = fn(&mut Walk<'_>, &Node, &At<'_>) -> Option<Encoding>;

/// The encodings of a media type, by name or by position.
pub(super) struct Encodings {
    pub(super) entries: IndexMap<String, Encoding>,
    is_positional: bool,
}

impl Encodings {
    /// Reads the encodings of the media type at this place.
    pub(super) fn read(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>, encoding: ReadEncoding) -> Self {
        let named = fields.get("encoding");
        let (prefix, item) = (fields.get(PREFIX), fields.get(ITEM));
        if !Media::of(at.last_key()).is_multipart() {
            for (key, node) in [(PREFIX, prefix), (ITEM, item)] {
                if let Some(node) = node {
                    let message = format!("`{key}` has no effect: a body of this media type does not have parts");
                    let help = "remove it, or use a media type such as `multipart/mixed`";
                    walk.warn(Code::IneffectiveKeyword, node, &at.key(key), message, help);
                }
            }
        } else if prefix.is_some() || item.is_some() {
            if let Some(node) = named {
                let message = "`encoding` is ignored because `prefixEncoding` or `itemEncoding` is present".to_owned();
                let help = "remove `encoding`, or use only `encoding` to describe parts by name";
                walk.warn(Code::IneffectiveKeyword, node, &at.key("encoding"), message, help);
            }
            return Self {
                entries: positional(walk, (prefix, item), at, encoding),
                is_positional: true,
            };
        }
        let entries = named.map(|node| walk.map(node, &at.key("encoding"), "`encoding`", Names::Any, encoding));
        Self {
            entries: entries.unwrap_or_default(),
            is_positional: false,
        }
    }

    pub(super) fn extension(&self) -> Option<(String, serde_json::Value)> {
        self.is_positional.then(|| (POSITIONAL.to_owned(), true.into()))
    }
}

fn positional(
    walk: &mut Walk<'_>,
    (prefix, item): (Option<&Node>, Option<&Node>),
    at: &At<'_>,
    encoding: ReadEncoding,
) -> IndexMap<String, Encoding> {
    let mut entries = IndexMap::new();
    if let Some(node) = prefix {
        let here = at.key(PREFIX);
        for (index, element) in walk.elements(node, &here, PREFIX).iter().enumerate() {
            let read = encoding(walk, element, &here.index(index));
            entries.extend(read.map(|read| (prefix_key(index), read)));
        }
    }
    if let Some(node) = item {
        let read = encoding(walk, node, &at.key(ITEM));
        entries.extend(read.map(|read| (ITEM.to_owned(), read)));
    }
    entries
}

fn prefix_key(index: usize) -> String {
    format!("{PREFIX}/{index}")
}

/// The encodings of a media type whose parts are known by their positions.
#[derive(Clone, Copy)]
pub(crate) struct Positions<'a>(Option<&'a IndexMap<String, Encoding>>);

impl<'a> Positions<'a> {
    /// Those of a media type; none where it has encodings of names, or none at all.
    pub(crate) fn of(content: &'a MediaType) -> Self {
        let is_positional = content.extensions.contains_key(POSITIONAL);
        Self(is_positional.then_some(&content.encoding))
    }

    /// The encoding of the part at an index that `prefixItems` describes.
    pub(crate) fn at(self, index: usize) -> Option<&'a Encoding> {
        self.0?.get(&prefix_key(index))
    }

    /// The encoding of all parts behind those.
    pub(crate) fn item(self) -> Option<&'a Encoding> {
        self.0?.get(ITEM)
    }

    /// The key of an encoding that is for a part at this index or behind it.
    pub(crate) fn prefix_from(self, length: usize) -> Option<usize> {
        let keys = self.0.into_iter().flat_map(IndexMap::keys);
        let indices = keys.filter_map(|key| key.strip_prefix(PREFIX)?.strip_prefix('/')?.parse().ok());
        indices.filter(|index| *index >= length).min()
    }
}

/// The encodings of a media type whose parts have names.
pub(crate) fn named_encodings(content: &MediaType) -> Option<&IndexMap<String, Encoding>> {
    let is_positional = content.extensions.contains_key(POSITIONAL);
    (!is_positional && !content.encoding.is_empty()).then_some(&content.encoding)
}
