//! Operations: what a call takes and what it gives back.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{MediaType, PathItem, ReferenceOr};

use super::{Lowering, body, extension::OperationExtensions, schema::element, security::is_token};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Body, Group, Location, Method, Operation, PageField, Paging, Shape, TypeRef},
};

impl<'d> Lowering<'d> {
    /// The operations of all paths, by group.
    pub(super) fn groups(&mut self) -> Vec<Group> {
        let mut groups: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
        let mut tags: BTreeMap<String, IndexSet<&str>> = BTreeMap::new();
        let paths = At::ROOT.key("paths");
        for (path, item) in self.openapi().paths.iter() {
            let at = paths.key(path);
            // A reference that could be followed has been replaced by what it leads to; the others have been reported.
            let ReferenceOr::Item(item) = item else { continue };
            for (method, operation, pointer) in self.operations_of(item, &at) {
                let at = At::of(&pointer);
                if let Some((group, lowered)) = self.operation(path, item, method, operation, &at) {
                    tags.entry(group.clone())
                        .or_default()
                        .extend(operation.tags.first().map(String::as_str));
                    groups.entry(group).or_default().extend(lowered);
                }
            }
        }
        groups
            .into_iter()
            .map(|(name, mut operations)| {
                operations.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
                let docs = self.group_docs(tags.get(&name));
                Group { name, docs, operations }
            })
            .collect()
    }

    /// The operations of a path item, with their pointers.
    pub(super) fn operations_of(
        &mut self,
        item: &'d PathItem,
        at: &At<'_>,
    ) -> Vec<(Method, &'d openapiv3::Operation, String)> {
        let usual = methods(item).map(|(method, key, operation)| (method, operation, at.key(key).pointer()));
        let mut operations: Vec<_> = usual.collect();
        let document = self.document;
        for other in document.other_methods.get(&at.pointer()).into_iter().flatten() {
            let here = At::of(&other.pointer);
            let is_taken = operations.iter().any(|(method, ..)| method.as_str() == other.method);
            if is_taken || !is_token(&other.method) {
                let message = if is_taken {
                    format!(
                        "the path has an operation of the method `{}` already: this one is left out",
                        other.method
                    )
                } else {
                    format!("`{}` is no method: the operation is left out", other.method)
                };
                self.warn(
                    Code::Weakened,
                    &here,
                    message,
                    "write the method as it is sent, each one once",
                );
                continue;
            }
            let method = Method::Other(other.method.clone());
            operations.push((method, &other.operation, other.pointer.clone()));
        }
        operations
    }

    /// A group is described by the tags of its operations, in the order in which the document lists the tags.
    fn group_docs(&self, names: Option<&IndexSet<&str>>) -> String {
        let is_used = |tag: &&openapiv3::Tag| names.is_some_and(|names| names.contains(tag.name.as_str()));
        let tags = self.openapi().tags.iter().filter(is_used);
        let docs: Vec<&str> = tags
            .filter_map(|tag| tag.description.as_deref())
            .map(str::trim)
            .collect();
        docs.join("\n\n")
    }

