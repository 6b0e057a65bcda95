//! What stands where in a document of any version: the parts that can be references, and how they lie in each other.
//!
//! Who walks a document by this table takes no example for a schema, and no property called `$ref` for a reference.

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Encoding,
    Example,
    Link,
    Callback,
    SecurityScheme,
    Schema,
    Discriminator,
    /// A text that names a schema or refers to one.
    MappedSchema,
    /// An object in which nothing refers to anything.
    Plain,
}

/// How parts of a kind stand together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    One(Kind),
    /// Under any names.
    Map(Kind),
    /// Under any names but `x-...`, which are extensions.
    MapBesideExtensions(Kind),
    List(Kind),
    /// A schema, or in older dialects a list of them.
    SchemaOrList,
}

impl Shape {
    /// What the member of this name is, where anything is known of it.
    pub(crate) fn member(self, name: &str) -> Option<Self> {
        match self {
            Self::One(kind) => kind.member(name),
            Self::SchemaOrList => Kind::Schema.member(name),
            Self::Map(kind) => Some(Self::One(kind)),
            Self::MapBesideExtensions(kind) => (!name.starts_with("x-")).then_some(Self::One(kind)),
            Self::List(_) => None,
        }
    }
}

impl Kind {
    fn member(self, name: &str) -> Option<Shape> {
        use Shape::{List, Map, MapBesideExtensions, One};
        Some(match (self, name) {
            (Self::Document, "info" | "externalDocs") => One(Self::Plain),
            (Self::Document | Self::PathItem | Self::Operation, "servers") | (Self::Document, "tags") => {
                List(Self::Plain)
            }
            (Self::Document, "paths" | "webhooks") => MapBesideExtensions(Self::PathItem),
            (Self::Document, "components") => One(Self::Components),
            (Self::Document, "definitions") | (Self::Components, "schemas") => Map(Self::Schema),
            (Self::Document | Self::Components, "parameters") => Map(Self::Parameter),
            (Self::Document | Self::Components, "responses") => Map(Self::Response),
            (Self::Document, "securityDefinitions") | (Self::Components, "securitySchemes") => {
                Map(Self::SecurityScheme)
            }
            (Self::Components, "requestBodies") => Map(Self::RequestBody),
            (Self::Components, "pathItems") => Map(Self::PathItem),
            (Self::Components | Self::Response | Self::Encoding, "headers") => Map(Self::Header),
            (Self::Components | Self::Response, "links") => Map(Self::Link),
            (Self::Components | Self::Operation, "callbacks") => Map(Self::Callback),
            (Self::Components | Self::Parameter | Self::Header | Self::MediaType, "examples") => Map(Self::Example),
            (Self::PathItem, "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace" | "query") => {
                One(Self::Operation)
            }
            (Self::PathItem, "additionalOperations") => Map(Self::Operation),
            (Self::PathItem | Self::Operation, "parameters") => List(Self::Parameter),
            (Self::Operation, "requestBody") => One(Self::RequestBody),
            (Self::Operation, "responses") => MapBesideExtensions(Self::Response),
            (Self::Callback, name) if !name.starts_with("x-") => One(Self::PathItem),
            (Self::Components, "mediaTypes")
            | (Self::Parameter | Self::Header | Self::RequestBody | Self::Response, "content") => Map(Self::MediaType),
            (Self::MediaType, "encoding") => Map(Self::Encoding),
            (Self::MediaType, "schema" | "itemSchema")
            | (Self::Parameter | Self::Header, "schema" | "items")
            | (Self::Response, "schema") => One(Self::Schema),
            (Self::Schema, "discriminator") => One(Self::Discriminator),
            (Self::Discriminator, "mapping") => Map(Self::MappedSchema),
            (Self::Discriminator, "defaultMapping") => One(Self::MappedSchema),
            (Self::Schema, name) => return schema_member(name),
            _ => return None,
        })
    }
}

fn schema_member(name: &str) -> Option<Shape> {
    match name {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" => {
            Some(Shape::Map(Kind::Schema))
        }
        "allOf" | "oneOf" | "anyOf" | "prefixItems" => Some(Shape::List(Kind::Schema)),
        "items" => Some(Shape::SchemaOrList),
        "additionalProperties"
        | "additionalItems"
        | "not"
        | "if"
        | "then"
        | "else"
        | "contains"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "contentSchema" => Some(Shape::One(Kind::Schema)),
        _ => None,
    }
}
