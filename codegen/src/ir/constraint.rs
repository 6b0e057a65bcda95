/// A constraint of a schema on a value, in addition to its type. Numbers are strings in the syntax of JSON, with all digits of
/// the document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// The minimum number of characters.
    MinLength(u64),
    /// The maximum number of characters.
    MaxLength(u64),
    /// A pattern in a syntax that is matched in linear time.
    Pattern(String),
    /// The minimum number of items.
    MinItems(u64),
    /// The maximum number of items.
    MaxItems(u64),
    /// All items are different.
    UniqueItems,
    /// The constraints of the first items, by position.
    PrefixItems(Vec<Vec<Constraint>>),
    /// The constraints of each item, except the first ones if these have their own.
    Items(Vec<Constraint>),
    /// The minimum number of properties.
    MinProperties(u64),
    /// The maximum number of properties.
    MaxProperties(u64),
    /// The constraints of the property with this name.
    Property(String, Vec<Constraint>),
    /// The constraints of properties with a name that matches this pattern.
    Matching(String, Vec<Constraint>),
    /// The constraints of additional properties, which are not declared and do not match a pattern.
    Others(Vec<Constraint>),
    /// The constraints of the names of properties.
    Names(Vec<Constraint>),
    /// The value has a type of JSON Schema.
    Type(String),
    /// The value is one of these, in JSON.
    Enum(Vec<String>),
    /// The minimum and maximum number of items that meet these constraints.
    Contains(Vec<Constraint>, u64, Option<u64>),
    /// A value that meets the first constraints must meet the second ones. Other values must meet the third ones.
    If(Vec<Constraint>, Vec<Constraint>, Vec<Constraint>),
    /// The required properties.
    Required(Vec<String>),
    /// The properties that are required in requests, but not in responses.
    RequiredInRequests(Vec<String>),
    /// The properties that are required if the first one is present.
    DependentRequired(String, Vec<String>),
    /// At least one of these alternatives must be met.
    AnyOf(Vec<Vec<Constraint>>),
    /// Exactly one of these alternatives must be met.
    OneOf(Vec<Vec<Constraint>>),
    /// At least one of these constraints must not be met.
    Not(Vec<Constraint>),
}
