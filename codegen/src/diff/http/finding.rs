//! What HTTP sees of a change.

/// Which way a value travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::diff) enum Direction {
    Request,
    Response,
}

/// One difference between two documents, as HTTP sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::diff) struct Finding {
    /// What it is.
    pub(in crate::diff) rule: &'static str,
    pub(in crate::diff) is_breaking: bool,
    /// The pointers in both canonical trees; `None` where the thing does not exist.
    pub(in crate::diff) old: Option<String>,
    pub(in crate::diff) new: Option<String>,
    /// Where another component is referred to, if that is why the values differ.
    pub(in crate::diff) via: Option<(String, String)>,
    /// A few words about it; empty where the rule says all.
    pub(in crate::diff) detail: String,
}
