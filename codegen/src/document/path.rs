//! Path parameters that are called otherwise than in the path: one renaming is one error, however many operations it
//! concerns.

use std::collections::BTreeSet;

use super::fields::Walk;
use crate::{
    at::At,
    diagnostic::{Code, Diagnostic, Place},
    methods,
    read::{Member, Node, Object},
};

/// A parameter of a path, by the place of its name.
struct Declared<'n> {
    name: &'n str,
    place: Place,
}

/// An operation whose path has one variable without a parameter, and which has one path parameter without a variable.
struct Renamed<'n> {
    method: &'static str,
    variable: &'n str,
    parameter: &'n str,
    place: Place,
}

/// Reports the operations of a path item in which a variable of the path and a parameter can only mean each other.
pub(super) fn renamed_parameters(walk: &mut Walk<'_>, path: &Member, at: &At<'_>) {
    let Some(item) = path.value.as_object() else { return };
    let variables = variables(&path.name);
    let root = walk.root;
    let operations: Vec<(&'static str, &Object)> = methods::KNOWN
        .iter()
        .filter_map(|method| Some((method.key, item.get(method.key)?.as_object()?)))
        .collect();
    let renamed: Vec<Renamed<'_>> = operations
        .iter()
        .filter_map(|(method, operation)| {
            let mut declared = path_parameters(root, operation);
            declared.extend(path_parameters(root, item));
            renamed(method, &variables, &declared)
        })
        .collect();
    let Some(first) = renamed.first() else { return };
    let is_same = |other: &Renamed<'_>| (other.variable, other.parameter) == (first.variable, first.parameter);
    if renamed.len() == operations.len() && renamed.iter().all(is_same) {
        report(walk, first, path.name_place, at);
        return;
    }
    for one in &renamed {
        let place = item
            .member(one.method)
            .map_or(path.name_place, |member| member.name_place);
        report(walk, one, place, &at.key(one.method));
    }
}

fn report(walk: &mut Walk<'_>, renamed: &Renamed<'_>, here: Place, at: &At<'_>) {
    let Renamed {
        variable,
        parameter,
        place,
        ..
    } = renamed;
    let message = format!("the path contains `{{{variable}}}`, but its parameter is named `{parameter}`");
    let help = format!("rename the parameter to `{variable}`, or write `{{{parameter}}}` in the path");
    let error = Diagnostic::error(Code::InvalidPath, Some(here), at.pointer(), message).help(help);
    walk.diagnostics.push(error.related(*place, "the parameter"));
}

fn renamed<'n>(method: &'static str, variables: &BTreeSet<&'n str>, declared: &[Declared<'n>]) -> Option<Renamed<'n>> {
    let has = |name: &str| declared.iter().any(|parameter| parameter.name == name);
    let mut without_parameter = variables.iter().filter(|variable| !has(variable));
    let mut without_variable = declared.iter().filter(|parameter| !variables.contains(parameter.name));
    let (variable, parameter) = (without_parameter.next()?, without_variable.next()?);
    let is_clear = without_parameter.next().is_none() && without_variable.all(|other| other.name == parameter.name);
    is_clear.then_some(Renamed {
        method,
        variable,
        parameter: parameter.name,
        place: parameter.place,
    })
}

/// The parameters `in: path` of a path item or an operation.
fn path_parameters<'n>(root: &'n Node, holder: &'n Object) -> Vec<Declared<'n>> {
    let elements = holder.get("parameters").and_then(Node::as_array).unwrap_or_default();
    let parameters = elements.iter().filter_map(|element| {
        let reference = element.get("$ref").and_then(Node::as_str);
        let parameter = match reference {
            Some(reference) => root.at(reference.strip_prefix('#')?)?,
            None => element,
        };
        let is_of_path = parameter.get("in").and_then(Node::as_str) == Some("path");
        let name = parameter.get("name").filter(|_| is_of_path)?;
        Some(Declared {
            name: name.as_str()?,
            place: name.place,
        })
    });
    parameters.collect()
}

/// The names in braces. A path with a query is read by rules of its own.
fn variables(path: &str) -> BTreeSet<&str> {
    if path.contains(['?', '#']) {
        return BTreeSet::new();
    }
    let parts = path.split('{').skip(1);
    parts
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}
