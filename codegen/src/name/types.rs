//! The names of the models: modules, types, fields, variants.

use std::collections::BTreeMap;

use super::{
    ModuleTree,
    scope::Scope,
    words::{Case, identifier, is_exact},
};
use crate::ir::{Api, Enum, Member, Shape, Struct, TypeDef, TypeId, Union, ValueEnum};

/// Names in a module of models that mean something already.
const RESERVED: &[&str] = &["models"];

/// The names of a type and of its parts.
#[derive(Debug)]
pub struct TypeName {
    /// The way from `models` to the module that the type stands in: its file.
    pub module: Vec<String>,
    /// The way from `models` to the module that others find it in: that of a component without a namespace is `models`
    /// itself, which exports it from the component's own file.
    pub public: Vec<String>,
    /// The type itself.
    pub ident: String,
    /// The members of a struct, in the order of [`Struct::members`].
    pub members: Vec<MemberName>,
    /// The variants of an enum or a union, in the order of its values or arms.
    pub variants: Vec<String>,
    /// The field that holds the members beyond the known ones.
    pub additional: String,
}

/// The names of a struct's member.
#[derive(Debug)]
pub struct MemberName {
    /// The field.
    pub field: String,
    /// The constant for its way in update masks.
    pub path: String,
    /// The constant for its default.
    pub default: String,
    /// The enum of a oneof group; empty for a property.
    pub oneof: String,
    /// The arms of a oneof group in its order.
    pub arms: Vec<ArmName>,
}

/// The names of a oneof group's arm.
#[derive(Debug)]
pub struct ArmName {
    /// The variant of the group's enum.
    pub variant: String,
    /// What the arm's setter sets: its name as a field would have it.
    pub field: String,
    /// The constant for its way in update masks.
    pub path: String,
}

/// The types of payloads stand in a module of their own.
pub(super) fn name_payloads(api: &Api) -> Vec<String> {
    let mut scope = Scope::default();
    let payloads = api.payloads.iter();
    let names = payloads.map(|payload| scope.claim(&payload.name, &payload.origin, Case::Pascal));
    names.collect()
}

pub(super) fn name_types(api: &Api, prefix: &str) -> (Vec<TypeName>, ModuleTree) {
    let mut tree = Tree::default();
    let places: Vec<(Vec<&str>, &str)> = api.types.iter().map(|def| split(&def.name, prefix)).collect();
    // In the order of wire names, whatever order the types are in: the order of claims decides who gets a suffix.
    let mut order: Vec<usize> = (0..api.types.len()).collect();
    order.sort_by(|a, b| api.types[*a].name.cmp(&api.types[*b].name));
    let mut modules: Vec<Vec<String>> = vec![Vec::new(); api.types.len()];
    for &index in &order {
        let (way, name) = &places[index];
        // A component without a namespace has a file of its own, where the types of its inline schemas are too.
        modules[index] = if way.is_empty() {
            tree.module(&[name])
        } else {
            tree.module(way)
        };
    }
    let mut idents = vec![String::new(); api.types.len()];
    // Who is written as it is keeps its name, whoever else comes to ask for it; no inline type takes a component's.
    let has_own_file = |index: usize| places[index].0.is_empty();
    order.sort_by_key(|index| (!has_own_file(*index), !is_exact(places[*index].1, Case::Pascal)));
    for &index in &order {
        let (wanted, key) = (places[index].1, &api.types[index].name);
        idents[index] = if has_own_file(index) {
            let ident = tree.scope(&[]).claim(wanted, key, Case::Pascal);
            tree.scope(&modules[index]).take(&ident);
            ident
        } else {
            tree.scope(&modules[index]).claim(wanted, key, Case::Pascal)
        };
    }
    let mut types: Vec<TypeName> = api
        .types
        .iter()
        .enumerate()
        .zip(modules.into_iter().zip(idents))
        .map(|((index, def), (module, ident))| {
            let public = if has_own_file(index) {
                Vec::new()
            } else {
                module.clone()
            };
            parts(def, module, public, ident)
        })
        .collect();
    for &index in &order {
        name_oneofs(&api.types[index], &mut types[index], &mut tree);
    }
    let modules = module_tree(&types, &order);
    (types, modules)
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

fn parts(def: &TypeDef, module: Vec<String>, public: Vec<String>, ident: String) -> TypeName {
    let mut name = TypeName {
        module,
        public,
        ident,
        members: Vec::new(),
        variants: Vec::new(),
        additional: String::new(),
    };
    match &def.shape {
        Shape::Struct(object) => name_members(object, &mut name),
        Shape::Enum(values) => name.variants = variants(values),
        Shape::ValueEnum(values) => name.variants = value_variants(values),
        Shape::Union(union) => name.variants = union_variants(union),
        Shape::Newtype(_) | Shape::Alias(_) | Shape::Constant(_) | Shape::Tuple(_) => {}
    }
    name
}

fn name_members(object: &Struct, name: &mut TypeName) {
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
    let constants = default_constants(object, &fields);
    for member in &object.members {
        name.members.push(match member {
            Member::Field(field) => {
                let field = fields.get(field.name.as_str()).cloned().unwrap_or_default();
                MemberName {
                    path: constant(&field),
                    default: constants.get(&field).cloned().unwrap_or_default(),
                    field,
                    oneof: String::new(),
                    arms: Vec::new(),
                }
            }
            Member::Oneof(oneof) => {
                let mut variants = Scope::with_reserved(&["Conflict"]);
                let arms = oneof.arms.iter().map(|arm| {
                    let field = fields.get(arm.name.as_str()).cloned().unwrap_or_default();
                    ArmName {
                        variant: variants.claim(&arm.name, &arm.name, Case::Pascal),
                        path: constant(&field),
                        field,
                    }
                });
                let arms = arms.collect();
                let field = scope.claim(&oneof.name, &format!("oneof {}", oneof.name), Case::Snake);
                MemberName {
                    path: constant(&field),
                    default: String::new(),
                    field,
                    oneof: String::new(),
                    arms,
                }
            }
            Member::Part(part) => MemberName {
                path: String::new(),
                default: String::new(),
                field: scope.claim(&part.name, &format!("part {}", part.name), Case::Snake),
                oneof: String::new(),
                arms: Vec::new(),
            },
        });
    }
    name.additional = scope.claim("additional_properties", "additional properties", Case::Snake);
}

/// The constants for the defaults of fields, unlike those for their paths.
fn default_constants(object: &Struct, fields: &BTreeMap<&str, String>) -> BTreeMap<String, String> {
    let mut scope = Scope::default();
    for field in fields.values() {
        scope.claim(field, field, Case::Snake);
    }
    let defaults = object.fields().filter(|field| field.default.is_some());
    let defaults = defaults.filter_map(|field| fields.get(field.name.as_str()));
    let names = defaults.map(|field| {
        let name = scope.claim(&format!("default_{field}"), field, Case::Snake);
        (field.clone(), constant(&name))
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
            Member::Part(_) => [].iter(),
        }
        .map(|field| field.name.as_str())
    })
}

