//! How the pages of an operation follow each other: a constant that generated code declares.

use crate::wire::find::MemberPath;

/// How the pages of an operation follow each other: where the items are, where the next page comes from, where its token goes,
/// and what ends the pages.
///
/// It is made of the way to the next page ([`Paging::token`], [`Paging::url`], [`Paging::link`], [`Paging::last_item`],
/// [`Paging::page_number`], ...) and of what else the document declares. A path names the members that lead to a value from
/// the outermost one; an empty path is the whole response.
#[derive(Clone, Copy, Debug)]
pub struct Paging {
    pub(crate) items: Option<MemberPath>,
    pub(crate) next: Next,
    pub(crate) value: Value,
    pub(crate) into: Option<Place>,
    pub(crate) first: i64,
    /// The largest page number or offset that the parameter's type can hold.
    pub(crate) max: i64,
    pub(crate) size: Option<Size>,
    pub(crate) more: Option<More>,
    pub(crate) pages: Option<Amount>,
    pub(crate) total: Option<Amount>,
    pub(crate) ends: Ends,
    /// Whether all other query parameters are left out beside a token.
    pub(crate) alone: bool,
    /// Whether only the query of a URL counts.
    pub(crate) query_only: bool,
    /// The method with which a URL is requested, if it is not that of the operation.
    pub(crate) method: Option<&'static str>,
}

/// Where the next page comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Next {
    Body(MemberPath),
    Header(&'static str),
    /// A relation in the header `Link`.
    Link(&'static str),
    /// A member of the last item.
    Last(MemberPath),
    Count(Step),
}

/// By what a page number or an offset grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// By one.
    Page,
    /// By the number of items of the page.
    Items,
    /// By the size that the request asks for, or else by this default; where there is neither, as [`Step::Items`].
    Size(Option<i64>),
}

/// What the next thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Value {
    Token,
    Url,
    /// A URL if it has a scheme or begins with `/` or `?`, a token otherwise.
    Either,
}

/// A field of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Query(&'static str),
    Header(&'static str),
    Body(MemberPath),
    /// A member of the body that is a number.
    BodyNumber(MemberPath),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    pub(crate) place: Place,
    pub(crate) minimum: i64,
    pub(crate) maximum: i64,
}

impl Size {
    /// The size to send instead of one that is beyond the limits.
    pub(crate) fn instead_of(self, asked: i64) -> Option<i64> {
        // Unlike `clamp`, without a panic where a document's limits contradict each other.
        let allowed = asked.max(self.minimum).min(self.maximum);
        (allowed != asked).then_some(allowed)
    }
}

/// A boolean of the response that decides whether there is another page.
#[derive(Clone, Copy, Debug)]
pub(crate) struct More {
    pub(crate) path: MemberPath,
    /// Whether `true` says that this page is the last one.
    pub(crate) is_inverted: bool,
}

/// A number of the response.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Amount {
    Body(MemberPath),
    Header(&'static str),
}

/// What ends the pages beside the declared numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ends {
    /// The token that was sent comes back.
    pub(crate) same: bool,
    /// A page has fewer items than the request asked for.
    pub(crate) short: bool,
    /// A page has no items.
    pub(crate) empty: bool,
}

impl Paging {
    const fn new(next: Next, value: Value) -> Self {
        Self {
            items: None,
            next,
            value,
            into: None,
            first: 1,
            max: i64::MAX,
            size: None,
            more: None,
            pages: None,
            total: None,
            ends: Ends {
                same: false,
                short: false,
                empty: false,
            },
            alone: false,
            query_only: false,
            method: None,
        }
    }

    /// Declares that a member of the response holds the token of the next page.
    #[must_use]
    pub const fn token(path: MemberPath) -> Self {
        Self::new(Next::Body(path), Value::Token)
    }

    /// Declares that a member of the response holds the URL of the next page.
    #[must_use]
    pub const fn url(path: MemberPath) -> Self {
        Self::new(Next::Body(path), Value::Url)
    }

