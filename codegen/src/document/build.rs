//! The document's outer rooms: info, servers, tags, paths, components.

use indexmap::IndexMap;
use openapiv3::{
    Components, Info, OpenAPI, Operation, PathItem, Paths, ReferenceOr, SecurityRequirement, Server, ServerVariable,
    Tag,
};

use super::{
    beside::BesideTable,
    fields::{Fields, Names, Walk},
    incoming::{self, Incoming},
    limits::LimitsTable,
    methods::{self, OtherMethods},
    parts, path, schema, security,
};
use crate::{
    at::At,
    diagnostic::{Code, Diagnostics, Place},
    nearest::nearest,
    normalize::Version,
    read::Node,
};

/// What a walk over a canonical tree gives.
pub(super) struct Built {
    pub(super) openapi: OpenAPI,
    pub(super) beside: BesideTable,
    pub(super) limits: LimitsTable,
    pub(super) left_out: Vec<(Place, String)>,
    pub(super) incoming: Vec<Incoming>,
    pub(super) other_methods: OtherMethods,
}

/// The document's meaning as far as it can be read, so that what comes next finds its errors in the same run; `None` where
/// the root is no object.
pub(super) fn openapi(root: &Node, version: Version, diagnostics: &mut Diagnostics) -> Option<Built> {
    let mut walk = Walk {
        root,
        version,
        diagnostics,
        beside: BesideTable::default(),
        left_out: Vec::new(),
        limits: LimitsTable::default(),
        incoming: Vec::new(),
        other_methods: OtherMethods::new(),
        is_in_callback: false,
    };
    let openapi = document(&mut walk, root)?;
    Some(Built {
        openapi,
        beside: walk.beside,
        left_out: walk.left_out,
        limits: walk.limits,
        incoming: walk.incoming,
        other_methods: walk.other_methods,
    })
}

