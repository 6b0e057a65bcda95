//! The names by which documents call the parts of paging.
//!
//! Counted over the operations of public documents; a name that has two meanings is in no list, or needs a description that confirms it.

/// A name without the case of its letters and without separators.
pub(super) fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Parameters for a token whose name says so.
pub(super) const TOKENS: &[&str] = &[
    "continuationtoken",
    "cursor",
    "iterator",
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "pagecursor",
    "pagekey",
    "pagetoken",
    "paginationtoken",
    "scrollid",
];

/// Parameters that are for a token only if the response has the word `next` or `cursor` with it.
pub(super) const WEAK_TOKENS: &[&str] = &[
    "after",
    "bookmark",
    "continuation",
    "continue",
    "marker",
    "next",
    "nextpage",
    "offset",
    "position",
    "starting",
    "token",
];

pub(super) const PAGES: &[&str] = &[
    "currentpage",
    "p",
    "page",
    "pageid",
    "pageindex",
    "pageno",
    "pagenr",
    "pagenum",
    "pagenumber",
    "pg",
];

pub(super) const OFFSETS: &[&str] = &[
    "first",
    "firstrow",
    "offset",
    "skip",
    "skiprecords",
    "start",
    "startat",
    "startindex",
    "startrow",
];

pub(super) const SIZES: &[&str] = &[
    "count",
    "itemsperpage",
    "length",
    "limit",
    "max",
    "maxcount",
    "maxitems",
    "maxrecords",
    "maxresults",
    "numresults",
    "pagelength",
    "pagelimit",
    "pagesize",
    "perpage",
    "resultsperpage",
    "rows",
    "size",
    "take",
    "top",
];

/// Members whose name says that they are URLs.
pub(super) const URLS: &[&str] = &[
    "nexthref",
    "nextlink",
    "nextpagelink",
    "nextpageuri",
    "nextpageurl",
    "nexturi",
    "nexturl",
    "odatanextlink",
];

pub(super) const MORE: &[&str] = &[
    "hasmore",
    "hasmoreitems",
    "hasnext",
    "hasnextpage",
    "istruncated",
    "truncated",
];

pub(super) const DONE: &[&str] = &["complete", "done", "islast", "islastpage", "last"];

pub(super) const PAGE_COUNTS: &[&str] = &[
    "lastpage",
    "maxpage",
    "maxpages",
    "nbpages",
    "numberofpages",
    "numpages",
    "pagecount",
    "pages",
    "pagescount",
    "pagestotal",
    "pagetotal",
    "totalpagecount",
    "totalpages",
];

pub(super) const TOTALS: &[&str] = &[
    "numfound",
    "numresults",
    "recordcount",
    "resultcount",
    "total",
    "totalcount",
    "totalelements",
    "totalentries",
    "totalhits",
    "totalitems",
    "totalrecordcount",
    "totalrecords",
    "totalresults",
    "totalrows",
];

/// Names for the total in some APIs and for the length of the page in others: the description decides.
pub(super) const COUNTS: &[&str] = &["count"];

/// Arrays that are never the items.
pub(super) const NEVER_ITEMS: &[&str] = &[
    "aggregations",
    "errors",
    "facets",
    "included",
    "links",
    "schemas",
    "warnings",
];

/// Arrays that are the items if there are others.
pub(super) const ITEMS: &[&str] = &[
    "data",
    "results",
    "items",
    "value",
    "values",
    "list",
    "records",
    "entries",
    "content",
    "elements",
    "rows",
    "resources",
    "objects",
    "docs",
];

/// Objects around links.
pub(super) const LINKS: &[&str] = &["links", "link"];
