//! Update masks: which fields have paths, and how a request is made of changes.

use super::{Context, form::Line};
use crate::{
    ir::{Access, Field, Struct, UpdateMask},
    name::{NamedStruct, NamedType, ident},
};

/// Whether masks can name a property: what a request may carry, except for the mask itself.
pub(super) fn has_path(object: &Struct, field: &Field) -> bool {
    let mask = object.update_mask.as_ref().map(|mask| mask.mask.as_str());
    object.has_paths && field.access != Access::ReadOnly && Some(field.name.as_str()) != mask
}

/// The fields of the request that carry the changes and the mask that names them.
pub(super) fn tail(context: Context<'_>, ty: &NamedType<'_>, object: &NamedStruct<'_>) -> Option<Line> {
    let UpdateMask { mask, of } = object.object.update_mask.as_ref()?;
    let tail = Line::new().word("changes").ident(&ident(&object.field(mask)?.ident));
    let Some(of) = of else { return Some(tail) };
    let of = object.field(of)?;
    let model = context.written(&of.item.ty, Some(&ty.module));
    Some(tail.word("of").ident(&ident(&of.ident)).sign(":").ty(&model))
}
