//! The names of the models: modules and types.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    members,
    named::{ModuleTree, Named, NamedAlias, NamedShape, NamedType, NamedUnion},
    namer::Namer,
    scope::{NO_FILES, settle},
    values,
    wish::{NamePlace, Wish},
    words::{Case, with_suffix},
};
use crate::ir::{Api, Member, Oneof, Origin, Payload, Shape, TypeDef, TypeId};

/// Names in a module of models that mean something already.
const RESERVED: &[&str] = &["models"];

/// The types of payloads have a module of their own.
pub(super) fn name_payloads<'a>(naming: &mut Namer<'_>, api: &'a Api) -> Vec<Named<'a, Payload>> {
    let wishes = api.payloads.iter().map(|payload| Wish {
        key: Some(payload.origin.clone()),
        ..Wish::new(&payload.name, "payload", Case::Pascal, Origin::NOWHERE)
    });
    let wishes: Vec<Wish<'_>> = wishes.collect();
    let named = api.payloads.iter().zip(settle(naming, &[], &wishes));
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
    /// Whether its required fields have a struct of their own.
    has_required: bool,
}

/// The names of what types have beside themselves.
#[derive(Default)]
struct Beside {
    /// The structs of required fields.
    required: BTreeMap<TypeId, String>,
    /// The enums of oneof groups.
    oneofs: BTreeMap<TypeId, Vec<String>>,
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

    /// The wish of the struct of its required fields.
    fn wish_required(&self, naming: &mut Namer<'_>) -> Wish<'a> {
        let pin = naming.pinned(NamePlace::of(&self.def.origin), Case::Pascal);
        let wish = Wish::new(self.last, "fields", Case::Pascal, Origin::NOWHERE);
        Wish {
            key: self.key.clone(),
            derived: pin.map(|pin| with_suffix(&pin, "required", Case::Pascal)),
            ..wish.text(format!("{} required", self.last))
        }
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

pub(super) fn name_types<'a>(naming: &mut Namer<'_>, api: &'a Api, prefix: &str) -> (Vec<NamedType<'a>>, ModuleTree) {
    let unnamed = api.types_by_id().map(|(id, def)| unnamed(api, (id, def), prefix));
    let mut unnamed: Vec<Unnamed<'a>> = unnamed.collect();
    unnamed.sort_by_key(|ty| &ty.def.name);
    tell_apart(naming, &mut unnamed);
    let modules = name_modules(naming, &unnamed);
    let (mut idents, mut beside) = (BTreeMap::new(), Beside::default());
    let components: Vec<&Unnamed<'a>> = unnamed.iter().filter(|ty| ty.has_own_file()).collect();
    name_in_scope(naming, (&components, &[]), &[RESERVED], (&mut idents, &mut beside));
    let mut by_module: BTreeMap<Vec<&'a str>, Vec<&Unnamed<'a>>> = BTreeMap::new();
    for ty in &unnamed {
        by_module.entry(ty.module()).or_default().push(ty);
    }
    for types in by_module.values() {
        name_in_module(naming, types, &mut idents, &mut beside);
    }
    let types = unnamed.into_iter().map(|ty| {
        let module = modules.get(&ty.module()).cloned().unwrap_or_default();
        let own = (
            beside.oneofs.remove(&ty.id).unwrap_or_default(),
            beside.required.remove(&ty.id),
        );
        NamedType {
            id: ty.id,
            def: ty.def,
            public: if ty.has_own_file() { Vec::new() } else { module.clone() },
            module,
            ident: idents.get(&ty.id).cloned().unwrap_or_default(),
            shape: name_shape(naming, ty.def, own),
        }
    });
    let mut types: Vec<NamedType<'a>> = types.collect();
    let tree = module_tree(&types);
    types.sort_by_key(|ty| ty.id);
    (types, tree)
}

/// Names the types of a module that are not public elsewhere, and what all its types have beside themselves.
fn name_in_module<'a>(
    naming: &mut Namer<'_>,
    types: &[&Unnamed<'a>],
    idents: &mut BTreeMap<TypeId, String>,
    beside: &mut Beside,
) {
    let (own, others): (Vec<&Unnamed<'a>>, Vec<&Unnamed<'a>>) = types.iter().partition(|ty| ty.has_own_file());
    // What is public elsewhere is defined here under the same name.
    let mut taken: Vec<String> = Vec::new();
    for component in own {
        let natural = naming.words.identifier(component.last, Case::Pascal);
        taken.extend(idents.get(&component.id).cloned());
        taken.extend(beside.required.get(&component.id).cloned());
        taken.push(with_suffix(&natural, "required", Case::Pascal));
        taken.push(natural);
    }
    let taken: Vec<&str> = taken.iter().map(String::as_str).collect();
    name_in_scope(naming, (&others, types), &[RESERVED, &taken], (idents, beside));
}

/// Names types and the structs of their required fields, and the enums of the oneof groups of some types.
fn name_in_scope<'a>(
    naming: &mut Namer<'_>,
    (types, with_oneofs): (&[&Unnamed<'a>], &[&Unnamed<'a>]),
    reserved: &[&[&str]],
    (idents, beside): (&mut BTreeMap<TypeId, String>, &mut Beside),
) {
    let mut wishes: Vec<Wish<'a>> = types.iter().map(|ty| ty.wish()).collect();
    let with_required: Vec<&&Unnamed<'a>> = types.iter().filter(|ty| ty.has_required).collect();
    wishes.extend(with_required.iter().map(|ty| ty.wish_required(naming)));
    let groups = with_oneofs.iter().flat_map(|ty| ty.oneofs().map(|oneof| (*ty, oneof)));
    let groups: Vec<(&Unnamed<'a>, &'a Oneof)> = groups.collect();
    wishes.extend(groups.iter().map(|(ty, oneof)| {
        let wish = Wish::new(&oneof.name, "group", Case::Pascal, Origin::NOWHERE);
        Wish {
            key: Some(ty.def.name.clone()),
            ..wish.text(format!("{} {}", ty.last, oneof.name))
        }
    }));
    let mut given = settle(naming, reserved, &wishes).into_iter();
    idents.extend(types.iter().map(|ty| ty.id).zip(given.by_ref().take(types.len())));
    let required = with_required.iter().map(|ty| ty.id);
    beside
        .required
        .extend(required.zip(given.by_ref().take(with_required.len())));
    for ((ty, _), ident) in groups.iter().zip(given) {
        beside.oneofs.entry(ty.id).or_default().push(ident);
    }
}

fn unnamed<'a>(api: &Api, (id, def): (TypeId, &'a TypeDef), prefix: &str) -> Unnamed<'a> {
    let (way, last) = split(&def.name, prefix);
    // A component that is a mere reference is used by the name that it refers to.
    let meant = match def.origin {
        Origin::Component(_) => def,
        _ => api.type_def(api.meant(id)),
    };
    let members = match &meant.shape {
        Shape::Struct(object) => object.members.as_slice(),
        _ => &[],
    };
    let has_required = members.iter().any(|member| api.is_passed_to_constructor(meant, member));
    Unnamed {
        id,
        def,
        way,
        last,
        key: None,
        has_required,
    }
}

