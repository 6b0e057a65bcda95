#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "tests, whose newtype has public methods"
)]
mod numbers;
mod requests;
mod rules;
