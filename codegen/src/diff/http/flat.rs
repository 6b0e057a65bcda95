//! A schema with its references followed and its parts merged: what HTTP allows, whatever way it is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diff::tree::{Tree, json, key, last},
    read::Node,
};

/// What a schema allows.
#[derive(Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is a keyword of the schema")]
pub(super) struct Flat {
    pub(super) ty: Option<String>,
    pub(super) format: Option<String>,
    pub(super) is_nullable: bool,
    /// The values of `enum` or `const`, as JSON, with their pointers.
    pub(super) values: Option<BTreeMap<String, String>>,
    /// By keyword: the value.
    pub(super) limits: BTreeMap<&'static str, String>,
    /// By name: the pointer.
    pub(super) properties: BTreeMap<String, String>,
    pub(super) required: BTreeSet<String>,
    pub(super) additional: Additional,
    pub(super) items: Option<String>,
    pub(super) prefix_items: Vec<String>,
    /// The alternatives of each `oneOf` or `anyOf`.
    pub(super) choices: Vec<Vec<String>>,
    pub(super) discriminator: Option<String>,
    /// The discriminator values, each with what it selects.
    pub(super) mapping: BTreeMap<String, String>,
    pub(super) is_read_only: bool,
    pub(super) is_write_only: bool,
    pub(super) is_deprecated: bool,
    pub(super) default: Option<String>,
    /// Keywords that are compared as they are: conditions, patterns of names.
    pub(super) others: BTreeMap<String, String>,
}

/// What other members than the properties an object may have.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Additional {
    #[default]
    Any,
    Nothing,
    Of(String),
}

const LIMITS: [&str; 13] = [
    "minimum",
    "maximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minContains",
    "maxContains",
    "minProperties",
    "maxProperties",
];

/// Keywords with schemas that are compared as text.
const OTHERS: [&str; 9] = [
    "not",
    "if",
    "then",
    "else",
    "contains",
    "patternProperties",
    "propertyNames",
    "dependentSchemas",
    "dependentRequired",
];

/// More parts are not merged: a document that has them is an attack.
const MAX_PARTS: usize = 1_000;

/// Merges a schema and its parts.
pub(super) fn flat(tree: &Tree, pointer: &str) -> Flat {
    let mut merged = Flat::default();
    let mut open = vec![pointer.to_owned()];
    let mut seen = BTreeSet::new();
    while let Some(pointer) = open.pop() {
        let target = tree.target(&pointer);
        if seen.len() > MAX_PARTS || !seen.insert(target.clone()) {
            continue;
        }
        let Some(node) = tree.at(&target) else { continue };
        merged.take(node, &target);
        let parts = node.get("allOf").and_then(Node::as_array).map_or(0, <[Node]>::len);
        open.extend((0..parts).rev().map(|part| format!("{target}/allOf/{part}")));
    }
    merged.take_discriminator(tree);
    if let [only] = merged.choices.as_slice()
        && let [only] = only.as_slice()
        && merged.is_bare()
    {
        // A choice of one is what it refers to.
        let only = only.clone();
        return flat(tree, &only);
    }
    merged
}

impl Flat {
    /// Whether nothing but a choice is declared.
    fn is_bare(&self) -> bool {
        self.ty.as_deref().is_none_or(|ty| ty == "object")
            && self.properties.is_empty()
            && self.values.is_none()
            && self.discriminator.is_none()
            && self.items.is_none()
    }

