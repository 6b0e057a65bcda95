//! What the passes find wrong, with the place of each.

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::{
    at::At,
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    document::{Document, SchemaView},
    nearest::nearest,
};

/// Something that has a place in the document.
pub(super) trait Locate {
    /// Its JSON pointer in the canonical tree.
    fn locate(&self) -> String;
}

impl Locate for At<'_> {
    fn locate(&self) -> String {
        self.pointer()
    }
}

impl Locate for SchemaView<'_> {
    fn locate(&self) -> String {
        self.pointer()
    }
}

impl Locate for String {
    fn locate(&self) -> String {
        self.clone()
    }
}

/// Takes the diagnostics of all passes.
pub(super) struct Report<'a> {
    document: &'a Document,
    diagnostics: &'a mut Diagnostics,
    /// The places of the keys that have an effect, as far as reading them is not enough.
    pub(super) claimed: Vec<Place>,
    /// The places and pointers of the keys that have no effect where they are, though nothing is lost.
    pub(super) left_out: Vec<(Place, String)>,
}

impl<'a> Report<'a> {
    pub(super) fn new(document: &'a Document, diagnostics: &'a mut Diagnostics) -> Self {
        Self {
            document,
            diagnostics,
            claimed: Vec::new(),
            left_out: Vec::new(),
        }
    }

    pub(super) fn error(&mut self, code: Code, at: &impl Locate, message: impl Into<String>, help: impl Into<String>) {
        let pointer = at.locate();
        let place = self.document.place(&pointer);
        let error = Diagnostic::error(code, place, pointer, message.into());
        self.diagnostics.push(error.help(help.into()));
    }

    /// Reports a warning, or a note where the code is one of notes.
    pub(super) fn warn(&mut self, code: Code, at: &impl Locate, message: impl Into<String>, help: impl Into<String>) {
        let pointer = at.locate();
        let place = self.document.place(&pointer);
        let warning = Diagnostic::warning(code, place, pointer, message.into());
        self.diagnostics.push(warning.help(help.into()));
    }

    /// Reports a warning about the configuration, which has no place in the document.
    pub(super) fn warn_of_configuration(&mut self, code: Code, message: String, help: String) {
        let warning = Diagnostic::warning(code, None, "", message);
        self.diagnostics.push(warning.help(help));
    }

    /// The pointer of a schema in the file that the user wrote, for messages that name a second place.
    pub(super) fn written_pointer(&self, at: &impl Locate) -> String {
        self.document.source.origins.source_of(&at.locate())
    }

    pub(super) fn has_errors(&self) -> bool {
        self.diagnostics.has_errors()
    }

    /// Reports a reference to a component that does not exist. One that exists and could not be read is an error already.
    pub(super) fn unresolved<'n>(
        &mut self,
        (kind, section): (&str, &str),
        name: &str,
        known: impl Iterator<Item = &'n str>,
        at: &impl Locate,
    ) {
        let components = At::of("/components");
        let pointer = components.key(section).key(name).pointer();
        if self.document.source.root.at(&pointer).is_none() {
            let help = did_you_mean(name, known, &format!("#/components/{section}/"));
            let at = at.locate();
            let message = format!("{kind} `{name}` does not exist");
            self.error(Code::UnresolvedReference, &At::of(&at).key("$ref"), message, help);
        }
    }

    /// Notes that a key of an object has an effect.
    pub(super) fn claim(&mut self, at: &impl Locate, key: &str) {
        let owner = self.document.source.root.at(&at.locate());
        let member = owner.and_then(|owner| owner.as_object()?.member(key));
        self.claimed.extend(member.map(|member| member.name_place));
    }

    /// Notes that a key of an object has no effect, though nothing is lost.
    pub(super) fn leave_out(&mut self, at: &impl Locate, key: &str) {
        let at = at.locate();
        let pointer = At::of(&at).key(key).pointer();
        let place = self.document.place(&pointer);
        self.left_out.extend(place.map(|place| (place, pointer)));
    }

    /// Reads an extension of a known form; a value of another form is an error.
    pub(super) fn extension<T: DeserializeOwned>(
        &mut self,
        extensions: &indexmap::IndexMap<String, Json>,
        key: &str,
        form: &str,
        at: &impl Locate,
    ) -> Option<T> {
        let value = extensions.get(key)?;
        self.claim(at, key);
        match serde_json::from_value(value.clone()) {
            Ok(value) => Some(value),
            Err(error) => {
                let message = format!("`{key}` does not have the form `{form}`: {error}");
                let help = format!("write `{key}: {form}`");
                let at = at.locate();
                self.error(Code::InvalidExtension, &At::of(&at).key(key), message, help);
                None
            }
        }
    }

    /// Reports the extensions of this generator that have no meaning here.
    pub(super) fn unknown_extensions(
        &mut self,
        extensions: &indexmap::IndexMap<String, Json>,
        known: &[&str],
        at: &impl Locate,
    ) {
        let of_the_document = extensions.keys().filter(|key| key.starts_with("x-"));
        for key in of_the_document.filter(|key| !known.contains(&key.as_str())) {
            let message = format!("extension `{key}` is unknown: it is ignored");
            let help = did_you_mean(key, known.iter().copied(), "");
            let at = at.locate();
            self.warn(Code::UnknownExtension, &At::of(&at).key(key), message, help);
        }
    }
}

/// The next step for a name that does not exist: the nearest known one, if any is near.
pub(super) fn did_you_mean<'n>(name: &str, known: impl Iterator<Item = &'n str>, prefix: &str) -> String {
    match nearest(name, known) {
        Some(candidate) => format!("did you mean `{prefix}{candidate}`?"),
        None => "check the spelling".to_owned(),
    }
}
