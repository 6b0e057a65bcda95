//! Parameters, headers, and what contents consist of.

use indexmap::IndexMap;
use openapiv3::{
    Content, CookieStyle, Encoding, Header, HeaderStyle, MediaType, Parameter, ParameterData, ParameterSchemaOrContent,
    PathStyle, QueryStyle, ReferenceOr,
};

use super::{
    fields::{Fields, Names, Walk, quoted, reference_or},
    media_types::misspelt_media_types,
    positions::Encodings,
    schema,
};
use crate::{
    at::At,
    diagnostic::Code,
    nearest::{did_you_mean, nearest},
    normalize::{DELIMITERS, Version},
    read::Node,
};

pub(super) fn parameters(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Vec<ReferenceOr<Parameter>> {
    let Some(node) = fields.get("parameters") else {
        return Vec::new();
    };
    let here = at.key("parameters");
    let elements = walk.elements(node, &here, "parameters");
    let mut parameters = Vec::with_capacity(elements.len());
    for (i, element) in elements.iter().enumerate() {
        parameters.extend(reference_or(walk, element, &here.index(i), parameter));
    }
    parameters
}

/// The key among a parameter's extensions that says what `openapiv3` has a place for in the query alone. No document can
/// write it: extensions of documents begin with `x-`.
pub const ALLOW_RESERVED: &str = "allowReserved";

/// The key among the extensions of a parameter or encoding that says what is between the elements of a list, where
/// `openapiv3` has no style of that name.
pub const DELIMITER: &str = "delimiter";

/// Takes a style that only lists of Swagger 2.0 have for an extension.
fn delimited(style: Option<String>) -> (Option<String>, Option<(String, serde_json::Value)>) {
    match style {
        Some(delimiter) if DELIMITERS.contains(&delimiter.as_str()) => {
            (None, Some((DELIMITER.to_owned(), delimiter.into())))
        }
        style => (style, None),
    }
}

pub(super) fn parameter(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Parameter> {
    let mut fields = walk.object(node, at, "a parameter")?;
    let name = fields.required_text(walk, at, "name");
    let location = fields.required_text(walk, at, "in");
    let style = fields.text(walk, at, "style");
    let (style, delimiter) = delimited(style);
    let allow_reserved = fields.flag(walk, at, "allowReserved").unwrap_or_default();
    // An empty string is sent wherever the caller gives one.
    let allow_empty_value = fields.flag(walk, at, "allowEmptyValue");
    let description = fields.text(walk, at, "description");
    let required = fields.flag(walk, at, "required").unwrap_or_default();
    let deprecated = fields.flag(walk, at, "deprecated");
    let explode = fields.flag(walk, at, "explode");
    let format = schema_or_content(walk, &mut fields, at);
    fields.leave_out(walk, at, &["allowEmptyValue", "example", "examples"]);
    let mut extensions = fields.finish(walk, at);
    if allow_reserved {
        extensions.insert(ALLOW_RESERVED.to_owned(), true.into());
    }
    extensions.extend(delimiter);
    let parameter_data = ParameterData {
        name: name?,
        description,
        required,
        deprecated,
        format: format?,
        example: None,
        examples: IndexMap::new(),
        explode,
        extensions,
    };
    let place = Place {
        node,
        at,
        location: &location?,
        style: style.as_deref(),
    };
    place.parameter(walk, parameter_data, allow_reserved, allow_empty_value)
}

/// Where a parameter goes and how it is written, as the document says it.
struct Place<'a> {
    node: &'a Node,
    at: &'a At<'a>,
    location: &'a str,
    style: Option<&'a str>,
}

impl Place<'_> {
    fn parameter(
        &self,
        walk: &mut Walk<'_>,
        parameter_data: ParameterData,
        allow_reserved: bool,
        allow_empty_value: Option<bool>,
    ) -> Option<Parameter> {
        let path = |parameter_data, style| Some(Parameter::Path { parameter_data, style });
        match (self.location, self.style) {
            ("path", None | Some("simple")) => path(parameter_data, PathStyle::Simple),
            ("path", Some("label")) => path(parameter_data, PathStyle::Label),
            ("path", Some("matrix")) => path(parameter_data, PathStyle::Matrix),
            ("header", None | Some("simple")) => {
                let style = HeaderStyle::Simple;
                Some(Parameter::Header { parameter_data, style })
            }
            ("cookie", None | Some("form")) => {
                let style = CookieStyle::Form;
                Some(Parameter::Cookie { parameter_data, style })
            }
            ("query", style) => match query_style(style) {
                Some(style) => Some(Parameter::Query {
                    parameter_data,
                    allow_reserved,
                    style,
                    allow_empty_value,
                }),
                None => {
                    self.unknown_style(walk);
                    self.without_style(walk, parameter_data, allow_reserved, allow_empty_value)
                }
            },
            ("path" | "header" | "cookie", _) => {
                self.unknown_style(walk);
                self.without_style(walk, parameter_data, allow_reserved, allow_empty_value)
            }
            ("querystring", _) => {
                let message =
                    "a parameter in `querystring` is supported only as a form whose schema is an object: this \
                    parameter is ignored"
                        .to_owned();
                let help = "use the content `application/x-www-form-urlencoded` and `type: object`, if the server \
                    accepts it";
                walk.warn(Code::Weakened, self.node, &self.at.key("in"), message, help);
                None
            }
            _ => {
                let message = format!("a parameter cannot be in `{}`", self.location);
                let locations = locations(walk.version);
                let otherwise = format!("use {}", quoted(locations));
                let help = did_you_mean(self.location, locations.iter().copied(), &otherwise);
                walk.error(Code::InvalidValue, self.node, &self.at.key("in"), message, &help);
                // The nearest location is used, so that no error about a missing parameter follows.
                let is_parameter = |location: &&str| !matches!(*location, "body" | "formData" | "querystring");
                let location = nearest(self.location, locations.iter().copied()).filter(is_parameter)?;
                let place = Place { location, ..*self };
                place.without_style(walk, parameter_data, allow_reserved, allow_empty_value)
            }
        }
    }

    fn without_style(
        &self,
        walk: &mut Walk<'_>,
        parameter_data: ParameterData,
        allow_reserved: bool,
        allow_empty_value: Option<bool>,
    ) -> Option<Parameter> {
        let place = Place { style: None, ..*self };
        place.parameter(walk, parameter_data, allow_reserved, allow_empty_value)
    }

    fn unknown_style(&self, walk: &mut Walk<'_>) {
        let style = self.style.unwrap_or_default();
        let styles: &[&str] = match self.location {
            "path" => &["simple", "label", "matrix"],
            "query" => QUERY_STYLES,
            "header" => &["simple"],
            _ => &["form"],
        };
        let message = format!("a parameter in `{}` cannot have the style `{style}`", self.location);
        let otherwise = format!("use {}", quoted(styles));
        let help = did_you_mean(style, styles.iter().copied(), &otherwise);
        walk.error(Code::InvalidValue, self.node, &self.at.key("style"), message, &help);
    }
}

