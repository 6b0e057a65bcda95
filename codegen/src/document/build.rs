//! The document's outer rooms: info, servers, tags, paths, components.

use indexmap::IndexMap;
use openapiv3::{Components, Info, OpenAPI, Paths, ReferenceOr, Tag};

use super::{
    fields::{Claims, Fields, Names, Walk, reference_or},
    incoming::Incoming,
    parts,
    path_item::PathItem,
    paths::{paths, webhooks},
    responses, schema,
    schemas::Schemas,
    security::{security, security_scheme},
    servers::servers,
};
use crate::{
    at::At,
    diagnostic::{Diagnostics, Place},
    normalize::Version,
    read::Node,
};

/// What a walk over a canonical tree gives.
pub(super) struct Built {
    pub(super) openapi: OpenAPI,
    pub(super) paths: IndexMap<String, ReferenceOr<PathItem>>,
    pub(super) schemas: Schemas,
    pub(super) left_out: Vec<(Place, String)>,
    pub(super) incoming: Vec<Incoming>,
}

/// Returns the document as far as it can be read, so that later stages find their errors in the same run; `None` if the
/// root is not an object.
pub(super) fn openapi(root: &Node, version: Version, diagnostics: &mut Diagnostics) -> Option<Built> {
    let mut walk = walk(root, version, diagnostics);
    let (openapi, paths) = document(&mut walk, root)?;
    walk.schemas.finish(std::mem::take(&mut walk.components));
    Some(Built {
        openapi,
        paths,
        schemas: walk.schemas,
        left_out: walk.left_out,
        incoming: walk.incoming,
    })
}

/// What the reading of a canonical tree makes of its keys.
pub(super) fn claims(root: &Node, version: Version) -> Claims {
    let mut diagnostics = Diagnostics::new();
    let mut walk = Walk {
        claims: Some(Claims::default()),
        ..walk(root, version, &mut diagnostics)
    };
    document(&mut walk, root);
    walk.claims.unwrap_or_default()
}

pub(super) fn walk<'d>(root: &'d Node, version: Version, diagnostics: &'d mut Diagnostics) -> Walk<'d> {
    Walk {
        root,
        version,
        diagnostics,
        schemas: Schemas::default(),
        components: IndexMap::new(),
        left_out: Vec::new(),
        incoming: Vec::new(),
        is_in_callback: false,
        claims: None,
    }
}

/// The document without its paths, and the paths.
fn document(walk: &mut Walk<'_>, root: &Node) -> Option<(OpenAPI, IndexMap<String, ReferenceOr<PathItem>>)> {
    let at = At::ROOT;
    let mut fields = walk.object(root, &at, "the document")?;
    let openapi = fields.required_text(walk, &at, "openapi");
    let info = match fields.get("info") {
        Some(node) => info(walk, node, &at.key("info")),
        None => {
            fields.missing(walk, &at, "info");
            None
        }
    };
    let servers = servers(walk, &mut fields, &at);
    let tags = tags(walk, &mut fields, &at);
    let security = security(walk, &mut fields, &at);
    let paths = match fields.get("paths") {
        Some(node) => paths(walk, node, &at.key("paths")),
        None => {
            fields.missing(walk, &at, "paths");
            IndexMap::new()
        }
    };
    let components = fields
        .get("components")
        .and_then(|node| components(walk, node, &at.key("components")));
    webhooks(walk, &mut fields, &at);
    fields.leave_out(walk, &at, &["externalDocs"]);
    let extensions = fields.finish(walk, &at);
    let openapi = OpenAPI {
        openapi: openapi.unwrap_or_default(),
        info: info.unwrap_or_default(),
        servers,
        paths: Paths::default(),
        components,
        security,
        tags,
        external_docs: None,
        extensions,
    };
    Some((openapi, paths))
}

fn info(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Info> {
    let mut fields = walk.object(node, at, "`info`")?;
    let title = fields.required_text(walk, at, "title");
    let version = fields.required_text(walk, at, "version");
    let description = fields.text(walk, at, "description");
    fields.leave_out(walk, at, &["termsOfService", "contact", "license"]);
    let extensions = fields.finish(walk, at);
    Some(Info {
        title: title?,
        version: version?,
        description,
        extensions,
        ..Info::default()
    })
}

fn tags(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Vec<Tag> {
    let Some(node) = fields.get("tags") else {
        return Vec::new();
    };
    let here = at.key("tags");
    let elements = walk.elements(node, &here, "tags");
    elements
        .iter()
        .enumerate()
        .filter_map(|(i, element)| tag(walk, element, &here.index(i)))
        .collect()
}

fn tag(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Tag> {
    let mut fields = walk.object(node, at, "a tag")?;
    let name = fields.required_text(walk, at, "name");
    let description = fields.text(walk, at, "description");
    fields.leave_out(walk, at, &["externalDocs"]);
    let extensions = fields.finish(walk, at);
    Some(Tag {
        name: name?,
        description,
        external_docs: None,
        extensions,
    })
}

fn components(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Components> {
    let mut fields = walk.object(node, at, "`components`")?;
    component_schemas(walk, &mut fields, at);
    let responses = section(walk, &mut fields, at, "responses", responses::response);
    let parameters = section(walk, &mut fields, at, "parameters", parts::parameter);
    let request_bodies = section(walk, &mut fields, at, "requestBodies", responses::request_body);
    let headers = section(walk, &mut fields, at, "headers", parts::header);
    let security_schemes = section(walk, &mut fields, at, "securitySchemes", security_scheme);
    callbacks(walk, &mut fields, at);
    fields.leave_out(walk, at, &["examples", "links"]);
    let extensions = fields.finish(walk, at);
    Some(Components {
        responses,
        parameters,
        request_bodies,
        headers,
        security_schemes,
        extensions,
        ..Components::default()
    })
}

/// Callbacks are read where an operation refers to them: the others have no meaning.
fn callbacks(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) {
    let at = at.key("callbacks");
    for callback in fields.get("callbacks").and_then(Node::as_object).into_iter().flatten() {
        let pointer = at.key(&callback.name).pointer();
        let is_of = |incoming: &Incoming| {
            let rest = incoming.pointer.strip_prefix(&pointer);
            rest.is_some_and(|rest| rest.starts_with('/'))
        };
        if !walk.incoming.iter().any(is_of) {
            walk.left_out.push((callback.name_place, pointer));
        }
    }
}

/// The component schemas lie in the arena alone.
fn component_schemas(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) {
    let Some(node) = fields.get("schemas") else { return };
    let components = walk.map(node, &at.key("schemas"), "schemas", Names::Any, schema::schema);
    walk.components = components;
}

fn section<T>(
    walk: &mut Walk<'_>,
    fields: &mut Fields<'_>,
    at: &At<'_>,
    key: &'static str,
    read: fn(&mut Walk<'_>, &Node, &At<'_>) -> Option<T>,
) -> IndexMap<String, ReferenceOr<T>> {
    let Some(node) = fields.get(key) else {
        return IndexMap::new();
    };
    walk.map(node, &at.key(key), key, Names::Any, |walk, node, at| {
        reference_or(walk, node, at, read)
    })
}
