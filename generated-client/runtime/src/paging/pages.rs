//! One page after the other.

use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;

use super::walk::Walk;
use crate::{Call, Error, Response, decode, wire::Json};

/// The pages of an operation, as a [`Stream`] or by [`Pages::next`]; each is a call, with the settings of the first.
///
/// What ends the pages is declared by the document. A server that breaks a rule of paging (a token that it had returned before,
/// a URL of another server, a page that is sent twice) gives an error of kind [`ErrorKind::Paging`](crate::ErrorKind::Paging),
/// whose [`Error::paging`] names the rule. After an error there is nothing more, and [`Pages::token`] stays that of the page
/// that failed, from which another call can go on.
#[must_use = "pages are read by `next` or as a stream"]
pub struct Pages<P> {
    walk: Walk,
    /// How many pages are still wanted.
    rest: Option<u64>,
    page: PhantomData<fn() -> P>,
}

impl<P: Json> Pages<P> {
    #[doc(hidden)]
    /// Returns the pages of a call. Generated code calls it.
    pub fn new(call: Call) -> Self {
        Self {
            walk: Walk::new(call),
            rest: None,
            page: PhantomData,
        }
    }

    /// Begins with the page of this token, as [`Pages::token`] gave it.
    pub fn starting_at(mut self, token: impl Into<String>) -> Self {
        self.walk.start_at(token.into());
        self
    }

    /// Ends after this number of pages, without an error.
    pub fn take(mut self, pages: u64) -> Self {
        self.rest = Some(pages);
        self
    }

    /// Makes it an error if there are more pages than this.
    pub fn max_pages(mut self, max: u64) -> Self {
        self.walk.limit_pages(max);
        self
    }

    /// Asks for the next page as soon as a page came, so that it comes while that is read. One page is fetched ahead at most,
    /// because a page says which the next one is; `0` turns it off.
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.walk.go_ahead(pages > 0);
        self
    }

    /// Returns the next page; `None` after the last one.
    ///
    /// Dropping the future loses nothing: the call goes on with the next one.
    pub async fn next(&mut self) -> Option<Result<Response<P>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Reads all pages.
    ///
    /// # Errors
    ///
    /// The first error; the pages before it are lost.
    pub async fn try_collect(mut self) -> Result<Vec<Response<P>>, Error> {
        let mut pages = Vec::new();
        while let Some(page) = self.next().await {
            pages.push(page?);
        }
        Ok(pages)
    }

    /// Returns the next page, waited for by this thread.
    #[cfg(feature = "blocking")]
    pub fn wait_next(&mut self) -> Option<Result<Response<P>, Error>> {
        crate::blocking::wait(self.next()).unwrap_or_else(|error| Some(Err(error)))
    }

    /// Returns an iterator over the pages, each waited for by the thread that asks for it.
    #[cfg(feature = "blocking")]
    pub fn wait(self) -> WaitedPages<P> {
        WaitedPages(self)
    }
}

impl<P> Pages<P> {
    /// Returns what selects the page that comes next: a token, a URL, a page number or an offset. `None` for the first page, and
    /// after the last one.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        self.walk.token()
    }
}

impl<P: Json> Stream for Pages<P> {
    type Item = Result<Response<P>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pages = self.get_mut();
        if pages.rest == Some(0) {
            return Poll::Ready(None);
        }
        let page = match ready!(pages.walk.poll_page(context)) {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(page)) => page,
        };
        let body = page.received.body.clone();
        Poll::Ready(Some(decode::json(page.received).and_then(|response: Response<P>| {
            pages.rest = pages.rest.map(|rest| rest - 1);
            if pages.rest == Some(0) {
                pages.walk.go_ahead(false);
            }
            pages.walk.arrived(response.headers(), &body, page.token)?;
            Ok(response)
        })))
    }
}

/// Without tokens: they may tell what was searched for.
impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pages")
    }
}

/// An iterator over pages that waits for each; [`Pages::wait`] makes it.
#[cfg(feature = "blocking")]
#[derive(Debug)]
#[must_use = "pages are read by iterating"]
pub struct WaitedPages<P>(Pages<P>);

#[cfg(feature = "blocking")]
impl<P: Json> Iterator for WaitedPages<P> {
    type Item = Result<Response<P>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.wait_next()
    }
}
