//! What the variants of a union are called.

use serde_json::Value as Json;

use crate::{
    document::{Form, JsonType, Named, SchemaView},
    lower::facts::{Meaning, Meanings},
};

/// The title that a variant is called after.
pub(super) fn title(variant: SchemaView<'_>) -> Option<&str> {
    variant
        .title()
        .filter(|title| !variant.is_reference() && is_short(title))
}

/// Names the variants of one union.
pub(super) struct VariantNames<'f, 'd> {
    meanings: &'f Meanings<'d>,
    all: &'f [SchemaView<'d>],
}

impl<'f, 'd> VariantNames<'f, 'd> {
    pub(super) fn new(meanings: &'f Meanings<'d>, all: &'f [SchemaView<'d>]) -> Self {
        Self { meanings, all }
    }

    /// After what a variant refers to, its title, its tag or constant, or what sets it apart.
    pub(super) fn name(&self, variant: SchemaView<'d>, tags: &[String]) -> String {
        if let Some(referenced) = variant.referenced_name() {
            return last_part(referenced).to_owned();
        }
        if let Some(title) = title(variant) {
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

/// The properties of an object, as far as it declares them itself.
fn plain_properties(schema: SchemaView<'_>) -> Option<Named<'_>> {
    matches!(schema.form(), Form::Object | Form::Open).then(|| schema.properties())
}

/// The last part of a dotted name.
pub(super) fn last_part(name: &str) -> &str {
    name.rsplit('.').find(|part| !part.is_empty()).unwrap_or(name)
}

/// Returns whether a string can be a name.
fn is_short(text: &str) -> bool {
    (1..=40).contains(&text.chars().count()) && text.chars().any(char::is_alphanumeric)
}
