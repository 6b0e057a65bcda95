//! What a change of a document means to clients of the API in any language: two canonical trees are compared, operation by
//! operation, and every schema in the direction in which its values travel.

mod choices;
mod finding;
mod flat;
pub(super) mod limits;
mod schemas;
mod security;
mod types;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use self::finding::Finding;
use self::{finding::Direction, schemas::Schemas};
use super::tree::{Tree, json, key, members};
use crate::{media_type::Media, read::Node};

/// Compares two documents.
pub(super) fn findings(old: &Tree, new: &Tree) -> Vec<Finding> {
    let mut walk = Walk {
        schemas: Schemas::new(old, new),
    };
    walk.operations();
    walk.webhooks();
    security::schemes(&mut walk.schemas);
    walk.schemas.findings
}

struct Walk<'t> {
    schemas: Schemas<'t>,
}

/// An operation of one side.
struct Operation {
    method: String,
    path: String,
    pointer: String,
    id: Option<String>,
}

/// Operations by method and path without the names of arguments, which are not sent.
fn operations(tree: &Tree) -> BTreeMap<(String, String), Operation> {
    let all = tree.operations().into_iter().map(|(method, path, pointer)| {
        let id = tree.text(&key(&pointer, "operationId")).map(str::to_owned);
        let operation = Operation {
            method: method.clone(),
            path: path.clone(),
            pointer,
            id,
        };
        ((method, unnamed(&path)), operation)
    });
    all.collect()
}

/// A path template with the arguments' names left out.
fn unnamed(path: &str) -> String {
    let mut text = String::with_capacity(path.len());
    let mut is_inside = false;
    for character in path.chars() {
        match character {
            '{' => is_inside = true,
            '}' => is_inside = false,
            _ if is_inside => continue,
            _ => {}
        }
        text.push(character);
    }
    text
}

