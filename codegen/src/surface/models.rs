//! Models: their fields, variants, constructors, setters and constants.

use super::{Anchor, Entry, Item, Kind, List, Member, MemberKind, SHARED_TYPE, rules::rules, types};
use crate::{
    emit::Context,
    feature::Gate,
    ir::{Access, Api, DefaultValue, Field, Origin, Primitive, Shape, TypeRef, VariantOf},
    name::{NamedField, NamedMember, NamedOneof, NamedShape, NamedStruct, NamedType, NamedUnion, ident},
};

pub(super) fn items(context: Context<'_>, into: &mut Vec<Item>) {
    for id in context.names.modules.values().flatten() {
        let ty = context.names.ty(*id);
        let start = into.len();
        Model::of(context, ty).items(into);
        let features = features(context, ty);
        for item in into.iter_mut().skip(start) {
            item.features.clone_from(&features);
        }
    }
}

/// The cargo features of which one brings a model.
fn features(context: Context<'_>, ty: &NamedType<'_>) -> Vec<String> {
    match context.features.gate(&ty.module) {
        Gate::Open => Vec::new(),
        Gate::Models => vec!["models".to_owned()],
        Gate::Group(group) => {
            let feature = context.names.groups.get(group).map(|group| group.feature.clone());
            std::iter::once("models".to_owned()).chain(feature).collect()
        }
    }
}

struct Model<'a> {
    context: Context<'a>,
    ty: &'a NamedType<'a>,
    /// The type itself, or the one that it shares with other inline schemas: users see the members of that below its name.
    meant: &'a NamedType<'a>,
}

impl<'a> Model<'a> {
    fn of(context: Context<'a>, ty: &'a NamedType<'a>) -> Self {
        let meant = match ty.def.origin {
            Origin::Component(_) => ty,
            _ => context.names.ty(context.api.meant(ty.id)),
        };
        Self { context, ty, meant }
    }

    fn items(&self, into: &mut Vec<Item>) {
        let mut item = match &self.meant.shape {
            NamedShape::Struct(object) => {
                into.extend(object.oneofs().map(|oneof| self.oneof(oneof)));
                self.object(object)
            }
            NamedShape::Enum(values) => {
                let values = values.iter().map(|value| {
                    let json = serde_json::Value::from(value.item.value.as_str()).to_string();
                    self.value(&value.ident, json)
                });
                self.values(values.collect())
            }
            NamedShape::ValueEnum(kind, values) => {
                let values = values.iter().map(|value| self.value(&value.ident, value.item.clone()));
                let mut item = self.values(values.collect());
                item.content.part("values", format!("{kind:?}"));
                item
            }
            NamedShape::Constant(constant) => {
                let mut item = self.item(Kind::Constant);
                item.content.fact("value", constant.json.clone());
                item
            }
            NamedShape::Union(union) => self.union(union),
            NamedShape::Tuple(_) => self.tuple(),
            NamedShape::Newtype(newtype) => {
                let mut item = self.item(Kind::Newtype);
                item.rules = rules(&newtype.constraints);
                item
            }
            NamedShape::Alias(named) => {
                let target = &named.alias.target;
                let mut item = self.item(Kind::Alias);
                item.content.part("type", types::written(self.context, target));
                item.content.fact("form", types::form(target));
                item
            }
        };
        if self.meant.id != self.ty.id {
            item.content.part(SHARED_TYPE, types::path(self.context, self.meant.id));
        }
        into.push(item);
    }

    fn pointer(&self) -> &str {
        &self.ty.def.pointer
    }

    fn item(&self, kind: Kind) -> Item {
        let def = self.ty.def;
        let path = types::path(self.context, self.ty.id);
        let mut item = Item::new(path, kind, Anchor::Schema(def.pointer.clone()));
        item.content.fact("schema", def.name.clone());
        let messages = self.meant.def.messages;
        item.content.fact(
            "held by",
            match (messages.requests, messages.responses) {
                (true, true) => "requests and responses",
                (true, false) => "requests",
                (false, true) => "responses",
                (false, false) => "no message",
            },
        );
        item.content.docs.clone_from(&def.docs);
        item.content.is_deprecated = def.deprecated;
        item
    }

