//! The public surface of a client as a value: what users can name, how it is written, and beside it what it means on the wire.
//!
//! It is computed from the intermediate representation and the names, as the emitters read them. [`text`] prints it with one
//! line for each item and each member; the comparison of two documents (`diff`) compares two of these values.

mod access;
mod calls;
mod item;
mod models;
mod operations;
mod paging;
mod rules;
pub(crate) mod text;
mod types;

pub(crate) use self::{
    item::{
        Anchor, Call, Content, Entry, Item, Kind, List, Member, MemberKind, Rule, SHARED_TYPE, Surface, member_path,
    },
    types::path as model_path,
};
use crate::emit::Context;

impl Surface {
    /// The surface of a client.
    pub(crate) fn of(context: Context<'_>) -> Self {
        let mut items = Vec::new();
        access::items(context, &mut items);
        operations::items(context, &mut items);
        models::items(context, &mut items);
        items.sort_by(|a, b| (&a.path, a.kind).cmp(&(&b.path, b.kind)));
        Self {
            title: context.api.title.clone(),
            docs: context.api.docs.clone(),
            items,
        }
    }
}
