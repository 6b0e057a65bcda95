//! The grammar of documents of all versions: the parts that can be references, and how they contain each other.
//!
//! A walk by this table does not mistake an example for a schema, nor a property called `$ref` for a reference.

use crate::methods;

/// A part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ObjectKind {
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
    /// A string that is the name of a schema or a reference.
    MappedSchema,
    Info,
    Contact,
    License,
    ExternalDocs,
    Tag,
    Server,
    ServerVariable,
    OAuthFlow,
    Xml,
}

/// How parts of a kind are arranged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    One(ObjectKind),
    /// Under any names.
    Map(ObjectKind),
    /// Under any names but `x-...`, which are extensions.
    MapBesideExtensions(ObjectKind),
    List(ObjectKind),
    /// A schema, or in older dialects a list of them.
    SchemaOrList,
}

impl Shape {
    /// What the member of this name is, where anything is known of it.
    pub(crate) fn member(self, name: &str) -> Option<Self> {
        match self {
            Self::One(kind) => kind.member(name),
            Self::SchemaOrList => ObjectKind::Schema.member(name),
            Self::Map(kind) => Some(Self::One(kind)),
            Self::MapBesideExtensions(kind) => (!name.starts_with("x-")).then_some(Self::One(kind)),
            Self::List(_) => None,
        }
    }

    /// What an element of this list is.
    pub(crate) fn element(self) -> Option<Self> {
        match self {
            Self::List(kind) => Some(Self::One(kind)),
            Self::SchemaOrList => Some(Self::One(ObjectKind::Schema)),
            _ => None,
        }
    }

    /// What a pointer leads to from here, by its segments.
    pub(crate) fn at<'s>(self, segments: impl IntoIterator<Item = &'s str>) -> Option<Self> {
        segments.into_iter().try_fold(self, |shape, segment| match shape {
            Self::List(_) => shape.element(),
            Self::SchemaOrList => shape.member(segment).or_else(|| shape.element()),
            _ => shape.member(segment),
        })
    }

    /// The kind, where one part is meant.
    pub(crate) fn kind(self) -> Option<ObjectKind> {
        match self {
            Self::One(kind) => Some(kind),
            Self::SchemaOrList => Some(ObjectKind::Schema),
            _ => None,
        }
    }
}

impl ObjectKind {
    fn member(self, name: &str) -> Option<Shape> {
        use Shape::{List, Map, MapBesideExtensions, One};
        Some(match (self, name) {
            (Self::Document, "info") => One(Self::Info),
            (Self::Info, "contact") => One(Self::Contact),
            (Self::Info, "license") => One(Self::License),
            (Self::Document | Self::Operation | Self::Tag | Self::Schema, "externalDocs") => One(Self::ExternalDocs),
            (Self::Document, "tags") => List(Self::Tag),
            (Self::Document | Self::PathItem | Self::Operation, "servers") => List(Self::Server),
            (Self::Link, "server") => One(Self::Server),
            (Self::Server, "variables") => Map(Self::ServerVariable),
            (Self::SecurityScheme, "flows") => MapBesideExtensions(Self::OAuthFlow),
            (Self::Schema, "xml") => One(Self::Xml),
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
            (Self::PathItem, key) if methods::by_key(key).is_some() => One(Self::Operation),
            (Self::PathItem, methods::ADDITIONAL) => Map(Self::Operation),
            (Self::PathItem | Self::Operation, "parameters") => List(Self::Parameter),
            (Self::Operation, "requestBody") => One(Self::RequestBody),
            (Self::Operation, "responses") => MapBesideExtensions(Self::Response),
            (Self::Callback, name) if !name.starts_with("x-") => One(Self::PathItem),
            (Self::Components, "mediaTypes")
            | (Self::Parameter | Self::Header | Self::RequestBody | Self::Response, "content") => Map(Self::MediaType),
            (Self::MediaType, "encoding") => Map(Self::Encoding),
            (Self::MediaType, "prefixEncoding") => List(Self::Encoding),
            (Self::MediaType, "itemEncoding") => One(Self::Encoding),
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
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas" | "dependencies" => {
            Some(Shape::Map(ObjectKind::Schema))
        }
        "allOf" | "oneOf" | "anyOf" | "prefixItems" => Some(Shape::List(ObjectKind::Schema)),
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
        | "contentSchema" => Some(Shape::One(ObjectKind::Schema)),
        _ => None,
    }
}

/// Where a document keeps what can be referred to by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Below `components`, as OpenAPI 3 does.
    Components,
    /// At the top, as Swagger 2.0 does.
    Swagger,
}

