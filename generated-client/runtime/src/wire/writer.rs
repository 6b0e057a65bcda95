//! Writing JSON text.

use std::collections::BTreeSet;

use super::error::EncodeError;
use super::{Conflict, Json, Oneof, Raw, Reader, Rule, string};

/// A buffer that JSON is written to.
///
/// Writing a value cannot fail, so that tables need no `?`. The first problem is kept, with its position.
#[derive(Debug)]
pub struct Writer {
    out: String,
    request: bool,
    problem: Option<(usize, String)>,
    /// The discriminator value of the next object.
    tag: Option<Tag>,
    /// What is not as schemas ask, where that is checked.
    #[cfg(feature = "validate")]
    found: Option<super::validate::Found>,
}

/// The member by which an arm of a union is known, and the values that say so.
#[derive(Clone, Copy, Debug)]
struct Tag {
    name: &'static str,
    values: &'static [&'static str],
}

impl Writer {
    /// A writer of everything.
    pub(super) fn complete() -> Self {
        Self {
            out: String::new(),
            request: false,
            problem: None,
            tag: None,
            #[cfg(feature = "validate")]
            found: None,
        }
    }

    /// A writer of what a request carries.
    pub(super) fn request() -> Self {
        Self {
            request: true,
            ..Self::complete()
        }
    }

    /// Reserves room for JSON of average size.
    pub(super) fn roomy(mut self) -> Self {
        self.out.reserve(512);
        self
    }

    pub(super) fn into_text(self) -> String {
        self.out
    }

    pub(super) fn finish(self) -> Result<String, EncodeError> {
        match self.problem {
            None => Ok(self.out),
            Some((offset, problem)) => Err(EncodeError::new(&self.out, offset, problem)),
        }
    }

    /// The same, with everything checked against the rules of its model.
    #[cfg(feature = "validate")]
    pub(super) fn checked(mut self) -> Self {
        self.found = Some(super::validate::Found::default());
        self
    }

    #[cfg(feature = "validate")]
    pub(super) fn into_checked(self) -> Result<(), super::ValidationError> {
        self.found.unwrap_or_default().into_result(&self.out)
    }

    /// Where the next value will start.
    pub(super) fn position(&self) -> usize {
        self.out.len()
    }

    /// Whether values are checked.
    #[cfg_attr(
        not(feature = "validate"),
        expect(clippy::unused_self, reason = "nothing is checked without `validate`")
    )]
    pub(super) fn is_checking(&self) -> bool {
        #[cfg(feature = "validate")]
        return self.found.is_some();
        #[cfg(not(feature = "validate"))]
        false
    }

    /// Checks the value that was written from a place on, if values are checked at all.
    #[cfg(feature = "validate")]
    pub(super) fn check(&mut self, start: usize, rules: &[Rule]) {
        if let Some(found) = &mut self.found
            && !rules.is_empty()
        {
            super::validate::check((&self.out, start), rules, self.request, found);
        }
    }

    /// Notes that the value that starts at a position is not of one of the types of its union.
    #[cfg(feature = "validate")]
    pub(super) fn note_unknown(&mut self, start: usize) {
        if let Some(found) = &mut self.found {
            found.unknown(start);
        }
    }

    #[cfg(not(feature = "validate"))]
    #[allow(clippy::unused_self, reason = "the other one uses it")]
    pub(super) fn check(&mut self, _start: usize, _rules: &[Rule]) {}

    #[cfg(not(feature = "validate"))]
    #[allow(clippy::unused_self, reason = "the other one uses it")]
    pub(super) fn note_unknown(&mut self, _start: usize) {}

    /// A writer of what is put among the members of this one's object.
    fn of_a_part(&self) -> Self {
        Self {
            request: self.request,
            #[cfg(feature = "validate")]
            found: self.found.as_ref().map(|_| super::validate::Found::default()),
            ..Self::complete()
        }
    }

    /// Takes over what is wrong with a part of the object that starts at a place.
    fn take_problems(&mut self, part: &mut Self, start: usize) {
        if let Some((_, problem)) = part.problem.take() {
            self.problem.get_or_insert((start, problem));
        }
        #[cfg(feature = "validate")]
        if let (Some(found), Some(others)) = (&mut self.found, part.found.take()) {
            found.take_over(others, start);
        }
    }

    #[cold]
    fn refuse(&mut self, problem: impl FnOnce() -> String) {
        if self.problem.is_none() {
            self.problem = Some((self.out.len(), problem()));
        }
    }

    /// Writes JSON text.
    pub(super) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Writes JSON text of a table.
    pub fn json(&mut self, text: &str) {
        self.raw(text);
    }

    /// Writes a number, or `null` for a number that has no JSON form.
    pub(super) fn number(&mut self, text: Option<&str>) {
        if text.is_none() && self.request {
            self.refuse(no_such_number);
        }
        self.raw(text.unwrap_or("null"));
    }

    /// Writes a number in a string: there even NaN and the infinities have a form, but no request carries them.
    pub(super) fn quoted_number(&mut self, text: Option<&str>, otherwise: &str) {
        if text.is_none() && self.request {
            self.refuse(no_such_number);
        }
        self.out.push('"');
        self.raw(text.unwrap_or(otherwise));
        self.out.push('"');
    }

    /// Writes a string.
    pub fn string(&mut self, text: &str) {
        self.out.push('"');
        let (plain, special) = text.split_at(string::plain_prefix(text.as_bytes()));
        self.out.push_str(plain);
        if !special.is_empty() {
            self.special(special);
        }
        self.out.push('"');
    }

    /// Writes a string of which a schema asks something.
    #[doc(hidden)]
    pub fn string_by(&mut self, text: &str, rules: &'static [Rule]) {
        let start = self.position();
        self.string(text);
        self.check(start, rules);
    }

    /// Writes what a schema asks something of.
    #[doc(hidden)]
    pub fn by(&mut self, rules: &'static [Rule], write: impl FnOnce(&mut Self)) {
        let start = self.position();
        write(self);
        self.check(start, rules);
    }

    /// Writes the rest of a string, which starts with a character that needs an escape.
    fn special(&mut self, mut rest: &str) {
        loop {
            let mut chars = rest.chars();
            let Some(char) = chars.next() else { break };
            self.escape(char);
            let (plain, special) = chars.as_str().split_at(string::plain_prefix(chars.as_str().as_bytes()));
            self.out.push_str(plain);
            rest = special;
        }
    }

    #[cold]
    fn escape(&mut self, char: char) {
        let short = match char {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\u{8}' => "\\b",
            '\u{c}' => "\\f",
            other => {
                let long = format!("\\u{:04x}", u32::from(other));
                return self.out.push_str(&long);
            }
        };
        self.out.push_str(short);
    }

    /// Writes an array, each element with `write`.
    pub(super) fn array<T>(&mut self, elements: &[T], write: impl Fn(&mut Self, &T)) {
        self.out.push('[');
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                self.out.push(',');
            }
            write(self, element);
        }
        self.out.push(']');
    }

    /// Writes a oneof group that is an object of its own.
    pub fn oneof_object<T: Oneof>(&mut self, group: &T) {
        let mut object = self.object();
        object.oneof(group);
        object.end();
    }

    /// Begins an object.
    pub(super) fn object(&mut self) -> ObjectWriter<'_> {
        let (tag, start) = (self.tag.take(), self.out.len());
        self.out.push('{');
        ObjectWriter {
            json: self,
            empty: true,
            tag,
            start,
        }
    }

    /// Writes a value.
    pub fn put<T: Json>(&mut self, value: &T) {
        value.write(self);
    }

    /// Writes a value of a union that is of none of its types, where these rules say what others are allowed.
    #[doc(hidden)]
    pub fn put_other(&mut self, rules: &'static [Rule], value: &Raw) {
        self.by(rules, |json| value.write_allowed(json));
    }

    /// Writes a variant of a union. Its discriminator value is always one of these, whatever the value's own property holds.
    pub fn put_tagged<T: Json>(&mut self, name: &'static str, values: &'static [&'static str], arm: &T) {
        self.tag = Some(Tag { name, values });
        arm.write(self);
        self.tag = None;
    }

    /// Puts the tag in place of what was written from `start` on, unless that is one of its values.
    fn correct(&mut self, tag: Tag, start: usize) {
        let written = self.out.get(start..).and_then(|text| Reader::new(text).string().ok());
        if !written.is_some_and(|written| tag.values.contains(&&*written)) {
            self.out.truncate(start);
            self.string(tag.values.first().copied().unwrap_or_default());
        }
    }
}

