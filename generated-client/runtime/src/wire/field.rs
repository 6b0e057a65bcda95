//! The fields of models, whatever their types: what is the same for all models works on lists of them.

use std::any::Any;
use std::fmt;

use super::{Json, ObjectWriter, Reader, Result, Writer};

/// A field of a model. Every type with a JSON form that can be compared, cloned and shown is one.
pub trait Field: Any {
    /// Reads the value anew; a number may be in a string where `quoted` is set.
    fn set(&mut self, json: &mut Reader<'_>, quoted: bool) -> Result<()>;

    /// Reads the member `name` of the object that the field's model is, or returns `false` if it has no such member.
    fn set_member(&mut self, name: &str, json: &mut Reader<'_>, quoted: bool) -> Result<bool>;

    /// Whether the field is not written.
    fn is_absent(&self) -> bool;

    /// Writes the value.
    fn write(&self, json: &mut Writer, quoted: bool);

    /// Writes the members that the field adds to the object that its model is.
    fn write_members(&self, object: &mut ObjectWriter<'_>, quoted: bool);

    /// The value as `Debug` shows it.
    fn as_debug(&self) -> &dyn fmt::Debug;

    /// Whether another field has the same type and an equal value.
    fn equals(&self, other: &dyn Field) -> bool;

    /// Clones the value of another field of the same type.
    fn assign(&mut self, other: &dyn Field);
}

impl<T: Json + Clone + fmt::Debug + PartialEq + 'static> Field for T {
    fn set(&mut self, json: &mut Reader<'_>, quoted: bool) -> Result<()> {
        // A member that occurs twice starts anew.
        *self = T::blank();
        if quoted {
            self.read_quoted(json)
        } else {
            self.read(json)
        }
    }

    fn set_member(&mut self, name: &str, json: &mut Reader<'_>, quoted: bool) -> Result<bool> {
        self.read_member(name, json, quoted)
    }

    fn is_absent(&self) -> bool {
        Json::is_absent(self)
    }

    fn write(&self, json: &mut Writer, quoted: bool) {
        if quoted {
            self.write_quoted(json);
        } else {
            Json::write(self, json);
        }
    }

    fn write_members(&self, object: &mut ObjectWriter<'_>, quoted: bool) {
        Json::write_members(self, object, quoted);
    }

    fn as_debug(&self) -> &dyn fmt::Debug {
        self
    }

    fn equals(&self, other: &dyn Field) -> bool {
        let other: &dyn Any = other;
        other.downcast_ref::<T>().is_some_and(|other| self == other)
    }

    fn assign(&mut self, other: &dyn Field) {
        let other: &dyn Any = other;
        if let Some(other) = other.downcast_ref::<T>() {
            self.clone_from(other);
        }
    }
}
