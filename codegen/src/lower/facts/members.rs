//! The members of an object, those of the parts of its `allOf` included.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};

use super::{
    meaning::{Meaning, Meanings},
    parts::ChoiceMeaning,
    refine::Refinement,
};
use crate::document::{Additional, Choice, Form, JsonType, SchemaId, SchemaView, matches_all_names};

/// How many references may lie between an object and a part of its `allOf`.
const MAX_DEPTH: usize = 256;

/// What an object consists of, wherever in an `allOf` that is declared.
#[derive(Default)]
pub(in crate::lower) struct Members<'d> {
    pub(in crate::lower) properties: IndexMap<&'d str, Property<'d>>,
    pub(in crate::lower) required: IndexSet<&'d str>,
    pub(in crate::lower) others: Others<'d>,
    /// The unions of which the members lie among those of the object.
    pub(in crate::lower) unions: Vec<UnionPart<'d>>,
    /// What is wrong with the parts.
    pub(in crate::lower) problems: Vec<Problem<'d>>,
}

/// A property of an object.
pub(in crate::lower) struct Property<'d> {
    pub(in crate::lower) schema: SchemaView<'d>,
    /// The component that it comes from, where that is another one.
    pub(in crate::lower) owner: Option<&'d str>,
    /// What earlier parts declare of it.
    pub(in crate::lower) earlier: Vec<SchemaView<'d>>,
    /// Whether no value is all that the parts declare.
    pub(in crate::lower) is_contradictory: bool,
}

/// What an object may hold under names that are not its properties.
#[derive(Default)]
pub(in crate::lower) struct Others<'d> {
    /// `patternProperties`, each with its schema.
    pub(in crate::lower) patterns: Vec<(&'d str, SchemaView<'d>)>,
    pub(in crate::lower) additional: Option<Rest<'d>>,
}

/// `additionalProperties`.
#[derive(Clone, Copy)]
pub(in crate::lower) enum Rest<'d> {
    Any,
    Nothing,
    Of(SchemaView<'d>),
}

