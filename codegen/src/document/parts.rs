//! Parameters, bodies, responses, headers.

use indexmap::IndexMap;
use openapiv3::{
    Content, CookieStyle, Header, HeaderStyle, Parameter, ParameterData, ParameterSchemaOrContent, PathStyle,
    QueryStyle, ReferenceOr, RequestBody, Response, Responses, StatusCode,
};

use super::{
    build::reference_or,
    fields::{Fields, Names, Walk},
    media::content,
    schema,
};
use crate::{
    at::At,
    diagnostic::Code,
    nearest::{did_you_mean, nearest},
    normalize::Version,
    read::Node,
};

pub(super) fn parameters(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Vec<ReferenceOr<Parameter>> {
    let Some(node) = fields.get("parameters") else {
        return Vec::new();
    };
    let here = at.key("parameters");
    let elements = walk.elements(node, &here, "parameters");
    elements
        .iter()
        .enumerate()
        .filter_map(|(i, element)| reference_or(walk, element, &here.index(i), parameter))
        .collect()
}

pub(super) fn parameter(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Parameter> {
    let mut fields = walk.object(node, at, "a parameter")?;
    let name = fields.required_text(walk, at, "name");
    let location = fields.required_text(walk, at, "in");
    let style = fields.text(walk, at, "style");
    let allow_reserved = fields.flag(walk, at, "allowReserved").unwrap_or_default();
    let allow_empty_value = fields.flag(walk, at, "allowEmptyValue");
    let description = fields.text(walk, at, "description");
    let required = fields.flag(walk, at, "required").unwrap_or_default();
    let deprecated = fields.flag(walk, at, "deprecated");
    let explode = fields.flag(walk, at, "explode");
    let format = schema_or_content(walk, &mut fields, at);
    fields.leave_out(walk, at, &["example", "examples"]);
    let extensions = fields.finish(walk, at);
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
                    "a whole query is understood as an object in a form only: this parameter is left out".to_owned();
                let help = "give it the content `application/x-www-form-urlencoded` and `type: object`, if the server takes that";
                walk.warn(Code::Weakened, self.node, &self.at.key("in"), message, help);
                None
            }
            _ => {
                let message = format!("a parameter cannot be in `{}`", self.location);
                let locations = locations(walk.version);
                let otherwise = format!("use {}", quoted(locations));
                let help = did_you_mean(self.location, locations.iter().copied(), &otherwise);
                walk.error(Code::InvalidValue, self.node, &self.at.key("in"), message, &help);
                // As the location that is meant, so that nobody misses the parameter.
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

/// Words as a sentence lists them.
pub(super) fn quoted(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        _ => quoted.concat(),
    }
}

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
        let schema = reference_or(walk, node, &at.key("schema"), schema::schema)?;
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

pub(super) fn request_body(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<RequestBody> {
    let mut fields = walk.object(node, at, "a request body")?;
    let description = fields.text(walk, at, "description");
    let required = fields.flag(walk, at, "required").unwrap_or_default();
    let content = match fields.get("content") {
        Some(node) => content(walk, node, &at.key("content")),
        None => {
            fields.missing(walk, at, "content");
            Content::new()
        }
    };
    let extensions = fields.finish(walk, at);
    Some(RequestBody {
        description,
        content,
        required,
        extensions,
    })
}

pub(super) fn responses(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Responses {
    let entries = walk.map(node, at, "`responses`", Names::WithoutExtensions, |walk, node, at| {
        reference_or(walk, node, at, response)
    });
    let mut responses = Responses::default();
    for (status, response) in entries {
        if status == "default" {
            responses.default = Some(response);
        } else if let Some(status_code) = status_code(&status) {
            responses.responses.insert(status_code, response);
        } else {
            let message = format!("`{status}` is not an HTTP status");
            walk.error(
                Code::InvalidValue,
                node,
                &at.key(&status),
                message,
                &status_help(&status),
            );
        }
    }
    responses
}

fn status_code(text: &str) -> Option<StatusCode> {
    match text.as_bytes() {
        [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => Some(StatusCode::Range(u16::from(digit - b'0'))),
        [b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => text.parse().ok().map(StatusCode::Code),
        _ => None,
    }
}

/// What is meant by a status: letters are written for the digits that they look like, and words for numbers.
fn status_help(status: &str) -> String {
    let digits: String = status
        .chars()
        .map(|c| match c {
            'O' | 'o' => '0',
            'l' | 'I' => '1',
            '*' | '?' | '_' => 'X',
            other => other.to_ascii_uppercase(),
        })
        .collect();
    if status_code(&digits).is_some() {
        return format!("did you mean `{digits}`?");
    }
    let words = [
        ("ok", "200"),
        ("success", "200"),
        ("created", "201"),
        ("accepted", "202"),
        ("error", "default"),
        ("default", "default"),
    ];
    let word = status.to_ascii_lowercase();
    let known = words.iter().find(|(name, _)| *name == word).map(|(_, status)| *status);
    let near = || strsim::damerau_levenshtein(&word, "default") <= 2;
    if let [digit @ b'1'..=b'5', rest @ ..] = digits.as_bytes()
        && rest.len() == 2
        && rest.contains(&b'X')
    {
        return format!("did you mean `{}XX`?", char::from(*digit));
    }
    match known.or_else(|| near().then_some("default")) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "use a status from 100 to 599, a range such as `4XX`, or `default`".to_owned(),
    }
}

pub(super) fn response(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Response> {
    let mut fields = walk.object(node, at, "a response")?;
    let description = fields.text(walk, at, "description").unwrap_or_default();
    let headers = fields
        .get("headers")
        .map(|node| {
            walk.map(node, &at.key("headers"), "`headers`", Names::Any, |walk, node, at| {
                reference_or(walk, node, at, header)
            })
        })
        .unwrap_or_default();
    let content = fields
        .get("content")
        .map(|node| content(walk, node, &at.key("content")))
        .unwrap_or_default();
    fields.leave_out(walk, at, &["links"]);
    let extensions = fields.finish(walk, at);
    Some(Response {
        description,
        headers,
        content,
        links: IndexMap::new(),
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
