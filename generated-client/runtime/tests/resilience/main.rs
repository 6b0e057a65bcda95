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

use specwright_runtime::{
    Client,
    codegen::{Call, Operation, operation},
};

/// As generated code is: one call type for each operation.
struct Read(Call);
struct Write(Call);
struct Search(Call);
#[cfg(feature = "reqwest")]
struct Remove(Call);

operation!(Read => String);
operation!(Write, serde_json::Value => String);
operation!(Search, serde_json::Value => String);
#[cfg(feature = "reqwest")]
operation!(Remove, serde_json::Value => String);

fn read(client: &Client) -> Read {
    static OPERATION: Operation = Operation::get("Apps.Get", "/apps/{id}");
    Read(Call::new(client, &OPERATION, &[&"a1"]))
}

fn write(client: &Client) -> Write {
    static OPERATION: Operation = Operation::post("Apps.Create", "/apps");
    Write(Call::new(client, &OPERATION, &[]))
}

fn search(client: &Client) -> Search {
    static OPERATION: Operation = Operation::post("Apps.Search", "/search").idempotent();
    Search(Call::new(client, &OPERATION, &[]))
}

#[cfg(feature = "reqwest")]
fn remove(client: &Client) -> Remove {
    static OPERATION: Operation = Operation::delete("Apps.Delete", "/apps/{id}");
    Remove(Call::new(client, &OPERATION, &[&"a1"]))
}
