//! Models: objects with known members.

use super::{FlattenReader, ObjectWriter, Reader, Result, Rule, Writer};

/// An object with known properties: the bound of functions that work with any model. Generated code implements it, as a table
/// of the properties.
pub trait Model: Sized {
    /// The name of the schema, for errors.
    const NAME: &'static str;

    #[doc(hidden)]
    /// The members that must not be missing.
    const REQUIRED: &'static [&'static str] = &[];

    #[doc(hidden)]
    /// What the schema asks of a value beyond its type.
    const RULES: &'static [Rule] = &[];

    #[doc(hidden)]
    /// Reads the value of the member `name`, or gives `false` if there is no such member.
    fn decode(&mut self, name: &str, json: &mut Reader<'_>) -> Result<bool>;

    #[doc(hidden)]
    /// Writes the members.
    fn encode(&self, json: &mut ObjectWriter<'_>);

    #[doc(hidden)]
    /// Reads the unions whose members lie among the object's own.
    fn decode_parts(&mut self, parts: &mut FlattenReader<'_, '_>) -> Result<()> {
        let _ = parts;
        Ok(())
    }
}

impl Reader<'_> {
    /// Reads a model in place.
    pub fn model<M: Model>(&mut self, model: &mut M) -> Result<()> {
        let table = Table {
            name: M::NAME,
            required: M::REQUIRED,
        };
        let mut parts = FlattenReader::new(self);
        parts.json.table(table, &mut |name, json| model.decode(name, json))?;
        model.decode_parts(&mut parts)
    }

    fn table(&mut self, table: Table, decode: &mut dyn FnMut(&str, &mut Reader<'_>) -> Result<bool>) -> Result<()> {
        let start = self.at;
        let mut seen = Seen::default();
        let read = self.members(&mut |name, json| {
            let ours = decode(&name, json)?;
            if ours && !table.required.is_empty() {
                seen.mark(table.required, &name);
            }
            Ok(ours)
        });
        let missing = || match seen.first_missing(table.required) {
            None => Ok(()),
            Some(name) => {
                let expected = format!("the member `{name}`");
                Err(self.fail_with(start, expected, "an object without it"))
            }
        };
        read.and_then(|()| missing()).map_err(|error| error.within(table.name))
    }
}

#[derive(Clone, Copy)]
struct Table {
    name: &'static str,
    required: &'static [&'static str],
}

/// Which required members have come.
#[derive(Default)]
struct Seen {
    // Almost no schema has more than 64: those few pay with an allocation.
    first: u64,
    rest: Vec<usize>,
}

impl Seen {
    fn mark(&mut self, required: &[&str], name: &str) {
        match required.iter().position(|required| *required == name) {
            Some(index @ 0..64) => self.first |= 1 << index,
            Some(index) if !self.rest.contains(&index) => self.rest.push(index),
            _ => {}
        }
    }

    fn first_missing<'r>(&self, required: &[&'r str]) -> Option<&'r str> {
        let has = |index: usize| {
            if index < 64 {
                self.first >> index & 1 == 1
            } else {
                self.rest.contains(&index)
            }
        };
        required
            .iter()
            .enumerate()
            .find(|(index, _)| !has(*index))
            .map(|(_, name)| *name)
    }
}

impl Writer {
    /// Writes a model.
    pub fn model<M: Model>(&mut self, model: &M) {
        let start = self.position();
        let mut object = self.object();
        model.encode(&mut object);
        object.end();
        self.check(start, M::RULES);
    }
}

/// Makes a [`wire::Model`](crate::wire::Model) a type with a JSON form, for this crate and for serde.
///
/// Before it is read a model is its default, or with `model!(Name, blank)` what its own `fn blank() -> Self` gives: what
/// stands for required members there is never seen.
#[doc(hidden)]
#[macro_export]
macro_rules! model {
    ($name:ident) => {
        $crate::model!(@impl $name, <$name as ::std::default::Default>::default());
    };
    ($name:ident, blank) => {
        $crate::model!(@impl $name, <$name>::blank());
    };
    (@impl $name:ident, $blank:expr) => {
        impl $crate::codegen::Generated for $name {}

        impl $crate::codegen::Json for $name {
            const TAKES_EMPTY_OBJECT: bool = <$name as $crate::codegen::Model>::REQUIRED.is_empty();

            fn blank() -> Self {
                $blank
            }
            fn read(&mut self, json: &mut $crate::codegen::Reader<'_>) -> $crate::codegen::Result<()> {
                json.model(self)
            }
            fn write(&self, json: &mut $crate::codegen::Writer) {
                json.model(self);
            }
        }
        $crate::__serde_impls!($name);
    };
}
