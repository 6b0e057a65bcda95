//! The constraints of schemas that types do not express.

/// A constraint of a schema. As in JSON Schema, it does not restrict values of another kind: every number satisfies
/// [`Rule::MinLength`].
///
/// Models have their rules as constants. `Validate::validate` checks them, with the feature `validate`; otherwise they cost
/// nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// A number is not below this one.
    Minimum(&'static str),
    /// A number is above this one.
    ExclusiveMinimum(&'static str),
    /// A number is not above this one.
    Maximum(&'static str),
    /// A number is below this one.
    ExclusiveMaximum(&'static str),
    /// A number is a multiple of this one, exactly.
    MultipleOf(&'static str),
    /// A string has so many characters (Unicode's code points) or more.
    MinLength(u64),
    /// A string has so many characters (Unicode's code points) or fewer.
    MaxLength(u64),
    /// A part of a string matches this pattern, which is in the syntax of the crate `regex`.
    Pattern(&'static str),
    /// An array has so many items or more.
    MinItems(u64),
    /// An array has so many items or fewer.
    MaxItems(u64),
    /// No item of an array occurs twice.
    UniqueItems,
    /// The rules of the first items of an array, one after the other.
    PrefixItems(&'static [&'static [Self]]),
    /// The rules of each item of an array, except those of [`Rule::PrefixItems`].
    Items(&'static [Self]),
    /// An object has so many properties or more.
    MinProperties(u64),
    /// An object has so many properties or fewer.
    MaxProperties(u64),
    /// If the first property is present, the others are too.
    DependentRequired(&'static str, &'static [&'static str]),
    /// The rules of the property with this name.
    Member(&'static str, &'static [Self]),
    /// The rules of the properties with names that match this pattern in a part, in the syntax of the crate `regex`.
    Matching(&'static str, &'static [Self]),
    /// The rules of the properties that neither [`Rule::Member`] nor [`Rule::Matching`] selects.
    Others(&'static [Self]),
    /// The rules of the names of properties.
    Names(&'static [Self]),
    /// A value has this type of JSON Schema: `integer`, `null`, ...
    Type(&'static str),
    /// A value is equal to one of these JSON values, however it is written.
    Enum(&'static [&'static str]),
    /// The number of items of an array that satisfy these rules is at least the first and at most the second number.
    Contains(&'static [Self], u64, Option<u64>),
    /// A value that satisfies the first rules satisfies the second ones; any other value satisfies the third ones.
    If(&'static [Self], &'static [Self], &'static [Self]),
    /// An object has these properties.
    Required(&'static [&'static str]),
    /// The properties that a request must have, although a response need not: `required` and `writeOnly`.
    RequiredInRequests(&'static [&'static str]),
    /// At least one of these alternatives is satisfied.
    AnyOf(&'static [&'static [Self]]),
    /// Exactly one of these alternatives is satisfied.
    OneOf(&'static [&'static [Self]]),
    /// Not all of these rules are satisfied.
    Not(&'static [Self]),
}

/// What the rules of a form name.
pub mod rules {
    pub use super::Rule::{
        AnyOf, Contains, DependentRequired, Enum, ExclusiveMaximum, ExclusiveMinimum, If, Items, Matching, MaxItems,
        MaxLength, MaxProperties, Maximum, Member, MinItems, MinLength, MinProperties, Minimum, MultipleOf, Names, Not,
        OneOf, Others, Pattern, PrefixItems, Required, RequiredInRequests, Type, UniqueItems,
    };
    pub use std::option::Option::{None, Some};
}