impl Layout {
    /// The pointer of the parts of a kind that have names; `None` for kinds that have no such place.
    pub(crate) fn section(self, kind: ObjectKind) -> Option<&'static str> {
        match (self, kind) {
            (Self::Components, ObjectKind::Schema) => Some("/components/schemas"),
            (Self::Components, ObjectKind::Parameter) => Some("/components/parameters"),
            (Self::Components, ObjectKind::RequestBody) => Some("/components/requestBodies"),
            (Self::Components, ObjectKind::Response) => Some("/components/responses"),
            (Self::Components, ObjectKind::Header) => Some("/components/headers"),
            (Self::Components, ObjectKind::Example) => Some("/components/examples"),
            (Self::Components, ObjectKind::Link) => Some("/components/links"),
            (Self::Components, ObjectKind::Callback) => Some("/components/callbacks"),
            (Self::Components, ObjectKind::SecurityScheme) => Some("/components/securitySchemes"),
            (Self::Swagger, ObjectKind::Schema) => Some("/definitions"),
            (Self::Swagger, ObjectKind::Parameter) => Some("/parameters"),
            (Self::Swagger, ObjectKind::Response) => Some("/responses"),
            _ => None,
        }
    }
}

impl ObjectKind {
    /// The kind without an article.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Components => "components",
            Self::PathItem => "path item",
            Self::Operation => "operation",
            Self::Parameter => "parameter",
            Self::RequestBody => "request body",
            Self::Response => "response",
            Self::Header => "header",
            Self::MediaType => "media type",
            Self::Encoding => "encoding",
            Self::Example => "example",
            Self::Link => "link",
            Self::Callback => "callback",
            Self::SecurityScheme => "security scheme",
            Self::Schema => "schema",
            Self::Discriminator => "discriminator",
            Self::MappedSchema => "mapped schema",
            Self::Info => "info",
            Self::Contact => "contact",
            Self::License => "license",
            Self::ExternalDocs => "external documentation",
            Self::Tag => "tag",
            Self::Server => "server",
            Self::ServerVariable => "server variable",
            Self::OAuthFlow => "OAuth2 flow",
            Self::Xml => "XML",
        }
    }
}

/// The kind with its article, for messages.
pub(crate) fn spoken(kind: ObjectKind) -> &'static str {
    match kind {
        ObjectKind::Document => "a whole document",
        ObjectKind::Components => "`components`",
        ObjectKind::PathItem => "a path item",
        ObjectKind::Operation => "an operation",
        ObjectKind::Parameter => "a parameter",
        ObjectKind::RequestBody => "a request body",
        ObjectKind::Response => "a response",
        ObjectKind::Header => "a header",
        ObjectKind::MediaType => "a media type",
        ObjectKind::Encoding => "an encoding",
        ObjectKind::Example => "an example",
        ObjectKind::Link => "a link",
        ObjectKind::Callback => "a callback",
        ObjectKind::SecurityScheme => "a security scheme",
        ObjectKind::Schema | ObjectKind::MappedSchema => "a schema",
        ObjectKind::Discriminator => "a discriminator",
        ObjectKind::Info => "`info`",
        ObjectKind::Contact => "a contact",
        ObjectKind::License => "a license",
        ObjectKind::ExternalDocs => "external documentation",
        ObjectKind::Tag => "a tag",
        ObjectKind::Server => "a server",
        ObjectKind::ServerVariable => "a server variable",
        ObjectKind::OAuthFlow => "an OAuth2 flow",
        ObjectKind::Xml => "an XML object",
    }
}

#[cfg(test)]
mod tests {
    use super::{ObjectKind, Shape};

    #[test]
    fn pointers_lead_to_kinds() {
        let at = |pointer: &str| Shape::One(ObjectKind::Document).at(pointer.split('/').skip(1));
        for (pointer, kind) in [
            ("", ObjectKind::Document),
            ("/components/schemas/A/properties/$ref/items/0", ObjectKind::Schema),
            ("/components/schemas/x-a/items", ObjectKind::Schema),
            ("/paths/~1a/get/responses/200/headers/h/schema", ObjectKind::Schema),
            ("/paths/~1a/parameters/0", ObjectKind::Parameter),
            ("/components/callbacks/c/{$url}/post", ObjectKind::Operation),
        ] {
            assert_eq!(at(pointer).and_then(Shape::kind), Some(kind), "{pointer}");
        }
        for opaque in [
            "/paths/x-a/get",
            "/components/schemas/A/example/properties/b",
            "/x-shared/A",
        ] {
            assert_eq!(at(opaque), None, "{opaque}");
        }
    }
}
