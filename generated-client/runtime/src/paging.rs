//! Operations whose response comes page by page.
//!
//! A [`Paging`] says how the pages of an operation follow each other; `walk` is the one interpreter of it. What is generic
//! (the model of a page, the type of an item) only decodes.

mod cycle;
mod declaration;
mod link;
mod next;
mod pages;
mod problem;
mod request;
mod url;
mod walk;

mod items;

pub use self::{
    declaration::Paging,
    items::Items,
    pages::Pages,
    problem::{PagingProblem, PagingRule},
};
#[cfg(feature = "test-util")]
pub(crate) use self::{
    declaration::{Amount, Next, Place, Step, Value as NextValue},
    request::{value_of, with_query_value},
};
#[cfg(feature = "blocking")]
pub use self::{items::WaitedItems, pages::WaitedPages};
