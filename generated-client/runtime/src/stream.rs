//! Bodies that are read while they come: pieces, server-sent events, lines of JSON, parts.

mod chunks;
mod event;
mod events;
mod lines;
mod part_reader;
mod parts;
mod range;
mod reconnect;

pub use self::{
    chunks::Chunks,
    event::Event,
    events::Events,
    lines::Lines,
    parts::{Part, Parts},
    reconnect::Reconnect,
};
