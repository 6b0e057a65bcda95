//! Bodies: parameters `in: body` and `in: formData` are one request body since.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use super::{Swagger, object_of, parameter, response::of_body, text};
use crate::{
    at::At,
    diagnostic::Place,
    read::{Node, Object, Text, Value, push_segment, unescape},
};

const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A parameter that is part of a body, with its pointer.
#[derive(Clone)]
pub(super) struct BodyParameter {
    node: Rc<Node>,
    pointer: String,
    /// The name under `components`, where the parameter is shared.
    shared: Option<Text>,
}

impl BodyParameter {
    fn text(&self, key: &str) -> &str {
        self.node.get(key).and_then(Node::as_str).unwrap_or_default()
    }

    fn is_body(&self) -> bool {
        self.text("in") == "body"
    }

    /// What it replaces in a path item: the body, or the field of its name.
    fn key(&self) -> (bool, &str) {
        let is_body = self.is_body();
        (is_body, if is_body { "" } else { self.text("name") })
    }

    fn is_required(&self) -> bool {
        self.node.get("required").and_then(Node::as_bool) == Some(true)
    }
}

impl Swagger<'_> {
    /// The parts of bodies among the parameters of a path item; the others keep their place.
    pub(super) fn shared_parameters(&mut self, item: &mut Object, at: &At<'_>) -> Vec<BodyParameter> {
        let Some(parameters) = item.get_mut("parameters") else {
            return Vec::new();
        };
        self.split(parameters, &at.key("parameters"))
    }

    /// Gives an operation its request body, made of its own parameters and those of the path item.
    pub(super) fn operation_parameters(
        &mut self,
        operation: &mut Object,
        shared: &[BodyParameter],
        consumes: Option<&[Text]>,
        at: &At<'_>,
    ) {
        let own = match operation.get_mut("parameters") {
            Some(parameters) => self.split(parameters, &at.key("parameters")),
            None => Vec::new(),
        };
        let known: BTreeSet<(bool, &str)> = own.iter().map(BodyParameter::key).collect();
        let is_replaced = |part: &&BodyParameter| known.contains(&part.key());
        let mut parts: Vec<BodyParameter> = shared.iter().filter(|part| !is_replaced(part)).cloned().collect();
        parts.extend(own);
        let Some(first) = parts.first() else { return };
        let place = first.node.place;
        let (bodies, fields): (Vec<BodyParameter>, Vec<BodyParameter>) =
            parts.into_iter().partition(BodyParameter::is_body);
        if let Some(extra) = bodies.get(1).or_else(|| fields.first().filter(|_| !bodies.is_empty())) {
            let message = "the operation has parameters in `body` and in `formData`, but a request has only one body";
            self.contradiction(
                extra.node.place,
                at,
                message,
                "remove the parameter in `body` or the parameters in \
                `formData`",
            );
        }
        let body = match bodies.into_iter().next() {
            Some(body) => self.whole_body(body, consumes, at),
            None => self.form(fields, consumes, place, at),
        };
        operation.insert("requestBody", place, body);
    }

    /// Takes the parts of bodies out of a list of parameters, and converts the others.
    fn split(&mut self, list: &mut Node, at: &At<'_>) -> Vec<BodyParameter> {
        let Some(elements) = list.as_array_mut() else {
            return Vec::new();
        };
        let mut parts = Vec::new();
        let mut others = Vec::with_capacity(elements.len());
        for (index, mut node) in std::mem::take(elements).into_iter().enumerate() {
            let here = at.index(index);
            if is_part(&node) {
                let pointer = here.pointer();
                let node = Rc::new(node);
                parts.push(BodyParameter {
                    node,
                    pointer,
                    shared: None,
                });
                continue;
            }
            if let Some((name, part)) = self.shared_part(&node) {
                let reference = node.as_object().and_then(|object| object.member("$ref"));
                self.removed.claimed.extend(reference.map(|member| member.name_place));
                let pointer = At::ROOT.key("parameters").key(&name).pointer();
                parts.push(BodyParameter {
                    node: part,
                    pointer,
                    shared: Some(name),
                });
                continue;
            }
            self.parameter(&mut node, &here);
            redirect(&mut node);
            if others.len() != index {
                let (to, from) = (others.len().to_string(), index.to_string());
                self.moved(at, &[&to], &[&from]);
            }
            others.push(node);
        }
        *elements = others;
        parts
    }

    /// The shared parameter that a reference leads to, where it is part of a body.
    fn shared_part(&self, node: &Node) -> Option<(Text, Rc<Node>)> {
        let name = node.get("$ref")?.as_str()?.strip_prefix("#/parameters/")?;
        let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
        let (name, shared) = self.bodies.get_key_value(&*unescape(&name))?;
        Some((name.clone(), Rc::clone(shared)))
    }

    /// The parameter itself, copied where others use it too.
    fn own(&mut self, node: Rc<Node>, at: &At<'_>) -> Option<Node> {
        match Rc::try_unwrap(node) {
            Ok(node) => Some(node),
            Err(shared) => self.copy(&shared, at),
        }
    }

    /// The request body of a parameter `in: body`.
    fn whole_body(&mut self, part: BodyParameter, consumes: Option<&[Text]>, at: &At<'_>) -> Node {
        let place = part.node.place;
        let is_usual = consumes.is_none_or(|own| own == self.consumes);
        if let Some(name) = part.shared.filter(|_| is_usual) {
            let mut reference = "#/components/requestBodies".to_owned();
            push_segment(&mut reference, &name);
            return Node::new(
                place,
                Value::Object(object_of("$ref", place, Value::from(reference.as_str()))),
            );
        }
        let types = consumes.map_or_else(|| self.consumes.clone(), <[Text]>::to_vec);
        let here = At::of(&part.pointer);
        let Some(node) = self.own(part.node, &here) else {
            return Node::new(place, Value::Object(Object::new()));
        };
        let body = self.request_body(node, &types, &here);
        self.moves.add(&at.key("requestBody").pointer(), &part.pointer);
        body
    }

    /// A parameter `in: body` as a request body of these media types.
    fn request_body(&mut self, mut node: Node, types: &[Text], at: &At<'_>) -> Node {
        let place = node.place;
        let Some(parameter) = node.as_object_mut() else {
            return node;
        };
        self.take(parameter, "in");
        // A body has no name on the wire.
        let name = parameter.remove("name");
        self.removed.left_out.extend(name.map(|name| name.name_place));
        let content = match self.take(parameter, "schema") {
            Some(schema) => {
                let types = of_body(&schema.value, types);
                self.content(schema.value, &types, at)
            }
            None => Value::Object(Object::new()),
        };
        parameter.insert("content", place, Node::new(place, content));
        self.changed(place, "in: body", "`requestBody`");
        node
    }

    /// The request body of parameters `in: formData`: an object with a property each.
    fn form(&mut self, fields: Vec<BodyParameter>, consumes: Option<&[Text]>, place: Place, at: &At<'_>) -> Node {
        let has_file = fields.iter().any(|field| field.text("type") == "file");
        let types = form_types(consumes.unwrap_or(&self.consumes), has_file);
        let body = at.key("requestBody");
        let mut form = Form::default();
        for field in fields {
            let (name, is_required) = (field.text("name").to_owned(), field.is_required());
            let Some(node) = self.own(field.node, &At::of(&field.pointer)) else {
                break;
            };
            let place = node.place;
            if parameter::is_unknown(&node) {
                let message = format!("array `{name}` has an unknown `collectionFormat`: it is written as `csv`");
                let help = "use `csv`, `ssv`, `tsv`, `pipes` or `multi`";
                self.weakened(place, &At::of(&field.pointer), message, help);
            }
            self.claim_field(&node);
            form.add(node, &name, is_required);
            for media_type in &types {
                let to = ["content", media_type, "schema", "properties", &name];
                let mut pointer = body.pointer();
                for segment in to {
                    push_segment(&mut pointer, segment);
                }
                self.moves.add(&pointer, &field.pointer);
            }
            self.changed(place, "in: formData", "`requestBody`");
        }
        form.body(&types, place)
    }

    /// Claims what [`Form::add`] reads of a field besides its schema.
    fn claim_field(&mut self, field: &Node) {
        let keys = ["in", "name", "required", "collectionFormat"];
        let members = keys.iter().filter_map(|key| field.as_object()?.member(key));
        self.removed.claimed.extend(members.map(|member| member.name_place));
    }

    /// The shared parameters: bodies among `requestBodies`, fields of forms where they are used, the rest as they were.
    pub(super) fn shared_sections(&mut self, section: Node, components: &mut Object) {
        let Node {
            place,
            value: Value::Object(section),
        } = section
        else {
            return;
        };
        let (mut parameters, mut bodies) = (Object::new(), Object::new());
        let at = At::ROOT.key("parameters");
        for member in section.into_members() {
            let at = at.key(&member.name);
            let mut node = member.value;
            match node.get("in").and_then(Node::as_str) {
                Some("body") => {
                    let types = self.consumes.clone();
                    let body = self.request_body(node, &types, &at);
                    bodies.insert(member.name, member.name_place, body);
                }
                Some("formData") => {}
                _ => {
                    self.parameter(&mut node, &at);
                    redirect(&mut node);
                    parameters.insert(member.name, member.name_place, node);
                }
            }
        }
        for (key, section) in [("parameters", parameters), ("requestBodies", bodies)] {
            if !section.is_empty() {
                components.insert(key, place, Node::new(place, Value::Object(section)));
                self.moved(&At::ROOT, &["components", key], &["parameters"]);
            }
        }
    }
}

