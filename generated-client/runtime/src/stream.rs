//! Bodies that are read as streams: pieces, server-sent events, lines of JSON, and parts.

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
