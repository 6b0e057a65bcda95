//! What tells the arms of a union apart: a discriminator, or a member that is another constant in each.

use std::collections::HashSet;

use openapiv3::{Discriminator, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value as Json;

use super::{
    Lowering, extension, kind,
    kind::{Components, Kind},
    union::Candidate,
};
use crate::{at::At, diagnostic::Code};

/// How many schemas are looked at for one property: a diamond of references has more paths than parts.
const MAX_VISITS: usize = 1_000;

/// The member that tells arms apart, and the values of it by arm. Without a name the values are all empty.
#[derive(Default)]
pub(super) struct Tags {
    pub(super) name: Option<String>,
    pub(super) of: Vec<Vec<String>>,
}

impl<'d> Lowering<'d> {
    /// The tags of the arms of a choice; `at` is the choice.
    pub(super) fn tags(&mut self, schema: &'d Schema, arms: &[Candidate<'d>], at: &At<'_>) -> Tags {
        let tags = match &schema.schema_data.discriminator {
            Some(discriminator) => self.discriminated(discriminator, arms, at),
            None => self.told_by_constants(arms),
        };
        tags.unwrap_or_default()
    }

    fn discriminated(&mut self, discriminator: &'d Discriminator, arms: &[Candidate<'d>], at: &At<'_>) -> Option<Tags> {
        let around = at.around();
        let here = around.key("discriminator");
        let targets = self.mapping(discriminator, &here);
        let components = self.lookup();
        let property = discriminator.property_name.as_str();
        let mut names: Vec<Option<&str>> = Vec::with_capacity(arms.len());
        for arm in arms {
            let name = match arm.schema {
                ReferenceOr::Reference { reference } => components.named(reference).map(|(name, _)| name),
                ReferenceOr::Item(_) => None,
            };
            let is_object = components.target(arm.schema).is_some_and(|schema| {
                let mut visits = MAX_VISITS;
                may_be_object(components, schema, &mut visits)
            });
            let constants = self.constants_of(arm.schema, property);
            if !is_object || (name.is_none() && constants.is_none()) {
                let message = format!("an arm that is no component with members cannot be told by `{property}`");
                let help =
                    "the arms are told apart by their form; put the arm into `components` to have it told by its name";
                self.warn(Code::Weakened, &at.index(arm.index), message, help);
                return self.told_by_constants(arms);
            }
            names.push(name);
        }
        let mut taken: HashSet<String> = targets.iter().map(|(tag, _)| tag.clone()).collect();
        let of = names.iter().zip(arms).map(|(name, arm)| {
            let is_mine = |target: &str| *name == Some(target);
            let mut tags: Vec<String> = targets
                .iter()
                .filter(|(_, target)| is_mine(target))
                .map(|(tag, _)| tag.clone())
                .collect();
            // What the arm itself says its tag to be is no less true.
            let own = self.constants_of(arm.schema, property).unwrap_or_default();
            tags.extend(own.into_iter().filter(|tag| taken.insert(tag.clone())));
            if tags.is_empty() {
                tags.extend(name.map(str::to_owned).filter(|tag| taken.insert(tag.clone())));
            }
            tags
        });
        let of: Vec<Vec<String>> = of.collect();
        for (tag, target) in &targets {
            if !names.contains(&Some(target.as_str())) {
                let message = format!("`{target}` is no arm here: a value with the tag `{tag}` is kept as it comes");
                self.warn(
                    Code::Weakened,
                    &here.key("mapping").key(tag),
                    message,
                    "add it to the arms, or remove it from the mapping",
                );
            }
        }
        of.iter().all(|tags| !tags.is_empty()).then(|| Tags {
            name: Some(property.to_owned()),
            of,
        })
    }

    /// The components that a mapping leads to, by tag.
    fn mapping(&mut self, discriminator: &'d Discriminator, at: &At<'_>) -> Vec<(String, String)> {
        let here = at.key("mapping");
        let mut targets = Vec::with_capacity(discriminator.mapping.len());
        for (tag, target) in &discriminator.mapping {
            let name = match target.strip_prefix("#/components/schemas/") {
                Some(name) => extension::unescape(name),
                // A mere name is the name of a component.
                None => target.clone(),
            };
            if self.schemas.contains_key(&name) {
                targets.push((tag.clone(), name));
                continue;
            }
            let (message, help) = if target.contains("://") {
                let message = format!("`{target}` is somewhere on the network, and nothing is fetched");
                (message, "copy the target into `components` and name it here".to_owned())
            } else {
                let known = self.schemas.keys().map(String::as_str);
                (
                    format!("there is no schema `{name}`"),
                    extension::did_you_mean(&name, known, "#/components/schemas/"),
                )
            };
            self.error(Code::UnresolvedReference, &here.key(tag), message, help);
        }
        targets
    }

    /// A property that every arm requires, and that is a constant or an enum of other texts in each.
    fn told_by_constants(&self, arms: &[Candidate<'d>]) -> Option<Tags> {
        let components = self.lookup();
        let first = components.target(arms.first()?.schema)?;
        let mut names = Vec::new();
        let mut visits = MAX_VISITS;
        required_names(components, first, &mut names, &mut visits);
        names.into_iter().find_map(|name| {
            let of: Option<Vec<Vec<String>>> = arms
                .iter()
                .map(|arm| {
                    let schema = components.target(arm.schema)?;
                    let mut required = Vec::new();
                    let mut visits = MAX_VISITS;
                    required_names(components, schema, &mut required, &mut visits);
                    required.contains(&name).then(|| self.constants_of(arm.schema, name))?
                })
                .collect();
            let of = of?;
            let mut all = HashSet::new();
            let are_distinct = of.iter().flatten().all(|tag| all.insert(tag));
            are_distinct.then(|| Tags {
                name: Some(name.to_owned()),
                of,
            })
        })
    }

    /// The texts that a property of an arm can be, where it is a constant or an enum of texts.
    fn constants_of(&self, arm: &'d ReferenceOr<Schema>, property: &str) -> Option<Vec<String>> {
        let components = self.lookup();
        let mut visits = MAX_VISITS;
        let schema = find_property(components, components.target(arm)?, property, &mut visits)?;
        let values = match components.constant(schema) {
            Some(constant) => vec![constant.clone()],
            None => kind::values(components, schema)?,
        };
        values
            .into_iter()
            .map(|value| match value {
                Json::String(text) => Some(text),
                _ => None,
            })
            .collect()
    }

    /// Whether the values of an arm say themselves what their tag is: an object by a property, a map as all its members.
    pub(super) fn keeps_tag(&self, arm: &'d ReferenceOr<Schema>, tag: &str) -> bool {
        let components = self.lookup();
        let Some(schema) = components.target(arm) else {
            return false;
        };
        let mut visits = MAX_VISITS;
        kind::kind(components, schema) != Kind::Struct || find_property(components, schema, tag, &mut visits).is_some()
    }

    /// The tags of an object and its extensions, the object first.
    pub(super) fn family_tags(
        &mut self,
        schema: &'d Schema,
        name: &str,
        members: &[&'d str],
        at: &At<'_>,
    ) -> Option<Tags> {
        let discriminator = schema.schema_data.discriminator.as_ref()?;
        let targets = self.mapping(discriminator, &at.key("discriminator"));
        let mut taken: HashSet<String> = targets.iter().map(|(tag, _)| tag.clone()).collect();
        let all: Vec<&str> = std::iter::once(name).chain(members.iter().copied()).collect();
        let of = all.iter().map(|member| {
            let mapped = targets.iter().filter(|(_, target)| target == member);
            let mut tags: Vec<String> = mapped.map(|(tag, _)| tag.clone()).collect();
            if tags.is_empty() {
                tags.extend(Some((*member).to_owned()).filter(|tag| taken.insert(tag.clone())));
            }
            tags
        });
        Some(Tags {
            name: Some(discriminator.property_name.clone()),
            of: of.collect(),
        })
    }

    /// The components that extend another one by `allOf`, however far away, sorted by name.
    pub(super) fn extensions_of(&self, name: &str) -> Vec<&'d str> {
        let mut found: Vec<&'d str> = Vec::new();
        let mut open = vec![name];
        while let Some(name) = open.pop() {
            for extension in self.extensions.get(name).into_iter().flatten() {
                if !found.contains(extension) {
                    found.push(extension);
                    open.push(extension);
                }
            }
        }
        found.retain(|extension| *extension != name);
        found.sort_unstable();
        found
    }
}

