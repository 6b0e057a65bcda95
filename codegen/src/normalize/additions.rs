//! What OpenAPI 3.2 has added to the parts around schemas: it becomes a word of 3.0, or is left out with a warning.

use super::{grammar::ObjectKind, rewrite::Rewrite, swagger::DELIMITERS, version::Version};
use crate::{
    at::At,
    diagnostic::Code,
    read::{Node, Object, Value},
};

pub(super) fn rewrite(rewrite: &mut Rewrite<'_>, node: &mut Node, kind: ObjectKind, at: &At<'_>) {
    let Some(part) = node.as_object_mut() else { return };
    match kind {
        ObjectKind::Document => {
            without(rewrite, part, "$self", "`$self`", at);
            tags(rewrite, part, at);
            servers(rewrite, part, at);
        }
        ObjectKind::Components => {
            // What refers to these has a copy of its own by now.
            for (key, of, shown) in [
                ("pathItems", Version::V31, "`pathItems`"),
                ("mediaTypes", Version::V32, "`mediaTypes`"),
            ] {
                if let Some(member) = part.remove(key) {
                    rewrite.changed_of(of, member.name_place, &at.key(key), shown, "copies");
                }
            }
        }
        ObjectKind::PathItem => {
            methods(rewrite, part, at);
            servers(rewrite, part, at);
        }
        ObjectKind::Operation => servers(rewrite, part, at),
        ObjectKind::Parameter | ObjectKind::Header | ObjectKind::RequestBody | ObjectKind::Response
            if part.contains("$ref") =>
        {
            words(rewrite, part);
        }
        ObjectKind::Encoding => {
            foreign_style(rewrite, part);
            nested_encodings(rewrite, part, at);
        }
        ObjectKind::Parameter => {
            foreign_style(rewrite, part);
            cookie(rewrite, part, at);
            reserved(rewrite, part, at);
            query_string(rewrite, part, at);
        }
        ObjectKind::Response => summary(rewrite, part, at),
        ObjectKind::MediaType => streams(rewrite, part, at),
        ObjectKind::SecurityScheme => security(rewrite, part, at),
        ObjectKind::Discriminator => discriminator(rewrite, part, at),
        _ => {}
    }
}

/// Takes a key out that says nothing to a client.
fn without(rewrite: &mut Rewrite<'_>, part: &mut Object, key: &str, shown: &'static str, at: &At<'_>) {
    if let Some(member) = part.remove(key) {
        rewrite.removed.left_out.push(member.name_place);
        rewrite.changed_of(Version::V32, member.name_place, &at.key(key), shown, "nothing");
    }
}

/// Tags form a tree since; the groups of a client lie side by side.
fn tags(rewrite: &mut Rewrite<'_>, root: &mut Object, at: &At<'_>) {
    let tags = root.get_mut("tags").and_then(Node::as_array_mut);
    let here = at.key("tags");
    for (index, tag) in tags.into_iter().flatten().enumerate() {
        let at = here.index(index);
        let Some(tag) = tag.as_object_mut() else { continue };
        summary(rewrite, tag, &at);
        without(rewrite, tag, "parent", "`parent` of a tag", &at);
        without(rewrite, tag, "kind", "`kind` of a tag", &at);
    }
}

fn servers(rewrite: &mut Rewrite<'_>, part: &mut Object, at: &At<'_>) {
    let servers = part.get_mut("servers").and_then(Node::as_array_mut);
    let here = at.key("servers");
    for (index, server) in servers.into_iter().flatten().enumerate() {
        let at = here.index(index);
        if let Some(server) = server.as_object_mut() {
            describe(rewrite, server, "name", "`name` of a server", &at);
        }
    }
}

fn summary(rewrite: &mut Rewrite<'_>, part: &mut Object, at: &At<'_>) {
    describe(rewrite, part, "summary", "`summary`", at);
}

