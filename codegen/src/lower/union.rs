//! Unions: `oneOf`, `anyOf`, and objects that say by a discriminator which of their extensions they are.

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value as Json;

use super::{
    Lowering,
    condition::Kept,
    kind,
    kind::{Kind, Verdict, verdict},
    schema::{Use, docs_of, element},
    tag::Tags,
};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Arm, Constraint, Shape, TypeDef, TypeId, TypeRef, Union},
};

/// An arm before it is lowered.
pub(super) struct Candidate<'d> {
    pub(super) index: usize,
    pub(super) schema: &'d ReferenceOr<Schema>,
}

impl<'d> Lowering<'d> {
    /// The shape of a schema that is one choice and nothing else.
    pub(super) fn union(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> Shape {
        let choices = kind::choices_of(schema);
        let components = self.lookup();
        let choice = choices
            .into_iter()
            .find_map(|(key, arms)| match verdict(components, arms) {
                Verdict::Many(typed) => Some((key, arms, typed)),
                _ => None,
            });
        let around = self.own_constraints(schema, at, &Kept::nothing());
        match choice {
            Some((key, arms, typed)) => {
                let mut union = self.choice(schema, arms, &typed, name, &at.key(key));
                for arm in &mut union.arms {
                    // A rule says nothing about values of another kind.
                    arm.constraints.splice(0..0, around.iter().cloned());
                }
                Shape::Union(union)
            }
            None => Shape::Alias(crate::ir::Alias { target: TypeRef::Any }),
        }
    }

    /// A union of the typed arms of a choice.
    pub(super) fn choice(
        &mut self,
        schema: &'d Schema,
        arms: &'d [ReferenceOr<Schema>],
        typed: &[usize],
        name: &str,
        at: &At<'_>,
    ) -> Union {
        let candidates: Vec<Candidate<'d>> = typed
            .iter()
            .map(|index| Candidate {
                index: *index,
                schema: &arms[*index],
            })
            .collect();
        let Tags {
            name: tag,
            of: mut tags,
        } = self.tags(schema, &candidates, at);
        let mut lowered: Vec<Arm> = Vec::with_capacity(candidates.len());
        for (position, candidate) in candidates.iter().enumerate() {
            let tags = tags.get_mut(position).map(std::mem::take).unwrap_or_default();
            let hint = self.arm_name(candidate.schema, &candidates, &tags);
            let arm = self.use_of(candidate.schema, &format!("{name}.{hint}"), &at.index(candidate.index));
            let Some(Use { ty, docs, .. }) = arm else { continue };
            let constraints = self.arm_constraints(&candidates, position, &ty, &at.index(candidate.index));
            // A tag says it all, but two arms of the same type cannot be told apart by their form.
            if tags.is_empty() && lowered.iter().any(|known| known.ty == ty) {
                continue;
            }
            // Without a member of its own for the tag, an arm does not know by which of several it came.
            if tags.len() > 1 && !self.keeps_tag(candidate.schema, tag.as_deref().unwrap_or_default()) {
                lowered.extend(tags.into_iter().map(|tag| Arm {
                    name: tag.replace('.', " "),
                    docs: docs.clone(),
                    ty: ty.clone(),
                    tags: vec![tag],
                    constraints: constraints.clone(),
                }));
                continue;
            }
            lowered.push(Arm {
                name: hint,
                docs,
                ty,
                tags,
                constraints,
            });
        }
        Union { tag, arms: lowered }
    }

    /// What is asked of an arm's value, where its kind alone shows that it is this arm's.
    fn arm_constraints(
        &mut self,
        all: &[Candidate<'d>],
        position: usize,
        ty: &TypeRef,
        at: &At<'_>,
    ) -> Vec<Constraint> {
        let Some(arm) = all.get(position) else {
            return Vec::new();
        };
        let constraints = self.constraints(arm.schema, ty, at, 0);
        let components = self.lookup();
        let own = kind::json_kind(components, arm.schema);
        let mut others = all.iter().enumerate().filter(|(other, _)| *other != position);
        let is_alone = own.is_some()
            && others
                .all(|(_, other)| kind::json_kind(components, other.schema).is_some_and(|other| Some(other) != own));
        if is_alone || constraints.is_empty() {
            return constraints;
        }
        let message = "the limits of this arm are not checked: another arm may be of the same kind";
        let help = "values are carried as they are; put the arm into an object to have it checked";
        self.warn(Code::Weakened, at, message, help);
        Vec::new()
    }

    /// What an arm is called: after what it refers to, its title, its tag or constant, or what sets it apart.
    fn arm_name(&mut self, arm: &'d ReferenceOr<Schema>, all: &[Candidate<'d>], tags: &[String]) -> String {
        let components = self.lookup();
        let schema = match arm {
            ReferenceOr::Reference { reference } => {
                let name = components.named(reference).map_or(reference.as_str(), |(name, _)| name);
                return last_part(name).to_owned();
            }
            ReferenceOr::Item(schema) => schema,
        };
        if let Some(title) = schema.schema_data.title.as_ref().filter(|title| is_short(title)) {
            return title.replace('.', " ");
        }
        if let Some(tag) = tags.first() {
            return tag.replace('.', " ");
        }
        match components.constant(schema) {
            Some(Json::String(text)) if is_short(text) => return text.replace('.', " "),
            Some(constant @ (Json::Number(_) | Json::Bool(_))) => return constant.to_string().replace('.', " "),
            _ => {}
        }
        if let SchemaKind::AllOf { all_of } = &schema.schema_kind
            && let Some(ReferenceOr::Reference { reference }) = all_of.first()
            && let Some((name, _)) = components.named(reference)
        {
            return last_part(name).to_owned();
        }
        self.own_member(schema, all).unwrap_or_else(|| self.kind_name(schema))
    }

    /// A property that no other arm has, a required one first.
    fn own_member(&self, schema: &'d Schema, all: &[Candidate<'d>]) -> Option<String> {
        let components = self.lookup();
        let (properties, required) = plain_members(schema)?;
        let others = all
            .iter()
            .filter_map(|other| components.target(other.schema))
            .filter(|other| !std::ptr::eq(*other, schema));
        let theirs: Vec<_> = others.filter_map(plain_members).collect();
        let is_own = |name: &&String| !theirs.iter().any(|(others, _)| others.contains_key(*name));
        let named = |name: &&String| !name.is_empty();
        // The order of properties means nothing.
        let mut sorted: Vec<&String> = properties.keys().collect();
        sorted.sort_unstable();
        let mut in_order = required
            .iter()
            .filter(|name| properties.contains_key(*name))
            .chain(sorted);
        in_order
            .find(|name| is_own(name) && named(name))
            .map(|name| name.replace('.', " "))
    }

