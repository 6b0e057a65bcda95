//! Uses of types.

use super::Primitive;

/// The number of a named type: its index in [`Api::types`](super::Api::types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub(crate) u32);

impl TypeId {
    /// The index in [`Api::types`](super::Api::types).
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TypeRef {
    /// A named type.
    Named(TypeId),
    /// A scalar.
    Primitive(Primitive),
    /// An array.
    Array(Box<TypeRef>),
    /// An object with any property names.
    Map(Box<TypeRef>),
    /// An item of an array or a map that can be null.
    Nullable(Box<TypeRef>),
    /// Any JSON value.
    Any,
    /// Any JSON object.
    AnyObject,
}

impl TypeRef {
    /// Returns the number of arrays, maps and nulls around the innermost type.
    #[must_use]
    pub fn depth(&self) -> usize {
        let mut depth = 0;
        let mut ty = self;
        while let Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) = ty {
            depth += 1;
            ty = inner;
        }
        depth
    }

    /// Returns whether the type contains a named type.
    #[must_use]
    pub fn names_a_type(&self) -> bool {
        match self {
            Self::Named(_) => true,
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.names_a_type(),
            Self::Primitive(_) | Self::Any | Self::AnyObject => false,
        }
    }

    /// Returns whether the type contains numbers in strings.
    #[must_use]
    pub fn has_quoted_numbers(&self) -> bool {
        match self {
            Self::Primitive(Primitive::QuotedInt64 | Primitive::QuotedUint64) => true,
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.has_quoted_numbers(),
            Self::Primitive(_) | Self::Named(_) | Self::Any | Self::AnyObject => false,
        }
    }

    /// Returns the type with strings instead of numbers in strings.
    #[must_use]
    pub fn with_numbers_as_texts(self) -> Self {
        let inside = |inner: Box<Self>| Box::new(inner.with_numbers_as_texts());
        match self {
            Self::Primitive(Primitive::QuotedInt64 | Primitive::QuotedUint64) => Self::Primitive(Primitive::String),
            Self::Array(inner) => Self::Array(inside(inner)),
            Self::Map(inner) => Self::Map(inside(inner)),
            Self::Nullable(inner) => Self::Nullable(inside(inner)),
            other => other,
        }
    }

    /// Returns the id of the named type that it contains.
    pub(crate) fn named_mut(&mut self) -> Option<&mut TypeId> {
        match self {
            Self::Named(id) => Some(id),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.named_mut(),
            Self::Primitive(_) | Self::Any | Self::AnyObject => None,
        }
    }

    pub(crate) fn collect_uses(&self, into: &mut Vec<TypeId>) {
        match self {
            Self::Named(id) => into.push(*id),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.collect_uses(into),
            Self::Primitive(_) | Self::Any | Self::AnyObject => {}
        }
    }
}
