//! What the variants of a union are called.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde_json::Value as Json;

use crate::{
    document::{Form, JsonType, SchemaView},
    lower::facts::{Meaning, Meanings},
};

/// The title that a variant can be called after.
pub(super) fn title(variant: SchemaView<'_>) -> Option<&str> {
    variant
        .title()
        .filter(|title| !variant.is_reference() && is_short(title))
}

/// Names the variants of one union.
pub(super) struct VariantNames<'f, 'd> {
    meanings: &'f Meanings<'d>,
    all: &'f [SchemaView<'d>],
    /// Whether titles are names.
    titles: bool,
}

impl<'f, 'd> VariantNames<'f, 'd> {
    pub(super) fn new(meanings: &'f Meanings<'d>, all: &'f [SchemaView<'d>], titles: bool) -> Self {
        Self { meanings, all, titles }
    }

    /// The names of all variants, in their order; `tags` are their discriminator values. Where several variants have one
    /// name, each of them gets what sets it apart, and none keeps the name: a variant more never takes the name of another.
    pub(super) fn names(&self, tags: &[Vec<String>]) -> Vec<String> {
        let variants = self.all.iter().enumerate();
        let names = variants.map(|(index, variant)| self.name(*variant, tags.get(index).map_or(&[], Vec::as_slice)));
        let names: Vec<String> = names.collect();
        let repeated = repetitions(&names);
        if repeated.is_empty() {
            return names;
        }
        let members: Vec<Members<'d>> = self.all.iter().map(|variant| members(*variant)).collect();
        let apart = self.all.iter().zip(&members).zip(&names).map(|((variant, own), name)| {
            let apart = repeated
                .contains_key(name.as_str())
                .then(|| apart(*variant, own, &members));
            format!("{name} {}", apart.unwrap_or_default()).trim_end().to_owned()
        });
        let apart: Vec<String> = apart.collect();
        // What is left has nothing of its own that a name could say: its number among as many.
        let counts = repetitions(&apart);
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let numbered = apart.iter().map(|name| {
            let alone = repeated.contains_key(name.as_str()).then_some(&1);
            let Some(count) = counts.get(name.as_str()).or(alone) else {
                return name.clone();
            };
            let number = numbers.entry(name).or_default();
            *number += 1;
            format!("{name} {number} of {count}")
        });
        numbered.collect()
    }

    /// After what a variant refers to, its title where titles are names, its discriminator value or constant, or its kind.
    fn name(&self, variant: SchemaView<'d>, tags: &[String]) -> String {
        if let Some(referenced) = variant.referenced_name() {
            return last_part(referenced).to_owned();
        }
        if let Some(title) = title(variant).filter(|_| self.titles) {
            return title.replace('.', " ");
        }
        if let Some(tag) = tags.first() {
            return tag.replace('.', " ");
        }
        match variant.constant() {
            Some(Json::String(text)) if is_short(text) => return text.replace('.', " "),
            Some(constant @ (Json::Number(_) | Json::Bool(_))) => return constant.to_string().replace('.', " "),
            _ => {}
        }
        let first = variant.parts().get(0).filter(|_| variant.form() == Form::AllOf);
        if let Some(name) = first
            .and_then(SchemaView::referenced)
            .and_then(SchemaView::component_name)
        {
            return last_part(name).to_owned();
        }
        self.kind(variant)
    }

    /// What a schema is in one word.
    fn kind(&self, schema: SchemaView<'d>) -> String {
        let word = match schema.form() {
            Form::String if !schema.values().is_empty() => "enum",
            Form::String => schema.format().filter(|format| is_short(format)).unwrap_or("string"),
            Form::Array => return self.kind_of_array(schema),
            Form::Object if schema.properties().is_empty() => "map",
            Form::Object | Form::AllOf => "object",
            Form::Integer | Form::Number | Form::Boolean => schema.json_type().map_or("any", JsonType::as_str),
            Form::OneOf | Form::AnyOf => "choice",
            Form::Open => match self.meanings.of(schema) {
                Meaning::Values(_) => "enum",
                Meaning::Struct => "object",
                Meaning::Tuple => "tuple",
                _ => "any",
            },
        };
        word.to_owned()
    }

    fn kind_of_array(&self, schema: SchemaView<'d>) -> String {
        match schema.items() {
            Some(items) if items.is_reference() => match items.referenced().and_then(SchemaView::component_name) {
                Some(name) => format!("{} list", last_part(name)),
                None => "list".to_owned(),
            },
            Some(items) if items.form() != Form::Open => format!("{} list", self.kind(items)),
            _ => "list".to_owned(),
        }
    }
}

/// The names that occur more than once, with how often they do.
fn repetitions(names: &[String]) -> HashMap<&str, usize> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    counts.retain(|_, count| *count > 1);
    counts
}

/// The names of the properties of an object, and of those that it requires.
#[derive(Default)]
struct Members<'d> {
    all: BTreeSet<&'d str>,
    required: BTreeSet<&'d str>,
}

/// What a variant declares itself, and by the parts of its `allOf`.
fn members(variant: SchemaView<'_>) -> Members<'_> {
    let mut members = Members::default();
    let mut known = HashSet::new();
    let mut open = vec![variant];
    while let Some(part) = open.pop() {
        if known.insert(part.id()) {
            members.all.extend(part.properties().names());
            members.required.extend(part.required().iter().map(|name| &**name));
            open.extend(part.parts().iter().filter_map(SchemaView::target));
        }
    }
    members
}

/// What sets a variant apart from others of its name: the namespace of what it refers to, a property that no other variant
/// has, a required one first, or its first value. The order of properties has no meaning, and a name without letters cannot be
/// a part of an identifier.
fn apart<'d>(variant: SchemaView<'d>, own: &Members<'d>, all: &[Members<'d>]) -> String {
    if let Some(referenced) = variant.referenced_name() {
        let namespace = referenced.strip_suffix(last_part(referenced)).unwrap_or_default();
        let namespace = namespace.replace('.', " ");
        return match namespace.trim() {
            "" => "schema".to_owned(),
            namespace => namespace.to_owned(),
        };
    }
    let has_letters = |name: &&&str| name.chars().any(char::is_alphanumeric);
    let is_own = |name: &&&str| has_letters(name) && all.iter().filter(|other| other.all.contains(*name)).count() == 1;
    let required = own.required.iter().filter(|name| own.all.contains(*name));
    let property = required.chain(&own.all).find(is_own);
    let is_required_here_alone =
        |name: &&&str| has_letters(name) && all.iter().filter(|other| other.required.contains(*name)).count() == 1;
    let property = property.or_else(|| own.required.iter().find(is_required_here_alone));
    let value = || {
        let first = variant.values().iter().find_map(Json::as_str);
        first.filter(|value| is_short(value))
    };
    property.copied().or_else(value).unwrap_or_default().replace('.', " ")
}

/// The last part of a dotted name.
pub(super) fn last_part(name: &str) -> &str {
    name.rsplit('.').find(|part| !part.is_empty()).unwrap_or(name)
}

/// Returns whether a string can be a name.
fn is_short(text: &str) -> bool {
    (1..=40).contains(&text.chars().count()) && text.chars().any(char::is_alphanumeric)
}
