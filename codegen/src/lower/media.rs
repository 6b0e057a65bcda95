//! Contents: bodies, responses, headers, and how parameters are written.

mod body;
mod contents;
mod header;
mod multipart;
mod positional;
mod response;
mod style;

pub(super) use self::{
    body::{Form, in_forms},
    contents::Contents,
    style::location,
};
