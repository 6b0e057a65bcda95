//! What the schemas of a document mean, in words: for those who look for the reason why a type is as it is.

use super::facts::{
    Brings, ChoiceMeaning, Component, Facts, Meaning, Meanings, Members, Others, Problem, Rest, TagProblem, Tags,
    UnionPart, Untyped, conditional_names, is_nullable, values,
};
use crate::{
    document::{Choice, Document, SchemaView},
    ir::ValueKind,
};

/// What a schema means.
#[derive(Debug)]
pub(crate) struct Described {
    /// The pointer of the schema in the canonical tree.
    pub(crate) pointer: String,
    pub(crate) meaning: String,
    /// What else decides over its type, a sentence each.
    pub(crate) facts: Vec<String>,
}

/// What each schema of a document means.
pub(crate) fn describe(document: &Document) -> Vec<Described> {
    let facts = Facts::new(&document.schemas);
    let schemas = document.schemas.ids().map(|id| document.schemas.view(id));
    let described = schemas.map(|schema| {
        let describing = Describing { facts: &facts, schema };
        Described {
            pointer: schema.pointer(),
            meaning: describing.meaning(),
            facts: describing.facts(),
        }
    });
    described.collect()
}

struct Describing<'f, 'd> {
    facts: &'f Facts<'d>,
    schema: SchemaView<'d>,
}

