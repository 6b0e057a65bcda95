//! The keys of a document's objects that the typed document does not read, by version: they may be meant where another key
//! is written.

use crate::normalize::Version;

/// Keys that a parameter or header of Swagger 2.0 has of its schema.
const SWAGGER_VALUES: &[&str] = &[
    "type",
    "format",
    "items",
    "collectionFormat",
    "default",
    "enum",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
];

/// The keys of an object, by what messages call it, that `normalize` writes otherwise or takes out.
pub(super) fn more_keys(what: &str, version: Version) -> &'static [&'static str] {
    match (what, version) {
        ("the document", Version::V20) => &[
            "swagger",
            "host",
            "basePath",
            "schemes",
            "consumes",
            "produces",
            "definitions",
            "parameters",
            "responses",
            "securityDefinitions",
        ],
        ("the document", Version::V31) => &["jsonSchemaDialect"],
        ("the document", Version::V32) => &["jsonSchemaDialect", "$self"],
        ("an operation", Version::V20) => &["consumes", "produces", "schemes"],
        ("a parameter" | "a header", Version::V20) => SWAGGER_VALUES,
        ("a response", Version::V20) => &["schema", "examples"],
        ("a security scheme", Version::V20) => &["in", "name", "flow", "authorizationUrl", "tokenUrl", "scopes"],
        ("`components`", Version::V31) => &["pathItems"],
        ("`components`", Version::V32) => &["pathItems", "mediaTypes"],
        ("`info`", Version::V31 | Version::V32) | ("a response", Version::V32) => &["summary"],
        ("a tag", Version::V32) => &["summary", "parent", "kind"],
        ("a server", Version::V32) => &["name"],
        ("a media type", Version::V32) => &["itemEncoding", "prefixEncoding"],
        ("a security scheme", Version::V32) => &["oauth2MetadataUrl", "deprecated"],
        ("`flows`", Version::V32) => &["deviceAuthorization"],
        ("an OAuth2 flow", Version::V32) => &["deviceAuthorizationUrl"],
        ("a discriminator", Version::V32) => &["defaultMapping"],
        ("a schema", Version::V31 | Version::V32) => &[
            "$schema",
            "$id",
            "$anchor",
            "$dynamicAnchor",
            "$dynamicRef",
            "$defs",
            "$comment",
            "examples",
            "dependentRequired",
            "unevaluatedItems",
            "unevaluatedProperties",
        ],
        _ => &[],
    }
}
