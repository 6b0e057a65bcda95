//! The names of the models: modules, types, fields, variants.

use std::collections::BTreeMap;

use super::{
    named::{
        ModuleTree, Named, NamedArm, NamedField, NamedMember, NamedOneof, NamedShape, NamedStruct, NamedType,
        NamedUnion, named_by,
    },
    scope::Scope,
    words::{Case, identifier, is_exact},
};
use crate::ir::{
    Api, Arm, Enum, EnumValue, Field, Member, Oneof, Payload, Shape, Struct, TypeDef, TypeId, Union, ValueEnum,
};

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

/// Names in a module of models that mean something already.
const RESERVED: &[&str] = &["models"];

/// The types of payloads have a module of their own.
pub(super) fn name_payloads(api: &Api) -> Vec<Named<'_, Payload>> {
    let mut scope = Scope::default();
    let payloads = api.payloads.iter().map(|payload| Named {
        item: payload,
        ident: scope.claim(&payload.name, &payload.origin, Case::Pascal),
    });
    payloads.collect()
}

/// A type that has no names yet.
struct Unnamed<'a> {
    id: TypeId,
    def: &'a TypeDef,
    /// Where its dotted name leads to, in wire names.
    way: Vec<&'a str>,
    /// The last part of its dotted name.
    last: &'a str,
    module: Vec<String>,
}

impl Unnamed<'_> {
    /// A component without a namespace has a file of its own, where the types of its inline schemas are too.
    fn has_own_file(&self) -> bool {
        self.way.is_empty()
    }
}

pub(super) fn name_types<'a>(api: &'a Api, prefix: &str) -> (Vec<NamedType<'a>>, ModuleTree) {
    let mut tree = Tree::default();
    let mut unnamed: Vec<Unnamed<'a>> = api.types_by_id().map(|(id, def)| unnamed(id, def, prefix)).collect();
    // In the order of wire names, whatever order the types are in: the order of claims decides who gets a suffix.
    unnamed.sort_by_key(|ty| &ty.def.name);
    for ty in &mut unnamed {
        ty.module = if ty.has_own_file() {
            tree.module(&[ty.last])
        } else {
            tree.module(&ty.way)
        };
    }
    // Who is written as it is keeps its name, whoever else comes to ask for it; no inline type takes a component's.
    unnamed.sort_by_key(|ty| (!ty.has_own_file(), !is_exact(ty.last, Case::Pascal)));
    let idents = unnamed.into_iter().map(|ty| (name_type(&ty, &mut tree), ty));
    let idents: Vec<(String, Unnamed<'a>)> = idents.collect();
    // The enums of oneof groups come after all the document's own types.
    let types = idents.into_iter().map(|(ident, ty)| NamedType {
        id: ty.id,
        def: ty.def,
        public: if ty.has_own_file() {
            Vec::new()
        } else {
            ty.module.clone()
        },
        shape: name_shape(api, &ty, &ident, &mut tree),
        module: ty.module,
        ident,
    });
    let mut types: Vec<NamedType<'a>> = types.collect();
    let modules = module_tree(&types);
    types.sort_by_key(|ty| ty.id);
    (types, modules)
}

fn unnamed<'a>(id: TypeId, def: &'a TypeDef, prefix: &str) -> Unnamed<'a> {
    let (way, last) = split(&def.name, prefix);
    Unnamed {
        id,
        def,
        way,
        last,
        module: Vec::new(),
    }
}

fn name_type(ty: &Unnamed<'_>, tree: &mut Tree) -> String {
    let key = &ty.def.name;
    if !ty.has_own_file() {
        return tree.scope(&ty.module).claim(ty.last, key, Case::Pascal);
    }
    let ident = tree.scope(&[]).claim(ty.last, key, Case::Pascal);
    tree.scope(&ty.module).take(&ident);
    ident
}

/// A dotted schema name as the way to a module and the name there.
fn split<'a>(name: &'a str, prefix: &str) -> (Vec<&'a str>, &'a str) {
    let rest = name
        .strip_prefix(prefix)
        .and_then(|rest| rest.strip_prefix('.'))
        .unwrap_or(name);
    match rest.rsplit_once('.') {
        Some((way, last)) if !last.is_empty() => (way.split('.').filter(|part| !part.is_empty()).collect(), last),
        _ => (Vec::new(), rest),
    }
}