impl Walk<'_> {
    fn operations(&mut self) {
        let (old, new) = (operations(self.schemas.old), operations(self.schemas.new));
        let is_same_id = |a: &Operation, b: &Operation| a.id.is_some() && a.id == b.id;
        let mut moved: BTreeSet<&(String, String)> = BTreeSet::new();
        for (at, before) in &old {
            if let Some(after) = new.get(at) {
                self.operation(before, after);
                continue;
            }
            let elsewhere = new
                .iter()
                .find(|(at, after)| !old.contains_key(*at) && is_same_id(before, after));
            if let Some((at, after)) = elsewhere {
                moved.insert(at);
                let rule = if before.method == after.method {
                    "path-changed"
                } else {
                    "method-changed"
                };
                self.schemas
                    .find(rule, true, Some(&before.pointer), Some(&after.pointer));
                self.operation(before, after);
            } else {
                let is_deprecated = flag(self.schemas.old, &before.pointer, "deprecated");
                self.schemas
                    .find("operation-removed", !is_deprecated, Some(&before.pointer), None);
            }
        }
        for (at, after) in &new {
            if !old.contains_key(at) && !moved.contains(at) {
                self.schemas.find("operation-added", false, None, Some(&after.pointer));
            }
        }
    }

    fn operation(&mut self, old: &Operation, new: &Operation) {
        let (before, after) = (old.pointer.as_str(), new.pointer.as_str());
        let deprecated = (
            flag(self.schemas.old, before, "deprecated"),
            flag(self.schemas.new, after, "deprecated"),
        );
        if deprecated.0 != deprecated.1 {
            self.schemas
                .find("operation-deprecation", false, Some(before), Some(after));
        }
        self.parameters(old, new);
        self.body(
            &key(before, "requestBody"),
            &key(after, "requestBody"),
            Direction::Request,
        );
        self.responses(&key(before, "responses"), &key(after, "responses"));
        security::operation(&mut self.schemas, before, after);
        self.callbacks(&key(before, "callbacks"), &key(after, "callbacks"));
    }

    fn parameters(&mut self, old: &Operation, new: &Operation) {
        let (before, after) = (parameters(self.schemas.old, old), parameters(self.schemas.new, new));
        for (at, pointer) in &before {
            match after.get(at) {
                Some(other) => self.parameter(pointer, other),
                None => {
                    let is_deprecated = flag(self.schemas.old, pointer, "deprecated");
                    self.schemas
                        .find("parameter-removed", !is_deprecated, Some(pointer), None);
                }
            }
        }
        for (_, pointer) in after.iter().filter(|(at, _)| !before.contains_key(*at)) {
            let is_required = flag(self.schemas.new, pointer, "required");
            let rule = if is_required {
                "required-parameter-added"
            } else {
                "parameter-added"
            };
            self.schemas.find(rule, is_required, None, Some(pointer));
        }
    }

    fn parameter(&mut self, old: &str, new: &str) {
        let (before, after) = (self.schemas.old, self.schemas.new);
        let at = (Some(old), Some(new));
        match (flag(before, old, "required"), flag(after, new, "required")) {
            (false, true) => self.schemas.find("parameter-became-required", true, at.0, at.1),
            (true, false) => self.schemas.find("parameter-became-optional", false, at.0, at.1),
            _ => {}
        }
        if flag(before, old, "deprecated") != flag(after, new, "deprecated") {
            self.schemas.find("parameter-deprecation", false, at.0, at.1);
        }
        if style(before, old) != style(after, new) {
            self.schemas.find("parameter-style-changed", true, at.0, at.1);
        }
        let (old_schema, old_media) = described(before, old);
        let (new_schema, new_media) = described(after, new);
        if old_media != new_media {
            self.schemas.find("parameter-media-type-changed", true, at.0, at.1);
        }
        let default = |tree: &Tree, schema: &str| tree.at(&key(&tree.target(schema), "default")).map(json);
        if default(before, &old_schema) != default(after, &new_schema) {
            self.schemas.find("parameter-default-changed", true, at.0, at.1);
        }
        self.schemas.compare(&old_schema, &new_schema, Direction::Request);
    }

    /// A request body; the direction is that of its values.
    fn body(&mut self, old: &str, new: &str, direction: Direction) {
        let (before, after) = (self.schemas.old, self.schemas.new);
        match (before.at(old).is_some(), after.at(new).is_some()) {
            (false, false) => return,
            (false, true) => {
                let is_required = flag(after, &after.target(new), "required");
                return self.schemas.find("body-added", is_required, None, Some(new));
            }
            (true, false) => return self.schemas.find("body-removed", true, Some(old), None),
            (true, true) => {}
        }
        let (old_body, new_body) = (before.target(old), after.target(new));
        let at = (Some(old), Some(new));
        match (flag(before, &old_body, "required"), flag(after, &new_body, "required")) {
            (false, true) => self
                .schemas
                .find("body-became-required", direction == Direction::Request, at.0, at.1),
            (true, false) => self
                .schemas
                .find("body-became-optional", direction == Direction::Response, at.0, at.1),
            _ => {}
        }
        self.content(&key(&old_body, "content"), &key(&new_body, "content"), direction);
    }

    fn content(&mut self, old: &str, new: &str, direction: Direction) {
        let (before, after) = (media_types(self.schemas.old, old), media_types(self.schemas.new, new));
        for (media, pointer) in &before {
            let Some(other) = after.get(media) else {
                self.schemas.find("media-type-removed", true, Some(pointer), None);
                continue;
            };
            let (old_schema, new_schema) = (key(pointer, "schema"), key(other, "schema"));
            match (self.schemas.old.at(&old_schema), self.schemas.new.at(&new_schema)) {
                (Some(_), Some(_)) => self.schemas.compare(&old_schema, &new_schema, direction),
                (None, None) => {}
                _ => self
                    .schemas
                    .find("schema-added-or-removed", false, Some(pointer), Some(other)),
            }
            let encoding = |tree: &Tree, at: &str| tree.at(&key(at, "encoding")).map(json);
            if encoding(self.schemas.old, pointer) != encoding(self.schemas.new, other) {
                self.schemas.find("encoding-changed", true, Some(pointer), Some(other));
            }
        }
        for (_, pointer) in after.iter().filter(|(media, _)| !before.contains_key(*media)) {
            self.schemas.find("media-type-added", false, None, Some(pointer));
        }
    }

    fn responses(&mut self, old: &str, new: &str) {
        let (before, after) = (members(self.schemas.old, old), members(self.schemas.new, new));
        for (status, pointer) in &before {
            let is_success = status.starts_with('2');
            match after.get(status) {
                Some(other) => self.response(pointer, other),
                None if is_success => self.schemas.find("success-status-removed", true, Some(pointer), None),
                None => self.schemas.find("error-status-removed", false, Some(pointer), None),
            }
        }
        for (status, pointer) in after.iter().filter(|(status, _)| !before.contains_key(*status)) {
            let rule = if status.starts_with('2') {
                "success-status-added"
            } else {
                "error-status-added"
            };
            self.schemas.find(rule, false, None, Some(pointer));
        }
    }

    fn response(&mut self, old: &str, new: &str) {
        let (old, new) = (self.schemas.old.target(old), self.schemas.new.target(new));
        self.content(&key(&old, "content"), &key(&new, "content"), Direction::Response);
        let headers = |tree: &Tree, at: &str| -> BTreeMap<String, String> {
            let all = members(tree, &key(at, "headers")).into_iter();
            all.map(|(name, pointer)| (name.to_ascii_lowercase(), tree.target(&pointer)))
                .collect()
        };
        let (before, after) = (headers(self.schemas.old, &old), headers(self.schemas.new, &new));
        for (name, pointer) in &before {
            let Some(other) = after.get(name) else {
                self.schemas.find("header-removed", true, Some(pointer), None);
                continue;
            };
            let required = (
                flag(self.schemas.old, pointer, "required"),
                flag(self.schemas.new, other, "required"),
            );
            if required == (true, false) {
                self.schemas
                    .find("header-became-optional", true, Some(pointer), Some(other));
            }
            let (old_schema, old_media) = described(self.schemas.old, pointer);
            let (new_schema, new_media) = described(self.schemas.new, other);
            if old_media != new_media {
                self.schemas
                    .find("header-media-type-changed", true, Some(pointer), Some(other));
            }
            self.schemas.compare(&old_schema, &new_schema, Direction::Response);
        }
        for (_, pointer) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
            self.schemas.find("header-added", false, None, Some(pointer));
        }
    }

    /// What the API sends by itself: its bodies travel as responses do.
    fn webhooks(&mut self) {
        self.incoming("/webhooks", "/webhooks", "webhook-removed", "webhook-added");
    }

    fn callbacks(&mut self, old: &str, new: &str) {
        let (before, after) = (members(self.schemas.old, old), members(self.schemas.new, new));
        for (name, pointer) in &before {
            match after.get(name) {
                Some(other) => {
                    let (pointer, other) = (self.schemas.old.target(pointer), self.schemas.new.target(other));
                    self.incoming(&pointer, &other, "callback-removed", "callback-added");
                }
                None => self.schemas.find("callback-removed", true, Some(pointer), None),
            }
        }
        for (_, pointer) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
            self.schemas.find("callback-added", false, None, Some(pointer));
        }
    }

    fn incoming(&mut self, old: &str, new: &str, removed: &'static str, added: &'static str) {
        let (before, after) = (members(self.schemas.old, old), members(self.schemas.new, new));
        for (name, pointer) in &before {
            let Some(other) = after.get(name) else {
                self.schemas.find(removed, true, Some(pointer), None);
                continue;
            };
            let (pointer, other) = (self.schemas.old.target(pointer), self.schemas.new.target(other));
            let methods: BTreeMap<String, String> = self.schemas.old.methods(&pointer).into_iter().collect();
            for (method, at) in self.schemas.new.methods(&other) {
                if let Some(before) = methods.get(&method) {
                    let (before, after) = (key(before, "requestBody"), key(&at, "requestBody"));
                    self.body(&before, &after, Direction::Response);
                }
            }
        }
        for (_, pointer) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
            self.schemas.find(added, false, None, Some(pointer));
        }
    }
}

