use super::{
    Field, Member, Operation, Origin, Presence, Requirement, SecurityScheme, Server, ServerId, Shape, TypeDef, TypeId,
    TypeRef,
};
use crate::diagnostic::Place;

/// An API, as its document describes it.
#[derive(Debug, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`, which is Markdown.
    pub docs: String,
    /// The servers of the API and of single operations, sorted; [`ServerId`] is the index.
    pub servers: Vec<Server>,
    /// The servers of the API, in the document's order.
    pub usual_servers: Vec<ServerId>,
    /// The ways to authenticate, sorted by name.
    pub security: Vec<SecurityScheme>,
    /// The security requirement of operations that do not declare one.
    pub requirement: Requirement,
    /// The operations by group, sorted by the group's name.
    pub groups: Vec<Group>,
    /// What the API sends by webhooks and callbacks, sorted by name.
    pub payloads: Vec<Payload>,
    /// The named types, sorted by name; [`TypeId`] is the index.
    pub types: Vec<TypeDef>,
    /// The types of the configuration, by their paths in Rust; [`Chosen`](super::Chosen) has the index.
    pub chosen: Vec<String>,
    /// How many of the document's schemas have a type.
    pub coverage: Coverage,
    /// The locations of schemas with the type any JSON that declare more.
    pub untyped: Vec<(Place, String)>,
    /// The locations of keys that have no meaning for a client.
    pub left_out: Vec<(Place, String)>,
    /// The locations of keys that have an effect, if reading them does not already imply it.
    pub claimed: Vec<Place>,
}

/// The number of types of inline schemas, and of those among them that are equal to another type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// The number of types of inline schemas.
    pub inline: usize,
    /// The number of types of inline schemas that `inline_types: shared` makes other names of another type.
    pub repeated: usize,
}

/// The number of schemas, and of schemas without a type. A use of a component counts like a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The number of schemas.
    pub schemas: usize,
    /// The number of schemas with the type any JSON that declare more.
    pub untyped: usize,
}

impl Coverage {
    /// Returns the share of schemas that have a type, from 0 to 1.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "a share of counts")]
    pub fn typed_share(self) -> f64 {
        1.0 - self.untyped as f64 / self.schemas.max(1) as f64
    }
}

impl Api {
    /// Returns the definition with an id.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }

    /// Returns all types with their ids.
    pub fn types_by_id(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        (0..).map(TypeId).zip(&self.types)
    }

    /// Returns the type that a name means: another one, if it is an other name of that.
    #[must_use]
    pub fn meant(&self, id: TypeId) -> TypeId {
        match self.behind_aliases(&TypeRef::Named(id)) {
            TypeRef::Named(meant) => *meant,
            _ => id,
        }
    }

    /// Returns the shape of the type that a name means.
    #[must_use]
    pub fn shape(&self, id: TypeId) -> &Shape {
        &self.type_def(self.meant(id)).shape
    }

    /// Returns the type behind all aliases.
    #[must_use]
    pub fn behind_aliases<'a>(&'a self, mut ty: &'a TypeRef) -> &'a TypeRef {
        // A longer chain would be a circle, which `lower` refuses.
        for _ in 0..self.types.len() {
            match ty {
                TypeRef::Named(id) => match &self.type_def(*id).shape {
                    Shape::Alias(alias) => ty = &alias.target,
                    _ => break,
                },
                _ => break,
            }
        }
        ty
    }

    /// Returns whether a property is required and has only one value.
    #[must_use]
    pub fn is_constant(&self, field: &Field) -> bool {
        let TypeRef::Named(id) = field.ty else { return false };
        field.presence == Presence::Required && matches!(self.shape(id), Shape::Constant(_))
    }

    /// Returns whether a property is required in requests, although its type is optional.
    #[must_use]
    pub fn is_demanded(def: &TypeDef, field: &Field) -> bool {
        def.messages.requests && field.is_required_in_requests_alone()
    }

    /// Returns whether a constructor of the type takes this member.
    #[must_use]
    pub fn is_passed_to_constructor(&self, def: &TypeDef, member: &Member) -> bool {
        match member {
            Member::Field(field) => {
                (field.presence.is_required() && !self.is_constant(field)) || Self::is_demanded(def, field)
            }
            Member::Oneof(_) => false,
            Member::Flattened(_) => true,
        }
    }

    /// Returns all operations with their groups.
    pub fn operations(&self) -> impl Iterator<Item = (&Group, &Operation)> {
        self.groups
            .iter()
            .flat_map(|group| group.operations.iter().map(move |operation| (group, operation)))
    }
}

/// Operations that a client offers together: one tag, or one `x-client-group`.
#[derive(Debug)]
pub struct Group {
    /// The name in the document.
    pub name: String,
    /// What the group is for.
    pub docs: String,
    /// Where it is declared: a tag, or what an operation says of it.
    pub origin: Origin,
    /// Sorted by name.
    pub operations: Vec<Operation>,
}

/// The payload of a webhook or a callback.
#[derive(Debug)]
pub struct Payload {
    /// The webhook's name, or that of the callback and its operation.
    pub name: String,
    /// A description of the webhook or the callback.
    pub origin: String,
    /// What it means.
    pub docs: String,
    /// Its type.
    pub ty: TypeRef,
}