impl<'d> Describing<'_, 'd> {
    fn meanings(&self) -> &Meanings<'d> {
        &self.facts.meanings
    }

    /// A reference, or a schema that could not be read, means nothing itself.
    fn is_readable(&self) -> bool {
        !self.schema.is_reference() && self.schema.target().is_some()
    }

    fn component(&self) -> Option<Component<'_, 'd>> {
        let is_component = self.is_readable() && self.schema.component_name().is_some();
        is_component.then(|| self.facts.component(self.schema))
    }

    fn meaning(&self) -> String {
        let schema = self.schema;
        if schema.is_reference() {
            let name = schema.referenced_name().unwrap_or("nothing");
            let is_lost = if schema.target().is_some() {
                ""
            } else {
                ", which does not exist"
            };
            return format!("reference to {name}{is_lost}");
        }
        if !self.is_readable() {
            return "not read".to_owned();
        }
        let own = match self.component() {
            Some(Component::Family(members)) => {
                let members = members.iter().filter_map(|member| member.component_name());
                format!("family, extended by {}", members.collect::<Vec<_>>().join(", "))
            }
            Some(Component::Struct) => "struct".to_owned(),
            Some(Component::Newtype) => "newtype of string".to_owned(),
            Some(Component::Endless) => "array or map that contains itself".to_owned(),
            Some(Component::Own(_) | Component::Alias) | None => self.own_meaning(),
        };
        let null = if is_nullable(schema) { ", or null" } else { "" };
        format!("{own}{null}")
    }

    fn own_meaning(&self) -> String {
        let schema = self.schema;
        match self.meanings().of(schema) {
            Meaning::Constant => format!(
                "constant {}",
                schema.constant().map(ToString::to_string).unwrap_or_default()
            ),
            Meaning::Enum => format!("enum of strings {}", listed(schema)),
            Meaning::Values(kind) => format!("enum of {} {}", kind_of(*kind), listed(schema)),
            Meaning::Union(choice, variants) => format!("union of {}", self.choice(*choice, variants)),
            Meaning::Struct => "struct".to_owned(),
            Meaning::Tuple => format!("tuple of {}", schema.prefix_items().len()),
            Meaning::Text => "string".to_owned(),
            Meaning::Scalar(scalar) => match scalar.unknown_format {
                Some(read_as) => format!(
                    "scalar {}: the format is unknown and read as {read_as}",
                    scalar.primitive.as_str()
                ),
                None => format!("scalar {}", scalar.primitive.as_str()),
            },
            Meaning::Array => "array".to_owned(),
            Meaning::Map => "map".to_owned(),
            Meaning::Same(other) => format!("same as {}", self.short(*other)),
            Meaning::Any(Untyped::Unlimited) => {
                "any: it does not constrain the type, or only sets conditions".to_owned()
            }
            Meaning::Any(Untyped::Parts) => "any: the parts are of different types".to_owned(),
            Meaning::Any(Untyped::Keywords) => "any: the keywords do not form a type".to_owned(),
        }
    }

    /// A schema below this one: the component that it refers to, or the way to it.
    fn short(&self, other: SchemaView<'d>) -> String {
        if let Some(name) = other.referenced_name() {
            return name.to_owned();
        }
        let pointer = other.pointer();
        let below = pointer
            .strip_prefix(&self.schema.pointer())
            .and_then(|rest| rest.strip_prefix('/'));
        below.unwrap_or(&pointer).to_owned()
    }

    fn all_short(&self, others: impl IntoIterator<Item = SchemaView<'d>>) -> String {
        let others: Vec<String> = others.into_iter().map(|other| self.short(other)).collect();
        others.join(", ")
    }

    fn choice(&self, choice: Choice<'d>, variants: &[SchemaView<'d>]) -> String {
        format!("{} [{}]", choice.keyword, self.all_short(variants.iter().copied()))
    }

    fn facts(&self) -> Vec<String> {
        if !self.is_readable() {
            return Vec::new();
        }
        let mut facts = self.parts();
        let component = self.component();
        match (&component, self.meanings().of(self.schema)) {
            (Some(Component::Family(members)), _) => {
                let mut problems = Vec::new();
                let tags = self.meanings().family_tags(self.schema, members, &mut problems);
                let all: Vec<_> = std::iter::once(self.schema).chain(members.iter().copied()).collect();
                facts.extend(self.tags(&tags, &all, &problems));
                facts.extend(self.members());
            }
            (_, Meaning::Union(choice, variants)) => facts.extend(self.union(*choice, variants)),
            (Some(Component::Struct), _) | (_, Meaning::Struct) => facts.extend(self.members()),
            (_, Meaning::Map) => facts.extend(self.others(&Others::of(self.schema))),
            _ => {}
        }
        facts.extend(self.choices());
        facts.extend(self.conditions());
        facts
    }

    fn parts(&self) -> Vec<String> {
        let parts = self.schema.parts().iter();
        let lines = parts.map(|part| {
            let brings = match self.meanings().parts.brings(part) {
                Brings::Members => "properties",
                Brings::Choice => "a choice",
                Brings::OtherType => "a type that is not an object",
                Brings::Annotations => "annotations only",
            };
            format!("part {} brings {brings}", self.short(part))
        });
        lines.collect()
    }

    fn union(&self, choice: Choice<'d>, variants: &[SchemaView<'d>]) -> Vec<String> {
        let mut problems = Vec::new();
        let tags = self.meanings().tags(choice.owner, variants, &mut problems);
        self.tags(&tags, variants, &problems)
    }

    fn tags(&self, tags: &Tags<'d>, variants: &[SchemaView<'d>], problems: &[TagProblem<'d>]) -> Vec<String> {
        let Some(property) = tags.name else {
            return vec!["variants are selected by their form".to_owned()];
        };
        let is_untold = problems
            .iter()
            .any(|problem| matches!(problem, TagProblem::Untold { .. }));
        let reason = match self.schema.discriminator() {
            Some(_) if !is_untold => "the discriminator",
            _ => "a constant of each variant",
        };
        let mut lines = vec![format!("discriminator values are in {property}, by {reason}")];
        lines.extend(variants.iter().zip(&tags.of).map(|(variant, values)| {
            let name = variant
                .component_name()
                .map_or_else(|| self.short(*variant), str::to_owned);
            format!(
                "{} selects {name}",
                values
                    .iter()
                    .map(|value| format!("{value:?}"))
                    .collect::<Vec<_>>()
                    .join(" or ")
            )
        }));
        lines
    }

    fn members(&self) -> Vec<String> {
        let members: Members<'d> = self.meanings().members(self.schema);
        let mut lines: Vec<String> = Vec::new();
        for (name, property) in &members.properties {
            let mut line = format!("property {name}");
            if members.required.contains(name) {
                line.push_str(", required");
            }
            if let Some(owner) = property.owner {
                line.extend([", of ", owner]);
            }
            if !property.earlier.is_empty() {
                let earlier = property.earlier.iter().map(|earlier| earlier.pointer());
                line.extend([", refines ", &earlier.collect::<Vec<_>>().join(", ")]);
            }
            if property.is_contradictory {
                line.push_str(", no value matches all of these");
            }
            lines.push(line);
        }
        for union in &members.unions {
            lines.push(match union {
                UnionPart::Component(component) => {
                    let name = component.component_name().unwrap_or_default();
                    format!("union among the properties: {name}")
                }
                UnionPart::Choice(choice, variants, owner) => {
                    let owner = owner.map(|owner| format!(", of {owner}")).unwrap_or_default();
                    format!("union among the properties: {}{owner}", self.choice(*choice, variants))
                }
            });
        }
        lines.extend(self.others(&members.others));
        lines.extend(members.problems.iter().map(|problem| self.problem(problem)));
        lines
    }

    fn others(&self, others: &Others<'d>) -> Vec<String> {
        let patterns = others.patterns.iter();
        let mut lines: Vec<String> = patterns
            .map(|(pattern, schema)| format!("properties that match {pattern:?}: {}", self.short(*schema)))
            .collect();
        lines.extend(others.additional.map(|rest| match rest {
            Rest::Any => "other properties: any".to_owned(),
            Rest::Nothing => "other properties: none".to_owned(),
            Rest::Of(schema) => format!("other properties: {}", self.short(schema)),
        }));
        lines
    }

    fn problem(&self, problem: &Problem<'d>) -> String {
        match problem {
            Problem::NotAnObject(part) => format!("problem: {} is not an object", self.short(*part)),
            Problem::Unresolved(part) => format!("problem: {} does not exist", self.short(*part)),
            Problem::Cycle(part) => format!("problem: {} leads back to this schema", self.short(*part)),
            Problem::TooDeep(part, limit) => {
                format!("problem: {} is more than {limit} references away", self.short(*part))
            }
            Problem::Lossy { earlier, name, .. } => {
                format!("problem: {} constrains {name} more than its type", earlier.pointer())
            }
            Problem::Contradiction { earlier, name, .. } => {
                format!("problem: {} declares another type for {name}", earlier.pointer())
            }
        }
    }

    /// What the choices of the schema mean.
    fn choices(&self) -> Vec<String> {
        let is_said = !matches!(self.meanings().of(self.schema), Meaning::Same(_) | Meaning::Any(_));
        let choices = self.schema.choices();
        let lines = choices.filter_map(|choice| {
            let keyword = choice.keyword;
            Some(match self.meanings().parts.choice(choice) {
                ChoiceMeaning::Conditions => format!("{keyword} only sets conditions"),
                ChoiceMeaning::OptionalMembers(variant) => {
                    format!(
                        "{keyword} only sets conditions; the properties of {} are optional",
                        self.short(variant)
                    )
                }
                ChoiceMeaning::One(variant) => format!("{keyword} allows the same values as {}", self.short(variant)),
                ChoiceMeaning::Text => format!("{keyword} allows strings of several formats"),
                ChoiceMeaning::Many(_) if is_said => return None,
                ChoiceMeaning::Many(variants) => format!("{keyword} has variants: {}", self.all_short(variants)),
            })
        });
        lines.collect()
    }

    fn conditions(&self) -> Vec<String> {
        let schema = self.schema;
        let keywords = [
            ("if", schema.condition().is_some()),
            ("not", schema.not().is_some()),
            ("contains", schema.contains().is_some()),
            ("dependentSchemas", !schema.dependent_schemas().is_empty()),
            ("propertyNames", schema.property_names().is_some()),
        ];
        let set = keywords.iter().filter(|(_, is_set)| *is_set);
        let set: Vec<&str> = set.map(|(keyword, _)| *keyword).collect();
        let mut lines = Vec::new();
        if !set.is_empty() {
            lines.push(format!("conditions: {}", set.join(", ")));
        }
        let names = conditional_names(self.meanings(), schema);
        if !names.is_empty() {
            let names: Vec<&str> = names.into_iter().collect();
            lines.push(format!("properties in conditions: {}", names.join(", ")));
        }
        lines
    }
}

fn listed(schema: SchemaView<'_>) -> String {
    let values = values(schema).unwrap_or_default();
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    format!("[{}]", values.join(", "))
}

fn kind_of(kind: ValueKind) -> &'static str {
    match kind {
        ValueKind::Integer => "integers",
        ValueKind::Number => "numbers",
        ValueKind::Boolean => "booleans",
        ValueKind::Any => "any values",
    }
}
