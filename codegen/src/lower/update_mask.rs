//! `x-client-update-mask`: which fields an update request changes.

use openapiv3::SchemaData;
use serde::Deserialize;

use super::{Lowering, extension::did_you_mean};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Access, Field, Primitive, Shape, Struct, TypeDef, TypeRef, UpdateMask},
};

pub(super) const KEY: &str = "x-client-update-mask";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    mask: String,
    of: Option<String>,
}

/// The mask of an object, where its schema says that it has one.
pub(super) fn read(lowering: &mut Lowering<'_>, data: &SchemaData, object: &Struct, at: &At<'_>) -> Option<UpdateMask> {
    let form = "{mask: PROPERTY, of: PROPERTY}";
    let Form { mask, of } = lowering.extension(&data.extensions, KEY, form, at)?;
    let at = at.key(KEY);
    let mask_field = property(lowering, object, &mask, &at.key("mask"))?;
    if mask_field.ty != TypeRef::Primitive(Primitive::FieldMask) {
        let message = format!("the property `{mask}` is no mask");
        lowering.error(
            Code::InvalidExtension,
            &at.key("mask"),
            message,
            "give it `format: field-mask`",
        );
        return None;
    }
    if let Some(of) = &of {
        let at = at.key("of");
        if !matches!(property(lowering, object, of, &at)?.ty, TypeRef::Named(_)) {
            let message = format!("the property `{of}` is no object whose fields a mask could name");
            lowering.error(
                Code::InvalidExtension,
                &at,
                message,
                "let it refer to a schema of an object",
            );
            return None;
        }
    }
    let is_given = |field: &&Field| of.is_some() && (field.name == mask || Some(&field.name) == of.as_ref());
    if let Some(field) = object.required().find(|field| !is_given(field)) {
        let message = format!(
            "changes alone make no request, for `{}` is required: the mask is set by hand",
            field.name
        );
        lowering.warn(
            Code::Weakened,
            &at,
            message,
            "take it out of `required` if the server does without it",
        );
        return None;
    }
    Some(UpdateMask { mask, of })
}

fn property<'o>(lowering: &mut Lowering<'_>, object: &'o Struct, name: &str, at: &At<'_>) -> Option<&'o Field> {
    let found = object.fields().find(|field| field.name == name);
    if found.is_none() {
        let message = format!("`{name}` is no property of this schema, or is an arm of a oneof group");
        let help = did_you_mean(name, object.fields().map(|field| field.name.as_str()), "");
        lowering.error(Code::UnknownProperty, at, message, help);
    }
    found
}

/// Marks the objects whose fields a mask can name: those that masks are of, and what these hold. Returns the names of the
/// requests whose mask is of something else than an object; they lose it.
pub(super) fn mark(types: &mut [TypeDef]) -> Vec<String> {
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
