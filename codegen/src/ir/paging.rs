/// How the pages of an operation follow each other (`x-client-paging`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// The path to the items; `None` if they are unknown, so that only whole pages are available.
    pub items: Option<MemberPath>,
    /// Where the next page comes from.
    pub next: Next,
    /// What that is.
    pub value: NextValue,
    /// Where a token, a page number or an offset goes.
    pub into: Option<PageField>,
    /// The page number or the offset of the first page.
    pub first: i64,
    /// The largest page number or offset that its parameter can hold.
    pub max: Option<i64>,
    /// Where the wanted size of a page goes, and its limits.
    pub size: Option<PageSize>,
    /// The boolean that decides whether there is another page.
    pub more: Option<More>,
    /// The number of pages.
    pub pages: Option<Amount>,
    /// The number of all items.
    pub total: Option<Amount>,
    /// What ends the pages beside these.
    pub ends: Ends,
    /// Whether all other query parameters are left out beside a token.
    pub alone: bool,
    /// Whether only the query of a URL counts.
    pub query_only: bool,
    /// The method with which a URL is requested, if it is not that of the operation.
    pub method: Option<String>,
    /// The rule that recognized the paging; `None` where it is declared.
    pub recognized: Option<String>,
}

/// The names of the members that lead to a value, from the outermost one.
pub type MemberPath = Vec<String>;

/// Where the next page comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A member of the response.
    Body(MemberPath),
    /// A header of the response.
    Header(String),
    /// A relation in the header `Link`.
    Link(String),
    /// A member of the last item.
    Last(MemberPath),
    /// The number after that of this page.
    Count(Count),
}

/// By what a page number or an offset grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// By one.
    Pages,
    /// By the number of items that came.
    Items,
    /// By the size that was sent, or else by this default.
    Size(Option<i64>),
}

/// What the next thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NextValue {
    Token,
    Url,
    /// The value itself shows it.
    Either,
}

/// A field that steers paging.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageField {
    /// A query parameter of this name.
    Query(String),
    /// A header of this name.
    Header(String),
    /// A member of the request body.
    Body(MemberPath),
    /// A member of the request body that is a number.
    BodyNumber(MemberPath),
}

/// The size of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageSize {
    /// Where it goes.
    pub field: PageField,
    /// The smallest size that the server takes.
    pub minimum: Option<i64>,
    /// The largest size that the server takes.
    pub maximum: Option<i64>,
}

/// A boolean of the response that decides whether there is another page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct More {
    /// Where it is.
    pub path: MemberPath,
    /// Whether `true` says that this page is the last one.
    pub is_inverted: bool,
}

/// A number of the response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Amount {
    /// A member of the body.
    Body(MemberPath),
    /// A header.
    Header(String),
}

/// What ends the pages beside the declared numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Ends {
    /// The token that was sent comes back.
    pub same: bool,
    /// A page has fewer items than the request asked for.
    pub short: bool,
    /// A page has no items.
    pub empty: bool,
}
