//! An operation as recognition sees it: its parameters, and the members of its response and its body.

use super::operations::{Methods, Operation};
use crate::read::{Node, Object};

/// References that are followed to a value.
const MAX_REFERENCES: usize = 16;
/// Objects within each other that are looked into.
const MAX_LEVELS: usize = 4;
/// Parts of an `allOf` within each other.
const MAX_PARTS: usize = 8;
/// Members of a response that are looked at.
const MAX_MEMBERS: usize = 2_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    Array,
    String,
    /// An integer or a number.
    Number,
    Boolean,
    Other,
}

/// A member of a JSON object, at any depth outside of arrays.
#[derive(Clone, Debug)]
pub(super) struct Leaf<'a> {
    pub(super) path: Vec<&'a str>,
    pub(super) kind: Kind,
    /// The schema, with references followed.
    pub(super) schema: &'a Node,
    /// The schema where it is used.
    pub(super) usage: &'a Node,
}

impl<'a> Leaf<'a> {
    pub(super) fn name(&self) -> &'a str {
        self.path.last().copied().unwrap_or_default()
    }

    /// The names of the objects around it.
    pub(super) fn around(&self) -> &[&'a str] {
        self.path.split_last().map_or(&[], |(_, around)| around)
    }

    /// What the document says of it.
    pub(super) fn text(&self) -> String {
        text_of(self.usage, self.schema)
    }

    pub(super) fn format(&self) -> Option<&'a str> {
        self.schema.get("format").and_then(Node::as_str)
    }
}

/// A parameter.
#[derive(Clone, Debug)]
pub(super) struct Parameter<'a> {
    pub(super) name: &'a str,
    pub(super) location: &'a str,
    pub(super) schema: Option<&'a Node>,
    pub(super) kind: Kind,
    pub(super) text: String,
}

impl Parameter<'_> {
    /// An integer of its schema.
    pub(super) fn integer(&self, key: &str) -> Option<i64> {
        self.schema?.get(key)?.as_number()?.as_i64()
    }
}

pub(super) struct View<'a> {
    root: &'a Node,
    methods: &'a Methods<'a>,
    pub(super) path: &'a str,
    pub(super) method: &'a str,
    pub(super) operation: &'a Node,
    pub(super) parameters: Vec<Parameter<'a>>,
}

impl<'a> View<'a> {
    pub(super) fn new(root: &'a Node, methods: &'a Methods<'a>, operation: &Operation<'a>) -> Self {
        let mut view = Self {
            root,
            methods,
            path: operation.path,
            method: operation.method,
            operation: operation.node,
            parameters: Vec::new(),
        };
        for owner in [operation.node, operation.item] {
            let parameters = owner.get("parameters").and_then(Node::as_array).unwrap_or_default();
            for parameter in parameters {
                if let Some(parameter) = view.parameter(parameter) {
                    view.parameters.push(parameter);
                }
            }
        }
        view
    }

    fn parameter(&self, node: &'a Node) -> Option<Parameter<'a>> {
        let node = self.target(node)?;
        let own = node.get("schema").and_then(|schema| self.target(schema));
        Some(Parameter {
            name: string(node, "name")?,
            location: string(node, "in")?,
            schema: own,
            kind: own.map_or(Kind::Other, |schema| self.kind(schema)),
            text: own.map_or_else(|| text_of(node, node), |schema| text_of(node, schema)),
        })
    }

    /// What a reference leads to in the end, or else the value itself.
    pub(super) fn target(&self, node: &'a Node) -> Option<&'a Node> {
        let mut node = node;
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = string(node, "$ref") else {
                return Some(node);
            };
            node = self.root.at(reference.strip_prefix('#')?)?;
        }
        None
    }

    /// The method of the operation with this id.
    pub(super) fn method_of(&self, id: &str) -> Option<String> {
        self.methods.get(id).map(|method| method.to_ascii_uppercase())
    }

    /// The first response of success.
    pub(super) fn response(&self) -> Option<&'a Node> {
        let responses = self.operation.get("responses")?.as_object()?;
        let mut successes = responses.iter().filter(|response| response.name.starts_with('2'));
        self.target(&successes.next()?.value)
    }

