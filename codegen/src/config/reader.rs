//! Reads a configuration file. Every problem is a diagnostic with its place; keys are checked by the table.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use super::{
    file::{ClientConfig, ConfigFile, FILE_NAME, Settings},
    key::{Key, Kind, Reader},
    keys::{KEYS, OF_ONE_CLIENT},
    options::Config,
};
use crate::{
    at::At,
    diagnostic::{Code, Diagnostic, Diagnostics, FileId, Files, Level, Levels, Place},
    document::to_json,
    name::is_identifier,
    nearest::{did_you_mean, nearest},
    package::{Runtime, VersionRequirement},
    read::{Limits, Node, Object, Spent, read_file},
};

/// A configuration file that was read.
#[derive(Debug)]
pub struct ReadConfig {
    /// What it says; `None` where there are errors.
    pub file: Option<ConfigFile>,
    /// The errors, in the order of their places.
    pub diagnostics: Diagnostics,
    /// The text that the places point into.
    pub sources: Files,
}

/// Reads a configuration file, of the name that messages call it by.
#[must_use]
pub fn read(name: &str, bytes: &[u8]) -> ReadConfig {
    let limits = Limits {
        max_bytes: 1 << 20,
        ..Limits::default()
    };
    let read = read_file(name, bytes, &limits, FileId::FIRST, &mut Spent::default());
    let is_empty = !read.file.text().lines().any(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#') && line != "---"
    });
    let mut check = Check {
        diagnostics: Diagnostics::new(),
    };
    let file = if is_empty {
        Some(ConfigFile {
            clients: vec![ClientConfig::default()],
        })
    } else {
        check.diagnostics = read.problems;
        read.root.and_then(|root| check.file(&root))
    };
    check.diagnostics.sort();
    ReadConfig {
        file: file.filter(|_| !check.diagnostics.has_errors()),
        diagnostics: check.diagnostics,
        sources: read.file.into(),
    }
}

impl Config {
    /// Reads the part of a configuration file that is about the generator, of its first client. The error lists every
    /// problem with its line and column.
    pub fn parse(text: &str) -> Result<Self, String> {
        let read = read(FILE_NAME, text.as_bytes());
        let first = read.file.and_then(|file| file.clients.into_iter().next());
        match first {
            Some(client) => Ok(client.generator(client.settings.module.is_some())),
            None => Err(read.diagnostics.render(&read.sources)),
        }
    }
}

struct Check {
    diagnostics: Diagnostics,
}

impl Check {
    fn error(&mut self, code: Code, place: Place, at: &At<'_>, message: String, help: String) {
        let error = Diagnostic::error(code, Some(place), at.pointer(), message);
        self.diagnostics.push(error.help(help));
    }

    fn file(&mut self, root: &Node) -> Option<ConfigFile> {
        let at = At::ROOT;
        let object = self.object(root, &at, "the configuration")?;
        self.keys(object, &at, KEYS);
        let Some(clients) = object.get("clients").and_then(Node::as_object) else {
            let client = self.client(None, &[object], root, &at);
            return client.map(|client| ConfigFile { clients: vec![client] });
        };
        for name in OF_ONE_CLIENT {
            if let Some(member) = object.member(name) {
                let message = format!("`{name}` is outside `clients`");
                let help = format!("move `{name}` into each of the clients");
                self.error(Code::InvalidValue, member.name_place, &at.key(name), message, help);
            }
        }
        if clients.is_empty() {
            let help = "add a client, such as `pets: {document: pets.yaml, out: pets-client}`";
            let message = "`clients` is empty".to_owned();
            self.error(
                Code::InvalidValue,
                root.place,
                &at.key("clients"),
                message,
                help.to_owned(),
            );
        }
        let at = at.key("clients");
        let clients = clients.iter().filter_map(|member| {
            let one = member.value.as_object()?;
            self.client(Some(&member.name), &[object, one], &member.value, &at.key(&member.name))
        });
        Some(ConfigFile {
            clients: clients.collect(),
        })
    }

