//! What schemas ask of values beyond their types.

/// One thing that a schema asks of a value. It says nothing about values of another kind, as JSON Schema has it: a
/// [`Rule::MinLength`] holds for every number.
///
/// Models carry their rules as constants. They are checked where `Validate::validate` is called, with the
/// feature `validate`, and cost nothing otherwise.
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
    /// A text has so many characters (Unicode's code points) or more.
    MinLength(u64),
    /// A text has so many characters (Unicode's code points) or fewer.
    MaxLength(u64),
    /// A part of a text matches this pattern, which is in the syntax of the crate `regex`.
    Pattern(&'static str),
    /// A list has so many elements or more.
    MinItems(u64),
    /// A list has so many elements or fewer.
    MaxItems(u64),
    /// No element of a list stands twice.
    UniqueItems,
    /// What the first elements of a list have to be, one after the other.
    PrefixItems(&'static [&'static [Self]]),
    /// What each element of a list has to be, those of [`Rule::PrefixItems`] left out.
    Items(&'static [Self]),
    /// An object has so many members or more.
    MinProperties(u64),
    /// An object has so many members or fewer.
    MaxProperties(u64),
    /// Where the first member is, the others are too.
    DependentRequired(&'static str, &'static [&'static str]),
    /// What the member of this name has to be.
    Member(&'static str, &'static [Self]),
    /// What the members have to be of whose names a part matches this pattern, which is in the syntax of the crate `regex`.
    Matching(&'static str, &'static [Self]),
    /// What the members have to be that are no [`Rule::Member`] and no [`Rule::Matching`].
    Others(&'static [Self]),
    /// What the names of members have to be.
    Names(&'static [Self]),
    /// A value has this type of JSON Schema: `integer`, `null`, ...
    Type(&'static str),
    /// A value is one of these JSON texts, however it is written.
    Enum(&'static [&'static str]),
    /// So many elements of a list are by these rules: at least as many as the number, and at most as the other one.
    Contains(&'static [Self], u64, Option<u64>),
    /// A value that is by the first rules is by the second ones, another by the third ones.
    If(&'static [Self], &'static [Self], &'static [Self]),
    /// An object has these members.
    Required(&'static [&'static str]),
    /// The members that a request must have, although a response need not: `required` and `writeOnly`.
    RequiredInRequests(&'static [&'static str]),
    /// One of these alternatives holds, or several do.
    AnyOf(&'static [&'static [Self]]),
    /// One of these alternatives holds, and no other one.
    OneOf(&'static [&'static [Self]]),
    /// Not all of these hold.
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
