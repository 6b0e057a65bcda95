use super::{
    Field, Member, Operation, Presence, Requirement, SecurityScheme, Server, ServerId, Shape, TypeDef, TypeId, TypeRef,
};
use crate::diagnostic::Place;

/// Everything that a document says of an API.
#[derive(Debug, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.description`, Markdown as it stands.
    pub docs: String,
    /// Where the API and single operations of it are served, sorted; [`ServerId`] is the index.
    pub servers: Vec<Server>,
    /// Where the API is served, in the document's order.
    pub usual_servers: Vec<ServerId>,
    /// The ways to authenticate, sorted by name.
    pub security: Vec<SecurityScheme>,
    /// What an operation needs that says nothing itself.
    pub requirement: Requirement,
    /// The operations by group, sorted by the group's name.
    pub groups: Vec<Group>,
    /// What the API sends by webhooks and callbacks, sorted by name.
    pub payloads: Vec<Payload>,
    /// The named types, sorted by name; [`TypeId`] is the index.
    pub types: Vec<TypeDef>,
    /// How many of the document's schemas have a type.
    pub coverage: Coverage,
    /// The schemas whose type is any JSON though they say more: their places and pointers.
    pub untyped: Vec<(Place, String)>,
    /// What of the document says nothing to a client: the places and pointers of its members.
    pub left_out: Vec<(Place, String)>,
    /// The places of the keys that have an effect, as far as reading them is not enough.
    pub claimed: Vec<Place>,
}

/// How many schemas were looked at, a use of a component counted like a schema, and what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All of them.
    pub schemas: usize,
    /// Those that say more than their type in the client, which is any JSON.
    pub untyped: usize,
}

impl Coverage {
    /// The share of those that have a type, from 0 to 1.
    #[must_use]
    #[allow(clippy::cast_precision_loss, reason = "a share of counts")]
    pub fn typed_share(self) -> f64 {
        1.0 - self.untyped as f64 / self.schemas.max(1) as f64
    }
}

impl Api {
    /// The definition that an id stands for.
    #[must_use]
    pub fn type_def(&self, id: TypeId) -> &TypeDef {
        &self.types[id.index()]
    }

    /// Every type with its id.
    pub fn types_by_id(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        (0..).map(TypeId).zip(&self.types)
    }

    /// The type that a use of one means in the end, behind other names for it.
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

    /// Whether a property is required and has one value alone.
    #[must_use]
    pub fn is_constant(&self, field: &Field) -> bool {
        let TypeRef::Named(id) = field.ty else { return false };
        field.presence == Presence::Required && matches!(self.type_def(id).shape, Shape::Constant(_))
    }

    /// Whether a property is required in requests although its type lets a value do without.
    #[must_use]
    pub fn is_demanded(&self, def: &TypeDef, field: &Field) -> bool {
        def.messages.requests && field.is_required_in_requests_alone()
    }

    /// Whether a value of the type cannot be made without this member.
    #[must_use]
    pub fn is_passed_to_constructor(&self, def: &TypeDef, member: &Member) -> bool {
        match member {
            Member::Field(field) => {
                (field.presence.is_required() && !self.is_constant(field)) || self.is_demanded(def, field)
            }
            Member::Oneof(_) => false,
            Member::Flattened(_) => true,
        }
    }

    /// Every operation with the group that it belongs to.
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
    /// Sorted by name.
    pub operations: Vec<Operation>,
}

/// What a webhook or a callback carries.
#[derive(Debug)]
pub struct Payload {
    /// The webhook's name, or that of the callback and its operation.
    pub name: String,
    /// Which webhook or callback it is.
    pub origin: String,
    /// What it means.
    pub docs: String,
    /// Its type.
    pub ty: TypeRef,
}
