//! Reads path items and operations, wherever they occur: paths, webhooks, callbacks, other methods than OpenAPI 3.0's.

use std::borrow::Cow;

use indexmap::IndexMap;
use openapiv3::{Operation, ReferenceOr};

use super::{
    fields::{Fields, Names, Walk, reference_or},
    incoming::Incoming,
    parts, path,
    path_item::{MethodOperation, PathItem},
    responses::{request_body, responses},
    security::security,
    servers::servers,
};
use crate::{at::At, diagnostic::Code, methods, read::Node};

pub(super) fn paths(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> IndexMap<String, ReferenceOr<PathItem>> {
    let paths = walk.map(node, at, "`paths`", Names::WithoutExtensions, |walk, node, at| {
        reference_or(walk, node, at, path_item)
    });
    for member in node.as_object().into_iter().flatten() {
        path::renamed_parameters(walk, member, &at.key(&member.name));
    }
    for path in paths.keys() {
        if !path.starts_with('/') || path.starts_with("//") {
            let here = at.key(path);
            let message = format!("the path `{path}` does not start with a single `/`");
            walk.error(
                Code::InvalidPath,
                node,
                &here,
                message,
                &format!("write `/{}`", path.trim_start_matches('/')),
            );
        }
    }
    paths
}

fn path_item(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<PathItem> {
    let mut fields = walk.object(node, at, "a path item")?;
    // A reference that is left is unresolved, which has been reported.
    fields.skip(&["$ref"]);
    let operations = operations(walk, &mut fields, at);
    // Each operation has words of its own, but these have to be strings too.
    fields.text(walk, at, "summary");
    fields.text(walk, at, "description");
    fields.leave_out(walk, at, &["summary", "description"]);
    let servers = servers(walk, &mut fields, at);
    let parameters = parts::parameters(walk, &mut fields, at);
    fields.finish(walk, at);
    Some(PathItem {
        servers,
        parameters,
        operations,
    })
}

fn operation(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Operation> {
    let mut fields = walk.object(node, at, "an operation")?;
    let tags = fields.texts(walk, at, "tags");
    let summary = fields.text(walk, at, "summary");
    let description = fields.text(walk, at, "description");
    let operation_id = fields.text(walk, at, "operationId");
    let parameters = parts::parameters(walk, &mut fields, at);
    let request_body = fields
        .get("requestBody")
        .and_then(|node| reference_or(walk, node, &at.key("requestBody"), request_body));
    let responses = match fields.get("responses") {
        Some(node) => responses(walk, node, &at.key("responses")),
        None => {
            fields.missing(walk, at, "responses");
            openapiv3::Responses::default()
        }
    };
    let deprecated = fields.flag(walk, at, "deprecated").unwrap_or_default();
    let security = security(walk, &mut fields, at);
    let servers = servers(walk, &mut fields, at);
    callbacks(walk, &mut fields, (operation_id.as_deref(), at));
    fields.leave_out(walk, at, &["externalDocs"]);
    let extensions = fields.finish(walk, at);
    Some(Operation {
        tags,
        summary,
        description,
        external_docs: None,
        operation_id,
        parameters,
        request_body,
        responses,
        callbacks: IndexMap::new(),
        deprecated,
        security,
        servers,
        extensions,
    })
}

/// Reads the webhooks of a document.
pub(super) fn webhooks(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) {
    let Some(node) = fields.get("webhooks") else { return };
    let at = at.key("webhooks");
    let found = walk.map(node, &at, "`webhooks`", Names::WithoutExtensions, |walk, node, at| {
        Some((path_item(walk, node, at)?, at.pointer()))
    });
    let found = found.into_iter().map(|(name, (item, pointer))| Incoming {
        origin: format!("Webhook `{}`", name.replace('`', "'")),
        name,
        item,
        pointer,
    });
    walk.incoming.extend(found);
}

/// Reads the callbacks of an operation.
fn callbacks(walk: &mut Walk<'_>, fields: &mut Fields<'_>, (id, at): (Option<&str>, &At<'_>)) {
    let Some(node) = fields.get("callbacks") else { return };
    // Those of a callback are for its receiver to send; they may lead back to it.
    if std::mem::replace(&mut walk.is_in_callback, true) {
        fields.leave_out(walk, at, &["callbacks"]);
        return;
    }
    let at = at.key("callbacks");
    let owner = id.map_or_else(|| at.pointer(), str::to_owned);
    let found = walk.map(node, &at, "`callbacks`", Names::WithoutExtensions, |walk, node, at| {
        Some(callback(walk, node, at))
    });
    for (key, items) in found {
        for (expression, item, pointer) in items {
            let origin = format!("Callback `{key}` of `{owner}`, to `{expression}`").replace("``", "`");
            walk.incoming.push(Incoming {
                name: format!("{owner} {key}"),
                origin,
                item,
                pointer,
            });
        }
    }
    walk.is_in_callback = false;
}

fn callback(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Vec<(String, PathItem, String)> {
    let reference = node.as_object().and_then(|object| object.get("$ref"));
    let target = reference.and_then(Node::as_str).and_then(|text| text.strip_prefix('#'));
    let root = walk.root;
    let (node, at) = match target.and_then(|pointer| Some((root.at(pointer)?, pointer))) {
        Some((node, pointer)) => (node, At::of(pointer)),
        None => (node, *at),
    };
    let items = walk.map(node, &at, "a callback", Names::WithoutExtensions, |walk, node, at| {
        Some((path_item(walk, node, at)?, at.pointer()))
    });
    let items = items.into_iter();
    items
        .map(|(expression, (item, pointer))| (expression, item, pointer))
        .collect()
}

/// Reads the operations of a path item.
fn operations(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Vec<MethodOperation> {
    let mut operations = Vec::new();
    for known in &methods::KNOWN {
        let here = at.key(known.key);
        if let Some(operation) = fields.get(known.key).and_then(|node| operation(walk, node, &here)) {
            operations.push(MethodOperation {
                method: Cow::Borrowed(known.wire),
                operation,
                pointer: here.pointer(),
            });
        }
    }
    let others = fields.get(methods::ADDITIONAL).map(|node| {
        let at = at.key(methods::ADDITIONAL);
        walk.map(node, &at, "`additionalOperations`", Names::Any, |walk, node, at| {
            Some((operation(walk, node, at)?, at.pointer()))
        })
    });
    let others = others.into_iter().flatten();
    operations.extend(others.map(|(method, (operation, pointer))| MethodOperation {
        method: Cow::Owned(method),
        operation,
        pointer,
    }));
    operations.shrink_to_fit();
    operations
}