    fn take(&mut self, node: &Node, pointer: &str) {
        let text = |name: &str| node.get(name).and_then(Node::as_str).map(str::to_owned);
        let flag = |name: &str| node.get(name).and_then(Node::as_bool).unwrap_or_default();
        self.ty = self.ty.take().or_else(|| text("type"));
        self.format = self.format.take().or_else(|| text("format"));
        self.is_nullable |= flag("nullable");
        self.is_read_only |= flag("readOnly");
        self.is_write_only |= flag("writeOnly");
        self.is_deprecated |= flag("deprecated");
        self.default = self.default.take().or_else(|| node.get("default").map(json));
        self.take_values(node, pointer);
        self.take_limits(node);
        self.take_members(node, pointer);
        for keyword in ["oneOf", "anyOf"] {
            if let Some(variants) = node.get(keyword).and_then(Node::as_array)
                && !variants.is_empty()
            {
                let variants = (0..variants.len()).map(|index| format!("{pointer}/{keyword}/{index}"));
                self.choices.push(variants.collect());
            }
        }
        if let Some(discriminator) = node.get("discriminator") {
            let property = discriminator.get("propertyName").and_then(Node::as_str);
            self.discriminator = property.map(str::to_owned);
            let mapping = discriminator.get("mapping").and_then(Node::as_object);
            for member in mapping.into_iter().flat_map(|mapping| mapping.iter()) {
                let target = member.value.as_str().unwrap_or_default();
                self.mapping.insert(member.name.to_string(), last(target));
            }
        }
        for keyword in OTHERS {
            if let Some(value) = node.get(keyword) {
                self.others.insert(keyword.to_owned(), json(value));
            }
        }
    }

    fn take_values(&mut self, node: &Node, pointer: &str) {
        if let Some(constant) = node.get("const") {
            self.values = Some(BTreeMap::from([(json(constant), key(pointer, "const"))]));
        } else if let Some(values) = node.get("enum").and_then(Node::as_array) {
            let values = values.iter().enumerate();
            let values = values.map(|(index, value)| (json(value), format!("{pointer}/enum/{index}")));
            self.values = Some(values.collect());
        }
    }

    fn take_limits(&mut self, node: &Node) {
        for keyword in LIMITS {
            let Some(value) = node.get(keyword) else { continue };
            let is_exclusive = match keyword {
                "minimum" => node.get("exclusiveMinimum"),
                "maximum" => node.get("exclusiveMaximum"),
                _ => None,
            };
            if keyword == "uniqueItems" && value.as_bool() == Some(false) {
                continue;
            }
            let text = value.as_str().map_or_else(|| json(value), str::to_owned);
            let is_exclusive = is_exclusive.and_then(Node::as_bool).unwrap_or_default();
            let text = if is_exclusive { format!("{text} excluded") } else { text };
            self.limits.entry(keyword).or_insert(text);
        }
    }

    fn take_members(&mut self, node: &Node, pointer: &str) {
        if let Some(properties) = node.get("properties").and_then(Node::as_object) {
            let properties_at = key(pointer, "properties");
            for property in properties {
                let at = key(&properties_at, &property.name);
                self.properties.entry(property.name.to_string()).or_insert(at);
            }
        }
        let required = node.get("required").and_then(Node::as_array).unwrap_or_default();
        self.required
            .extend(required.iter().filter_map(Node::as_str).map(str::to_owned));
        match node.get("additionalProperties") {
            Some(node) if node.as_bool() == Some(false) => self.additional = Additional::Nothing,
            Some(node) if node.as_object().is_some_and(|object| !object.is_empty()) => {
                self.additional = Additional::Of(key(pointer, "additionalProperties"));
            }
            _ => {}
        }
        if node.get("items").is_some() {
            self.items = Some(key(pointer, "items"));
        }
        if let Some(items) = node.get("prefixItems").and_then(Node::as_array) {
            self.prefix_items = (0..items.len())
                .map(|index| format!("{pointer}/prefixItems/{index}"))
                .collect();
        }
    }

    /// The variants that no mapping names are selected by the names of their components.
    fn take_discriminator(&mut self, tree: &Tree) {
        if self.discriminator.is_none() {
            return;
        }
        for variant in self.choices.iter().flatten() {
            let target = tree.target(variant);
            if let Some(name) = target.strip_prefix("/components/schemas/")
                && !name.contains('/')
            {
                let name = last(&target);
                if !self.mapping.values().any(|mapped| *mapped == name) {
                    self.mapping.insert(name.clone(), name);
                }
            }
        }
    }
}
