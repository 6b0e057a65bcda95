//! The rules that a server's pages have to keep.

use std::{error, fmt};

/// Why the pages of an operation stopped: the rule, and the page that broke it.
///
/// It is the source of an [`Error`](crate::Error) of kind [`ErrorKind::Paging`](crate::ErrorKind::Paging), and
/// [`Error::paging`](crate::Error::paging) returns it. It holds no token and no query of a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PagingProblem {
    pub(crate) rule: PagingRule,
    pub(crate) page: u64,
}

/// A rule that the pages of a server have to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingRule {
    /// The URL of the next page has another scheme, host or port than the request: credentials do not go there.
    ForeignOrigin {
        /// The origin of the request.
        requested: String,
        /// The origin that the server named.
        named: String,
    },
    /// The next page has a URL that cannot be followed.
    InvalidUrl {
        /// Why.
        reason: &'static str,
    },
    /// A token or a URL came a second time.
    RepeatedToken {
        /// The page that it came with before, counted from one.
        earlier: u64,
    },
    /// A page has the same items as the page before it.
    RepeatedPage,
    /// A token or a URL is longer than 16 KiB.
    TokenTooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// A page number or an offset that the operation's parameter cannot hold.
    NumberTooLarge,
    /// The value that the pages continue from is not a number.
    NotANumber,
    /// The last item of a page does not have the member that selects the next page.
    NoKey,
    /// The call selects a page itself, and another start is set for the pages.
    TwoStarts,
    /// There are more pages than `max_pages` allows.
    MaxPages(u64),
    /// There are more items than `max_items` allows.
    MaxItems(u64),
    /// The operation is not declared as paged.
    NotPaged,
}

impl PagingProblem {
    /// The rule.
    #[must_use]
    pub fn rule(&self) -> &PagingRule {
        &self.rule
    }

    /// The page that broke the rule, counted from one.
    #[must_use]
    pub fn page(&self) -> u64 {
        self.page
    }
}

impl fmt::Display for PagingProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "page {}: ", self.page)?;
        match &self.rule {
            PagingRule::ForeignOrigin { requested, named } => write!(
                formatter,
                "the URL of the next page leads to {named}, but the request went to {requested}; scheme, host and port must be the same"
            ),
            PagingRule::InvalidUrl { reason } => {
                write!(formatter, "the URL of the next page cannot be followed: {reason}")
            }
            PagingRule::RepeatedToken { earlier } => write!(
                formatter,
                "the server returned a page token that it had already returned with page {earlier}; stopped to avoid an endless loop"
            ),
            PagingRule::RepeatedPage => formatter.write_str(
                "the server returned the items of the page before it again; stopped to avoid an endless loop",
            ),
            PagingRule::TokenTooLong { length } => write!(
                formatter,
                "the token of the next page has {length} bytes, at most {} are allowed",
                super::walk::MAX_TOKEN
            ),
            PagingRule::NumberTooLarge => {
                formatter.write_str("the number of the next page is larger than its parameter can hold")
            }
            PagingRule::NotANumber => {
                formatter.write_str("the value that the pages continue from is not a page number or an offset")
            }
            PagingRule::NoKey => {
                formatter.write_str("the last item does not have the member that selects the next page")
            }
            PagingRule::TwoStarts => formatter.write_str(
                "the call selects a page itself, and another start is set for the pages; use only one of the two",
            ),
            PagingRule::MaxPages(limit) => write!(formatter, "there are more than {limit} pages (`max_pages`)"),
            PagingRule::MaxItems(limit) => write!(formatter, "there are more than {limit} items (`max_items`)"),
            PagingRule::NotPaged => formatter.write_str("the operation is not declared as paged"),
        }
    }
}

impl error::Error for PagingProblem {}
