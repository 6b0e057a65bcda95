//! What the API sends: the payloads of webhooks and callbacks.

use super::methods::operations_of;
use crate::{
    at::At,
    diagnostic::Code,
    document::Incoming,
    ir::{Method, Payload},
    lower::{follow::name_in_component, media::Contents},
    media_type::Media,
};

/// The payloads of all webhooks and callbacks, sorted by name.
pub(in crate::lower) fn payloads(contents: &mut Contents<'_, '_>) -> Vec<Payload> {
    let mut payloads = Vec::new();
    let document = contents.types.document;
    for incoming in &document.incoming {
        let operations = operations_of(&incoming.item, &mut contents.types.report);
        let several = operations.len() > 1;
        for (method, operation, pointer) in operations {
            payloads.extend(payload(
                contents,
                incoming,
                (&method, several),
                operation,
                &At::of(pointer),
            ));
        }
    }
    payloads.sort_by(|a, b| (&a.name, &a.origin).cmp(&(&b.name, &b.origin)));
    payloads
}

fn payload<'d>(
    contents: &mut Contents<'_, 'd>,
    incoming: &Incoming,
    (method, several): (&Method, bool),
    operation: &'d openapiv3::Operation,
    at: &At<'_>,
) -> Option<Payload> {
    let body = operation.request_body.as_ref()?;
    let (body, pointer) = contents
        .bodies()
        .follow(body, &at.key("requestBody"), &mut contents.types.report)?;
    let component = name_in_component(&pointer);
    let at = At::of(&pointer);
    let at = at.key("content");
    let Some((_, content)) = body.content.iter().find(|(media, _)| Media::of(media).is_json()) else {
        let message = "the payload is not JSON: it does not have a type in the client";
        contents.warn(
            Code::Weakened,
            &at,
            message,
            "read the received body as a string or as bytes",
        );
        return None;
    };
    let name = if several {
        format!("{} {}", incoming.name, method.as_str().to_ascii_lowercase())
    } else {
        incoming.name.clone()
    };
    let type_name = component.unwrap_or_else(|| format!("{name}.payload"));
    let ty = contents.held(content, &type_name)?;
    let docs = [&operation.summary, &operation.description];
    let docs: Vec<&str> = docs.into_iter().flatten().map(String::as_str).collect();
    Some(Payload {
        name,
        origin: format!("{}, sent by {}", incoming.origin, method.as_str()),
        docs: docs.join("\n\n"),
        ty,
    })
}