/// The modules that have names so far.
#[derive(Default)]
struct Tree {
    /// The identifiers of modules, by the way to them in wire names.
    modules: BTreeMap<Vec<String>, Vec<String>>,
    /// What is taken in a module, by the way to it in identifiers.
    scopes: BTreeMap<Vec<String>, Scope>,
}

impl Tree {
    fn scope(&mut self, module: &[String]) -> &mut Scope {
        self.scopes
            .entry(module.to_vec())
            .or_insert_with(|| Scope::of_modules(RESERVED))
    }

    /// The way to a module in identifiers.
    fn module(&mut self, way: &[&str]) -> Vec<String> {
        let mut wire: Vec<String> = Vec::with_capacity(way.len());
        let mut idents: Vec<String> = Vec::with_capacity(way.len());
        for part in way {
            wire.push((*part).to_owned());
            if let Some(known) = self.modules.get(&wire) {
                idents.clone_from(known);
                continue;
            }
            // `app.v1.App` and `App.v1` may ask for the same module: one name serves both ways.
            let wanted = identifier(part, Case::Snake);
            let name = self.scope(&idents).claim(&wanted, &wire.join("."), Case::Snake);
            idents.push(name);
            self.modules.insert(wire.clone(), idents.clone());
        }
        idents
    }
}

fn name_shape<'a>(api: &Api, ty: &Unnamed<'a>, ident: &str, tree: &mut Tree) -> NamedShape<'a> {
    match &ty.def.shape {
        Shape::Struct(object) => {
            let mut named = name_members(ty.def, object, ident, tree.scope(&ty.module));
            let mut members = object.members.iter();
            if members.any(|member| api.is_passed_to_constructor(ty.def, member)) {
                named.required = Some(name_required(ty, ident, tree));
            }
            NamedShape::Struct(named)
        }
        Shape::Enum(values) => NamedShape::Enum(variants(values)),
        Shape::ValueEnum(values) => NamedShape::ValueEnum(values.kind, value_variants(values)),
        Shape::Union(union) => NamedShape::Union(NamedUnion {
            union,
            variants: union_variants(union),
        }),
        Shape::Constant(constant) => NamedShape::Constant(constant),
        Shape::Tuple(tuple) => NamedShape::Tuple(tuple),
        Shape::Newtype(newtype) => NamedShape::Newtype(newtype),
        Shape::Alias(alias) => NamedShape::Alias(alias),
    }
}

/// The name of the struct of an object's required fields, in the module of the object and where that is exported.
fn name_required(ty: &Unnamed<'_>, ident: &str, tree: &mut Tree) -> String {
    let (wanted, key) = (format!("{ident} required"), format!("{} required", ty.def.name));
    if !ty.has_own_file() {
        return tree.scope(&ty.module).claim(&wanted, &key, Case::Pascal);
    }
    loop {
        let ident = tree.scope(&[]).claim(&wanted, &key, Case::Pascal);
        if tree.scope(&ty.module).take(&ident) {
            return ident;
        }
    }
}

/// The names of an object's fields; `ident` is the object's own, `module` the scope of its module.
fn name_members<'a>(def: &TypeDef, object: &'a Struct, ident: &str, module: &mut Scope) -> NamedStruct<'a> {
    let mut scope = Scope::default();
    // Properties first, and arms are properties: a group has no name on the wire, and yields.
    let mut fields: BTreeMap<&str, String> = BTreeMap::new();
    for property in properties(object) {
        fields.insert(property, String::new());
    }
    for exact in [true, false] {
        for (property, ident) in &mut fields {
            if is_exact(property, Case::Snake) == exact {
                *ident = scope.claim(property, property, Case::Snake);
            }
        }
    }
    let mut constants = default_constants(object, &fields);
    let paths: BTreeMap<&str, String> = fields.iter().map(|(field, ident)| (*field, constant(ident))).collect();
    for ident in fields.values_mut() {
        if METHODS.contains(&ident.as_str()) {
            // No identifier ends so: it is unlike all others.
            ident.push('_');
        }
    }
    let field_ident = |field: &Field| fields.get(field.name.as_str()).cloned().unwrap_or_default();
    let path = |field: &Field| paths.get(field.name.as_str()).cloned().unwrap_or_default();
    let members = object.members.iter().map(|member| match member {
        Member::Field(field) => NamedMember::Field(NamedField {
            item: field,
            path: path(field),
            default: constants.remove(field.name.as_str()),
            ident: field_ident(field),
        }),
        Member::Oneof(oneof) => {
            let wanted = format!("{ident} {}", oneof.name);
            let key = format!("{}.{}", def.name, oneof.name);
            NamedMember::Oneof(NamedOneof {
                item: oneof,
                ident: scope.claim(&oneof.name, &format!("oneof {}", oneof.name), Case::Snake),
                ty: module.claim(&wanted, &key, Case::Pascal),
                arms: name_arms(oneof, field_ident, path),
            })
        }
        Member::Flattened(part) => NamedMember::Flattened(Named {
            item: part,
            ident: scope.claim(&part.name, &format!("part {}", part.name), Case::Snake),
        }),
    });
    NamedStruct {
        object,
        members: members.collect(),
        additional: object.additional.as_ref().map(|additional| Named {
            item: additional,
            ident: scope.claim("additional_properties", "additional properties", Case::Snake),
        }),
        required: None,
    }
}

