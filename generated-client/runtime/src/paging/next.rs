//! What a page says about the page after it.

use http::HeaderMap;

use super::{
    declaration::{Amount, More, Next, Paging, Step},
    link,
    problem::PagingRule,
};
use crate::wire::{
    DecodeError,
    find::{Span, elements, find, part, scalar},
};

/// A page that came.
pub(super) struct Arrived<'a> {
    pub(super) headers: &'a HeaderMap,
    /// The body; `{}` where it is empty.
    pub(super) text: &'a str,
    /// What selected it: a token, a URL, a page number or an offset.
    pub(super) selected_by: Option<&'a str>,
    /// The size that its request asked for.
    pub(super) size: Option<i64>,
    /// The number of items on the pages before it; `None` where these were not seen.
    pub(super) before: Option<u64>,
}

/// What a page says, with the places of its parts in its text.
pub(super) struct Facts {
    pub(super) items: Option<Span>,
    /// The number of its items; `None` where it is not declared where they are.
    pub(super) count: Option<u64>,
    key: Option<String>,
    next: Option<String>,
    more: Option<bool>,
    pages: Option<i64>,
    total: Option<i64>,
}

impl Facts {
    pub(super) fn read(paging: &Paging, page: &Arrived<'_>) -> Result<Self, DecodeError> {
        let in_body = |amount: Option<Amount>| match amount {
            Some(Amount::Body(path)) => Some(path),
            Some(Amount::Header(_)) | None => None,
        };
        let next = match paging.next {
            Next::Body(path) => Some(path),
            Next::Header(_) | Next::Link(_) | Next::Last(_) | Next::Count(_) => None,
        };
        let more = paging.more.map(|more| more.path);
        let paths = [paging.items, next, more, in_body(paging.pages), in_body(paging.total)];
        let [items, next, more, pages, total] = find(page.text, paths)?;
        let value = |span: Option<Span>| scalar(part(page.text, span?));
        let amount = |declared: Option<Amount>, span: Option<Span>| {
            let text = match declared? {
                Amount::Body(_) => value(span)?,
                Amount::Header(name) => header(page.headers, name)?.to_owned(),
            };
            text.parse().ok()
        };
        let listed = items.and_then(|span| elements(part(page.text, span)));
        let next = match paging.next {
            Next::Body(_) => value(next),
            Next::Header(name) => header(page.headers, name).map(str::to_owned),
            Next::Link(relation) => link::target(page.headers, relation).map(str::to_owned),
            Next::Last(_) | Next::Count(_) => None,
        };
        Ok(Self {
            items,
            count: paging.items.map(|_| listed.map_or(0, |(count, _)| count)),
            key: key(paging, listed.and_then(|(_, last)| last)),
            next,
            more: more_of(paging.more, value(more).as_deref()),
            pages: amount(paging.pages, pages),
            total: amount(paging.total, total),
        })
    }

    /// What selects the next page; `None` after the last one.
    pub(super) fn next(&self, paging: &Paging, page: &Arrived<'_>) -> Result<Option<String>, PagingRule> {
        let is_empty = self.count == Some(0);
        if self.more == Some(false) || (is_empty && paging.ends.empty) {
            return Ok(None);
        }
        let is_short = self
            .count
            .zip(page.size)
            .is_some_and(|(count, size)| number(count) < size);
        if is_short && paging.ends.short {
            return Ok(None);
        }
        match paging.next {
            Next::Body(_) | Next::Header(_) | Next::Link(_) => {
                let next = self.next.clone().filter(|next| !next.is_empty());
                let is_same = next.as_deref() == page.selected_by && paging.ends.same;
                Ok(next.filter(|_| !is_same))
            }
            Next::Last(_) if is_empty || self.count.is_none() => Ok(None),
            Next::Last(_) => self.key.clone().map(Some).ok_or(PagingRule::NoKey),
            Next::Count(step) => self.counted(step, paging, page),
        }
    }

    fn counted(&self, step: Step, paging: &Paging, page: &Arrived<'_>) -> Result<Option<String>, PagingRule> {
        let current = match page.selected_by {
            None => paging.first,
            Some(text) => text.parse().map_err(|_| PagingRule::NotANumber)?,
        };
        let count = self.count.map_or(0, number);
        let grows_by = match step {
            Step::Page => 1,
            Step::Items => count,
            Step::Size(default) => page.size.or(default).unwrap_or(count),
        };
        if grows_by <= 0 || self.is_last(step, current.saturating_sub(paging.first), paging, page) {
            return Ok(None);
        }
        let next = current.checked_add(grows_by).filter(|next| *next <= paging.max);
        next.map(|next| Some(next.to_string()))
            .ok_or(PagingRule::NumberTooLarge)
    }

    /// Whether the declared numbers say that this page, which begins so far behind the first one, is the last one.
    fn is_last(&self, step: Step, from_first: i64, paging: &Paging, page: &Arrived<'_>) -> bool {
        if self.more == Some(true) {
            return false;
        }
        let count = self.count.map_or(0, number);
        // A server that did not count sends 0 or -1: a number below what this page holds is no total.
        let pages = self.pages.filter(|pages| *pages > 0 || count == 0);
        let total = self.total.filter(|total| *total >= count);
        let is_last_page = |pages: i64| step == Step::Page && from_first.saturating_add(1) >= pages;
        if pages.is_some_and(is_last_page) {
            return true;
        }
        let Some(total) = total else { return false };
        let before = match (step, page.before, page.size.filter(|_| paging.items.is_some())) {
            (Step::Items | Step::Size(_), _, _) => Some(from_first),
            (Step::Page, Some(before), _) => Some(number(before)),
            (Step::Page, None, Some(size)) => Some(from_first.saturating_mul(size)),
            (Step::Page, None, None) => None,
        };
        // Without the items nothing says how many came.
        paging.items.is_some() && before.is_some_and(|before| before.saturating_add(count) >= total)
    }
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn header<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}

/// The member of the last item that selects the next page.
fn key(paging: &Paging, last: Option<&str>) -> Option<String> {
    let Next::Last(path) = paging.next else { return None };
    let last = last?;
    let [found] = find(last, [Some(path)]).ok()?;
    scalar(part(last, found?)).filter(|key| !key.is_empty())
}

fn more_of(declared: Option<More>, value: Option<&str>) -> Option<bool> {
    let is_inverted = declared?.is_inverted;
    match value {
        Some("true") => Some(!is_inverted),
        Some("false") => Some(is_inverted),
        _ => None,
    }
}
