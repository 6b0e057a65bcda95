//! The properties of an object, those of its `allOf` included.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};
use openapiv3::{AdditionalProperties, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::Lowering;
use crate::{at::At, diagnostic::Code};

/// What an object is made of, wherever in an `allOf` it was said.
#[derive(Default)]
pub(super) struct Properties<'d> {
    pub(super) entries: IndexMap<String, Entry<'d>>,
    pub(super) required: IndexSet<String>,
    /// What other members may hold where the object is open.
    pub(super) additional: Option<Others<'d>>,
    /// The components that are merged already: a diamond of references has more paths than parts.
    merged: HashSet<&'d str>,
}

/// How many references may lie between an object and a part of its `allOf`.
const MAX_PARTS_DEEP: usize = 256;

/// What the members may hold that an object does not name.
#[derive(Clone, Copy)]
pub(super) enum Others<'d> {
    Any,
    Of(&'d ReferenceOr<Schema>),
}

/// A property with the place where it was found.
pub(super) struct Entry<'d> {
    pub(super) schema: &'d ReferenceOr<Box<Schema>>,
    /// The component that it comes from, where that is another one.
    pub(super) owner: Option<&'d str>,
    pointer: String,
}

impl Entry<'_> {
    pub(super) fn place(&self) -> At<'_> {
        At::of(&self.pointer)
    }
}

impl<'d> Properties<'d> {
    pub(super) fn collect(lowering: &mut Lowering<'d>, schema: &'d Schema, at: &At<'_>) -> Self {
        let mut properties = Self::default();
        properties.add_schema(lowering, schema, at, &mut Vec::new());
        properties
    }

    fn add_schema(&mut self, lowering: &mut Lowering<'d>, schema: &'d Schema, at: &At<'_>, trail: &mut Vec<&'d str>) {
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => self.add_object(lowering, object, at, trail),
            SchemaKind::AllOf { all_of } => self.add_arms(lowering, all_of, at, trail),
            SchemaKind::Any(any) if any.one_of.is_empty() && any.any_of.is_empty() && any.not.is_none() => {
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
            let at = here.index(index);
            match arm {
                ReferenceOr::Item(schema) => {
                    lowering.weakened_keywords(schema, &at);
                    self.add_schema(lowering, schema, &at, trail);
                }
                ReferenceOr::Reference { reference } => {
                    let Some(name) = Lowering::component_name(reference, "schemas") else {
                        continue;
                    };
                    let schemas = lowering.schemas;
                    let Some((name, target)) = schemas.get_key_value(&name) else {
                        lowering.unresolved("schema", "schemas", &name, schemas.keys().map(String::as_str), &at);
                        continue;
                    };
                    if trail.contains(&name.as_str()) {
                        let message = format!("`{name}` is a part of itself: no value could ever be valid");
                        lowering.error(
                            Code::ReferenceCycle,
                            &at,
                            message,
                            "remove one of the references of the cycle",
                        );
                        continue;
                    }
                    if trail.len() == MAX_PARTS_DEEP {
                        let message =
                            format!("more than {MAX_PARTS_DEEP} references lie between the object and this part");
                        lowering.error(Code::DepthLimit, &at, message, "refer to the part from nearer by");
                        continue;
                    }
                    if !self.merged.insert(name) {
                        continue;
                    }
                    trail.push(name);
                    let pointer = format!("/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"));
                    self.add_reference(lowering, target, &At::of(&pointer), trail);
                    trail.pop();
                }
            }
        }
    }

    fn add_reference(
        &mut self,
        lowering: &mut Lowering<'d>,
        target: &'d ReferenceOr<Schema>,
        at: &At<'_>,
        trail: &mut Vec<&'d str>,
    ) {
        match target {
            ReferenceOr::Item(schema) => self.add_schema(lowering, schema, at, trail),
            ReferenceOr::Reference { .. } => self.add_arms(lowering, std::slice::from_ref(target), at, trail),
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
            let earlier = self.entries.insert(name.clone(), Entry { schema, owner, pointer });
            if let Some(earlier) = earlier
                .as_ref()
                .filter(|earlier| are_two_references(earlier.schema, schema))
            {
                let message = format!(
                    "`{name}` refers to one schema here and to another at {}: only what stands here is in the type",
                    earlier.pointer
                );
                let help = "let the property refer to one schema that is made of both by `allOf`";
                lowering.warn(Code::Weakened, &here.key(name), message, help);
            }
            if let Some(earlier) = earlier.filter(|earlier| contradict(earlier.schema, schema)) {
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
            Some(AdditionalProperties::Any(true)) => self.additional = Some(Others::Any),
            Some(AdditionalProperties::Schema(schema)) => self.additional = Some(Others::Of(schema)),
            Some(AdditionalProperties::Any(false)) | None => {}
        }
    }
}

