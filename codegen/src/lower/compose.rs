//! The properties of an object, those of its `allOf` included.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::{
    Lowering,
    by_name::{Additional, Others, Pattern},
    kind,
    kind::{Components, Kind, Verdict, verdict},
    refine,
};
use crate::{at::At, diagnostic::Code};

/// What an object is made of, wherever in an `allOf` it was said.
#[derive(Default)]
pub(super) struct Properties<'d> {
    pub(super) entries: IndexMap<String, Entry<'d>>,
    pub(super) required: IndexSet<String>,
    /// What other members may hold, where that is said.
    additional: Option<Additional<'d>>,
    /// What members of some names may hold.
    patterns: Vec<Pattern<'d>>,
    /// The unions whose members lie among those of the object.
    pub(super) parts: Vec<PartEntry<'d>>,
    /// The component that the object is.
    root: Option<&'d str>,
    /// The components that are merged already: a diamond of references has more paths than parts.
    merged: HashSet<&'d str>,
}

/// How many references may lie between an object and a part of its `allOf`.
const MAX_PARTS_DEEP: usize = 256;

/// A union among the parts of an object.
pub(super) enum PartEntry<'d> {
    /// A component.
    Component(&'d str),
    /// A choice that stands in a schema.
    Choice {
        schema: &'d Schema,
        arms: &'d [ReferenceOr<Schema>],
        typed: Vec<usize>,
        /// The keyword.
        key: &'static str,
        /// The component that it stands in, where that is another one.
        owner: Option<&'d str>,
        pointer: String,
    },
}

/// A property with the place where it was found.
pub(super) struct Entry<'d> {
    pub(super) schema: &'d ReferenceOr<Box<Schema>>,
    /// The component that it comes from, where that is another one.
    pub(super) owner: Option<&'d str>,
    pointer: String,
    /// What other parts say of it, with the places.
    pub(super) elsewhere: Vec<(&'d ReferenceOr<Box<Schema>>, String)>,
}

impl Entry<'_> {
    pub(super) fn place(&self) -> At<'_> {
        At::of(&self.pointer)
    }
}

impl<'d> Properties<'d> {
    pub(super) fn collect(lowering: &mut Lowering<'d>, schema: &'d Schema, name: &str, at: &At<'_>) -> Self {
        let mut properties = Self {
            root: lowering.schemas.get_key_value(name).map(|(name, _)| name.as_str()),
            ..Self::default()
        };
        properties.add_schema(lowering, schema, at, &mut Vec::new());
        properties
    }

