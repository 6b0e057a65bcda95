//! The types that have one JSON form.

use std::collections::BTreeMap;

use super::number::Decimal;
use super::string_enum::Strings;
use super::union::Union;
use super::{Facts, Field, ObjectWriter, Raw, Reader, Result, Writer};

/// What a type is read and written by.
#[derive(Debug)]
pub enum Kind<T: 'static> {
    /// A table of strings: an open enum.
    Strings(Strings<T>),
    /// A table of variants.
    Union(Union<T>),
    /// The fields of a model, or functions of the type's own.
    Own,
}

/// A type with a JSON form: the bound of functions that read and write any such value. Generated code implements it.
pub trait Json: Sized + 'static {
    #[doc(hidden)]
    /// What the type is read and written by: a table, or functions of its own.
    const KIND: Kind<Self> = Kind::Own;

    #[doc(hidden)]
    /// Whether the type itself reads `null`, so that an `Option` around it must leave it to it.
    const TAKES_NULL: bool = false;

    #[doc(hidden)]
    /// Whether `{}` is a value of the type: an object that needs no member.
    const TAKES_EMPTY_OBJECT: bool = Self::FACTS.takes_empty_object();

    #[doc(hidden)]
    /// What the document declares about the object, where the type is a model.
    const FACTS: &'static Facts = &Facts::NONE;

    #[doc(hidden)]
    /// Passes the fields of a model on, in the order of the table.
    fn fields(&self, see: &mut dyn FnMut(&[&dyn Field])) {
        see(&[]);
    }

    #[doc(hidden)]
    /// Passes the fields of a model on, in the order of the table.
    fn fields_mut(&mut self, see: &mut dyn FnMut(&mut [&mut dyn Field])) {
        see(&mut []);
    }

    #[doc(hidden)]
    /// Returns the value of a slot before it is read: cheap, and without a meaning.
    ///
    /// A type without a table has its own function, and does not compile otherwise.
    #[must_use]
    fn blank() -> Self {
        const {
            assert!(
                !matches!(Self::KIND, Kind::Own),
                "a type without a table has its own `blank`"
            );
        }
        match Self::KIND {
            Kind::Strings(table) => table.blank(),
            Kind::Union(union) => (union.unknown)(Raw::blank()),
            Kind::Own => unreachable!(),
        }
    }

    #[doc(hidden)]
    /// Reads a value in place; `self` is blank. Big models are read where they stay, not moved there.
    ///
    /// What has a table is read by it; other types have their own function.
    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        match Self::KIND {
            Kind::Strings(table) => json.string_enum(table, self),
            Kind::Union(union) => json.union(union, self),
            Kind::Own => json.model(self),
        }
    }

    #[doc(hidden)]
    /// Writes the value; what has a table, by it.
    fn write(&self, json: &mut Writer) {
        match Self::KIND {
            Kind::Strings(table) => json.string(table.text(self)),
            Kind::Union(union) => (union.encode)(self, json),
            Kind::Own => json.model(self),
        }
    }

    #[doc(hidden)]
    /// Whether a member of this value is left out.
    fn is_absent(&self) -> bool {
        false
    }

    #[doc(hidden)]
    /// Reads a value in place whose numbers may be in strings.
    fn read_quoted(&mut self, json: &mut Reader<'_>) -> Result<()> {
        self.read(json)
    }

    #[doc(hidden)]
    /// Writes the value with its numbers in strings.
    fn write_quoted(&self, json: &mut Writer) {
        self.write(json);
    }

    #[doc(hidden)]
    /// Reads one member of the object that this value is a part of, or returns `false` if it is not a member of it.
    fn read_member(&mut self, name: &str, json: &mut Reader<'_>, quoted: bool) -> Result<bool> {
        let _ = (name, json, quoted);
        Ok(false)
    }

    #[doc(hidden)]
    /// The same for a value that may be absent yet.
    fn read_member_of(value: &mut Option<Self>, name: &str, json: &mut Reader<'_>) -> Result<bool> {
        let _ = (value, name, json);
        Ok(false)
    }

    #[doc(hidden)]
    /// Writes the members of this value into the object that it is a part of.
    fn write_members(&self, object: &mut ObjectWriter<'_>, quoted: bool) {
        let _ = (object, quoted);
    }

    #[doc(hidden)]
    #[must_use]
    /// The value of a field that an update clears: null where the field has null as a value of its own.
    fn cleared() -> Self {
        Self::blank()
    }

    #[doc(hidden)]
    #[must_use]
    /// The same for a field that may be absent.
    fn cleared_option() -> Option<Self> {
        None
    }
}

