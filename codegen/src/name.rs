//! From wire names to identifiers: one pass, and each name is stored with its owner.
//!
//! The only place where identifiers are made. A name is a function of the wire name and of the scope that it stands
//! in; where two wire names ask for one identifier, the later one in the order of wire names gets a suffix made of its
//! own text, never of its position.

mod answers;
mod ident;
mod named;
mod operations;
mod scope;
mod security;
mod servers;
mod types;
mod words;

pub(crate) use self::ident::ident;
pub use self::named::{
    Named, NamedArm, NamedField, NamedGroup, NamedMember, NamedOneof, NamedOperation, NamedOutcomes, NamedOutput,
    NamedScheme, NamedShape, NamedStruct, NamedType, NamedUnion, Names,
};
use crate::ir::Api;

/// Names everything; `prefix` is the part of dotted schema names that makes no module, such as `c1.api`.
#[must_use]
pub fn name<'a>(api: &'a Api, prefix: &str) -> Names<'a> {
    let (types, modules) = types::name_types(api, prefix);
    Names {
        types,
        modules,
        groups: operations::name_groups(api),
        schemes: security::name_schemes(api),
        payloads: types::name_payloads(api),
        servers: servers::name_servers(api),
        by_name: std::sync::OnceLock::new(),
    }
}
