use std::hash::{Hash, Hasher};

use super::{Constraint, Origin, TypeId, TypeRef};

/// A named type: a component schema, or an inline schema with a name from its place.
#[derive(Debug)]
pub struct TypeDef {
    /// The name of the component, or the name of the enclosing schema and the path inside it: `Pet.owner`.
    pub name: String,
    /// The JSON pointer of the schema in the canonical tree.
    pub pointer: String,
    /// The description, which is Markdown.
    pub docs: String,
    /// Marked as deprecated.
    pub deprecated: bool,
    /// Where it is declared.
    pub origin: Origin,
    /// The messages that contain values of it.
    pub messages: Messages,
    /// Whether a field holds it in a box, because the types would otherwise contain each other.
    pub is_boxed: bool,
    /// The kind and the parts of the type.
    pub shape: Shape,
}

/// The messages that can have values of a type: as a whole, or somewhere inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    /// Bodies and parameters of requests.
    pub requests: bool,
    /// Bodies and headers of responses, and payloads of webhooks and callbacks.
    pub responses: bool,
}

impl TypeDef {
    /// Returns whether responses hold the type, and no request does: then it has no constructor and no setters.
    #[must_use]
    pub fn is_for_responses(&self) -> bool {
        self.messages.responses && !self.messages.requests
    }

    /// Returns the named types that this type uses, one entry for each use.
    #[must_use]
    pub fn uses(&self) -> Vec<TypeId> {
        let mut uses = Vec::new();
        match &self.shape {
            Shape::Struct(object) => {
                for member in &object.members {
                    match member {
                        Member::Field(field) => field.ty.collect_uses(&mut uses),
                        Member::Oneof(oneof) => oneof.arms.iter().for_each(|arm| arm.ty.collect_uses(&mut uses)),
                        Member::Flattened(part) => part.ty.collect_uses(&mut uses),
                    }
                }
                if let Some(additional) = &object.additional {
                    additional.ty.collect_uses(&mut uses);
                }
            }
            Shape::Union(union) => union.arms.iter().for_each(|arm| arm.ty.collect_uses(&mut uses)),
            Shape::Tuple(tuple) => {
                tuple
                    .elements
                    .iter()
                    .for_each(|element| element.ty.collect_uses(&mut uses));
                if let Some(rest) = &tuple.rest {
                    rest.collect_uses(&mut uses);
                }
            }
            Shape::Alias(alias) => alias.target.collect_uses(&mut uses),
            Shape::Enum(_) | Shape::Newtype(_) | Shape::ValueEnum(_) | Shape::Constant(_) => {}
        }
        uses
    }
}

/// The kind of a named type, with its parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// An object with known properties.
    Struct(Struct),
    /// A string with known values. Other values are possible.
    Enum(Enum),
    /// Known values that are not all strings. Other values are possible.
    ValueEnum(ValueEnum),
    /// One value.
    Constant(Constant),
    /// One of several types.
    Union(Union),
    /// An array with a type for each position.
    Tuple(Tuple),
    /// A string with its own type, so that it cannot be confused with another one.
    Newtype(Newtype),
    /// Another name for a type.
    Alias(Alias),
}

impl Shape {
    /// Calls a function with each use of a type.
    pub fn for_each_use(&mut self, change: &mut dyn FnMut(&mut TypeRef)) {
        match self {
            Self::Struct(object) => {
                for member in &mut object.members {
                    match member {
                        Member::Field(field) => change(&mut field.ty),
                        Member::Oneof(oneof) => oneof.arms.iter_mut().for_each(|arm| change(&mut arm.ty)),
                        Member::Flattened(part) => change(&mut part.ty),
                    }
                }
                object.additional.iter_mut().for_each(|others| change(&mut others.ty));
            }
            Self::Union(union) => union.arms.iter_mut().for_each(|arm| change(&mut arm.ty)),
            Self::Tuple(tuple) => {
                tuple.elements.iter_mut().for_each(|element| change(&mut element.ty));
                tuple.rest.iter_mut().for_each(change);
            }
            Self::Alias(alias) => change(&mut alias.target),
            Self::Enum(_) | Self::ValueEnum(_) | Self::Constant(_) | Self::Newtype(_) => {}
        }
    }
}

/// An object with known properties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Struct {
    /// Properties and oneof groups, sorted by wire name.
    pub members: Vec<Member>,
    /// The type of additional properties, if the schema allows them.
    pub additional: Option<Additional>,
    /// The constraints on its properties and on the object.
    pub constraints: Vec<Constraint>,
    /// The update mask of this request.
    pub update_mask: Option<UpdateMask>,
    /// Whether masks can contain the fields of this object.
    pub has_paths: bool,
}

/// The property of an update request that contains the changed fields (`x-client-update-mask`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UpdateMask {
    /// The property with the mask.
    pub mask: String,
    /// The property whose fields the mask contains. `None` if the mask contains fields of the request.
    pub of: Option<String>,
}

impl Struct {
    /// Returns the fields of the object without those of oneof groups.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.members.iter().filter_map(|member| match member {
            Member::Field(field) => Some(field),
            Member::Oneof(_) | Member::Flattened(_) => None,
        })
    }

    /// Returns the required fields.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields().filter(|field| field.presence.is_required())
    }
}

/// The type of additional properties.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Additional {
    /// The type of their values.
    pub ty: TypeRef,
}

/// A part of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Member {
    /// A property.
    Field(Field),
    /// Properties of which one at most is set.
    Oneof(Oneof),
    /// A union with properties among those of the object.
    Flattened(FlattenedUnion),
}

impl Member {
    /// Returns the name of the property or the group in the document.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Field(field) => &field.name,
            Self::Oneof(oneof) => &oneof.name,
            Self::Flattened(part) => &part.name,
        }
    }
}

