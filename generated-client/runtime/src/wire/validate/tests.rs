#![allow(
    clippy::unwrap_used,
    unreachable_pub,
    reason = "tests, whose newtype has public methods"
)]
#![allow(dead_code, reason = "the macros declare whole types, whatever tests use of them")]

mod numbers;
mod requests;
mod rules;
