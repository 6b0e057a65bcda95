//! Null alone.

use super::{Json, Reader, Result, Writer};

/// The value of a schema that allows null alone. An `Option` around it tells it from absent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Null;

impl Json for Null {
    const TAKES_NULL: bool = true;

    fn blank() -> Self {
        Self
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        json.word("null", "null")
    }

    fn write(&self, json: &mut Writer) {
        json.raw("null");
    }
}

/// Null has no form in a parameter.
impl crate::Parameter for Null {
    fn parameter(&self) -> crate::ParameterValue<'_> {
        crate::ParameterValue::Absent
    }
}

crate::__serde_impls!(Null);