fn document(walk: &mut Walk<'_>, root: &Node) -> Option<OpenAPI> {
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
    let security = requirements(walk, &mut fields, &at);
    let paths = match fields.get("paths") {
        Some(node) => paths(walk, node, &at.key("paths")),
        None => {
            fields.missing(walk, &at, "paths");
            Paths::default()
        }
    };
    let components = fields
        .get("components")
        .and_then(|node| components(walk, node, &at.key("components")));
    incoming::webhooks(walk, &mut fields, &at);
    fields.leave_out(walk, &at, &["externalDocs"]);
    let extensions = fields.finish(walk, &at);
    Some(OpenAPI {
        openapi: openapi.unwrap_or_default(),
        info: info.unwrap_or_default(),
        servers,
        paths,
        components,
        security,
        tags,
        external_docs: None,
        extensions,
    })
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

fn servers(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Vec<Server> {
    let Some(node) = fields.get("servers") else {
        return Vec::new();
    };
    let here = at.key("servers");
    let elements = walk.elements(node, &here, "servers");
    elements
        .iter()
        .enumerate()
        .filter_map(|(i, element)| server(walk, element, &here.index(i)))
        .collect()
}

fn server(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Server> {
    let mut fields = walk.object(node, at, "a server")?;
    let url = fields.required_text(walk, at, "url");
    let description = fields.text(walk, at, "description");
    let variables = fields
        .get("variables")
        .map(|node| walk.map(node, &at.key("variables"), "variables", Names::Any, server_variable));
    let extensions = fields.finish(walk, at);
    Some(Server {
        url: url?,
        description,
        variables,
        extensions,
    })
}

fn server_variable(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<ServerVariable> {
    let mut fields = walk.object(node, at, "a server variable")?;
    let default = fields.required_text(walk, at, "default");
    let description = fields.text(walk, at, "description");
    let enumeration = fields.texts(walk, at, "enum");
    let extensions = fields.finish(walk, at);
    Some(ServerVariable {
        default: default?,
        description,
        enumeration,
        extensions,
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

fn requirements(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Option<Vec<SecurityRequirement>> {
    let node = fields.get("security")?;
    let here = at.key("security");
    let elements = walk.elements(node, &here, "security");
    let requirements = elements.iter().enumerate().map(|(i, element)| {
        misspelt_schemes(walk, element, &here.index(i));
        walk.map(
            element,
            &here.index(i),
            "a security requirement",
            Names::Any,
            |walk, scopes, at| {
                let elements = walk.elements(scopes, at, "the scopes");
                Some(
                    elements
                        .iter()
                        .enumerate()
                        .filter_map(|(i, scope)| walk.string(scope, &at.index(i), "a scope"))
                        .collect(),
                )
            },
        )
    });
    Some(requirements.collect())
}

/// Proposes the security scheme that is nearly the one that a requirement names.
fn misspelt_schemes(walk: &mut Walk<'_>, requirement: &Node, at: &At<'_>) {
    let schemes = walk.root.at("/components/securitySchemes").and_then(Node::as_object);
    for member in requirement.as_object().into_iter().flatten() {
        let known = || schemes.into_iter().flatten().map(|scheme| &*scheme.name);
        if !known().any(|scheme| *scheme == *member.name)
            && let Some(near) = nearest(&member.name, known())
        {
            let message = format!(
                "the security scheme `{}` is not declared: the caller sends what it needs",
                member.name
            );
            let help = format!("did you mean `{near}`?");
            walk.warn(Code::InvalidValue, &member.value, &at.key(&member.name), message, &help);
        }
    }
}

fn paths(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Paths {
    let paths = walk.map(node, at, "`paths`", Names::WithoutExtensions, |walk, node, at| {
        reference_or(walk, node, at, path_item)
    });
    for member in node.as_object().into_iter().flatten() {
        path::renamed_parameters(walk, member, &at.key(&member.name));
    }
    for (path, _) in &paths {
        if !path.starts_with('/') || path.starts_with("//") {
            let here = at.key(path);
            let message = format!("the path `{path}` does not start with a single `/`");
            walk.error(
                Code::InvalidPath,
                node,
                &here,
                message,
                &format!("write `/{}`", path.trim_start_matches('/')),
            );
        }
    }
    Paths {
        paths,
        extensions: IndexMap::new(),
    }
}

pub(super) fn path_item(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<PathItem> {
    let mut fields = walk.object(node, at, "a path item")?;
    // A reference that is left leads nowhere, which has been said.
    fields.skip(&["$ref"]);
    let operation = |fields: &mut Fields<'_>, walk: &mut Walk<'_>, key: &'static str| {
        fields.get(key).and_then(|node| operation(walk, node, &at.key(key)))
    };
    let get = operation(&mut fields, walk, "get");
    let put = operation(&mut fields, walk, "put");
    let post = operation(&mut fields, walk, "post");
    let delete = operation(&mut fields, walk, "delete");
    let options = operation(&mut fields, walk, "options");
    let head = operation(&mut fields, walk, "head");
    let patch = operation(&mut fields, walk, "patch");
    let trace = operation(&mut fields, walk, "trace");
    methods::read(walk, &mut fields, at);
    let summary = fields.text(walk, at, "summary");
    let description = fields.text(walk, at, "description");
    let servers = servers(walk, &mut fields, at);
    let parameters = parts::parameters(walk, &mut fields, at);
    let extensions = fields.finish(walk, at);
    Some(PathItem {
        summary,
        description,
        get,
        put,
        post,
        delete,
        options,
        head,
        patch,
        trace,
        servers,
        parameters,
        extensions,
    })
}

pub(super) fn operation(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Operation> {
    let mut fields = walk.object(node, at, "an operation")?;
    let tags = fields.texts(walk, at, "tags");
    let summary = fields.text(walk, at, "summary");
    let description = fields.text(walk, at, "description");
    let operation_id = fields.text(walk, at, "operationId");
    let parameters = parts::parameters(walk, &mut fields, at);
    let request_body = fields
        .get("requestBody")
        .and_then(|node| reference_or(walk, node, &at.key("requestBody"), parts::request_body));
    let responses = match fields.get("responses") {
        Some(node) => parts::responses(walk, node, &at.key("responses")),
        None => {
            fields.missing(walk, at, "responses");
            openapiv3::Responses::default()
        }
    };
    let deprecated = fields.flag(walk, at, "deprecated").unwrap_or_default();
    let security = requirements(walk, &mut fields, at);
    let servers = servers(walk, &mut fields, at);
    incoming::callbacks(walk, &mut fields, (operation_id.as_deref(), at));
    fields.leave_out(walk, at, &["externalDocs"]);
    let extensions = fields.finish(walk, at);
    Some(Operation {
        tags,
        summary,
        description,
        external_docs: None,
        operation_id,
        parameters,
        request_body,
        responses,
        callbacks: IndexMap::new(),
        deprecated,
        security,
        servers,
        extensions,
    })
}

fn components(walk: &mut Walk<'_>, node: &Node, at: &At<'_>) -> Option<Components> {
    let mut fields = walk.object(node, at, "`components`")?;
    let schemas = section(walk, &mut fields, at, "schemas", schema::schema);
    let responses = section(walk, &mut fields, at, "responses", parts::response);
    let parameters = section(walk, &mut fields, at, "parameters", parts::parameter);
    let request_bodies = section(walk, &mut fields, at, "requestBodies", parts::request_body);
    let headers = section(walk, &mut fields, at, "headers", parts::header);
    let security_schemes = section(walk, &mut fields, at, "securitySchemes", security::security_scheme);
    // Callbacks are read where they are referred to.
    fields.skip(&["callbacks"]);
    fields.leave_out(walk, at, &["examples", "links"]);
    let extensions = fields.finish(walk, at);
    Some(Components {
        schemas,
        responses,
        parameters,
        request_bodies,
        headers,
        security_schemes,
        extensions,
        ..Components::default()
    })
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

/// A reference where the object has a `$ref`, or else the object itself.
pub(super) fn reference_or<T>(
    walk: &mut Walk<'_>,
    node: &Node,
    at: &At<'_>,
    read: impl FnOnce(&mut Walk<'_>, &Node, &At<'_>) -> Option<T>,
) -> Option<ReferenceOr<T>> {
    let Some(reference) = node.as_object().and_then(|object| object.get("$ref")) else {
        return read(walk, node, at).map(ReferenceOr::Item);
    };
    let here = at.key("$ref");
    let reference = walk.string(reference, &here, "`$ref`")?;
    let mut fields = walk.object(node, at, "a reference")?;
    // Beside a reference OpenAPI 3.0 knows nothing; what normalize could carry over, it has carried over.
    fields.skip(&["$ref", "summary", "description"]);
    fields.finish(walk, at);
    Some(ReferenceOr::Reference { reference })
}