/// A property.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// The description, which is Markdown.
    pub docs: String,
    /// Its type, without regard to absence and null.
    pub ty: TypeRef,
    /// Whether it can be absent or null.
    pub presence: Presence,
    /// Whether the document requires it in the messages that contain it.
    pub required: bool,
    /// The messages that contain it.
    pub access: Access,
    /// Marked as deprecated.
    pub deprecated: bool,
    /// Whether the value is boxed, because the type would otherwise contain itself.
    pub boxed: bool,
    /// The default of the server if the property is absent.
    pub default: Option<DefaultValue>,
    /// Where it is declared.
    pub origin: Origin,
}

impl Field {
    /// Returns whether it is required in requests.
    #[must_use]
    pub fn is_required_in_requests(&self) -> bool {
        self.presence.is_required() || self.is_required_in_requests_alone()
    }

    /// Returns whether it is required in requests, although its type is optional.
    #[must_use]
    pub fn is_required_in_requests_alone(&self) -> bool {
        self.required && self.access == Access::WriteOnly && !self.presence.is_required()
    }
}

/// A default that is a value of its property's type.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// `true` or `false`.
    Bool(bool),
    /// An integer within the type's bounds.
    Integer(i128),
    /// A finite number.
    Number(f64),
    /// A string, or a value of an enum of strings.
    Text(String),
}

// A number of a document is finite, so it is equal to itself.
impl Eq for DefaultValue {}

impl Hash for DefaultValue {
    fn hash<H: Hasher>(&self, state: &mut H) {
        match self {
            Self::Bool(value) => value.hash(state),
            Self::Integer(value) => value.hash(state),
            // Zero is equal to minus zero, which has other bits.
            Self::Number(value) => (value + 0.0).to_bits().hash(state),
            Self::Text(value) => value.hash(state),
        }
    }
}

/// Whether a property may be absent, or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// Always there, never null.
    Required,
    /// Always there, possibly null.
    RequiredNullable,
    /// May be absent; null reads as absent.
    Optional,
    /// May be absent, and may be null, which is something else.
    OptionalNullable,
}

impl Presence {
    pub(crate) fn new(is_required: bool, is_nullable: bool) -> Self {
        match (is_required, is_nullable) {
            (true, false) => Self::Required,
            (true, true) => Self::RequiredNullable,
            (false, true) => Self::OptionalNullable,
            (false, false) => Self::Optional,
        }
    }

    /// Returns whether null is a distinct value.
    #[must_use]
    pub fn is_nullable(self) -> bool {
        matches!(self, Self::RequiredNullable | Self::OptionalNullable)
    }

    /// Returns whether the property is required.
    #[must_use]
    pub fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredNullable)
    }
}

/// The directions in which a property is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Access {
    /// Both directions.
    ReadWrite,
    /// The server sets it. The client decodes it, and never sends it.
    ReadOnly,
    /// The client sets it. The server does not return it.
    WriteOnly,
}

/// Properties of which one at most is set (`x-client-oneof`).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Oneof {
    /// The group's name.
    pub name: String,
    /// Its properties in the group's order.
    pub arms: Vec<Field>,
}

/// A union with properties among those of an object.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FlattenedUnion {
    /// The name, which the document does not declare.
    pub name: String,
    /// The union.
    pub ty: TypeRef,
}

/// One of several types.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Union {
    /// The discriminator property. Without it, the form of the value selects the variant.
    pub tag: Option<String>,
    /// In the document's order.
    pub arms: Vec<Arm>,
    /// The constraints on other values, if variants that only set conditions allow them.
    pub others: Option<Vec<Constraint>>,
}

/// A variant of a union.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Arm {
    /// The name: of the referenced schema, its title, its discriminator value, or a distinguishing property.
    pub name: String,
    /// The description, which is Markdown.
    pub docs: String,
    /// The type.
    pub ty: TypeRef,
    /// Where it is declared.
    pub origin: Origin,
    /// The discriminator values that select this variant. If the union has a discriminator, there is at least one.
    pub tags: Vec<String>,
    /// The constraints on the value that the type does not express.
    pub constraints: Vec<Constraint>,
}

/// Known values that are not all strings. Other values are possible.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ValueEnum {
    /// The common kind of all values.
    pub kind: ValueKind,
    /// The values as JSON, in the document's order.
    pub values: Vec<String>,
}

/// The common kind of the values of an enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ValueKind {
    /// Numbers without a fraction.
    Integer,
    /// Numbers.
    Number,
    /// `true` and `false`.
    Boolean,
    /// Nothing.
    Any,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Constant {
    /// The value as JSON.
    pub json: String,
}

/// An array with a type for each of its first items.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tuple {
    /// The items that have their own type.
    pub elements: Vec<Element>,
    /// The type of further items, if they are allowed.
    pub rest: Option<TypeRef>,
    /// The constraints on its items and on the array.
    pub constraints: Vec<Constraint>,
}

/// An item of a tuple.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Element {
    /// Its type.
    pub ty: TypeRef,
    /// Whether the item can be absent.
    pub optional: bool,
    /// Whether the value is boxed, because the type would otherwise contain itself.
    pub boxed: bool,
}

/// A string with known values. Other values are possible.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Enum {
    /// In the document's order.
    pub values: Vec<EnumValue>,
    /// The common prefix of the values, which is removed from the names of variants (`x-client-enum-prefix`).
    pub prefix: String,
}

/// A known value of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EnumValue {
    /// The value in JSON.
    pub value: String,
}

/// A string with its own type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Newtype {
    /// The constraints on the string.
    pub constraints: Vec<Constraint>,
}

/// Another name for a type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Alias {
    /// The type that it refers to.
    pub target: TypeRef,
}
