//! Reading an object's members one by one, each of the kind that OpenAPI wants.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde_json::Value as Json;

use super::{incoming::Incoming, keywords::SchemaId, schemas::Schemas, vocabulary::more_keys};
use crate::{
    at::At,
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    nearest::nearest,
    normalize::Version,
    read::{Member, Node, Object, Text, Value},
};

/// The results that the walk collects.
pub(super) struct Walk<'d> {
    /// The whole tree: an error is placed at what its pointer leads to.
    pub(super) root: &'d Node,
    /// The version that the document declares, for messages: the tree is in the words of 3.0.
    pub(super) version: Version,
    pub(super) diagnostics: &'d mut Diagnostics,
    pub(super) schemas: Schemas,
    /// The component schemas by name.
    pub(super) components: IndexMap<String, SchemaId>,
    /// The places and pointers of what says nothing to a client.
    pub(super) left_out: Vec<(Place, String)>,
    pub(super) incoming: Vec<Incoming>,
    pub(super) is_in_callback: bool,
    /// Only a report asks for it.
    pub(super) claims: Option<Claims>,
}

/// What reading a document makes of its keys, by their places.
#[derive(Debug, Default)]
pub(crate) struct Claims {
    /// They are read for their meaning.
    pub(crate) claimed: HashSet<Place>,
    /// They have a meaning only where a later stage claims them.
    pub(crate) handed_on: HashSet<Place>,
}

impl Walk<'_> {
    pub(super) fn error(&mut self, code: Code, node: &Node, at: &At<'_>, message: String, help: &str) {
        let pointer = at.pointer();
        let place = self.root.at(&pointer).map_or(node.place, Node::place);
        self.diagnostics
            .push(Diagnostic::error(code, Some(place), pointer, message).help(help));
    }

    pub(super) fn warn(&mut self, code: Code, node: &Node, at: &At<'_>, message: String, help: &str) {
        let pointer = at.pointer();
        let place = self.root.at(&pointer).map_or(node.place, Node::place);
        self.diagnostics
            .push(Diagnostic::warning(code, Some(place), pointer, message).help(help));
    }

    /// The node as an object whose members are then taken one by one.
    pub(super) fn object<'n>(&mut self, node: &'n Node, at: &At<'_>, what: &'static str) -> Option<Fields<'n>> {
        if let Value::Object(object) = &node.value {
            return Some(Fields {
                object,
                node,
                what,
                taken: Vec::with_capacity(16),
                skipped: Vec::new(),
                handed_on: &[],
                misspelt: Vec::new(),
            });
        }
        self.wrong_kind(node, at, what, "an object");
        None
    }

    /// The text of a `$ref`; the keys beside it are reported.
    pub(super) fn reference(&mut self, node: &Node, reference: &Node, at: &At<'_>) -> Option<String> {
        let reference = self.string(reference, &at.key("$ref"), "`$ref`")?;
        let mut fields = self.object(node, at, "a reference")?;
        fields.get("$ref");
        // Beside a reference OpenAPI 3.0 knows nothing; what normalize could carry over, it has carried over.
        fields.skip(&["summary", "description"]);
        fields.finish(self, at);
        Some(reference)
    }

    pub(super) fn wrong_kind(&mut self, node: &Node, at: &At<'_>, what: &str, wanted: &str) {
        let is_key = !what.contains([' ', '`']);
        let quote = if is_key { "`" } else { "" };
        let message = format!("{quote}{what}{quote} is {}, but must be {wanted}", node.kind());
        // In YAML what follows ` #` is a comment, and the reference is empty.
        let help = if what == "`$ref`" && node.is_null() {
            "quote the reference, as in `$ref: '#/components/schemas/Pet'`: an unquoted `#` starts a comment".to_owned()
        } else {
            format!("write {wanted} here")
        };
        self.error(Code::WrongKind, node, at, message, &help);
    }

    /// Returns the items of an array. Reports an error if the value is not an array.
    pub(super) fn elements<'n>(&mut self, node: &'n Node, at: &At<'_>, what: &str) -> &'n [Node] {
        if let Value::Array(elements) = &node.value {
            return elements;
        }
        self.wrong_kind(node, at, what, "an array");
        &[]
    }

    pub(super) fn string(&mut self, node: &Node, at: &At<'_>, what: &str) -> Option<String> {
        self.shared_string(node, at, what).map(|text| text.to_string())
    }

    /// Returns a string of the tree without a copy of it.
    pub(super) fn shared_string(&mut self, node: &Node, at: &At<'_>, what: &str) -> Option<Text> {
        if let Value::String(text) = &node.value {
            return Some(text.clone());
        }
        self.wrong_kind(node, at, what, "a string");
        None
    }

    /// Returns the strings of an array.
    pub(super) fn texts(&mut self, node: &Node, at: &At<'_>, what: &str) -> Vec<String> {
        let elements = self.elements(node, at, what);
        elements
            .iter()
            .enumerate()
            .filter_map(|(i, element)| self.string(element, &at.index(i), what))
            .collect()
    }

    /// Reads a map of names to values with `read`. Where extensions are allowed, `x-...` is not a name.
    ///
    /// The map has the capacity of the object: `openapiv3`'s values are large, and most maps have one or two of them.
    pub(super) fn map<T>(
        &mut self,
        node: &Node,
        at: &At<'_>,
        what: &'static str,
        names: Names,
        mut read: impl FnMut(&mut Self, &Node, &At<'_>) -> Option<T>,
    ) -> IndexMap<String, T> {
        let Value::Object(object) = &node.value else {
            self.wrong_kind(node, at, what, "an object");
            return IndexMap::new();
        };
        let mut values = IndexMap::with_capacity(object.len());
        for member in object {
            if names == Names::WithoutExtensions && member.name.starts_with("x-") {
                continue;
            }
            if let Some(value) = read(self, &member.value, &at.key(&member.name)) {
                values.insert(member.name.to_string(), value);
            }
        }
        values
    }
}

