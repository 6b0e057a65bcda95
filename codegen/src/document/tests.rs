#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod claims;
mod differential;
mod expected;
mod schema_text;
