//! The names of the members of objects: fields, their setters and constants, the variants of oneof groups.

use std::collections::BTreeMap;

use super::{
    named::{Named, NamedArm, NamedField, NamedMember, NamedOneof, NamedStruct},
    namer::Namer,
    scope::settle,
    wish::Wish,
    words::Case,
};
use crate::ir::{Field, Member, Oneof, Origin, Struct};

/// Methods and functions that programs call on models: a setter of the name would hide them.
const METHODS: &[&str] = &[
    "borrow",
    "borrow_mut",
    "clone",
    "clone_from",
    "clone_into",
    "default",
    "deserialize",
    "eq",
    "fmt",
    "from",
    "into",
    "ne",
    "new",
    "serialize",
    "to_owned",
    "try_from",
    "try_into",
    "validate",
];

/// The names of an object's fields; `oneofs` are those of the enums of its groups, in their order, and `required` that of the
/// struct of its required fields.
pub(super) fn name_members<'a>(
    naming: &mut Namer<'_>,
    object: &'a Struct,
    (oneofs, required): (Vec<String>, Option<String>),
) -> NamedStruct<'a> {
    let mut oneofs = oneofs.into_iter();
    let wishes: Vec<Wish<'a>> = object
        .members
        .iter()
        .flat_map(wishes_of)
        .chain(additional(object))
        .collect();
    let idents = settle(naming, &[], &wishes);
    let constants = Constants::of(naming, object, &wishes, &idents);
    // A member has as many names as it has wishes.
    let mut idents = idents.into_iter();
    let mut members = Vec::with_capacity(object.members.len());
    for member in &object.members {
        let ident = idents.next().unwrap_or_default();
        members.push(match member {
            Member::Field(field) => NamedMember::Field(NamedField {
                item: field,
                path: constants.path(&ident),
                default: constants.default(field, &ident),
                ident: beside_methods(ident),
            }),
            Member::Oneof(oneof) => NamedMember::Oneof(NamedOneof {
                item: oneof,
                ident,
                ty: oneofs.next().unwrap_or_default(),
                arms: name_arms(naming, oneof, &constants, &mut idents),
            }),
            Member::Flattened(part) => NamedMember::Flattened(Named { item: part, ident }),
        });
    }
    let additional = object.additional.as_ref();
    NamedStruct {
        object,
        members,
        additional: additional.map(|item| Named {
            item,
            ident: idents.next().unwrap_or_default(),
        }),
        required,
    }
}

/// A member, then the properties of the group that it is.
fn wishes_of(member: &Member) -> Vec<Wish<'_>> {
    match member {
        Member::Field(field) => vec![property(field)],
        Member::Oneof(oneof) => {
            let group = Wish::new(&oneof.name, "group", Case::Snake, Origin::NOWHERE);
            std::iter::once(group).chain(oneof.arms.iter().map(property)).collect()
        }
        Member::Flattened(part) => vec![Wish::new(&part.name, "part", Case::Snake, Origin::NOWHERE)],
    }
}

fn property(field: &Field) -> Wish<'_> {
    Wish::new(&field.name, "property", Case::Snake, &field.origin)
}

fn additional(object: &Struct) -> Option<Wish<'_>> {
    let wish = || Wish::new("additional properties", "map", Case::Snake, Origin::NOWHERE);
    object.additional.as_ref().map(|_| wish())
}

fn name_arms<'a>(
    naming: &mut Namer<'_>,
    oneof: &'a Oneof,
    constants: &Constants,
    idents: &mut impl Iterator<Item = String>,
) -> Vec<NamedArm<'a>> {
    let wishes = oneof
        .arms
        .iter()
        .map(|arm| Wish::new(&arm.name, "variant", Case::Pascal, &arm.origin));
    let wishes: Vec<Wish<'a>> = wishes.collect();
    let variants = settle(naming, &[&["Conflict"]], &wishes);
    let arms = oneof.arms.iter().zip(variants).map(|(item, variant)| {
        let ident = idents.next().unwrap_or_default();
        NamedArm {
            item,
            variant,
            path: constants.path(&ident),
            ident: beside_methods(ident),
        }
    });
    arms.collect()
}

/// The constants of an object, by the names of its fields: those for paths, where masks name them, and for defaults.
struct Constants {
    paths: BTreeMap<String, String>,
    defaults: BTreeMap<String, String>,
}

impl Constants {
    fn of(naming: &mut Namer<'_>, object: &Struct, members: &[Wish<'_>], idents: &[String]) -> Self {
        let with_default = object.fields().filter(|field| field.default.is_some());
        let with_default: Vec<&str> = with_default.map(|field| field.name.as_str()).collect();
        if with_default.is_empty() {
            return Self {
                paths: BTreeMap::new(),
                defaults: BTreeMap::new(),
            };
        }
        let fields = members.iter().zip(idents).filter(|(wish, _)| wish.kind == "property");
        let fields: Vec<(&str, &String)> = fields.map(|(wish, ident)| (wish.wire, ident)).collect();
        let constant = |wire, kind, text: String| Wish::new(wire, kind, Case::Snake, Origin::NOWHERE).text(text);
        let paths = fields.iter().filter(|_| object.has_paths);
        let paths = paths.map(|(wire, ident)| (*ident, constant(*wire, "path", (*ident).clone())));
        let (of_paths, mut wishes): (Vec<&String>, Vec<Wish<'_>>) = paths.unzip();
        let defaults = fields.iter().filter(|(wire, _)| with_default.contains(wire));
        let defaults = defaults.map(|(wire, ident)| (*ident, constant(*wire, "value", format!("default_{ident}"))));
        let (of_defaults, of_values): (Vec<&String>, Vec<Wish<'_>>) = defaults.unzip();
        wishes.extend(of_values);
        let mut names = settle(naming, &[], &wishes).into_iter();
        let mut constants = |idents: Vec<&String>| {
            let names = names.by_ref().take(idents.len()).map(|name| name.to_ascii_uppercase());
            idents.into_iter().cloned().zip(names).collect()
        };
        Self {
            paths: constants(of_paths),
            defaults: constants(of_defaults),
        }
    }

    fn path(&self, ident: &str) -> String {
        let path = self.paths.get(ident);
        path.cloned().unwrap_or_else(|| ident.to_ascii_uppercase())
    }

    fn default(&self, field: &Field, ident: &str) -> Option<String> {
        field.default.as_ref()?;
        self.defaults.get(ident).cloned()
    }
}

/// A field whose setter would hide a method has an underscore at its end: no other identifier ends so.
fn beside_methods(mut ident: String) -> String {
    if METHODS.contains(&ident.as_str()) {
        ident.push('_');
    }
    ident
}
