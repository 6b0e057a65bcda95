//! Strings under names of their own, and other names for types.

use super::{
    Context, Form, Item, Line,
    form::{self, Type},
    rules, types,
};
use crate::{
    ir::{Newtype, TypeRef},
    name::{NamedAlias, NamedShape, NamedType, ident},
};

pub(super) fn items(ty: &NamedType<'_>, newtype: &Newtype, into: &mut Vec<Item>) {
    let head = Line::new().word("pub struct").ident(&ident(&ty.ident));
    let line = form::schema(head, ty).line(rules::where_line(&newtype.constraints));
    into.push(Item::Form(Form::new("newtype", form::declared(ty, line))));
}

pub(super) fn alias(context: Context<'_>, ty: &NamedType<'_>, named: &NamedAlias<'_>, into: &mut Vec<Item>) {
    let target = &named.alias.target;
    let head = Line::new().word("pub type").ident(&ident(&ty.ident));
    let (form, head) = match (&named.required, context.required_of(target, &ty.module)) {
        (Some(required), Some((of, is_for_responses))) => {
            let form = if is_for_responses { "response_alias" } else { "alias" };
            let head = head.sign("(").attached().ident(&ident(required)).sign(":").ty(&of);
            (form, head.sign(")"))
        }
        _ => ("alias", head),
    };
    let head = head.sign(":").ty(&context.written(target, Some(&ty.module)));
    into.push(Item::Form(Form::new(form, form::declared(ty, form::schema(head, ty)))));
}

impl Context<'_> {
    /// The struct of the required fields of an object, and whether only responses hold the object.
    fn required_of(self, ty: &TypeRef, from: &[String]) -> Option<(Type, bool)> {
        let TypeRef::Named(id) = ty else { return None };
        let object = self.names.ty(*id);
        let NamedShape::Struct(shape) = &object.shape else {
            return None;
        };
        let required = shape.required.as_deref()?;
        Some((
            types::beside(object, required, Some(from)),
            object.def.is_for_responses(),
        ))
    }
}
