//! An overlay's own form.

use super::{change::Change, target::Target};
use crate::{
    at::At,
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    read::{Node, Value},
};

/// The versions of the specification, which differ in what a target may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Version {
    V1_0,
    V1_1,
}

#[derive(Debug)]
pub(super) struct Overlay {
    pub(super) actions: Vec<Action>,
}

#[derive(Debug)]
pub(super) struct Action {
    pub(super) target: Target,
    pub(super) change: Change,
    pub(super) version: Version,
    pub(super) place: Place,
    pub(super) pointer: String,
}

/// The reader of an overlay, with its diagnostics.
struct Reader<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Overlay {
    /// Reads an overlay; `None` where it has errors, for half of an overlay is another one.
    pub(super) fn read(root: &Node, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut reader = Reader { diagnostics };
        let at = At::ROOT;
        let version = reader.version(root)?;
        reader.known_keys(root, &at, &["overlay", "info", "extends", "actions"]);
        if root.get("info").is_none() {
            reader.error(
                root,
                &at,
                "the overlay has no `info`",
                "add `info: {title: ..., version: ...}`",
            );
            return None;
        }
        let actions = match root.get("actions").map(|node| &node.value) {
            Some(Value::Array(actions)) if !actions.is_empty() => actions,
            _ => {
                reader.error(
                    root,
                    &at,
                    "the overlay has no `actions` array",
                    "add `actions:` with at least one action",
                );
                return None;
            }
        };
        let here = at.key("actions");
        let read: Vec<Option<Action>> = actions
            .iter()
            .enumerate()
            .map(|(index, action)| reader.action(action, version, &here.index(index)))
            .collect();
        let actions: Option<Vec<Action>> = read.into_iter().collect();
        Some(Self { actions: actions? })
    }
}

impl Reader<'_> {
    fn error(&mut self, node: &Node, at: &At<'_>, message: impl Into<String>, help: &str) {
        let error = Diagnostic::error(Code::InvalidOverlay, Some(node.place), at.pointer(), message);
        self.diagnostics.push(error.help(help));
    }

    fn version(&mut self, root: &Node) -> Option<Version> {
        match root.get("overlay").and_then(Node::as_str) {
            Some(version) if version.starts_with("1.0.") => Some(Version::V1_0),
            Some(version) if version.starts_with("1.1.") => Some(Version::V1_1),
            Some(version) => {
                let message = format!("overlay version {version} is not supported");
                self.error(root, &At::ROOT, message, "write `overlay: 1.1.0`");
                None
            }
            None => {
                let help = "add `overlay: 1.1.0` at the top";
                self.error(
                    root,
                    &At::ROOT,
                    "this file is not an overlay: `overlay` is missing or is not a string",
                    help,
                );
                None
            }
        }
    }

    fn known_keys(&mut self, node: &Node, at: &At<'_>, keys: &[&str]) {
        for member in node.as_object().into_iter().flatten() {
            if !keys.contains(&&*member.name) && !member.name.starts_with("x-") {
                let message = format!("an overlay has no key `{}` here: it is ignored", member.name);
                let place = Some(member.name_place);
                let warning = Diagnostic::warning(Code::UnknownKey, place, at.key(&member.name).pointer(), message);
                self.diagnostics.push(warning.help("correct the key, or remove it"));
            }
        }
    }

    fn action(&mut self, node: &Node, version: Version, at: &At<'_>) -> Option<Action> {
        if node.as_object().is_none() {
            self.error(
                node,
                at,
                format!("an action is {}, but must be an object", node.kind()),
                "write an object with `target:`",
            );
            return None;
        }
        let mut keys = vec!["target", "description", "update", "remove"];
        if version >= Version::V1_1 {
            keys.push("copy");
        }
        self.known_keys(node, at, &keys);
        let target = self.path(node, "target", at)?;
        let removes = match node.get("remove").map(|node| &node.value) {
            None | Some(Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(_) => {
                self.error(
                    node,
                    &at.key("remove"),
                    "`remove` must be `true` or `false`",
                    "write `remove: true`",
                );
                return None;
            }
        };
        let copied = node.get("copy").filter(|_| version >= Version::V1_1);
        let change = match (removes, node.get("update"), copied) {
            (true, _, _) => Change::Remove,
            (false, Some(value), None) => Change::Update(value.clone()),
            (false, None, Some(_)) => Change::Copy(self.path(node, "copy", at)?),
            (false, Some(_), Some(_)) => {
                self.error(
                    node,
                    at,
                    "this action has both `update` and `copy`, but must have only one",
                    "split it into two actions",
                );
                return None;
            }
            (false, None, None) => {
                let help = "add `update`, `remove: true` or, since version 1.1, `copy`";
                self.error(node, at, "this action has no effect", help);
                return None;
            }
        };
        Some(Action {
            target,
            change,
            version,
            place: node.place,
            pointer: at.pointer(),
        })
    }

    fn path(&mut self, action: &Node, key: &'static str, at: &At<'_>) -> Option<Target> {
        let here = at.key(key);
        let Some(node) = action.get(key) else {
            self.error(
                action,
                at,
                format!("this action has no `{key}`"),
                "add a JSONPath, such as `$.paths`",
            );
            return None;
        };
        let Some(text) = node.as_str() else {
            let message = format!("`{key}` is {}, but must be a string with a JSONPath", node.kind());
            self.error(node, &here, message, "use a string, such as `$.paths`");
            return None;
        };
        match Target::parse(text, node.place, here.pointer()) {
            Ok(target) => Some(target),
            Err(message) => {
                self.error(
                    node,
                    &here,
                    message,
                    "use the syntax of RFC 9535, such as `$.paths['/pets'].get`",
                );
                None
            }
        }
    }
}
