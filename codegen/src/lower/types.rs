//! From meanings to types: each schema that is a type of its own becomes a definition. Nothing is decided here.

mod chosen;
mod default;
mod extension;
mod object;
mod recursion;
mod registry;
mod tuple;
mod union;
mod unused;
mod update_mask;
mod uses;
mod variant_name;

use self::registry::{Source, Waiting};
pub(super) use self::uses::{Types, Use};
use super::{
    facts::{self, Component, Meaning},
    rules::Kept,
};
use crate::{
    at::At,
    diagnostic::{Code, Place},
    document::SchemaView,
    ir::{Alias, Arm, Constant, Enum, EnumValue, Messages, Newtype, Origin, Shape, TypeDef, TypeRef, Union, ValueEnum},
};

impl<'d> Types<'_, 'd> {
    /// Defines the types of all component schemas, in the order of their names.
    pub(super) fn components(&mut self) {
        for component in self.reserve_components() {
            self.component(component);
            self.define_waiting();
        }
    }

    fn component(&mut self, schema: SchemaView<'d>) {
        let (Some(id), Some(name)) = (self.registry.of(schema), schema.component_name()) else {
            return;
        };
        let Some(shape) = self.shape_of_component(schema, name) else {
            return;
        };
        let def = definition(name, schema, shape);
        self.registry.define(id, def);
    }

    fn shape_of_component(&mut self, schema: SchemaView<'d>, name: &'d str) -> Option<Shape> {
        let facts = self.facts;
        let component = if schema.is_reference() {
            Component::Alias
        } else {
            facts.component(schema)
        };
        if let Component::Alias = component {
            let target = self.resolve(schema, name, schema)?.ty;
            let target = self.by_next_alias(schema, target);
            return Some(Shape::Alias(Alias { target }));
        }
        self.coverage.schemas += 1;
        self.report_weakened(schema);
        self.report_directions(schema, schema.is_read_only() && schema.is_write_only());
        Some(match component {
            Component::Family(members) => self.family(schema, &members, name),
            Component::Newtype => {
                let constraints = self.rules.own(schema, &Kept::all(), &mut self.report);
                Shape::Newtype(Newtype { constraints })
            }
            Component::Endless => Shape::Union(of_itself(self.container(schema, name)?)),
            Component::Own(meaning) => self.shape(schema, meaning, name),
            Component::Struct | Component::Alias => Shape::Struct(self.object(schema, name)),
        })
    }

    /// Defines the types that have been named meanwhile.
    pub(super) fn define_waiting(&mut self) {
        while let Some(Waiting { id, name, source }) = self.registry.next_waiting() {
            let facts = self.facts;
            let def = match source {
                Source::Schema(schema) => {
                    let shape = self.shape(schema, facts.meanings.of(schema), &name);
                    definition(&name, schema, shape)
                }
                Source::Base(schema) => {
                    let component = schema.component_name().unwrap_or(&name);
                    let shape = Shape::Struct(self.object(schema, component));
                    // The component itself is the union.
                    TypeDef {
                        origin: Origin::Nowhere,
                        ..definition(&name, schema, shape)
                    }
                }
                Source::Choice(choice, variants, owner) => TypeDef {
                    shape: Shape::Union(self.variants(choice, &variants, &owner)),
                    name,
                    pointer: choice.owner.pointer(),
                    docs: String::new(),
                    deprecated: false,
                    origin: Origin::Nowhere,
                    messages: Messages::default(),
                    is_boxed: false,
                },
            };
            self.registry.define(id, def);
        }
    }

    /// The shape of a schema that is a type of its own.
    fn shape(&mut self, schema: SchemaView<'d>, meaning: &Meaning<'d>, name: &str) -> Shape {
        match meaning {
            Meaning::Constant => Shape::Constant(Constant {
                json: schema.constant().map(ToString::to_string).unwrap_or_default(),
            }),
            Meaning::Enum => self.string_enum(schema),
            Meaning::Values(kind) => {
                let values = facts::values(schema).unwrap_or_default();
                let values = values.iter().map(ToString::to_string);
                Shape::ValueEnum(ValueEnum {
                    kind: *kind,
                    values: self.distinct(schema, values),
                })
            }
            Meaning::Union(choice, variants) => Shape::Union(self.union(*choice, variants, name)),
            Meaning::Tuple => Shape::Tuple(self.tuple(schema, name)),
            _ => Shape::Struct(self.object(schema, name)),
        }
    }

    fn string_enum(&mut self, schema: SchemaView<'d>) -> Shape {
        let values = facts::values(schema).unwrap_or_default();
        let texts = values.into_iter().filter_map(|value| value.as_str().map(str::to_owned));
        let texts: Vec<String> = texts.collect();
        let prefix = extension::enum_prefix(self, schema, &texts);
        let values = self.distinct(schema, texts.into_iter());
        let values = values.into_iter().map(|value| EnumValue { value });
        Shape::Enum(Enum {
            values: values.collect(),
            prefix,
        })
    }

    fn distinct(&mut self, schema: SchemaView<'d>, values: impl Iterator<Item = String>) -> Vec<String> {
        let mut distinct: Vec<String> = Vec::new();
        let mut known = std::collections::HashSet::new();
        for value in values {
            if known.insert(value.clone()) {
                distinct.push(value);
            } else {
                let message = format!("value `{value}` is declared twice in `enum`");
                let help = "remove one of the two";
                self.report
                    .warn(Code::DuplicateValue, &schema.key("enum"), message, help);
            }
        }
        distinct
    }

    /// The types of all schemas, and the places of the keys that have an effect; `None` where there are errors, because some
    /// have no definition then.
    pub(super) fn finish(mut self) -> Option<(Vec<TypeDef>, Vec<Place>)> {
        self.report_unknown_formats();
        self.report_unused_formats();
        extension::report_unused(&mut self);
        self.report_ineffective();
        if self.report.has_errors() {
            return None;
        }
        Some((self.registry.finish()?, self.report.claimed))
    }
}

