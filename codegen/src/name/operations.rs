//! The names of the client's methods: groups, operations, arguments.

use super::{
    answers::{self, name_failure, name_headers, name_output},
    named::{Named, NamedGroup, NamedOperation},
    namer::Namer,
    scope::{NO_FILES, settle},
    wish::{NamePlace, Wish},
    words::Case,
};
use crate::ir::{Api, Argument, Group, Location, Operation, Origin};

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
    "Parsed",
    "ParsedNumber",
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

pub(super) fn name_groups<'a>(naming: &mut Namer<'_>, api: &'a Api) -> Vec<NamedGroup<'a>> {
    let wish = |group: &'a Group| Wish::new(&group.name, "group", Case::Snake, &group.origin);
    let wishes: Vec<Wish<'_>> = api.groups.iter().map(wish).collect();
    let reserved = [RESERVED_IN_GROUP, RESERVED_IN_CLIENT, NO_FILES];
    let modules = settle(naming, &reserved, &wishes);
    let features = api.groups.iter().map(|group| Wish {
        derived: naming.pinned(NamePlace::of(&group.origin), Case::Snake),
        ..wish(group)
    });
    let features: Vec<Wish<'_>> = features.collect();
    let features = settle(naming, &[FEATURES], &features);
    let groups = api.groups.iter().zip(modules).zip(features);
    groups
        .map(|((group, module), feature)| name_group(naming, group, module, &feature))
        .collect()
}

fn name_group<'a>(naming: &mut Namer<'_>, group: &'a Group, module: String, feature: &str) -> NamedGroup<'a> {
    let operations: Vec<&'a Operation> = group.operations.iter().collect();
    let wish = |operation: &'a Operation| {
        let wish = Wish::new(&operation.id, "call", Case::Snake, &operation.origin);
        Wish {
            key: Some(operation.name.clone()),
            ..wish.text(&operation.name)
        }
    };
    let wishes: Vec<Wish<'_>> = operations.iter().copied().map(wish).collect();
    let methods = settle(naming, &[RESERVED_IN_GROUP], &wishes);
    let pascal = |naming: &mut Namer<'_>, origin: &Origin| {
        let pin = naming.pinned(NamePlace::of(origin), Case::Snake)?;
        Some(naming.words.identifier(&pin, Case::Pascal))
    };
    let mut items = vec![Wish {
        derived: pascal(naming, &group.origin),
        case: Case::Pascal,
        ..Wish::new(&group.name, "group", Case::Pascal, &group.origin)
    }];
    items.extend(operations.iter().copied().map(|operation| Wish {
        derived: pascal(naming, &operation.origin),
        case: Case::Pascal,
        ..wish(operation)
    }));
    for operation in operations.iter().copied() {
        let pin = pascal(naming, &operation.origin);
        items.extend(answers::wishes(operation, pin.as_deref()));
    }
    let mut items = settle(naming, &[RESERVED_IN_MODULE], &items).into_iter();
    let ident = items.next().unwrap_or_default();
    let calls: Vec<String> = items.by_ref().take(operations.len()).collect();
    let operations = operations.into_iter().zip(methods).zip(calls);
    let operations = operations.map(|((operation, method), call)| NamedOperation {
        operation,
        method,
        call,
        required: answers::has_required(operation).then(|| items.next().unwrap_or_default()),
        arguments: name_arguments(naming, operation),
        output: name_output(operation, &mut items),
        failure: name_failure(operation, &mut items),
        headers: name_headers(naming, operation),
    });
    NamedGroup {
        group,
        module,
        ident,
        feature: feature.replace('_', "-"),
        operations: operations.collect(),
    }
}

fn name_arguments<'a>(naming: &mut Namer<'_>, operation: &'a Operation) -> Vec<Named<'a, Argument>> {
    let wishes = operation.arguments.iter().map(|argument| {
        Wish::new(
            &argument.name,
            location(argument.location),
            Case::Snake,
            &argument.origin,
        )
    });
    let wishes: Vec<Wish<'_>> = wishes.collect();
    let idents = settle(naming, &[RESERVED_IN_CALL], &wishes);
    let named = operation.arguments.iter().zip(idents);
    named.map(|(item, ident)| Named { item, ident }).collect()
}

/// A location in a suffix. The suffixes of users' names are made of these words: they never change.
fn location(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Part => "part",
    }
}
