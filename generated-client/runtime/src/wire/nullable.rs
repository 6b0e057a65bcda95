//! Three states: absent, null and a value.

use super::{Json, Reader, Result, Writer};

/// A value that may be `null`. An `Option` around it tells `null` from absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Nullable<T> {
    /// `null`, and it means something.
    #[default]
    Null,
    /// A value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, if it is not null.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value, if it is not null.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<T> for Nullable<Box<T>> {
    fn from(value: T) -> Self {
        Self::Value(Box::new(value))
    }
}

impl<T: Json> Json for Nullable<T> {
    const TAKES_NULL: bool = true;

    fn blank() -> Self {
        Self::Null
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        if json.null()? {
            return Ok(());
        }
        let mut value = T::blank();
        value.read(json)?;
        *self = Self::Value(value);
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        match self {
            Self::Null => json.raw("null"),
            Self::Value(value) => value.write(json),
        }
    }

    fn read_quoted(&mut self, json: &mut Reader<'_>) -> Result<()> {
        if json.null()? {
            return Ok(());
        }
        let mut value = T::blank();
        value.read_quoted(json)?;
        *self = Self::Value(value);
        Ok(())
    }

    fn write_quoted(&self, json: &mut Writer) {
        match self {
            Self::Null => json.raw("null"),
            Self::Value(value) => value.write_quoted(json),
        }
    }

    fn cleared_option() -> Option<Self> {
        Some(Self::Null)
    }
}
