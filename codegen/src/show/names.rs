//! Wire names and the identifiers made of them, by what has them.

use super::{entry::Entry, operations, types, words};
use crate::{
    at::At,
    ir::Origin,
    name::{Named, NamedGroup, NamedMember, NamedOperation, NamedOutcomes, NamedOutput, NamedShape, NamedType, Names},
};

pub(super) fn entries(names: &Names<'_>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (index, server) in names.servers.iter().enumerate() {
        let head = format!("{} -> fn {}", words::quoted(&server.item.url), server.ident);
        entries.push(entry(format!("/servers/{index}"), None, &head, &[]));
    }
    for scheme in &names.schemes {
        let origin = At::of("/components/securitySchemes").key(&scheme.scheme.name).pointer();
        let head = format!("-> fn {}, fn {}", scheme.setter, scheme.client);
        let pointer = At::of("/security").key(&scheme.scheme.name).pointer();
        entries.push(entry(pointer, Some(origin), &head, &[]));
    }
    entries.extend(names.groups.iter().flat_map(group));
    for payload in &names.payloads {
        let pointer = At::of("/payloads").key(&payload.item.name).pointer();
        entries.push(entry(pointer, None, &format!("-> type {}", payload.ident), &[]));
    }
    let origins = types::Origins::of(names.types.iter().map(|named| named.def));
    entries.extend(names.types.iter().map(|named| of_type(named, &origins)));
    entries
}

fn entry(pointer: String, origin: Option<String>, head: &str, lines: &[String]) -> Entry {
    let mut text = format!("{}: {head}\n", words::one_line(&pointer));
    for line in lines {
        text.extend(["  ", line, "\n"]);
    }
    Entry { pointer, origin, text }
}

/// A wire name and what it is called.
fn line(wire: &str, kind: &str, ident: &str) -> String {
    format!("{} -> {kind}{ident}", words::name(wire))
}

fn group(group: &NamedGroup<'_>) -> Vec<Entry> {
    let pointer = At::of("/groups").key(&group.group.name).pointer();
    let head = format!(
        "-> mod {}, struct {}, feature {}",
        group.module, group.ident, group.feature
    );
    let mut entries = vec![entry(pointer, None, &head, &[])];
    entries.extend(group.operations.iter().map(operation));
    entries
}

fn operation(operation: &NamedOperation<'_>) -> Entry {
    let pointer = At::of("/operations").key(&operation.operation.id).pointer();
    let head = format!("-> fn {}, struct {}", operation.method, operation.call);
    let mut lines: Vec<String> = Vec::new();
    lines.extend(operation.arguments.iter().map(|one| {
        let (name, location) = (words::name(&one.item.name), operations::location(one.item.location));
        format!("{name} in {location} -> {}", one.ident)
    }));
    if let NamedOutput::Outcomes(outcomes) = &operation.output {
        lines.extend(of_outcomes("output", outcomes));
    }
    lines.extend(
        operation
            .required
            .iter()
            .map(|required| format!("required -> struct {required}")),
    );
    if let Some(outcomes) = &operation.failure {
        lines.extend(of_outcomes("failure", outcomes));
    }
    lines.extend(
        operation
            .headers
            .iter()
            .map(|one| line(&one.item.name, "const ", &one.ident)),
    );
    entry(pointer, None, &head, &lines)
}

fn of_outcomes(what: &str, outcomes: &NamedOutcomes<'_>) -> Vec<String> {
    let mut lines = vec![format!("{what} -> enum {}", outcomes.ident)];
    lines.extend(outcomes.variants.iter().map(|one| format!("  -> {}", one.ident)));
    lines
}

fn of_type(named: &NamedType<'_>, origins: &types::Origins<'_>) -> Entry {
    let pointer = At::of("/types").key(&named.def.name).pointer();
    let origin = origins.of_type(&named.def.name);
    let path = |path: &[String]| [&["models".to_owned()], path].concat().join("::");
    let public = path(&named.public);
    let file = if named.module == named.public {
        String::new()
    } else {
        format!(", defined in {}", path(&named.module))
    };
    let inline = match named.def.origin {
        Origin::Component(_) => "",
        _ => ", inline",
    };
    let head = format!("-> {public}::{}{file}{inline}", named.ident);
    entry(pointer, Some(origin), &head, &of_shape(&named.shape))
}

fn of_shape(shape: &NamedShape<'_>) -> Vec<String> {
    match shape {
        NamedShape::Struct(object) => {
            let mut lines: Vec<String> = object.members.iter().flat_map(member).collect();
            lines.extend(object.required.iter().map(|ident| format!("(required) -> {ident}")));
            lines.extend(
                object
                    .additional
                    .iter()
                    .map(|others| format!("(others) -> {}", others.ident)),
            );
            lines
        }
        NamedShape::Enum(values) => variants(values, |value| words::quoted(&value.value)),
        NamedShape::ValueEnum(_, values) => variants(values, |value| words::one_line(value)),
        NamedShape::Union(union) => variants(&union.variants, |arm| words::name(&arm.name)),
        NamedShape::Alias(alias) => alias
            .required
            .iter()
            .map(|ident| format!("(required) -> {ident}"))
            .collect(),
        NamedShape::Constant(_) | NamedShape::Tuple(_) | NamedShape::Newtype(_) => Vec::new(),
    }
}

fn variants<T>(variants: &[Named<'_, T>], shown: impl Fn(&T) -> String) -> Vec<String> {
    let lines = variants.iter();
    lines
        .map(|one| format!("{} -> {}", shown(one.item), one.ident))
        .collect()
}

fn member(member: &NamedMember<'_>) -> Vec<String> {
    match member {
        NamedMember::Field(field) => {
            let default = field.default.as_ref().map(|name| format!(", const {name}"));
            let default = default.unwrap_or_default();
            let wire = line(&field.item.name, "", &field.ident);
            vec![format!("{wire}{default}")]
        }
        NamedMember::Oneof(group) => {
            let mut lines = vec![format!(
                "{}, enum {}",
                line(&group.item.name, "", &group.ident),
                group.ty
            )];
            let arms = group.arms.iter();
            lines.extend(arms.map(|arm| format!("  {}, fn {}", line(&arm.item.name, "", &arm.variant), arm.ident)));
            lines
        }
        NamedMember::Flattened(part) => vec![line(&part.item.name, "", &part.ident)],
    }
}