    /// The names of the headers of the response.
    pub(super) fn headers(&self) -> Vec<&'a str> {
        let headers = self
            .response()
            .and_then(|response| response.get("headers")?.as_object());
        headers
            .into_iter()
            .flat_map(Object::iter)
            .map(|header| &*header.name)
            .collect()
    }

    /// The schema of the response in JSON.
    pub(super) fn answer(&self) -> Option<&'a Node> {
        self.target(json_schema(self.response()?)?)
    }

    /// The members of the response.
    pub(super) fn members(&self) -> Vec<Leaf<'a>> {
        self.answer().map(|schema| self.leaves(schema)).unwrap_or_default()
    }

    /// The members of the body in JSON.
    pub(super) fn body(&self) -> Vec<Leaf<'a>> {
        let body = self.operation.get("requestBody").and_then(|body| self.target(body));
        let schema = body.and_then(json_schema).and_then(|schema| self.target(schema));
        schema.map(|schema| self.leaves(schema)).unwrap_or_default()
    }

    fn leaves(&self, schema: &'a Node) -> Vec<Leaf<'a>> {
        let mut leaves = Vec::new();
        let mut open = vec![(Vec::new(), schema)];
        while let Some((path, schema)) = open.pop() {
            let mut properties = Vec::new();
            self.properties(schema, 0, &mut properties);
            for (name, usage) in properties {
                let Some(schema) = self.target(usage) else { continue };
                let mut path = path.clone();
                path.push(name);
                let kind = self.kind(schema);
                if kind == Kind::Object && path.len() < MAX_LEVELS {
                    open.push((path.clone(), schema));
                }
                leaves.push(Leaf {
                    path,
                    kind,
                    schema,
                    usage,
                });
            }
            if leaves.len() > MAX_MEMBERS {
                break;
            }
        }
        leaves.sort_by_key(|leaf| leaf.path.len());
        leaves
    }

    fn properties(&self, schema: &'a Node, depth: usize, into: &mut Vec<(&'a str, &'a Node)>) {
        let own = schema.get("properties").and_then(Node::as_object);
        into.extend(
            own.into_iter()
                .flat_map(Object::iter)
                .map(|member| (&*member.name, &member.value)),
        );
        if depth < MAX_PARTS {
            for part in self.parts(schema) {
                self.properties(part, depth + 1, into);
            }
        }
    }

    fn parts(&self, schema: &'a Node) -> impl Iterator<Item = &'a Node> {
        let parts = schema.get("allOf").and_then(Node::as_array).unwrap_or_default();
        parts.iter().filter_map(|part| self.target(part))
    }

    pub(super) fn kind(&self, schema: &'a Node) -> Kind {
        self.kind_within(schema, 0)
    }

    fn kind_within(&self, schema: &'a Node, depth: usize) -> Kind {
        match string(schema, "type") {
            Some("object") => return Kind::Object,
            Some("array") => return Kind::Array,
            Some("string") => return Kind::String,
            Some("integer" | "number") => return Kind::Number,
            Some("boolean") => return Kind::Boolean,
            _ => {}
        }
        if schema.get("properties").is_some() {
            return Kind::Object;
        }
        if schema.get("items").is_some() {
            return Kind::Array;
        }
        if depth >= MAX_PARTS {
            return Kind::Other;
        }
        let mut kinds = self.parts(schema).map(|part| self.kind_within(part, depth + 1));
        kinds.find(|kind| *kind != Kind::Other).unwrap_or(Kind::Other)
    }

    /// What the elements of an array are.
    pub(super) fn element(&self, array: &'a Node) -> Kind {
        let element = array.get("items").and_then(|element| self.target(element));
        element.map_or(Kind::Other, |element| self.kind(element))
    }
}

/// The schema of a body in JSON.
fn json_schema(body: &Node) -> Option<&Node> {
    let content = body.get("content")?.as_object()?;
    let is_json = |name: &str| {
        let essence = name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        essence == "application/json" || essence.ends_with("+json") || essence == "text/json" || essence == "*/*"
    };
    let json = content.get("application/json");
    let json = json.or_else(|| {
        content
            .iter()
            .find(|media| is_json(&media.name))
            .map(|media| &media.value)
    });
    json?.get("schema")
}

pub(super) fn string<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    node.get(key)?.as_str()
}

fn text_of(usage: &Node, schema: &Node) -> String {
    let texts = [string(usage, "description"), string(schema, "description")];
    texts.into_iter().flatten().collect::<Vec<_>>().join(" ").to_lowercase()
}
