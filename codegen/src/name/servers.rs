//! The names of servers.

use super::{
    named::Named,
    scope::Scope,
    words::{Case, identifier},
};
use crate::ir::{Api, Server};

/// Descriptions of more words are sentences, and no names.
const MOST_WORDS: usize = 3;

pub(super) fn name_servers(api: &Api) -> Vec<Named<'_, Server>> {
    let mut scope = Scope::default();
    let servers = api.servers.iter().map(|server| Named {
        item: server,
        ident: scope.claim(&text(server), &format!("{server:?}"), Case::Snake),
    });
    servers.collect()
}

/// A short description, such as `Production`; otherwise what stands in the URL beside its scheme.
fn text(server: &Server) -> String {
    let description = server.docs.trim().trim_end_matches('.');
    let name = identifier(description, Case::Snake);
    if !description.is_empty() && name.split('_').count() <= MOST_WORDS {
        return description.to_owned();
    }
    let url = server
        .url
        .split_once("://")
        .map_or(server.url.as_str(), |(scheme, rest)| {
            if scheme.contains('{') { &server.url } else { rest }
        });
    match url.trim_matches('/') {
        "" => "root".to_owned(),
        url => url.to_owned(),
    }
}
