//! Pages of items, as an operation declares its paging.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::{
    operation::MockedPages,
    reply::{RawReply, Reply},
    request::Seen,
    written::Written,
};
use crate::{
    paging::{Amount, Next, NextValue, Paging, Place, Step, value_of, with_query_value},
    wire::{self, Value, find::MemberPath},
};

/// The query parameter of the URL of a next page, where the document does not name one.
const PAGE: &str = "page";

/// The items of an operation, and how it returns them.
pub(super) struct Source {
    paging: &'static Paging,
    /// The properties of each page beside those of the paging.
    template: Value,
    items: Vec<Value>,
    /// The value of the last item's property that selects the next page.
    keys: Vec<Option<String>>,
    size: usize,
    form: Form,
    /// The reply without the page.
    reply: RawReply,
}

/// What the type of a page decides.
#[derive(Clone, Copy, Debug)]
struct Form {
    /// Whether a token is a number.
    is_number: bool,
    /// What is in the place of the next page on the last page.
    end: End,
}

#[derive(Clone, Copy, Debug)]
enum End {
    Absent,
    Null,
    Empty,
}

/// The range of a page.
#[derive(Clone, Copy)]
struct Range {
    start: usize,
    end: usize,
}

impl Source {
    /// Creates the source of the pages, in the first form in which they are answers of the operation.
    pub(super) fn new<M: MockedPages>(page: Option<Bytes>, items: &[M::Item], size: usize) -> Result<Self, String> {
        let Some(paging) = &M::OPERATION.paging else {
            return Err("the operation does not declare its paging".to_owned());
        };
        if size == 0 {
            return Err("a page must have at least one item".to_owned());
        }
        let template = match page {
            Some(page) => serde_json::from_slice(&page).map_err(|error| format!("the page is not JSON: {error}"))?,
            None => Value::Null,
        };
        let values = items.iter().map(|item| serde_json::from_slice(&wire::to_vec(item)));
        let items: Vec<Value> = values
            .collect::<Result<_, _>>()
            .map_err(|error| format!("an item is not JSON: {error}"))?;
        let written = Written::json(M::OPERATION, &items);
        let mut source = Self {
            reply: Reply::<M>::written(written).raw,
            paging,
            template,
            keys: items.iter().map(|item| key(paging, item)).collect(),
            items,
            size,
            form: Form {
                is_number: false,
                end: End::Absent,
            },
        };
        let forms = [End::Absent, End::Null, End::Empty]
            .into_iter()
            .flat_map(|end| [false, true].map(|is_number| Form { is_number, end }));
        let mut first = None;
        for form in forms {
            source.form = form;
            match source.check::<M>() {
                Ok(()) => return Ok(source),
                Err(problem) => _ = first.get_or_insert(problem),
            }
        }
        let problem = first.unwrap_or_default();
        let advice = if source.template.is_null() {
            ". Use `pages_in` with a page that has the other properties"
        } else {
            ""
        };
        Err(format!(
            "a page is not an answer of {}: {problem}{advice}",
            M::OPERATION.id()
        ))
    }

