//! Operations: what a call takes and what it gives back.

use std::collections::{BTreeMap, HashMap};

use indexmap::IndexSet;
use openapiv3::ReferenceOr;

use super::{
    extension::OperationExtensions,
    methods::operations_of,
    paging::check_paging,
    parameter::Parameters,
    path::{Paths, report_fragments},
};
use crate::{
    at::At,
    diagnostic::Code,
    document::PathItem,
    ir::{Group, Method, Operation, Origin},
    lower::{
        access::{Schemes, Servers},
        media::{Contents, Form, in_forms},
    },
};

/// Makes operations of path items.
pub(in crate::lower) struct Operations<'a, 'd> {
    pub(in crate::lower) contents: Contents<'a, 'd>,
    pub(in crate::lower) schemes: Schemes<'d>,
    pub(in crate::lower) servers: Servers,
    /// The operations by their ids.
    ids: HashMap<String, (Method, &'d str)>,
    /// The pointers of the operations of which the path has a fragment.
    fragments: Vec<String>,
}

impl<'a, 'd> Operations<'a, 'd> {
    pub(in crate::lower) fn new(contents: Contents<'a, 'd>, schemes: Schemes<'d>, servers: Servers) -> Self {
        Self {
            contents,
            schemes,
            servers,
            ids: HashMap::new(),
            fragments: Vec::new(),
        }
    }

    /// The operations of all paths, by group.
    pub(in crate::lower) fn groups(&mut self) -> Vec<Group> {
        let mut groups: BTreeMap<String, Vec<Operation>> = BTreeMap::new();
        let mut tags: BTreeMap<String, IndexSet<&str>> = BTreeMap::new();
        let mut origins: BTreeMap<String, String> = BTreeMap::new();
        let document = self.contents.types.document;
        for (path, item) in &document.paths {
            // A reference that could be followed has been replaced by what it leads to; the others have been reported.
            let ReferenceOr::Item(item) = item else { continue };
            for (method, operation, pointer) in operations_of(item, &mut self.contents.types.report) {
                let at = At::of(pointer);
                if let Some((group, lowered)) = self.operation(path, item, method, operation, &at) {
                    tags.entry(group.clone())
                        .or_default()
                        .extend(operation.tags.first().map(String::as_str));
                    let origin = self.origin_of_group(operation, &at);
                    let known = origins.entry(group.clone()).or_insert_with(|| origin.clone());
                    if origin < *known {
                        *known = origin;
                    }
                    groups.entry(group).or_default().extend(lowered);
                }
            }
        }
        report_fragments(&self.fragments, &mut self.contents.types.report);
        groups
            .into_iter()
            .map(|(name, mut operations)| {
                operations.sort_by(|a, b| (&a.name, &a.id).cmp(&(&b.name, &b.id)));
                let docs = self.group_docs(tags.get(&name));
                let origin = origins.remove(&name).map(|pointer| Origin::At(pointer.into()));
                Group {
                    name,
                    docs,
                    origin: origin.unwrap_or_default(),
                    operations,
                }
            })
            .collect()
    }

    /// A group is described by the tags of its operations, in the order in which the document lists the tags.
    fn group_docs(&self, names: Option<&IndexSet<&str>>) -> String {
        let is_used = |tag: &&openapiv3::Tag| names.is_some_and(|names| names.contains(tag.name.as_str()));
        let tags = self.contents.types.document.openapi.tags.iter().filter(is_used);
        let docs: Vec<&str> = tags
            .filter_map(|tag| tag.description.as_deref())
            .map(str::trim)
            .collect();
        docs.join("\n\n")
    }

