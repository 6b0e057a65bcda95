//! Constants, and enums of values that are not all strings.

use super::{Form, Item, Line, docs, enums, form};
use crate::{
    ir::{Constant, ValueKind},
    name::{Named, NamedType, ident},
};

pub(super) fn constant(ty: &NamedType<'_>, constant: &Constant, into: &mut Vec<Item>) {
    let head = Line::new().word("pub struct").ident(&ident(&ty.ident));
    let head = form::schema(head, ty).word("=");
    let json = &constant.json;
    let form = if docs::is_plain(json) {
        form::declared(ty, head.text(json))
    } else {
        let value = format!("The constant {}.", docs::code(json));
        let text = docs::paragraphs([value.as_str(), ty.def.docs.as_str()]);
        form::declared(ty, head.word("escaped").text(json)).documented(&text)
    };
    into.push(Item::Form(Form::new("constant", form)));
}

pub(super) fn value_enum(ty: &NamedType<'_>, kind: ValueKind, values: &[Named<'_, String>], into: &mut Vec<Item>) {
    let head = Line::new().word("pub enum").ident(&ident(&ty.ident)).sign(":");
    let head = head.word(written(kind));
    let values = values
        .iter()
        .map(|value| enums::variant(&value.ident, value.item))
        .collect();
    let form = form::declared(ty, form::schema(head, ty)).enclosing(values);
    into.push(Item::Form(Form::new("value_enum", form)));
}

fn written(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Integer => "Integer",
        ValueKind::Number => "Number",
        ValueKind::Boolean => "Boolean",
        ValueKind::Any => "Any",
    }
}
