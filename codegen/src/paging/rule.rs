//! The names of the rules.

use serde::Deserialize;

/// A rule by which paging is recognized.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[serde(rename_all = "lowercase")]
pub enum Rule {
    /// `x-ms-pageable`.
    Pageable,
    /// A token in the response that a parameter takes.
    Token,
    /// A URL in the response.
    Url,
    /// The header `Link`.
    Link,
    /// A header of its own.
    Header,
    /// A page number.
    Page,
    /// An offset.
    Offset,
}

impl Rule {
    /// All rules, in the order in which they are tried.
    pub const ALL: [Self; 7] = [
        Self::Pageable,
        Self::Token,
        Self::Url,
        Self::Link,
        Self::Header,
        Self::Page,
        Self::Offset,
    ];

    /// Its word in configurations and reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pageable => "pageable",
            Self::Token => "token",
            Self::Url => "url",
            Self::Link => "link",
            Self::Header => "header",
            Self::Page => "page",
            Self::Offset => "offset",
        }
    }
}