fn are_two_references(a: &ReferenceOr<Box<Schema>>, b: &ReferenceOr<Box<Schema>>) -> bool {
    match (a, b) {
        (ReferenceOr::Reference { reference: a }, ReferenceOr::Reference { reference: b }) => a != b,
        _ => false,
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

/// The component schemas by name.
pub(super) type Components = IndexMap<String, ReferenceOr<Schema>>;

/// What a part of an `allOf` brings.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    /// Properties.
    Object,
    /// A type that is no object.
    Other,
    /// Words only: a description, a default.
    Annotation,
}

/// How many schemas are looked at to tell what a part is: a diamond of references has more paths than parts.
const MAX_VISITS: usize = 1_000;

/// Whether a part of an `allOf` is an object, so that the whole is one.
pub(super) fn holds_object(schemas: &Components, all_of: &[ReferenceOr<Schema>]) -> bool {
    let mut visits = MAX_VISITS;
    all_of.iter().any(|arm| part(schemas, arm, &mut visits) == Part::Object)
}

/// The one part of an `allOf` that has a type, where the others only annotate it.
pub(super) fn only_part(schemas: &Components, all_of: &[ReferenceOr<Schema>]) -> Option<usize> {
    let mut visits = MAX_VISITS;
    let mut typed = (0..all_of.len()).filter(|index| part(schemas, &all_of[*index], &mut visits) != Part::Annotation);
    let first = typed.next();
    if typed.next().is_some() {
        return None;
    }
    first.or_else(|| (!all_of.is_empty()).then_some(0))
}

/// The parts of an `allOf` that are words about the one that has a type.
pub(super) fn annotations<'d>(schemas: &Components, all_of: &'d [ReferenceOr<Schema>]) -> Vec<&'d SchemaData> {
    let mut visits = MAX_VISITS;
    let parts = all_of
        .iter()
        .filter(|arm| part(schemas, arm, &mut visits) == Part::Annotation);
    parts
        .filter_map(|arm| arm.as_item())
        .map(|schema| &schema.schema_data)
        .collect()
}

fn part(schemas: &Components, schema: &ReferenceOr<Schema>, visits: &mut usize) -> Part {
    // Cycles, and chains beyond all sense, are found and reported where the parts are merged.
    let Some(left) = visits.checked_sub(1) else {
        return Part::Object;
    };
    *visits = left;
    let schema = match schema {
        ReferenceOr::Item(schema) => schema,
        ReferenceOr::Reference { reference } => {
            let name = reference
                .strip_prefix("#/components/schemas/")
                .map(super::extension::unescape);
            // So is a reference that leads nowhere.
            let Some(target) = name.and_then(|name| schemas.get(&name)) else {
                return Part::Object;
            };
            return part(schemas, target, visits);
        }
    };
    let mut has_object =
        |arms: &[ReferenceOr<Schema>]| arms.iter().any(|arm| part(schemas, arm, visits) == Part::Object);
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(_)) => Part::Object,
        SchemaKind::AllOf { all_of } if has_object(all_of) => Part::Object,
        SchemaKind::Any(any) if !any.properties.is_empty() || !any.required.is_empty() || has_object(&any.all_of) => {
            Part::Object
        }
        // Limits alone bring no type.
        SchemaKind::Any(any) if any.typ.is_none() && any.enumeration.is_empty() && any.items.is_none() => {
            Part::Annotation
        }
        _ => Part::Other,
    }
}
