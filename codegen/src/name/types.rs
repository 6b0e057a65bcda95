//! The names of the models: modules and types.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    members,
    named::{ModuleTree, Named, NamedShape, NamedStruct, NamedType, NamedUnion},
    namer::Namer,
    scope::{NO_FILES, settle},
    values,
    wish::{NamePlace, Wish},
    words::Case,
};
use crate::ir::{Api, Member, Oneof, Origin, Payload, Shape, TypeDef, TypeId};

/// Names in a module of models that mean something already.
const RESERVED: &[&str] = &["models"];

/// The types of payloads have a module of their own.
pub(super) fn name_payloads<'a>(namer: &mut Namer<'_>, api: &'a Api) -> Vec<Named<'a, Payload>> {
    let wishes = api.payloads.iter().map(|payload| Wish {
        key: Some(payload.origin.clone()),
        ..Wish::new(&payload.name, "payload", Case::Pascal, Origin::NOWHERE)
    });
    let wishes: Vec<Wish<'_>> = wishes.collect();
    let named = api.payloads.iter().zip(settle(namer, &[], &wishes));
    named.map(|(item, ident)| Named { item, ident }).collect()
}

/// A type that has no names yet.
struct Unnamed<'a> {
    id: TypeId,
    def: &'a TypeDef,
    /// Where its dotted name leads to, in wire names.
    way: Vec<&'a str>,
    /// The last part of its dotted name.
    last: &'a str,
    /// What tells it apart from a type of the same dotted name.
    key: Option<String>,
}

impl<'a> Unnamed<'a> {
    /// A component without a namespace has a file of its own, where the types of its inline schemas are too.
    fn has_own_file(&self) -> bool {
        self.way.is_empty()
    }

    /// The way to the module that it is defined in, in wire names.
    fn module(&self) -> Vec<&'a str> {
        if self.has_own_file() {
            vec![self.last]
        } else {
            self.way.clone()
        }
    }

    fn wish(&self) -> Wish<'a> {
        let kind = match self.def.origin {
            Origin::Component(_) => "schema",
            _ => "inline",
        };
        Wish {
            key: self.key.clone(),
            ..Wish::new(self.last, kind, Case::Pascal, &self.def.origin)
        }
    }

    /// The wish of the struct of its required fields, if it has one.
    fn required(&self, namer: &mut Namer<'_>, api: &Api) -> Option<Wish<'a>> {
        let Shape::Struct(object) = &self.def.shape else {
            return None;
        };
        let mut members = object.members.iter();
        let has_any = members.any(|member| api.is_passed_to_constructor(self.def, member));
        let pin = namer.pinned(NamePlace::of(&self.def.origin), Case::Pascal);
        let derived = pin.map(|pin| namer.words.identifier(&format!("{pin} required"), Case::Pascal));
        has_any.then(|| Wish {
            key: self.key.clone(),
            derived,
            ..Wish::new(self.last, "required", Case::Pascal, Origin::NOWHERE).text(format!("{} required", self.last))
        })
    }

    fn oneofs(&self) -> impl Iterator<Item = &'a Oneof> + use<'a> {
        let members = match &self.def.shape {
            Shape::Struct(object) => object.members.as_slice(),
            _ => &[],
        };
        members.iter().filter_map(|member| match member {
            Member::Oneof(oneof) => Some(oneof),
            Member::Field(_) | Member::Flattened(_) => None,
        })
    }
}