impl Reader<'_> {
    /// Reads a value of its own.
    pub fn value<T: Json>(&mut self) -> Result<T> {
        let mut value = T::blank();
        value.read(self)?;
        Ok(value)
    }

    /// Reads a value into an element; `true`, because the element is there.
    pub fn set<T: Json>(&mut self, element: &mut T) -> Result<bool> {
        *element = T::blank();
        element.read(self)?;
        Ok(true)
    }
}

/// `null` is absent.
impl<T: Json> Json for Option<T> {
    fn blank() -> Self {
        None
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        if !T::TAKES_NULL && json.null()? {
            return Ok(());
        }
        self.insert(T::blank()).read(json)
    }

    fn write(&self, json: &mut Writer) {
        match self {
            Some(value) => value.write(json),
            None => json.raw("null"),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn read_quoted(&mut self, json: &mut Reader<'_>) -> Result<()> {
        if !T::TAKES_NULL && json.null()? {
            return Ok(());
        }
        self.insert(T::blank()).read_quoted(json)
    }

    fn write_quoted(&self, json: &mut Writer) {
        match self {
            Some(value) => value.write_quoted(json),
            None => json.raw("null"),
        }
    }

    fn read_member(&mut self, name: &str, json: &mut Reader<'_>, _: bool) -> Result<bool> {
        T::read_member_of(self, name, json)
    }

    fn write_members(&self, object: &mut ObjectWriter<'_>, quoted: bool) {
        if let Some(value) = self {
            value.write_members(object, quoted);
        }
    }

    fn cleared() -> Self {
        T::cleared_option()
    }
}

impl<T: Json> Json for Box<T> {
    const TAKES_NULL: bool = T::TAKES_NULL;

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        (**self).read(json)
    }

    fn write(&self, json: &mut Writer) {
        (**self).write(json);
    }

    fn is_absent(&self) -> bool {
        (**self).is_absent()
    }

    fn read_quoted(&mut self, json: &mut Reader<'_>) -> Result<()> {
        (**self).read_quoted(json)
    }

    fn write_quoted(&self, json: &mut Writer) {
        (**self).write_quoted(json);
    }
}

impl<T: Json> Json for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        json.elements(&mut |json| {
            self.push(T::blank());
            self.last_mut().map_or(Ok(()), |element| element.read(json))
        })
    }

    fn write(&self, json: &mut Writer) {
        json.array(self, |json, element| element.write(json));
    }

    fn read_quoted(&mut self, json: &mut Reader<'_>) -> Result<()> {
        json.elements(&mut |json| {
            self.push(T::blank());
            self.last_mut().map_or(Ok(()), |element| element.read_quoted(json))
        })
    }

    fn write_quoted(&self, json: &mut Writer) {
        json.array(self, |json, element| element.write_quoted(json));
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    const TAKES_EMPTY_OBJECT: bool = true;

    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        json.members(&mut |name, json| self.read_member(&name, json, false))
    }

    fn write(&self, json: &mut Writer) {
        let mut object = json.object();
        self.write_members(&mut object, false);
        object.end();
    }

    fn read_quoted(&mut self, json: &mut Reader<'_>) -> Result<()> {
        json.members(&mut |name, json| self.read_member(&name, json, true))
    }

    fn write_quoted(&self, json: &mut Writer) {
        let mut object = json.object();
        self.write_members(&mut object, true);
        object.end();
    }

    fn read_member(&mut self, name: &str, json: &mut Reader<'_>, quoted: bool) -> Result<bool> {
        let mut value = T::blank();
        if quoted {
            value.read_quoted(json)?;
        } else {
            value.read(json)?;
        }
        self.insert(name.to_owned(), value);
        json.note_unnamed();
        Ok(true)
    }

    fn write_members(&self, object: &mut ObjectWriter<'_>, quoted: bool) {
        for (name, value) in self {
            let json = object.member(name);
            if quoted {
                value.write_quoted(json);
            } else {
                value.write(json);
            }
        }
    }
}

