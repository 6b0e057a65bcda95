//! Items of the surface, their members, and what both are made of.

use std::collections::BTreeMap;

use crate::ir::{Location, Method};

/// The public surface of a client.
#[derive(Clone, Debug, Default)]
pub(crate) struct Surface {
    /// The document's title.
    pub(crate) title: String,
    /// The document's description.
    pub(crate) docs: String,
    /// The public items, sorted by path.
    pub(crate) items: Vec<Item>,
}

/// A public item: a model, a method of a group, a function, a cargo feature.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The path in the crate, such as `models::Pet` or `apis::pets::Pets::get_pet`.
    pub(crate) path: String,
    pub(crate) kind: Kind,
    pub(crate) content: Content,
    /// Argument lists and fields of tuples.
    pub(crate) lists: Vec<List>,
    /// Fields, variants, arguments: in the order of the generated code.
    pub(crate) members: Vec<Member>,
    /// What `validate()` checks.
    pub(crate) rules: Vec<Rule>,
    /// The cargo features of which one brings the item; none where it always exists.
    pub(crate) features: Vec<String>,
}

/// A part of an item: a field, a variant, an argument.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// The identifier.
    pub(crate) name: String,
    pub(crate) kind: MemberKind,
    pub(crate) content: Content,
}

/// What items and members have in common.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    /// What is written in Rust, by what it is: `type`, `setter`, `default`.
    pub(crate) parts: BTreeMap<&'static str, String>,
    /// What it means on the wire, by what it is: `name`, `url`, `media type`.
    pub(crate) facts: BTreeMap<&'static str, String>,
    pub(crate) docs: String,
    pub(crate) is_deprecated: bool,
    pub(crate) anchor: Anchor,
}

/// The part of an inline schema's item that names the type that it shares with equal ones.
pub(crate) const SHARED_TYPE: &str = "shared type";

/// The kinds of items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Feature,
    Credentials,
    Scheme,
    Server,
    Group,
    Operation,
    /// The enum of a call's responses or errors, by status.
    Outcomes,
    Payload,
    Struct,
    Enum,
    Union,
    Oneof,
    Tuple,
    Constant,
    Newtype,
    Alias,
}

impl Kind {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Feature => "feature",
            Self::Credentials => "credentials",
            Self::Scheme => "security scheme",
            Self::Server => "server",
            Self::Group => "group",
            Self::Operation => "operation",
            Self::Outcomes => "responses",
            Self::Payload => "payload",
            Self::Struct => "struct",
            Self::Enum => "enum",
            Self::Union => "union",
            Self::Oneof => "oneof group",
            Self::Tuple => "tuple",
            Self::Constant => "constant",
            Self::Newtype => "string type",
            Self::Alias => "alias",
        }
    }

    /// Whether the item is a model.
    pub(crate) fn is_model(self) -> bool {
        self >= Self::Struct
    }
}

/// The kinds of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MemberKind {
    Argument,
    Header,
    Field,
    /// A value of an enum.
    Value,
    /// A variant that holds a value.
    Variant,
}

/// Values that are passed together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    /// The function or type that takes them: `new`, `call`.
    pub(crate) of: &'static str,
    /// Whether callers pass them by position, so that two of one type can be swapped.
    pub(crate) is_positional: bool,
    pub(crate) entries: Vec<Entry>,
}

/// A value of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// The identifier of the parameter.
    pub(crate) name: String,
    /// The type that the parameter accepts.
    pub(crate) ty: String,
    /// What the value is on the wire, whatever it is called in Rust.
    pub(crate) meaning: String,
}

/// A limit that `validate()` checks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rule {
    /// The property that it limits; empty for the value itself.
    pub(crate) property: String,
    pub(crate) keyword: &'static str,
    pub(crate) value: String,
}

/// Where the document declares something, in terms that a tree can be searched for.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Anchor {
    #[default]
    Document,
    /// A schema, by its pointer in the canonical tree.
    Schema(String),
    /// A property of a schema.
    Property(String, String),
    /// A value of a schema's `enum`, as JSON.
    Value(String, String),
    /// A variant of a schema, by its position.
    Variant(String, usize),
    /// An operation.
    Operation(Call),
    /// A parameter of an operation, or a part of its body.
    Parameter(Call, Location, String),
    /// The request body of an operation.
    Body(Call),
    /// The responses of an operation.
    Responses(Call),
    /// The response of a status.
    Response(Call, String),
    /// A response header of an operation.
    Header(Call, String),
    /// A tag.
    Tag(String),
    /// A server, by its URL.
    Server(String),
    /// A security scheme.
    Scheme(String),
    /// The security requirement of the document.
    Security,
    /// A webhook or a callback.
    Payload(String),
}

/// What tells an operation apart from all others.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
}

impl Surface {
    /// The item of a path.
    pub(crate) fn item(&self, path: &str) -> Option<&Item> {
        let at = self.items.binary_search_by(|item| item.path.as_str().cmp(path)).ok()?;
        self.items.get(at)
    }
}

impl Item {
    pub(super) fn new(path: String, kind: Kind, anchor: Anchor) -> Self {
        Self {
            path,
            kind,
            content: Content {
                anchor,
                ..Content::default()
            },
            lists: Vec::new(),
            members: Vec::new(),
            rules: Vec::new(),
            features: Vec::new(),
        }
    }

    /// The last part of the path.
    pub(crate) fn name(&self) -> &str {
        self.path.rsplit("::").next().unwrap_or(&self.path)
    }

    pub(crate) fn member(&self, kind: MemberKind, name: &str) -> Option<&Member> {
        let mut members = self.members.iter();
        members.find(|member| member.kind == kind && member.name == name)
    }
}

impl Member {
    pub(super) fn new(name: String, kind: MemberKind, anchor: Anchor) -> Self {
        Self {
            name,
            kind,
            content: Content {
                anchor,
                ..Content::default()
            },
        }
    }
}

impl Content {
    pub(super) fn part(&mut self, name: &'static str, written: impl Into<String>) {
        self.parts.insert(name, written.into());
    }

    pub(super) fn fact(&mut self, name: &'static str, value: impl Into<String>) {
        // Sentences put facts between backticks.
        let value = value.into().replace('`', "\u{2cb}");
        if !value.is_empty() {
            self.facts.insert(name, value);
        }
    }

    /// What is written under a name; empty where nothing is.
    pub(crate) fn written(&self, part: &str) -> &str {
        self.parts.get(part).map_or("", String::as_str)
    }

    /// The value of a fact; empty where it has none.
    pub(crate) fn means(&self, fact: &str) -> &str {
        self.facts.get(fact).map_or("", String::as_str)
    }
}

/// The path of a field, a variant, a constant or a setter.
pub(crate) fn member_path(item: &Item, member: &Member) -> String {
    match member.kind {
        MemberKind::Field => format!("{}.{}", item.path, member.name),
        MemberKind::Argument if member.content.parts.contains_key("argument") => {
            match item.content.parts.get("required") {
                Some(required) if !matches!(member.content.means("in"), "path" | "body") => {
                    format!("{required}.{}", member.name)
                }
                _ => format!("{}({})", item.path, member.name),
            }
        }
        MemberKind::Argument | MemberKind::Header => {
            let call = item.content.parts.get("call").unwrap_or(&item.path);
            format!("{call}::{}", member.name)
        }
        MemberKind::Value | MemberKind::Variant => format!("{}::{}", item.path, member.name),
    }
}
