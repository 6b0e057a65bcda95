//! Documents of other kinds than OpenAPI, by their keys.

use crate::{
    nearest::nearest,
    read::{Node, Object, kind_of_text},
};

/// Why a document without a version is refused.
pub(super) struct Refusal {
    /// Whether it is known to be something else.
    pub(super) is_other_format: bool,
    pub(super) message: String,
    pub(super) help: String,
}

const CONVERT: &str = "convert it to OpenAPI 3 first";

/// Kinds of documents: a key of the root, what has it, and what to do.
const KINDS: &[(&str, &str, &str)] = &[
    (
        "asyncapi",
        "an AsyncAPI document",
        "use a generator for AsyncAPI, which describes messages instead of HTTP requests",
    ),
    (
        "swaggerVersion",
        "a Swagger 1.x document",
        "convert it to Swagger 2.0 or OpenAPI 3 first",
    ),
    (
        "overlay",
        "an overlay",
        "pass the document that it changes as `--document`, and this file as `--overlay`",
    ),
    (
        "arazzo",
        "an Arazzo description",
        "use one of the documents that its `sourceDescriptions` name",
    ),
    ("discoveryVersion", "a Google API discovery document", CONVERT),
    ("smithy", "a Smithy model", CONVERT),
    ("raml", "a RAML document", CONVERT),
    ("wsdl", "a WSDL document", CONVERT),
    ("openrpc", "an OpenRPC document", "use a generator for OpenRPC"),
    ("__schema", "a GraphQL schema", "use a generator for GraphQL"),
    ("_postman_id", "a Postman collection", POSTMAN),
    (
        "apiVersion",
        "a Kubernetes manifest",
        "use the OpenAPI document of the API server, such as the output of `kubectl get --raw /openapi/v2`",
    ),
];
const POSTMAN: &str = "export the API as OpenAPI from Postman, or convert the collection first";

/// What a document without `openapi` and `swagger` is.
pub(super) fn refusal(root: &Object, text: &str) -> Refusal {
    if let Some((what, help)) = kind_of_text(text).or_else(|| kind(root)) {
        return Refusal {
            is_other_format: true,
            message: format!("this is {what}, not an OpenAPI document"),
            help: help.to_owned(),
        };
    }
    let refusal = |message: &str, help: String| Refusal {
        is_other_format: false,
        message: message.to_owned(),
        help,
    };
    if root.is_empty() {
        let help = "add the content of the document, or use another file".to_owned();
        return refusal("the document is an empty object", help);
    }
    if let Some(target) = root.get("$ref").and_then(Node::as_str)
        && root.len() == 1
    {
        let file = target.split('#').next().filter(|file| !file.is_empty());
        let help = file.map_or_else(
            || "use the document itself".to_owned(),
            |file| format!("use the file that it refers to as the document: `{file}`"),
        );
        return refusal("the document is only a reference", help);
    }
    let keys = || root.iter().map(|member| &*member.name);
    // The words of a document that lacks its first line, or misspells it.
    let misspelt = keys().find(|key| nearest(key, ["openapi", "swagger"].into_iter()).is_some());
    let message = "this is not an OpenAPI document: it has no `openapi`";
    match misspelt.and_then(|key| Some((key, nearest(key, ["openapi", "swagger"].into_iter())?))) {
        Some((key, meant)) => refusal(message, format!("did you mean `{meant}` for `{key}`?")),
        None if keys().any(|key| ["paths", "components", "webhooks"].contains(&key)) => {
            refusal(message, "add `openapi: 3.0.3` at the top".to_owned())
        }
        None if keys().any(|key| ["properties", "$defs", "$schema"].contains(&key)) => refusal(
            "this is a JSON Schema, not an OpenAPI document",
            "refer to it from `components.schemas` of an OpenAPI document".to_owned(),
        ),
        None => refusal(
            message,
            "use an OpenAPI document: its first key is `openapi`".to_owned(),
        ),
    }
}

fn kind(root: &Object) -> Option<(&'static str, &'static str)> {
    let text_at = |part: &str, key: &str| {
        let part = root.get(part)?.as_object()?;
        part.get(key)?.as_str()
    };
    let is_postman = text_at("info", "_postman_id").is_some()
        || text_at("info", "schema").is_some_and(|schema| schema.contains("getpostman.com"))
        || (root.contains("item") && root.contains("info"));
    if is_postman {
        return Some(("a Postman collection", POSTMAN));
    }
    if root.get("_type").and_then(Node::as_str) == Some("export") {
        return Some(("an Insomnia export", "export the API as OpenAPI from Insomnia"));
    }
    if root
        .get("log")
        .and_then(Node::as_object)
        .is_some_and(|log| log.contains("entries"))
    {
        return Some(("a HAR file", "use the OpenAPI document of the API"));
    }
    let found = KINDS
        .iter()
        .find(|(key, _, _)| root.contains(key) && (*key != "apiVersion" || root.contains("kind")));
    found.map(|(_, what, help)| (*what, *help))
}
