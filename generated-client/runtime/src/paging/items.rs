//! The items of all pages.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::Stream;

use crate::{Error, Pages, wire::Json};

/// The items of all pages, as a [`Stream`] or by [`Items::next`]. Pages are asked for when their first item is.
///
/// ```
/// # use specwright_runtime::{Error, Items};
/// async fn print(mut apps: Items<Vec<String>, String>) -> Result<(), Error> {
///     while let Some(app) = apps.next().await {
///         println!("{}", app?);
///     }
///     Ok(())
/// }
/// ```
#[must_use = "items are read by `next` or as a stream"]
pub struct Items<P, I> {
    pages: Pages<P>,
    take: fn(&mut P) -> Vec<I>,
    /// What is left of the current page.
    rest: vec::IntoIter<I>,
    /// The token of the current page.
    token: Option<String>,
}

/// No item is pinned: they are handed out by value.
impl<P, I> Unpin for Items<P, I> {}

impl<P: Json, I> Items<P, I> {
    #[doc(hidden)]
    /// The items of pages, and where a page has them. Generated code calls it.
    pub fn new(pages: Pages<P>, take: fn(&mut P) -> Vec<I>) -> Self {
        Self {
            pages,
            take,
            rest: Vec::new().into_iter(),
            token: None,
        }
    }

    /// Begins with the page of this token, as [`Items::token`] gave it.
    pub fn starting_at(mut self, token: impl Into<String>) -> Self {
        self.pages = self.pages.starting_at(token);
        self
    }

    /// The next item; `None` after the last one. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<I, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The next item, waited for by this thread.
    #[cfg(feature = "blocking")]
    pub fn wait_next(&mut self) -> Option<Result<I, Error>> {
        crate::blocking::wait(self.next()).unwrap_or_else(|error| Some(Err(error)))
    }
}

impl<P, I> Items<P, I> {
    /// The token of the page on which the next item is; `None` for the first page, and after the last item.
    ///
    /// Who begins again with it may see items of that page a second time, and misses none.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        if self.rest.as_slice().is_empty() {
            self.pages.token()
        } else {
            self.token.as_deref()
        }
    }
}

impl<P: Json, I> Stream for Items<P, I> {
    type Item = Result<I, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let items = self.get_mut();
        loop {
            if let Some(item) = items.rest.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let token = items.pages.token().map(str::to_owned);
            match ready!(Pin::new(&mut items.pages).poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => {
                    items.token = token;
                    items.rest = (items.take)(&mut page.into_inner()).into_iter();
                }
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest.len(), None)
    }
}

impl<P, I> fmt::Debug for Items<P, I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Items")
    }
}
