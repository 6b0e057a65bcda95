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
#[cfg(feature = "blocking")]
pub use self::{items::WaitedItems, pages::WaitedPages};

/// Gives the call of a paged operation its pages and items.
///
/// `paged!(List: models::ListResponse => models::App)` names the call, its output and the type of an item; without an item
/// (`paged!(List: models::ListResponse)`) there are pages only. The names `pages` and `items` are taken by it.
#[doc(hidden)]
#[macro_export]
macro_rules! paged {
    ($call:ident: $output:ty => $item:ty) => {
        $crate::paged!($call: $output);

        impl $call {
            /// Returns the items of all pages, as a stream or one after the other.
            pub fn items(self) -> $crate::codegen::Items<$item> {
                $crate::codegen::Items::new(self.into_call())
            }
        }
    };
    ($call:ident: $output:ty) => {
        impl $call {
            /// Returns all pages, from the first one or from the one that the call's own setters select.
            pub fn pages(self) -> $crate::codegen::Pages<$output> {
                $crate::codegen::Pages::new(self.into_call())
            }
        }
    };
}
