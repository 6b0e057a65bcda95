//! Operations: what a call takes, and what it gives back.

mod extension;
mod incoming;
mod methods;
mod operation;
mod paging;
mod paging_form;
mod parameter;
mod path;

pub(super) use self::{incoming::payloads, operation::Operations};
