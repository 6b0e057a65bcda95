//! Oneof groups as forms: an enum of the group's properties, beside the struct that the group belongs to.

use super::{
    Context, Item, changes, docs,
    form::{Entry, Form, Line},
    runtime, structs,
};
use crate::{
    ir::{Access, Field, VariantOf},
    name::{NamedArm, NamedOneof, NamedShape, NamedType, ident},
};

pub(super) fn items(context: Context<'_>, owner: &NamedType<'_>, oneof: &NamedOneof<'_>, into: &mut Vec<Item>) {
    let form = if owner.def.is_for_responses() {
        "response_oneof"
    } else {
        "oneof"
    };
    let full_name = format!("{}.{}", owner.def.name, oneof.item.name);
    let head = Line::new().word("pub enum").ident(&ident(&oneof.ty)).word("=");
    let head = head
        .text(&docs::shown(&full_name))
        .word("of")
        .ident(&ident(&owner.ident));
    let head = head.sign(".").attached().ident(&ident(&oneof.ident));
    let variants = oneof.arms.iter().map(|arm| variant(context, owner, arm));
    let entry = Entry::new(head).enclosing(variants.collect());
    into.push(Item::Form(Form::new(form, entry)));
}

fn variant(context: Context<'_>, owner: &NamedType<'_>, named: &NamedArm<'_>) -> Entry {
    let (arm, from) = (named.item, Some(owner.module.as_slice()));
    let mut ty = context.written(&arm.ty, from);
    if is_boxed(context, arm) {
        ty = context.generic(runtime::BOXED, &[ty], from);
    }
    let line = Line::new()
        .ident(&ident(&named.ident))
        .sign(":")
        .ident(&ident(&named.variant));
    let line = line.sign("(").attached().ty(&ty).sign(")").word("=");
    let line = if arm.access == Access::ReadOnly {
        line.word("read_only")
    } else if has_path(owner, arm) {
        line.word("path").ident(&ident(&named.path))
    } else {
        line
    };
    let line = structs::as_quoted(line.text(&arm.name), &arm.ty);
    Entry::new(line).documented(&arm.docs).deprecated(arm.deprecated)
}

fn has_path(owner: &NamedType<'_>, arm: &Field) -> bool {
    match &owner.shape {
        NamedShape::Struct(object) => changes::has_path(object.object, arm),
        _ => false,
    }
}

/// Whether the value of an arm is in a box.
fn is_boxed(context: Context<'_>, arm: &Field) -> bool {
    context.api.is_boxed(&arm.ty, VariantOf::Oneof)
}
