//! The parts of the IR together with what they are called: a name is stored with its owner, and nowhere else.

use std::{
    collections::{BTreeMap, HashMap},
    sync::OnceLock,
};

use crate::ir::{
    Additional, Alias, Argument, Arm, Constant, Content, EnumValue, Field, FlattenedUnion, Group, Header, Newtype,
    Oneof, Operation, Outcome, Payload, SecurityScheme, Server, ServerId, Struct, Tuple, TypeDef, TypeId, TypeRef,
    Union, ValueKind,
};

/// The modules of the models: the path from `models`, and the types that are defined there, in the order of their names.
pub type ModuleTree = BTreeMap<Vec<String>, Vec<TypeId>>;

/// An item that has one name.
#[derive(Debug)]
pub struct Named<'a, T> {
    /// The item.
    pub item: &'a T,
    /// What it is called.
    pub ident: String,
}

/// Everything that is emitted, with its identifiers.
#[derive(Debug)]
pub struct Names<'a> {
    /// The index is the [`TypeId`].
    pub types: Vec<NamedType<'a>>,
    /// The modules below `models`, every one on the way to a type included.
    pub modules: ModuleTree,
    /// The groups of operations.
    pub groups: Vec<NamedGroup<'a>>,
    /// The security schemes, with their setters.
    pub schemes: Vec<NamedScheme<'a>>,
    /// The payloads, with the names of their types.
    pub payloads: Vec<Named<'a, Payload>>,
    /// The servers, with the names of their functions; the index is the [`ServerId`].
    pub servers: Vec<Named<'a, Server>>,
    /// The modules that define something of a name; made when it is asked for.
    pub(super) by_name: OnceLock<HashMap<String, Vec<Vec<String>>>>,
}

fn definitions(types: &[NamedType<'_>]) -> HashMap<String, Vec<Vec<String>>> {
    let mut by_name: HashMap<String, Vec<Vec<String>>> = HashMap::with_capacity(types.len());
    for ty in types {
        let (oneofs, required) = match &ty.shape {
            NamedShape::Struct(object) => (object.members.as_slice(), &object.required),
            NamedShape::Alias(alias) => (&[] as &[_], &alias.required),
            _ => (&[] as &[_], &None),
        };
        let oneofs = oneofs.iter().filter_map(|member| match member {
            NamedMember::Oneof(oneof) => Some(&oneof.ty),
            NamedMember::Field(_) | NamedMember::Flattened(_) => None,
        });
        for ident in oneofs.chain(required).chain([&ty.ident]) {
            by_name.entry(ident.clone()).or_default().push(ty.module.clone());
        }
    }
    by_name
}

impl<'a> Names<'a> {
    /// A type and its names.
    #[must_use]
    pub fn ty(&self, id: TypeId) -> &NamedType<'a> {
        &self.types[id.index()]
    }

    /// Whether a module of models defines something of this name.
    #[must_use]
    pub fn defines(&self, module: &[String], ident: &str) -> bool {
        let by_name = self.by_name.get_or_init(|| definitions(&self.types));
        let modules = by_name.get(ident).map(Vec::as_slice).unwrap_or_default();
        modules.iter().any(|other| other == module)
    }

    /// A server and its name.
    #[must_use]
    pub fn server(&self, id: ServerId) -> &Named<'a, Server> {
        &self.servers[id.index()]
    }
}

/// A type and the names of its parts.
#[derive(Debug)]
pub struct NamedType<'a> {
    /// The type's id.
    pub id: TypeId,
    /// The type.
    pub def: &'a TypeDef,
    /// The path from `models` to the module in which the type is defined: its file.
    pub module: Vec<String>,
    /// The path from `models` to the module in which others find it: that of a component without a namespace is
    /// `models` itself, which exports it from the component's own file.
    pub public: Vec<String>,
    /// The type itself.
    pub ident: String,
    /// What it is made of.
    pub shape: NamedShape<'a>,
}