    /// What the members may hold that are no properties.
    pub(super) fn others(&mut self) -> Others<'d> {
        Others {
            patterns: std::mem::take(&mut self.patterns),
            additional: self.additional,
        }
    }

    fn add_schema(&mut self, lowering: &mut Lowering<'d>, schema: &'d Schema, at: &At<'_>, trail: &mut Vec<&'d str>) {
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => self.add_object(lowering, object, at, trail),
            SchemaKind::AllOf { all_of } => self.add_arms(lowering, all_of, at, trail),
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => {}
            SchemaKind::Any(any) if any.typ.as_deref().is_none_or(|typ| typ == "object") => {
                self.add_arms(lowering, &any.all_of, at, trail);
                self.add_parts(
                    lowering,
                    &any.properties,
                    &any.required,
                    any.additional_properties.as_ref(),
                    at,
                    trail.last().copied(),
                );
            }
            _ => {
                let message = "this part of `allOf` is no plain object: what it says is not in the type";
                lowering.warn(
                    Code::Weakened,
                    at,
                    message,
                    "the parts that are objects are kept; move what matters into one of them",
                );
            }
        }
        self.patterns.extend(lowering.lookup().patterns(schema, at));
        self.add_choices(lowering, schema, at, trail);
    }

    /// The choices among the keywords of a schema.
    fn add_choices(&mut self, lowering: &mut Lowering<'d>, schema: &'d Schema, at: &At<'_>, trail: &mut Vec<&'d str>) {
        let components = lowering.lookup();
        for (key, arms) in kind::choices_of(schema) {
            match verdict(components, arms) {
                Verdict::Conditions | Verdict::Text => {}
                Verdict::One(index) => self.add_arm(lowering, &arms[index], &at.key(key).index(index), trail),
                // Who is an arm of it and inherits from it is not made of it once more.
                Verdict::Many(_) if !trail.is_empty() && self.is_arm(components, arms) => {}
                Verdict::Many(typed) => self.parts.push(PartEntry::Choice {
                    schema,
                    arms,
                    typed,
                    key,
                    owner: trail.last().copied(),
                    pointer: at.key(key).pointer(),
                }),
            }
        }
    }

    /// Whether the object itself is one of the arms.
    fn is_arm(&self, components: Components<'d>, arms: &[ReferenceOr<Schema>]) -> bool {
        arms.iter().any(|arm| match arm {
            ReferenceOr::Reference { reference } => {
                components.named(reference).map(|(name, _)| name) == self.root && self.root.is_some()
            }
            ReferenceOr::Item(_) => false,
        })
    }

    fn add_arms(
        &mut self,
        lowering: &mut Lowering<'d>,
        arms: &'d [ReferenceOr<Schema>],
        at: &At<'_>,
        trail: &mut Vec<&'d str>,
    ) {
        let here = at.key("allOf");
        for (index, arm) in arms.iter().enumerate() {
            self.add_arm(lowering, arm, &here.index(index), trail);
        }
    }

    fn add_arm(
        &mut self,
        lowering: &mut Lowering<'d>,
        arm: &'d ReferenceOr<Schema>,
        at: &At<'_>,
        trail: &mut Vec<&'d str>,
    ) {
        let reference = match arm {
            ReferenceOr::Item(schema) => {
                lowering.weakened_keywords(schema, at);
                self.add_schema(lowering, schema, at, trail);
                return;
            }
            ReferenceOr::Reference { reference } => reference,
        };
        let Some(name) = Lowering::component_name(reference, "schemas") else {
            return;
        };
        let schemas = lowering.schemas;
        let Some((name, target)) = schemas.get_key_value(&name) else {
            lowering.unresolved("schema", "schemas", &name, schemas.keys().map(String::as_str), at);
            return;
        };
        if trail.contains(&name.as_str()) {
            let message = format!("`{name}` is a part of itself: no value could ever be valid");
            lowering.error(
                Code::ReferenceCycle,
                at,
                message,
                "remove one of the references of the cycle",
            );
            return;
        }
        if trail.len() == MAX_PARTS_DEEP {
            let message = format!("more than {MAX_PARTS_DEEP} references lie between the object and this part");
            lowering.error(Code::DepthLimit, at, message, "refer to the part from nearer by");
            return;
        }
        if !self.merged.insert(name) {
            return;
        }
        trail.push(name);
        let pointer = format!("/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"));
        self.add_reference(lowering, target, &At::of(&pointer), trail);
        trail.pop();
    }

    fn add_reference(
        &mut self,
        lowering: &mut Lowering<'d>,
        target: &'d ReferenceOr<Schema>,
        at: &At<'_>,
        trail: &mut Vec<&'d str>,
    ) {
        let components = lowering.lookup();
        match (target, trail.last()) {
            (ReferenceOr::Item(schema), Some(name)) if kind::kind(components, schema) == Kind::Union => {
                let mut choices = kind::choices_of(schema).into_iter();
                if !choices.any(|(_, arms)| self.is_arm(components, arms)) {
                    self.parts.push(PartEntry::Component(name));
                }
            }
            (ReferenceOr::Item(schema), _) => self.add_schema(lowering, schema, at, trail),
            (ReferenceOr::Reference { .. }, _) => self.add_arms(lowering, std::slice::from_ref(target), at, trail),
        }
    }

    fn add_object(&mut self, lowering: &mut Lowering<'d>, object: &'d ObjectType, at: &At<'_>, trail: &[&'d str]) {
        self.add_parts(
            lowering,
            &object.properties,
            &object.required,
            object.additional_properties.as_ref(),
            at,
            trail.last().copied(),
        );
    }

    fn add_parts(
        &mut self,
        lowering: &mut Lowering<'d>,
        properties: &'d IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &'d [String],
        additional: Option<&'d AdditionalProperties>,
        at: &At<'_>,
        owner: Option<&'d str>,
    ) {
        let here = at.key("properties");
        for (name, schema) in properties {
            let pointer = here.key(name).pointer();
            // What the schema says itself comes after its parts, and is the more special.
            let mut elsewhere = Vec::new();
            let earlier = self.entries.get_mut(name).map(|earlier| {
                elsewhere.append(&mut earlier.elsewhere);
                elsewhere.push((earlier.schema, earlier.pointer.clone()));
                earlier.schema
            });
            let entry = Entry {
                schema,
                owner,
                pointer,
                elsewhere,
            };
            let earlier = earlier.zip(self.entries.insert(name.clone(), entry));
            let Some((other, earlier)) = earlier else { continue };
            if refine::is_lost(lowering.lookup(), other, schema) {
                let message = format!(
                    "`{name}` is described here and otherwise at {}: only what stands here is in the type",
                    earlier.pointer
                );
                let help = "let the property refer to one schema that is made of both by `allOf`";
                lowering.warn(Code::Weakened, &here.key(name), message, help);
            }
            if contradict(other, schema) {
                let message = format!(
                    "`{name}` is of one type here and of another at {}: no value could ever be valid",
                    earlier.pointer
                );
                lowering.error(
                    Code::Contradiction,
                    &here.key(name),
                    message,
                    "give the property one type, or two names",
                );
            }
        }
        self.required.extend(required.iter().cloned());
        match additional {
            // A part that is open stays so beside one that is closed.
            Some(AdditionalProperties::Any(false)) if self.additional.is_some() => {}
            Some(additional) => self.additional = Some(additional.into()),
            None => {}
        }
    }
}

