//! Bodies that are read while they come: pieces, server-sent events, lines of JSON.

mod chunks;
mod event;
mod events;
mod lines;
mod range;
mod reconnect;

pub use self::{chunks::Chunks, event::Event, events::Events, lines::Lines, reconnect::Reconnect};
