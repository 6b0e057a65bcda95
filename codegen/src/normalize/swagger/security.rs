//! Security schemes.

use super::{Swagger, object_of, text};
use crate::{
    at::At,
    read::{Node, Object, Value},
};

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
            Some("oauth2") if !scheme.contains("flows") => self.flow(scheme, at),
            _ => {}
        }
    }

    fn flow(&mut self, scheme: &mut Object, at: &At<'_>) {
        let Some(flow) = scheme.remove("flow") else { return };
        let place = flow.name_place;
        let name = match flow.value.as_str() {
            Some("accessCode") => "authorizationCode",
            Some("application") => "clientCredentials",
            Some("password") => "password",
            _ => "implicit",
        };
        let mut details = Object::new();
        for key in ["authorizationUrl", "tokenUrl", "scopes"] {
            if let Some(member) = scheme.remove(key) {
                details.insert(member.name, member.name_place, member.value);
            }
        }
        let flows = object_of(name, place, Value::Object(details));
        scheme.insert("flows", place, Node::new(place, Value::Object(flows)));
        self.moved(at, &["flows", name], &[]);
        self.changed(place, "flow", "`flows`");
    }
}
