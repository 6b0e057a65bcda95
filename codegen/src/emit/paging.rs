//! Paging, as the forms of operations write it.

use super::{Context, form::Line, numbers};
use crate::{
    ir::{Amount, Count, MemberPath, More, Next, NextValue, PageField, PageSize, Paging},
    name::NamedOperation,
};

/// `paging(models::App: token(&["nextPageToken"]), into_query("page_token"), items(&["list"]))`: the type of an item, if it is known
/// where the items are, where the next page comes from, and the steps of the runtime's `Paging`.
pub(super) fn line(context: Context<'_>, named: &NamedOperation<'_>) -> Option<Line> {
    named.operation.page()?;
    let paging = named.operation.paging.as_ref()?;
    let line = Line::new().word("paging(").attached();
    let line = match context.api.page_item(named.operation) {
        Some(item) => line.ty(&context.written(&item, None)).sign(":"),
        None => line.word(":"),
    };
    Some(steps(begin(line, paging), paging).sign(")"))
}

/// The constructor: where the next page comes from.
fn begin(line: Line, paging: &Paging) -> Line {
    let (body, header) = match paging.value {
        NextValue::Token => ("token(", "header_token("),
        NextValue::Url => ("url(", "header_url("),
        NextValue::Either => ("token_or_url(", "header_token_or_url("),
    };
    let line = match &paging.next {
        Next::Body(path) => members(line.word(body), path),
        Next::Header(name) => line.word(header).attached().text(name),
        Next::Link(relation) => line.word("link(").attached().text(relation),
        Next::Last(path) => members(line.word("last_item("), path),
        Next::Count(Count::Pages) => integer(line.word("page_number("), paging.first),
        Next::Count(Count::Items) => integer(line.word("offset("), paging.first),
        Next::Count(Count::Size(None)) => integer(line.word("offset_by_size("), paging.first),
        Next::Count(Count::Size(Some(default))) => {
            let line = integer(line.word("offset_by_size_or("), paging.first);
            line.sign(",").number(&numbers::integer((*default).into()))
        }
    };
    line.sign(")")
}

fn steps(line: Line, paging: &Paging) -> Line {
    let mut line = line;
    if let Some(into) = &paging.into {
        line = match into {
            PageField::Query(name) => named(line, "into_query(", name),
            PageField::Header(name) => named(line, "into_header(", name),
            PageField::Body(path) => path_step(line, "into_body(", path),
            PageField::BodyNumber(path) => path_step(line, "into_body_number(", path),
        };
    }
    if let Some(items) = &paging.items {
        line = path_step(line, "items(", items);
    }
    if let Some(max) = paging.max {
        line = integer(line.sign(",").word("max("), max).sign(")");
    }
    if let Some(size) = paging.size.as_ref().filter(|size| is_used(size, &paging.next)) {
        line = size_step(line, size);
    }
    if let Some(More { path, is_inverted }) = &paging.more {
        line = path_step(line, if *is_inverted { "done(" } else { "more(" }, path);
    }
    line = match &paging.pages {
        Some(Amount::Body(path)) => path_step(line, "pages(", path),
        Some(Amount::Header(name)) => named(line, "pages_in_header(", name),
        None => line,
    };
    line = match &paging.total {
        Some(Amount::Body(path)) => path_step(line, "total(", path),
        Some(Amount::Header(name)) => named(line, "total_in_header(", name),
        None => line,
    };
    let is_count = matches!(paging.next, Next::Count(_));
    let flags = [
        (paging.ends.same, "ends_same()"),
        (paging.ends.short, "ends_short()"),
        (paging.ends.empty && !is_count, "ends_empty()"),
        (!paging.ends.empty && is_count, "continues_empty()"),
        (paging.alone, "alone()"),
        (paging.query_only, "query_only()"),
    ];
    for (_, flag) in flags.into_iter().filter(|(is_set, _)| *is_set) {
        line = line.sign(",").word(flag);
    }
    match &paging.method {
        Some(method) => named(line, "method(", method),
        None => line,
    }
}

/// Where a size goes is of use to the runtime if there is a limit to keep, or if the next page depends on it.
fn is_used(size: &PageSize, next: &Next) -> bool {
    matches!(next, Next::Count(_)) || size.minimum.is_some() || size.maximum.is_some()
}

fn size_step(line: Line, size: &PageSize) -> Line {
    let (minimum, maximum) = match (size.minimum, size.maximum) {
        (None, None) => {
            return match &size.field {
                PageField::Query(name) => named(line, "sized_by_query(", name),
                PageField::Header(name) => named(line, "sized_by_header(", name),
                PageField::Body(path) | PageField::BodyNumber(path) => path_step(line, "sized_by_body(", path),
            };
        }
        (minimum, maximum) => (minimum.unwrap_or(0), maximum.unwrap_or(i64::MAX)),
    };
    let line = line.sign(",");
    let line = match &size.field {
        PageField::Query(name) => line.word("size_in_query(").attached().text(name),
        PageField::Header(name) => line.word("size_in_header(").attached().text(name),
        PageField::Body(path) | PageField::BodyNumber(path) => members(line.word("size_in_body("), path),
    };
    let line = line.sign(",").number(&numbers::integer(minimum.into()));
    line.sign(",").number(&numbers::integer(maximum.into())).sign(")")
}

fn named(line: Line, word: &'static str, name: &str) -> Line {
    line.sign(",").word(word).attached().text(name).sign(")")
}

fn path_step(line: Line, word: &'static str, path: &MemberPath) -> Line {
    members(line.sign(",").word(word), path).sign(")")
}

fn integer(line: Line, value: i64) -> Line {
    line.attached().number(&numbers::integer(value.into()))
}

/// `&["a", "b"]`, after an opening parenthesis.
fn members(line: Line, path: &MemberPath) -> Line {
    let mut line = line.attached().word("&[").attached();
    for (index, name) in path.iter().enumerate() {
        line = if index > 0 { line.sign(",") } else { line };
        line = line.text(name);
    }
    if path.is_empty() {
        line.word("]")
    } else {
        line.sign("]")
    }
}
