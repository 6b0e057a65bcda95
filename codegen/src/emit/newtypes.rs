//! Strings under names of their own, and other names for types.

use super::{Context, Form, Item, Line, form, rules};
use crate::{
    ir::{Alias, Newtype},
    name::{NamedType, ident},
};

pub(super) fn items(ty: &NamedType<'_>, newtype: &Newtype, into: &mut Vec<Item>) {
    let head = Line::new().word("pub struct").ident(&ident(&ty.ident));
    let line = form::schema(head, ty).line(rules::where_line(&newtype.constraints));
    into.push(Item::Form(Form::new("newtype", form::declared(ty, line))));
}

pub(super) fn alias(context: Context<'_>, ty: &NamedType<'_>, alias: &Alias, into: &mut Vec<Item>) {
    let target = context.written(&alias.target, Some(&ty.module));
    let head = Line::new()
        .word("pub type")
        .ident(&ident(&ty.ident))
        .sign(":")
        .ty(&target);
    into.push(Item::Form(Form::new(
        "alias",
        form::declared(ty, form::schema(head, ty)),
    )));
}
