//! From wire names to identifiers: one pass, and each name is stored with its owner.
//!
//! The only place where identifiers are made. A name is a function of the wire name and of the scope that it is in. Where
//! several wire names ask for one identifier, none of them has it: each gets a suffix of its own (`scope`). The
//! configuration can pin names (`namer`).

mod answers;
mod ident;
mod members;
mod named;
mod namer;
mod operations;
mod scope;
mod security;
mod servers;
mod spelling;
mod types;
mod values;
mod wish;
mod words;

use std::collections::BTreeMap;

pub use self::named::{
    Named, NamedAlias, NamedArm, NamedField, NamedGroup, NamedMember, NamedOneof, NamedOperation, NamedOutcomes,
    NamedOutput, NamedScheme, NamedShape, NamedStruct, NamedType, NamedUnion, Names,
};
pub(crate) use self::{
    ident::{ident, is_identifier},
    namer::{Clash, Locate, LostBy, LostPin},
    wish::NamePlace,
};
use self::{namer::Namer, words::Words};
use crate::ir::Api;

/// What the configuration says of names.
pub(crate) struct Naming<'a> {
    /// The part of dotted schema names that makes no module, such as `c1.api`.
    pub(crate) prefix: &'a str,
    /// Whether servers are named after short descriptions.
    pub(crate) titles: bool,
    /// Words that are not split.
    pub(crate) words: &'a [String],
    /// Identifiers by JSON pointers.
    pub(crate) pins: &'a BTreeMap<String, String>,
}

/// The notes about names.
#[derive(Debug, Default)]
pub(crate) struct Remarks {
    pub(crate) clashes: Vec<Clash>,
    pub(crate) lost_pins: Vec<LostPin>,
}

/// Names everything.
pub(crate) fn name<'a>(api: &'a Api, naming: &Naming<'_>, locate: &dyn Locate) -> (Names<'a>, Remarks) {
    let words = Words::new(naming.words);
    let mut context = Namer::new(&words, naming.pins, locate);
    let (types, modules) = types::name_types(&mut context, api, naming.prefix);
    let names = Names {
        types,
        modules,
        groups: operations::name_groups(&mut context, api),
        schemes: security::name_schemes(&mut context, api),
        payloads: types::name_payloads(&mut context, api),
        servers: servers::name_servers(&mut context, api, naming.titles),
        by_name: std::sync::OnceLock::new(),
    };
    let (clashes, lost_pins) = context.finish();
    (names, Remarks { clashes, lost_pins })
}
