//! Objects: their members, and what they may hold beyond them.

use std::collections::{BTreeMap, HashSet};

use super::{
    extension,
    uses::{Types, Use},
};
use crate::{
    config::NullPolicy,
    diagnostic::Code,
    document::{SchemaView, Schemas},
    ir::{Access, Additional, Constraint, Field, FlattenedUnion, Member, Origin, Presence, Struct, TypeRef},
    lower::{
        facts::{self, Members, Problem, Property, Rest, UnionPart},
        report::Report,
        rules::Kept,
    },
};

/// The compiler's stack overflows on derived traits of 7,000 fields; public documents have at most 674.
const MAX_PROPERTIES: usize = 4_000;

/// What the properties of an object become.
#[derive(Default)]
struct Described {
    fields: Vec<Field>,
    constraints: Vec<Constraint>,
    /// By property, whether a value still has it after it was read.
    kept: BTreeMap<String, bool>,
}

impl<'d> Types<'_, 'd> {
    /// An object; `name` is that of its type.
    pub(in crate::lower) fn object(&mut self, schema: SchemaView<'d>, name: &str) -> Struct {
        let mut members = self.facts.meanings.members(schema);
        for problem in std::mem::take(&mut members.problems) {
            report(&mut self.report, self.facts.meanings.schemas, &problem);
        }
        self.check_number(schema, members.properties.len());
        let Described {
            fields,
            mut constraints,
            kept,
        } = self.properties(&members, name);
        self.report_undeclared(schema, &members);
        self.keep_conditional(schema, &mut members);
        let additional = self.others(&members.others, name, schema);
        if let Some(ty) = &additional {
            let names = members.properties.keys().copied().collect();
            let names = members.unions.is_empty().then_some(names);
            let of_others = self.rules.of_others(&members.others, names, ty, &mut self.report);
            if of_others.iter().any(|rule| matches!(rule, Constraint::Others(_))) {
                name_all(&members, &mut constraints);
            }
            constraints.extend(of_others);
        }
        let additional = additional.map(|ty| Additional { ty });
        let kept = Kept::properties(kept, additional.is_some());
        let mut of_object = self.rules.of_object(schema, &kept, &mut self.report);
        of_object.append(&mut constraints);
        let mut constraints = of_object;
        let mut fields = fields;
        let mut parts: Vec<Member> = extension::oneofs(self, schema, &mut fields);
        parts.extend(fields.into_iter().map(Member::Field));
        for union in &members.unions {
            parts.extend(self.union_part(union, name));
        }
        parts.sort_by(|a, b| a.name().cmp(b.name()));
        constraints.sort_by(|a, b| property_of(a).cmp(&property_of(b)));
        let object = Struct {
            members: parts,
            additional,
            constraints,
            ..Struct::default()
        };
        let update_mask = extension::update_mask(self, schema, &object);
        Struct { update_mask, ..object }
    }

    fn check_number(&mut self, schema: SchemaView<'d>, number: usize) {
        if number > MAX_PROPERTIES {
            let message = format!("the schema has {number} properties, but at most {MAX_PROPERTIES} are supported");
            let help = "move some of them into separate objects";
            self.report
                .error(Code::NodeLimit, &schema.key("properties"), message, help);
        }
    }

    fn properties(&mut self, members: &Members<'d>, name: &str) -> Described {
        let mut described = Described::default();
        for (property_name, property) in &members.properties {
            // An inherited property is named after where it was declared: it is one type for all that inherit it.
            let owner = property.owner.unwrap_or(name);
            let Some(value) = self.use_of_property(property, &format!("{owner}.{property_name}")) else {
                continue;
            };
            let rules = self.rules_of_property(property, &value.ty);
            if !rules.is_empty() {
                let constraint = Constraint::Property((*property_name).to_owned(), rules);
                described.constraints.push(constraint);
            }
            let travels_both_ways = value.access == Access::ReadWrite;
            let is_kept = travels_both_ways && !(value.nullable && self.policies.null == NullPolicy::Absent);
            described.kept.insert((*property_name).to_owned(), is_kept);
            let required = members.required.contains(property_name);
            let origin = Origin::Schema(property.schema.id());
            described
                .fields
                .push(self.field((property_name, origin), value, required));
        }
        described
    }

    fn use_of_property(&mut self, property: &Property<'d>, name: &str) -> Option<Use> {
        if !property.is_contradictory {
            return self.use_of(property.schema, name);
        }
        Some(Use {
            docs: property.schema.docs().to_owned(),
            ..Use::of(TypeRef::Any, false, self.access_of(property.schema))
        })
    }

    fn rules_of_property(&mut self, property: &Property<'d>, ty: &TypeRef) -> Vec<Constraint> {
        if property.is_contradictory {
            return Vec::new();
        }
        let mut rules = self.rules.of_value(property.schema, ty, &mut self.report);
        for earlier in &property.earlier {
            let more = self.rules.of_value(*earlier, ty, &mut self.report);
            let more: Vec<Constraint> = more.into_iter().filter(|rule| !rules.contains(rule)).collect();
            rules.extend(more);
        }
        rules
    }

    /// Warns of required members that nothing declares; what a union among the members declares is its own.
    fn report_undeclared(&mut self, schema: SchemaView<'d>, members: &Members<'d>) {
        if !members.unions.is_empty() {
            return;
        }
        for name in &members.required {
            if !members.properties.contains_key(name) && !self.facts.is_declared_around(schema, name) {
                let message = format!("`{name}` is required, but is not a property");
                let help = crate::nearest::property_help(name, members.properties.keys().copied());
                self.report
                    .warn(Code::UnknownProperty, &schema.key("required"), message, help);
            }
        }
    }

    /// Keeps the members that conditions alone name.
    fn keep_conditional(&mut self, schema: SchemaView<'d>, members: &mut Members<'d>) {
        let others = &members.others;
        let is_plain = members.unions.is_empty() && others.patterns.is_empty() && others.additional.is_none();
        let names = facts::conditional_names(&self.facts.meanings, schema);
        let names: Vec<&str> = names
            .into_iter()
            .filter(|name| !members.properties.contains_key(name))
            .collect();
        if is_plain && !names.is_empty() {
            members.others.additional = Some(Rest::Any);
            let message = format!(
                "only conditions declare `{}`: all undeclared properties are kept as any JSON",
                names.join("`, `")
            );
            let help = "add them to the `properties` of the schema to get types";
            self.report.warn(Code::Weakened, &schema, message, help);
        }
    }

    /// A union among the members of an object.
    fn union_part(&mut self, union: &UnionPart<'d>, name: &str) -> Option<Member> {
        let (part_name, id) = match union {
            UnionPart::Component(component) => {
                let name = component.component_name()?;
                let last = name.rsplit('.').next().unwrap_or(name);
                (last, self.registry.of(*component)?)
            }
            UnionPart::Choice(choice, variants, owner) => {
                let is_only = choice.owner.choices().count() == 1;
                let part_name = match choice.keyword {
                    _ if is_only => "variant",
                    "oneOf" => "one of",
                    _ => "any of",
                };
                let owner = owner.unwrap_or(name);
                (part_name, self.registry.choice(*choice, variants, (owner, part_name)))
            }
        };
        Some(Member::Flattened(FlattenedUnion {
            name: part_name.to_owned(),
            ty: TypeRef::Named(id),
        }))
    }

    fn field(&self, (name, origin): (&str, Origin), value: Use, required: bool) -> Field {
        // Where null reads as absent, what may be null may be absent.
        let required = required && !(value.nullable && self.policies.null == NullPolicy::Absent);
        let is_nullable = value.nullable && self.policies.null == NullPolicy::Distinct;
        // What travels one way alone may be absent; `directions` decides where every message has it.
        let presence = Presence::new(required && value.access == Access::ReadWrite, is_nullable);
        Field {
            name: name.to_owned(),
            docs: value.docs,
            ty: value.ty,
            presence,
            required,
            access: value.access,
            deprecated: value.deprecated,
            boxed: false,
            default: value.default,
            origin,
        }
    }
}

