/// How the pages of an operation follow each other (`x-client-paging`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// Where the token of the wanted page goes.
    pub token: PageField,
    /// Where the wanted size of a page goes, and its limits.
    pub size: Option<PageSize>,
    /// The member of the answer that holds the next page's token.
    pub next: String,
    /// The member of the answer that holds the items.
    pub items: String,
}

/// A field that steers paging: a query parameter or a member of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageField {
    /// A query parameter of this name.
    Query(String),
    /// A member of the request body.
    Body(String),
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