    /// What a schema is in one word.
    fn kind_name(&self, schema: &'d Schema) -> String {
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) if !string.enumeration.is_empty() => "enum".to_owned(),
            SchemaKind::Type(Type::String(string)) => super::scalar::format_name(&string.format)
                .filter(|format| is_short(format))
                .unwrap_or_else(|| "string".to_owned()),
            SchemaKind::Type(Type::Integer(_)) => "integer".to_owned(),
            SchemaKind::Type(Type::Number(_)) => "number".to_owned(),
            SchemaKind::Type(Type::Boolean(_)) => "boolean".to_owned(),
            SchemaKind::Type(Type::Array(array)) => match &array.items {
                Some(ReferenceOr::Reference { reference }) => match self.lookup().named(reference) {
                    Some((name, _)) => format!("{} list", last_part(name)),
                    None => "list".to_owned(),
                },
                Some(ReferenceOr::Item(items)) if !matches!(items.schema_kind, SchemaKind::Any(_)) => {
                    format!("{} list", self.kind_name(items))
                }
                _ => "list".to_owned(),
            },
            SchemaKind::Type(Type::Object(object)) if object.properties.is_empty() => "map".to_owned(),
            SchemaKind::Type(Type::Object(_)) | SchemaKind::AllOf { .. } => "object".to_owned(),
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => "choice".to_owned(),
            _ => match kind::kind(self.lookup(), schema) {
                Kind::Values(_) => "enum".to_owned(),
                Kind::Struct => "object".to_owned(),
                Kind::Tuple => "tuple".to_owned(),
                _ => "any".to_owned(),
            },
        }
    }

    /// The union of an object's extensions, where its discriminator tells them apart.
    pub(super) fn family(&mut self, schema: &'d Schema, name: &'d str, at: &At<'_>) -> Option<Shape> {
        let members = self.extensions_of(name);
        if members.is_empty() {
            return None;
        }
        let Tags { name: tag, of: tags } = self.family_tags(schema, name, &members, at)?;
        let base = self.base(schema, name, at);
        let mut arms = Vec::with_capacity(members.len() + 1);
        for (member, tags) in std::iter::once(name).chain(members).zip(tags) {
            let ty = if member == name {
                TypeRef::Named(base)
            } else {
                let id = self.names.get(member).copied()?;
                TypeRef::Named(id)
            };
            arms.push(Arm {
                name: last_part(member).to_owned(),
                docs: String::new(),
                ty,
                tags,
                constraints: Vec::new(),
            });
        }
        Some(Shape::Union(Union { tag, arms }))
    }

    /// The object that a family extends, as a type of its own.
    fn base(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> TypeId {
        let mut base_name = format!("{name}.base");
        while self.names.contains_key(&base_name) {
            base_name.push_str(".inline");
        }
        let id = self.reserve(&base_name);
        let object = self.object(schema, name, at);
        self.define(
            id,
            TypeDef {
                name: base_name,
                docs: docs_of(&schema.schema_data),
                deprecated: schema.schema_data.deprecated,
                shape: Shape::Struct(object),
            },
        );
        id
    }

    /// The type of a choice that stands beside other parts of an object; `name` is what it is called there.
    pub(super) fn variant_part(
        &mut self,
        schema: &'d Schema,
        arms: &'d [ReferenceOr<Schema>],
        typed: &[usize],
        name: &str,
        at: &At<'_>,
    ) -> Option<TypeRef> {
        let key = std::ptr::from_ref(arms.first()?);
        if let Some(id) = self.choice_types.get(&key) {
            return Some(TypeRef::Named(*id));
        }
        let mut type_name = name.to_owned();
        while self.names.contains_key(&type_name) {
            type_name.push_str(".inline");
        }
        let id = self.reserve(&type_name);
        self.choice_types.insert(key, id);
        let union = self.choice(
            schema,
            arms,
            typed,
            name.rsplit_once('.').map_or(name, |(owner, _)| owner),
            at,
        );
        self.define(
            id,
            TypeDef {
                name: type_name,
                docs: String::new(),
                deprecated: false,
                shape: Shape::Union(union),
            },
        );
        Some(element(Use::of(
            TypeRef::Named(id),
            false,
            crate::ir::Access::ReadWrite,
        )))
    }
}

type Members<'d> = (
    &'d indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>,
    &'d Vec<String>,
);

/// The properties of an object, and which of them are required, as far as it says itself.
fn plain_members(schema: &Schema) -> Option<Members<'_>> {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some((&object.properties, &object.required)),
        SchemaKind::Any(any) => Some((&any.properties, &any.required)),
        _ => None,
    }
}

/// The last part of a dotted name.
fn last_part(name: &str) -> &str {
    name.rsplit('.').find(|part| !part.is_empty()).unwrap_or(name)
}

/// Whether a text can be a name.
fn is_short(text: &str) -> bool {
    (1..=40).contains(&text.chars().count()) && text.chars().any(char::is_alphanumeric)
}
