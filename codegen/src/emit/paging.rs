//! Paging, as the forms of operations write it.

use super::{Context, form::Line, numbers};
use crate::{
    ir::{Field, PageField, PageSize},
    name::{NamedOperation, NamedShape, ident},
};

/// `paging(list: models::App, next_page_token, token query("page_token"), size query("page_size", 1, 100))`. `lower` takes out
/// a paging that has no array and no string for them.
pub(super) fn line(context: Context<'_>, named: &NamedOperation<'_>) -> Option<Line> {
    let paging = named.operation.paging.as_ref()?;
    let page = context.api.page(named.operation).ok()?;
    let NamedShape::Struct(answer) = &context.names.ty(page.answer).shape else {
        return None;
    };
    let field = |field: &Field| answer.field(&field.name).map(|field| ident(&field.ident));
    let (items, next) = (field(page.items)?, field(page.next)?);
    let line = Line::new().word("paging(").attached().ident(&items).sign(":");
    let line = line
        .ty(&context.written(page.item, None))
        .sign(",")
        .ident(&next)
        .sign(",");
    let line = of(line.word("token"), &paging.token).sign(")");
    let line = match &paging.size {
        Some(size) => size_of(line, size),
        None => line,
    };
    Some(line.sign(")"))
}

/// Where a size goes is of use to the runtime only if there is a limit to keep.
fn size_of(line: Line, size: &PageSize) -> Line {
    let (minimum, maximum) = match (size.minimum, size.maximum) {
        (None, None) => return line,
        (minimum, maximum) => (minimum.unwrap_or(0), maximum.unwrap_or(i64::MAX)),
    };
    let line = of(line.sign(",").word("size"), &size.field);
    let line = line.sign(",").number(&numbers::integer(minimum.into()));
    line.sign(",").number(&numbers::integer(maximum.into())).sign(")")
}

fn of(line: Line, field: &PageField) -> Line {
    let (word, name) = match field {
        PageField::Query(name) => ("query(", name),
        PageField::Body(name) => ("body(", name),
    };
    line.word(word).attached().text(name)
}