/// The shared parameters that are parts of bodies.
pub(super) fn shared(parameters: Option<&Node>) -> BTreeMap<Text, Rc<Node>> {
    let parameters = parameters.and_then(Node::as_object);
    let parts = parameters
        .into_iter()
        .flat_map(Object::iter)
        .filter(|member| is_part(&member.value));
    parts
        .map(|member| (member.name.clone(), Rc::new(member.value.clone())))
        .collect()
}

fn is_part(node: &Node) -> bool {
    matches!(node.get("in").and_then(Node::as_str), Some("body" | "formData"))
}

/// The schema of a form while it grows.
#[derive(Default)]
struct Form {
    properties: Object,
    required: Vec<Node>,
    encoding: Object,
}

impl Form {
    fn add(&mut self, mut field: Node, name: &str, is_required: bool) {
        let place = field.place;
        let Some(object) = field.as_object_mut() else { return };
        let format = text(object, "collectionFormat").map(str::to_owned);
        let mut schema = parameter::schema(object);
        parameter::without_collection_format(&mut schema);
        if let Some(encoding) = parameter::encoding(&schema, format.as_deref(), place) {
            self.encoding.insert(name, place, Node::new(place, encoding));
        }
        if let Some(description) = object.remove("description") {
            schema.insert(description.name, description.name_place, description.value);
        }
        if is_required {
            self.required.push(Node::new(place, Value::from(name)));
        }
        self.properties
            .insert(name, place, Node::new(place, Value::Object(schema)));
    }

