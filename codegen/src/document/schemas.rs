//! The schemas of a document, each under a dense number, and where each of them occurs.

use indexmap::IndexMap;
use openapiv3::{ReferenceOr, Schema};

use super::keywords::{Child, Keywords, SchemaId};
use crate::{at::At, read::Text};

/// Where a schema occurs.
#[derive(Debug)]
pub(super) enum Step {
    /// Outside of every other schema, at this pointer.
    Root(String),
    /// Under a keyword of another schema: `items`.
    Keyword(SchemaId, &'static str),
    /// Under a name below a keyword: `properties/name`.
    Name(SchemaId, &'static str, Text),
    /// In the list of a keyword: `allOf/0`.
    Index(SchemaId, &'static str, usize),
}

/// What a schema consists of.
#[derive(Debug)]
pub(super) enum Content {
    /// It could not be read, and the reason is an error already.
    Unread,
    Reference {
        /// The name of the component; `None` for a reference to anything else, which is an error already.
        name: Option<String>,
        /// The schema that the reference leads to in the end; `None` for one that leads nowhere or back to itself.
        target: Option<SchemaId>,
    },
    Keywords(Box<Keywords>),
}

#[derive(Debug)]
struct Entry {
    step: Step,
    content: Content,
}

/// All schemas of a document.
#[derive(Debug, Default)]
pub(crate) struct Schemas {
    entries: Vec<Entry>,
    components: IndexMap<String, SchemaId>,
}

impl Schemas {
    pub(super) fn reserve(&mut self, step: Step) -> SchemaId {
        // A document has at most some millions of values: the count fits.
        let id = SchemaId(u32::try_from(self.entries.len()).unwrap_or(u32::MAX));
        self.entries.push(Entry {
            step,
            content: Content::Unread,
        });
        id
    }

    pub(super) fn fill(&mut self, id: SchemaId, content: Content) {
        self.entries[id.index()].content = content;
    }

    /// Takes the component schemas, and follows all references.
    pub(super) fn finish(&mut self, components: IndexMap<String, SchemaId>) {
        self.components = components;
        self.entries.shrink_to_fit();
        // Chains of references end at a component that is not a reference, so each component is followed once.
        let mut ends: Vec<Option<Option<SchemaId>>> = vec![None; self.entries.len()];
        for index in 0..self.entries.len() {
            let mut chain = Vec::new();
            let mut next = Some(index);
            let end = loop {
                let Some(index) = next else { break None };
                if let Some(end) = ends[index] {
                    break end;
                }
                let Content::Reference { name, .. } = &self.entries[index].content else {
                    break Some(SchemaId(u32::try_from(index).unwrap_or(u32::MAX)));
                };
                // A chain that comes back here has a reference to itself.
                ends[index] = Some(None);
                chain.push(index);
                let component = name.as_ref().and_then(|name| self.components.get(name));
                next = component.map(|id| id.index());
            };
            for index in chain {
                ends[index] = Some(end);
                if let Content::Reference { target, .. } = &mut self.entries[index].content {
                    *target = end;
                }
            }
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// All schemas, in the order of the document.
    pub(crate) fn ids(&self) -> impl Iterator<Item = SchemaId> + use<> {
        (0..self.entries.len()).map(|index| SchemaId(u32::try_from(index).unwrap_or(u32::MAX)))
    }

    /// The component schemas by name, in the order of the document.
    pub(crate) fn components(&self) -> &IndexMap<String, SchemaId> {
        &self.components
    }

    pub(super) fn content(&self, id: SchemaId) -> &Content {
        &self.entries[id.index()].content
    }

    /// The pointer of a schema that occurs in no other one.
    pub(super) fn root(&self, id: SchemaId) -> Option<&str> {
        match &self.entries[id.index()].step {
            Step::Root(pointer) => Some(pointer),
            _ => None,
        }
    }

    /// The schema that is around a schema and in no other one; that may be itself.
    pub(super) fn outermost(&self, id: SchemaId) -> SchemaId {
        let mut outermost = id;
        while let Step::Keyword(parent, _) | Step::Name(parent, ..) | Step::Index(parent, ..) =
            &self.entries[outermost.index()].step
        {
            outermost = *parent;
        }
        outermost
    }

    /// The JSON pointer of a schema in the canonical tree.
    pub(crate) fn pointer(&self, id: SchemaId) -> String {
        let mut steps = vec![&self.entries[id.index()].step];
        while let Some(Step::Keyword(parent, _) | Step::Name(parent, ..) | Step::Index(parent, ..)) = steps.last() {
            steps.push(&self.entries[parent.index()].step);
        }
        steps.iter().rev().fold(String::new(), |pointer, step| {
            let here = At::of(&pointer);
            match step {
                Step::Root(root) => root.clone(),
                Step::Keyword(_, keyword) => here.key(keyword).pointer(),
                Step::Name(_, keyword, name) => here.key(keyword).key(name).pointer(),
                Step::Index(_, keyword, index) => here.key(keyword).index(*index).pointer(),
            }
        })
    }

    /// Whether two schemas consist of the same keywords with the same values, and `with_words` also of the same
    /// annotations.
    pub(super) fn are_same(&self, a: SchemaId, b: SchemaId, with_words: bool) -> bool {
        let mut open = vec![(a, b)];
        while let Some((a, b)) = open.pop() {
            match (self.content(a), self.content(b)) {
                (Content::Reference { name: a, .. }, Content::Reference { name: b, .. }) if a.is_some() && a == b => {}
                (Content::Keywords(a), Content::Keywords(b)) if a.is_same_itself(b, with_words) => {
                    let (a, b) = (a.schemas(), b.schemas());
                    let is_same_place = |(a, b): (&Child<'_>, &Child<'_>)| (a.0, a.1) == (b.0, b.1);
                    if a.len() != b.len() || !a.iter().zip(&b).all(is_same_place) {
                        return false;
                    }
                    open.extend(a.iter().zip(&b).map(|(a, b)| (a.2, b.2)));
                }
                _ => return false,
            }
        }
        true
    }

    /// The number of a schema below one of `openapiv3`'s objects.
    pub(crate) fn id_of(&self, handle: &ReferenceOr<Schema>) -> Option<SchemaId> {
        let ReferenceOr::Reference { reference } = handle else {
            return None;
        };
        let number = reference.parse().ok()?;
        (usize::try_from(number).ok()? < self.entries.len()).then_some(SchemaId(number))
    }
}

/// A schema as `openapiv3`'s objects hold it: its number, as a reference. References of documents are read into the arena too.
pub(super) fn handle(id: SchemaId) -> ReferenceOr<Schema> {
    ReferenceOr::Reference {
        reference: id.0.to_string(),
    }
}

/// The name of the component that a reference names. The bundled document has no other references.
pub(crate) fn component_name(reference: &str, section: &str) -> Option<String> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(section)?
        .strip_prefix('/')?;
    (!name.contains('/')).then(|| unescape(name))
}

/// A segment of a reference as the name that it means: percent-encoding first, then the pointer's own escapes.
pub(crate) fn unescape(segment: &str) -> String {
    let decoded = percent_encoding::percent_decode_str(segment).decode_utf8_lossy();
    decoded.replace("~1", "/").replace("~0", "~")
}