/// The enums of oneof groups stand beside their struct, and come after all the document's own types.
fn name_oneofs(def: &TypeDef, name: &mut TypeName, tree: &mut Tree) {
    let Shape::Struct(object) = &def.shape else { return };
    for (member, member_name) in object.members.iter().zip(&mut name.members) {
        if let Member::Oneof(oneof) = member {
            let wanted = format!("{} {}", name.ident, oneof.name);
            let key = format!("{}.{}", def.name, oneof.name);
            member_name.oneof = tree.scope(&name.module).claim(&wanted, &key, Case::Pascal);
        }
    }
}

fn variants(values: &Enum) -> Vec<String> {
    let mut scope = Scope::with_reserved(&["UnknownValue"]);
    let mut order: Vec<usize> = (0..values.values.len()).collect();
    let key = |index: usize| {
        let value = values.values[index].value.as_str();
        (!is_exact(value, Case::Pascal), value)
    };
    order.sort_by_key(|index| key(*index));
    let mut names = vec![String::new(); values.values.len()];
    for index in order {
        let value = values.values[index].value.as_str();
        let stem = value
            .strip_prefix(values.prefix.as_str())
            .filter(|stem| !stem.is_empty())
            .unwrap_or(value);
        names[index] = scope.claim(stem, value, Case::Pascal);
    }
    names
}

fn value_variants(values: &ValueEnum) -> Vec<String> {
    let mut scope = Scope::with_reserved(&["UnknownValue"]);
    let texts = values.values.iter().map(|value| value.trim_matches('"'));
    texts.map(|text| scope.claim(text, text, Case::Pascal)).collect()
}

fn union_variants(union: &Union) -> Vec<String> {
    let mut scope = Scope::with_reserved(&["Unknown"]);
    let mut order: Vec<usize> = (0..union.arms.len()).collect();
    order.sort_by_key(|index| !is_exact(&union.arms[*index].name, Case::Pascal));
    let mut names = vec![String::new(); union.arms.len()];
    for index in order {
        let arm = &union.arms[index];
        let key = format!("{} {}", arm.name, arm.tags.join(" "));
        names[index] = scope.claim(&arm.name, &key, Case::Pascal);
    }
    names
}

fn module_tree(types: &[TypeName], order: &[usize]) -> ModuleTree {
    let mut modules = ModuleTree::new();
    modules.insert(Vec::new(), Vec::new());
    for &index in order {
        let module = &types[index].module;
        for depth in 1..module.len() {
            modules.entry(module[..depth].to_vec()).or_default();
        }
        let id = TypeId(u32::try_from(index).unwrap_or(u32::MAX));
        modules.entry(module.clone()).or_default().push(id);
    }
    modules
}
