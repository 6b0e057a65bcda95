//! From wire names to identifiers: one pass, one table.
//!
//! The only place where identifiers are made. A name is a function of the wire name and of the scope that it stands
//! in; where two wire names ask for one identifier, the later one in the order of wire names gets a suffix made of its
//! own text, never of its position.

mod answers;
mod ident;
mod operations;
mod scope;
mod security;
mod servers;
mod types;
mod words;

use std::collections::BTreeMap;

pub use self::answers::AnswerName;
pub(crate) use self::ident::ident;
pub use self::operations::{ArgumentName, GroupName, OperationName};
pub(crate) use self::scope::fingerprint;
pub use self::security::SchemeName;
pub use self::types::{ArmName, MemberName, TypeName};
use crate::ir::{Api, TypeId};

/// The modules of the models: the way from `models` and the types that stand there, in the order of their names.
pub type ModuleTree = BTreeMap<Vec<String>, Vec<TypeId>>;

/// The identifiers of everything that is emitted.
#[derive(Debug)]
pub struct Names {
    /// By [`TypeId`].
    pub types: Vec<TypeName>,
    /// The modules below `models`, every one on the way to a type included.
    pub modules: ModuleTree,
    /// In the order of [`Api::groups`].
    pub groups: Vec<GroupName>,
    /// In the order of [`Api::security`].
    pub schemes: Vec<SchemeName>,
    /// The types of payloads, in the order of [`Api::payloads`].
    pub payloads: Vec<String>,
    /// The functions of the servers, in the order of [`Api::servers`].
    pub servers: Vec<String>,
}

impl Names {
    /// The names of a type.
    #[must_use]
    pub fn type_name(&self, id: TypeId) -> &TypeName {
        &self.types[id.index()]
    }
}

/// Names everything; `prefix` is the part of dotted schema names that makes no module, such as `c1.api`.
#[must_use]
pub fn name(api: &Api, prefix: &str) -> Names {
    let (types, modules) = types::name_types(api, prefix);
    let groups = operations::name_groups(api);
    Names {
        types,
        modules,
        groups,
        schemes: security::name_schemes(api),
        payloads: types::name_payloads(api),
        servers: servers::name_servers(api),
    }
}