/// Names the properties that nothing is asked of: what is asked of other members is not asked of them.
fn name_all(members: &Members<'_>, constraints: &mut Vec<Constraint>) {
    let named: HashSet<String> = constraints.iter().filter_map(property_of).map(str::to_owned).collect();
    let others = members.properties.keys().filter(|name| !named.contains(**name));
    let others = others.map(|name| Constraint::Property((*name).to_owned(), Vec::new()));
    constraints.extend(others.collect::<Vec<_>>());
}

/// What is asked of the whole comes first, then what is asked of its properties by name.
fn property_of(constraint: &Constraint) -> Option<&str> {
    match constraint {
        Constraint::Property(name, _) => Some(name),
        _ => None,
    }
}

fn report(report: &mut Report<'_>, schemas: &Schemas, problem: &Problem<'_>) {
    match problem {
        Problem::NotAnObject(part) => {
            let message = "this part of `allOf` is not a plain object: its keywords are not in the type";
            let help = "move these keywords into a part that is an object";
            report.warn(Code::Weakened, part, message, help);
        }
        Problem::Unresolved(part) => {
            let name = part.referenced_name().unwrap_or_default();
            let known = schemas.components().keys().map(String::as_str);
            report.unresolved(("schema", "schemas"), name, known, part);
        }
        Problem::Cycle(part) => {
            let name = part.referenced_name().unwrap_or_default();
            let message = format!("`{name}` contains itself by `allOf`: no value is valid");
            let help = "remove one of the references of the cycle";
            report.error(Code::ReferenceCycle, part, message, help);
        }
        Problem::TooDeep(part, max) => {
            let message = format!("there are more than {max} references between the object and this part");
            report.error(Code::DepthLimit, part, message, "refer to this part directly");
        }
        Problem::Lossy { earlier, later, name } => {
            let message = format!(
                "property `{name}` is also declared at {}: the type uses only this declaration",
                report.written_pointer(earlier)
            );
            let help = "combine both declarations in one schema with `allOf`, and refer to it";
            report.warn(Code::Weakened, later, message, help);
        }
        Problem::Contradiction { earlier, later, name } => {
            let message = format!(
                "property `{name}` has another type at {}: no value has both types, so its type is any JSON",
                report.written_pointer(earlier)
            );
            let help = "use one type for the property, or two properties";
            report.warn(Code::Contradiction, later, message, help);
        }
    }
}
