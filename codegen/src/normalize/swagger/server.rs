//! Where the service is: `host`, `basePath` and `schemes` are the servers of OpenAPI 3.0.

use super::{Swagger, text};
use crate::{
    at::At,
    diagnostic::Place,
    read::{Node, Object, Value},
};

/// The address without its scheme, and the schemes.
#[derive(Debug, Default)]
pub(super) struct Servers {
    host: Option<String>,
    path: String,
    schemes: Vec<String>,
    place: Option<Place>,
}

/// Takes the address out of a document.
pub(super) fn of_document(swagger: &mut Swagger<'_>, root: &mut Object) -> Servers {
    let host = text(root, "host").map(|host| host.trim_end_matches('/').to_owned());
    let path = text(root, "basePath")
        .unwrap_or_default()
        .trim_end_matches('/')
        .to_owned();
    let path = if path.is_empty() || path.starts_with('/') {
        path
    } else {
        format!("/{path}")
    };
    let place = ["host", "basePath"].iter().find_map(|key| Some(root.get(key)?.place));
    let schemes = root.get("schemes").map(schemes).unwrap_or_default();
    for key in ["host", "basePath", "schemes"] {
        if let Some(member) = swagger.take(root, key) {
            swagger.changed(member.name_place, "host", "`servers`");
        }
    }
    if place.is_some() {
        swagger.moved(
            &At::ROOT,
            &["servers"],
            &[if host.is_some() { "host" } else { "basePath" }],
        );
    }
    Servers {
        host,
        path,
        schemes,
        place,
    }
}

/// The schemes of HTTP in a list, the safe one first: they are of one host.
fn schemes(list: &Node) -> Vec<String> {
    let listed = |scheme: &&str| {
        list.as_array()
            .is_some_and(|all| all.iter().any(|one| one.as_str() == Some(*scheme)))
    };
    ["https", "http"]
        .iter()
        .filter(|scheme| listed(scheme))
        .map(|scheme| (*scheme).to_owned())
        .collect()
}

impl Servers {
    /// The servers; `None` where the document is silent.
    pub(super) fn node(&self, root: Place) -> Option<Node> {
        self.place?;
        Some(self.list(&self.schemes, self.place.unwrap_or(root)))
    }

    /// The servers of an operation that is reached by other schemes than the document.
    pub(super) fn of_schemes(&self, list: &Node) -> Option<Node> {
        let own = schemes(list);
        let is_reached = self.schemes.first().is_none_or(|scheme| own.contains(scheme));
        (!own.is_empty() && !is_reached && self.host.is_some()).then(|| self.list(&own, list.place))
    }

    fn list(&self, schemes: &[String], place: Place) -> Node {
        let server = |url: String| {
            let url = Value::from(url.as_str());
            Node::new(place, Value::Object(super::object_of("url", place, url)))
        };
        let servers = match &self.host {
            // Without a scheme the one of the document's own address is meant, which is unknown here.
            Some(host) if schemes.is_empty() => vec![server(format!("https://{host}{}", self.path))],
            Some(host) => schemes
                .iter()
                .map(|scheme| server(format!("{scheme}://{host}{}", self.path)))
                .collect(),
            None if self.path.is_empty() => vec![server("/".to_owned())],
            None => vec![server(self.path.clone())],
        };
        Node::new(place, Value::Array(servers))
    }
}
