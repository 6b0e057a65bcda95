//! The items of all pages.

use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::Stream;

use super::{problem::PagingRule, walk::Walk};
use crate::{Call, Error, decode, wire::Json};

/// The items of all pages, as a [`Stream`] or by [`Items::next`]. Pages are asked for when their first item is.
///
/// Of a page only its items are decoded. What [`Pages`](crate::Pages) says about ends and errors holds here too.
///
/// ```
/// # use specwright_runtime::{Error, Items};
/// async fn print(mut apps: Items<String>) -> Result<(), Error> {
///     while let Some(app) = apps.next().await {
///         println!("{}", app?);
///     }
///     Ok(())
/// }
/// ```
#[must_use = "items are read by `next` or as a stream"]
pub struct Items<I> {
    walk: Walk,
    /// What is left of the current page.
    rest: vec::IntoIter<I>,
    /// The token of the current page.
    token: Option<String>,
    /// How many items are still wanted.
    wanted: Option<u64>,
    /// How many items there may be, and how many of them are left.
    max: Option<(u64, u64)>,
}

/// No item is pinned: they are handed out by value.
impl<I> Unpin for Items<I> {}

impl<I: Json> Items<I> {
    #[doc(hidden)]
    /// Returns the items of the pages of a call. Generated code calls it.
    pub fn new(call: Call) -> Self {
        Self {
            walk: Walk::new(call),
            rest: Vec::new().into_iter(),
            token: None,
            wanted: None,
            max: None,
        }
    }

    /// Begins with the page of this token, as [`Items::token`] gave it.
    pub fn starting_at(mut self, token: impl Into<String>) -> Self {
        self.walk.start_at(token.into());
        self
    }

    /// Ends after this number of items, without an error; no page is asked for beyond the last of them.
    pub fn take(mut self, items: u64) -> Self {
        self.wanted = Some(items);
        self
    }

    /// Makes it an error if there are more pages than this.
    pub fn max_pages(mut self, max: u64) -> Self {
        self.walk.limit_pages(max);
        self
    }

    /// Makes it an error if there are more items than this.
    pub fn max_items(mut self, max: u64) -> Self {
        self.max = Some((max, max));
        self
    }

    /// Asks for the next page as soon as a page came, so that it comes while the items of that are used. One page is fetched
    /// ahead at most, because a page says which the next one is; `0` turns it off.
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.walk.go_ahead(pages > 0);
        self
    }

    /// Returns the next item; `None` after the last one. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<I, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Reads all items.
    ///
    /// # Errors
    ///
    /// The first error; the items before it are lost.
    pub async fn try_collect(mut self) -> Result<Vec<I>, Error> {
        let mut items = Vec::new();
        while let Some(item) = self.next().await {
            items.push(item?);
        }
        Ok(items)
    }

    /// Returns the next item, waited for by this thread.
    #[cfg(feature = "blocking")]
    pub fn wait_next(&mut self) -> Option<Result<I, Error>> {
        crate::blocking::wait(self.next()).unwrap_or_else(|error| Some(Err(error)))
    }

    /// Returns an iterator over the items, each waited for by the thread that asks for it.
    #[cfg(feature = "blocking")]
    pub fn wait(self) -> WaitedItems<I> {
        WaitedItems(self)
    }

    /// Counts an item that is about to be given out.
    fn given(&mut self, item: I) -> Result<I, Error> {
        if let Some((max, left)) = &mut self.max {
            match left.checked_sub(1) {
                Some(fewer) => *left = fewer,
                None => {
                    let error = self.walk.broken(PagingRule::MaxItems(*max));
                    self.stop();
                    return Err(error);
                }
            }
        }
        self.wanted = self.wanted.map(|wanted| wanted - 1);
        Ok(item)
    }

    fn stop(&mut self) {
        self.rest = Vec::new().into_iter();
        self.walk.end();
    }
}

impl<I> Items<I> {
    /// Returns what selects the page on which the next item is: a token, a URL, a page number or an offset. `None` for the first
    /// page, and after the last item.
    ///
    /// A call that begins again with it may see items of that page a second time, and misses none.
    #[must_use]
    pub fn token(&self) -> Option<&str> {
        if self.rest.as_slice().is_empty() {
            self.walk.token()
        } else {
            self.token.as_deref()
        }
    }
}

impl<I: Json> Stream for Items<I> {
    type Item = Result<I, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let items = self.get_mut();
        loop {
            if items.wanted == Some(0) {
                return Poll::Ready(None);
            }
            if let Some(item) = items.rest.next() {
                return Poll::Ready(Some(items.given(item)));
            }
            let page = match ready!(items.walk.poll_page(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(page)) => page,
            };
            let (headers, body) = (page.received.head.headers.clone(), page.received.body.clone());
            let path = items.walk.paging().and_then(|paging| paging.items).unwrap_or_default();
            let list: Vec<I> = match decode::list(page.received, path) {
                Ok(list) => list,
                Err(error) => return Poll::Ready(Some(Err(error))),
            };
            if items.wanted.is_some_and(|wanted| list.len() as u64 >= wanted) {
                items.walk.go_ahead(false);
            }
            if let Err(error) = items.walk.arrived(&headers, &body, page.token.clone()) {
                return Poll::Ready(Some(Err(error)));
            }
            items.token = page.token;
            items.rest = list.into_iter();
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest.len(), None)
    }
}

impl<I> fmt::Debug for Items<I> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Items")
    }
}

/// An iterator over items that waits for each page; [`Items::wait`] makes it.
#[cfg(feature = "blocking")]
#[derive(Debug)]
#[must_use = "items are read by iterating"]
pub struct WaitedItems<I>(Items<I>);

#[cfg(feature = "blocking")]
impl<I: Json> Iterator for WaitedItems<I> {
    type Item = Result<I, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.wait_next()
    }
}