    /// A client of the members of some objects, of which later ones win.
    fn client(&mut self, label: Option<&str>, objects: &[&Object], node: &Node, at: &At<'_>) -> Option<ClientConfig> {
        if self.diagnostics.has_errors() {
            return None;
        }
        let of = |reader: Reader| {
            let keys = KEYS.iter().filter(move |key| key.reader == reader);
            let members = keys.filter_map(|key| {
                let value = objects.iter().rev().find_map(|object| object.get(key.name))?;
                Some((key.name.to_owned(), to_json(value)))
            });
            members.collect::<Map<String, Json>>()
        };
        let (generator, settings, own) = (of(Reader::Generator), of(Reader::Command), of(Reader::Own));
        let given = generator
            .keys()
            .chain(settings.keys())
            .cloned()
            .collect::<BTreeSet<_>>();
        let mut config: Config = self.form(generator, node, at)?;
        config.levels = levels(&own);
        let settings: Settings = self.form(settings, node, at)?;
        if settings.out.is_some() && settings.module.is_some() {
            let message = "`out` and `module` are both given".to_owned();
            let help = "keep `out` to generate a crate, or `module` to generate into an existing crate";
            self.error(Code::InvalidValue, node.place, at, message, help.to_owned());
        }
        let runtime = objects.iter().rev().find_map(|object| object.get("runtime"));
        Some(ClientConfig {
            label: label.map(str::to_owned),
            settings,
            runtime: runtime.and_then(|runtime| self.runtime(runtime, &at.key("runtime"))),
            config,
            given,
        })
    }

    /// The table has checked all that can be wrong; what serde refuses in spite of it has the place of the client.
    fn form<T: DeserializeOwned>(&mut self, members: Map<String, Json>, node: &Node, at: &At<'_>) -> Option<T> {
        match serde_json::from_value(Json::Object(members)) {
            Ok(form) => Some(form),
            Err(error) => {
                let help = "see the configuration reference".to_owned();
                self.error(Code::InvalidValue, node.place, at, error.to_string(), help);
                None
            }
        }
    }

    fn runtime(&mut self, node: &Node, at: &At<'_>) -> Option<Runtime> {
        let text = |name: &str| node.get(name).and_then(Node::as_str).map(str::to_owned);
        let is_workspace = node.get("workspace").and_then(Node::as_bool) == Some(true);
        let workspace = is_workspace.then_some(Ok(Runtime::Workspace));
        let version = text("version").map(|version| {
            let version = VersionRequirement::parse(&version);
            version.map(Runtime::Version).map_err(|error| error.to_string())
        });
        let git = text("git").map(|url| Runtime::git(url, text("rev"), text("tag")));
        let path = text("path").map(|path| Ok(Runtime::Path(path)));
        let mut given = [version, git, workspace, path].into_iter().flatten();
        let (reason, help) = match (given.next(), given.next()) {
            (Some(_), None) if text("git").is_none() && (text("rev").is_some() || text("tag").is_some()) => {
                ("`rev` and `tag` need `git`".to_owned(), "add `git`, or remove them")
            }
            (Some(Ok(runtime)), None) => return Some(runtime),
            (Some(Err(reason)), None) => (reason, "give `{version: '0.1'}` or `{git: URL, tag: v0.1.0}`"),
            (None, _) => (
                "`runtime` does not say where the runtime comes from".to_owned(),
                "give one of `version`, `git`, `workspace: true` and `path`",
            ),
            (Some(_), Some(_)) => (
                "`runtime` gives several sources".to_owned(),
                "keep one of `version`, `git`, `workspace` and `path`",
            ),
        };
        self.error(Code::InvalidValue, node.place, at, reason, help.to_owned());
        None
    }

    fn keys(&mut self, object: &Object, at: &At<'_>, keys: &[Key]) {
        for member in object {
            let at = at.key(&member.name);
            match keys.iter().find(|key| key.name == &*member.name) {
                Some(key) => self.value(&member.value, &at, key),
                None => {
                    let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
                    let allowed = format!("allowed here: {}", names.join(", "));
                    let help = match nearest(&member.name, names.iter().copied()) {
                        Some(near) => format!("did you mean `{near}`? {allowed}"),
                        None => allowed,
                    };
                    let message = format!("`{}` is not a key of the configuration", member.name);
                    self.error(Code::UnknownKey, member.name_place, &at, message, help);
                }
            }
        }
    }

