//! Requests that the API sends: webhooks and callbacks, for which `openapiv3` has no place or a narrow one.

use super::path_item::PathItem;

/// A path item of requests that the API sends to its caller.
#[derive(Debug)]
pub struct Incoming {
    /// What it is called: a webhook by its key, a callback by its operation's id and its key.
    pub name: String,
    /// Where it comes from: `Webhook ...`, or `Callback ... of ..., to ...`.
    pub origin: String,
    /// The requests.
    pub item: PathItem,
    /// Its pointer.
    pub pointer: String,
}