/// The objects with extensions of ours, or whose unknown ones a later stage reports.
const HOLD_EXTENSIONS: &[&str] = &["an operation", "a schema", "a parameter", "a header"];

/// What the names of a map can be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// Any text.
    Any,
    /// Any text but `x-...`, which is an extension there.
    WithoutExtensions,
}

/// The members of an object. Members that no reader takes are reported at the end.
pub(super) struct Fields<'n> {
    object: &'n Object,
    node: &'n Node,
    what: &'static str,
    taken: Vec<&'static str>,
    /// Members that are known, and whose meaning is not read here.
    skipped: Vec<&'static str>,
    /// Members that mean something where a later stage claims them.
    handed_on: &'static [&'static str],
    /// Members that have been reported in place of a missing one.
    misspelt: Vec<&'n str>,
}

impl<'n> Fields<'n> {
    /// What messages call the object.
    pub(super) fn what(&self) -> &'static str {
        self.what
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.object.contains(key)
    }

    pub(super) fn get(&mut self, key: &'static str) -> Option<&'n Node> {
        self.taken.push(key);
        self.object.get(key)
    }

    /// Members that say nothing to a client: the report tells of them.
    pub(super) fn leave_out(&mut self, walk: &mut Walk<'_>, at: &At<'_>, keys: &[&'static str]) {
        self.taken.extend_from_slice(keys);
        let members = keys.iter().filter_map(|key| self.object.member(key));
        let left_out = members.map(|member| (member.name_place, at.key(&member.name).pointer()));
        walk.left_out.extend(left_out);
    }

    /// Members that are known, and whose meaning is not read here: no key of them is claimed.
    pub(super) fn skip(&mut self, keys: &[&'static str]) {
        let present = keys.iter().copied().filter(|key| self.object.contains(key));
        self.skipped.extend(present);
        self.taken.extend_from_slice(keys);
    }

    /// Members that are read here, and that have a meaning only where a later stage claims them.
    pub(super) fn hand_on(&mut self, keys: &'static [&'static str]) {
        self.handed_on = keys;
    }

    pub(super) fn text(&mut self, walk: &mut Walk<'_>, at: &At<'_>, key: &'static str) -> Option<String> {
        let node = self.get(key)?;
        walk.string(node, &at.key(key), key)
    }

    /// The same without a copy of the string.
    pub(super) fn shared_text(&mut self, walk: &mut Walk<'_>, at: &At<'_>, key: &'static str) -> Option<Text> {
        let node = self.get(key)?;
        walk.shared_string(node, &at.key(key), key)
    }

    pub(super) fn required_text(&mut self, walk: &mut Walk<'_>, at: &At<'_>, key: &'static str) -> Option<String> {
        if self.object.get(key).is_none() {
            self.missing(walk, at, key);
        }
        self.text(walk, at, key)
    }

    pub(super) fn flag(&mut self, walk: &mut Walk<'_>, at: &At<'_>, key: &'static str) -> Option<bool> {
        let node = self.get(key)?;
        if let Value::Bool(flag) = node.value {
            return Some(flag);
        }
        walk.wrong_kind(node, &at.key(key), key, "`true` or `false`");
        None
    }

    /// A number in JSON's form, with every digit.
    pub(super) fn number(&mut self, walk: &mut Walk<'_>, at: &At<'_>, key: &'static str) -> Option<String> {
        let node = self.get(key)?;
        if let Value::Number(number) = &node.value {
            return Some(number.to_json().into_owned());
        }
        walk.wrong_kind(node, &at.key(key), key, "a number");
        None
    }

    /// A number above zero: what is divided by it.
    pub(super) fn positive(&mut self, walk: &mut Walk<'_>, at: &At<'_>, key: &'static str) -> Option<String> {
        let number = self.number(walk, at, key)?;
        if !number.starts_with('-') && number.contains(|digit: char| matches!(digit, '1'..='9')) {
            return Some(number);
        }
        let node = self.get(key)?;
        let message = format!("`{key}` must be greater than 0");
        let help = "write a number above 0, or remove the key";
        walk.error(Code::InvalidValue, node, &at.key(key), message, help);
        None
    }

    pub(super) fn count(&mut self, walk: &mut Walk<'_>, at: &At<'_>, key: &'static str) -> Option<u64> {
        let node = self.get(key)?;
        if let Value::Number(number) = &node.value
            && let Some(count) = number.as_count()
        {
            return Some(count);
        }
        walk.wrong_kind(node, &at.key(key), key, "a whole number from 0");
        None
    }

    pub(super) fn texts(&mut self, walk: &mut Walk<'_>, at: &At<'_>, key: &'static str) -> Vec<String> {
        let Some(node) = self.get(key) else { return Vec::new() };
        walk.texts(node, &at.key(key), key)
    }

    /// Reports that a key is missing, and with it the one that is written in its place.
    pub(super) fn missing(&mut self, walk: &mut Walk<'_>, at: &At<'_>, key: &'static str) {
        let message = format!("{} has no `{key}`", self.what);
        let is_meant = |name: &str| !name.starts_with("x-") && nearest(name, std::iter::once(key)).is_some();
        let unread = self.object.iter().filter(|member| !self.taken.contains(&&*member.name));
        let Some(misspelt) = unread.into_iter().find(|member| is_meant(&member.name)) else {
            return walk.error(Code::MissingKey, self.node, at, message, &format!("add `{key}:` here"));
        };
        let pointer = at.key(&misspelt.name).pointer();
        let help = format!("did you mean `{key}` for `{}`?", misspelt.name);
        let error = Diagnostic::error(Code::MissingKey, Some(misspelt.name_place), pointer, message);
        walk.diagnostics.push(error.help(help));
        self.misspelt.push(&misspelt.name);
    }

    /// Reports the members that no reader took, and returns the extensions of this generator.
    pub(super) fn finish(self, walk: &mut Walk<'_>, at: &At<'_>) -> IndexMap<String, Json> {
        let mut extensions = IndexMap::new();
        for member in self.object {
            let name: &str = &member.name;
            if let Some(claims) = &mut walk.claims {
                self.claim(member, claims);
            }
            if name.starts_with("x-client-") {
                if !HOLD_EXTENSIONS.contains(&self.what) {
                    self.idle_extension(walk, at, member);
                }
                extensions.insert(name.to_owned(), to_json(&member.value));
            } else if name.starts_with("x-") {
                walk.left_out.push((member.name_place, at.key(name).pointer()));
            } else if !self.taken.contains(&name) && !self.misspelt.contains(&name) {
                let diagnostic = Diagnostic::warning(
                    Code::UnknownKey,
                    Some(member.name_place),
                    at.key(name).pointer(),
                    self.unknown_key(name, walk.version),
                )
                .help(self.advice(name, walk.version));
                walk.diagnostics.push(diagnostic);
            }
        }
        extensions
    }

    fn idle_extension(&self, walk: &mut Walk<'_>, at: &At<'_>, member: &Member) {
        let name: &str = &member.name;
        let message = format!("{} has no extension `{name}`: it is ignored", self.what);
        let help = "remove it, or move it to an operation or a schema";
        let place = Some(member.name_place);
        let warning = Diagnostic::warning(Code::UnknownExtension, place, at.key(name).pointer(), message);
        walk.diagnostics.push(warning.help(help));
    }

    fn claim(&self, member: &Member, claims: &mut Claims) {
        let name: &str = &member.name;
        if self.handed_on.contains(&name) {
            claims.handed_on.insert(member.name_place);
        } else if self.taken.contains(&name) && !self.skipped.contains(&name) {
            claims.claimed.insert(member.name_place);
        }
    }

    /// Since 3.1 a schema may have keys of other vocabularies.
    fn is_open(&self, version: Version) -> bool {
        self.what == "a schema" && version >= Version::V31
    }

    fn unknown_key(&self, name: &str, version: Version) -> String {
        let (what, version_text) = (self.what, version.text());
        if self.is_open(version) {
            return format!("`{name}` is not a keyword of a schema in {version_text}: it is ignored");
        }
        format!("{what} has no key `{name}` in {version_text}: it is ignored")
    }

    /// Returns the help for an unknown key. It does not propose a key that the object already has.
    fn advice(&self, name: &str, version: Version) -> String {
        let known = self.taken.iter().chain(more_keys(self.what, version));
        let absent = known.copied().filter(|key| !self.object.contains(key));
        if let Some(near) = nearest(name, absent) {
            return format!("did you mean `{near}`?");
        }
        if self.is_open(version) {
            return "remove the key, unless another tool reads it".to_owned();
        }
        "remove the key, or write it as an extension (`x-...`)".to_owned()
    }
}

/// A reference where the object has a `$ref`, or else the object itself.
pub(super) fn reference_or<T>(
    walk: &mut Walk<'_>,
    node: &Node,
    at: &At<'_>,
    read: impl FnOnce(&mut Walk<'_>, &Node, &At<'_>) -> Option<T>,
) -> Option<ReferenceOr<T>> {
    let Some(reference) = node.as_object().and_then(|object| object.get("$ref")) else {
        return read(walk, node, at).map(ReferenceOr::Item);
    };
    let reference = walk.reference(node, reference, at)?;
    Some(ReferenceOr::Reference { reference })
}

/// The value without its places, for the parts of `openapiv3` that hold any JSON.
pub(crate) fn to_json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Number(number) => {
            let integer = number
                .as_i64()
                .map(Json::from)
                .or_else(|| number.as_u64().map(Json::from));
            integer
                .or_else(|| number.as_f64().map(Json::from))
                .unwrap_or(Json::Null)
        }
        Value::String(text) => Json::String(text.to_string()),
        Value::Array(elements) => Json::Array(elements.iter().map(to_json).collect()),
        Value::Object(object) => Json::Object(
            object
                .iter()
                .map(|member| (member.name.to_string(), to_json(&member.value)))
                .collect(),
        ),
    }
}

/// Words as a sentence lists them.
pub(super) fn quoted(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => quoted.concat(),
    }
}
