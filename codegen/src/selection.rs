//! Which operations of a document are wanted, and what is left of it with them: components that nothing refers to any
//! more are gone too.

mod pattern;
mod reachable;

use serde::Deserialize;

pub(crate) use self::pattern::matches;
use crate::{
    at::At,
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    methods,
    nearest::nearest,
    read::{Member, Node},
};

/// Operations by what they are called. An operation is meant that one of the entries is true of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Selection {
    /// Tags that the document gives them.
    pub tags: Vec<String>,
    /// Their ids, or their methods and paths, as in `GET /pets/{id}`.
    pub operations: Vec<String>,
    /// Their paths: `/pets` for this path and all below it, `/*/pets` with any segment in place of `*`, and any number of
    /// them in place of `**`.
    pub paths: Vec<String>,
}

impl Selection {
    /// Whether nothing is meant.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.operations.is_empty() && self.paths.is_empty()
    }

    fn is_true_of(&self, operation: &Operation<'_>) -> bool {
        let tags = operation.node.get("tags").and_then(Node::as_array).unwrap_or_default();
        self.tags
            .iter()
            .any(|tag| tags.iter().any(|other| other.as_str() == Some(tag)))
            || self.operations.iter().any(|name| operation.is_called(name))
            || self.paths.iter().any(|pattern| matches(pattern, operation.path))
    }
}

struct Operation<'a> {
    path: &'a str,
    method: &'a str,
    node: &'a Node,
}

impl Operation<'_> {
    fn is_called(&self, name: &str) -> bool {
        let by_path = name
            .split_once(' ')
            .is_some_and(|(method, path)| method.eq_ignore_ascii_case(self.method) && path.trim() == self.path);
        by_path || self.id() == Some(name)
    }

    fn id(&self) -> Option<&str> {
        self.node.get("operationId").and_then(Node::as_str)
    }
}

/// Leaves in a canonical tree what is included and not excluded; with nothing to include, everything is. Returns the places
/// and pointers of what is not there any more.
pub(crate) fn select(
    root: &mut Node,
    include: &Selection,
    exclude: &Selection,
    diagnostics: &mut Diagnostics,
) -> Vec<(Place, String)> {
    if include.is_empty() && exclude.is_empty() {
        return Vec::new();
    }
    let mut parts = parts(root);
    for selection in [include, exclude] {
        report_unknown(root, selection, diagnostics);
    }
    for place in ["paths", "webhooks"] {
        let Some(items) = root
            .as_object_mut()
            .and_then(|root| root.get_mut(place))
            .and_then(Node::as_object_mut)
        else {
            continue;
        };
        for (path, item) in items.iter_mut().filter(|(path, _)| !path.starts_with("x-")) {
            let Some(item) = item.as_object_mut() else { continue };
            let is_meant = |operation: &Operation<'_>| {
                (include.is_empty() || include.is_true_of(operation)) && !exclude.is_true_of(operation)
            };
            item.retain(|member| operation(path, member).is_none_or(|operation| is_meant(&operation)));
            if let Some(others) = item.get_mut(methods::ADDITIONAL).and_then(Node::as_object_mut) {
                others.retain(|member| is_meant(&other_operation(path, member)));
            }
        }
        items.retain(|member| member.name.starts_with("x-") || operations_of(member).next().is_some());
    }
    reachable::prune(root);
    parts.retain(|(_, pointer)| root.at(pointer).is_none());
    parts
}

/// The operations and components of a document.
fn parts(root: &Node) -> Vec<(Place, String)> {
    let mut parts = Vec::new();
    for section in ["paths", "webhooks", "components"] {
        let at = At::ROOT.key(section);
        for group in root.get(section).and_then(Node::as_object).into_iter().flatten() {
            let at = at.key(&group.name);
            for part in group.value.as_object().into_iter().flatten() {
                let at = at.key(&part.name);
                parts.push((part.name_place, at.pointer()));
                if &*part.name == methods::ADDITIONAL {
                    let others = part.value.as_object().into_iter().flatten();
                    parts.extend(others.map(|other| (other.name_place, at.key(&other.name).pointer())));
                }
            }
        }
    }
    parts
}

fn operation<'a>(path: &'a str, member: &'a Member) -> Option<Operation<'a>> {
    let method = methods::by_key(&member.name)?.key;
    Some(Operation {
        path,
        method,
        node: &member.value,
    })
}

fn other_operation<'a>(path: &'a str, member: &'a Member) -> Operation<'a> {
    Operation {
        path,
        method: &member.name,
        node: &member.value,
    }
}

/// All operations of a path item.
fn operations_of(item: &Member) -> impl Iterator<Item = Operation<'_>> {
    let members = item.value.as_object().into_iter().flatten();
    let others = item.value.get(methods::ADDITIONAL).and_then(Node::as_object);
    let others = others.into_iter().flatten();
    members
        .filter_map(|member| operation(&item.name, member))
        .chain(others.map(|member| other_operation(&item.name, member)))
}

fn operations(root: &Node) -> impl Iterator<Item = Operation<'_>> {
    let items = ["paths", "webhooks"]
        .into_iter()
        .filter_map(|place| root.get(place)?.as_object());
    let items = items.flatten().filter(|item| !item.name.starts_with("x-"));
    items.flat_map(operations_of)
}

/// Says of what is selected and does not exist what may have been meant.
fn report_unknown(root: &Node, selection: &Selection, diagnostics: &mut Diagnostics) {
    let all: Vec<Operation<'_>> = operations(root).collect();
    let mut unknown = |kind: &str, name: &str, known: &[String]| {
        let message = format!("no operation has {kind} `{name}`");
        let near = nearest(name, known.iter().map(String::as_str));
        let help = near.map_or_else(
            || "check the name: the document does not contain it".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        let place = root.get("paths").unwrap_or(root).place;
        let error = Diagnostic::error(Code::UnknownSelection, Some(place), "/paths", message);
        diagnostics.push(error.help(help));
    };
    let tags: Vec<String> = all
        .iter()
        .flat_map(|operation| operation.node.get("tags").and_then(Node::as_array).unwrap_or_default())
        .filter_map(|tag| tag.as_str().map(str::to_owned))
        .collect();
    for tag in selection.tags.iter().filter(|tag| !tags.contains(tag)) {
        unknown("tag", tag, &tags);
    }
    for name in &selection.operations {
        if !all.iter().any(|operation| operation.is_called(name)) {
            let by_path = name.contains(' ');
            let known: Vec<String> = all
                .iter()
                .filter_map(|operation| {
                    let by_path = by_path.then(|| format!("{} {}", operation.method.to_uppercase(), operation.path));
                    by_path.or_else(|| operation.id().map(str::to_owned))
                })
                .collect();
            unknown(if by_path { "method and path" } else { "id" }, name, &known);
        }
    }
    for pattern in &selection.paths {
        if !all.iter().any(|operation| matches(pattern, operation.path)) {
            let known: Vec<String> = all.iter().map(|operation| operation.path.to_owned()).collect();
            unknown("path", pattern, &known);
        }
    }
}