/// Takes apart what no value could be, and marks what an update mask can name.
pub(super) fn settle_cycles(types: &mut [TypeDef], report: &mut super::report::Report<'_>) {
    let schemas = At::of("/components/schemas");
    for recursion::Endless {
        owner,
        part,
        is_replaced,
    } in recursion::cut_unions(types)
    {
        let (what, help) = if is_replaced {
            (
                "the type has the variants of the referenced schema instead",
                "write these variants here",
            )
        } else {
            (
                "the type does not contain it",
                "remove it, because it does not allow any further value",
            )
        };
        let message = format!("`{part}` refers directly back to `{owner}`: {what}");
        report.warn(Code::Weakened, &schemas.key(&owner), message, help);
    }
    for recursion::Endless { owner, part, .. } in recursion::box_cycles(types) {
        let schema = schemas.key(&owner);
        let message = format!(
            "`{part}` is required and refers back to `{owner}`, so a value would be infinite: it is \
            optional in the client"
        );
        let help = "remove it from `required`";
        report.warn(Code::Weakened, &schema.key("properties").key(&part), message, help);
    }
    for name in update_mask::mark(types) {
        let message = "the mask does not belong to an object with fields: the caller sets it";
        let help = "use the name of a property that is an object for `of`";
        let schema = schemas.key(&name);
        report.warn(Code::Weakened, &schema.key(extension::UPDATE_MASK), message, help);
    }
}

fn definition(name: &str, schema: SchemaView<'_>, shape: Shape) -> TypeDef {
    TypeDef {
        name: name.to_owned(),
        pointer: schema.pointer(),
        docs: schema.docs().to_owned(),
        deprecated: schema.is_deprecated(),
        origin: match schema.component_name() {
            Some(_) => Origin::Component(schema.id()),
            None => Origin::Schema(schema.id()),
        },
        messages: Messages::default(),
        is_boxed: false,
        shape,
    }
}

/// An array or a map that contains itself: a type of one form.
fn of_itself(ty: TypeRef) -> Union {
    let name = match ty {
        TypeRef::Array(_) => "list",
        _ => "map",
    };
    let arm = Arm {
        name: name.to_owned(),
        docs: String::new(),
        ty,
        origin: Origin::Nowhere,
        tags: Vec::new(),
        constraints: Vec::new(),
    };
    Union {
        tag: None,
        arms: vec![arm],
        others: None,
    }
}
