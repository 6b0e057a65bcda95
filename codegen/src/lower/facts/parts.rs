//! What a part of an `allOf` brings, and what a choice means.

use std::{cell::Cell, collections::HashSet};

use super::{
    conditions::Conditions,
    values::values,
    variants::{Verdict, limit_only, verdict},
};
use crate::document::{Choice, Form, JsonType, SchemaId, SchemaView, Schemas, Schemata};

/// What a part of an `allOf` brings to the whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::lower) enum Brings {
    /// Properties.
    Members,
    /// One of several types.
    Choice,
    /// A type that is not an object.
    OtherType,
    /// Words only: a description, a default.
    Annotations,
}

/// What a choice means.
pub(in crate::lower) enum ChoiceMeaning<'d> {
    /// Its variants only set conditions.
    Conditions,
    /// One variant has properties, which a value may have, and the others set conditions.
    OptionalMembers(SchemaView<'d>),
    /// One variant allows as much as all.
    One(SchemaView<'d>),
    /// Strings of different formats.
    Text,
    /// Several types, or one that other values than its own are allowed beside.
    Many(Vec<SchemaView<'d>>),
}

/// Inline parts come first: one object decides, and no reference is followed.
fn inline_first(parts: Schemata<'_>) -> impl Iterator<Item = SchemaView<'_>> {
    let (references, inline): (Vec<_>, Vec<_>) = parts.iter().partition(|part| part.is_reference());
    inline.into_iter().chain(references)
}

/// Whether a schema says something of members by their names.
fn names_members(schema: SchemaView<'_>) -> bool {
    !schema.properties().is_empty()
        || !schema.required().is_empty()
        || !schema.pattern_properties().is_empty()
        || schema.property_names().is_some()
}

#[derive(Clone, Copy)]
enum Progress {
    Unknown,
    Started,
    Known(Brings),
}

/// What schemas bring as parts, each decided once.
pub(in crate::lower) struct Parts {
    pub(in crate::lower) conditions: Conditions,
    progress: Vec<Cell<Progress>>,
}

/// A schema that is being decided, with those that have to be decided before.
struct Frame<'d> {
    schema: SchemaView<'d>,
    needed: Vec<SchemaView<'d>>,
    /// How many of these are parts: the first one that brings members decides.
    parts: usize,
    next: usize,
}

/// How many parts of an `allOf` bring members, and how many a choice.
#[derive(Clone, Copy, Default)]
pub(super) struct Counts {
    pub(super) members: usize,
    pub(super) choices: usize,
}

impl Parts {
    pub(super) fn new(schemas: &Schemas) -> Self {
        Self {
            conditions: Conditions::new(schemas),
            progress: vec![Cell::new(Progress::Unknown); schemas.len()],
        }
    }

    /// What a schema brings as a part. A reference that leads nowhere or back to itself is an error elsewhere.
    pub(in crate::lower) fn brings(&self, schema: SchemaView<'_>) -> Brings {
        let Some(schema) = schema.target() else {
            return Brings::Members;
        };
        match self.progress(schema).get() {
            Progress::Known(brings) => brings,
            Progress::Started => Brings::Members,
            Progress::Unknown => {
                self.decide_all(schema);
                self.brings(schema)
            }
        }
    }

    fn progress(&self, schema: SchemaView<'_>) -> &Cell<Progress> {
        &self.progress[schema.id().index()]
    }

    /// Decides a schema and what it needs, on an explicit stack: a document can chain references as long as it likes.
    fn decide_all(&self, schema: SchemaView<'_>) {
        let mut open = vec![self.start(schema)];
        while let Some(frame) = open.last_mut() {
            if let Some(needed) = self.next_needed(frame) {
                let frame = self.start(needed);
                open.push(frame);
                continue;
            }
            let brings = self.decide(frame.schema);
            self.progress(frame.schema).set(Progress::Known(brings));
            open.pop();
        }
    }

    fn start<'d>(&self, schema: SchemaView<'d>) -> Frame<'d> {
        self.progress(schema).set(Progress::Started);
        let mut needed = Vec::new();
        if matches!(schema.form(), Form::AllOf | Form::Open) {
            needed.extend(inline_first(schema.parts()));
        }
        let parts = needed.len();
        if matches!(schema.form(), Form::OneOf | Form::AnyOf | Form::Open) {
            needed.extend(
                schema
                    .choices()
                    .filter_map(|choice| match verdict(choice, &self.conditions) {
                        Verdict::One(variant) | Verdict::Mixed(variant) => Some(variant),
                        Verdict::Conditions | Verdict::Text | Verdict::Many(_) => None,
                    }),
            );
        }
        Frame {
            schema,
            needed,
            parts,
            next: 0,
        }
    }

    /// The next schema that has to be decided before.
    fn next_needed<'d>(&self, frame: &mut Frame<'d>) -> Option<SchemaView<'d>> {
        while let Some(needed) = frame.needed.get(frame.next) {
            let is_part = frame.next < frame.parts;
            frame.next += 1;
            let Some(needed) = needed.target() else { continue };
            match self.progress(needed).get() {
                Progress::Unknown => {
                    // Whoever comes back looks at what it brings.
                    frame.next -= usize::from(is_part);
                    return Some(needed);
                }
                Progress::Started | Progress::Known(Brings::Members) if is_part => frame.next = frame.parts,
                Progress::Started | Progress::Known(_) => {}
            }
        }
        None
    }

    fn decide(&self, schema: SchemaView<'_>) -> Brings {
        if schema.constant().is_some() || values(schema).is_some() {
            return Brings::OtherType;
        }
        let is_object = matches!(schema.json_type(), None | Some(JsonType::Object));
        match schema.form() {
            Form::Object => Brings::Members,
            Form::String | Form::Integer | Form::Number | Form::Boolean | Form::Array => Brings::OtherType,
            Form::AllOf => self.of_all(schema.parts()),
            Form::OneOf | Form::AnyOf => self.of_choices(schema).next().unwrap_or(Brings::Annotations),
            Form::Open if !is_object => Brings::OtherType,
            Form::Open if names_members(schema) => Brings::Members,
            Form::Open if schema.items().is_some() => Brings::OtherType,
            Form::Open => {
                let of_parts = self.of_all(schema.parts());
                let of_choice = self.of_choices(schema).next();
                match (of_parts, of_choice) {
                    (of_parts, None) => of_parts,
                    (Brings::Annotations, Some(of_choice)) => of_choice,
                    (_, Some(_)) => Brings::Members,
                }
            }
        }
    }

    fn of_all(&self, parts: Schemata<'_>) -> Brings {
        let mut found = Brings::Annotations;
        for part in inline_first(parts) {
            found = match (self.brings(part), found) {
                (Brings::Members, _) => return Brings::Members,
                (Brings::Choice, _) | (_, Brings::Choice) => Brings::Choice,
                (Brings::OtherType, _) | (_, Brings::OtherType) => Brings::OtherType,
                (Brings::Annotations, _) => Brings::Annotations,
            };
        }
        found
    }

    fn of_choices(&self, schema: SchemaView<'_>) -> impl Iterator<Item = Brings> {
        schema.choices().map(|choice| match self.choice(choice) {
            ChoiceMeaning::Conditions => Brings::Annotations,
            ChoiceMeaning::OptionalMembers(_) => Brings::Members,
            ChoiceMeaning::One(variant) => self.brings(variant),
            ChoiceMeaning::Text => Brings::OtherType,
            ChoiceMeaning::Many(_) => Brings::Choice,
        })
    }

    /// What a choice means.
    pub(in crate::lower) fn choice<'d>(&self, choice: Choice<'d>) -> ChoiceMeaning<'d> {
        let only = match verdict(choice, &self.conditions) {
            Verdict::Conditions => return ChoiceMeaning::Conditions,
            Verdict::One(variant) => return ChoiceMeaning::One(variant),
            Verdict::Text => return ChoiceMeaning::Text,
            Verdict::Many(variants) => return ChoiceMeaning::Many(variants),
            Verdict::Mixed(only) => only,
        };
        let own_type = |schema: SchemaView<'d>| schema.json_type().filter(|json_type| *json_type != JsonType::Object);
        if self.brings(only) == Brings::Members {
            return ChoiceMeaning::OptionalMembers(only);
        }
        let is_known = own_type(choice.owner).is_some();
        let of_only = only.target().and_then(own_type);
        if is_known || of_only.is_some_and(|json_type| limit_only(choice, &self.conditions, json_type)) {
            ChoiceMeaning::One(only)
        } else {
            ChoiceMeaning::Many(vec![only])
        }
    }

    pub(super) fn count(&self, parts: Schemata<'_>) -> Counts {
        let mut counts = Counts::default();
        for part in parts.iter() {
            match self.brings(part) {
                Brings::Members => counts.members += 1,
                Brings::Choice => counts.choices += 1,
                Brings::OtherType | Brings::Annotations => {}
            }
        }
        counts
    }

    /// The one part of an `allOf` that has a type, where the others only annotate it.
    pub(in crate::lower) fn only_part<'d>(&self, parts: Schemata<'d>) -> Option<SchemaView<'d>> {
        let mut typed = parts.iter().filter(|part| self.brings(*part) != Brings::Annotations);
        match (typed.next(), typed.next()) {
            (Some(only), None) => Some(only),
            (Some(_), Some(_)) => None,
            (None, _) => parts.get(0),
        }
    }

    /// The most special of the parts of an `allOf`, where all of them are strings or all of them are numbers.
    pub(super) fn most_special_part<'d>(&self, parts: Schemata<'d>) -> Option<SchemaView<'d>> {
        let mut best: Option<(JsonType, usize, SchemaView<'d>)> = None;
        for part in parts.iter().filter(|part| self.brings(*part) != Brings::Annotations) {
            let schema = part.target()?;
            let has_format = usize::from(schema.format().is_some());
            let (json_type, rank) = match schema.form() {
                Form::String if !schema.values().is_empty() => (JsonType::String, 2),
                Form::String => (JsonType::String, has_format),
                Form::Integer => (JsonType::Number, 1 + has_format),
                Form::Number => (JsonType::Number, has_format),
                _ => return None,
            };
            match best {
                Some((other, ..)) if other != json_type => return None,
                Some((_, best_rank, _)) if best_rank >= rank => {}
                _ => best = Some((json_type, rank, part)),
            }
        }
        best.map(|(.., part)| part)
    }

    /// The inline parts of an `allOf` that only annotate the part that has a type.
    pub(in crate::lower) fn annotations<'d>(&self, schema: SchemaView<'d>) -> Vec<SchemaView<'d>> {
        let is_annotation = |part: &SchemaView<'d>| self.brings(*part) == Brings::Annotations;
        let parts = schema.parts().iter().filter(|part| !part.is_reference());
        parts.filter(is_annotation).collect()
    }

    /// The inline parts of an `allOf` and the inline parts of those: what it says itself about its values.
    pub(in crate::lower) fn inline_parts<'d>(schema: SchemaView<'d>) -> Vec<SchemaView<'d>> {
        let inline = |schema: SchemaView<'d>| schema.parts().iter().filter(|part| !part.is_reference());
        let mut found: Vec<SchemaView<'d>> = inline(schema).collect();
        let mut next = 0;
        while let Some(part) = found.get(next) {
            found.extend(inline(*part));
            next += 1;
        }
        found
    }

    /// The schema behind a reference and the parts that are about the same values: an object of several parts with
    /// properties inherits those, and not what its parts are as a whole.
    pub(in crate::lower) fn layers<'d>(&self, schema: SchemaView<'d>) -> Vec<SchemaView<'d>> {
        let mut layers = Vec::new();
        let mut seen: HashSet<SchemaId> = HashSet::new();
        let mut open = vec![schema];
        while let Some(schema) = open.pop() {
            let Some(schema) = schema.target() else { continue };
            if !seen.insert(schema.id()) {
                continue;
            }
            layers.push(schema);
            let only = self.only_part(schema.parts()).map(SchemaView::id);
            let is_layer = |part: &SchemaView<'d>| Some(part.id()) == only || self.brings(*part) != Brings::Members;
            let first = open.len();
            open.extend(schema.parts().iter().filter(is_layer));
            open[first..].reverse();
        }
        layers
    }

    /// Whether the values of a schema travel in responses alone, and in requests alone.
    pub(in crate::lower) fn directions(&self, schema: SchemaView<'_>) -> (bool, bool) {
        let layers = self.layers(schema);
        let is_read_only = layers.iter().any(|layer| layer.is_read_only());
        (is_read_only, layers.iter().any(|layer| layer.is_write_only()))
    }

    /// The type of all values of a schema, as far as it or its parts declare or imply one.
    pub(in crate::lower) fn json_type(&self, schema: SchemaView<'_>) -> Option<JsonType> {
        if let Some(declared) = schema.target()?.json_type() {
            return Some(declared);
        }
        let inner = self.unwrapped(schema)?;
        match self.brings(inner) {
            Brings::Members => Some(JsonType::Object),
            Brings::Choice | Brings::Annotations | Brings::OtherType => inner.json_type().or_else(|| {
                let special = self.most_special_part(inner.parts())?;
                special.target()?.json_type()
            }),
        }
    }

    /// The schema behind references and behind wrappers of one part.
    pub(in crate::lower) fn unwrapped<'d>(&self, schema: SchemaView<'d>) -> Option<SchemaView<'d>> {
        let mut seen: HashSet<SchemaId> = HashSet::new();
        let mut schema = schema.target()?;
        while schema.form() == Form::AllOf && seen.insert(schema.id()) {
            let Some(only) = self.only_part(schema.parts()) else {
                break;
            };
            schema = only.target()?;
        }
        Some(schema)
    }
}

