//! Objects as forms: a line a property.

use super::{
    Context, Item, changes, copy, defaults,
    form::{self, Entry, Form, Line, Type},
    oneofs, rules, runtime,
};
use crate::{
    ir::{Access, Api, Constraint, Field, Presence, TypeRef},
    name::{Named, NamedField, NamedMember, NamedStruct, NamedType, ident},
};

pub(super) fn items(context: Context<'_>, ty: &NamedType<'_>, object: &NamedStruct<'_>, into: &mut Vec<Item>) {
    let model = Model { context, ty, object };
    let form = if ty.def.is_for_responses() {
        "response_model"
    } else {
        "model"
    };
    into.push(Item::Form(Form::new(form, model.entry())));
    for oneof in object.oneofs() {
        oneofs::items(context, ty, oneof, into);
    }
}

/// One struct while it is written.
struct Model<'a> {
    context: Context<'a>,
    ty: &'a NamedType<'a>,
    object: &'a NamedStruct<'a>,
}

impl Model<'_> {
    fn entry(&self) -> Entry {
        // A long name stays on the line of its keyword.
        let mut head = Line::new().word("pub struct ").attached().ident(&ident(&self.ty.ident));
        if let Some(required) = &self.object.required {
            head = head.sign("(").attached().ident(&ident(required)).sign(")");
        }
        let mut head = form::schema(head, self.ty);
        if self.ty.def.is_boxed {
            head = head.word("boxed");
        }
        if self.object.object.has_paths {
            head = head.word("masked");
        }
        let additional = self.object.additional.as_ref().map(|additional| {
            let ty = TypeRef::Map(Box::new(additional.item.ty.clone()));
            let line = Line::new()
                .word("..")
                .attached()
                .ident(&ident(&additional.ident))
                .sign(":");
            Entry::new(as_quoted(line.ty(&self.written(&ty)), &ty))
        });
        let fields = self.object.members.iter().map(|member| self.member(member));
        form::declared(self.ty, head)
            .enclosing(fields.chain(additional).collect())
            .with_tail(self.tail())
    }

    /// A type as it is written in the module of the struct.
    fn written(&self, ty: &TypeRef) -> Type {
        self.context.written(ty, Some(&self.ty.module))
    }

    fn member(&self, member: &NamedMember<'_>) -> Entry {
        match member {
            NamedMember::Field(field) => self.field(field),
            NamedMember::Oneof(oneof) => {
                let group = Type::path([&ident(&oneof.ty)]);
                let ty = self.context.generic(runtime::OPTION, &[group], Some(&self.ty.module));
                let line = Line::new().ident(&ident(&oneof.ident)).sign(":").ty(&ty);
                Entry::new(line.word("= oneof").text(&oneof.item.name))
            }
            NamedMember::Flattened(part) => self.part(part),
        }
    }

    fn part(&self, part: &Named<'_, crate::ir::FlattenedUnion>) -> Entry {
        let line = Line::new()
            .ident(&ident(&part.ident))
            .sign(":")
            .ty(&self.written(&part.item.ty));
        Entry::new(line.word("= part").text(&part.item.name))
    }

    fn field(&self, named: &NamedField<'_>) -> Entry {
        let field = named.item;
        let ty = self.context.written_field(field, &self.ty.module);
        let line = Line::new().ident(&ident(&named.ident)).sign(":").ty(&ty).word("=");
        let line = self.marked(line, named).text(&field.name);
        let mut line = as_quoted(line, &field.ty);
        if let Some(rules) = self.rules_of(field) {
            line = line.word("where").line(rules::list_line(rules));
        }
        if let Some(default) = defaults::line(self.context, named, &self.ty.module) {
            line = line.line(default);
        }
        Entry::new(line)
            .documented(&copy::property(field))
            .deprecated(field.deprecated)
    }

    /// What is special about a property, and the constant for its path.
    fn marked(&self, line: Line, named: &NamedField<'_>) -> Line {
        let field = named.item;
        let is_read_only = field.access == Access::ReadOnly;
        if self.context.api.is_constant(field) {
            return line.word(if is_read_only { "const read_only" } else { "const" });
        }
        let line = if field.presence.is_required() {
            line.word("required")
        } else if Api::is_demanded(self.ty.def, field) {
            line.word("required write_only")
        } else {
            line
        };
        if is_read_only {
            return line.word("read_only");
        }
        if changes::has_path(self.object.object, field) {
            return line.word("path").ident(&ident(&named.path));
        }
        line
    }

    /// The rules of one property, if its line has them.
    fn rules_of(&self, field: &Field) -> Option<&[Constraint]> {
        let mut all = self
            .object
            .object
            .constraints
            .iter()
            .filter_map(|constraint| match constraint {
                Constraint::Property(name, rules) if *name == field.name => Some(rules.as_slice()),
                _ => None,
            });
        let rules = all.next()?;
        (all.next().is_none() && !rules.is_empty()).then_some(rules)
    }

    /// The rules of the whole object, and how a request is made of changes.
    fn tail(&self) -> Line {
        let is_in_a_line = |constraint: &&Constraint| match constraint {
            Constraint::Property(name, _) => {
                let field = self.object.field(name);
                field.is_some_and(|field| self.rules_of(field.item).is_some())
            }
            _ => false,
        };
        let constraints = self
            .object
            .object
            .constraints
            .iter()
            .filter(|constraint| !is_in_a_line(constraint));
        let rules: Vec<Constraint> = constraints.cloned().collect();
        let mut tail = Line::new();
        if !rules.is_empty() {
            tail = tail.word("where").line(rules::list_line(&rules));
        }
        match changes::tail(self.context, self.ty, self.object) {
            Some(changes) => tail.line(changes),
            None => tail,
        }
    }
}

/// Adds how numbers are written that may be in strings.
pub(super) fn as_quoted(line: Line, ty: &TypeRef) -> Line {
    if ty.has_quoted_numbers() {
        line.word("as Quoted")
    } else {
        line
    }
}

impl Context<'_> {
    /// The type of a field: with its box, its null and its absence around it.
    pub(super) fn written_field(&self, field: &Field, module: &[String]) -> Type {
        let from = Some(module);
        let mut ty = self.written(&field.ty, from);
        if field.boxed {
            ty = self.generic(runtime::BOXED, &[ty], from);
        }
        if field.presence.is_nullable() {
            ty = self.generic(runtime::NULLABLE, &[ty], from);
        }
        if matches!(field.presence, Presence::Optional | Presence::OptionalNullable) {
            ty = self.generic(runtime::OPTION, &[ty], from);
        }
        ty
    }
}
