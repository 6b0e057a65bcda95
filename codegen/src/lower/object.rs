//! Objects: their members, and what they may hold beyond them.

use std::collections::HashMap;

use openapiv3::Schema;

use super::{
    Lowering, NullPolicy,
    by_name::{self, Others},
    compose::{PartEntry, Properties},
    condition::Kept,
    conditional, extension, kind,
    schema::Use,
    update_mask,
};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Access, Additional, Constraint, Field, Member, Part, Presence, Struct, TypeRef},
};

/// The compiler's stack overflows on derived traits of 7,000 fields; public documents have at most 674.
const MAX_PROPERTIES: usize = 4_000;

/// What the properties of an object become.
#[derive(Default)]
struct Described {
    fields: Vec<Field>,
    constraints: Vec<Constraint>,
    /// By property, whether a value still has it after it was read.
    kept: HashMap<String, bool>,
}

impl<'d> Lowering<'d> {
    pub(super) fn object(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> Struct {
        let mut properties = Properties::collect(self, schema, name, at);
        let number = properties.entries.len();
        if number > MAX_PROPERTIES {
            let message =
                format!("the schema has {number} properties, and more than {MAX_PROPERTIES} are not supported");
            let help = "put some of them into objects of their own";
            self.error(Code::NodeLimit, &at.key("properties"), message, help);
        }
        let Described {
            mut fields,
            mut constraints,
            kept,
        } = self.properties(&properties, name);
        self.require_properties(&properties, at);
        let mut others = properties.others();
        self.keep_conditional(schema, &properties, &mut others, at);
        let additional = self.others(&others, name, at);
        if let Some(ty) = &additional {
            let names = properties.entries.keys().map(String::as_str).collect();
            let names = properties.parts.is_empty().then_some(names);
            constraints.extend(self.constraints_by_name(&others, names, ty, at, 0));
        }
        let additional = additional.map(|ty| Additional { ty });
        let kept = Kept::properties(kept, additional.is_some());
        let mut of_object = self.constraints_of_object(schema, &kept, at);
        of_object.append(&mut constraints);
        let mut constraints = of_object;
        let mut members = extension::oneofs(self, &schema.schema_data, &mut fields, at);
        members.extend(fields.into_iter().map(Member::Field));
        for part in &properties.parts {
            members.extend(self.part_member(part, name));
        }
        members.sort_by(|a, b| a.name().cmp(b.name()));
        constraints.sort_by(by_property);
        let object = Struct {
            members,
            additional,
            constraints,
            ..Struct::default()
        };
        let update_mask = update_mask::read(self, &schema.schema_data, &object, at);
        Struct { update_mask, ..object }
    }

    fn properties(&mut self, properties: &Properties<'d>, name: &str) -> Described {
        let mut read = Described::default();
        for (property, entry) in &properties.entries {
            let at = entry.place();
            // An inherited property is named after where it was said: it is one type for all who inherit it.
            let owner = entry.owner.unwrap_or(name);
            let Some(value) = self.use_of_boxed(entry.schema, &format!("{owner}.{property}"), &at) else {
                continue;
            };
            let mut rules = self.constraints_of_boxed(entry.schema, &value.ty, &at, 0);
            for (schema, pointer) in &entry.elsewhere {
                let more = self.constraints_of_boxed(schema, &value.ty, &At::of(pointer), 0);
                let more: Vec<Constraint> = more.into_iter().filter(|rule| !rules.contains(rule)).collect();
                rules.extend(more);
            }
            if !rules.is_empty() {
                read.constraints.push(Constraint::Property(property.clone(), rules));
            }
            let travels_both_ways = value.access == Access::ReadWrite;
            let is_kept = travels_both_ways && !(value.nullable && self.null == NullPolicy::Absent);
            read.kept.insert(property.clone(), is_kept);
            let required = properties.required.contains(property);
            read.fields.push(self.field(property, value, required));
        }
        read
    }

    /// Warns of required members that nothing describes; what a union among the members describes is its own.
    fn require_properties(&mut self, properties: &Properties<'d>, at: &At<'_>) {
        let described = |property: &String| properties.entries.contains_key(property);
        if !properties.parts.is_empty() {
            return;
        }
        for property in properties.required.iter().filter(|property| !described(property)) {
            let message = format!("`{property}` is required, and is no property");
            let help = crate::nearest::property_help(property, properties.entries.keys());
            self.warn(Code::UnknownProperty, &at.key("required"), message, help);
        }
    }

    /// Keeps the members that conditions alone name.
    fn keep_conditional(
        &mut self,
        schema: &'d Schema,
        properties: &Properties<'d>,
        others: &mut Others<'d>,
        at: &At<'_>,
    ) {
        let names = conditional::names(self.lookup(), schema);
        let names: Vec<&str> = names
            .into_iter()
            .filter(|name| !properties.entries.contains_key(*name))
            .collect();
        let is_plain = properties.parts.is_empty() && others.patterns.is_empty() && others.additional.is_none();
        if is_plain && !names.is_empty() {
            others.additional = Some(by_name::Additional::Any);
            let message = format!(
                "conditions alone name `{}`: all members that are no properties are kept as any JSON",
                names.join("`, `")
            );
            let help = "add them to the `properties` of the schema to have them typed";
            self.warn(Code::Weakened, at, message, help);
        }
    }

    /// A union among the members of an object.
    fn part_member(&mut self, part: &PartEntry<'d>, name: &str) -> Option<Member> {
        let (part_name, ty) = match part {
            PartEntry::Component(component) => {
                let id = self.names.get(*component).copied()?;
                let last = component.rsplit('.').next().unwrap_or(component);
                (last.to_owned(), TypeRef::Named(id))
            }
            PartEntry::Choice {
                schema,
                arms,
                typed,
                key,
                owner,
                pointer,
            } => {
                let is_only = kind::choices_of(schema).len() == 1;
                let part_name = match *key {
                    _ if is_only => "variant",
                    "oneOf" => "one of",
                    _ => "any of",
                };
                let owner = owner.unwrap_or(name);
                let ty = self.variant_part(schema, arms, typed, &format!("{owner}.{part_name}"), &At::of(pointer))?;
                (part_name.to_owned(), ty)
            }
        };
        Some(Member::Part(Part { name: part_name, ty }))
    }

    fn field(&self, name: &str, value: Use, required: bool) -> Field {
        // Who sends a value does not have what is readOnly, and who receives one does not have what is writeOnly.
        let required = required && value.access == Access::ReadWrite;
        let presence = match (required, value.nullable, self.null) {
            (true, false, _) => Presence::Required,
            (true, true, NullPolicy::Distinct) => Presence::RequiredNullable,
            (false, true, NullPolicy::Distinct) => Presence::OptionalNullable,
            (false, false, _) | (_, true, NullPolicy::Absent) => Presence::Optional,
        };
        Field {
            name: name.to_owned(),
            docs: value.docs,
            ty: value.ty,
            presence,
            access: value.access,
            deprecated: value.deprecated,
            boxed: false,
            default: value.default,
        }
    }
}

/// What is asked of the whole first, then of its properties by name.
fn by_property(a: &Constraint, b: &Constraint) -> std::cmp::Ordering {
    let name = |constraint: &Constraint| match constraint {
        Constraint::Property(name, _) => Some(name.clone()),
        _ => None,
    };
    name(a).cmp(&name(b))
}
