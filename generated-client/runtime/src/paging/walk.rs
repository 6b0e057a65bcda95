//! From page to page: the one interpreter of all paging styles, which no type of a page makes another copy of.

use std::{
    mem,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http::HeaderMap;
use tokio::task::JoinHandle;

use super::{
    cycle::Cycle,
    declaration::{Next, Paging},
    next::{Arrived, Facts},
    problem::{PagingProblem, PagingRule},
    request::{self, Refusal},
};
use crate::{
    BoxFuture, Call, Client, Error, ErrorKind,
    answer::without_mark,
    call::Prepared,
    execute::execute,
    response::Received,
    wire::find::{Span, part},
};

/// The longest token or URL that is sent, in bytes.
pub(super) const MAX_TOKEN: usize = 16 * 1024;

/// The way through the pages of one call.
pub(super) struct Walk {
    client: Client,
    /// The request for the first page, of which all others are made.
    first: Result<Prepared, Option<Error>>,
    paging: Option<&'static Paging>,
    position: Position,
    seen: Cycle,
    /// The pages that came.
    pages: u64,
    max_pages: Option<u64>,
    /// The number of items that came, where they came from the first page on.
    items: Option<u64>,
    /// The items of the page before, as a hash.
    before: Option<u64>,
    is_ahead: bool,
    in_flight: Option<InFlight>,
}

/// Which page comes next.
enum Position {
    First,
    Page(String),
    /// None, because a rule is broken. The token that selected the page that broke it stays readable.
    Broken(PagingRule, Option<String>),
    End,
    /// None, because this one failed.
    Failed(Option<String>),
}

/// A page that is asked for.
enum InFlight {
    Here(BoxFuture<'static, Result<Received, Error>>),
    /// By a task of its own, so that it comes while its predecessor is read.
    Ahead(Task),
}

struct Task(JoinHandle<Result<Received, Error>>);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A page that came, before it is decoded.
pub(super) struct Page {
    pub(super) received: Received,
    pub(super) token: Option<String>,
}

impl Walk {
    pub(super) fn new(call: Call) -> Self {
        let (client, first) = call.into_request();
        let paging = first.as_ref().ok().and_then(|first| first.operation.paging.as_ref());
        let mut walk = Self {
            client,
            paging,
            position: Position::First,
            seen: Cycle::new(),
            pages: 0,
            max_pages: None,
            items: Some(0),
            before: None,
            is_ahead: false,
            in_flight: None,
            first: first.map_err(Some),
        };
        if let Some(own) = walk.own_start() {
            walk.items = None;
            walk.seen.note(&own);
        }
        walk
    }

    pub(super) fn paging(&self) -> Option<&'static Paging> {
        self.paging
    }

    /// What the call itself says of the page to begin with.
    fn own_start(&self) -> Option<String> {
        let first = self.first.as_ref().ok()?;
        let value = request::current(first, self.paging?.into?)?;
        Some(value).filter(|value| !value.is_empty())
    }

    pub(super) fn start_at(&mut self, token: String) {
        self.items = None;
        self.position = if self.own_start().is_some() {
            Position::Broken(PagingRule::TwoStarts, Some(token))
        } else {
            self.seen.note(&token);
            Position::Page(token)
        };
    }

    pub(super) fn limit_pages(&mut self, max: u64) {
        self.max_pages = Some(max);
    }

    /// Asks for the next page as soon as this one came.
    pub(super) fn go_ahead(&mut self, is_ahead: bool) {
        self.is_ahead = is_ahead;
    }

    pub(super) fn end(&mut self) {
        self.position = Position::End;
        self.in_flight = None;
    }

    /// What selects the page that comes next; `None` for the first one, and after the last one.
    pub(super) fn token(&self) -> Option<&str> {
        match &self.position {
            Position::Page(token) | Position::Failed(Some(token)) | Position::Broken(_, Some(token)) => Some(token),
            Position::First | Position::End | Position::Failed(None) | Position::Broken(_, None) => None,
        }
    }

    /// The next page; it counts as failed until [`Walk::arrived`] has read it.
    pub(super) fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Page, Error>>> {
        if self.in_flight.is_none() {
            match self.begin() {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(request)) => {
                    let exchange = execute(self.client.clone(), request);
                    self.in_flight = Some(InFlight::Here(Box::pin(exchange)));
                }
            }
        }
        let outcome = match &mut self.in_flight {
            None => return Poll::Ready(None),
            Some(InFlight::Here(exchange)) => ready!(exchange.as_mut().poll(context)),
            Some(InFlight::Ahead(task)) => match ready!(Pin::new(&mut task.0).poll(context)) {
                Ok(outcome) => outcome,
                Err(lost) => {
                    let error = Error::new(ErrorKind::Transport, "the task that asked for the next page ended");
                    Err(error.caused_by(lost))
                }
            },
        };
        self.in_flight = None;
        let token = self.token().map(str::to_owned);
        Poll::Ready(Some(outcome.map(|received| Page { received, token })))
    }

    /// The request for the page that comes next, if there is one.
    fn begin(&mut self) -> Option<Result<Prepared, Error>> {
        let token = match mem::replace(&mut self.position, Position::End) {
            Position::End => return None,
            failed @ Position::Failed(_) => {
                // The token stays readable.
                self.position = failed;
                return None;
            }
            Position::Broken(rule, token) => {
                self.position = Position::Failed(token);
                return Some(Err(self.broken(rule)));
            }
            Position::First => None,
            Position::Page(token) => Some(token),
        };
        let request = self.request(token.as_deref());
        // Until the answer is there, this page is the one to begin with again.
        self.position = Position::Failed(token);
        request
    }

    fn request(&mut self, token: Option<&str>) -> Option<Result<Prepared, Error>> {
        let first = match &mut self.first {
            Err(problem) => return problem.take().map(Err),
            Ok(first) => first,
        };
        let Some(paging) = self.paging else {
            return Some(Err(self.broken(PagingRule::NotPaged)));
        };
        if let Some(max) = self.max_pages.filter(|max| self.pages >= *max) {
            return Some(Err(self.broken(PagingRule::MaxPages(max))));
        }
        let Some(token) = token else {
            return Some(Ok(first.clone()));
        };
        let length = token.len();
        if length > MAX_TOKEN {
            return Some(Err(self.broken(PagingRule::TokenTooLong { length })));
        }
        if matches!(paging.next, Next::Count(_)) && token.parse::<i64>().is_err() {
            return Some(Err(self.broken(PagingRule::NotANumber)));
        }
        let operation = first.operation;
        Some(match request::page(first, paging, token) {
            Ok(request) => Ok(request),
            Err(Refusal::Rule(rule)) => Err(self.broken(rule)),
            Err(Refusal::Error(error)) => Err(error.of(operation)),
        })
    }

    /// Reads what a page says about the page after it, and where its items are.
    ///
    /// # Errors
    ///
    /// If it repeats the page before it: its items were given out already.
    pub(super) fn arrived(
        &mut self,
        headers: &HeaderMap,
        body: &Bytes,
        token: Option<String>,
    ) -> Result<Option<Span>, Error> {
        let (Some(paging), Ok(first)) = (self.paging, &self.first) else {
            return Ok(None);
        };
        let size = paging.size_of(first);
        let own = self.own_start();
        let text = text_of(body);
        let page = Arrived {
            headers,
            text,
            selected_by: token.as_deref().or(own.as_deref()),
            size,
            before: self.items,
        };
        self.pages += 1;
        let Ok(facts) = Facts::read(paging, &page) else {
            return Ok(None);
        };
        if matches!(paging.next, Next::Count(_)) && self.repeats(&facts, text) {
            self.position = Position::Failed(token);
            return Err(self.broken_at(PagingRule::RepeatedPage, self.pages));
        }
        self.items = self
            .items
            .zip(facts.count)
            .map(|(before, count)| before.saturating_add(count));
        let next = facts.next(paging, &page);
        self.position = match next {
            Ok(None) => Position::End,
            Ok(Some(next)) => self.moved_to(next, paging),
            Err(rule) => Position::Broken(rule, None),
        };
        if self.is_ahead {
            self.ask_ahead();
        }
        Ok(facts.items)
    }

    /// Whether a page has the items of the page before it.
    fn repeats(&mut self, facts: &Facts, text: &str) -> bool {
        if facts.count == Some(0) {
            self.before = None;
            return false;
        }
        let items = facts.items.map_or(text, |span| part(text, span));
        let hash = Some(self.seen.hash(items));
        let repeats = self.before == hash;
        self.before = hash;
        repeats
    }

    fn moved_to(&mut self, next: String, paging: &Paging) -> Position {
        // Numbers only grow.
        if matches!(paging.next, Next::Count(_)) {
            return Position::Page(next);
        }
        match self.seen.note(&next) {
            None => Position::Page(next),
            Some(distance) => {
                let earlier = self.pages.saturating_sub(distance);
                Position::Broken(PagingRule::RepeatedToken { earlier }, None)
            }
        }
    }

    fn ask_ahead(&mut self) {
        if !matches!(self.position, Position::Page(_)) || tokio::runtime::Handle::try_current().is_err() {
            return;
        }
        if self.max_pages.is_some_and(|max| self.pages >= max) {
            return;
        }
        let Position::Page(token) = &self.position else { return };
        let token = token.clone();
        match self.begin() {
            Some(Ok(request)) => {
                let task = tokio::spawn(execute(self.client.clone(), request));
                self.in_flight = Some(InFlight::Ahead(Task(task)));
            }
            // What is wrong is found again when the page is wanted.
            Some(Err(_)) | None => self.position = Position::Page(token),
        }
    }

    /// The error of a rule that the page which comes next breaks.
    pub(super) fn broken(&self, rule: PagingRule) -> Error {
        self.broken_at(rule, self.pages.max(1))
    }

    fn broken_at(&self, rule: PagingRule, page: u64) -> Error {
        let problem = PagingProblem { rule, page };
        let error = Error::new(ErrorKind::Paging, problem.to_string()).caused_by(problem);
        match &self.first {
            Ok(first) => error.of(first.operation),
            Err(_) => error,
        }
    }
}

/// The JSON text of a body; an empty body is read as `{}`.
pub(super) fn text_of(body: &Bytes) -> &str {
    let text = std::str::from_utf8(without_mark(body)).unwrap_or_default();
    if text.trim_ascii().is_empty() { "{}" } else { text }
}