/// The words beside a reference to a shared part: the client has those of the part itself.
fn words(rewrite: &mut Rewrite<'_>, part: &mut Object) {
    for (key, shown) in [
        ("summary", "`summary` beside a reference to a component"),
        ("description", "`description` beside a reference to a component"),
    ] {
        if let Some(member) = part.remove(key)
            && rewrite.version >= Version::V31
        {
            rewrite.removed.left_out.push(member.name_place);
            rewrite.changed(
                member.name_place,
                shown,
                "nothing: the client uses the text of the referenced component",
            );
        }
    }
}

/// A short text becomes the start of the description.
fn describe(rewrite: &mut Rewrite<'_>, part: &mut Object, key: &str, shown: &'static str, at: &At<'_>) {
    let Some(member) = part.remove(key) else { return };
    let short = member.value.as_str().unwrap_or_default();
    let long = part.get("description").and_then(Node::as_str).unwrap_or_default();
    let place = member.value.place;
    let text = [short, long].join(if short.is_empty() || long.is_empty() {
        ""
    } else {
        "\n\n"
    });
    part.insert("description", place, Node::new(place, Value::from(text.as_str())));
    rewrite.changed_of(
        Version::V32,
        member.name_place,
        &at.key(key),
        shown,
        "the start of `description`",
    );
}

/// Operations of other methods than the eight of OpenAPI 3.0 are of the canonical form.
fn methods(rewrite: &mut Rewrite<'_>, item: &Object, at: &At<'_>) {
    for (key, shown) in [
        ("query", "`query` of a path item"),
        ("additionalOperations", "`additionalOperations`"),
    ] {
        if let Some(member) = item.member(key) {
            rewrite.foreign(Version::V32, member.name_place, &at.key(key), shown);
        }
    }
}

/// A style that the canonical form alone has is an unknown one where a document of OpenAPI 3 has it.
fn foreign_style(rewrite: &Rewrite<'_>, part: &mut Object) {
    let style = part.get_mut("style").filter(|_| rewrite.version != Version::V20);
    if let Some(style) = style
        && style.as_str().is_some_and(|style| DELIMITERS.contains(&style))
    {
        style.value = Value::from("unknown");
    }
}

/// Values of cookies are not percent-encoded in the style of that name.
fn cookie(rewrite: &mut Rewrite<'_>, parameter: &mut Object, at: &At<'_>) {
    let Some(style) = parameter
        .get_mut("style")
        .filter(|style| style.as_str() == Some("cookie"))
    else {
        return;
    };
    style.value = Value::from("form");
    let place = style.place;
    let message = "style `cookie` is treated as `form`: characters that are not allowed in cookies are percent-encoded";
    rewrite.weakened(
        place,
        &at.key("style"),
        message.to_owned(),
        "no action is needed if values contain only letters and digits",
    );
}

/// Reserved characters may stay as they are in the query, and since OpenAPI 3.2 wherever values are percent-encoded.
fn reserved(rewrite: &mut Rewrite<'_>, parameter: &mut Object, at: &At<'_>) {
    let Some(flag) = parameter.member("allowReserved") else {
        return;
    };
    if flag.value.as_bool() != Some(true) {
        return;
    }
    let (place, at) = (flag.name_place, at.key("allowReserved"));
    match parameter.get("in").and_then(Node::as_str) {
        Some("path" | "cookie") => rewrite.foreign(
            Version::V32,
            place,
            &at,
            "`allowReserved` of a parameter that is not in the query",
        ),
        Some("header") => {
            let message = "`allowReserved` has no effect, because headers are not percent-encoded";
            rewrite.warn(Code::IneffectiveKeyword, place, &at, message.to_owned(), "remove it");
        }
        _ => {}
    }
}