fn no_such_number() -> String {
    "JSON has no NaN and no infinite numbers: send a finite one, or none".to_owned()
}

/// An object that is being written.
#[derive(Debug)]
pub struct ObjectWriter<'w> {
    json: &'w mut Writer,
    empty: bool,
    /// The tag, until it is written.
    tag: Option<Tag>,
    start: usize,
}

impl ObjectWriter<'_> {
    /// Writes a member with `write`.
    pub(super) fn put_with(&mut self, name: &str, write: impl FnOnce(&mut Writer)) {
        let (tag, start) = (self.tag_of(name), self.member(name).out.len());
        write(self.json);
        if let Some(tag) = tag {
            self.json.correct(tag, start);
        }
    }

    /// Whether a request carries the object.
    pub(super) fn is_request(&self) -> bool {
        self.json.request
    }

    /// Writes the members of a group that was received with several of them. They are an error in a request.
    pub fn put_conflict(&mut self, conflict: &Conflict) {
        if self.json.request {
            self.json.refuse(|| conflict.problem());
        }
        for (name, text) in conflict.variants() {
            self.member(name).raw(text);
        }
    }

    /// The tag, if it is this member.
    fn tag_of(&self, name: &str) -> Option<Tag> {
        self.tag.filter(|tag| tag.name == name)
    }

    /// Writes the members of a union that are members of the object too; what is written already stays.
    pub(super) fn put_part(&mut self, write: impl FnOnce(&mut Writer)) {
        let mut inner = self.json.of_a_part();
        write(&mut inner);
        self.json.take_problems(&mut inner, self.start);
        self.splice(&inner);
    }

    fn splice(&mut self, part: &Writer) {
        let mut known = BTreeSet::new();
        let own = format!("{}}}", self.json.out.get(self.start..).unwrap_or_default());
        // The writer has written both: they can be read.
        let _ = Reader::new(&own).members(&mut |name, _| {
            known.insert(name.into_owned());
            Ok(false)
        });
        let _ = Reader::new(&part.out).members(&mut |name, json| {
            let start = json.at;
            json.skip()?;
            if known.insert(name.clone().into_owned()) {
                self.member(&name).raw(json.slice(start, json.at));
            }
            Ok(true)
        });
    }

    /// Writes a member's name; its value must follow.
    pub(super) fn member(&mut self, name: &str) -> &mut Writer {
        if self.tag_of(name).is_some() {
            self.tag = None;
        }
        if !std::mem::replace(&mut self.empty, false) {
            self.json.out.push(',');
        }
        self.json.string(name);
        self.json.out.push(':');
        self.json
    }

    pub(super) fn end(mut self) {
        if let Some(tag) = self.tag {
            self.member(tag.name)
                .string(tag.values.first().copied().unwrap_or_default());
        }
        self.json.out.push('}');
    }
}
