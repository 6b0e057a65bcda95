//! Models: objects with known members.
//!
//! A model is a struct and a table: the names of its fields on the wire, and lists of references to the fields. Everything
//! that is the same for all models works on these, so that it is compiled once.

mod form;
mod response;
mod table;

use std::fmt;

use super::trial::FlattenReader;
use super::{Field, Json, ObjectWriter, Reader, Result, Rule, Writer};

/// An object with known properties: the bound of functions that work with any model. Generated code implements it, as a table
/// of the properties.
pub trait Model: Json {}

/// The table of a model.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// The name of the schema.
    pub schema: &'static str,
    /// The name of each field on the wire, and what is special about the field: a combination of [`mark`]s.
    pub fields: &'static [(&'static str, u8)],
    /// The rules of each field; shorter where the rest has none.
    pub field_rules: &'static [&'static [Rule]],
    /// The rules of the whole object.
    pub rules: &'static [Rule],
}

/// What is special about a field of a model.
pub mod mark {
    /// Nothing.
    pub const OPTIONAL: u8 = 0;
    /// The member must not be missing.
    pub const REQUIRED: u8 = 1;
    /// No request carries the member.
    pub const READ_ONLY: u8 = 2;
    /// The member must not be missing, and no request carries it.
    pub const REQUIRED_READ_ONLY: u8 = REQUIRED | READ_ONLY;
    /// A number that may be in a string.
    #[allow(non_upper_case_globals, reason = "forms have this word")]
    pub const Quoted: u8 = 4;
    /// A oneof group: its variants are members of the object.
    pub const ONEOF: u8 = 8;
    /// A union of objects: their members are members of the object.
    pub const PART: u8 = 16;
    /// A map of all members that have no field.
    pub const EXTRAS: u8 = 32;
    /// Fields that are not a member of their own.
    pub(super) const SEVERAL: u8 = ONEOF | PART | EXTRAS;
}

impl Facts {
    /// The table of what is not a model: `{}` is not a value of it.
    pub(super) const NONE: Self = Self {
        schema: "",
        fields: &[("", mark::REQUIRED)],
        field_rules: &[],
        rules: &[],
    };

    /// Whether `{}` is a value of the model.
    #[must_use]
    pub const fn takes_empty_object(&self) -> bool {
        let mut rest = self.fields;
        while let [(_, marks), others @ ..] = rest {
            if *marks & mark::REQUIRED != 0 {
                return false;
            }
            rest = others;
        }
        true
    }

    /// The field of a member. Members mostly come in the order of the last time: the search starts at the one expected next.
    fn position(&self, name: &str, expected: usize) -> Option<usize> {
        let is_it = |(field, marks): &(&str, u8)| *field == name && *marks & mark::SEVERAL == 0;
        let (before, after) = self.fields.split_at_checked(expected)?;
        let found = after.iter().position(is_it).map(|index| expected + index);
        found.or_else(|| before.iter().position(is_it))
    }

    /// The fields with a mark.
    fn marked(&self, wanted: u8) -> impl Iterator<Item = (usize, u8)> {
        let fields = self.fields.iter().enumerate();
        fields.filter_map(move |(index, (_, marks))| (*marks & wanted != 0).then_some((index, *marks)))
    }

    /// All rules, those of the fields as rules of members.
    fn all_rules(&self) -> Vec<Rule> {
        let fields = self.fields.iter().zip(self.field_rules);
        let fields = fields.filter(|(_, rules)| !rules.is_empty());
        let fields = fields.map(|((name, _), rules)| Rule::Member(name, rules));
        fields.chain(self.rules.iter().copied()).collect()
    }
}

