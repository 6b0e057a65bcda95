//! The payloads of webhooks and callbacks, under names of their own.

use super::{Context, Entry, Form, Item, Line, docs, runtime};
use crate::name::{Named, ident};

pub(super) fn items(context: Context<'_>) -> Vec<Item> {
    let payloads = &context.names.payloads;
    let mut uses = vec![Entry::word(runtime::FORMS_IMPORT)];
    if payloads.iter().any(|payload| payload.item.ty.names_a_type()) {
        uses.push(Entry::word("use super::models;"));
    }
    let forms = payloads.iter().map(
        |Named {
             item: payload,
             ident: name,
         }| {
            let line = Line::new().word("pub type").ident(&ident(name)).sign(":");
            let line = line.ty(&context.written(&payload.ty, None)).word("=");
            let entry = Entry::new(line.text(&docs::shown(&payload.origin))).documented(&payload.docs);
            Item::Form(Form::new("payload", entry))
        },
    );
    std::iter::once(Item::Lines(uses)).chain(forms).collect()
}