    fn value(&mut self, node: &Node, at: &At<'_>, key: &Key) {
        let is_strings = || {
            let items = node.as_array();
            items.is_some_and(|items| items.iter().all(|item| item.as_str().is_some()))
        };
        let is_text_by_key = || {
            let members = node.as_object();
            members.is_some_and(|members| members.into_iter().all(|member| member.value.as_str().is_some()))
        };
        let is_objects = || {
            let items = node.as_array();
            items.is_some_and(|items| items.iter().all(|item| item.as_object().is_some()))
        };
        let expected = match key.kind {
            Kind::Text
                if node
                    .as_str()
                    .is_some_and(|text| !text.is_empty() || key.default == "''") =>
            {
                return;
            }
            Kind::Text => "a string",
            Kind::Flag if node.as_bool().is_some() => return,
            Kind::Flag => "true or false",
            Kind::Texts if is_strings() => return,
            Kind::Texts => "an array of strings",
            Kind::FlagOrTexts if node.as_bool().is_some() || is_strings() => return,
            Kind::FlagOrTexts => "true, false or an array of strings",
            Kind::Objects if is_objects() => return,
            Kind::Objects => "an array of objects",
            Kind::TextsByKey if is_text_by_key() => return,
            Kind::TextsByKey => "an object of strings",
            Kind::Word(words) => return self.word(node, at, key, words),
            Kind::Words(words) => return self.words(node, at, key, words),
            Kind::Codes => return self.codes(node, at, key),
            Kind::Object(keys) => {
                if let Some(object) = self.object(node, at, &format!("`{}`", key.name)) {
                    self.keys(object, at, keys);
                }
                return;
            }
            Kind::TypesByKey => return self.types(node, at, key),
            Kind::AttributesByKey => return self.attributes(node, at, key),
            Kind::Clients => return self.clients(node, at),
        };
        let message = format!("`{}` is {}, not {expected}", key.name, node.kind());
        let help = format!("write it as in `{}: {}`", key.name, key.example);
        self.error(Code::WrongKind, node.place, at, message, help);
    }

