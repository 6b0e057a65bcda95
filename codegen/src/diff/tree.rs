//! The canonical tree of one side: lookups by pointer, and where in the document each part is.

use std::collections::BTreeMap;

use super::verdict::Spot;
use crate::{
    at::At,
    diagnostic::{Files, Place},
    ir::Location,
    normalize::Canonical,
    origin::Origins,
    read::{Node, unescape},
    surface::{Anchor, Call},
};

/// The canonical tree of a document.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) root: Node,
    pub(super) origins: Origins,
    pub(super) files: Files,
}

/// Longer chains of references lead back to themselves.
const MAX_REFERENCES: usize = 100;

impl Tree {
    pub(super) fn of(canonical: &Canonical) -> Self {
        Self {
            root: canonical.source.root.clone(),
            origins: canonical.source.origins.clone(),
            files: canonical.source.files.clone(),
        }
    }

    pub(super) fn at(&self, pointer: &str) -> Option<&Node> {
        self.root.at(pointer)
    }

    /// The string at a pointer.
    pub(super) fn text(&self, pointer: &str) -> Option<&str> {
        self.at(pointer)?.as_str()
    }

    /// The pointer of what a reference leads to in the end, or the pointer itself.
    pub(super) fn target(&self, pointer: &str) -> String {
        let mut pointer = pointer.to_owned();
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = self.at(&pointer).and_then(|node| node.get("$ref")) else {
                break;
            };
            let Some(target) = reference.as_str().and_then(|text| text.strip_prefix('#')) else {
                break;
            };
            let target = percent_encoding::percent_decode_str(target)
                .decode_utf8_lossy()
                .into_owned();
            if self.at(&target).is_none() {
                break;
            }
            pointer = target;
        }
        pointer
    }

    /// The location of a pointer, or of the nearest value around it.
    pub(super) fn spot(&self, pointer: Option<&str>) -> Option<Spot> {
        let mut pointer = pointer?;
        let is_root = pointer.is_empty();
        let place: Place = loop {
            if let Some(node) = self.at(pointer) {
                break self.key_place(pointer).unwrap_or_else(|| Node::place(node));
            }
            pointer = &pointer[..pointer.rfind('/')?];
            if pointer.is_empty() && !is_root {
                return None;
            }
        };
        let file = self.files.get(place.file)?;
        Some(Spot {
            file: file.name().to_owned(),
            line: place.line,
            column: place.column,
            pointer: self.origins.source_of(pointer),
        })
    }

    /// Where the key of a member is, which is what a reader looks for.
    fn key_place(&self, pointer: &str) -> Option<Place> {
        let (around, _) = pointer.rsplit_once('/')?;
        let object = self.at(around)?.as_object()?;
        let member = object.member(&last(pointer))?;
        debug_assert!(key(around, &member.name) == pointer || member.name.contains(['~', '/']));
        Some(member.name_place)
    }

    /// The operations: method, path and pointer.
    pub(super) fn operations(&self) -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        let paths = self.at("/paths").and_then(Node::as_object);
        for item in paths.into_iter().flat_map(|paths| paths.iter()) {
            let at = key(&key("", "paths"), &item.name);
            for (method, pointer) in self.methods(&at) {
                found.push((method, item.name.to_string(), pointer));
            }
        }
        found
    }

    /// The methods of a path item, with the pointers of their operations.
    pub(super) fn methods(&self, item: &str) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let Some(object) = self.at(item).and_then(Node::as_object) else {
            return found;
        };
        for member in object {
            if let Some(method) = crate::methods::by_key(&member.name) {
                found.push((method.wire.to_owned(), key(item, &member.name)));
            }
        }
        let others = self.at(&key(item, "additionalOperations")).and_then(Node::as_object);
        for member in others.into_iter().flat_map(|others| others.iter()) {
            let pointer = key(&key(item, "additionalOperations"), &member.name);
            found.push((member.name.to_string(), pointer));
        }
        found
    }

    /// The pointer of an operation.
    fn operation(&self, call: &Call) -> Option<String> {
        let item = key("/paths", &call.path);
        let mut methods = self.methods(&item).into_iter();
        methods
            .find(|(method, _)| method == call.method.as_str())
            .map(|(_, pointer)| pointer)
    }

    /// The parameters of an operation, those of its path item included: location, name and pointer.
    pub(super) fn parameters(&self, operation: &str) -> Vec<(String, String, String)> {
        let mut found: Vec<(String, String, String)> = Vec::new();
        let item = operation.rsplit_once('/').map_or("", |(item, _)| item);
        let item = item.strip_suffix("/additionalOperations").unwrap_or(item);
        for holder in [operation, item] {
            let list = key(holder, "parameters");
            let count = self.at(&list).and_then(Node::as_array).map_or(0, <[Node]>::len);
            for index in 0..count {
                let pointer = self.target(&format!("{list}/{index}"));
                let (Some(location), Some(name)) = (self.text(&key(&pointer, "in")), self.text(&key(&pointer, "name")))
                else {
                    continue;
                };
                if !found.iter().any(|(other, known, _)| other == location && known == name) {
                    found.push((location.to_owned(), name.to_owned(), pointer.clone()));
                }
            }
        }
        found
    }

    /// The pointer of a property, declared by the schema itself or by a part of it.
    pub(super) fn property(&self, schema: &str, name: &str) -> Option<String> {
        let mut open = vec![schema.to_owned()];
        let mut seen = 0;
        while let Some(pointer) = open.pop() {
            seen += 1;
            if seen > 1_000 {
                return None;
            }
            let pointer = self.target(&pointer);
            let property = key(&key(&pointer, "properties"), name);
            if self.at(&property).is_some() {
                return Some(property);
            }
            for keyword in ["allOf", "oneOf", "anyOf"] {
                let list = key(&pointer, keyword);
                let count = self.at(&list).and_then(Node::as_array).map_or(0, <[Node]>::len);
                open.extend((0..count).rev().map(|index| format!("{list}/{index}")));
            }
        }
        None
    }

    /// The pointer of what an anchor names, or of the nearest thing around it.
    pub(super) fn find(&self, anchor: &Anchor) -> String {
        match anchor {
            Anchor::Document => String::new(),
            Anchor::Schema(pointer) => pointer.clone(),
            Anchor::Property(schema, name) => self.property(schema, name).unwrap_or_else(|| schema.clone()),
            Anchor::Value(schema, value) => self.value(schema, value).unwrap_or_else(|| schema.clone()),
            Anchor::Variant(schema, index) => {
                let target = self.target(schema);
                let mut lists = ["oneOf", "anyOf"].into_iter().map(|keyword| key(&target, keyword));
                let list = lists.find(|list| self.at(list).is_some());
                list.map_or_else(|| schema.clone(), |list| format!("{list}/{index}"))
            }
            Anchor::Operation(call) => self.operation(call).unwrap_or_default(),
            Anchor::Parameter(call, location, name) => self.parameter(call, *location, name),
            Anchor::Body(call) => key(&self.operation(call).unwrap_or_default(), "requestBody"),
            Anchor::Responses(call) => key(&self.operation(call).unwrap_or_default(), "responses"),
            Anchor::Response(call, status) => {
                let responses = key(&self.operation(call).unwrap_or_default(), "responses");
                key(&responses, status)
            }
            Anchor::Header(call, name) => self.header(call, name),
            Anchor::Tag(name) => self.tag(name),
            Anchor::Server(url) => self.server(url),
            Anchor::Scheme(name) => key("/components/securitySchemes", name),
            Anchor::Security => "/security".to_owned(),
            Anchor::Payload(origin) => {
                let name = origin.split('`').nth(1).unwrap_or_default();
                self.payload(name)
            }
        }
    }

    /// A webhook, or the first callback of its name.
    fn payload(&self, name: &str) -> String {
        let webhook = key("/webhooks", name);
        if self.at(&webhook).is_some() {
            return webhook;
        }
        let callbacks = self
            .operations()
            .into_iter()
            .map(|(.., pointer)| key(&key(&pointer, "callbacks"), name));
        let mut callbacks = callbacks.filter(|callback| self.at(callback).is_some());
        callbacks.next().unwrap_or_default()
    }

    fn value(&self, schema: &str, value: &str) -> Option<String> {
        let target = self.target(schema);
        let list = key(&target, "enum");
        let values = self.at(&list)?.as_array()?;
        let position = values.iter().position(|node| json(node) == value)?;
        Some(format!("{list}/{position}"))
    }

    fn parameter(&self, call: &Call, location: Location, name: &str) -> String {
        let operation = self.operation(call).unwrap_or_default();
        if location == Location::Part {
            let content = key(&self.target(&key(&operation, "requestBody")), "content");
            let media = self.at(&content).and_then(Node::as_object);
            let mut media = media.into_iter().flat_map(|media| media.iter());
            let schema = media.find_map(|member| {
                let schema = key(&key(&content, &member.name), "schema");
                self.property(&schema, name)
            });
            return schema.unwrap_or(content);
        }
        let mut parameters = self.parameters(&operation).into_iter();
        let found = parameters.find(|(place, known, _)| place == location.as_str() && known == name);
        found.map_or(operation, |(.., pointer)| pointer)
    }

    fn header(&self, call: &Call, name: &str) -> String {
        let responses = key(&self.operation(call).unwrap_or_default(), "responses");
        let all = self.at(&responses).and_then(Node::as_object);
        let mut all = all.into_iter().flat_map(|all| all.iter());
        let found = all.find_map(|member| {
            let header = key(&key(&self.target(&key(&responses, &member.name)), "headers"), name);
            self.at(&header).is_some().then_some(header)
        });
        found.map_or(responses, |header| self.target(&header))
    }

    fn tag(&self, name: &str) -> String {
        let tags = self.at("/tags").and_then(Node::as_array).unwrap_or_default();
        let position = tags
            .iter()
            .position(|tag| tag.get("name").and_then(Node::as_str) == Some(name));
        if let Some(position) = position {
            return format!("/tags/{position}");
        }
        let mut operations = self.operations().into_iter();
        let of_operation = operations.find_map(|(.., pointer)| {
            let declared = ["x-client-group", "tags/0"].map(|key| format!("{pointer}/{key}"));
            let own = declared.into_iter().find(|declared| self.at(declared).is_some())?;
            (self.text(&own) == Some(name)).then_some(own)
        });
        of_operation.unwrap_or_default()
    }

    /// A server of the document, or of the first path or operation that has it.
    fn server(&self, url: &str) -> String {
        let operations = self.operations().into_iter().map(|(.., pointer)| pointer);
        let holders = operations.flat_map(|operation| {
            let item = operation.rsplit_once('/').map_or("", |(item, _)| item).to_owned();
            [item, operation]
        });
        let mut holders = std::iter::once(String::new()).chain(holders);
        let found = holders.find_map(|holder| {
            let list = key(&holder, "servers");
            let servers = self.at(&list)?.as_array()?;
            let is_it = |one: &Node| one.get("url").and_then(Node::as_str) == Some(url);
            Some(format!("{list}/{}", servers.iter().position(is_it)?))
        });
        found.unwrap_or_else(|| "/servers".to_owned())
    }

    /// The servers of an operation, where it or its path has its own.
    pub(super) fn servers_of(&self, operation: &str) -> Option<String> {
        let item = operation.rsplit_once('/').map_or("", |(item, _)| item);
        let mut lists = [operation, item].into_iter().map(|holder| key(holder, "servers"));
        lists.find(|list| self.at(list).is_some())
    }
}

/// The members of the object at a pointer, with their pointers.
pub(super) fn members(tree: &Tree, pointer: &str) -> BTreeMap<String, String> {
    let object = tree.at(pointer).and_then(Node::as_object);
    let all = object.into_iter().flat_map(|object| object.iter());
    all.filter(|member| !member.name.starts_with("x-"))
        .map(|member| (member.name.to_string(), key(pointer, &member.name)))
        .collect()
}

/// The pointer of a member.
pub(super) fn key(pointer: &str, name: &str) -> String {
    At::of(pointer).key(name).pointer()
}

/// The last segment of a pointer, as the name that it is.
pub(super) fn last(pointer: &str) -> String {
    unescape(pointer.rsplit('/').next().unwrap_or_default())
}

/// A value as JSON, its members sorted by name.
pub(super) fn json(node: &Node) -> String {
    crate::document::to_json(node).to_string()
}