pub(super) fn name_types<'a>(namer: &mut Namer<'_>, api: &'a Api, prefix: &str) -> (Vec<NamedType<'a>>, ModuleTree) {
    let mut unnamed: Vec<Unnamed<'a>> = api.types_by_id().map(|(id, def)| unnamed(id, def, prefix)).collect();
    unnamed.sort_by_key(|ty| &ty.def.name);
    tell_apart(namer, &mut unnamed);
    let modules = name_modules(namer, &unnamed);
    let components: Vec<&Unnamed<'a>> = unnamed.iter().filter(|ty| ty.has_own_file()).collect();
    let mut wishes: Vec<Wish<'a>> = components.iter().map(|ty| ty.wish()).collect();
    let mut required = Required::default();
    wishes.extend(required.wishes(namer, api, &components));
    let mut public = settle(namer, &[RESERVED], &wishes);
    required.name(public.split_off(components.len()));
    let mut idents: Vec<(TypeId, String)> = components.iter().map(|ty| ty.id).zip(public).collect();
    let mut by_module: BTreeMap<Vec<&'a str>, Vec<&Unnamed<'a>>> = BTreeMap::new();
    for ty in &unnamed {
        by_module.entry(ty.module()).or_default().push(ty);
    }
    let public: BTreeMap<TypeId, String> = idents.iter().cloned().collect();
    let mut oneofs: BTreeMap<TypeId, Vec<String>> = BTreeMap::new();
    for types in by_module.values() {
        name_in_module((namer, api), types, &public, (&mut idents, &mut oneofs, &mut required));
    }
    let idents: BTreeMap<TypeId, String> = idents.into_iter().collect();
    let types = unnamed.into_iter().map(|ty| {
        let module = modules.get(&ty.module()).cloned().unwrap_or_default();
        NamedType {
            id: ty.id,
            def: ty.def,
            public: if ty.has_own_file() { Vec::new() } else { module.clone() },
            module,
            ident: idents.get(&ty.id).cloned().unwrap_or_default(),
            shape: name_shape(
                namer,
                ty.def,
                oneofs.remove(&ty.id).unwrap_or_default(),
                required.names.remove(&ty.id),
            ),
        }
    });
    let mut types: Vec<NamedType<'a>> = types.collect();
    let tree = module_tree(&types);
    types.sort_by_key(|ty| ty.id);
    (types, tree)
}

/// The structs of required fields, with their names.
#[derive(Default)]
struct Required {
    names: BTreeMap<TypeId, String>,
    /// Those that wait for their names.
    waiting: Vec<TypeId>,
}

