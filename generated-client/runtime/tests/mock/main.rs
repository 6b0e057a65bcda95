//! The mock: expectations in the types of operations, faults, pages, and what a failed test says.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
#![allow(missing_docs, reason = "the operations of these tests need no documentation")]

mod api;
mod defaults;
mod expectations;
mod faults;
mod inputs;
mod paging;
mod reports;
#[cfg(feature = "tower")]
mod service;