/// A union among the parts of an object.
pub(in crate::lower) enum UnionPart<'d> {
    Component(SchemaView<'d>),
    /// A choice with the variants that have types, and the component that it occurs in, where that is another one.
    Choice(Choice<'d>, Vec<SchemaView<'d>>, Option<&'d str>),
}

/// What is wrong with a part of an object.
pub(in crate::lower) enum Problem<'d> {
    /// A part is not an object.
    NotAnObject(SchemaView<'d>),
    /// A part is a reference to a component that does not exist.
    Unresolved(SchemaView<'d>),
    /// A part leads back to the object that it is a part of.
    Cycle(SchemaView<'d>),
    /// More references than this lie between the object and the part.
    TooDeep(SchemaView<'d>, usize),
    /// An earlier part asks more of a property than the type of the later one has.
    Lossy {
        earlier: SchemaView<'d>,
        later: SchemaView<'d>,
        name: &'d str,
    },
    Contradiction {
        earlier: SchemaView<'d>,
        later: SchemaView<'d>,
        name: &'d str,
    },
}

impl<'d> Others<'d> {
    /// What one schema allows under names that are not its properties.
    pub(in crate::lower) fn of(schema: SchemaView<'d>) -> Self {
        Self {
            patterns: schema.pattern_properties().sorted(),
            additional: rest(schema),
        }
    }

    /// Whether one of the patterns matches every name.
    pub(in crate::lower) fn have_all_names(&self) -> bool {
        self.patterns.iter().any(|(pattern, _)| matches_all_names(pattern))
    }
}

fn rest(schema: SchemaView<'_>) -> Option<Rest<'_>> {
    Some(match schema.additional()? {
        Additional::Any => Rest::Any,
        Additional::Nothing => Rest::Nothing,
        Additional::Of(_) => Rest::Of(schema.additional_schema()?),
    })
}

impl<'d> Meanings<'d> {
    /// The members of an object.
    pub(in crate::lower) fn members(&self, schema: SchemaView<'d>) -> Members<'d> {
        let mut collector = Collector {
            meanings: self,
            root: schema,
            members: Members::default(),
            trail: Vec::new(),
            merged: HashSet::new(),
            is_optional: false,
        };
        collector.add_schema(schema);
        collector.members
    }
}

struct Collector<'f, 'd> {
    meanings: &'f Meanings<'d>,
    root: SchemaView<'d>,
    members: Members<'d>,
    /// The components between the object and the part that is being added.
    trail: Vec<SchemaView<'d>>,
    /// The components that are merged already: a diamond of references has more paths than parts.
    merged: HashSet<SchemaId>,
    /// Whether values may do without the part that is being added.
    is_optional: bool,
}

impl<'d> Collector<'_, 'd> {
    fn owner(&self) -> Option<&'d str> {
        self.trail.last().and_then(|component| component.component_name())
    }

    fn add_schema(&mut self, schema: SchemaView<'d>) {
        let is_object = matches!(schema.json_type(), None | Some(JsonType::Object));
        match schema.form() {
            Form::OneOf | Form::AnyOf => {}
            Form::AllOf => self.add_parts(schema),
            Form::Object => self.add_own(schema),
            Form::Open if is_object => {
                self.add_parts(schema);
                self.add_own(schema);
            }
            _ => self.members.problems.push(Problem::NotAnObject(schema)),
        }
        self.members
            .others
            .patterns
            .extend(schema.pattern_properties().sorted());
        self.add_choices(schema);
    }

    fn add_parts(&mut self, schema: SchemaView<'d>) {
        for part in schema.parts().iter() {
            self.add_part(part);
        }
    }

    fn add_choices(&mut self, schema: SchemaView<'d>) {
        for choice in schema.choices() {
            match self.meanings.parts.choice(choice) {
                ChoiceMeaning::Conditions | ChoiceMeaning::Text => {}
                ChoiceMeaning::One(variant) => self.add_part(variant),
                ChoiceMeaning::OptionalMembers(variant) => {
                    let is_optional = std::mem::replace(&mut self.is_optional, true);
                    self.add_part(variant);
                    self.is_optional = is_optional;
                }
                // A variant that inherits from the choice does not consist of it once more.
                ChoiceMeaning::Many(_) if !self.trail.is_empty() && self.has_variant(choice) => {}
                ChoiceMeaning::Many(variants) => {
                    let union = UnionPart::Choice(choice, variants, self.owner());
                    self.members.unions.push(union);
                }
            }
        }
    }

    /// Whether the object itself is one of the variants.
    fn has_variant(&self, choice: Choice<'d>) -> bool {
        let is_component = self.root.component_name().is_some();
        is_component
            && choice
                .variants
                .iter()
                .any(|variant| variant.referenced() == Some(self.root))
    }

    fn add_part(&mut self, part: SchemaView<'d>) {
        if !part.is_reference() {
            self.add_schema(part);
            return;
        }
        let Some(component) = part.referenced() else {
            self.members.problems.push(Problem::Unresolved(part));
            return;
        };
        if self.trail.contains(&component) {
            self.members.problems.push(Problem::Cycle(part));
        } else if self.trail.len() == MAX_DEPTH {
            self.members.problems.push(Problem::TooDeep(part, MAX_DEPTH));
        } else if self.merged.insert(component.id()) {
            self.trail.push(component);
            self.add_component(component);
            self.trail.pop();
        }
    }

    fn add_component(&mut self, component: SchemaView<'d>) {
        if component.is_reference() {
            self.add_part(component);
        } else if matches!(self.meanings.of(component), Meaning::Union(..)) {
            if !component.choices().any(|choice| self.has_variant(choice)) {
                self.members.unions.push(UnionPart::Component(component));
            }
        } else {
            self.add_schema(component);
        }
    }

    fn add_own(&mut self, schema: SchemaView<'d>) {
        for (name, property) in schema.properties().iter() {
            self.add_property(name, property);
        }
        if !self.is_optional {
            self.members
                .required
                .extend(schema.required().iter().map(|name| &**name));
        }
        let rest = rest(schema).filter(|rest| !(self.is_optional && matches!(rest, Rest::Nothing)));
        match rest {
            // A part that is open stays so beside one that is closed.
            Some(Rest::Nothing) if self.members.others.additional.is_some() => {}
            Some(rest) => self.members.others.additional = Some(rest),
            None => {}
        }
    }

    /// What the schema declares itself comes after its parts, and is the more special.
    fn add_property(&mut self, name: &'d str, schema: SchemaView<'d>) {
        let mut property = Property {
            schema,
            owner: self.owner(),
            earlier: Vec::new(),
            is_contradictory: false,
        };
        if let Some(known) = self.members.properties.get_mut(name) {
            let earlier = known.schema;
            property.earlier.append(&mut known.earlier);
            property.earlier.push(earlier);
            property.is_contradictory = known.is_contradictory;
            match self.meanings.refinement(earlier, schema) {
                Refinement::Complete => {}
                Refinement::Lossy => {
                    let later = schema;
                    self.members.problems.push(Problem::Lossy { earlier, later, name });
                }
                Refinement::Contradiction => {
                    property.is_contradictory = true;
                    let later = schema;
                    self.members
                        .problems
                        .push(Problem::Contradiction { earlier, later, name });
                }
            }
        }
        self.members.properties.insert(name, property);
    }
}