impl Required {
    fn wishes<'a>(&mut self, namer: &mut Namer<'_>, api: &Api, types: &[&Unnamed<'a>]) -> Vec<Wish<'a>> {
        let wishes = types.iter().filter_map(|ty| Some((ty.id, ty.required(namer, api)?)));
        let (waiting, wishes) = wishes.unzip();
        self.waiting = waiting;
        wishes
    }

    fn name(&mut self, idents: Vec<String>) {
        self.names.extend(self.waiting.drain(..).zip(idents));
    }
}

/// Names the types of a module that are not public elsewhere, and the enums of the oneof groups of all its types.
fn name_in_module<'a>(
    (namer, api): (&mut Namer<'_>, &Api),
    types: &[&Unnamed<'a>],
    public: &BTreeMap<TypeId, String>,
    (idents, oneofs, required): (
        &mut Vec<(TypeId, String)>,
        &mut BTreeMap<TypeId, Vec<String>>,
        &mut Required,
    ),
) {
    let (own, others): (Vec<&Unnamed<'a>>, Vec<&Unnamed<'a>>) = types.iter().partition(|ty| ty.has_own_file());
    let mut taken: Vec<String> = Vec::new();
    for component in own {
        taken.extend(public.get(&component.id).cloned());
        taken.extend(required.names.get(&component.id).cloned());
        taken.push(namer.words.identifier(component.last, Case::Pascal));
    }
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    let groups = types.iter().flat_map(|ty| ty.oneofs().map(|oneof| (*ty, oneof)));
    let groups: Vec<(&Unnamed<'a>, &Oneof)> = groups.collect();
    let wishes = others.iter().map(|ty| ty.wish());
    let wishes = wishes.chain(groups.iter().map(|(ty, oneof)| {
        let wish = Wish::new(&oneof.name, "group", Case::Pascal, Origin::NOWHERE);
        Wish {
            key: Some(ty.def.name.clone()),
            ..wish.text(format!("{} {}", ty.last, oneof.name))
        }
    }));
    let mut wishes: Vec<Wish<'_>> = wishes.collect();
    let of_required = wishes.len();
    wishes.extend(required.wishes(namer, api, &others));
    let mut names = settle(namer, &[RESERVED, &taken], &wishes);
    required.name(names.split_off(of_required));
    let of_groups = names.split_off(others.len());
    idents.extend(others.iter().map(|ty| ty.id).zip(names));
    for ((ty, _), ident) in groups.iter().zip(of_groups) {
        oneofs.entry(ty.id).or_default().push(ident);
    }
}

fn unnamed<'a>(id: TypeId, def: &'a TypeDef, prefix: &str) -> Unnamed<'a> {
    let (way, last) = split(&def.name, prefix);
    Unnamed {
        id,
        def,
        way,
        last,
        key: None,
    }
}

/// Gives types of the same dotted name, which are in order, what tells them apart: where they are declared.
fn tell_apart(namer: &Namer<'_>, types: &mut [Unnamed<'_>]) {
    for same in types.chunk_by_mut(|a, b| a.def.name == b.def.name) {
        if same.len() > 1 {
            for ty in &mut *same {
                ty.key = namer.pointer(NamePlace::of(&ty.def.origin));
            }
            same.sort_by(|a, b| a.key.cmp(&b.key));
        }
    }
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

/// The identifiers of the ways to all modules, by the ways in wire names: `app.v1.App` and `App.v1` are two modules.
fn name_modules<'a>(namer: &mut Namer<'_>, types: &[Unnamed<'a>]) -> BTreeMap<Vec<&'a str>, Vec<String>> {
    // The modules in each module, with the component that has the module for its own file.
    let mut inside: BTreeMap<Vec<&'a str>, BTreeMap<&'a str, &'a Origin>> = BTreeMap::new();
    let mut depths: BTreeSet<usize> = BTreeSet::new();
    for ty in types {
        let way = ty.module();
        for depth in 0..way.len() {
            let modules = inside.entry(way[..depth].to_vec()).or_default();
            let origin = modules.entry(way[depth]).or_insert(Origin::NOWHERE);
            if ty.has_own_file() {
                *origin = &ty.def.origin;
            }
            depths.insert(depth);
        }
    }
    let mut named: BTreeMap<Vec<&'a str>, Vec<String>> = BTreeMap::from([(Vec::new(), Vec::new())]);
    for depth in depths {
        for (around, modules) in inside.iter().filter(|(around, _)| around.len() == depth) {
            let wishes = modules.iter().map(|(wire, origin)| Wish {
                place: NamePlace::NOWHERE,
                derived: namer
                    .pinned(NamePlace::of(origin), Case::Pascal)
                    .map(|pin| namer.words.identifier(&pin, Case::Snake)),
                ..Wish::new(wire, "module", Case::Snake, origin)
            });
            let wishes: Vec<Wish<'_>> = wishes.collect();
            let idents = settle(namer, &[RESERVED, NO_FILES], &wishes);
            let idents_around = named.get(around).cloned().unwrap_or_default();
            for (wire, ident) in modules.keys().zip(idents) {
                let way = [around.as_slice(), &[*wire]].concat();
                named.insert(way, [idents_around.as_slice(), &[ident]].concat());
            }
        }
    }
    named
}

fn name_shape<'a>(
    namer: &mut Namer<'_>,
    def: &'a TypeDef,
    oneofs: Vec<String>,
    required: Option<String>,
) -> NamedShape<'a> {
    match &def.shape {
        Shape::Struct(object) => NamedShape::Struct(NamedStruct {
            required,
            ..members::name_members(namer, object, oneofs)
        }),
        Shape::Enum(known) => NamedShape::Enum(values::variants(namer, def, known)),
        Shape::ValueEnum(known) => NamedShape::ValueEnum(known.kind, values::value_variants(namer, def, known)),
        Shape::Union(union) => NamedShape::Union(NamedUnion {
            union,
            variants: values::union_variants(namer, union),
        }),
        Shape::Constant(constant) => NamedShape::Constant(constant),
        Shape::Tuple(tuple) => NamedShape::Tuple(tuple),
        Shape::Newtype(newtype) => NamedShape::Newtype(newtype),
        Shape::Alias(alias) => NamedShape::Alias(alias),
    }
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
