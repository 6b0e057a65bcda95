//! The names of the client's methods: groups, operations, arguments.

use super::{
    answers::{AnswerName, name_answers, name_headers},
    scope::Scope,
    words::{Case, identifier, is_exact},
};
use crate::ir::{Api, Group, Operation};

/// Names in a group's module that mean something already: what it imports, what it takes from the prelude, and the type
/// that the constructor `new` of a call would be named after.
const RESERVED_IN_MODULE: &[&str] = &["Borrow", "Call", "Client", "Into", "IntoIterator", "New", "Operation"];

/// Methods that a call has whatever the operation.
const RESERVED_IN_CALL: &[&str] = &[
    "attempt_timeout",
    "body",
    "call",
    "download",
    "events",
    "failure",
    "header",
    "idempotency_key",
    "idle_timeout",
    "into_call",
    "items",
    "lines",
    "new",
    "pages",
    "repeatable",
    "retry",
    "send",
    "send_raw",
    "server",
    "timeout",
];

/// Functions of the client that are not those of its groups.
const RESERVED_IN_CLIENT: &[&str] = &["builder"];

/// Methods that a group has whatever its operations, and those of common traits, which they would hide.
const RESERVED_IN_GROUP: &[&str] = &[
    "borrow", "clone", "default", "eq", "fmt", "from", "into", "new", "to_owned",
];

/// Features that a client has whatever its groups.
const FEATURES: &[&str] = &[
    "all",
    "blocking",
    "client",
    "credentials",
    "default",
    "gzip",
    "models",
    "native_tls",
    "reqwest",
    "rustls",
    "test_util",
    "validate",
];

/// The names of a group.
#[derive(Debug)]
pub struct GroupName {
    /// The module, and the method of the client that leads here.
    pub module: String,
    /// The group's type.
    pub ident: String,
    /// The cargo feature that brings it.
    pub feature: String,
    /// In the order of [`Group::operations`].
    pub operations: Vec<OperationName>,
}

/// The names of an operation.
#[derive(Debug)]
pub struct OperationName {
    /// The method.
    pub method: String,
    /// The type of the call that the method gives.
    pub call: String,
    /// In the order of [`Operation::arguments`].
    pub arguments: Vec<ArgumentName>,
    /// The enum of its successful answers, where they differ by status.
    pub answer: Option<AnswerName>,
    /// The enum of its failures, where they differ by status.
    pub failure: Option<AnswerName>,
    /// The constants for the headers of its answers, in the order of [`Answers::headers`](crate::ir::Answers::headers).
    pub headers: Vec<String>,
}

/// The names of an argument.
#[derive(Debug)]
pub struct ArgumentName {
    /// The parameter of the method, or the setter of the call.
    pub ident: String,
}

pub(super) fn name_groups(api: &Api) -> Vec<GroupName> {
    let mut modules = Scope::of_modules(&[RESERVED_IN_GROUP, RESERVED_IN_CLIENT].concat());
    let mut features = Scope::with_reserved(FEATURES);
    let groups = api.groups.iter();
    groups
        .map(|group| name_group(group, &mut modules, &mut features))
        .collect()
}

fn name_group(group: &Group, modules: &mut Scope, features: &mut Scope) -> GroupName {
    let module = modules.claim(&group.name, &group.name, Case::Snake);
    let feature = features.claim(&module, &group.name, Case::Snake);
    let mut items = Scope::with_reserved(RESERVED_IN_MODULE);
    let ident = items.claim(&group.name, &group.name, Case::Pascal);
    let mut methods = Scope::with_reserved(RESERVED_IN_GROUP);
    let mut operations: Vec<OperationName> = Vec::with_capacity(group.operations.len());
    operations.extend(group.operations.iter().map(|operation| OperationName {
        method: methods.claim(&operation.name, &operation.id, Case::Snake),
        call: items.claim(&call_name(&operation.name), &operation.id, Case::Pascal),
        arguments: name_arguments(operation),
        answer: None,
        failure: None,
        headers: name_headers(operation),
    }));
    // No operation loses its name to the answers of another one.
    for (operation, names) in group.operations.iter().zip(&mut operations) {
        (names.answer, names.failure) = name_answers(operation, &mut items);
    }
    GroupName {
        module,
        ident,
        feature: feature.replace('_', "-"),
        operations,
    }
}

/// A name that is taken by the module's imports gets a word that says what it is.
fn call_name(name: &str) -> String {
    if RESERVED_IN_MODULE.contains(&identifier(name, Case::Pascal).as_str()) {
        format!("{name} call")
    } else {
        name.to_owned()
    }
}

fn name_arguments(operation: &Operation) -> Vec<ArgumentName> {
    let mut scope = Scope::with_reserved(RESERVED_IN_CALL);
    let mut order: Vec<usize> = (0..operation.arguments.len()).collect();
    let key = |index: usize| {
        let argument = &operation.arguments[index];
        (
            !is_exact(&argument.name, Case::Snake),
            argument.location,
            argument.name.clone(),
        )
    };
    order.sort_by_key(|index| key(*index));
    let mut names = vec![String::new(); operation.arguments.len()];
    for index in order {
        let argument = &operation.arguments[index];
        names[index] = scope.claim(
            &argument.name,
            &format!("{:?} {}", argument.location, argument.name),
            Case::Snake,
        );
    }
    names.into_iter().map(|ident| ArgumentName { ident }).collect()
}