    fn words(&mut self, node: &Node, at: &At<'_>, key: &Key, words: &[&'static str]) {
        let Some(elements) = node.as_array() else {
            let message = format!("`{}` is {}, not an array", key.name, node.kind());
            let help = format!("write it as in `{}: {}`", key.name, key.example);
            return self.error(Code::WrongKind, node.place, at, message, help);
        };
        for (index, element) in elements.iter().enumerate() {
            self.word(element, &at.index(index), key, words);
        }
    }

    fn word(&mut self, node: &Node, at: &At<'_>, key: &Key, words: &[&'static str]) {
        let given = node.as_str().unwrap_or_default();
        if !words.contains(&given) {
            let message = format!("`{}` is not one of its values", key.name);
            let otherwise = format!("allowed: {}", words.join(", "));
            let help = did_you_mean(given, words.iter().copied(), &otherwise);
            self.error(Code::InvalidValue, node.place, at, message, help);
        }
    }

    fn codes(&mut self, node: &Node, at: &At<'_>, key: &Key) {
        let Some(items) = node.as_array() else {
            let message = format!("`{}` is {}, not an array of codes", key.name, node.kind());
            let help = format!("write it as in `{}: {}`", key.name, key.example);
            return self.error(Code::WrongKind, node.place, at, message, help);
        };
        for item in items {
            let given = item.as_str().unwrap_or_default();
            if Code::from_text(given).is_none() {
                let codes = Code::ALL.iter().map(|code| code.as_str());
                let help = did_you_mean(given, codes, "`specwright explain` lists the codes");
                let message = format!("`{given}` is not a code of a diagnostic");
                self.error(Code::InvalidValue, item.place, at, message, help);
            }
        }
    }

    fn types(&mut self, node: &Node, at: &At<'_>, key: &Key) {
        let Some(object) = self.object(node, at, &format!("`{}`", key.name)) else {
            return;
        };
        for member in object {
            let given = member.value.as_str().unwrap_or_default();
            if !is_type_path(given) {
                let message = match member.value.as_str() {
                    Some(given) => format!("`{given}` is not the path of a Rust type"),
                    None => format!(
                        "`{}` is {}, not the path of a Rust type",
                        member.name,
                        member.value.kind()
                    ),
                };
                let help = "write the whole path without arguments, such as `jiff::Timestamp` or `crate::Money`; for a generic \
                            type, use a type alias or a type of your own";
                let at = at.key(&member.name);
                self.error(Code::InvalidValue, member.value.place, &at, message, help.to_owned());
            }
        }
    }

    fn attributes(&mut self, node: &Node, at: &At<'_>, key: &Key) {
        let Some(object) = self.object(node, at, &format!("`{}`", key.name)) else {
            return;
        };
        let help = "write an array of attributes without `#[]`, as in `['derive(Eq, Hash)']`";
        for member in object {
            let at = at.key(&member.name);
            let Some(attributes) = member.value.as_array() else {
                let message = format!(
                    "`{}` is {}, not an array of attributes",
                    member.name,
                    member.value.kind()
                );
                self.error(Code::WrongKind, member.value.place, &at, message, help.to_owned());
                continue;
            };
            for (index, attribute) in attributes.iter().enumerate() {
                let text = attribute.as_str().unwrap_or_default();
                if !is_attribute(text) {
                    let message = match attribute.as_str() {
                        Some(text) => format!("`{text}` is not a Rust attribute"),
                        None => format!("the attribute is {}, not a string", attribute.kind()),
                    };
                    self.error(
                        Code::InvalidValue,
                        attribute.place,
                        &at.index(index),
                        message,
                        help.to_owned(),
                    );
                }
            }
        }
    }

    fn clients(&mut self, node: &Node, at: &At<'_>) {
        let Some(object) = self.object(node, at, "`clients`") else {
            return;
        };
        let keys: Vec<Key> = KEYS.iter().filter(|key| key.name != "clients").copied().collect();
        for member in object {
            let at = at.key(&member.name);
            if let Some(client) = self.object(&member.value, &at, &format!("the client `{}`", member.name)) {
                self.keys(client, &at, &keys);
            }
        }
    }

    fn object<'n>(&mut self, node: &'n Node, at: &At<'_>, what: &str) -> Option<&'n Object> {
        let object = node.as_object();
        if object.is_none() {
            let message = format!("{what} is {}, not an object of keys", node.kind());
            let help = "write `key: value` pairs".to_owned();
            self.error(Code::WrongKind, node.place, at, message, help);
        }
        object
    }
}

/// Whether a string is the path of a type in a crate: identifiers, and no arguments.
fn is_type_path(text: &str) -> bool {
    let path = text.strip_prefix("::").unwrap_or(text);
    let Some((first, rest)) = path.split_once("::") else {
        return false;
    };
    let is_own = first == "crate" && path == text;
    (is_own || is_identifier(first)) && rest.split("::").all(is_identifier)
}

/// Whether a string is what is between `#[` and `]`.
#[allow(
    clippy::disallowed_methods,
    reason = "text of the configuration is checked, and no token is made of it"
)]
fn is_attribute(text: &str) -> bool {
    syn::parse_str::<syn::Meta>(text).is_ok()
}

fn levels(own: &Map<String, Json>) -> Levels {
    let codes = |name: &str, level: Level| {
        let items = own.get(name).and_then(Json::as_array).into_iter().flatten();
        let codes = items.filter_map(|code| Code::from_text(code.as_str()?));
        codes.map(|code| (code, level)).collect::<Vec<_>>()
    };
    let denies = own.get("deny_warnings") == Some(&Json::Bool(true));
    Levels {
        warnings: if denies { Level::Deny } else { Level::default() },
        codes: codes("allow", Level::Allow)
            .into_iter()
            .chain(codes("deny", Level::Deny))
            .collect(),
    }
}