impl Reader<'_> {
    /// Reads a model in place.
    pub(super) fn model<M: Json>(&mut self, model: &mut M) -> Result<()> {
        let mut result = Ok(());
        model.fields_mut(&mut |fields| result = self.fields(M::FACTS, fields));
        result
    }

    fn fields(&mut self, facts: &Facts, fields: &mut [&mut dyn Field]) -> Result<()> {
        let mut parts = FlattenReader::new(self);
        let read = parts.json.object_of(facts, fields);
        read.map_err(|error| error.within(facts.schema))?;
        for (index, _) in facts.marked(mark::PART) {
            if let Some(field) = fields.get_mut(index) {
                parts.read(&mut |json| field.set(json, false))?;
            }
        }
        Ok(())
    }

    fn object_of(&mut self, facts: &Facts, fields: &mut [&mut dyn Field]) -> Result<()> {
        let start = self.at;
        let mut seen = Seen::default();
        let mut expected = 0;
        self.members(&mut |name, json| {
            let Some(index) = facts.position(&name, expected) else {
                return json.member_of_several(facts, fields, &name);
            };
            expected = index + 1;
            if let (Some(field), Some((_, marks))) = (fields.get_mut(index), facts.fields.get(index)) {
                field.set(json, marks & mark::Quoted != 0)?;
                if marks & mark::REQUIRED != 0 {
                    seen.mark(index);
                }
            }
            Ok(true)
        })?;
        let mut missing = facts.marked(mark::REQUIRED).filter(|(index, _)| !seen.has(*index));
        match missing.next().and_then(|(index, _)| facts.fields.get(index)) {
            None => Ok(()),
            Some((name, _)) => {
                let expected = format!("the member `{name}`");
                Err(self.fail_with(start, expected, "an object without it"))
            }
        }
    }

    /// Reads a member that is not a field of its own: a variant of a oneof group, or an additional property.
    fn member_of_several(&mut self, facts: &Facts, fields: &mut [&mut dyn Field], name: &str) -> Result<bool> {
        for (index, marks) in facts.marked(mark::ONEOF | mark::EXTRAS) {
            if let Some(field) = fields.get_mut(index)
                && field.set_member(name, self, marks & mark::Quoted != 0)?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// Which required members have occurred, by the numbers of their fields.
#[derive(Default)]
struct Seen {
    // Almost no schema has more than 64: those few pay with an allocation.
    first: u64,
    rest: Vec<usize>,
}

impl Seen {
    fn mark(&mut self, index: usize) {
        if index < 64 {
            self.first |= 1 << index;
        } else if !self.rest.contains(&index) {
            self.rest.push(index);
        }
    }

    fn has(&self, index: usize) -> bool {
        if index < 64 {
            self.first >> index & 1 == 1
        } else {
            self.rest.contains(&index)
        }
    }
}

impl Writer {
    /// Writes a model.
    pub(super) fn model<M: Json>(&mut self, model: &M) {
        model.fields(&mut |fields| self.fields(M::FACTS, fields));
    }

    fn fields(&mut self, facts: &Facts, fields: &[&dyn Field]) {
        let start = self.position();
        let mut object = self.object();
        for ((name, marks), field) in facts.fields.iter().zip(fields) {
            object.field(name, *marks, *field);
        }
        object.end();
        if self.is_checking() {
            self.check(start, &facts.all_rules());
        }
    }
}

impl ObjectWriter<'_> {
    pub(super) fn field(&mut self, name: &str, marks: u8, field: &dyn Field) {
        if marks & mark::READ_ONLY != 0 && self.is_request() {
            return;
        }
        let quoted = marks & mark::Quoted != 0;
        if marks & mark::SEVERAL == 0 {
            if !field.is_absent() {
                self.put_with(name, |json| field.write(json, quoted));
            }
        } else if marks & mark::PART != 0 {
            self.put_part(|json| field.write(json, false));
        } else {
            field.write_members(self, quoted);
        }
    }
}

/// Clones a model, field by field.
pub fn clone_model<M: Model>(model: &M) -> M {
    let mut new = M::blank();
    model.fields(&mut |fields| {
        new.fields_mut(&mut |copies| {
            for (copy, field) in copies.iter_mut().zip(fields) {
                copy.assign(*field);
            }
        });
    });
    new
}

/// Whether two models have equal fields.
pub fn models_are_equal<M: Model>(one: &M, other: &M) -> bool {
    let mut are_equal = true;
    one.fields(&mut |fields| {
        other.fields(&mut |others| {
            are_equal = fields.iter().zip(others).all(|(field, other)| field.equals(*other));
        });
    });
    are_equal
}

/// Shows a model as a derived `Debug` does; the fields have their names on the wire.
pub fn debug_model<M: Model>(model: &M, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = std::any::type_name::<M>();
    let name = name.rsplit_once("::").map_or(name, |(_, last)| last);
    let mut shown = f.debug_struct(name);
    model.fields(&mut |fields| {
        for ((name, marks), field) in M::FACTS.fields.iter().zip(fields) {
            let name = if marks & mark::EXTRAS == 0 {
                name
            } else {
                "additional_properties"
            };
            shown.field(name, field.as_debug());
        }
    });
    shown.finish()
}
