//! The names of the client's methods: groups, operations, arguments.

use super::{
    answers::{name_failure, name_headers, name_output},
    named::{Named, NamedGroup, NamedOperation, named_by},
    scope::Scope,
    words::{Case, identifier, is_exact},
};
use crate::ir::{Api, Argument, Group, Location, Operation};

/// Names in a group's module that mean something already: the types that its forms write without a path.
const RESERVED_IN_MODULE: &[&str] = &[
    "AnyMessage",
    "BTreeMap",
    "Base64",
    "Base64Url",
    "Box",
    "Bytes",
    "Date",
    "Duration",
    "FieldMask",
    "Null",
    "Nullable",
    "Number",
    "Object",
    "Option",
    "Password",
    "String",
    "Timestamp",
    "Upload",
    "Uuid",
    "Value",
    "Vec",
];

/// Methods that a call has whatever the operation.
const RESERVED_IN_CALL: &[&str] = &[
    "attempt_timeout",
    "body",
    "download",
    "events",
    "failure",
    "header",
    "idempotency_key",
    "idle_timeout",
    "items",
    "lines",
    "pages",
    "parts",
    "repeatable",
    "required",
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

pub(super) fn name_groups(api: &Api) -> Vec<NamedGroup<'_>> {
    let mut modules = Scope::of_modules(&[RESERVED_IN_GROUP, RESERVED_IN_CLIENT].concat());
    let mut features = Scope::with_reserved(FEATURES);
    let groups = api.groups.iter();
    groups
        .map(|group| name_group(group, &mut modules, &mut features))
        .collect()
}

fn name_group<'a>(group: &'a Group, modules: &mut Scope, features: &mut Scope) -> NamedGroup<'a> {
    let module = modules.claim(&group.name, &group.name, Case::Snake);
    let feature = features.claim(&module, &group.name, Case::Snake);
    let mut items = Scope::with_reserved(RESERVED_IN_MODULE);
    let ident = items.claim(&group.name, &group.name, Case::Pascal);
    let mut methods = Scope::with_reserved(RESERVED_IN_GROUP);
    let calls = group.operations.iter().map(|operation| {
        let method = methods.claim(&operation.name, &operation.id, Case::Snake);
        let call = items.claim(&call_name(&operation.name), &operation.id, Case::Pascal);
        (operation, method, call)
    });
    // No operation loses its name to the answers of another one.
    let calls: Vec<(&Operation, String, String)> = calls.collect();
    let operations = calls.into_iter().map(|(operation, method, call)| NamedOperation {
        operation,
        method,
        call,
        required: name_required(operation, &mut items),
        arguments: name_arguments(operation),
        output: name_output(operation, &mut items),
        failure: name_failure(operation, &mut items),
        headers: name_headers(operation),
    });
    NamedGroup {
        group,
        module,
        ident,
        feature: feature.replace('_', "-"),
        operations: operations.collect(),
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

/// The struct of the inputs that are required beside the path and the body.
fn name_required(operation: &Operation, items: &mut Scope) -> Option<String> {
    let mut arguments = operation.arguments.iter();
    let has_any = arguments.any(|argument| argument.required && argument.location != Location::Path);
    let text = format!("{} required", operation.name);
    has_any.then(|| items.claim(&text, &format!("{} required", operation.id), Case::Pascal))
}

fn name_arguments(operation: &Operation) -> Vec<Named<'_, Argument>> {
    let mut scope = Scope::with_reserved(RESERVED_IN_CALL);
    let order = |argument: &'_ Argument| {
        (
            !is_exact(&argument.name, Case::Snake),
            argument.location,
            argument.name.clone(),
        )
    };
    named_by(&operation.arguments, order, |argument| {
        let key = format!("{} {}", location_key(argument.location), argument.name);
        scope.claim(&argument.name, &key, Case::Snake)
    })
}

/// A location in the key of a suffix. The suffixes of users' names are made of these words: they never change.
fn location_key(location: Location) -> &'static str {
    match location {
        Location::Path => "Path",
        Location::Query => "Query",
        Location::Header => "Header",
        Location::Cookie => "Cookie",
        Location::Part => "Part",
    }
}
