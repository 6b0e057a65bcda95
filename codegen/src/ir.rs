//! The intermediate representation: what the document means, before any word of Rust.
//!
//! Nothing here is an identifier, a token or a keyword; names are the document's own (wire names). What the
//! representation can hold, the emitters can write: everything doubtful was settled in [`lower`](crate::lower).

mod api;
mod constraint;
mod operation;
mod origin;
mod page;
mod paging;
mod part;
mod path;
mod primitive;
mod response;
mod security;
mod server;
mod type_ref;
mod types;
mod variant;

pub use api::{Api, Coverage, Group, Payload, Repeats};
pub use constraint::Constraint;
pub use operation::{Argument, Body, BodyForm, Idempotency, Location, Method, Operation, Stability, Style, StyleShape};
pub use origin::Origin;
pub use page::{Place, is_number, is_token, largest, place, plain};
pub use paging::{Amount, Count, Ends, MemberPath, More, Next, NextValue, PageField, PageSize, Paging};
pub use part::PartForm;
pub use path::PathTemplate;
pub use primitive::{Chosen, Primitive};
pub use response::{Answers, Content, Failure, Header, HeaderForm, Outcome, Output, Status};
pub use security::{Flow, FlowKind, KeyLocation, Requirement, SchemeKind, SecurityScheme};
pub use server::{Server, ServerId, ServerVariable};
pub use type_ref::{TypeId, TypeRef};
pub use types::{
    Access, Additional, Alias, Arm, Constant, DefaultValue, Element, Enum, EnumValue, Field, FlattenedUnion, Member,
    Messages, Newtype, Oneof, Presence, Shape, Struct, Tuple, TypeDef, Union, UpdateMask, ValueEnum, ValueKind,
};
pub use variant::VariantOf;
