//! What the variants of a union are called.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;

use crate::{
    document::{Form, JsonType, Named, SchemaView},
    lower::facts::{Meaning, Meanings},
};

/// So many properties set a variant apart in its name.
const MAX_PROPERTIES: usize = 3;

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
        let variants = || self.all.iter().enumerate();
        let names = variants().map(|(index, variant)| self.name(*variant, tags.get(index).map_or(&[], Vec::as_slice)));
        let names: Vec<String> = names.collect();
        if !has_repetitions(&names) {
            return names;
        }
        let is_repeated = |name: &String| names.iter().filter(|other| *other == name).count() > 1;
        let apart = variants()
            .zip(&names)
            .map(|((_, variant), name)| match is_repeated(name) {
                true => format!("{name} {}", self.apart(*variant)).trim_end().to_owned(),
                false => name.clone(),
            });
        let apart: Vec<String> = apart.collect();
        // What is left is alike in everything that a name could say: its number among as many.
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let numbered = apart.iter().map(|name| {
            let count = apart.iter().filter(|other| *other == name).count();
            let number = numbers.entry(name).or_default();
            *number += 1;
            match count {
                1 => name.clone(),
                _ => format!("{name} {number} of {count}"),
            }
        });
        numbered.collect()
    }

    /// What sets a variant apart from others of its name: the namespace of what it refers to, its first required property,
    /// its properties, or its first value.
    fn apart(&self, variant: SchemaView<'d>) -> String {
        if let Some(referenced) = variant.referenced_name() {
            let namespace = referenced.strip_suffix(last_part(referenced)).unwrap_or_default();
            let namespace = namespace.replace('.', " ");
            return match namespace.trim() {
                "" => "schema".to_owned(),
                namespace => namespace.to_owned(),
            };
        }
        let required = variant.required().iter().map(String::as_str).min();
        if let Some(required) = required {
            return required.replace('.', " ");
        }
        let mut properties: Vec<&str> = variant.properties().names().collect();
        properties.sort_unstable();
        properties.truncate(MAX_PROPERTIES);
        if !properties.is_empty() {
            return properties.join(" ").replace('.', " ");
        }
        let first = variant.values().iter().find_map(Json::as_str);
        first
            .filter(|value| is_short(value))
            .unwrap_or_default()
            .replace('.', " ")
    }

    /// After what a variant refers to, its title where titles are names, its tag or constant, or what sets it apart.
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
        self.own_member(variant).unwrap_or_else(|| self.kind(variant))
    }

    /// A property that no other variant has, a required one first.
    fn own_member(&self, variant: SchemaView<'d>) -> Option<String> {
        let properties = plain_properties(variant)?;
        let others = self
            .all
            .iter()
            .filter_map(|other| other.target())
            .filter(|other| *other != variant);
        let theirs: Vec<Named<'d>> = others.filter_map(plain_properties).collect();
        let is_own = |name: &&str| !name.is_empty() && !theirs.iter().any(|others| others.contains(name));
        // The order of properties has no meaning.
        let mut sorted: Vec<&str> = properties.names().collect();
        sorted.sort_unstable();
        let required = variant.required().iter().map(String::as_str);
        let mut in_order = required.filter(|name| properties.contains(name)).chain(sorted);
        in_order.find(is_own).map(|name| name.replace('.', " "))
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

fn has_repetitions(names: &[String]) -> bool {
    let distinct: HashSet<&String> = names.iter().collect();
    distinct.len() < names.len()
}

/// The properties of an object, as far as it declares them itself.
fn plain_properties(schema: SchemaView<'_>) -> Option<Named<'_>> {
    matches!(schema.form(), Form::Object | Form::Open).then(|| schema.properties())
}

/// The last part of a dotted name.
pub(super) fn last_part(name: &str) -> &str {
    name.rsplit('.').find(|part| !part.is_empty()).unwrap_or(name)
}

/// Whether a text can be a name.
fn is_short(text: &str) -> bool {
    (1..=40).contains(&text.chars().count()) && text.chars().any(char::is_alphanumeric)
}