    /// Declares that a member of the response holds the token or the URL of the next page: a value that has a scheme, or
    /// begins with `/` or `?`, is a URL.
    #[must_use]
    pub const fn token_or_url(path: MemberPath) -> Self {
        Self::new(Next::Body(path), Value::Either)
    }

    /// Declares that a header of the response holds the token of the next page.
    #[must_use]
    pub const fn header_token(name: &'static str) -> Self {
        Self::new(Next::Header(name), Value::Token)
    }

    /// Declares that a header of the response holds the URL of the next page.
    #[must_use]
    pub const fn header_url(name: &'static str) -> Self {
        Self::new(Next::Header(name), Value::Url)
    }

    /// Declares that a header of the response holds the token or the URL of the next page.
    #[must_use]
    pub const fn header_token_or_url(name: &'static str) -> Self {
        Self::new(Next::Header(name), Value::Either)
    }

    /// Declares that the response's header `Link` (RFC 8288) holds the URL of the next page under this relation.
    #[must_use]
    pub const fn link(relation: &'static str) -> Self {
        Self::new(Next::Link(relation), Value::Url)
    }

    /// Declares that a member of the last item is the token of the next page. A page without items is the last one.
    #[must_use]
    pub const fn last_item(path: MemberPath) -> Self {
        Self::new(Next::Last(path), Value::Token)
    }

    /// Declares that pages are numbered. A page without items is the last one.
    #[must_use]
    pub const fn page_number(first: i64) -> Self {
        Self::counted(Step::Page, first)
    }

    /// Declares that a page begins at an offset, which grows by the number of items that came. A page without items is the
    /// last one.
    #[must_use]
    pub const fn offset(first: i64) -> Self {
        Self::counted(Step::Items, first)
    }

    /// Declares that a page begins at an offset, which grows by the size that was sent, or by the number of items if none was.
    #[must_use]
    pub const fn offset_by_size(first: i64) -> Self {
        Self::counted(Step::Size(None), first)
    }

    /// The same with the size of a page whose request asks for none.
    #[must_use]
    pub const fn offset_by_size_or(first: i64, default: i64) -> Self {
        Self::counted(Step::Size(Some(default)), first)
    }

    const fn counted(step: Step, first: i64) -> Self {
        let mut paging = Self::new(Next::Count(step), Value::Token);
        paging.first = first;
        paging.ends.empty = true;
        paging
    }

    /// Declares where the items are.
    #[must_use]
    pub const fn items(mut self, path: MemberPath) -> Self {
        self.items = Some(path);
        self
    }

    /// Declares the query parameter that selects a page.
    #[must_use]
    pub const fn into_query(mut self, name: &'static str) -> Self {
        self.into = Some(Place::Query(name));
        self
    }

    /// Declares the request header that selects a page.
    #[must_use]
    pub const fn into_header(mut self, name: &'static str) -> Self {
        self.into = Some(Place::Header(name));
        self
    }

    /// Declares the string in the request's body that selects a page.
    #[must_use]
    pub const fn into_body(mut self, path: MemberPath) -> Self {
        self.into = Some(Place::Body(path));
        self
    }

    /// Declares the number in the request's body that selects a page.
    #[must_use]
    pub const fn into_body_number(mut self, path: MemberPath) -> Self {
        self.into = Some(Place::BodyNumber(path));
        self
    }

    /// Declares the largest page number or offset that the parameter can hold.
    #[must_use]
    pub const fn max(mut self, max: i64) -> Self {
        self.max = max;
        self
    }

    /// Declares the query parameter for the number of items on a page. What is beyond the limits is sent as the nearer limit.
    #[must_use]
    pub const fn size_in_query(self, name: &'static str, minimum: i64, maximum: i64) -> Self {
        self.size(Place::Query(name), minimum, maximum)
    }

