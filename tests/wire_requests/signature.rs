//! How an operation is called: read from the lines of the client's surface about its method.

use serde_json::Value;

/// A method of a client, from these lines:
///
/// ```text
/// apis::api::Api::get_pet(id: impl IntoValue<String>) -> models::Pet, call apis::api::GetPet, operation id `getPet`
/// apis::api::Api::get_pet size?: impl IntoValue<i64>, in `query`, name `size`
/// ```
pub(crate) struct Signature<'a> {
    /// The method that gives the group.
    pub(crate) group: &'a str,
    pub(crate) method: &'a str,
    /// The type of the call.
    pub(crate) call: &'a str,
    /// What the method takes, by position.
    pub(crate) positional: Vec<Input<'a>>,
    /// The fields of the struct of required inputs.
    pub(crate) fields: Vec<Input<'a>>,
    pub(crate) setters: Vec<Input<'a>>,
}

/// An input of a call.
pub(crate) struct Input<'a> {
    pub(crate) ident: &'a str,
    pub(crate) ty: &'a str,
    name: Name<'a>,
}

/// What is known of an input's name in the document.
#[derive(Clone, Copy)]
enum Name<'a> {
    Exact(&'a str),
    /// The name of a header, in lower case.
    Header(&'a str),
    /// Only the identifier, which is made of the name: inputs of the path, and the body.
    Ident,
}

impl<'a> Signature<'a> {
    /// The signature of an operation's method.
    pub(crate) fn find(surface: &'a str, operation: &str) -> Option<Self> {
        let is_it = |line: &&str| line.starts_with("apis::") && fact(line, "operation id") == Some(operation);
        let headline = surface.lines().find(is_it)?;
        let (path, rest) = headline.split_once('(')?;
        let (list, rest) = rest.split_once(") -> ")?;
        let mut ends = path.rsplit("::");
        let (method, group) = (ends.next()?, ends.nth(1)?);
        let call = rest.split(", ").find_map(|part| part.strip_prefix("call "))?;
        let mut signature = Self {
            group,
            method,
            call,
            positional: entries(list),
            fields: Vec::new(),
            setters: Vec::new(),
        };
        let members = surface
            .lines()
            .filter_map(|line| line.strip_prefix(path)?.strip_prefix(' '));
        for line in members.filter(|line| fact(line, "in").is_some()) {
            signature.add(line)?;
        }
        Some(signature)
    }

    /// Adds the input of a line. A required body is in the method's own line too.
    fn add(&mut self, line: &'a str) -> Option<()> {
        let (ident, rest) = line.split_once(": ")?;
        let (ty, _) = rest.split('`').next()?.rsplit_once(", ")?;
        let name = match (fact(line, "name"), fact(line, "in")) {
            (Some(name), Some("header")) => Name::Header(name),
            (Some(name), _) => Name::Exact(name),
            (None, _) => Name::Ident,
        };
        if let Some(ident) = ident.strip_suffix('?') {
            self.setters.push(Input { ident, ty, name });
        } else if !matches!(name, Name::Ident) {
            self.fields.push(Input { ident, ty, name });
        }
        Some(())
    }

    /// The inputs that a call cannot do without.
    pub(crate) fn required(&self) -> impl Iterator<Item = &Input<'a>> {
        let positional = self.positional.iter().filter(|input| !input.is_struct());
        positional.chain(&self.fields)
    }
}

impl Input<'_> {
    /// Whether it is the struct of required inputs.
    pub(crate) fn is_struct(&self) -> bool {
        self.ty.starts_with("apis::")
    }

    /// The value that a case has for the input.
    pub(crate) fn value<'v>(&self, arguments: &'v Value) -> Option<&'v Value> {
        let mut arguments = arguments.as_object()?.iter();
        let is_it = |key: &str| match self.name {
            Name::Exact(name) => name == key,
            Name::Header(name) => name == key.to_ascii_lowercase(),
            Name::Ident => self.ident == snake(key),
        };
        arguments.find(|(name, _)| is_it(name)).map(|(_, value)| value)
    }
}

/// The entries of an argument list: `id: impl IntoValue<String>, body: impl Borrow<models::Pet>`.
fn entries(list: &str) -> Vec<Input<'_>> {
    let (mut inputs, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    let mut add = |entry| inputs.extend(input(entry));
    for (at, character) in list.char_indices() {
        match character {
            '<' | '(' => depth += 1,
            '>' | ')' => depth -= 1,
            ',' if depth == 0 => {
                add(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    add(&list[start..]);
    inputs
}

fn input(entry: &str) -> Option<Input<'_>> {
    let (ident, ty) = entry.trim_start().split_once(": ")?;
    let name = Name::Ident;
    Some(Input { ident, ty, name })
}

/// The value of a fact: in "name `size`" that of `name`.
fn fact<'l>(line: &'l str, key: &str) -> Option<&'l str> {
    let (_, rest) = line.split_once(&format!(", {key} `"))?;
    rest.split('`').next()
}

/// A name in the form of a field or a method.
pub(crate) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for character in name.chars() {
        if character.is_uppercase() && snake.ends_with(char::is_lowercase) {
            snake.push('_');
        }
        snake.push(if character.is_alphanumeric() {
            character.to_ascii_lowercase()
        } else {
            '_'
        });
    }
    snake.trim_matches('_').to_owned()
}
