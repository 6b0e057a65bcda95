use super::{Constraint, Primitive};

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

/// A named type: a component schema, or an inline schema under a name made of the place where it stands.
#[derive(Debug)]
pub struct TypeDef {
    /// The component's name, or that of the schema around it and the way from there: `Pet.owner`.
    pub name: String,
    /// The JSON pointer of the schema in the canonical tree.
    pub pointer: String,
    /// The description, Markdown as it stands.
    pub docs: String,
    /// Marked as deprecated.
    pub deprecated: bool,
    /// Which messages have values of it.
    pub messages: Messages,
    /// What it is.
    pub shape: Shape,
}

/// The messages that can have values of a type: as a whole, or somewhere inside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Messages {
    /// Bodies and parameters of requests.
    pub requests: bool,
    /// Bodies and headers of responses, and what the API sends by itself.
    pub responses: bool,
}

impl TypeDef {
    /// The named types that this one is made of, one entry a use.
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

/// What a named type is made of.
#[derive(Debug)]
pub enum Shape {
    /// An object with known properties.
    Struct(Struct),
    /// A string of known values; others are possible.
    Enum(Enum),
    /// Known values that are not all strings; others are possible.
    ValueEnum(ValueEnum),
    /// One value.
    Constant(Constant),
    /// One of several types.
    Union(Union),
    /// A list whose elements have each a type of their own.
    Tuple(Tuple),
    /// A string with a name of its own, so that it is not mistaken for another one.
    Newtype(Newtype),
    /// Another name for a type.
    Alias(Alias),
}

/// An object with known properties.
#[derive(Debug, Default)]
pub struct Struct {
    /// Properties and oneof groups, sorted by wire name.
    pub members: Vec<Member>,
    /// What other members may hold, where the schema keeps itself open.
    pub additional: Option<Additional>,
    /// What is asked of its properties and of the whole.
    pub constraints: Vec<Constraint>,
    /// The mask that says what of this request is meant.
    pub update_mask: Option<UpdateMask>,
    /// Whether masks can name the fields of this object.
    pub has_paths: bool,
}

/// Which property of an update request names what it changes (`x-client-update-mask`).
#[derive(Debug)]
pub struct UpdateMask {
    /// The property with the mask.
    pub mask: String,
    /// The property whose fields the mask names; without it, they are those of the request itself.
    pub of: Option<String>,
}

impl Struct {
    /// The fields of the object, those of oneof groups left out.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.members.iter().filter_map(|member| match member {
            Member::Field(field) => Some(field),
            Member::Oneof(_) | Member::Flattened(_) => None,
        })
    }

    /// The fields that a value cannot do without.
    pub fn required(&self) -> impl Iterator<Item = &Field> {
        self.fields().filter(|field| field.presence.is_required())
    }
}

/// What members beyond the known ones may hold.
#[derive(Debug)]
pub struct Additional {
    /// The type of their values.
    pub ty: TypeRef,
}

/// A part of an object.
#[derive(Debug)]
pub enum Member {
    /// A property.
    Field(Field),
    /// Properties of which one at most is set.
    Oneof(Oneof),
    /// A union whose members lie among those of the object.
    Flattened(FlattenedUnion),
}

impl Member {
    /// The property's or the group's name in the document.
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
#[derive(Clone, Debug)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// What it means, Markdown as it stands.
    pub docs: String,
    /// Its type, without regard to absence and null.
    pub ty: TypeRef,
    /// Whether it may be absent or null.
    pub presence: Presence,
    /// Whether the document requires it, in the direction that it travels.
    pub required: bool,
    /// Which direction it travels.
    pub access: Access,
    /// Marked as deprecated.
    pub deprecated: bool,
    /// Whether the value is boxed, because the type would contain itself.
    pub boxed: bool,
    /// What the server takes where the property is absent.
    pub default: Option<DefaultValue>,
}

impl Field {
    /// Whether a request must have it.
    #[must_use]
    pub fn is_required_in_requests(&self) -> bool {
        self.presence.is_required() || self.is_required_in_requests_alone()
    }

    /// Whether a request must have it, although its type lets a value do without.
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
    /// A text; of an enum one of its values.
    Text(String),
}

/// Whether a property may be absent, or null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    /// Whether null is a value of its own.
    #[must_use]
    pub fn is_nullable(self) -> bool {
        matches!(self, Self::RequiredNullable | Self::OptionalNullable)
    }

    /// Whether a value cannot do without the property.
    #[must_use]
    pub fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredNullable)
    }
}

/// The direction that a property travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Both ways.
    ReadWrite,
    /// The server sets it: decoded, never sent.
    ReadOnly,
    /// The client sets it: the server does not send it back.
    WriteOnly,
}

