//! Enums of strings.

use super::{Entry, Form, Item, Line, docs, form};
use crate::{
    ir::EnumValue,
    name::{Named, NamedType, ident},
};

pub(super) fn items(ty: &NamedType<'_>, values: &[Named<'_, EnumValue>], into: &mut Vec<Item>) {
    let head = Line::new().word("pub enum").ident(&ident(&ty.ident));
    let values = values
        .iter()
        .map(|value| variant(&value.ident, &value.item.value))
        .collect();
    let form = form::declared(ty, form::schema(head, ty)).enclosing(values);
    into.push(Item::Form(Form::new("string_enum", form)));
}

/// The line of a known value.
pub(super) fn variant(name: &str, value: &str) -> Entry {
    let line = Line::new().ident(&ident(name)).word("=");
    if docs::is_plain(value) {
        return Entry::new(line.text(value));
    }
    let docs = match value {
        "" => "The empty string.".to_owned(),
        value => docs::code(value),
    };
    Entry::new(line.word("escaped").text(value)).documented(&docs)
}
