//! What a call gains where its operation is paged.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, runtime};
use crate::{
    ir::{Amount, Count, MemberPath, More, Next, NextValue, PageField, PageSize, Paging},
    member_path::written,
    name::{NamedOperation, ident},
};

/// The step that tells the runtime how the pages follow each other.
pub(super) fn steps(paging: &Paging) -> TokenStream {
    let begin = begin(paging);
    let into = paging.into.as_ref().map(into);
    let items = paging.items.as_ref().map(|path| call("items", &members(path)));
    let max = paging.max.map(|max| call("max", &integer(max)));
    let size = paging.size.as_ref().and_then(|size| size_step(size, &paging.next));
    let more = paging.more.as_ref().map(|More { path, is_inverted }| {
        let name = if *is_inverted { "done" } else { "more" };
        call(name, &members(path))
    });
    let pages = paging.pages.as_ref().map(|amount| self::amount("pages", amount));
    let total = paging.total.as_ref().map(|amount| self::amount("total", amount));
    let is_count = matches!(paging.next, Next::Count(_));
    let flags = [
        (paging.ends.same, "ends_same"),
        (paging.ends.short, "ends_short"),
        (paging.ends.empty && !is_count, "ends_empty"),
        (!paging.ends.empty && is_count, "continues_empty"),
        (paging.alone, "alone"),
        (paging.query_only, "query_only"),
    ];
    let flags = flags.into_iter().filter(|(is_set, _)| *is_set);
    let flags = flags.map(|(_, name)| call(name, &TokenStream::new()));
    let method = paging.method.as_ref().map(|method| call("method", &quote!(#method)));
    let paging = runtime::paging();
    quote!(.paged(#paging::#begin #into #items #size #max #more #pages #total #(#flags)* #method))
}

/// The constructor: where the next page comes from.
fn begin(paging: &Paging) -> TokenStream {
    let (name, argument) = match (&paging.next, paging.value) {
        (Next::Body(path), NextValue::Token) => ("token", members(path)),
        (Next::Body(path), NextValue::Url) => ("url", members(path)),
        (Next::Body(path), NextValue::Either) => ("token_or_url", members(path)),
        (Next::Header(name), NextValue::Token) => ("header_token", quote!(#name)),
        (Next::Header(name), NextValue::Url) => ("header_url", quote!(#name)),
        (Next::Header(name), NextValue::Either) => ("header_token_or_url", quote!(#name)),
        (Next::Link(relation), _) => ("link", quote!(#relation)),
        (Next::Last(path), _) => ("last_item", members(path)),
        (Next::Count(Count::Pages), _) => ("page_number", integer(paging.first)),
        (Next::Count(Count::Items), _) => ("offset", integer(paging.first)),
        (Next::Count(Count::Size(None)), _) => ("offset_by_size", integer(paging.first)),
        (Next::Count(Count::Size(Some(default))), _) => {
            let (first, default) = (integer(paging.first), integer(*default));
            ("offset_by_size_or", quote!(#first, #default))
        }
    };
    let name = ident(name);
    quote!(#name(#argument))
}

fn into(field: &PageField) -> TokenStream {
    match field {
        PageField::Query(name) => call("into_query", &quote!(#name)),
        PageField::Header(name) => call("into_header", &quote!(#name)),
        PageField::Body(path) => call("into_body", &members(path)),
        PageField::BodyNumber(path) => call("into_body_number", &members(path)),
    }
}

/// Where a size goes is of use to the runtime if there is a limit to keep, or if the next page depends on it.
fn size_step(size: &PageSize, next: &Next) -> Option<TokenStream> {
    let is_used = matches!(next, Next::Count(_)) || size.minimum.is_some() || size.maximum.is_some();
    let limit = |limit: Option<i64>, none: TokenStream| limit.map_or(none, integer);
    let minimum = limit(size.minimum, quote!(0));
    let maximum = limit(size.maximum, quote!(i64::MAX));
    let (name, field) = match &size.field {
        PageField::Query(name) => ("size_in_query", quote!(#name)),
        PageField::Header(name) => ("size_in_header", quote!(#name)),
        PageField::Body(path) | PageField::BodyNumber(path) => ("size_in_body", members(path)),
    };
    is_used.then(|| call(name, &quote!(#field, #minimum, #maximum)))
}

fn amount(name: &str, amount: &Amount) -> TokenStream {
    match amount {
        Amount::Body(path) => call(name, &members(path)),
        Amount::Header(header) => call(&format!("{name}_in_header"), &quote!(#header)),
    }
}

fn call(name: &str, arguments: &TokenStream) -> TokenStream {
    let name = ident(name);
    quote!(.#name(#arguments))
}

fn members(path: &MemberPath) -> TokenStream {
    quote!(&[#(#path),*])
}

fn integer(value: i64) -> TokenStream {
    let literal = Literal::i64_unsuffixed(value);
    quote!(#literal)
}

/// The macro that gives a call its pages, and its items where it is known where these are.
pub(super) fn item(context: Context<'_>, named: &NamedOperation<'_>) -> Option<TokenStream> {
    let output = context.ty(named.operation.page()?, None);
    let call = ident(&named.call);
    Some(match context.api.page_item(named.operation) {
        Some(item) => {
            let item = context.ty(&item, None);
            quote!(paged!(#call: #output => #item);)
        }
        None => quote!(paged!(#call: #output);),
    })
}

/// What the documentation of a method says about its pages.
pub(super) fn docs(paging: &Paging) -> String {
    let limits = match paging.size.as_ref().map(|size| (size.minimum, size.maximum)) {
        Some((Some(minimum), Some(maximum))) => format!(" A page has {minimum} to {maximum} items."),
        Some((None, Some(maximum))) => format!(" A page has at most {maximum} items."),
        Some((Some(minimum), None)) => format!(" A page has at least {minimum} items."),
        _ => String::new(),
    };
    let code = |text: &str| format!("`{}`", text.replace('`', "'"));
    let next = match &paging.next {
        Next::Body(path) => format!("the next page comes from {}", code(&written(path))),
        Next::Header(name) => format!("the next page comes from the header {}", code(name)),
        Next::Link(relation) => format!("the next page comes from the header `Link`, relation {}", code(relation)),
        Next::Last(path) => format!("the next page begins after {} of the last item", code(&written(path))),
        Next::Count(Count::Pages) => "pages are numbered".to_owned(),
        Next::Count(Count::Items | Count::Size(_)) => "a page begins at an offset".to_owned(),
    };
    match &paging.items {
        Some(items) => format!("Paged: the items are in {}, {next}.{limits}", code(&written(items))),
        None => format!("Paged: {next}.{limits}"),
    }
}