/// The parts of a schema's `allOf`.
pub(super) fn parts_of(schema: &Schema) -> &[ReferenceOr<Schema>] {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } => all_of,
        SchemaKind::Any(any) => &any.all_of,
        _ => &[],
    }
}

fn spend(visits: &mut usize) -> Option<()> {
    *visits = visits.checked_sub(1)?;
    Some(())
}

fn find_property<'d>(
    components: Components<'d>,
    schema: &'d Schema,
    name: &str,
    visits: &mut usize,
) -> Option<&'d Schema> {
    spend(visits)?;
    let own = match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => object.properties.get(name),
        SchemaKind::Any(any) => any.properties.get(name),
        _ => None,
    };
    match own {
        Some(ReferenceOr::Item(schema)) => return Some(schema),
        Some(ReferenceOr::Reference { reference }) => {
            return components.target(components.named(reference)?.1);
        }
        None => {}
    }
    // What is said last is the most special.
    parts_of(schema)
        .iter()
        .rev()
        .find_map(|part| find_property(components, components.target(part)?, name, visits))
}

fn required_names<'d>(components: Components<'d>, schema: &'d Schema, into: &mut Vec<&'d str>, visits: &mut usize) {
    if spend(visits).is_none() {
        return;
    }
    let own = match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => &object.required[..],
        SchemaKind::Any(any) => &any.required,
        _ => &[],
    };
    into.extend(own.iter().map(String::as_str));
    for part in parts_of(schema) {
        if let Some(part) = components.target(part) {
            required_names(components, part, into, visits);
        }
    }
}

/// Whether values of a schema may be objects.
fn may_be_object<'d>(components: Components<'d>, schema: &'d Schema, visits: &mut usize) -> bool {
    if spend(visits).is_none() {
        return true;
    }
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(_)) | SchemaKind::Not { .. } => true,
        SchemaKind::Type(_) => false,
        SchemaKind::Any(any) => any.typ.as_deref().is_none_or(|typ| typ == "object"),
        SchemaKind::AllOf { all_of: parts }
        | SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => parts.iter().any(|part| {
            components
                .target(part)
                .is_none_or(|part| may_be_object(components, part, visits))
        }),
    }
}
