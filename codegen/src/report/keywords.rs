//! Every keyword of a document, wherever one stands.
//!
//! The members of an object are keywords where OpenAPI gives them their names. Names that a document gives, as those of
//! schemas and properties, are none, and neither is anything inside of examples, defaults and extensions.

use std::collections::HashSet;

use crate::{
    at::At,
    diagnostic::{FileId, Place},
    normalize::grammar::{ObjectKind, Shape},
    read::{Member, Node, Object, Source, Value},
};

/// A keyword where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Occurrence {
    /// What it is a keyword of.
    pub(super) part: &'static str,
    pub(super) name: String,
    pub(super) place: Place,
    /// Where its value starts.
    pub(super) value: Place,
    /// The pointer in the source of its value.
    pub(super) pointer: String,
}

/// All of them, in the order of the document. What is referred to from elsewhere stands in the tree at both places, and
/// counts once.
pub(super) fn occurrences(source: &Source) -> Vec<Occurrence> {
    let mut walk = Walk {
        source,
        found: Vec::new(),
        seen: HashSet::new(),
    };
    walk.object(&source.root, KeywordOwner::Of(ObjectKind::Document), &At::ROOT);
    walk.found
}

/// An object with keywords of its own.
#[derive(Clone, Copy)]
enum KeywordOwner {
    /// One that can hold references, by the table of what stands where.
    Of(ObjectKind),
    /// One that holds none.
    Plain(&'static str),
}

impl KeywordOwner {
    fn label(self) -> &'static str {
        match self {
            Self::Plain(label) => label,
            Self::Of(kind) => label(kind),
        }
    }

    /// What the objects below a keyword are.
    fn inner(self, keyword: &str) -> Inner {
        match (self.label(), keyword) {
            (_, "externalDocs") => Inner::One(Self::Plain("external documentation")),
            ("document", "info") => Inner::One(Self::Plain("info")),
            ("document", "tags") => Inner::List(Self::Plain("tag")),
            ("document" | "path item" | "operation" | "link", "servers" | "server") => {
                Inner::List(Self::Plain("server"))
            }
            ("info", "contact") => Inner::One(Self::Plain("contact")),
            ("info", "license") => Inner::One(Self::Plain("license")),
            ("server", "variables") => Inner::Map(Self::Plain("server variable"), false),
            ("security scheme", "flows") => Inner::Map(Self::Plain("OAuth2 flow"), true),
            ("schema", "xml") => Inner::One(Self::Plain("XML")),
            _ => match self {
                Self::Plain(_) => Inner::Nothing,
                Self::Of(kind) => Shape::One(kind).member(keyword).map_or(Inner::Nothing, Inner::of),
            },
        }
    }
}

/// How objects stand below a keyword.
#[derive(Clone, Copy)]
enum Inner {
    Nothing,
    One(KeywordOwner),
    List(KeywordOwner),
    /// Under names, and whether `x-...` is an extension among them.
    Map(KeywordOwner, bool),
}

impl Inner {
    fn of(shape: Shape) -> Self {
        match shape {
            Shape::One(kind) => Self::One(KeywordOwner::Of(kind)),
            Shape::List(kind) => Self::List(KeywordOwner::Of(kind)),
            Shape::SchemaOrList => Self::List(KeywordOwner::Of(ObjectKind::Schema)),
            Shape::Map(kind) => Self::Map(KeywordOwner::Of(kind), false),
            Shape::MapBesideExtensions(kind) => Self::Map(KeywordOwner::Of(kind), true),
        }
    }
}

struct Walk<'s> {
    source: &'s Source,
    found: Vec<Occurrence>,
    seen: HashSet<(FileId, String)>,
}

impl Walk<'_> {
    fn object(&mut self, node: &Node, owner: KeywordOwner, at: &At<'_>) {
        let Value::Object(object) = &node.value else { return };
        if let KeywordOwner::Of(ObjectKind::Callback) = owner {
            // Its names are expressions, and no keywords.
            return self.map(object, KeywordOwner::Of(ObjectKind::PathItem), true, at);
        }
        for member in object {
            let here = at.key(&member.name);
            self.add(owner, member, &here);
            self.inner(&member.value, owner.inner(&member.name), &here);
        }
    }

    fn add(&mut self, owner: KeywordOwner, member: &Member, at: &At<'_>) {
        let pointer = self.source.origins.source_of(&at.pointer());
        if self.seen.insert((member.name_place.file, pointer.clone())) {
            self.found.push(Occurrence {
                part: owner.label(),
                name: member.name.to_string(),
                place: member.name_place,
                value: member.value.place,
                pointer,
            });
        }
    }

    fn inner(&mut self, node: &Node, inner: Inner, at: &At<'_>) {
        match (inner, &node.value) {
            (Inner::One(owner) | Inner::List(owner), Value::Object(_)) => self.object(node, owner, at),
            (Inner::List(owner), Value::Array(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.object(element, owner, &at.index(index));
                }
            }
            (Inner::Map(owner, has_extensions), Value::Object(object)) => self.map(object, owner, has_extensions, at),
            // A value of a wrong kind is reported by who reads it.
            _ => {}
        }
    }

    fn map(&mut self, object: &Object, owner: KeywordOwner, has_extensions: bool, at: &At<'_>) {
        for member in object {
            let here = at.key(&member.name);
            if has_extensions && member.name.starts_with("x-") {
                self.add(owner, member, &here);
            } else {
                self.object(&member.value, owner, &here);
            }
        }
    }
}

fn label(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Document => "document",
        ObjectKind::Components => "components",
        ObjectKind::PathItem => "path item",
        ObjectKind::Operation => "operation",
        ObjectKind::Parameter => "parameter",
        ObjectKind::RequestBody => "request body",
        ObjectKind::Response => "response",
        ObjectKind::Header => "header",
        ObjectKind::MediaType => "media type",
        ObjectKind::Encoding => "encoding",
        ObjectKind::Example => "example",
        ObjectKind::Link => "link",
        ObjectKind::Callback => "callback",
        ObjectKind::SecurityScheme => "security scheme",
        ObjectKind::Schema => "schema",
        ObjectKind::Discriminator => "discriminator",
        ObjectKind::MappedSchema => "mapped schema",
        ObjectKind::Plain => "other",
    }
}
