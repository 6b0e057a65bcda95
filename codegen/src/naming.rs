//! Names with the configuration's say in them, and what there is to report of names.

use serde_json::Value as Json;

use crate::{
    at::At,
    config::Config,
    diagnostic::{Code, Diagnostic, Diagnostics, Place},
    document::{Document, SchemaId},
    ir::{Api, Origin},
    name::{self, Clash, Locate, LostBy, LostPin, NamePlace, Names, Naming, Remarks},
};

/// Names everything. The document gives locations.
pub(crate) fn named<'a>(
    api: &'a Api,
    document: &Document,
    config: &Config,
    diagnostics: &mut Diagnostics,
) -> Names<'a> {
    let naming = Naming {
        prefix: &config.module_prefix,
        titles: config.naming.titles,
        words: &config.naming.words,
        pins: &config.names,
    };
    let (names, remarks) = name::name(api, &naming, document);
    let Remarks { clashes, lost_pins } = remarks;
    diagnostics.extend(clashes.iter().map(clash));
    diagnostics.extend(lost_pins.iter().map(|pin| lost(pin, document)));
    names
}

impl Locate for Document {
    fn pointer(&self, place: NamePlace<'_>) -> Option<String> {
        Some(self.source.origins.source_of(&canonical(self, place)?))
    }

    fn place(&self, place: NamePlace<'_>) -> Option<Place> {
        Self::place(self, &canonical(self, place)?)
    }
}

/// The pointer in the canonical tree.
fn canonical(document: &Document, place: NamePlace<'_>) -> Option<String> {
    match (place.origin, place.value) {
        (Origin::Nowhere, _) => None,
        (Origin::At(pointer), _) => Some(pointer.to_string()),
        (Origin::Component(id) | Origin::Schema(id), None) => Some(document.schemas.pointer(*id)),
        (Origin::Component(id) | Origin::Schema(id), Some(value)) => value_of(document, *id, value),
    }
}

/// The pointer of a value of the `enum` of a schema.
fn value_of(document: &Document, id: SchemaId, value: &str) -> Option<String> {
    let schema = document.schemas.view(id);
    let is_meant = |known: &Json| match known {
        Json::String(known) => known == value || is_json_of(value, known),
        known => is_json_of(value, known),
    };
    let index = schema.values().iter().position(is_meant)?;
    Some(At::of(&schema.key("enum")).index(index).pointer())
}

/// Whether a string is the JSON of a value.
fn is_json_of<T: serde::Serialize + ?Sized>(text: &str, value: &T) -> bool {
    serde_json::to_string(value).is_ok_and(|json| json == text)
}

/// A note about several things of which none has the identifier that all of them asked for.
fn clash(clash: &Clash) -> Diagnostic {
    let Clash { ident, rivals } = clash;
    let first = rivals.iter().find(|rival| rival.pointer.is_some());
    let pointer = first.and_then(|rival| rival.pointer.as_deref()).unwrap_or_default();
    let place = first.and_then(|rival| rival.place);
    let named = rivals
        .iter()
        .map(|rival| format!("`{}` is `{}`", rival.wire, rival.name));
    let named: Vec<String> = named.collect();
    let message = format!(
        "the name `{ident}` is ambiguous, so each item has a suffix: {}",
        named.join(", ")
    );
    let lines = rivals.iter().filter_map(|rival| rival.pointer.as_deref());
    let lines = lines.map(|pointer| format!("`  {}: {ident}`", yaml(pointer)));
    let lines: Vec<String> = lines.collect();
    let help = format!(
        "To keep the name for one of them, add its line below `names:` in the configuration: {}.",
        lines.join(" or ")
    );
    let mut note = Diagnostic::warning(Code::NameClash, place, pointer, message).help(help);
    for rival in rivals.iter().filter(|rival| rival.place != place) {
        if let Some(place) = rival.place {
            note = note.related(place, format!("`{}` is declared here", rival.wire));
        }
    }
    note
}

/// An error about a pin that has no effect.
fn lost(pin: &LostPin, document: &Document) -> Diagnostic {
    let LostPin { pointer, ident, reason } = pin;
    let (message, help) = match reason {
        LostBy::Taken => (
            format!("`names` gives the name `{ident}` to `{pointer}`, but that name is reserved or pinned already"),
            "Choose another name for one of them.".to_owned(),
        ),
        LostBy::NotAnIdentifier => (
            format!("`names` gives the name `{ident}` to `{pointer}`, but that is not a Rust identifier"),
            "Use letters, digits and underscores, and begin with a letter.".to_owned(),
        ),
        LostBy::OtherCase => (
            format!("`names` gives the name `{ident}` to `{pointer}`, which has no name of this case"),
            "Begin the names of types and variants with a capital letter, and all other names with a small one."
                .to_owned(),
        ),
        LostBy::NothingThere(nearest) => (
            format!("`names` has the pointer `{pointer}`, but nothing that has a name is declared there"),
            match nearest {
                Some(near) => format!("did you mean `{near}`?"),
                None => "Remove the line, or use the JSON pointer of a schema, a property or an operation.".to_owned(),
            },
        ),
    };
    Diagnostic::error(Code::InvalidPin, document.place(pointer), pointer, message).help(help)
}

/// A pointer as a key of YAML.
fn yaml(pointer: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || "/~._-{}$+@".contains(sign);
    if pointer.chars().all(is_plain) {
        pointer.to_owned()
    } else {
        format!("'{}'", pointer.replace('\'', "''"))
    }
}
