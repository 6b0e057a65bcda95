//! Swagger 2.0 in the shape of OpenAPI 3.0: what moves is moved here, schemas are rewritten as those of all versions.

mod body;
mod parameter;
mod reference;
mod response;
mod security;
mod server;

use std::{collections::BTreeMap, rc::Rc};

pub(crate) use self::parameter::DELIMITERS;

use super::{
    changes::{Changes, Removed},
    grammar::ObjectKind,
    walk::walk,
};
use crate::{
    at::At,
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    methods::{self, Since},
    origin::Moves,
    read::{Member, Node, Object, Text, Value},
};

/// A body has one schema for all its media types; no document is known that lists more.
const MOST_MEDIA_TYPES: usize = 32;
/// Values that are copied, as OpenAPI 3.0 wants a schema for each media type: what is shared has references.
const MOST_COPIES: usize = 2_000_000;

/// What the conversion knows of the whole document.
struct Swagger<'d> {
    diagnostics: &'d mut Diagnostics,
    changes: Changes,
    moves: Moves,
    removed: Removed,
    consumes: Vec<Text>,
    produces: Vec<Text>,
    /// The shared parameters that are parts of bodies, as the document declares them.
    bodies: BTreeMap<Text, Rc<Node>>,
    servers: server::Servers,
    /// How many values may be copied yet.
    copies: usize,
}

/// What the conversion has moved, changed and taken out.
#[derive(Default)]
pub(super) struct Converted {
    pub(super) moves: Moves,
    pub(super) changes: Changes,
    pub(super) removed: Removed,
}

/// Converts a document whose root is an object.
pub(super) fn convert(root: &mut Node, diagnostics: &mut Diagnostics) -> Converted {
    walk(root, ObjectKind::Document, &At::ROOT, &mut reference::References);
    let place = root.place;
    let Some(object) = root.as_object_mut() else {
        return Converted::default();
    };
    let mut swagger = Swagger {
        diagnostics,
        changes: Changes::new(),
        moves: Moves::default(),
        removed: Removed::default(),
        consumes: Vec::new(),
        produces: Vec::new(),
        bodies: BTreeMap::new(),
        servers: server::Servers::default(),
        copies: MOST_COPIES,
    };
    swagger.document(object, place);
    Converted {
        moves: swagger.moves,
        changes: swagger.changes,
        removed: swagger.removed,
    }
}