/// Whether two schemas of one property are of plain types that no value can both have.
fn contradict(a: &ReferenceOr<Box<Schema>>, b: &ReferenceOr<Box<Schema>>) -> bool {
    let plain = |schema: &ReferenceOr<Box<Schema>>| match schema {
        ReferenceOr::Item(schema) => match &schema.schema_kind {
            // Every integer is a number.
            SchemaKind::Type(Type::Integer(_) | Type::Number(_)) => Some("number"),
            SchemaKind::Type(Type::String(_)) => Some("string"),
            SchemaKind::Type(Type::Boolean(_)) => Some("boolean"),
            SchemaKind::Type(Type::Array(_)) => Some("array"),
            SchemaKind::Type(Type::Object(_)) => Some("object"),
            _ => None,
        },
        ReferenceOr::Reference { .. } => None,
    };
    plain(a).zip(plain(b)).is_some_and(|(a, b)| a != b)
}

/// What a part of an `allOf` brings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Properties.
    Object,
    /// One of several types.
    Choice,
    /// A type that is no object.
    Other,
    /// Words only: a description, a default.
    Annotation,
}

/// How many parts of an `allOf` there are of each kind.
#[derive(Clone, Copy, Default)]
pub(super) struct Parts {
    pub(super) objects: usize,
    pub(super) choices: usize,
}

/// How many schemas are looked at to tell what a part is: a diamond of references has more paths than parts.
const MAX_VISITS: usize = 1_000;

pub(super) fn parts(components: Components<'_>, all_of: &[ReferenceOr<Schema>]) -> Parts {
    let mut visits = MAX_VISITS;
    let mut parts = Parts::default();
    for arm in all_of {
        match part(components, arm, &mut visits) {
            Part::Object => parts.objects += 1,
            Part::Choice => parts.choices += 1,
            Part::Other | Part::Annotation => {}
        }
    }
    parts
}

/// Whether the parts of an `allOf` make an object.
pub(super) fn makes_object(components: Components<'_>, all_of: &[ReferenceOr<Schema>]) -> bool {
    let parts = parts(components, all_of);
    parts.objects > 0 || parts.choices > 1
}

/// The one part of an `allOf` that has a type, where the others only annotate it.
pub(super) fn only_part(components: Components<'_>, all_of: &[ReferenceOr<Schema>]) -> Option<usize> {
    let mut visits = MAX_VISITS;
    let mut typed =
        (0..all_of.len()).filter(|index| part(components, &all_of[*index], &mut visits) != Part::Annotation);
    let first = typed.next();
    if typed.next().is_some() {
        return None;
    }
    first.or_else(|| (!all_of.is_empty()).then_some(0))
}