fn name_arms(
    oneof: &Oneof,
    field_ident: impl Fn(&Field) -> String,
    path: impl Fn(&Field) -> String,
) -> Vec<NamedArm<'_>> {
    let mut variants = Scope::with_reserved(&["Conflict"]);
    let arms = oneof.arms.iter().map(|arm| NamedArm {
        item: arm,
        variant: variants.claim(&arm.name, &arm.name, Case::Pascal),
        path: path(arm),
        ident: field_ident(arm),
    });
    arms.collect()
}

/// The constants for the defaults of fields, by the fields' names and unlike the constants for their paths.
fn default_constants<'a>(object: &'a Struct, fields: &BTreeMap<&str, String>) -> BTreeMap<&'a str, String> {
    let mut scope = Scope::default();
    for field in fields.values() {
        scope.claim(field, field, Case::Snake);
    }
    let defaults = object.fields().filter(|field| field.default.is_some());
    let names = defaults.filter_map(|field| {
        let ident = fields.get(field.name.as_str())?;
        let name = scope.claim(&format!("default_{ident}"), ident, Case::Snake);
        Some((field.name.as_str(), constant(&name)))
    });
    names.collect()
}

/// A field's name as a constant's. Fields differ in more than their letters' case, and so do these.
fn constant(field: &str) -> String {
    field.to_ascii_uppercase()
}

fn properties(object: &Struct) -> impl Iterator<Item = &str> {
    object.members.iter().flat_map(|member| {
        match member {
            Member::Field(field) => std::slice::from_ref(field).iter(),
            Member::Oneof(oneof) => oneof.arms.iter(),
            Member::Flattened(_) => [].iter(),
        }
        .map(|field| field.name.as_str())
    })
}

fn variants(values: &Enum) -> Vec<Named<'_, EnumValue>> {
    let mut scope = Scope::with_reserved(&["UnknownValue"]);
    let order = |value: &'_ EnumValue| (!is_exact(&value.value, Case::Pascal), value.value.clone());
    named_by(&values.values, order, |value| {
        let value = value.value.as_str();
        let stem = value
            .strip_prefix(values.prefix.as_str())
            .filter(|stem| !stem.is_empty())
            .unwrap_or(value);
        scope.claim(stem, value, Case::Pascal)
    })
}

fn value_variants(values: &ValueEnum) -> Vec<Named<'_, String>> {
    let mut scope = Scope::with_reserved(&["UnknownValue"]);
    let variants = values.values.iter().map(|value| {
        let text = value.trim_matches('"');
        Named {
            item: value,
            ident: scope.claim(text, text, Case::Pascal),
        }
    });
    variants.collect()
}

fn union_variants(union: &Union) -> Vec<Named<'_, Arm>> {
    let mut scope = Scope::with_reserved(&["Unknown"]);
    let order = |arm: &'_ Arm| !is_exact(&arm.name, Case::Pascal);
    named_by(&union.arms, order, |arm| {
        let key = format!("{} {}", arm.name, arm.tags.join(" "));
        scope.claim(&arm.name, &key, Case::Pascal)
    })
}

/// The modules of types that are in the order of their names.
fn module_tree(types: &[NamedType<'_>]) -> ModuleTree {
    let mut modules = ModuleTree::new();
    modules.insert(Vec::new(), Vec::new());
    for ty in types {
        for depth in 1..ty.module.len() {
            modules.entry(ty.module[..depth].to_vec()).or_default();
        }
        modules.entry(ty.module.clone()).or_default().push(ty.id);
    }
    modules
}
