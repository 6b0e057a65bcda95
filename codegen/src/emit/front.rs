//! The front page of a crate: what the document says of itself, and a first call. `package` adds what needs the crate's name.
//!
//! Text of the document is escaped as in all documentation. Code consists of identifiers of the name table and of constant
//! words only.

use super::{Context, docs, servers};
use crate::{
    ir::{Location, Primitive, SchemeKind, TypeRef},
    name::{NamedGroup, NamedOperation, NamedScheme, ident},
};

/// How many groups have a call on the page.
const MAX_CALLS: usize = 3;

/// The parts of a front page, as Markdown and code.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// The title, in one line.
    pub title: String,
    /// The description.
    pub description: String,
    /// The version of the API, as code.
    pub version: String,
    /// A function for a server of the document.
    pub server: Option<String>,
    /// Setters of credentials.
    pub credentials: Vec<String>,
    /// Calls from the client.
    pub calls: Vec<String>,
    /// Each group: its module, its type, and the first sentence about it.
    pub groups: Vec<(String, String, String)>,
    /// Whether an operation has pages.
    pub has_pages: bool,
}

/// Returns the front page; `None` if generated code does not make clients.
pub fn front(context: Context<'_>) -> Option<Front> {
    let (api, names) = (context.api, context.names);
    if !context.makes_clients || api.groups.is_empty() {
        return None;
    }
    let usual = api.usual_servers.first().and_then(|id| names.servers.get(id.index()));
    let server = usual.or_else(|| servers::listed(context).next());
    Some(Front {
        title: one_line(&api.title),
        description: markdown(&api.docs),
        version: docs::code(&api.version),
        server: server.map(|server| ident(&server.ident).to_string()),
        credentials: credentials(context),
        calls: names.groups.iter().filter_map(call).take(MAX_CALLS).collect(),
        groups: names.groups.iter().map(described).collect(),
        has_pages: api.operations().any(|(_, operation)| operation.paging.is_some()),
    })
}

fn markdown(text: &str) -> String {
    // A comment could end the block of the page.
    docs::lines(text).join("\n").replace("<!--", "<! --")
}

fn one_line(text: &str) -> String {
    let lines = markdown(text);
    let words: Vec<&str> = lines.split_whitespace().collect();
    words.join(" ").trim_start_matches('#').trim().to_owned()
}

/// The setters of the first alternative that the document requires, or of its first scheme.
fn credentials(context: Context<'_>) -> Vec<String> {
    let schemes = &context.names.schemes;
    let required = context
        .api
        .requirement
        .iter()
        .find(|alternative| !alternative.is_empty());
    let chosen = |named: &&NamedScheme<'_>| match required {
        Some(required) => required.contains(&named.scheme.name),
        None => true,
    };
    let most = if required.is_some() { usize::MAX } else { 1 };
    schemes.iter().filter(chosen).filter_map(setter).take(most).collect()
}

fn setter(named: &NamedScheme<'_>) -> Option<String> {
    let arguments = match named.scheme.kind {
        SchemeKind::Basic => r#""user", "password""#,
        SchemeKind::MutualTls => return None,
        _ => r#""secret""#,
    };
    Some(format!(".{}({arguments})", ident(&named.setter)))
}

/// The simplest call of a group: one that reads, with the fewest arguments, all of which are simple.
fn call(group: &NamedGroup<'_>) -> Option<String> {
    let candidates = group
        .operations
        .iter()
        .filter_map(|named| Some((arguments(named)?, named)));
    let (arguments, named) = candidates.min_by_key(|(arguments, _)| arguments.len())?;
    Some(format!(
        "client.{}().{}({})",
        ident(&group.module),
        ident(&named.method),
        arguments.join(", ")
    ))
}

/// The arguments of a call that reads; `None` if one of them has no simple example.
fn arguments(named: &NamedOperation<'_>) -> Option<Vec<&'static str>> {
    let operation = named.operation;
    let needs_body = operation.body.as_ref().is_some_and(|body| body.required);
    if operation.method.as_str() != "GET" || operation.deprecated || needs_body || named.required.is_some() {
        return None;
    }
    let required = named.arguments.iter().filter(|argument| argument.item.required);
    let example = |ty: &TypeRef| match ty {
        TypeRef::Primitive(Primitive::String) => Some("\"id\""),
        TypeRef::Primitive(Primitive::Int32 | Primitive::Int64) => Some("1"),
        _ => None,
    };
    let of_path = |location| location == Location::Path;
    required
        .map(|argument| example(&argument.item.ty).filter(|_| of_path(argument.item.location)))
        .collect()
}

fn described(named: &NamedGroup<'_>) -> (String, String, String) {
    let text = one_line(&named.group.docs);
    let end = text.find(". ").map_or(text.len(), |end| end + 1);
    (
        ident(&named.module).to_string(),
        ident(&named.ident).to_string(),
        text.get(..end).unwrap_or_default().to_owned(),
    )
}