    /// Whether the first and the last page are answers of the operation.
    fn check<M: MockedPages>(&self) -> Result<(), String> {
        let last = self.items.len().saturating_sub(1) / self.size * self.size;
        let next = if self.has_urls() {
            "https://mock.localhost/"
        } else {
            "1"
        };
        for start in [0, last] {
            let body = self.body(self.range(start, self.size), next);
            let read = wire::from_str::<M::Page>(&body.to_string());
            read.map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    fn range(&self, start: usize, size: usize) -> Range {
        let start = start.min(self.items.len());
        Range {
            start,
            end: start.saturating_add(size).min(self.items.len()),
        }
    }

    /// The page that a request asks for.
    pub(super) fn page(&self, seen: &Seen) -> Result<RawReply, String> {
        let size = match self.paging.next {
            Next::Count(_) => self.asked(seen).unwrap_or(self.size),
            _ => self.size,
        };
        let range = self.range(self.start(seen, size)?, size);
        let next = self.next_value(range).map(|next| self.url(seen, &next).unwrap_or(next));
        let mut reply = self.reply();
        reply.headers.extend(self.headers(seen, range, next.as_deref()));
        reply.body = Bytes::from(self.body(range, next.as_deref().unwrap_or_default()).to_string());
        Ok(reply)
    }

    /// The parts of the reply that are the same for all pages.
    pub(super) fn reply(&self) -> RawReply {
        RawReply {
            body: Bytes::new(),
            ..self.reply.clone()
        }
    }

    /// The number of items that a request asks for.
    fn asked(&self, seen: &Seen) -> Option<usize> {
        let size = field(seen, self.paging.size?.place)?;
        size.parse().ok().filter(|size| *size > 0)
    }

    /// The position of the first item of the page that a request asks for.
    fn start(&self, seen: &Seen, size: usize) -> Result<usize, String> {
        let own = self.paging.into.and_then(|into| field(seen, into));
        let of_url = || field(seen, Place::Query(PAGE)).filter(|_| self.paging.value != NextValue::Token);
        let Some(selected) = own.or_else(of_url).filter(|selected| !selected.is_empty()) else {
            return Ok(0);
        };
        let unknown = || format!("the mock has no page `{selected}`");
        match self.paging.next {
            Next::Count(step) => {
                let number: i64 = selected.parse().map_err(|_| unknown())?;
                let from_first = usize::try_from(number.saturating_sub(self.paging.first)).map_err(|_| unknown())?;
                Ok(match step {
                    Step::Page => from_first.saturating_mul(size),
                    Step::Items | Step::Size(_) => from_first,
                })
            }
            Next::Last(_) => {
                let position = self.keys.iter().position(|key| key.as_deref() == Some(&selected));
                position.map(|position| position + 1).ok_or_else(unknown)
            }
            Next::Body(_) | Next::Header(_) | Next::Link(_) => {
                let start = selected.parse().ok().filter(|start| *start <= self.items.len());
                start.ok_or_else(unknown)
            }
        }
    }

    /// The token of the page after this one.
    fn next_value(&self, range: Range) -> Option<String> {
        (range.end < self.items.len()).then(|| range.end.to_string())
    }

    /// Whether the next page is selected by its URL.
    fn has_urls(&self) -> bool {
        match self.paging.value {
            NextValue::Token => false,
            NextValue::Url => true,
            NextValue::Either => self.paging.into.is_none(),
        }
    }

    /// The URL of the page with this token, where the document declares a URL.
    fn url(&self, seen: &Seen, token: &str) -> Option<String> {
        let name = match self.paging.into {
            Some(Place::Query(name)) => name,
            _ => PAGE,
        };
        let uri = self
            .has_urls()
            .then(|| with_query_value(&seen.uri, name, token).ok())
            .flatten()?;
        Some(uri.to_string())
    }

    fn headers(&self, seen: &Seen, range: Range, next: Option<&str>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut set = |name: &str, value: &str| {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(value)) {
                headers.insert(name, value);
            }
        };
        match (self.paging.next, next) {
            (Next::Header(name), Some(next)) => set(name, next),
            (Next::Link(relation), Some(next)) => set("link", &format!("<{next}>; rel=\"{relation}\"")),
            _ => {}
        }
        if let Some(Amount::Header(name)) = self.paging.total {
            set(name, &self.items.len().to_string());
        }
        if let Some(Amount::Header(name)) = self.paging.pages {
            set(
                name,
                &self
                    .pages(self.asked(seen).unwrap_or(range.end.saturating_sub(range.start)))
                    .to_string(),
            );
        }
        headers
    }

    /// The number of pages of this size.
    fn pages(&self, size: usize) -> usize {
        self.items.len().div_ceil(size.max(1))
    }

    fn body(&self, range: Range, next: &str) -> Value {
        let items = self.items.get(range.start..range.end).unwrap_or_default().to_vec();
        let mut body = self.template.clone();
        let items_path = self.paging.items.unwrap_or_default();
        set(&mut body, items_path, Some(Value::from(items)));
        if items_path.is_empty() {
            return body;
        }
        let is_last = range.end >= self.items.len();
        if let Next::Body(path) = self.paging.next {
            let end = match self.form.end {
                End::Absent => None,
                End::Null => Some(Value::Null),
                End::Empty => Some(Value::from("")),
            };
            let number = next.parse::<u64>().ok().filter(|_| self.form.is_number);
            let token = number.map_or_else(|| Value::from(next), Value::from);
            set(&mut body, path, if is_last { end } else { Some(token) });
        }
        if let Some(more) = self.paging.more {
            set(&mut body, more.path, Some(Value::from(is_last == more.is_inverted)));
        }
        if let Some(Amount::Body(path)) = self.paging.total {
            set(&mut body, path, Some(Value::from(self.items.len())));
        }
        if let Some(Amount::Body(path)) = self.paging.pages {
            set(&mut body, path, Some(Value::from(self.pages(self.size))));
        }
        body
    }
}

fn field(seen: &Seen, place: Place) -> Option<String> {
    value_of((&seen.uri, &seen.headers, &seen.body), place)
}

/// The property of an item that selects the page after it.
fn key(paging: &Paging, item: &Value) -> Option<String> {
    let Next::Last(path) = paging.next else { return None };
    let value = path.iter().try_fold(item, |value, name| value.get(*name))?;
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// Sets or removes the value at a path, with the objects around it.
fn set(body: &mut Value, path: MemberPath, value: Option<Value>) {
    let Some((name, inner)) = path.split_first() else {
        *body = value.unwrap_or_default();
        return;
    };
    if !body.is_object() {
        *body = Value::Object(wire::Object::new());
    }
    let Some(members) = body.as_object_mut() else { return };
    match value {
        None if inner.is_empty() => _ = members.remove(*name),
        value => set(members.entry(*name).or_insert(Value::Null), inner, value),
    }
}
