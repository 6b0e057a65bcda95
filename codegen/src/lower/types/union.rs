//! Unions: `oneOf`, `anyOf`, and objects that a discriminator makes one of their extensions.

use super::{
    uses::{Types, Use},
    variant_name::{VariantNames, last_part, title},
};
use crate::{
    diagnostic::Code,
    document::{Choice, SchemaView},
    ir::{Arm, Constraint, Origin, Shape, TypeRef, Union},
    lower::{
        facts::{TagProblem, Tags},
        report::did_you_mean,
        rules::Kept,
    },
};

impl<'d> Types<'_, 'd> {
    /// The union of a schema that is one choice and nothing else.
    pub(super) fn union(&mut self, choice: Choice<'d>, variants: &[SchemaView<'d>], name: &str) -> Union {
        let around = self.rules.own(choice.owner, &Kept::nothing(), &mut self.report);
        let mut union = self.variants(choice, variants, name);
        for arm in &mut union.arms {
            // A rule asks nothing of values of another type.
            arm.constraints.splice(0..0, around.iter().cloned());
        }
        if let Some(others) = &mut union.others {
            others.splice(0..0, around);
        }
        union
    }

    /// A union of the variants of a choice that have types.
    pub(super) fn variants(&mut self, choice: Choice<'d>, variants: &[SchemaView<'d>], name: &str) -> Union {
        let mut problems = Vec::new();
        let Tags { name: tag, of: tags } = self.facts.meanings.tags(choice.owner, variants, &mut problems);
        self.report_tags(choice.owner, problems);
        let hints = VariantNames::new(&self.facts.meanings, variants, self.policies.titles).names(&tags);
        let mut tags = tags.into_iter();
        let mut arms: Vec<Arm> = Vec::with_capacity(variants.len());
        for (variant, hint) in variants.iter().zip(hints) {
            let tags = tags.next().unwrap_or_default();
            if self.policies.titles && title(*variant).is_some() {
                self.report.claim(variant, "title");
            }
            let used = self.use_of(*variant, &format!("{name}.{hint}"));
            let Some(Use { ty, docs, .. }) = used else { continue };
            let constraints = self.rules_of_variant(variants, *variant, &ty);
            // A tag is enough, but two variants of the same type cannot be distinguished by their form.
            if tags.is_empty() && arms.iter().any(|known| known.ty == ty) {
                continue;
            }
            // Without a member of its own for the tag, a variant does not know by which of several it came.
            if tags.len() > 1 && !self.facts.meanings.keeps_tag(*variant, tag.unwrap_or_default()) {
                arms.extend(tags.into_iter().map(|tag| Arm {
                    name: tag.replace('.', " "),
                    docs: docs.clone(),
                    ty: ty.clone(),
                    origin: Origin::Schema(variant.id()),
                    tags: vec![tag],
                    constraints: constraints.clone(),
                }));
                continue;
            }
            arms.push(Arm {
                name: hint,
                docs,
                ty,
                origin: Origin::Schema(variant.id()),
                tags,
                constraints,
            });
        }
        Union {
            tag: tag.map(str::to_owned),
            arms,
            others: self.rules.of_other_values(choice, &mut self.report),
        }
    }

    /// What is asked of a variant's value, where its JSON type alone shows that it is this variant's.
    fn rules_of_variant(&mut self, all: &[SchemaView<'d>], variant: SchemaView<'d>, ty: &TypeRef) -> Vec<Constraint> {
        let constraints = self.rules.of_value(variant, ty, &mut self.report);
        let meanings = &self.facts.meanings;
        let own = meanings.json_type(variant);
        let mut others = all.iter().filter(|other| **other != variant);
        let is_other = |other: &SchemaView<'d>| meanings.json_type(*other).is_some_and(|other| Some(other) != own);
        if constraints.is_empty() || own.is_some() && others.all(is_other) {
            return constraints;
        }
        let message = "the constraints of this variant are not checked: another variant can have the same JSON type";
        let help = "no action is needed: the client passes values through unchanged; move the variant into an object \
            to get it checked";
        self.report.warn(Code::Weakened, &variant, message, help);
        Vec::new()
    }

    /// The union of an object's extensions, which its discriminator tells apart.
    pub(super) fn family(&mut self, schema: SchemaView<'d>, members: &[SchemaView<'d>], name: &str) -> Shape {
        let mut problems = Vec::new();
        let Tags { name: tag, of: tags } = self.facts.meanings.family_tags(schema, members, &mut problems);
        self.report_tags(schema, problems);
        let base = self.registry.base(schema, name);
        let mut arms = Vec::with_capacity(members.len() + 1);
        for (member, tags) in std::iter::once(&schema).chain(members).zip(tags) {
            let id = if *member == schema {
                Some(base)
            } else {
                self.registry.of(*member)
            };
            arms.extend(id.map(|id| Arm {
                name: last_part(member.component_name().unwrap_or(name)).to_owned(),
                docs: String::new(),
                ty: TypeRef::Named(id),
                origin: Origin::Component(member.id()),
                tags,
                constraints: Vec::new(),
            }));
        }
        Shape::Union(Union {
            tag: tag.map(str::to_owned),
            arms,
            others: None,
        })
    }

    fn report_tags(&mut self, owner: SchemaView<'d>, problems: Vec<TagProblem<'d>>) {
        let mapping = |tag: &str| {
            let discriminator = owner.key("discriminator");
            let at = crate::at::At::of(&discriminator);
            at.key("mapping").key(tag).pointer()
        };
        for problem in problems {
            match problem {
                TagProblem::Untold { variant, property } => {
                    let message = format!(
                        "this variant cannot be selected by `{property}`, because it is not a component with \
                            properties: the variants are selected by their form"
                    );
                    let help = "move the variant into `components` to select it by its name";
                    self.report.warn(Code::Weakened, &variant, message, help);
                }
                TagProblem::NotAVariant { tag, target } => {
                    let message = format!(
                        "`{target}` is not a variant here: a value with the discriminator value `{tag}` is kept as received"
                    );
                    let help = "add it to the variants, or remove it from the mapping";
                    self.report.warn(Code::Weakened, &mapping(tag), message, help);
                }
                TagProblem::Unknown { tag, name } => {
                    let known = self.document.schemas.components().keys().map(String::as_str);
                    let help = did_you_mean(&name, known, "#/components/schemas/");
                    let message = format!("schema `{name}` does not exist");
                    self.report
                        .error(Code::UnresolvedReference, &mapping(tag), message, help);
                }
                TagProblem::Remote { tag, url } => {
                    let message = format!("`{url}` is a URL: the generator never accesses the network");
                    let help = "copy the target into `components`, and use its name here";
                    self.report
                        .error(Code::UnresolvedReference, &mapping(tag), message, help);
                }
            }
        }
    }
}
