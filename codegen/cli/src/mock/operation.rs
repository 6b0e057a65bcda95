//! The operations of a document, with everything that a request needs.

use codegen::instance::Direction;
use indexmap::IndexMap;
use serde_json::Value;

use super::{
    document::{self, Components, Document, MediaType, Requirement, SecurityScheme, Server},
    paging::Paging,
    problem::Problem,
    schemas::{SchemaId, Schemas},
};

#[derive(Debug)]
pub(super) struct Operation {
    pub(super) method: String,
    /// The path templates: that of the document, and the same below the path of each server.
    pub(super) templates: Vec<String>,
    id: Option<String>,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    responses: Vec<Response>,
    /// The alternatives of security schemes. Empty if the operation needs no credentials.
    pub(super) security: Vec<Vec<SecurityScheme>>,
    pub(super) paging: Option<Paging>,
}

#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) declared: document::Parameter,
    pub(super) schema: Option<SchemaId>,
    /// Whether the value is JSON text.
    pub(super) is_json: bool,
}

#[derive(Debug)]
pub(super) struct Body {
    pub(super) is_required: bool,
    pub(super) content: Vec<(String, Option<SchemaId>)>,
}

#[derive(Debug)]
pub(super) struct Response {
    /// The key in the document: a status, a range such as `2XX`, or `default`.
    pub(super) key: String,
    pub(super) headers: Vec<(String, Content)>,
    pub(super) content: Vec<(String, Content)>,
}

/// What the body or a header of a response holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) schema: Option<SchemaId>,
    /// The schema of one item of a stream.
    pub(super) item: Option<SchemaId>,
    /// The examples with their names; an example without a name has an empty one.
    pub(super) examples: Vec<(String, Value)>,
}

/// Returns all operations of a document.
pub(super) fn all(document: &Document, schemas: &mut Schemas) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in &document.paths {
        for (method, operation) in item.operations() {
            let servers = [&operation.servers, &item.servers, &document.servers];
            let servers = servers.into_iter().find(|servers| !servers.is_empty());
            let security = operation.security.as_ref().unwrap_or(&document.security);
            operations.push(Operation {
                method: method.to_owned(),
                templates: templates(path, servers.map_or(&[], |servers| servers)),
                id: operation.id.clone(),
                parameters: parameters(item, operation, &document.components, schemas),
                body: operation.request_body.as_ref().map(|body| {
                    let body = document.components.request_body(body);
                    request_body(body, schemas)
                }),
                responses: responses(&operation.responses, &document.components, schemas),
                security: alternatives(security, &document.components),
                paging: Paging::of(&operation.paging),
            });
        }
    }
    operations
}

/// Returns the templates of a path: as it is, and below the path of each server.
fn templates(path: &str, servers: &[Server]) -> Vec<String> {
    let mut templates = vec![path.to_owned()];
    for server in servers {
        let mut url = server.url.clone();
        for (name, variable) in &server.variables {
            let value = variable.default.as_str().unwrap_or_default();
            url = url.replace(&format!("{{{name}}}"), value);
        }
        let after_scheme = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let base = if after_scheme.len() == url.len() {
            after_scheme
        } else {
            after_scheme.find('/').map_or("", |start| &after_scheme[start..])
        };
        let base = base.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let template = format!("{base}{path}");
        if base.starts_with('/') && !templates.contains(&template) {
            templates.push(template);
        }
    }
    templates
}

fn parameters(
    item: &document::PathItem,
    operation: &document::Operation,
    components: &Components,
    schemas: &mut Schemas,
) -> Vec<Parameter> {
    let mut declared: IndexMap<(String, String), &document::Parameter> = IndexMap::new();
    for parameter in item.parameters.iter().chain(&operation.parameters) {
        let parameter = components.parameter(parameter);
        declared.insert((parameter.location.clone(), parameter.name.clone()), parameter);
    }
    let of = |parameter: &document::Parameter| {
        let content = parameter.content.first();
        let schema = parameter
            .schema
            .as_ref()
            .or(content.and_then(|(_, media)| media.schema.as_ref()));
        Parameter {
            schema: schema.map(|schema| schemas.add(Direction::Request, schema)),
            is_json: content.is_some_and(|(name, _)| super::media::is_json(name)),
            declared: parameter.clone(),
        }
    };
    declared.into_values().map(of).collect()
}

fn request_body(body: &document::RequestBody, schemas: &mut Schemas) -> Body {
    let schema = |media: &MediaType| media.schema.as_ref().or(media.item_schema.as_ref()).cloned();
    let content = body.content.iter().map(|(name, media)| {
        let is_stream = media.schema.is_none() && media.item_schema.is_some();
        let schema = schema(media).filter(|_| !is_stream);
        (
            name.clone(),
            schema.map(|schema| schemas.add(Direction::Request, &schema)),
        )
    });
    Body {
        is_required: body.required,
        content: content.collect(),
    }
}