/// The most special of the parts of an `allOf`, where all of them are texts or all of them are numbers.
pub(super) fn special_part(components: Components<'_>, all_of: &[ReferenceOr<Schema>]) -> Option<usize> {
    let mut visits = MAX_VISITS;
    let ranked: Option<Vec<(usize, bool, usize)>> = all_of
        .iter()
        .enumerate()
        .filter(|(_, arm)| part(components, arm, &mut visits) != Part::Annotation)
        .map(|(index, arm)| {
            let schema = components.target(arm)?;
            let (is_text, rank) = match &schema.schema_kind {
                SchemaKind::Type(Type::String(string)) if !string.enumeration.is_empty() => (true, 2),
                SchemaKind::Type(Type::String(string)) => (true, usize::from(!string.format.is_empty())),
                SchemaKind::Type(Type::Integer(integer)) => (false, 1 + usize::from(!integer.format.is_empty())),
                SchemaKind::Type(Type::Number(number)) => (false, usize::from(!number.format.is_empty())),
                _ => return None,
            };
            Some((rank, is_text, index))
        })
        .collect();
    let ranked = ranked?;
    let (_, is_text, index) = *ranked
        .iter()
        .max_by_key(|(rank, _, index)| (*rank, std::cmp::Reverse(*index)))?;
    ranked.iter().all(|(_, other, _)| *other == is_text).then_some(index)
}

/// The parts of an `allOf` that are words about the one that has a type.
pub(super) fn annotations<'d>(components: Components<'_>, all_of: &'d [ReferenceOr<Schema>]) -> Vec<&'d SchemaData> {
    let mut visits = MAX_VISITS;
    let parts = all_of
        .iter()
        .filter(|arm| part(components, arm, &mut visits) == Part::Annotation);
    parts
        .filter_map(|arm| arm.as_item())
        .map(|schema| &schema.schema_data)
        .collect()
}

fn part(components: Components<'_>, schema: &ReferenceOr<Schema>, visits: &mut usize) -> Part {
    // Cycles, and chains beyond all sense, are found and reported where the parts are merged.
    let Some(left) = visits.checked_sub(1) else {
        return Part::Object;
    };
    *visits = left;
    let schema = match schema {
        ReferenceOr::Item(schema) => schema,
        // So is a reference that leads nowhere.
        ReferenceOr::Reference { reference } => match components.named(reference) {
            Some((_, target)) => return part(components, target, visits),
            None => return Part::Object,
        },
    };
    if components.constant(schema).is_some() || kind::values(components, schema).is_some() {
        return Part::Other;
    }
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(_)) => Part::Object,
        SchemaKind::Type(_) | SchemaKind::Not { .. } => Part::Other,
        SchemaKind::AllOf { all_of } => part_of_all(components, all_of, visits),
        SchemaKind::OneOf { one_of: arms } | SchemaKind::AnyOf { any_of: arms } => {
            part_of_choice(components, arms, visits)
        }
        SchemaKind::Any(any) if any.typ.as_deref().is_some_and(|typ| typ != "object") => Part::Other,
        SchemaKind::Any(any) if !any.properties.is_empty() || !any.required.is_empty() => Part::Object,
        SchemaKind::Any(any) if any.items.is_some() => Part::Other,
        SchemaKind::Any(any) => {
            let of_parts = part_of_all(components, &any.all_of, visits);
            let mut choices = kind::choices(any).map(|arms| part_of_choice(components, arms, visits));
            match (of_parts, choices.next()) {
                (of_parts, None) => of_parts,
                (Part::Annotation, Some(choice)) => choice,
                (_, Some(_)) => Part::Object,
            }
        }
    }
}

fn part_of_all(components: Components<'_>, all_of: &[ReferenceOr<Schema>], visits: &mut usize) -> Part {
    // What stands here is looked at before what is referred to: one object decides, and no reference is followed.
    let (references, items): (Vec<_>, Vec<_>) = all_of.iter().partition(|arm| arm.as_item().is_none());
    let mut found = Part::Annotation;
    for arm in items.into_iter().chain(references) {
        found = match (part(components, arm, visits), found) {
            (Part::Object, _) => return Part::Object,
            (Part::Choice, _) | (_, Part::Choice) => Part::Choice,
            (Part::Other, _) | (_, Part::Other) => Part::Other,
            (Part::Annotation, _) => Part::Annotation,
        };
    }
    found
}

fn part_of_choice(components: Components<'_>, arms: &[ReferenceOr<Schema>], visits: &mut usize) -> Part {
    match verdict(components, arms) {
        Verdict::Conditions => Part::Annotation,
        Verdict::One(index) => part(components, &arms[index], visits),
        Verdict::Text => Part::Other,
        Verdict::Many(_) => Part::Choice,
    }
}
