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
    name_all(&api.servers)
}

fn name_all(servers: &[Server]) -> Vec<Named<'_, Server>> {
    let mut scope = Scope::default();
    let servers = servers.iter().map(|server| Named {
        item: server,
        ident: scope.claim(&text(server), &key(server), Case::Snake),
    });
    servers.collect()
}

/// What a suffix is made of: what a server is, not how it is described.
fn key(server: &Server) -> String {
    let variables = server.variables.iter().map(|variable| {
        let (name, default) = (&variable.name, &variable.default);
        format!(" {name}={default}")
    });
    std::iter::once(server.url.clone()).chain(variables).collect()
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

#[cfg(test)]
mod tests {
    use super::{Server, name_all};

    fn server(url: &str, docs: &str) -> Server {
        Server {
            url: url.to_owned(),
            docs: docs.to_owned(),
            variables: Vec::new(),
        }
    }

    #[test]
    fn d15_a_suffix_does_not_depend_on_a_description() {
        let second = |docs: &str| {
            let servers = [
                server("https://a.example.com", ""),
                server("https://a.example.com/", docs),
            ];
            name_all(&servers).into_iter().map(|named| named.ident).nth(1)
        };
        let long = "The server that is used by everything except tests.";
        assert_eq!(second(""), second(long));
    }
}