/// A whole query that is a form is an object in the query, each of its members a parameter.
fn query_string(rewrite: &mut Rewrite<'_>, parameter: &mut Object, at: &At<'_>) {
    const FORM: &str = "application/x-www-form-urlencoded";
    if parameter.get("in").and_then(Node::as_str) != Some("querystring") {
        return;
    }
    let content = parameter.get_mut("content").and_then(Node::as_object_mut);
    let form = content.and_then(|content| content.get_mut(FORM)?.as_object_mut());
    let Some(form) = form else { return };
    let ty = form
        .get("schema")
        .and_then(|schema| schema.get("type"))
        .and_then(Node::as_str);
    if ty.is_some_and(|ty| ty != "object") {
        return;
    }
    if let Some(encoding) = form.remove("encoding") {
        let here = at.key("content");
        let here = here.key(FORM);
        let message = "`encoding` of a parameter in `querystring` is ignored: its properties are written in the \
            default style"
            .to_owned();
        let help = "declare a separate parameter for each property that needs another style";
        rewrite.weakened(encoding.name_place, &here.key("encoding"), message, help);
    }
    let Some(schema) = form.remove("schema") else { return };
    let content = parameter.remove("content");
    rewrite
        .removed
        .claimed
        .extend(content.map(|content| content.name_place));
    parameter.insert("schema", schema.name_place, schema.value);
    rewrite.moved(at, &["content", FORM, "schema"], &["schema"]);
    if let Some(location) = parameter.get_mut("in") {
        location.value = Value::from("query");
        let (place, became) = (location.place, "`in: query`, exploded");
        rewrite.changed_of(Version::V32, place, &at.key("in"), "`in: querystring`", became);
    }
}

/// The parts of a stream and their encodings are of the canonical form.
fn streams(rewrite: &mut Rewrite<'_>, media_type: &Object, at: &At<'_>) {
    for (key, shown) in [
        ("itemSchema", "`itemSchema`"),
        ("itemEncoding", "`itemEncoding`"),
        ("prefixEncoding", "`prefixEncoding`"),
    ] {
        if let Some(member) = media_type.member(key) {
            rewrite.foreign(Version::V32, member.name_place, &at.key(key), shown);
        }
    }
}

/// The client writes and reads parts; what a part consists of in turn is for the caller to write.
fn nested_encodings(rewrite: &mut Rewrite<'_>, encoding: &mut Object, at: &At<'_>) {
    for key in ["encoding", "itemEncoding", "prefixEncoding"] {
        if let Some(member) = encoding.remove(key) {
            let message = format!(
                "`{key}` inside an encoding is ignored: the client does not encode parts inside a \
                part"
            );
            let help = "set the content type of the part to that of the inner body, and pass the part as an upload";
            rewrite.weakened(member.name_place, &at.key(key), message, help);
        }
    }
}

fn security(rewrite: &mut Rewrite<'_>, scheme: &mut Object, at: &At<'_>) {
    without(rewrite, scheme, "oauth2MetadataUrl", "`oauth2MetadataUrl`", at);
    without(rewrite, scheme, "deprecated", "`deprecated` of a security scheme", at);
    let Some(flows) = scheme.get_mut("flows").and_then(Node::as_object_mut) else {
        return;
    };
    if let Some(flow) = flows.remove("deviceAuthorization") {
        let at = at.key("flows");
        let message = "the client does not support the flow `deviceAuthorization`".to_owned();
        let help = "obtain the token in another way, and pass it to the client";
        rewrite.weakened(flow.name_place, &at.key("deviceAuthorization"), message, help);
    }
}

fn discriminator(rewrite: &mut Rewrite<'_>, discriminator: &mut Object, at: &At<'_>) {
    if let Some(mapping) = discriminator.remove("defaultMapping") {
        let message = "`defaultMapping` is ignored: a value whose discriminator value is missing or unknown is kept \
            as received"
            .to_owned();
        let help = "list the discriminator values in `mapping`";
        rewrite.weakened(mapping.name_place, &at.key("defaultMapping"), message, help);
    }
}
