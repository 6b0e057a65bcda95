//! Tuples: one line an element.

use proc_macro2::Literal;

use super::{Context, Entry, Form, Item, Line, form, rules, runtime, structs};
use crate::{
    ir::{Element, Tuple},
    name::{NamedType, ident},
};

pub(super) fn items(context: Context<'_>, ty: &NamedType<'_>, tuple: &Tuple, into: &mut Vec<Item>) {
    let head = form::schema(Line::new().word("pub struct").ident(&ident(&ty.ident)), ty);
    let elements = tuple.elements.iter().enumerate();
    let mut entries: Vec<Entry> = elements
        .map(|(index, element)| self::element(context, ty, index, element))
        .collect();
    if let Some(rest) = &tuple.rest {
        let module = Some(ty.module.as_slice());
        let all = context.generic(runtime::VEC, &[context.written(rest, module)], module);
        let line = index(entries.len()).word("..").attached().ty(&all);
        entries.push(Entry::new(structs::as_quoted(line, rest)));
    }
    let form = form::declared(ty, head).enclosing(entries);
    let form = form.with_tail(rules::where_line(&tuple.constraints));
    into.push(Item::Form(Form::new("tuple", form)));
}

fn element(context: Context<'_>, ty: &NamedType<'_>, position: usize, element: &Element) -> Entry {
    let module = Some(ty.module.as_slice());
    let mut held = context.written(&element.ty, module);
    if element.boxed {
        held = context.generic(runtime::BOXED, &[held], module);
    }
    let line = index(position);
    let line = if element.optional {
        line.ty(&context.generic(runtime::OPTION, &[held], module))
    } else {
        line.word("required").ty(&held)
    };
    Entry::new(structs::as_quoted(line, &element.ty))
}

fn index(position: usize) -> Line {
    Line::new().number(&Literal::usize_unsuffixed(position)).sign(":")
}
