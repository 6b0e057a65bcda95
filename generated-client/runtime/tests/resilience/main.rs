//! What a client makes of servers that fail: retries, deadlines, pages, waiting.
//!
//! Where waiting would be long, the transport is scripted and the time is tokio's, paused; `sockets` holds the same
//! against real connections on loopback.
#![cfg(all(feature = "client", feature = "test-util"))]
#![allow(clippy::unwrap_used, missing_docs, reason = "a test fails by a panic")]

#[cfg(feature = "blocking")]
mod blocking;
mod idempotency;
mod load;
mod paging;
mod policy;
mod reading;
mod recording;
mod schedules;
mod scripted;
#[cfg(feature = "reqwest")]
mod sockets;
mod streams;
mod time;
mod uploads;
mod waiting;

use specwright_runtime::{Client, forms::operations};

// As generated code is.
operations! {
    struct Apps = "apps" {
        GET "/apps/{id}"
        fn read(id: String) -> Read = "Apps.Get" {
            answer: json String,
        },

        POST "/apps"
        fn write() -> Write = "Apps.Create" {
            optional body: serde_json::Value = json,
            answer: json String,
        },

        POST "/search"
        fn search() -> Search = "Apps.Search" {
            optional body: serde_json::Value = json,
            answer: json String,
            with idempotent,
        },

        DELETE "/apps/{id}"
        fn remove(id: String) -> Remove = "Apps.Delete" {
            optional body: serde_json::Value = json,
            answer: json String,
        },
    }
}

fn read(client: &Client) -> Read {
    Apps(client.clone()).read("a1")
}

fn write(client: &Client) -> Write {
    Apps(client.clone()).write()
}

fn search(client: &Client) -> Search {
    Apps(client.clone()).search()
}

#[cfg(feature = "reqwest")]
fn remove(client: &Client) -> Remove {
    Apps(client.clone()).remove("a1")
}
