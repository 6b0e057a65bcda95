//! Equal inline schemas as one type, where the configuration asks for it.
//!
//! Types are equal if the same lines declare them: the parts, their documentation, their limits. The component that they are equal
//! to, or else the first of them by name, is the type; the others become other names of it.

use std::collections::HashMap;

use crate::{
    attributes::Attributes,
    config::Sharing,
    document::Document,
    ir::{Access, Alias, Field, Member, Origin, Repeats, Shape, TypeDef, TypeId, TypeRef},
};

/// Makes other names of all inline types but one of those that are equal.
///
/// The inline types inside another name stay, as other names of those inside the type: so no name depends on which schemas are equal.
pub(super) fn share(types: &mut [TypeDef], sharing: Sharing<'_>, document: &Document) {
    let attributes = |def: &TypeDef| {
        let is_pinned = !sharing.pins.is_empty() && has_pins(def, sharing, document);
        (!is_pinned).then(|| Attributes(sharing.attributes).of(&def.name))
    };
    for mut equal in classes(types, &attributes) {
        equal.sort_by(|a, b| order(&types[*a]).cmp(&order(&types[*b])));
        let Some((first, others)) = equal.split_first() else {
            continue;
        };
        for other in others {
            if !is_component(&types[*other]) {
                let target = TypeRef::Named(id(*first));
                types[*other].shape = Shape::Alias(Alias { target });
            }
        }
    }
}

/// Counts the inline types, and those of them that repeat another type.
pub(crate) fn repeats(types: &[TypeDef]) -> Repeats {
    let inline = |equal: &[usize]| equal.iter().filter(|index| !is_component(&types[**index])).count();
    let classes = classes(types, &|_| Some(Vec::new()));
    Repeats {
        inline: types.iter().filter(|def| !is_component(def)).count(),
        repeated: classes.iter().map(|equal| inline(equal).min(equal.len() - 1)).sum(),
    }
}

/// What equal types have in common. An inline type that they use is represented by the first type that is equal to it, and a
/// component by itself: two components are two types, even if they are equal.
#[derive(PartialEq, Eq, Hash)]
struct Content<'a> {
    shape: Shape,
    is_deprecated: bool,
    attributes: Vec<&'a str>,
}

/// The numbers of equal types, for all types that may be shared. `attributes` gives the attributes of a type that may be.
///
/// A type is looked at after the inline types that it uses; of those that are ready, components come first. Inline types that use each
/// other are never looked at.
fn classes<'a>(types: &[TypeDef], attributes: &dyn Fn(&TypeDef) -> Option<Vec<&'a str>>) -> Vec<Vec<usize>> {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); types.len()];
    let mut waits_for: Vec<usize> = vec![0; types.len()];
    for (index, def) in types.iter().enumerate() {
        for used in def.uses().into_iter().map(TypeId::index) {
            if !is_component(&types[used]) {
                users[used].push(index);
                waits_for[index] += 1;
            }
        }
    }
    let mut ready: Vec<usize> = (0..types.len()).filter(|index| waits_for[*index] == 0).collect();
    let mut first: Vec<usize> = (0..types.len()).collect();
    let mut classes: Vec<Vec<usize>> = Vec::new();
    let mut class_of: HashMap<Content<'_>, usize> = HashMap::new();
    while !ready.is_empty() {
        ready.sort_by(|a, b| order(&types[*a]).cmp(&order(&types[*b])));
        for index in std::mem::take(&mut ready) {
            let def = &types[index];
            if let Some(attributes) = attributes(def).filter(|_| may_be_shared(def)) {
                let content = Content {
                    shape: content_of(&def.shape, &first),
                    is_deprecated: def.deprecated,
                    attributes,
                };
                let class = *class_of.entry(content).or_insert(classes.len());
                match classes.get_mut(class) {
                    Some(equal) => equal.push(index),
                    None => classes.push(vec![index]),
                }
                if !is_component(def) {
                    first[index] = classes[class][0];
                }
            }
            for user in &users[index] {
                waits_for[*user] -= 1;
                if waits_for[*user] == 0 {
                    ready.push(*user);
                }
            }
        }
    }
    classes
}

/// Whether a type can be one with those that it is equal to.
///
/// A property that travels one way alone has a type that depends on the messages with the object. A oneof group has a type beside
/// that of the object. Another name of a tuple, a newtype or a constant cannot make a value.
fn may_be_shared(def: &TypeDef) -> bool {
    let is_plain = |member: &Member| matches!(member, Member::Field(field) if field.access == Access::ReadWrite);
    match &def.shape {
        Shape::Struct(object) => object.members.iter().all(is_plain),
        Shape::Enum(_) | Shape::ValueEnum(_) | Shape::Union(_) => true,
        Shape::Tuple(_) | Shape::Newtype(_) | Shape::Constant(_) | Shape::Alias(_) => false,
    }
}

/// Whether the configuration pins the name of a part of the type: a pin is of one place.
fn has_pins(def: &TypeDef, sharing: Sharing<'_>, document: &Document) -> bool {
    let origins = &document.source.origins;
    let inside = format!("{}/", origins.source_of(&def.pointer));
    let mut pins = sharing.pins.range(inside.clone()..);
    let is_pinned = |part: &&Origin| match part {
        Origin::Component(id) | Origin::Schema(id) => {
            let pointer = document.schemas.pointer(*id);
            sharing.pins.contains_key(&origins.source_of(&pointer))
        }
        Origin::At(_) | Origin::Nowhere => false,
    };
    // A part that comes from a part of an `allOf` is declared elsewhere.
    pins.next().is_some_and(|(pin, _)| pin.starts_with(&inside)) || part_origins(&def.shape).iter().any(is_pinned)
}

/// Where the parts of a type are declared, if they can have pinned names.
fn part_origins(shape: &Shape) -> Vec<&Origin> {
    match shape {
        Shape::Struct(object) => object.fields().map(|field| &field.origin).collect(),
        Shape::Union(union) => union.arms.iter().map(|arm| &arm.origin).collect(),
        _ => Vec::new(),
    }
}

/// A shape without what depends on its place.
fn content_of(shape: &Shape, first: &[usize]) -> Shape {
    let mut shape = shape.clone();
    let forget = |field: &mut Field| field.origin = Origin::Nowhere;
    match &mut shape {
        Shape::Struct(object) => {
            for member in &mut object.members {
                match member {
                    Member::Field(field) => forget(field),
                    Member::Oneof(oneof) => oneof.arms.iter_mut().for_each(forget),
                    Member::Flattened(_) => {}
                }
            }
        }
        Shape::Union(union) => union.arms.iter_mut().for_each(|arm| arm.origin = Origin::Nowhere),
        _ => {}
    }
    shape.for_each_use(&mut |ty| {
        if let Some(used) = ty.named_mut() {
            *used = id(first[used.index()]);
        }
    });
    shape
}

/// The order of equal types: components first, then by name.
fn order(def: &TypeDef) -> (bool, &str, &str) {
    (!is_component(def), &def.name, &def.pointer)
}

fn is_component(def: &TypeDef) -> bool {
    matches!(def.origin, Origin::Component(_))
}

/// The id of a type by its number.
fn id(index: usize) -> TypeId {
    // A document has at most some millions of values: the number fits.
    TypeId(u32::try_from(index).unwrap_or(u32::MAX))
}