    fn object(&self, object: &NamedStruct<'_>) -> Item {
        let mut item = self.item(Kind::Struct);
        let required = match &self.ty.shape {
            NamedShape::Alias(named) => &named.required,
            _ => &object.required,
        };
        match required {
            None => item.content.part("Default", "Default"),
            // A model that only responses hold is made by tests alone.
            Some(_) if self.meant.def.is_for_responses() => {}
            Some(required) => {
                item.content.part("constructor", format!("new({})", ident(required)));
                item.lists.push(List {
                    of: "new",
                    is_positional: false,
                    entries: object.members.iter().filter_map(|member| self.entry(member)).collect(),
                });
            }
        }
        for member in &object.members {
            item.members.push(match member {
                NamedMember::Field(field) => self.field(object, field),
                NamedMember::Oneof(oneof) => {
                    let mut member = self.member(&oneof.ident, MemberKind::Field);
                    member
                        .content
                        .part("type", format!("Option<{}>", self.oneof_path(oneof)));
                    member
                }
                NamedMember::Flattened(part) => {
                    let mut member = self.member(&part.ident, MemberKind::Field);
                    member.content.part("type", types::written(self.context, &part.item.ty));
                    member
                }
            });
        }
        if let Some(additional) = &object.additional {
            let mut member = self.member(&additional.ident, MemberKind::Field);
            let ty = types::written(self.context, &additional.item.ty);
            member.content.part("type", format!("BTreeMap<String, {ty}>"));
            member.content.fact("form", types::form(&additional.item.ty));
            item.members.push(member);
        }
        if let Some(mask) = &object.object.update_mask {
            item.content.part("From<Changes>", mask.of.clone().unwrap_or_default());
            item.content.fact("update mask", mask.mask.clone());
        }
        item.rules = rules(&object.object.constraints);
        item
    }

    /// A member of the item whose place is the schema itself.
    fn member(&self, name: &str, kind: MemberKind) -> Member {
        let anchor = Anchor::Schema(self.pointer().to_owned());
        Member::new(ident(name).to_string(), kind, anchor)
    }

    /// The field of the struct of required fields, for a member that is in it.
    fn entry(&self, member: &NamedMember<'_>) -> Option<Entry> {
        let def = self.meant.def;
        let (ty, meaning) = match member {
            NamedMember::Field(field) => {
                let is_constant = self.context.api.is_constant(field.item);
                if Api::is_demanded(def, field.item) {
                    let ty = types::written(self.context, &field.item.ty);
                    let ty = if field.item.boxed { format!("Box<{ty}>") } else { ty };
                    (ty, field.item.name.clone())
                } else if field.item.presence.is_required() && !is_constant {
                    (types::field(self.context, field.item), field.item.name.clone())
                } else {
                    return None;
                }
            }
            NamedMember::Flattened(part) => (types::written(self.context, &part.item.ty), part.item.name.clone()),
            NamedMember::Oneof(_) => return None,
        };
        let name = match member {
            NamedMember::Field(field) => &field.ident,
            NamedMember::Oneof(oneof) => &oneof.ident,
            NamedMember::Flattened(part) => &part.ident,
        };
        Some(Entry {
            name: ident(name).to_string(),
            ty,
            meaning,
        })
    }

    fn property(&self, name: &str, field: &Field, kind: MemberKind) -> Member {
        let anchor = Anchor::Property(self.pointer().to_owned(), field.name.clone());
        let mut member = Member::new(ident(name).to_string(), kind, anchor);
        let content = &mut member.content;
        content.fact("name", field.name.clone());
        content.fact("form", types::form(&field.ty));
        content.fact(
            "access",
            match field.access {
                Access::ReadWrite => "",
                Access::ReadOnly => "read-only",
                Access::WriteOnly => "write-only",
            },
        );
        content.docs.clone_from(&field.docs);
        content.is_deprecated = field.deprecated;
        member
    }

    fn field(&self, object: &NamedStruct<'_>, named: &NamedField<'_>) -> Member {
        let field = named.item;
        let mut member = self.property(&named.ident, field, MemberKind::Field);
        let content = &mut member.content;
        content.part("type", types::field(self.context, field));
        let is_passed = field.presence.is_required() || Api::is_demanded(self.meant.def, field);
        if !self.meant.def.is_for_responses() && field.access != Access::ReadOnly && !is_passed {
            let ty = types::field(self.context, field);
            content.part("setter", format!("{}(impl IntoValue<{ty}>)", ident(&named.ident)));
        }
        let mask = object.object.update_mask.as_ref().map(|mask| mask.mask.as_str());
        let has_path = object.object.has_paths && Some(field.name.as_str()) != mask;
        if has_path && field.access != Access::ReadOnly && !self.context.api.is_constant(field) {
            let ty = types::field(self.context, field);
            content.part("path", format!("{}: FieldPath<{ty}>", named.path));
        }
        if let (Some(name), Some(value), false) = (&named.default, &field.default, field.presence.is_required()) {
            content.part("default", format!("{name}: {}", self.default_type(field, value)));
            content.fact("default", default_text(value));
        }
        member
    }