/// The parameters of an operation, by location and name: the place in the path, and no case for headers.
fn parameters(tree: &Tree, operation: &Operation) -> BTreeMap<(String, String), String> {
    let places: Vec<&str> = operation
        .path
        .split('{')
        .skip(1)
        .filter_map(|part| part.split('}').next())
        .collect();
    let all = tree.parameters(&operation.pointer).into_iter();
    let all = all.map(|(location, name, pointer)| {
        let name = match location.as_str() {
            "path" => places
                .iter()
                .position(|place| *place == name)
                .map_or(name, |place| place.to_string()),
            "header" => name.to_ascii_lowercase(),
            _ => name,
        };
        ((location, name), pointer)
    });
    all.collect()
}

/// The schema of a parameter or a header, and the media type that it is in, if any.
fn described(tree: &Tree, pointer: &str) -> (String, Option<String>) {
    let content = key(pointer, "content");
    match members(tree, &content).into_iter().next() {
        Some((media, at)) => (key(&at, "schema"), Some(media)),
        None => (key(pointer, "schema"), None),
    }
}

/// The style of a parameter, written out, where its type makes a difference.
fn style(tree: &Tree, pointer: &str) -> (String, bool) {
    let location = tree.text(&key(pointer, "in")).unwrap_or_default();
    let usual = if matches!(location, "query" | "cookie") {
        "form"
    } else {
        "simple"
    };
    let style = tree.text(&key(pointer, "style")).unwrap_or(usual);
    let explode = tree.at(&key(pointer, "explode")).and_then(Node::as_bool);
    let schema = tree.target(&described(tree, pointer).0);
    let is_plain = matches!(
        tree.text(&key(&schema, "type")),
        Some("string" | "integer" | "number" | "boolean")
    );
    let explode = explode.unwrap_or(style == "form");
    // One value is written alike whether lists are taken apart or not.
    (style.to_owned(), explode || is_plain)
}

/// The media types below `content`, by their essence.
fn media_types(tree: &Tree, content: &str) -> BTreeMap<String, String> {
    let all = members(tree, content).into_iter();
    all.map(|(name, pointer)| (Media::of(&name).essence().to_ascii_lowercase(), pointer))
        .collect()
}

fn flag(tree: &Tree, pointer: &str, name: &str) -> bool {
    tree.at(&key(pointer, name)).and_then(Node::as_bool).unwrap_or_default()
}