/// Gives types of the same dotted name, which are in order, what tells them apart: where they are declared.
fn tell_apart(naming: &Namer<'_>, types: &mut [Unnamed<'_>]) {
    for same in types.chunk_by_mut(|a, b| a.def.name == b.def.name) {
        if same.len() > 1 {
            for ty in &mut *same {
                ty.key = naming.pointer(NamePlace::of(&ty.def.origin));
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
fn name_modules<'a>(naming: &mut Namer<'_>, types: &[Unnamed<'a>]) -> BTreeMap<Vec<&'a str>, Vec<String>> {
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
                derived: naming
                    .pinned(NamePlace::of(origin), Case::Pascal)
                    .map(|pin| naming.words.identifier(&pin, Case::Snake)),
                ..Wish::new(wire, "module", Case::Snake, origin)
            });
            let wishes: Vec<Wish<'_>> = wishes.collect();
            let idents = settle(naming, &[RESERVED, NO_FILES], &wishes);
            let idents_around = named.get(around).cloned().unwrap_or_default();
            for (wire, ident) in modules.keys().zip(idents) {
                let way = [around.as_slice(), &[*wire]].concat();
                named.insert(way, [idents_around.as_slice(), &[ident]].concat());
            }
        }
    }
    named
}

/// The names of the parts of a type; `own` are those of the enums of its groups and of the struct of its required fields.
fn name_shape<'a>(naming: &mut Namer<'_>, def: &'a TypeDef, own: (Vec<String>, Option<String>)) -> NamedShape<'a> {
    match &def.shape {
        Shape::Struct(object) => NamedShape::Struct(members::name_members(naming, object, own)),
        Shape::Enum(known) => NamedShape::Enum(values::variants(naming, def, known)),
        Shape::ValueEnum(known) => NamedShape::ValueEnum(known.kind, values::value_variants(naming, def, known)),
        Shape::Union(union) => NamedShape::Union(NamedUnion {
            union,
            variants: values::union_variants(naming, union),
        }),
        Shape::Constant(constant) => NamedShape::Constant(constant),
        Shape::Tuple(tuple) => NamedShape::Tuple(tuple),
        Shape::Newtype(newtype) => NamedShape::Newtype(newtype),
        Shape::Alias(alias) => NamedShape::Alias(NamedAlias { alias, required: own.1 }),
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