/// The shape of a type with the names of its parts.
#[derive(Debug)]
pub enum NamedShape<'a> {
    Struct(NamedStruct<'a>),
    Enum(Vec<Named<'a, EnumValue>>),
    ValueEnum(ValueKind, Vec<Named<'a, String>>),
    Constant(&'a Constant),
    Union(NamedUnion<'a>),
    Tuple(&'a Tuple),
    Newtype(&'a Newtype),
    Alias(NamedAlias<'a>),
}

/// Another name for a type.
#[derive(Debug)]
pub struct NamedAlias<'a> {
    /// The type that it refers to.
    pub alias: &'a Alias,
    /// The other name for the struct of the type's required fields, if it has one.
    pub required: Option<String>,
}

/// An object with the names of its fields.
#[derive(Debug)]
pub struct NamedStruct<'a> {
    /// The object.
    pub object: &'a Struct,
    /// Its members, sorted by wire name.
    pub members: Vec<NamedMember<'a>>,
    /// The field for the members beyond the known ones.
    pub additional: Option<Named<'a, Additional>>,
    /// The struct of the required fields, which a value is made of.
    pub required: Option<String>,
}

impl<'a> NamedStruct<'a> {
    /// The properties, those of oneof groups left out.
    pub fn fields(&self) -> impl Iterator<Item = &NamedField<'a>> {
        self.members.iter().filter_map(|member| match member {
            NamedMember::Field(field) => Some(field),
            NamedMember::Oneof(_) | NamedMember::Flattened(_) => None,
        })
    }

    /// The oneof groups.
    pub fn oneofs(&self) -> impl Iterator<Item = &NamedOneof<'a>> {
        self.members.iter().filter_map(|member| match member {
            NamedMember::Oneof(oneof) => Some(oneof),
            NamedMember::Field(_) | NamedMember::Flattened(_) => None,
        })
    }

    /// The property of a wire name.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&NamedField<'a>> {
        self.fields().find(|field| field.item.name == name)
    }
}

/// A member of an object with its names.
#[derive(Debug)]
pub enum NamedMember<'a> {
    Field(NamedField<'a>),
    Oneof(NamedOneof<'a>),
    Flattened(Named<'a, FlattenedUnion>),
}

/// A property with its names.
#[derive(Debug)]
pub struct NamedField<'a> {
    /// The property.
    pub item: &'a Field,
    /// The field, and the method that sets it.
    pub ident: String,
    /// The constant for its path in update masks.
    pub path: String,
    /// The constant for its default, if it has one.
    pub default: Option<String>,
}

/// A oneof group with its names.
#[derive(Debug)]
pub struct NamedOneof<'a> {
    /// The group.
    pub item: &'a Oneof,
    /// The field.
    pub ident: String,
    /// The enum of the group.
    pub ty: String,
    /// The properties of the group, in its order.
    pub arms: Vec<NamedArm<'a>>,
}

/// A property of a oneof group with its names.
#[derive(Debug)]
pub struct NamedArm<'a> {
    /// The property.
    pub item: &'a Field,
    /// The variant of the group's enum.
    pub variant: String,
    /// The method that sets it: its name as a field would have it.
    pub ident: String,
    /// The constant for its path in update masks.
    pub path: String,
}

/// A union with the names of its variants.
#[derive(Debug)]
pub struct NamedUnion<'a> {
    /// The union.
    pub union: &'a Union,
    /// Its variants, in the document's order.
    pub variants: Vec<Named<'a, Arm>>,
}

/// A group with its names.
#[derive(Debug)]
pub struct NamedGroup<'a> {
    /// The group.
    pub group: &'a Group,
    /// The module, and the method of the client that leads here.
    pub module: String,
    /// The group's type.
    pub ident: String,
    /// The cargo feature that enables it.
    pub feature: String,
    /// Its operations.
    pub operations: Vec<NamedOperation<'a>>,
}

/// An operation with its names.
#[derive(Debug)]
pub struct NamedOperation<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// The method.
    pub method: String,
    /// The type of the call that the method returns.
    pub call: String,
    /// The struct of the inputs that are required beside the path and the body, if there are any.
    pub required: Option<String>,
    /// The parameters of the method, the fields of the struct, and the setters of the call.
    pub arguments: Vec<Named<'a, Argument>>,
    /// What a success holds.
    pub output: NamedOutput<'a>,
    /// What a failure holds, where the document describes it.
    pub failure: Option<NamedOutcomes<'a>>,
    /// The constants for the headers of its answers.
    pub headers: Vec<Named<'a, Header>>,
}

/// What a success holds, with the names of its enum where that differs by status.
#[derive(Debug)]
pub enum NamedOutput<'a> {
    One(&'a Content),
    Optional(&'a TypeRef),
    Outcomes(NamedOutcomes<'a>),
}

/// An enum of answers.
#[derive(Debug)]
pub struct NamedOutcomes<'a> {
    /// The enum.
    pub ident: String,
    /// The answers, with its variants.
    pub variants: Vec<Named<'a, Outcome>>,
}

/// A security scheme with its names.
#[derive(Debug)]
pub struct NamedScheme<'a> {
    /// The scheme.
    pub scheme: &'a SecurityScheme,
    /// The setter of its key, token or password.
    pub setter: String,
    /// The setter of a client's id and secret, for tokens that the client fetches itself.
    pub client: String,
}