impl Swagger<'_> {
    fn document(&mut self, root: &mut Object, place: Place) {
        self.take(root, "swagger");
        root.insert("openapi", place, Node::new(place, Value::from("3.0.3")));
        let (consumes, produces) = (self.take(root, "consumes"), self.take(root, "produces"));
        self.consumes = self.media_types(consumes.map(|member| member.value), &At::ROOT.key("consumes"));
        self.produces = self.media_types(produces.map(|member| member.value), &At::ROOT.key("produces"));
        self.servers = server::of_document(self, root);
        if let Some(servers) = self.servers.node(place) {
            root.insert("servers", place, servers);
        }
        self.bodies = body::shared(root.get("parameters"));
        if let Some(paths) = root.get_mut("paths").and_then(Node::as_object_mut) {
            let at = At::ROOT.key("paths");
            for (path, item) in paths.iter_mut() {
                if let Some(item) = item.as_object_mut() {
                    self.path_item(item, &at.key(path));
                }
            }
        }
        self.components(root, place);
    }

    fn path_item(&mut self, item: &mut Object, at: &At<'_>) {
        let shared = self.shared_parameters(item, at);
        for method in methods::until(Since::Swagger20) {
            let at = at.key(method.key);
            if let Some(operation) = item.get_mut(method.key).and_then(Node::as_object_mut) {
                self.operation(operation, &shared, &at);
            }
        }
    }

    fn operation(&mut self, operation: &mut Object, shared: &[body::BodyParameter], at: &At<'_>) {
        let own = |swagger: &mut Self, operation: &mut Object, key: &str| {
            let member = swagger.take(operation, key)?;
            Some(swagger.media_types(Some(member.value), &at.key(key)))
        };
        let consumes = own(self, operation, "consumes");
        let produces = own(self, operation, "produces").unwrap_or_else(|| self.produces.clone());
        self.operation_parameters(operation, shared, consumes.as_deref(), at);
        if let Some(responses) = operation.get_mut("responses").and_then(Node::as_object_mut) {
            let at = at.key("responses");
            for (status, response) in responses.iter_mut() {
                if !status.starts_with("x-") {
                    self.response(response, &produces, &at.key(status));
                }
            }
        }
        if let Some(schemes) = self.take(operation, "schemes")
            && let Some(servers) = self.servers.of_schemes(&schemes.value)
        {
            operation.insert("servers", schemes.name_place, servers);
        }
    }

    /// The sections of what is shared move to `components`.
    fn components(&mut self, root: &mut Object, place: Place) {
        let mut components = Object::new();
        for (from, to) in [
            ("definitions", "schemas"),
            ("responses", "responses"),
            ("securityDefinitions", "securitySchemes"),
        ] {
            let Some(mut section) = self.take(root, from) else {
                continue;
            };
            let at = At::ROOT.key(from);
            for (name, node) in section.value.as_object_mut().into_iter().flat_map(Object::iter_mut) {
                match from {
                    "responses" => {
                        let produces = self.produces.clone();
                        self.response(node, &produces, &at.key(name));
                    }
                    "securityDefinitions" => self.security_scheme(node, &at.key(name)),
                    _ => {}
                }
            }
            self.moved(&At::ROOT, &["components", to], &[from]);
            components.insert(to, section.name_place, section.value);
        }
        if let Some(section) = self.take(root, "parameters") {
            self.shared_sections(section.value, &mut components);
        }
        if !components.is_empty() {
            root.insert("components", place, Node::new(place, Value::Object(components)));
        }
    }

    /// Returns the strings of a list of media types, each once.
    fn media_types(&mut self, list: Option<Node>, at: &At<'_>) -> Vec<Text> {
        let Some(list) = list else { return Vec::new() };
        let mut types: Vec<Text> = Vec::new();
        let elements: Vec<&Node> = match &list.value {
            Value::Array(elements) => elements.iter().collect(),
            // One text is a list of one, as some write it.
            Value::String(_) => vec![&list],
            _ => Vec::new(),
        };
        for element in elements {
            match &element.value {
                Value::String(text) if types.len() < MOST_MEDIA_TYPES => {
                    if !types.contains(text) {
                        types.push(text.clone());
                    }
                }
                Value::String(_) => {
                    let message =
                        format!("more than {MOST_MEDIA_TYPES} media types are listed: the others are ignored");
                    self.weakened(element.place, at, message, "list only the media types that are used");
                    break;
                }
                _ => {
                    let message = format!("a media type is {}, but must be a string", element.kind());
                    self.weakened(element.place, at, message, "use a string");
                }
            }
        }
        types
    }

    /// A copy of a value; `None` and an error where there are too many copies already.
    fn copy(&mut self, node: &Node, at: &At<'_>) -> Option<Node> {
        let left = self.copies.checked_sub(size(node, self.copies));
        self.copies = left.unwrap_or_default();
        if left.is_none() {
            let message = format!("the bodies of several media types expand to more than {MOST_COPIES} values");
            let error = Diagnostic::error(Code::NodeLimit, Some(node.place), at.pointer(), message);
            let help = "use references to `#/definitions/...` for their schemas";
            self.diagnostics.push(error.help(help));
            return None;
        }
        Some(node.clone())
    }

    /// Takes a member out that the canonical tree says in other keys.
    fn take(&mut self, object: &mut Object, key: &str) -> Option<Member> {
        let member = object.remove(key)?;
        self.removed.claimed.push(member.name_place);
        Some(member)
    }

    fn changed(&mut self, place: Place, keyword: &'static str, became: &'static str) {
        self.changes.push(super::Change { place, keyword, became });
    }

    fn weakened(&mut self, place: Place, at: &At<'_>, message: String, help: &str) {
        let warning = Diagnostic::warning(Code::Weakened, Some(place), at.pointer(), message);
        self.diagnostics.push(warning.help(help));
    }

    fn contradiction(&mut self, place: Place, at: &At<'_>, message: &str, help: &str) {
        let error = Diagnostic::error(Code::Contradiction, Some(place), at.pointer(), message);
        self.diagnostics.push(error.help(help));
    }

    /// Notes that the value at `from` below `at` is at `to` now.
    fn moved(&mut self, at: &At<'_>, to: &[&str], from: &[&str]) {
        self.moves.below(at, to, from);
    }
}

/// How many values a value holds, itself included, counted up to one more than a limit.
fn size(node: &Node, limit: usize) -> usize {
    let mut count = 0_usize;
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        count = count.saturating_add(1);
        if count > limit {
            break;
        }
        match &node.value {
            Value::Array(elements) => open.extend(elements),
            Value::Object(object) => open.extend(object.iter().map(|member| &member.value)),
            _ => {}
        }
    }
    count
}

/// Returns the value under a key as a string.
fn text<'n>(object: &'n Object, key: &str) -> Option<&'n str> {
    object.get(key)?.as_str()
}

/// An object of one member.
fn object_of(key: &str, place: Place, value: Value) -> Object {
    let mut object = Object::new();
    object.insert(key, place, Node::new(place, value));
    object
}
