//! The types of the intermediate representation.

use std::collections::HashSet;

use super::{entry::Entry, rules, words};
use crate::{
    at::At,
    ir::{
        Access, Api, Arm, Constraint, DefaultValue, Field, Member, Presence, Shape, Struct, TypeDef, TypeRef, ValueKind,
    },
};

pub(super) fn entries(api: &Api) -> Vec<Entry> {
    let origins = Origins::of(api.types.iter());
    let entries = api.types.iter().map(|def| Entry {
        pointer: At::of("/types").key(&def.name).pointer(),
        origin: Some(origins.of_type(&def.name)),
        text: definition(api, def),
    });
    entries.collect()
}

/// Which component each type is made of.
pub(super) struct Origins<'a> {
    names: HashSet<&'a str>,
}

impl<'a> Origins<'a> {
    pub(super) fn of(types: impl Iterator<Item = &'a TypeDef>) -> Self {
        Self {
            names: types.map(|def| def.name.as_str()).collect(),
        }
    }

    /// The pointer of the component that a type is made of: its own, or that of the schema around it.
    pub(super) fn of_type(&self, name: &str) -> String {
        let mut owner = name;
        for (end, _) in name.match_indices('.') {
            if self.names.contains(&name[..end]) {
                owner = &name[..end];
                break;
            }
        }
        At::of("/components/schemas").key(owner).pointer()
    }
}

fn definition(api: &Api, def: &TypeDef) -> String {
    let pointer = At::of("/types").key(&def.name).pointer();
    let mut text = format!("{}: {}", words::one_line(&pointer), head(api, &def.shape));
    if def.deprecated {
        text.push_str(", deprecated");
    }
    text.push('\n');
    for line in lines(api, &def.shape) {
        text.extend(["  ", &line, "\n"]);
    }
    text
}

fn head(api: &Api, shape: &Shape) -> String {
    match shape {
        Shape::Struct(_) => "struct".to_owned(),
        Shape::Enum(known) if known.prefix.is_empty() => "enum of strings".to_owned(),
        Shape::Enum(known) => format!("enum of strings, prefix {}", words::name(&known.prefix)),
        Shape::ValueEnum(known) => format!("enum of {}", kind(known.kind)),
        Shape::Constant(constant) => format!("constant {}", words::one_line(&constant.json)),
        Shape::Union(union) => match &union.tag {
            Some(tag) => format!("union by the property {}", words::name(tag)),
            None => "union by form".to_owned(),
        },
        Shape::Tuple(_) => "tuple".to_owned(),
        Shape::Newtype(_) => "newtype of string".to_owned(),
        Shape::Alias(alias) => format!("alias of {}", type_ref(api, &alias.target)),
    }
}

fn kind(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Integer => "integers",
        ValueKind::Number => "numbers",
        ValueKind::Boolean => "booleans",
        ValueKind::Any => "any values",
    }
}

fn lines(api: &Api, shape: &Shape) -> Vec<String> {
    match shape {
        Shape::Struct(object) => object_lines(api, object),
        Shape::Enum(known) => known.values.iter().map(|value| words::quoted(&value.value)).collect(),
        Shape::ValueEnum(known) => known.values.iter().map(|value| words::one_line(value)).collect(),
        Shape::Constant(_) | Shape::Alias(_) => Vec::new(),
        Shape::Union(union) => union.arms.iter().flat_map(|arm| variant_lines(api, arm)).collect(),
        Shape::Tuple(tuple) => {
            let items = tuple.elements.iter().enumerate().map(|(index, item)| {
                let flags = [(item.optional, "optional"), (item.boxed, "boxed")];
                format!("{index}: {}{}", type_ref(api, &item.ty), flags_of(&flags))
            });
            let rest = tuple.rest.iter().map(|rest| format!("others: {}", type_ref(api, rest)));
            items.chain(rest).chain(rule_lines(&tuple.constraints)).collect()
        }
        Shape::Newtype(newtype) => rule_lines(&newtype.constraints).collect(),
    }
}

