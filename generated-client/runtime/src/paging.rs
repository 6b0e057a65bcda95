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
    pub(crate) token: PageField,
    pub(crate) size: Option<Size>,
}

/// A field of a request that steers paging.
#[derive(Clone, Copy, Debug)]
pub struct PageField(pub(crate) Place);

#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Query(&'static str),
    Body(&'static str),
}

impl PageField {
    /// A query parameter.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self(Place::Query(name))
    }

    /// A property of the body.
    #[must_use]
    pub const fn body(name: &'static str) -> Self {
        Self(Place::Body(name))
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) field: PageField,
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
