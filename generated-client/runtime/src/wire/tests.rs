#![allow(clippy::unwrap_used, reason = "tests")]

mod changes;
mod differential;
mod exact;
mod hostile;
mod models;
mod numbers;
mod oneof;
mod rules;
mod scalars;
mod serde_bridge;
mod string_enum;
mod unions;