fn responses(
    declared: &IndexMap<String, document::Response>,
    components: &Components,
    schemas: &mut Schemas,
) -> Vec<Response> {
    let mut responses = Vec::new();
    for (key, response) in declared.iter().filter(|(key, _)| !key.starts_with("x-")) {
        let response = components.response(response);
        let headers = response.headers.iter().map(|(name, header)| {
            let header = components.header(header);
            let inner = header.content.values().next();
            let media = MediaType {
                schema: header.schema.clone().or(inner.and_then(|media| media.schema.clone())),
                example: header.example.clone(),
                examples: header.examples.clone(),
                ..MediaType::default()
            };
            (name.clone(), content(&media, components, schemas))
        });
        responses.push(Response {
            key: key.clone(),
            headers: headers.collect(),
            content: response
                .content
                .iter()
                .map(|(name, media)| (name.clone(), content(media, components, schemas)))
                .collect(),
        });
    }
    responses
}

fn content(media: &MediaType, components: &Components, schemas: &mut Schemas) -> Content {
    let mut add = |schema: &Option<Value>| {
        let schema = schema.as_ref()?;
        Some(schemas.add(Direction::Response, schema))
    };
    let (schema, item) = (add(&media.schema), add(&media.item_schema));
    let named = media
        .examples
        .iter()
        .filter_map(|(name, example)| Some((name.clone(), components.example(example)?.clone())));
    let unnamed = media.example.iter().map(|example| (String::new(), example.clone()));
    Content {
        schema,
        item,
        examples: named.chain(unnamed).collect(),
    }
}

fn alternatives(security: &[Requirement], components: &Components) -> Vec<Vec<SecurityScheme>> {
    let alternatives = security.iter().map(|requirement| {
        let schemes = requirement.keys().filter_map(|name| components.security_scheme(name));
        schemes.cloned().collect()
    });
    alternatives.collect()
}

impl Operation {
    /// Returns the name in log lines: the operation id, or else the path.
    pub(super) fn name(&self) -> &str {
        let path = self.templates.first().map_or("", String::as_str);
        self.id.as_deref().unwrap_or(path)
    }

    /// Returns the status of the response to an invalid request: 422 if the operation declares it, otherwise 400.
    pub(super) fn invalid_status(&self) -> u16 {
        let declares = |key: &str| self.responses.iter().any(|response| response.key == key);
        if declares("422") { 422 } else { 400 }
    }

    /// Returns the response of a status, or without one the best response that the operation declares.
    pub(super) fn response(&self, code: Option<u16>) -> Result<(u16, Option<&Response>), Problem> {
        let Some(code) = code else {
            let best = self
                .responses
                .iter()
                .filter_map(|response| Some((rank(&response.key)?, response)));
            let best = best.min_by_key(|(rank, _)| *rank);
            return Ok(best.map_or((204, None), |((_, status), response)| (status, Some(response))));
        };
        let keys = [code.to_string(), format!("{}XX", code / 100), "default".to_owned()];
        let declared = |key: &String| {
            self.responses
                .iter()
                .find(|response| response.key.eq_ignore_ascii_case(key))
        };
        match keys.iter().find_map(declared) {
            Some(response) => Ok((code, Some(response))),
            None => {
                let keys: Vec<&str> = self.responses.iter().map(|response| response.key.as_str()).collect();
                Err(Problem::no_response(code, &keys))
            }
        }
    }
}

/// Returns how good a response is as the usual one, with the status to send. Smaller is better.
fn rank(key: &str) -> Option<(u16, u16)> {
    if key == "default" {
        return Some((450, 200));
    }
    let class = key.bytes().next().filter(u8::is_ascii_digit)?;
    let class = u16::from(class - b'0');
    let is_range = key.len() == 3 && key[1..].eq_ignore_ascii_case("xx");
    let status = if is_range { class * 100 } else { key.parse().ok()? };
    // Ranges come after the statuses of their class, and `default` after redirects.
    let within = if is_range { 99 } else { (status % 100).min(98) };
    match class {
        2 => Some((200 + within, status)),
        3 => Some((300 + within, status)),
        4 => Some((500 + within, status)),
        5 => Some((600 + within, status)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn successes_come_first_and_failures_last() {
        let mut keys = ["500", "404", "default", "302", "2XX", "204", "200", "101", "x"];
        keys.sort_by_key(|key| rank(key).unwrap_or((u16::MAX, 0)));
        assert_eq!(keys[..7], ["200", "204", "2XX", "302", "default", "404", "500"]);
        assert_eq!(rank("2XX").map(|(_, status)| status), Some(200));
    }
}
