/// What a schema asks of a value beyond its type. Numbers are texts in JSON's form, with every digit of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// A number is not below this one.
    Minimum(String),
    /// A number is above this one.
    ExclusiveMinimum(String),
    /// A number is not above this one.
    Maximum(String),
    /// A number is below this one.
    ExclusiveMaximum(String),
    /// A number is a multiple of this one.
    MultipleOf(String),
    /// The least number of characters.
    MinLength(u64),
    /// The greatest number of characters.
    MaxLength(u64),
    /// A pattern in a syntax that is matched in linear time.
    Pattern(String),
    /// The least number of elements.
    MinItems(u64),
    /// The greatest number of elements.
    MaxItems(u64),
    /// No element stands twice.
    UniqueItems,
    /// What the first elements have to be, one after the other.
    PrefixItems(Vec<Vec<Constraint>>),
    /// What each element has to be, the first ones left out where these have their own.
    Items(Vec<Constraint>),
    /// The least number of members.
    MinProperties(u64),
    /// The greatest number of members.
    MaxProperties(u64),
    /// What the property of this name has to be.
    Property(String, Vec<Constraint>),
    /// What the members have to be whose names match this pattern.
    Matching(String, Vec<Constraint>),
    /// What the members have to be that are no properties and match no pattern.
    Others(Vec<Constraint>),
    /// What the names of members have to be.
    Names(Vec<Constraint>),
    /// The value has a type of JSON Schema.
    Type(String),
    /// The value is one of these, in JSON.
    Enum(Vec<String>),
    /// So many elements are like this, at least and at most.
    Contains(Vec<Constraint>, u64, Option<u64>),
    /// What is like the first ones has to be like the second ones, and what is not like the third ones.
    If(Vec<Constraint>, Vec<Constraint>, Vec<Constraint>),
    /// The members that have to be there.
    Required(Vec<String>),
    /// The members that a request must have, although a response need not.
    RequiredInRequests(Vec<String>),
    /// The members that have to be there where the first one is.
    DependentRequired(String, Vec<String>),
    /// One of these alternatives holds, or several do.
    AnyOf(Vec<Vec<Constraint>>),
    /// One of these alternatives holds, and no other one.
    OneOf(Vec<Vec<Constraint>>),
    /// Not all of these hold.
    Not(Vec<Constraint>),
}