/// Where a parameter can be.
fn locations(version: Version) -> &'static [&'static str] {
    match version {
        Version::V20 => &["path", "query", "header", "body", "formData"],
        Version::V30 | Version::V31 => &["path", "query", "header", "cookie"],
        Version::V32 => &["path", "query", "header", "cookie", "querystring"],
    }
}

pub(super) const QUERY_STYLES: &[&str] = &["form", "spaceDelimited", "pipeDelimited", "deepObject"];

pub(super) fn query_style(style: Option<&str>) -> Option<QueryStyle> {
    match style {
        None | Some("form") => Some(QueryStyle::Form),
        Some("spaceDelimited") => Some(QueryStyle::SpaceDelimited),
        Some("pipeDelimited") => Some(QueryStyle::PipeDelimited),
        Some("deepObject") => Some(QueryStyle::DeepObject),
        Some(_) => None,
    }
}

fn schema_or_content(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Option<ParameterSchemaOrContent> {
    if let Some(node) = fields.get("schema") {
        let schema = schema::schema_handle(walk, node, &at.key("schema"))?;
        if let Some(content) = fields.get("content") {
            let message = format!(
                "{} has both `schema` and `content`: `content` is ignored",
                fields.what()
            );
            let help = "remove one of the two";
            walk.warn(Code::InvalidValue, content, &at.key("content"), message, help);
        }
        return Some(ParameterSchemaOrContent::Schema(schema));
    }
    if let Some(node) = fields.get("content") {
        return Some(ParameterSchemaOrContent::Content(content(
            walk,
            node,
            &at.key("content"),
        )));
    }
    fields.missing(walk, at, "schema");
    None
}

pub(super) fn content(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Content {
    misspelt_media_types(walk, node, at);
    walk.map(node, at, "`content`", Names::Any, |walk, node, at| {
        let mut fields = walk.object(node, at, "a media type")?;
        let whole = fields
            .get("schema")
            .and_then(|node| schema::schema_handle(walk, node, &at.key("schema")));
        let item = fields
            .get("itemSchema")
            .and_then(|node| schema::schema_handle(walk, node, &at.key("itemSchema")));
        let encodings = Encodings::read(walk, &mut fields, at, encoding);
        fields.leave_out(walk, at, &["example", "examples"]);
        if item.is_some() {
            // The schema of all items together adds nothing to that of each.
            fields.leave_out(walk, at, &["schema"]);
        }
        let mut extensions = fields.finish(walk, at);
        extensions.extend(encodings.extension());
        let schema = item.or(whole);
        Some(MediaType {
            schema,
            encoding: encodings.entries,
            extensions,
            ..MediaType::default()
        })
    })
}

/// Reads how a property of a form or of a multipart body is written. The style is set if the document declares any of it.
fn encoding(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Encoding> {
    let mut fields = walk.object(node, at, "an encoding")?;
    let content_type = fields.text(walk, at, "contentType");
    let headers = fields
        .get("headers")
        .map(|node| {
            walk.map(node, &at.key("headers"), "`headers`", Names::Any, |walk, node, at| {
                reference_or(walk, node, at, header)
            })
        })
        .unwrap_or_default();
    let (style, delimiter) = delimited(fields.text(walk, at, "style"));
    let explode = fields.flag(walk, at, "explode");
    let allow_reserved = fields.flag(walk, at, "allowReserved");
    let mut extensions = fields.finish(walk, at);
    extensions.extend(delimiter);
    let is_styled = style.is_some() || explode.is_some() || allow_reserved.is_some();
    let known = query_style(style.as_deref());
    if known.is_none() {
        let style = style.as_deref().unwrap_or_default();
        let otherwise = format!("use {}", quoted(QUERY_STYLES));
        let help = did_you_mean(style, QUERY_STYLES.iter().copied(), &otherwise);
        let message = format!("an encoding cannot have the style `{style}`");
        walk.error(Code::InvalidValue, node, &at.key("style"), message, &help);
    }
    let style = known.filter(|_| is_styled);
    Some(Encoding {
        explode: explode.unwrap_or(matches!(style, Some(QueryStyle::Form))),
        content_type,
        headers,
        style,
        allow_reserved: allow_reserved.unwrap_or_default(),
        extensions,
    })
}

pub(super) fn header(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Header> {
    let mut fields = walk.object(node, at, "a header")?;
    let description = fields.text(walk, at, "description");
    let required = fields.flag(walk, at, "required").unwrap_or_default();
    let deprecated = fields.flag(walk, at, "deprecated");
    let format = schema_or_content(walk, &mut fields, at);
    // A header that has to be there may be missing all the same: it is asked for.
    fields.leave_out(
        walk,
        at,
        &[
            "required",
            "style",
            "explode",
            "example",
            "examples",
            "allowEmptyValue",
            "allowReserved",
        ],
    );
    let extensions = fields.finish(walk, at);
    Some(Header {
        description,
        style: HeaderStyle::Simple,
        required,
        deprecated,
        format: format?,
        example: None,
        examples: IndexMap::new(),
        extensions,
    })
}
