#![allow(clippy::unwrap_used, reason = "tests")]
#![allow(
    dead_code,
    private_interfaces,
    unreachable_pub,
    reason = "the macros declare public types, whatever tests use of them"
)]

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
