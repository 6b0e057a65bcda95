//! What the API sends: the payloads of webhooks and callbacks.

use super::{Lowering, media::Media};
use crate::{
    at::At,
    diagnostic::Code,
    document::Incoming,
    ir::{Method, Payload},
};

impl<'d> Lowering<'d> {
    /// The payloads of all webhooks and callbacks, sorted by name.
    pub(super) fn payloads(&mut self) -> Vec<Payload> {
        let mut payloads = Vec::new();
        let document = self.document;
        for incoming in &document.incoming {
            let at = At::of(&incoming.pointer);
            let operations = self.operations_of(&incoming.item, &at);
            let several = operations.len() > 1;
            for (method, operation, pointer) in operations {
                payloads.extend(self.payload(incoming, (&method, several), operation, &At::of(&pointer)));
            }
        }
        payloads.sort_by(|a, b| (&a.name, &a.origin).cmp(&(&b.name, &b.origin)));
        payloads
    }

    fn payload(
        &mut self,
        incoming: &Incoming,
        (method, several): (&Method, bool),
        operation: &'d openapiv3::Operation,
        at: &At<'_>,
    ) -> Option<Payload> {
        let body = operation.request_body.as_ref()?;
        let components = self.openapi().components.as_ref();
        let bodies = components.map(|components| &components.request_bodies);
        let (body, pointer) = self.follow("body", "requestBodies", bodies, body, &at.key("requestBody"))?;
        let at = At::of(&pointer);
        let at = at.key("content");
        let Some((media, content)) = body.content.iter().find(|(media, _)| Media::of(media).is_json()) else {
            let message = "this payload has no JSON form: it has no type in the client";
            self.warn(
                Code::Weakened,
                &at,
                message,
                "read it as the text or the bytes that come",
            );
            return None;
        };
        let name = if several {
            format!("{} {}", incoming.name, method.as_str().to_ascii_lowercase())
        } else {
            incoming.name.clone()
        };
        let ty = self.held(content, &format!("{name}.payload"), &at.key(media))?;
        let docs = [&operation.summary, &operation.description];
        let docs: Vec<&str> = docs.into_iter().flatten().map(String::as_str).collect();
        Some(Payload {
            name,
            origin: format!("{}, sent by {}", incoming.origin, method.as_str()),
            docs: docs.join("\n\n"),
            ty,
        })
    }
}
