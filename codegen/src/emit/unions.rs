//! Unions: one line a variant.

use super::{Context, Entry, Form, Item, Line, docs, form, rules, runtime, structs};
use crate::{
    ir::{Arm, VariantOf},
    name::{Named, NamedType, NamedUnion, ident},
};

pub(super) fn items(context: Context<'_>, ty: &NamedType<'_>, union: &NamedUnion<'_>, into: &mut Vec<Item>) {
    let head = Line::new().word("pub enum").ident(&ident(&ty.ident));
    let head = form::schema(head, ty);
    let head = match &union.union.tag {
        Some(tag) => head.word("by").text(tag),
        None => head,
    };
    let variants = union.variants.iter();
    let variants = variants.map(|variant| entry(context, ty, union, variant)).collect();
    let mut form = form::declared(ty, head).enclosing(variants);
    if let Some(others) = &union.union.others {
        form = form.with_tail(Line::new().word("others where").line(rules::list_line(others)));
    }
    into.push(Item::Form(Form::new("union", form)));
}

fn entry(context: Context<'_>, ty: &NamedType<'_>, union: &NamedUnion<'_>, variant: &Named<'_, Arm>) -> Entry {
    let arm = variant.item;
    let module = Some(ty.module.as_slice());
    let mut held = context.written(&arm.ty, module);
    if context.api.is_boxed(&arm.ty, VariantOf::Union) {
        held = context.generic(runtime::BOXED, &[held], module);
    }
    let mut line = Line::new()
        .ident(&ident(&variant.ident))
        .sign("(")
        .attached()
        .ty(&held)
        .sign(")");
    if !context.api.is_known_by_type(arm, union.union) {
        line = line.word("shared");
    }
    let mut description = arm.docs.clone();
    match &union.union.tag {
        Some(tag) => {
            line = line.word("=");
            if !arm.tags.iter().chain([tag]).all(|text| docs::is_plain(text)) {
                line = line.word("escaped");
                description = docs::paragraphs([description.as_str(), &selected(tag, &arm.tags)]);
            }
            for (index, value) in arm.tags.iter().enumerate() {
                line = if index > 0 { line.word("|") } else { line };
                line = line.text(value);
            }
        }
        None => line = structs::as_quoted(line, &arm.ty),
    }
    Entry::new(line.line(rules::where_line(&arm.constraints))).documented(&description)
}

fn selected(tag: &str, values: &[String]) -> String {
    let values: Vec<String> = values.iter().map(|value| docs::code(value)).collect();
    format!("Selected when {} is {}.", docs::code(tag), values.join(" or "))
}
