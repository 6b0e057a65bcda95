//! The names of servers.

use super::{
    named::Named,
    namer::Namer,
    scope::settle,
    wish::Wish,
    words::{Case, Words},
};
use crate::ir::{Api, Origin, Server};

/// Descriptions of more words are sentences, and no names.
const MAX_WORDS: usize = 3;

/// Names servers after their hosts, or after short descriptions where `titles` says that these are names.
pub(super) fn name_servers<'a>(naming: &mut Namer<'_>, api: &'a Api, titles: bool) -> Vec<Named<'a, Server>> {
    name_all(naming, &api.servers, titles)
}

fn name_all<'a>(naming: &mut Namer<'_>, servers: &'a [Server], titles: bool) -> Vec<Named<'a, Server>> {
    let paths: Vec<&str> = servers.iter().map(|server| split(server).1).collect();
    let wishes = servers.iter().zip(&paths).map(|(server, path)| {
        let title = titles.then(|| title(naming.words, server)).flatten();
        // Two servers of one host are distinguished by their paths, then by what is left.
        let kind = match *path {
            "" => "root".to_owned(),
            path => naming.words.identifier(path, Case::Snake),
        };
        let wish = Wish::new(&server.url, kind, Case::Snake, Origin::NOWHERE);
        Wish {
            key: Some(variables(server)),
            ..wish.text(title.unwrap_or_else(|| host(server)))
        }
    });
    let wishes: Vec<Wish<'_>> = wishes.collect();
    let named = servers.iter().zip(settle(naming, &[], &wishes));
    named.map(|(item, ident)| Named { item, ident }).collect()
}

/// What a suffix is made of beside the URL: what a server is, not how it is described.
fn variables(server: &Server) -> String {
    let variables = server.variables.iter().map(|variable| {
        let (name, default) = (&variable.name, &variable.default);
        format!(" {name}={default}")
    });
    variables.collect()
}

/// A short description, such as `Production`.
fn title<'a>(words: &Words, server: &'a Server) -> Option<&'a str> {
    let description = server.docs.trim().trim_end_matches('.');
    let name = words.identifier(description, Case::Snake);
    (!description.is_empty() && name.split('_').count() <= MAX_WORDS).then_some(description)
}

/// The host of a URL, or its path where it has no host.
fn host(server: &Server) -> &str {
    match split(server) {
        ("", "") => "root",
        ("", path) => path,
        (host, _) => host,
    }
}

/// The host and the path of a URL.
fn split(server: &Server) -> (&str, &str) {
    let url = server.url.as_str();
    let (host, path) = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').unwrap_or((rest, "")),
        None => ("", url),
    };
    (host, path.trim_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::{Namer, Server, Words, name_all};

    fn names(servers: &[(&str, &str)], titles: bool) -> Vec<String> {
        let words = Words::default();
        let mut naming = Namer::without_pins(&words);
        let servers = servers.iter().map(|(url, docs)| Server {
            url: (*url).to_owned(),
            docs: (*docs).to_owned(),
            variables: Vec::new(),
        });
        let servers: Vec<Server> = servers.collect();
        let named = name_all(&mut naming, &servers, titles);
        named.into_iter().map(|named| named.ident).collect()
    }

    #[test]
    fn d15_a_description_is_documentation_unless_it_is_a_name() {
        let servers = [
            ("https://api.example.com/v1", "Production"),
            ("https://test.example.com", "For everything except production calls."),
            ("/v2", ""),
            ("/", ""),
        ];
        assert_eq!(
            names(&servers, false),
            ["api_example_com", "test_example_com", "v2", "root"]
        );
        assert_eq!(names(&servers, true), ["production", "test_example_com", "v2", "root"]);
    }

    #[test]
    fn r09_servers_of_one_host_have_their_paths() {
        let servers = [
            ("https://api.example.com", ""),
            ("https://api.example.com/v1", ""),
            ("http://api.example.com/v2", ""),
            ("https://api.example.com/v2", ""),
        ];
        let names = names(&servers, false);
        assert_eq!(names[..2], ["api_example_com_root", "api_example_com_v1"]);
        assert!(names[2].starts_with("api_example_com_") && names[3].starts_with("api_example_com_"));
        assert_ne!(names[2], names[3]);
    }
}
