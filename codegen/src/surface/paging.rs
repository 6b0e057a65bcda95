//! How the pages of an operation follow each other, in words.

use crate::ir::{Amount, Count, Next, NextValue, PageField, Paging};

/// All that decides which requests follow, and when they end.
pub(super) fn describe(paging: &Paging) -> String {
    let mut parts = vec![next(paging)];
    let into = paging
        .into
        .as_ref()
        .map(|field| format!("into {}", describe_field(field)));
    let items = paging.items.as_ref().map(|items| format!("items {}", items.join(".")));
    let size = paging.size.as_ref().map(|size| {
        let bound = |bound: Option<i64>| bound.map_or(String::new(), |bound| bound.to_string());
        let (min, max) = (bound(size.minimum), bound(size.maximum));
        format!("size {} {min}..{max}", describe_field(&size.field))
    });
    let more = paging.more.as_ref().map(|more| {
        let word = if more.is_inverted { "until" } else { "while" };
        format!("{word} {}", more.path.join("."))
    });
    let pages = paging.pages.as_ref().map(|pages| format!("pages {}", amount(pages)));
    let total = paging.total.as_ref().map(|total| format!("total {}", amount(total)));
    let method = paging.method.as_ref().map(|method| format!("by {method}"));
    parts.extend([into, items, size, more, pages, total, method].into_iter().flatten());
    let flags = [
        (paging.ends.same, "ends with the same token"),
        (paging.ends.short, "ends with a short page"),
        (paging.ends.empty, "ends with an empty page"),
        (paging.alone, "without other query parameters"),
        (paging.query_only, "by the query of the URL"),
    ];
    parts.extend(
        flags
            .iter()
            .filter(|(is_set, _)| *is_set)
            .map(|(_, text)| (*text).to_owned()),
    );
    parts.join(", ")
}

fn next(paging: &Paging) -> String {
    let value = match paging.value {
        NextValue::Token => "token",
        NextValue::Url => "URL",
        NextValue::Either => "token or URL",
    };
    match &paging.next {
        Next::Body(path) => format!("{value} {}", path.join(".")),
        Next::Header(name) => format!("{value} in header {name}"),
        Next::Link(relation) => format!("link {relation}"),
        Next::Last(path) => format!("{} of the last item", path.join(".")),
        Next::Count(Count::Pages) => format!("page number from {}", paging.first),
        Next::Count(Count::Items) => format!("offset from {}, by items", paging.first),
        Next::Count(Count::Size(default)) => {
            let default = default.map_or(String::new(), |size| format!(" or {size}"));
            format!("offset from {}, by size{default}", paging.first)
        }
    }
}

fn describe_field(field: &PageField) -> String {
    match field {
        PageField::Query(name) => format!("query {name}"),
        PageField::Header(name) => format!("header {name}"),
        PageField::Body(path) | PageField::BodyNumber(path) => format!("body {}", path.join(".")),
    }
}

fn amount(amount: &Amount) -> String {
    match amount {
        Amount::Body(path) => path.join("."),
        Amount::Header(name) => format!("header {name}"),
    }
}