    fn default_type(&self, field: &Field, value: &DefaultValue) -> String {
        match value {
            DefaultValue::Bool(_) => "bool".to_owned(),
            DefaultValue::Integer(_) => types::written(self.context, &field.ty),
            DefaultValue::Number(_) if field.ty == TypeRef::Primitive(Primitive::Float) => "f32".to_owned(),
            DefaultValue::Number(_) => "f64".to_owned(),
            DefaultValue::Text(_) => match &field.ty {
                TypeRef::Named(id) if matches!(self.context.api.shape(*id), Shape::Enum(_)) => {
                    types::written(self.context, &field.ty)
                }
                _ => "&'static str".to_owned(),
            },
        }
    }

    fn oneof_path(&self, oneof: &NamedOneof<'_>) -> String {
        let module = self.ty.module.iter().chain([&oneof.ty]);
        let parts = module.map(|part| ident(part).to_string());
        std::iter::once("models".to_owned())
            .chain(parts)
            .collect::<Vec<_>>()
            .join("::")
    }

    fn oneof(&self, oneof: &NamedOneof<'_>) -> Item {
        let anchor = Anchor::Schema(self.pointer().to_owned());
        let mut item = Item::new(self.oneof_path(oneof), Kind::Oneof, anchor);
        item.content.fact("group", oneof.item.name.clone());
        let arms = oneof.arms.iter().map(|arm| {
            let field = arm.item;
            let mut member = self.property(&arm.variant, field, MemberKind::Variant);
            let ty = types::written(self.context, &field.ty);
            let is_boxed = self.context.api.is_boxed(&field.ty, VariantOf::Oneof);
            let held = if is_boxed { format!("Box<{ty}>") } else { ty.clone() };
            member.content.part("type", held);
            if field.access != Access::ReadOnly && !self.meant.def.is_for_responses() {
                member
                    .content
                    .part("setter", format!("{}(impl IntoValue<{ty}>)", ident(&arm.ident)));
            }
            member
        });
        item.members = arms.collect();
        item
    }

    fn values(&self, members: Vec<Member>) -> Item {
        let mut item = self.item(Kind::Enum);
        item.members = members;
        item
    }

    fn value(&self, name: &str, json: String) -> Member {
        let anchor = Anchor::Value(self.pointer().to_owned(), json.clone());
        let mut member = Member::new(ident(name).to_string(), MemberKind::Value, anchor);
        member.content.fact("value", json);
        member
    }

    fn union(&self, union: &NamedUnion<'_>) -> Item {
        let mut item = self.item(Kind::Union);
        item.content
            .fact("discriminator", union.union.tag.clone().unwrap_or_default());
        for (position, variant) in union.variants.iter().enumerate() {
            let arm = variant.item;
            let anchor = Anchor::Variant(self.pointer().to_owned(), position);
            let mut member = Member::new(ident(&variant.ident).to_string(), MemberKind::Variant, anchor);
            let ty = types::written(self.context, &arm.ty);
            if self.context.api.is_known_by_type(arm, union.union) {
                member.content.part("From", ty.clone());
            }
            let is_boxed = self.context.api.is_boxed(&arm.ty, VariantOf::Union);
            member
                .content
                .part("type", if is_boxed { format!("Box<{ty}>") } else { ty });
            member.content.fact("discriminator values", arm.tags.join(", "));
            member.content.fact("form", types::form(&arm.ty));
            member.content.docs.clone_from(&arm.docs);
            item.members.push(member);
            let own = rules(&arm.constraints);
            item.rules.extend(own);
        }
        item
    }

    fn tuple(&self) -> Item {
        let mut item = self.item(Kind::Tuple);
        let Shape::Tuple(tuple) = &self.meant.def.shape else {
            return item;
        };
        let elements = tuple.elements.iter().map(|element| {
            let ty = types::written(self.context, &element.ty);
            let ty = if element.boxed { format!("Box<{ty}>") } else { ty };
            let ty = if element.optional { format!("Option<{ty}>") } else { ty };
            (ty, types::form(&element.ty))
        });
        let rest = tuple.rest.iter().map(|rest| {
            let ty = types::written(self.context, rest);
            (format!("Vec<{ty}>"), types::form(rest))
        });
        let entries = elements.chain(rest).enumerate().map(|(index, (ty, form))| Entry {
            name: index.to_string(),
            ty,
            meaning: format!("{index}{form}"),
        });
        item.lists.push(List {
            of: "fields",
            is_positional: true,
            entries: entries.collect(),
        });
        item.rules = rules(&tuple.constraints);
        item
    }
}

fn default_text(value: &DefaultValue) -> String {
    match value {
        DefaultValue::Bool(value) => value.to_string(),
        DefaultValue::Integer(value) => value.to_string(),
        DefaultValue::Number(value) => format!("{value:?}"),
        DefaultValue::Text(text) => format!("{text:?}"),
    }
}
