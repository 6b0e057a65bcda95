//! What a schema asks of a value beyond its type: in the documentation, and as rules that the client can check.
//!
//! A named type has its own rules; those of scalars, arrays and maps are the rules of whatever holds them.

mod attach;
mod budget;
mod condition;
mod kept;
mod limit;
mod words;

pub(super) use self::{
    kept::Kept,
    limit::{Rules, breaks},
    words::with_limits,
};
