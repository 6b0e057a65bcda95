//! Reads servers.

use openapiv3::{Server, ServerVariable};

use super::fields::{Fields, Names, Walk};
use crate::{at::At, read::Node};

pub(super) fn servers(walk: &mut Walk<'_>, fields: &mut Fields<'_>, at: &At<'_>) -> Vec<Server> {
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
