//! One page after the other.

use std::{
    collections::HashSet,
    fmt,
    future::poll_fn,
    mem,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;

use crate::{Call, Client, Error, ErrorKind, Response, Sending, call::Prepared, wire::Json};

/// The pages of an operation, as a [`Stream`] or by [`Pages::next`]; each is a call, with the settings of the first.
///
/// Pages end where no token or an empty one came; a page without items is no end. A token that came before is an error
/// of the kind [`ErrorKind::Paging`], for the pages would go round in a circle. After an error there is nothing more,
/// and [`Pages::token`] stays that of the page that failed, from which another call can go on.
#[must_use = "pages are read by `next` or as a stream"]
pub struct Pages<P> {
    client: Client,
    /// The request for the first page, of which all others are made.
    first: Result<Prepared, Option<Error>>,
    token_of: fn(&P) -> Option<&str>,
    position: Position,
    seen: HashSet<String>,
    in_flight: Option<Sending<P>>,
}

/// Which page comes next.
#[derive(Debug)]
enum Position {
    First,
    Page(String),
    /// One that has come before.
    Repeated,
    End,
    /// None, because this one failed.
    Failed(Option<String>),
}

impl<P: Json> Pages<P> {
    #[doc(hidden)]
    /// The pages of a call, and where a page has the token of the next one. Generated code calls it.
    pub fn new(call: Call, token_of: fn(&P) -> Option<&str>) -> Self {
        let (client, first) = call.into_request();
        Self {
            client,
            first: first.map_err(Some),
            token_of,
            position: Position::First,
            seen: HashSet::new(),
            in_flight: None,
        }
    }

    /// Begins with the page of this token, as [`Pages::token`] gave it.
    pub fn starting_at(mut self, token: impl Into<String>) -> Self {
        self.move_to(token.into());
        self
    }

    /// The next page; `None` after the last one.
    ///
    /// Dropping the future loses nothing: the call goes on with the next one.
    pub async fn next(&mut self) -> Option<Result<Response<P>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next page, waited for by this thread.
    #[cfg(feature = "blocking")]
    pub fn wait_next(&mut self) -> Option<Result<Response<P>, Error>> {
        crate::blocking::wait(self.next()).unwrap_or_else(|error| Some(Err(error)))
    }

    fn begin(&mut self) -> Option<Sending<P>> {
        let token = match mem::replace(&mut self.position, Position::End) {
            Position::End => return None,
            failed @ Position::Failed(_) => {
                // The token stays readable.
                self.position = failed;
                return None;
            }
            Position::Repeated => return Some(Sending::failed(self.circle())),
            Position::First => None,
            Position::Page(token) => Some(token),
        };
        let request = match (&mut self.first, &token) {
            (Err(problem), _) => Err(problem.take()?),
            (Ok(first), None) => Ok(first.clone()),
            (Ok(first), Some(token)) => first.page(token),
        };
        // Until the answer is there, this page is the one to begin with again.
        self.position = Position::Failed(token);
        Some(match request {
            Ok(request) => Sending::json(self.client.clone(), request),
            Err(error) => Sending::failed(error),
        })
    }

    fn end(&mut self, outcome: Result<Response<P>, Error>) -> Result<Response<P>, Error> {
        let page = outcome?;
        match (self.token_of)(page.value()) {
            None | Some("") => self.position = Position::End,
            Some(token) => self.move_to(token.to_owned()),
        }
        Ok(page)
    }

    fn move_to(&mut self, token: String) {
        self.position = if self.seen.insert(token.clone()) {
            Position::Page(token)
        } else {
            Position::Repeated
        };
    }

    fn circle(&self) -> Error {
        let message = "the token of the next page has come before: the pages go round in a circle";
        let error = Error::new(ErrorKind::Paging, message);
        match &self.first {
            Ok(first) => error.of(first.operation),
            Err(_) => error,
        }
    }
}

impl<P> Pages<P> {
    /// The token of the page that comes next; `None` for the first one, and after the last one.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        match &self.position {
            Position::Page(token) | Position::Failed(Some(token)) => Some(token),
            Position::First | Position::Repeated | Position::End | Position::Failed(None) => None,
        }
    }
}

impl<P: Json> Stream for Pages<P> {
    type Item = Result<Response<P>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pages = self.get_mut();
        if pages.in_flight.is_none() {
            pages.in_flight = pages.begin();
        }
        let Some(sending) = &mut pages.in_flight else {
            return Poll::Ready(None);
        };
        let outcome = ready!(Pin::new(sending).poll(context));
        pages.in_flight = None;
        Poll::Ready(Some(pages.end(outcome)))
    }
}

/// Without tokens: they may tell what was searched for.
impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pages")
    }
}