    fn operation(
        &mut self,
        path: &'d str,
        item: &'d PathItem,
        method: Method,
        operation: &'d openapiv3::Operation,
        at: &At<'_>,
    ) -> Option<(String, Vec<Operation>)> {
        let extensions = OperationExtensions::read(self, operation, at);
        let id = operation
            .operation_id
            .clone()
            .filter(|id| !id.trim().is_empty())
            .unwrap_or_else(|| id_of(&method, path));
        let name = extensions
            .method
            .filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| id.clone());
        let group = extensions
            .group
            .or_else(|| operation.tags.first().cloned())
            .filter(|group| !group.trim().is_empty())
            .unwrap_or_else(|| "api".to_owned());
        let paths = At::ROOT.key("paths");
        let shared = (&*item.parameters, &paths.key(path));
        let mut arguments = self.arguments(shared, (&*operation.parameters, at), &id);
        let template = self.template(path, &mut arguments, at);
        self.check_id(&id, (method.clone(), path), at);
        let mut forms = match &operation.request_body {
            Some(body) => self.forms(body, &id, &at.key("requestBody"))?,
            None => Vec::new(),
        };
        if extensions.body_required {
            self.require_body(&mut forms, operation.request_body.is_some(), at);
        }
        let (output, answers) = self.answers(&operation.responses, (&id, &method), &at.key("responses"));
        let servers = self.operation_servers((&item.servers, &paths.key(path)), (&operation.servers, at));
        let (security, scopes) = self.operation_security(operation.security.as_deref(), at);
        let operation = Operation {
            id,
            name,
            method,
            path: template,
            summary: operation.summary.clone().unwrap_or_default(),
            docs: operation.description.clone().unwrap_or_default(),
            arguments,
            body: None,
            output,
            answers,
            deprecated: operation.deprecated,
            stability: extensions.stability,
            idempotency: extensions.idempotency,
            paging: extensions.paging,
            events_end: extensions.events_end,
            security,
            scopes,
            servers,
        };
        let operations = body::in_forms(operation, forms);
        if let Some(operation) = operations.first() {
            self.check_paging(operation, at);
        }
        Some((group, operations))
    }

    /// `x-client-body-required`: a body that the document lets be left out is an argument all the same.
    fn require_body(&mut self, forms: &mut [body::Form], is_declared: bool, at: &At<'_>) {
        for form in forms {
            form.body.required = true;
        }
        if !is_declared {
            let key = OperationExtensions::BODY_REQUIRED;
            let message = format!("`{key}` is set, but the operation has no request body");
            let help = "Declare `requestBody`, or remove the extension.";
            self.error(Code::InvalidExtension, &at.key(key), message, help);
        }
    }

    fn check_id(&mut self, id: &str, here: (Method, &'d str), at: &At<'_>) {
        let Some((method, path)) = self.operation_ids.insert(id.to_owned(), here) else {
            return;
        };
        let message = format!("the operationId `{id}` is that of {} {path} too", method.as_str());
        let help = "give one of the two another id";
        self.error(Code::DuplicateOperation, &at.key("operationId"), message, help);
    }

    /// What a content holds that stands here; without a schema, anything.
    pub(super) fn held(&mut self, content: &'d MediaType, name: &str, at: &At<'_>) -> Option<TypeRef> {
        let Some(schema) = &content.schema else {
            return Some(TypeRef::Any);
        };
        let ty = element(self.use_of(schema, name, &at.key("schema"))?);
        if ty.has_quoted_numbers() {
            let message = "numbers in texts are numbers in properties only: as a whole body they stay texts";
            self.warn(
                Code::Weakened,
                &at.key("schema"),
                message,
                "parse the text, or put it into an object",
            );
            return Some(ty.with_numbers_as_texts());
        }
        Some(ty)
    }

    /// What one of the values holds that a content is made of. A list stands for all of them, where it is not said that the
    /// schema is that of one.
    pub(super) fn held_in_each(&mut self, content: &'d MediaType, name: &str, at: &At<'_>) -> Option<TypeRef> {
        let is_item = content.extensions.contains_key(crate::document::ITEM_SCHEMA);
        let ty = self.held(content, name, at)?;
        if is_item {
            return Some(ty);
        }
        // Null instead of a list would be no lines either.
        let list = match ty {
            TypeRef::Nullable(inner) if matches!(*inner, TypeRef::Array(_)) => *inner,
            ty => ty,
        };
        Some(match list {
            TypeRef::Array(items) => *items,
            ty => ty,
        })
    }

    /// What a reference leads to, over other references if need be, and where that stands.
    pub(super) fn follow<T>(
        &mut self,
        kind: &str,
        section: &str,
        components: Option<&'d IndexMap<String, ReferenceOr<T>>>,
        mut found: &'d ReferenceOr<T>,
        at: &At<'_>,
    ) -> Option<(&'d T, String)> {
        let mut pointer = at.pointer();
        // A chain longer than the number of components goes round in a circle.
        for _ in 0..=components.map_or(0, IndexMap::len) {
            let reference = match found {
                ReferenceOr::Item(item) => return Some((item, pointer)),
                ReferenceOr::Reference { reference } => reference,
            };
            let name = Self::component_name(reference, section)?;
            let Some(target) = components.and_then(|components| components.get(&name)) else {
                let names = components
                    .into_iter()
                    .flat_map(|components| components.keys().map(String::as_str));
                self.unresolved(kind, section, &name, names, &At::of(&pointer));
                return None;
            };
            found = target;
            let components = At::of("/components");
            pointer = components.key(section).key(&name).pointer();
        }
        let message = "this reference leads back to itself";
        self.error(
            Code::ReferenceCycle,
            at,
            message,
            format!("let one {kind} of the cycle say what it is"),
        );
        None
    }

    /// What `x-client-paging` names has to exist.
    fn check_paging(&mut self, operation: &Operation, at: &At<'_>) {
        let Some(Paging {
            token,
            size,
            next,
            items,
        }) = &operation.paging
        else {
            return;
        };
        let at = at.key("x-client-paging");
        let fields = [Some(token), size.as_ref().map(|size| &size.field)];
        for field in fields.into_iter().flatten() {
            let (known, name) = match field {
                PageField::Query(name) => (is_in_query(operation, name), name),
                PageField::Body(name) => (
                    operation
                        .body
                        .as_ref()
                        .and_then(Body::ty)
                        .is_some_and(|ty| self.has_field(ty, name)),
                    name,
                ),
            };
            if !known {
                let message = format!("`{name}` is neither a parameter nor a member of the body");
                self.error(
                    Code::InvalidExtension,
                    &at,
                    message,
                    "name the field that the operation has",
                );
            }
        }
        for name in [next, items] {
            if !operation
                .output
                .json()
                .is_some_and(|output| self.has_field(output, name))
            {
                let message = format!("`{name}` is no member of the answer");
                self.error(
                    Code::InvalidExtension,
                    &at,
                    message,
                    "name a member that the answer has",
                );
            }
        }
    }

    fn has_field(&self, ty: &TypeRef, name: &str) -> bool {
        let TypeRef::Named(id) = ty else { return false };
        match self.types[id.index()].as_ref().map(|def| &def.shape) {
            Some(Shape::Struct(object)) => object.fields().any(|field| field.name == name),
            _ => false,
        }
    }
}

