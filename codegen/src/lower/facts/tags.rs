//! What tells the variants of a union apart: a discriminator, or a member that is another constant in each.

use std::collections::HashSet;

use serde_json::Value as Json;

use super::{
    meaning::{Meaning, Meanings},
    values::values,
};
use crate::document::{Discriminator, Form, JsonType, SchemaId, SchemaView, unescape};

/// The member that tells variants apart, and its values by variant. Without a name the values are all empty.
#[derive(Default)]
pub(in crate::lower) struct Tags<'d> {
    pub(in crate::lower) name: Option<&'d str>,
    pub(in crate::lower) of: Vec<Vec<String>>,
}

/// What is wrong with a discriminator.
pub(in crate::lower) enum TagProblem<'d> {
    /// A variant is not a component with members, so that its value does not carry the discriminator value.
    Untold { variant: SchemaView<'d>, property: &'d str },
    /// The mapping names a component that is not a variant.
    NotAVariant { tag: &'d str, target: &'d str },
    /// The mapping names a schema that does not exist.
    Unknown { tag: &'d str, name: String },
    /// The mapping names a URL.
    Remote { tag: &'d str, url: &'d str },
}

/// The components that a mapping leads to, by discriminator value.
type Targets<'d> = Vec<(&'d str, SchemaView<'d>)>;

impl<'d> Meanings<'d> {
    /// The tags of the variants of a choice in `owner`.
    pub(in crate::lower) fn tags(
        &self,
        owner: SchemaView<'d>,
        variants: &[SchemaView<'d>],
        problems: &mut Vec<TagProblem<'d>>,
    ) -> Tags<'d> {
        let tags = match owner.discriminator() {
            Some(discriminator) => self.discriminated(discriminator, variants, problems),
            None => told_by_constants(variants),
        };
        tags.unwrap_or_default()
    }

    fn discriminated(
        &self,
        discriminator: &'d Discriminator,
        variants: &[SchemaView<'d>],
        problems: &mut Vec<TagProblem<'d>>,
    ) -> Option<Tags<'d>> {
        let targets = self.mapping(discriminator, problems);
        let property = discriminator.property.as_str();
        for variant in variants {
            let is_object = variant.target().is_some_and(may_be_object);
            let is_named = variant.referenced().is_some() || constants_of(*variant, property).is_some();
            if !is_object || !is_named {
                let variant = *variant;
                problems.push(TagProblem::Untold { variant, property });
                return told_by_constants(variants);
            }
        }
        let mut taken: HashSet<String> = targets.iter().map(|(tag, _)| (*tag).to_owned()).collect();
        let of = variants.iter().map(|variant| {
            let component = variant.referenced();
            let own = constants_of(*variant, property).unwrap_or_default();
            let (mut tags, others) = mapped(&targets, component, &own);
            // What the variant itself declares its tag to be is no less true.
            tags.extend(own.into_iter().filter(|tag| taken.insert(tag.clone())));
            tags.extend(others);
            if tags.is_empty() {
                let name = component.and_then(SchemaView::component_name);
                tags.extend(name.map(str::to_owned).filter(|tag| taken.insert(tag.clone())));
            }
            tags
        });
        let of: Vec<Vec<String>> = of.collect();
        for (tag, target) in &targets {
            if !variants.iter().any(|variant| variant.referenced() == Some(*target)) {
                let target = target.component_name().unwrap_or_default();
                problems.push(TagProblem::NotAVariant { tag, target });
            }
        }
        of.iter().all(|tags| !tags.is_empty()).then_some(Tags {
            name: Some(property),
            of,
        })
    }

    fn mapping(&self, discriminator: &'d Discriminator, problems: &mut Vec<TagProblem<'d>>) -> Targets<'d> {
        let mut targets = Vec::with_capacity(discriminator.mapping.len());
        for (tag, target) in &discriminator.mapping {
            let name = match target.strip_prefix("#/components/schemas/") {
                Some(name) => unescape(name),
                // A mere name is the name of a component.
                None => target.clone(),
            };
            if let Some(component) = self.schemas.component(&name) {
                targets.push((tag.as_str(), component));
            } else if target.contains("://") {
                problems.push(TagProblem::Remote { tag, url: target });
            } else {
                problems.push(TagProblem::Unknown { tag, name });
            }
        }
        // The order of the mapping has no meaning.
        targets.sort_unstable_by_key(|(tag, _)| *tag);
        targets
    }

    /// The tags of an object with a discriminator and of those that extend it, the object first.
    pub(in crate::lower) fn family_tags(
        &self,
        base: SchemaView<'d>,
        members: &[SchemaView<'d>],
        problems: &mut Vec<TagProblem<'d>>,
    ) -> Tags<'d> {
        let Some(discriminator) = base.discriminator() else {
            return Tags::default();
        };
        let targets = self.mapping(discriminator, problems);
        let mut taken: HashSet<String> = targets.iter().map(|(tag, _)| (*tag).to_owned()).collect();
        let of = std::iter::once(&base).chain(members).map(|member| {
            let own = constants_of(*member, &discriminator.property).unwrap_or_default();
            let (mut tags, others) = mapped(&targets, Some(*member), &own);
            tags.extend(others);
            if tags.is_empty() {
                let name = member.component_name().map(str::to_owned);
                tags.extend(name.filter(|tag| taken.insert(tag.clone())));
            }
            tags
        });
        Tags {
            name: Some(&discriminator.property),
            of: of.collect(),
        }
    }

    /// Whether the values of a variant carry its tag themselves: an object by a property, a map like all its members.
    pub(in crate::lower) fn keeps_tag(&self, variant: SchemaView<'d>, tag: &str) -> bool {
        let Some(schema) = variant.target() else { return false };
        !matches!(self.of(schema), Meaning::Struct) || find_property(schema, tag).is_some()
    }
}