#[cfg(test)]
mod tests {
    use super::{Brings, Parts};
    use crate::{
        config::Limits,
        diagnostic::Diagnostics,
        document::{Document, SchemaView},
        read::read,
    };

    /// How many references lie between the first schema and the last one.
    const LENGTH: usize = 2_000;

    #[test]
    fn what_a_schema_brings_does_not_depend_on_how_far_away_it_is() {
        for (last, expected) in [
            ("{type: string}", Brings::OtherType),
            ("{description: Words.}", Brings::Annotations),
            ("{oneOf: [{type: string}, {type: integer}]}", Brings::Choice),
            ("{properties: {a: {type: string}}}", Brings::Members),
        ] {
            let link = |number| {
                format!(
                    "    S{number}: {{allOf: [{{$ref: '#/components/schemas/S{}'}}]}}\n",
                    number + 1
                )
            };
            let links: String = (0..LENGTH).map(link).collect();
            let text = format!(
                "openapi: 3.0.3\ninfo: {{title: Long, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{links}    S{LENGTH}: {last}\n"
            );
            let source = read("long.yaml", text.as_bytes(), &Limits::default()).unwrap_or_else(|_| unreachable!());
            let document = Document::build(source, crate::normalize::Version::V30, &mut Diagnostics::default());
            let schemas = document.map(|document| document.schemas).unwrap_or_default();
            let parts = Parts::new(&schemas);
            let first: Option<SchemaView<'_>> = schemas.component("S0");
            assert_eq!(first.map(|first| parts.brings(first)), Some(expected));
        }
    }
}
