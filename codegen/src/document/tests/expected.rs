//! Differences between `document` and serde that are meant.

use serde_json::Value as Json;

use crate::document::MUTUAL_TLS;

/// Removes the callbacks: `document` reads them into `Incoming`, because `openapiv3` cannot hold a reference to one.
pub(super) fn without_callbacks(tree: &mut Json) {
    if let Some(components) = tree.pointer_mut("/components").and_then(Json::as_object_mut) {
        components.remove("callbacks");
    }
    let paths = tree.get_mut("paths").and_then(Json::as_object_mut);
    let items = paths.into_iter().flat_map(serde_json::Map::values_mut);
    let operations = items
        .filter_map(Json::as_object_mut)
        .flat_map(serde_json::Map::values_mut);
    for operation in operations.filter_map(Json::as_object_mut) {
        operation.remove("callbacks");
    }
}

/// Removes the schemes of client certificates, for which `openapiv3` has no type.
pub(super) fn without_certificates(tree: &mut Json) {
    let schemes = tree.pointer_mut("/components/securitySchemes");
    if let Some(schemes) = schemes.and_then(Json::as_object_mut) {
        schemes.retain(|_, scheme| scheme["type"] != MUTUAL_TLS && scheme.get(MUTUAL_TLS).is_none());
    }
}

/// The differences in `everything.yaml`, each with the reason.
pub(super) const EXPECTED: &[(&str, &str)] = &[
    ("/components/schemas/All/minProperties: null here, 0 by serde", NO_LIMIT),
    (
        "/components/schemas/All/properties/bounds/minLength: null here, 0 by serde",
        NO_LIMIT,
    ),
    (
        "/components/schemas/All/properties/list/minItems: null here, 0 by serde",
        NO_LIMIT,
    ),
    (
        "/components/schemas/All/properties/text/minLength: null here, 0 by serde",
        NO_LIMIT,
    ),
    (
        "/paths/~1a~1{id}/post/requestBody/content/multipart~1form-data/encoding/b/explode: true here, null by serde",
        "the style `form` is exploded by default, and `openapiv3` has `false` for what is absent",
    ),
    (
        "/paths/~1a~1{id}/post/requestBody/content/multipart~1form-data/encoding/c/explode: true here, null by serde",
        "the style `form` is exploded by default, and `openapiv3` has `false` for what is absent",
    ),
    (
        "/paths/~1a~1{id}/post/requestBody/content/multipart~1form-data/encoding/c/style: \"form\" here, null by serde",
        "`allowReserved` alone makes the default style count",
    ),
    (
        "/paths/~1a~1{id}/post/responses/200/headers/H/style: null here, \"simple\" by serde",
        "the report lists it as left out, and so it was removed from both; serde then fills in the default",
    ),
];

const NO_LIMIT: &str = "a minimum of nothing is not a limit";
