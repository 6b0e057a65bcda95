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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    token: Place,
    size: Option<Size>,
}

/// A field of a request: a query parameter or a member of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Query(&'static str),
    Body(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Size {
    place: Place,
    minimum: i64,
    maximum: i64,
}

impl Paging {
    /// The token is a query parameter of this name.
    #[must_use]
    pub const fn query(token: &'static str) -> Self {
        Self {
            token: Place::Query(token),
            size: None,
        }
    }

    /// The token is a member of this name of the body.
    #[must_use]
    pub const fn body(token: &'static str) -> Self {
        Self {
            token: Place::Body(token),
            size: None,
        }
    }

    /// The number of items is a query parameter of this name; a number beyond the limits is sent as the nearer limit.
    #[must_use]
    pub const fn query_size(self, name: &'static str, minimum: i64, maximum: i64) -> Self {
        self.size(Place::Query(name), minimum, maximum)
    }

    /// The number of items is a member of this name of the body; a number beyond the limits is sent as the nearer limit.
    #[must_use]
    pub const fn body_size(self, name: &'static str, minimum: i64, maximum: i64) -> Self {
        self.size(Place::Body(name), minimum, maximum)
    }

    const fn size(mut self, place: Place, minimum: i64, maximum: i64) -> Self {
        self.size = Some(Size {
            place,
            minimum,
            maximum,
        });
        self
    }
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
/// `paged!(List => models::ListResponse, list: models::App, next_page_token)` names the call, its output, the output's
/// field with the items and their type, and the output's field with the token of the next page. The names `pages` and
/// `items` are taken by it.
#[macro_export]
macro_rules! paged {
    ($call:ident => $page:ty, $items:ident: $item:ty, $next:ident) => {
        impl $call {
            /// All pages from the first one on, or from the one whose token was set.
            pub fn pages(self) -> $crate::Pages<$page> {
                $crate::Pages::new(self.into_call(), |page| $crate::TokenField::token(&page.$next))
            }

            /// The items of all pages.
            pub fn items(self) -> $crate::Items<$page, $item> {
                $crate::Items::new(self.pages(), |page| {
                    $crate::ItemsField::take_items(&mut page.$items)
                })
            }
        }
    };
}