fn rule_lines(constraints: &[Constraint]) -> impl Iterator<Item = String> {
    constraints
        .iter()
        .map(|constraint| format!("rule {}", rules::rule(constraint)))
}

fn object_lines(api: &Api, object: &Struct) -> Vec<String> {
    let mut lines = Vec::new();
    for member in &object.members {
        match member {
            Member::Field(property) => lines.push(field(api, property)),
            Member::Oneof(group) => {
                lines.push(format!("at most one of {}", words::name(&group.name)));
                let variants = group.arms.iter().map(|variant| format!("  {}", field(api, variant)));
                lines.extend(variants);
            }
            Member::Flattened(part) => {
                let ty = type_ref(api, &part.ty);
                lines.push(format!("union among the properties {}: {ty}", words::name(&part.name)));
            }
        }
    }
    if let Some(others) = &object.additional {
        lines.push(format!("others: {}", type_ref(api, &others.ty)));
    }
    lines.extend(rule_lines(&object.constraints));
    if let Some(mask) = &object.update_mask {
        let of = mask.of.as_deref().map_or_else(|| "the request".to_owned(), words::name);
        lines.push(format!("update mask {} of {of}", words::name(&mask.mask)));
    }
    if object.has_paths {
        lines.push("update masks name its properties".to_owned());
    }
    lines
}

fn field(api: &Api, field: &Field) -> String {
    let presence = match field.presence {
        Presence::Required => "required",
        Presence::RequiredNullable => "required, nullable",
        Presence::Optional => "optional",
        Presence::OptionalNullable => "optional, nullable",
    };
    let flags = [
        (field.access == Access::ReadOnly, "read-only"),
        (field.access == Access::WriteOnly, "write-only"),
        (field.deprecated, "deprecated"),
        (field.boxed, "boxed"),
    ];
    let default = match &field.default {
        None => String::new(),
        Some(DefaultValue::Bool(value)) => format!(", default {value}"),
        Some(DefaultValue::Integer(value)) => format!(", default {value}"),
        Some(DefaultValue::Number(value)) => format!(", default {value}"),
        Some(DefaultValue::Text(value)) => format!(", default {}", words::quoted(value)),
    };
    let (name, ty) = (words::name(&field.name), type_ref(api, &field.ty));
    format!("{name}: {ty}, {presence}{}{default}", flags_of(&flags))
}

/// The words of what is true, each after a comma.
pub(super) fn flags_of(flags: &[(bool, &str)]) -> String {
    let words = flags.iter().filter(|(is_set, _)| *is_set);
    words.flat_map(|(_, word)| [", ", word]).collect()
}

fn variant_lines(api: &Api, arm: &Arm) -> Vec<String> {
    let tags: Vec<String> = arm.tags.iter().map(|tag| words::quoted(tag)).collect();
    let selected = if tags.is_empty() {
        String::new()
    } else {
        format!(", selected by {}", tags.join(" or "))
    };
    let head = format!("{}: {}{selected}", words::name(&arm.name), type_ref(api, &arm.ty));
    let rules = rule_lines(&arm.constraints).map(|rule| format!("  {rule}"));
    std::iter::once(head).chain(rules).collect()
}

/// A use of a type: `[T]` is an array, `{T}` a map, `T?` a value that may be null.
pub(super) fn type_ref(api: &Api, ty: &TypeRef) -> String {
    match ty {
        TypeRef::Named(id) => words::name(&api.type_def(*id).name),
        TypeRef::Primitive(primitive) => primitive.as_str().to_owned(),
        TypeRef::Array(inner) => format!("[{}]", type_ref(api, inner)),
        TypeRef::Map(inner) => format!("{{{}}}", type_ref(api, inner)),
        TypeRef::Nullable(inner) => format!("{}?", type_ref(api, inner)),
        TypeRef::Any => "(any)".to_owned(),
        TypeRef::AnyObject => "(any object)".to_owned(),
    }
}
