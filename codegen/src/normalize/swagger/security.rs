//! Security schemes.

use super::{Swagger, object_of, text};
use crate::{
    at::At,
    diagnostic::{Code, Diagnostic, Place},
    nearest::{did_you_mean, nearest},
    read::{Node, Object, Value},
};

/// The flows of Swagger 2.0, and what OpenAPI 3.0 calls them.
const FLOWS: [(&str, &str); 4] = [
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

/// What a flow is described by.
const DETAILS: [&str; 3] = ["authorizationUrl", "tokenUrl", "scopes"];

impl Swagger<'_> {
    pub(super) fn security_scheme(&mut self, node: &mut Node, at: &At<'_>) {
        let place = node.place;
        let Some(scheme) = node.as_object_mut() else { return };
        match text(scheme, "type") {
            Some("basic") => {
                scheme.insert("type", place, Node::new(place, Value::from("http")));
                scheme.insert("scheme", place, Node::new(place, Value::from("basic")));
                self.changed(place, "type: basic", "`http`");
            }
            Some("oauth2") if !scheme.contains("flows") => self.flow(scheme, place, at),
            _ => {}
        }
    }

    fn flow(&mut self, scheme: &mut Object, scheme_place: Place, at: &At<'_>) {
        let Some(flow) = self.take(scheme, "flow") else {
            return self.without_flow(scheme, scheme_place, at);
        };
        let place = flow.name_place;
        let name = self.flow_name(&flow.value, at);
        let mut details = Object::new();
        for key in DETAILS {
            if let Some(member) = scheme.remove(key) {
                details.insert(member.name, member.name_place, member.value);
            }
        }
        let flows = object_of(name, place, Value::Object(details));
        scheme.insert("flows", place, Node::new(place, Value::Object(flows)));
        self.moved(at, &["flows", name], &[]);
        self.changed(place, "flow", "`flows`");
    }

    /// Reports that nothing says how tokens are asked for; what else the scheme has means nothing without it.
    fn without_flow(&mut self, scheme: &mut Object, place: Place, at: &At<'_>) {
        scheme.retain(|member| !DETAILS.contains(&&*member.name));
        scheme.insert("flows", place, Node::new(place, Value::Object(Object::new())));
        let message = "a security scheme of type `oauth2` has no `flow`";
        let error = Diagnostic::error(Code::MissingKey, Some(place), at.pointer(), message);
        let help = "add `flow: implicit`, `password`, `application` or `accessCode`";
        self.diagnostics.push(error.help(help));
    }

    /// The flow's name in OpenAPI 3.0. An unknown one is an error, and is read on as the nearest one.
    fn flow_name(&mut self, flow: &Node, at: &At<'_>) -> &'static str {
        let known = |word: &str| FLOWS.iter().find(|(own, _)| *own == word).map(|(_, name)| *name);
        let written = flow.as_str().unwrap_or_default();
        if let Some(name) = known(written) {
            return name;
        }
        let words = || FLOWS.iter().map(|(word, _)| *word);
        let message = format!("an OAuth2 flow cannot be `{written}`");
        let help = did_you_mean(
            written,
            words(),
            "use `implicit`, `password`, `application` or `accessCode`",
        );
        let pointer = at.key("flow").pointer();
        let error = Diagnostic::error(Code::InvalidValue, Some(flow.place), pointer, message);
        self.diagnostics.push(error.help(help));
        nearest(written, words()).and_then(known).unwrap_or("implicit")
    }
}
