//! Every keyword of a document, wherever one stands.
//!
//! The members of an object are keywords where OpenAPI gives them their names. Names that a document gives, as those of
//! schemas and properties, are none, and neither is anything inside of examples, defaults and extensions.

use std::collections::HashSet;

use crate::{
    at::At,
    diagnostic::{FileId, Place},
    normalize::grammar::{Kind, Shape},
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
    walk.object(&source.root, Part::Of(Kind::Document), &At::ROOT);
    walk.found
}

/// An object with keywords of its own.
#[derive(Clone, Copy)]
enum Part {
    /// One that can hold references, by the table of what stands where.
    Of(Kind),
    /// One that holds none.
    Plain(&'static str),
}

impl Part {
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
    One(Part),
    List(Part),
    /// Under names, and whether `x-...` is an extension among them.
    Map(Part, bool),
}

impl Inner {
    fn of(shape: Shape) -> Self {
        match shape {
            Shape::One(kind) => Self::One(Part::Of(kind)),
            Shape::List(kind) => Self::List(Part::Of(kind)),
            Shape::SchemaOrList => Self::List(Part::Of(Kind::Schema)),
            Shape::Map(kind) => Self::Map(Part::Of(kind), false),
            Shape::MapBesideExtensions(kind) => Self::Map(Part::Of(kind), true),
        }
    }
}

struct Walk<'s> {
    source: &'s Source,
    found: Vec<Occurrence>,
    seen: HashSet<(FileId, String)>,
}

impl Walk<'_> {
    fn object(&mut self, node: &Node, part: Part, at: &At<'_>) {
        let Value::Object(object) = &node.value else { return };
        if let Part::Of(Kind::Callback) = part {
            // Its names are expressions, and no keywords.
            return self.map(object, Part::Of(Kind::PathItem), true, at);
        }
        for member in object {
            let here = at.key(&member.name);
            self.add(part, member, &here);
            self.inner(&member.value, part.inner(&member.name), &here);
        }
    }

    fn add(&mut self, part: Part, member: &Member, at: &At<'_>) {
        let pointer = self.source.origins.source_of(&at.pointer());
        if self.seen.insert((member.name_place.file, pointer.clone())) {
            self.found.push(Occurrence {
                part: part.label(),
                name: member.name.to_string(),
                place: member.name_place,
                value: member.value.place,
                pointer,
            });
        }
    }

    fn inner(&mut self, node: &Node, inner: Inner, at: &At<'_>) {
        match (inner, &node.value) {
            (Inner::One(part) | Inner::List(part), Value::Object(_)) => self.object(node, part, at),
            (Inner::List(part), Value::Array(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.object(element, part, &at.index(index));
                }
            }
            (Inner::Map(part, has_extensions), Value::Object(object)) => self.map(object, part, has_extensions, at),
            // A value of a wrong kind is reported by who reads it.
            _ => {}
        }
    }

    fn map(&mut self, object: &Object, part: Part, has_extensions: bool, at: &At<'_>) {
        for member in object {
            let here = at.key(&member.name);
            if has_extensions && member.name.starts_with("x-") {
                self.add(part, member, &here);
            } else {
                self.object(&member.value, part, &here);
            }
        }
    }
}

fn label(kind: Kind) -> &'static str {
    match kind {
        Kind::Document => "document",
        Kind::Components => "components",
        Kind::PathItem => "path item",
        Kind::Operation => "operation",
        Kind::Parameter => "parameter",
        Kind::RequestBody => "request body",
        Kind::Response => "response",
        Kind::Header => "header",
        Kind::MediaType => "media type",
        Kind::Encoding => "encoding",
        Kind::Example => "example",
        Kind::Link => "link",
        Kind::Callback => "callback",
        Kind::SecurityScheme => "security scheme",
        Kind::Schema => "schema",
        Kind::Discriminator => "discriminator",
        Kind::MappedSchema => "mapped schema",
        Kind::Plain => "other",
    }
}