impl Json for String {
    fn blank() -> Self {
        Self::new()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        *self = json.string()?.into_owned();
        // A text that means something is the better fit.
        json.note_unnamed();
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        json.string(self);
    }
}

impl Json for bool {
    fn blank() -> Self {
        false
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        *self = json.peek() == Some(b't');
        json.word(if *self { "true" } else { "false" }, "true or false")
    }

    fn write(&self, json: &mut Writer) {
        json.raw(if *self { "true" } else { "false" });
    }
}

/// Any value, and nothing of it, for replies that say nothing.
impl Json for () {
    fn blank() -> Self {}

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        json.skip()
    }

    fn write(&self, json: &mut Writer) {
        json.raw("null");
    }
}

/// A number type: how it reads and writes the digits of a number.
pub(super) trait Numeric: Sized + Copy {
    /// What a reader expects.
    const EXPECTED: &'static str;

    /// Whether an integer is best read into this type.
    const KEEPS_INTEGERS: bool = true;

    /// The value of a JSON number, if the type has it.
    fn parse(text: &str) -> Option<Self>;

    /// Calls `use_text` with the JSON number, or with `None` if JSON has no such number.
    fn text(self, use_text: impl FnOnce(Option<&str>));

    /// What a string says where JSON has no number.
    fn name(self) -> &'static str {
        ""
    }

    /// The value of such a string.
    fn named(_name: &str) -> Option<Self> {
        None
    }
}

macro_rules! integers {
    ($($type:ident $expected:literal,)*) => {$(
        impl Numeric for $type {
            const EXPECTED: &'static str = $expected;

            fn parse(text: &str) -> Option<Self> {
                // 1.0 and 1e3 are integers too.
                text.parse().ok().or_else(|| Decimal::new(text).integer()?.try_into().ok())
            }

            fn text(self, use_text: impl FnOnce(Option<&str>)) {
                use_text(Some(itoa::Buffer::new().format(self)));
            }
        }

        number_json!($type);
    )*};
}

macro_rules! floats {
    ($($type:ident $expected:literal,)*) => {$(
        impl Numeric for $type {
            const EXPECTED: &'static str = $expected;

            const KEEPS_INTEGERS: bool = false;

            fn parse(text: &str) -> Option<Self> {
                text.parse().ok().filter(|value: &Self| value.is_finite())
            }

            fn text(self, use_text: impl FnOnce(Option<&str>)) {
                // Rust's shortest form that reads back the same is a JSON number.
                use_text(self.is_finite().then(|| format!("{self:?}")).as_deref());
            }

            fn name(self) -> &'static str {
                match self {
                    Self::INFINITY => "Infinity",
                    Self::NEG_INFINITY => "-Infinity",
                    _ => "NaN",
                }
            }

            fn named(name: &str) -> Option<Self> {
                [Self::NAN, Self::INFINITY, Self::NEG_INFINITY].into_iter().find(|value| value.name() == name)
            }
        }

        number_json!($type);
    )*};
}

macro_rules! number_json {
    ($type:ident) => {
        impl Json for $type {
            fn blank() -> Self {
                Self::default()
            }

            fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
                let start = json.at;
                let text = json.number($type::EXPECTED)?;
                *self = Numeric::parse(text).ok_or_else(|| json.fail_from(start, $type::EXPECTED))?;
                if !$type::KEEPS_INTEGERS {
                    json.note_whole(text);
                }
                Ok(())
            }

            fn write(&self, json: &mut Writer) {
                self.text(|text| json.number(text));
            }

            fn read_quoted(&mut self, json: &mut Reader<'_>) -> Result<()> {
                json.quoted_number(self)
            }

            fn write_quoted(&self, json: &mut Writer) {
                self.text(|text| json.quoted_number(text, self.name()));
            }
        }
    };
}

integers! {
    i8 "an integer from -128 to 127",
    i16 "an integer from -32768 to 32767",
    i32 "an integer of 32 bits",
    i64 "an integer of 64 bits",
    u8 "an integer from 0 to 255",
    u16 "an integer from 0 to 65535",
    u32 "an integer of 32 bits, not negative",
    u64 "an integer of 64 bits, not negative",
}
floats! {
    f32 "a number of 32 bits",
    f64 "a number of 64 bits",
}