/// Properties of which one at most is set (`x-client-oneof`).
#[derive(Debug)]
pub struct Oneof {
    /// The group's name.
    pub name: String,
    /// Its properties in the group's order.
    pub arms: Vec<Field>,
}

/// A union whose members lie among those of an object.
#[derive(Debug)]
pub struct FlattenedUnion {
    /// What it is called, for it has no name in the document.
    pub name: String,
    /// The union.
    pub ty: TypeRef,
}

/// One of several types.
#[derive(Debug)]
pub struct Union {
    /// The member that says which one it is; without one the value itself shows it.
    pub tag: Option<String>,
    /// In the document's order.
    pub arms: Vec<Arm>,
    /// What other values are asked for, where the document allows some: by variants that only set conditions.
    pub others: Option<Vec<Constraint>>,
}

/// One of the types of a union.
#[derive(Clone, Debug)]
pub struct Arm {
    /// What it is called: what it refers to, its title, its tag, or what sets it apart.
    pub name: String,
    /// What it means, Markdown as it stands.
    pub docs: String,
    /// The type.
    pub ty: TypeRef,
    /// The values of the union's tag that mean this arm; there is at least one where there is a tag.
    pub tags: Vec<String>,
    /// What is asked of the value, for the type alone does not say it.
    pub constraints: Vec<Constraint>,
}

/// Known values that are not all strings; others are possible.
#[derive(Debug)]
pub struct ValueEnum {
    /// What all values are.
    pub kind: ValueKind,
    /// In the document's order, as JSON texts.
    pub values: Vec<String>,
}

/// What the values of an enum have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
#[derive(Debug)]
pub struct Constant {
    /// The value as JSON text.
    pub json: String,
}

/// A list whose first elements have each a type of their own.
#[derive(Debug)]
pub struct Tuple {
    /// The elements that have one.
    pub elements: Vec<Element>,
    /// What the elements are that come after them, where there may be some.
    pub rest: Option<TypeRef>,
    /// What is asked of its elements and of the whole.
    pub constraints: Vec<Constraint>,
}

/// An element of a tuple.
#[derive(Debug)]
pub struct Element {
    /// Its type.
    pub ty: TypeRef,
    /// Whether the list may end before it.
    pub optional: bool,
    /// Whether the value is boxed, because the type would contain itself.
    pub boxed: bool,
}

/// A string of known values; others are possible.
#[derive(Debug)]
pub struct Enum {
    /// In the document's order.
    pub values: Vec<EnumValue>,
    /// What the values' names share and the variants leave out (`x-client-enum-prefix`).
    pub prefix: String,
}

/// A known value of an enum.
#[derive(Debug)]
pub struct EnumValue {
    /// The text on the wire.
    pub value: String,
}

/// A string under a name of its own.
#[derive(Debug)]
pub struct Newtype {
    /// What is asked of the text.
    pub constraints: Vec<Constraint>,
}

/// Another name for a type.
#[derive(Debug)]
pub struct Alias {
    /// The type that it stands for.
    pub target: TypeRef,
}

/// A use of a type.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeRef {
    /// A named type.
    Named(TypeId),
    /// A scalar.
    Primitive(Primitive),
    /// A list.
    Array(Box<TypeRef>),
    /// An object of any names.
    Map(Box<TypeRef>),
    /// A list's or a map's element that may be null.
    Nullable(Box<TypeRef>),
    /// Any JSON value.
    Any,
    /// Any JSON object.
    AnyObject,
}

impl TypeRef {
    /// How many lists, maps and nulls lie around the innermost type.
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

    /// Whether a named type is a part of this one.
    #[must_use]
    pub fn names_a_type(&self) -> bool {
        match self {
            Self::Named(_) => true,
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.names_a_type(),
            Self::Primitive(_) | Self::Any | Self::AnyObject => false,
        }
    }

    /// Whether a number in a text is a part of this type.
    #[must_use]
    pub fn has_quoted_numbers(&self) -> bool {
        match self {
            Self::Primitive(Primitive::QuotedInt64 | Primitive::QuotedUint64) => true,
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.has_quoted_numbers(),
            Self::Primitive(_) | Self::Named(_) | Self::Any | Self::AnyObject => false,
        }
    }

    /// The same type, with the texts that numbers come in.
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

    pub(crate) fn collect_uses(&self, into: &mut Vec<TypeId>) {
        match self {
            Self::Named(id) => into.push(*id),
            Self::Array(inner) | Self::Map(inner) | Self::Nullable(inner) => inner.collect_uses(into),
            Self::Primitive(_) | Self::Any | Self::AnyObject => {}
        }
    }
}