    fn body(self, types: &[Text], place: Place) -> Node {
        let is_required = !self.required.is_empty();
        let mut schema = object_of("type", place, Value::from("object"));
        schema.insert("properties", place, Node::new(place, Value::Object(self.properties)));
        if is_required {
            schema.insert("required", place, Node::new(place, Value::Array(self.required)));
        }
        let mut content = Object::new();
        for media_type in types {
            let mut entry = object_of("schema", place, Value::Object(schema.clone()));
            if !self.encoding.is_empty() {
                entry.insert(
                    "encoding",
                    place,
                    Node::new(place, Value::Object(self.encoding.clone())),
                );
            }
            content.insert(media_type.clone(), place, Node::new(place, Value::Object(entry)));
        }
        let mut body = object_of("content", place, Value::Object(content));
        if is_required {
            body.insert("required", place, Node::new(place, Value::Bool(true)));
        }
        Node::new(place, Value::Object(body))
    }
}

/// The media type of a form. Only one can carry files; where both could be meant, the plain one is.
fn form_types(listed: &[Text], has_file: bool) -> Vec<Text> {
    let is = |one: &Text, media_type: &str| {
        let essence = one.split(';').next().unwrap_or_default();
        essence.trim().eq_ignore_ascii_case(media_type)
    };
    let listed = |media_type| listed.iter().find(|one| is(one, media_type));
    let usual = |media_type| Text::from(media_type);
    let multipart = || listed(MULTIPART).cloned().unwrap_or_else(|| usual(MULTIPART));
    vec![match listed(FORM) {
        _ if has_file => multipart(),
        None if listed(MULTIPART).is_some() => multipart(),
        form => form.cloned().unwrap_or_else(|| usual(FORM)),
    }]
}

/// References to shared parameters lead to `components`.
fn redirect(node: &mut Node) {
    if let Some(reference) = node.as_object_mut().and_then(|object| object.get_mut("$ref"))
        && let Some(name) = reference.as_str().and_then(|text| text.strip_prefix("#/parameters/"))
    {
        reference.value = Value::from(format!("#/components/parameters/{name}").as_str());
    }
}