    /// Declares the header for the number of items on a page. What is beyond the limits is sent as the nearer limit.
    #[must_use]
    pub const fn size_in_header(self, name: &'static str, minimum: i64, maximum: i64) -> Self {
        self.size(Place::Header(name), minimum, maximum)
    }

    /// Declares the number in the body for the number of items on a page. What is beyond the limits is sent as the nearer
    /// limit.
    #[must_use]
    pub const fn size_in_body(self, path: MemberPath, minimum: i64, maximum: i64) -> Self {
        self.size(Place::BodyNumber(path), minimum, maximum)
    }

    /// Declares the query parameter for the number of items on a page, whose limits are not known.
    #[must_use]
    pub const fn sized_by_query(self, name: &'static str) -> Self {
        self.size_in_query(name, 0, i64::MAX)
    }

    /// Declares the header for the number of items on a page, whose limits are not known.
    #[must_use]
    pub const fn sized_by_header(self, name: &'static str) -> Self {
        self.size_in_header(name, 0, i64::MAX)
    }

    /// Declares the number in the body for the number of items on a page, whose limits are not known.
    #[must_use]
    pub const fn sized_by_body(self, path: MemberPath) -> Self {
        self.size_in_body(path, 0, i64::MAX)
    }

    const fn size(mut self, place: Place, minimum: i64, maximum: i64) -> Self {
        self.size = Some(Size {
            place,
            minimum,
            maximum,
        });
        self
    }

    /// Declares the boolean of the response that says whether there is another page.
    #[must_use]
    pub const fn more(mut self, path: MemberPath) -> Self {
        self.more = Some(More {
            path,
            is_inverted: false,
        });
        self
    }

    /// Declares the boolean of the response that says whether this page is the last one.
    #[must_use]
    pub const fn done(mut self, path: MemberPath) -> Self {
        self.more = Some(More {
            path,
            is_inverted: true,
        });
        self
    }

    /// Declares the member of the response that holds the number of pages.
    #[must_use]
    pub const fn pages(mut self, path: MemberPath) -> Self {
        self.pages = Some(Amount::Body(path));
        self
    }

    /// Declares the header of the response that holds the number of pages.
    #[must_use]
    pub const fn pages_in_header(mut self, name: &'static str) -> Self {
        self.pages = Some(Amount::Header(name));
        self
    }

    /// Declares the member of the response that holds the number of all items.
    #[must_use]
    pub const fn total(mut self, path: MemberPath) -> Self {
        self.total = Some(Amount::Body(path));
        self
    }

    /// Declares the header of the response that holds the number of all items.
    #[must_use]
    pub const fn total_in_header(mut self, name: &'static str) -> Self {
        self.total = Some(Amount::Header(name));
        self
    }

    /// Declares that the token that was sent comes back on the last page.
    #[must_use]
    pub const fn ends_same(mut self) -> Self {
        self.ends.same = true;
        self
    }

    /// Declares that a page with fewer items than the request asked for is the last one.
    #[must_use]
    pub const fn ends_short(mut self) -> Self {
        self.ends.short = true;
        self
    }

    /// Declares that a page without items is the last one.
    #[must_use]
    pub const fn ends_empty(mut self) -> Self {
        self.ends.empty = true;
        self
    }

    /// Declares that a page number or an offset goes on after a page without items.
    #[must_use]
    pub const fn continues_empty(mut self) -> Self {
        self.ends.empty = false;
        self
    }

    /// Declares that a request with a token has no other query parameter.
    #[must_use]
    pub const fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    /// Declares that only the query of a URL counts: server and path stay those of the call.
    #[must_use]
    pub const fn query_only(mut self) -> Self {
        self.query_only = true;
        self
    }

    /// Declares the method with which a URL is requested, if it is not that of the operation. `GET` has no body.
    #[must_use]
    pub const fn method(mut self, method: &'static str) -> Self {
        self.method = Some(method);
        self
    }
}