/// The id of an operation that has none. Methods that differ in case alone are different ones.
fn id_of(method: &Method, path: &str) -> String {
    let method = method.as_str();
    if method.contains(|c: char| c.is_ascii_lowercase()) {
        return format!("method {method} {path}");
    }
    format!("{} {path}", method.to_ascii_lowercase())
}

/// The methods with a key of their own in a path item.
fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &'static str, &openapiv3::Operation)> {
    let methods = [
        (Method::Get, "get", &item.get),
        (Method::Put, "put", &item.put),
        (Method::Post, "post", &item.post),
        (Method::Delete, "delete", &item.delete),
        (Method::Options, "options", &item.options),
        (Method::Head, "head", &item.head),
        (Method::Patch, "patch", &item.patch),
        (Method::Trace, "trace", &item.trace),
    ];
    methods
        .into_iter()
        .filter_map(|(method, key, operation)| operation.as_ref().map(|operation| (method, key, operation)))
}

fn is_in_query(operation: &Operation, name: &str) -> bool {
    let mut arguments = operation.arguments.iter();
    arguments.any(|argument| argument.location == Location::Query && argument.name == name)
}

/// A media type without its parameters.
pub(super) fn essence(media: &str) -> String {
    media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is JSON values, one a line or a record.
pub(super) fn is_lines(media: &str) -> bool {
    let essence = essence(media);
    matches!(
        essence.split('/').next_back().unwrap_or_default(),
        "x-ndjson" | "ndjson" | "jsonl" | "x-jsonl" | "jsonlines" | "x-jsonlines" | "json-seq" | "stream+json"
    )
}

/// Whether a media type is JSON under any name.
pub(super) fn is_json(media: &str) -> bool {
    let essence = essence(media);
    essence == "application/json" || essence.ends_with("+json")
}
