//! Which objects have fields that an update mask can name.

use crate::ir::{Access, Shape, TypeDef, TypeRef};

/// Marks the objects whose fields a mask can name: those that masks are of, and what these hold. Returns the names of the
/// requests whose mask is of something else than an object; they lose it.
pub(in crate::lower) fn mark(types: &mut [TypeDef]) -> Vec<String> {
    let mut lost = Vec::new();
    let mut waiting = Vec::new();
    for index in 0..types.len() {
        let Shape::Struct(object) = &types[index].shape else {
            continue;
        };
        let Some(mask) = &object.update_mask else { continue };
        let target = match &mask.of {
            None => Some(index),
            Some(of) => object
                .fields()
                .find(|field| field.name == *of)
                .and_then(|field| object_of(types, &field.ty)),
        };
        match target {
            Some(target) => waiting.push(target),
            None => {
                lost.push(types[index].name.clone());
                if let Shape::Struct(object) = &mut types[index].shape {
                    object.update_mask = None;
                }
            }
        }
    }
    while let Some(index) = waiting.pop() {
        let Shape::Struct(object) = &types[index].shape else {
            continue;
        };
        if object.has_paths {
            continue;
        }
        let held = object.fields().filter(|field| field.access != Access::ReadOnly);
        waiting.extend(held.filter_map(|field| object_of(types, &field.ty)).collect::<Vec<_>>());
        if let Shape::Struct(object) = &mut types[index].shape {
            object.has_paths = true;
        }
    }
    lost
}

/// The object that a use of a type is, by whatever other names.
fn object_of(types: &[TypeDef], ty: &TypeRef) -> Option<usize> {
    let mut ty = ty;
    // Aliases of aliases end: what leads back to itself was refused.
    for _ in 0..=types.len() {
        let TypeRef::Named(id) = ty else { return None };
        match &types[id.index()].shape {
            Shape::Struct(_) => return Some(id.index()),
            Shape::Alias(alias) => ty = &alias.target,
            _ => return None,
        }
    }
    None
}
