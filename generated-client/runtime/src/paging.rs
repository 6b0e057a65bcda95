//! Operations whose answer comes page by page.

mod fields;
mod items;
mod pages;
mod request;

pub use self::{
    fields::{ItemsField, TokenField},
    items::Items,
    pages::Pages,
};

/// Where an operation takes the token of the wanted page and the wanted number of items, as its document says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Paging {
    pub(crate) token: Place,
    pub(crate) size: Option<Size>,
}

/// A field of a request: a query parameter or a member of the body.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Query(&'static str),
    Body(&'static str),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) place: Place,
    pub(crate) minimum: i64,
    pub(crate) maximum: i64,
}

impl Size {
    /// The size to send instead of one that is beyond the limits.
    fn instead_of(self, asked: i64) -> Option<i64> {
        // Unlike `clamp`, without a panic where a document's limits contradict each other.
        let allowed = asked.max(self.minimum).min(self.maximum);
        (allowed != asked).then_some(allowed)
    }
}

/// Gives the call of a paged operation its pages and items.
///
/// `paged!(List: models::ListResponse => list: models::App, next_page_token)` names the call and its output, the field of the
/// output with the items, their type, and the field with the token of the next page. The names `pages` and `items` are taken
/// by it.
#[doc(hidden)]
#[macro_export]
macro_rules! paged {
    ($call:ident: $output:ty => $items:ident: $item:ty, $next:ident) => {
        impl $call {
            /// All pages from the first one on, or from the one whose token was set.
            pub fn pages(self) -> $crate::codegen::Pages<$output> {
                $crate::codegen::Pages::new(self.into_call(), |page| {
                    $crate::codegen::TokenField::token(&page.$next)
                })
            }

            /// The items of all pages.
            pub fn items(self) -> $crate::codegen::Items<$output, $item> {
                $crate::codegen::Items::new(self.pages(), |page| {
                    $crate::codegen::ItemsField::take_items(&mut page.$items)
                })
            }
        }
    };
}