    /// Where the group of an operation is declared: by a tag of the document, or by the operation itself.
    fn origin_of_group(&self, operation: &openapiv3::Operation, at: &At<'_>) -> String {
        if operation.extensions.contains_key(OperationExtensions::GROUP) {
            return at.key(OperationExtensions::GROUP).pointer();
        }
        let tags = &self.contents.types.document.openapi.tags;
        let tag = operation.tags.first();
        match tags.iter().position(|declared| Some(&declared.name) == tag) {
            Some(index) => At::ROOT.key("tags").index(index).pointer(),
            None => at.key("tags").index(0).pointer(),
        }
    }

    fn operation(
        &mut self,
        path: &'d str,
        item: &'d PathItem,
        method: Method,
        operation: &'d openapiv3::Operation,
        at: &At<'_>,
    ) -> Option<(String, Vec<Operation>)> {
        let extensions = OperationExtensions::read(&mut self.contents.types.report, operation, at);
        let id = visible(operation.operation_id.clone()).unwrap_or_else(|| id_of(&method, path));
        let name = visible(extensions.method).unwrap_or_else(|| id.clone());
        let group = extensions.group.or_else(|| operation.tags.first().cloned());
        let group = visible(group).unwrap_or_else(|| "api".to_owned());
        let paths = At::ROOT.key("paths");
        let shared = (&*item.parameters, &paths.key(path));
        let mut parameters = Parameters {
            contents: &mut self.contents,
        };
        let mut arguments = parameters.arguments(shared, (&*operation.parameters, at), &id);
        let mut paths_of = Paths {
            report: &mut self.contents.types.report,
            fragments: &mut self.fragments,
        };
        let template = paths_of.template(path, &mut arguments, at);
        self.check_id(&id, (method.clone(), path), at);
        let mut forms = match &operation.request_body {
            Some(body) => self.contents.forms(body, &id, &at.key("requestBody"))?,
            None => Vec::new(),
        };
        if extensions.body_required {
            self.require_body(&mut forms, operation.request_body.is_some(), at);
        }
        let (output, answers) = self.contents.answers(
            &operation.responses,
            (&id, &method, extensions.paging.is_some()),
            &at.key("responses"),
        );
        let report = &mut self.contents.types.report;
        let of_path = (&*item.servers, &paths.key(path));
        let servers = self.servers.of_operation(of_path, (&operation.servers, at), report);
        let (security, scopes) = self.schemes.of_operation(operation.security.as_deref(), at, report);
        let operation = Operation {
            id,
            name,
            origin: Origin::At(at.pointer().into()),
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
        let mut operations = in_forms(operation, forms);
        if let Some(operation) = operations.first_mut() {
            check_paging(&mut self.contents, operation, at);
        }
        Some((group, operations))
    }

    /// `x-client-body-required`: a body that the document lets be left out is an argument all the same.
    fn require_body(&mut self, forms: &mut [Form], is_declared: bool, at: &At<'_>) {
        for form in forms {
            form.body.required = true;
        }
        if !is_declared {
            let key = OperationExtensions::BODY_REQUIRED;
            let message = format!("`{key}` is set, but the operation has no request body");
            let help = "declare `requestBody`, or remove the extension";
            self.contents.error(Code::InvalidExtension, &at.key(key), message, help);
        }
    }

    fn check_id(&mut self, id: &str, here: (Method, &'d str), at: &At<'_>) {
        let Some((method, path)) = self.ids.insert(id.to_owned(), here) else {
            return;
        };
        let message = format!("operationId `{id}` is also declared at {} {path}", method.as_str());
        let help = "change one of the two";
        self.contents
            .error(Code::DuplicateOperation, &at.key("operationId"), message, help);
    }
}

/// A name that consists of more than white space.
fn visible(name: Option<String>) -> Option<String> {
    name.filter(|name| !name.trim().is_empty())
}

/// The id of an operation that has none. Methods that differ in case alone are different ones.
fn id_of(method: &Method, path: &str) -> String {
    let method = method.as_str();
    if method.contains(|c: char| c.is_ascii_lowercase()) {
        return format!("method {method} {path}");
    }
    format!("{} {path}", method.to_ascii_lowercase())
}
