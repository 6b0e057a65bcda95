//! Servers and security schemes: where calls go, and with what.

mod security;
mod server;

pub(super) use self::{
    security::Schemes,
    server::{Servers, sort as sort_servers},
};