/// The discriminator values that lead to a component: those that it declares itself, in its order, and the others.
fn mapped(targets: &Targets<'_>, component: Option<SchemaView<'_>>, own: &[String]) -> (Vec<String>, Vec<String>) {
    let all = targets.iter().filter(|(_, target)| component == Some(*target));
    let all = all.map(|(tag, _)| (*tag).to_owned());
    let (mut declared, others): (Vec<String>, Vec<String>) = all.partition(|tag| own.contains(tag));
    declared.sort_by_key(|tag| own.iter().position(|known| known == tag));
    (declared, others)
}

/// A property that every variant requires, and that is a constant or an enum of other strings in each.
fn told_by_constants<'d>(variants: &[SchemaView<'d>]) -> Option<Tags<'d>> {
    let first = variants.first()?.target()?;
    required_names(first).into_iter().find_map(|name| {
        let of: Option<Vec<Vec<String>>> = variants
            .iter()
            .map(|variant| {
                let is_required = required_names(variant.target()?).contains(&name);
                is_required.then(|| constants_of(*variant, name))?
            })
            .collect();
        let of = of?;
        let mut all = HashSet::new();
        let are_distinct = of.iter().flatten().all(|tag| all.insert(tag));
        are_distinct.then_some(Tags { name: Some(name), of })
    })
}

/// The strings that a property of a variant can be, where it is a constant or an enum of strings.
fn constants_of(variant: SchemaView<'_>, property: &str) -> Option<Vec<String>> {
    let schema = find_property(variant.target()?, property)?;
    let values = match schema.constant() {
        Some(constant) => vec![constant.clone()],
        None => values(schema)?,
    };
    let strings = values.into_iter().map(|value| match value {
        Json::String(text) => Some(text),
        _ => None,
    });
    strings.collect()
}

/// The schema of a property of an object or of a part of it.
pub(super) fn find_property<'d>(schema: SchemaView<'d>, name: &str) -> Option<SchemaView<'d>> {
    let mut found = None;
    // What is declared last is the most special.
    walk_parts(
        schema,
        |parts| parts,
        |part| {
            found = part.properties().get(name);
            found.is_none()
        },
    );
    found?.target()
}

/// What an object and the parts of it require.
fn required_names<'d>(schema: SchemaView<'d>) -> Vec<&'d str> {
    let mut names = Vec::new();
    let reversed = |mut parts: Vec<SchemaView<'d>>| {
        parts.reverse();
        parts
    };
    walk_parts(schema, reversed, |part| {
        names.extend(part.required().iter().map(|name| &**name));
        true
    });
    names
}

/// Looks at a schema and the parts of its `allOf`, the last of `order` first, until `look` has seen enough.
fn walk_parts<'d>(
    schema: SchemaView<'d>,
    order: impl Fn(Vec<SchemaView<'d>>) -> Vec<SchemaView<'d>>,
    mut look: impl FnMut(SchemaView<'d>) -> bool,
) {
    let mut seen: HashSet<SchemaId> = HashSet::new();
    let mut open = vec![schema];
    while let Some(part) = open.pop() {
        let Some(part) = part.target() else { continue };
        if seen.insert(part.id()) {
            if !look(part) {
                return;
            }
            open.extend(order(part.parts().iter().collect()));
        }
    }
}

/// Whether values of a schema may be objects.
fn may_be_object(schema: SchemaView<'_>) -> bool {
    let mut seen: HashSet<SchemaId> = HashSet::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        let Some(schema) = schema.target() else { return true };
        if !seen.insert(schema.id()) {
            continue;
        }
        match schema.form() {
            Form::Object => return true,
            Form::Open if schema.json_type().is_none_or(|json_type| json_type == JsonType::Object) => return true,
            Form::AllOf => open.extend(schema.parts().iter()),
            Form::OneOf | Form::AnyOf => {
                open.extend(schema.choices().flat_map(|choice| choice.variants.iter()));
            }
            _ => {}
        }
    }
    false
}
