//! From the canonical document to the intermediate representation.
//!
//! Every reference is resolved by name and never expanded. Every refusal (error) and every loss of meaning (warning)
//! is collected with its place. What comes out can be named, emitted and rendered without any further question.
//!
//! The rooms import each other in one direction: `operations -> media -> types -> rules -> facts`, and
//! `operations -> access`.

mod access;
mod described;
mod directions;
mod facts;
mod follow;
mod media;
mod operations;
mod report;
mod rules;
mod share;
mod token;
mod types;

use self::{
    access::{Schemes, Servers, sort_servers},
    facts::Facts,
    media::Contents,
    operations::{Operations, payloads},
    report::Report,
    types::{Types, settle_cycles},
};
pub(crate) use self::{
    described::{Described, describe},
    share::repeats,
};
use crate::{config::Policies, diagnostic::Diagnostics, document::Document, ir::Api};

/// Lowers a document; `None` where it has errors.
#[must_use]
pub fn lower(document: &Document, policies: Policies<'_>, diagnostics: &mut Diagnostics) -> Option<Api> {
    let facts = Facts::new(&document.schemas);
    let mut types = Types::new(document, &facts, policies, Report::new(document, diagnostics));
    types.components();
    let mut schemes = Schemes::new(document);
    let security = schemes.lower(&mut types.report);
    let requirement = schemes.default_requirement(&mut types.report);
    let mut servers = Servers::default();
    let usual_servers = servers.of_document(&document.openapi.servers, &mut types.report);
    let mut operations = Operations::new(Contents { types }, schemes, servers);
    let groups = operations.groups();
    let payloads = payloads(&mut operations.contents);
    let Operations { contents, servers, .. } = operations;
    let mut types = contents.types;
    let (coverage, untyped) = (types.coverage, std::mem::take(&mut types.untyped));
    let mut left_out = std::mem::take(&mut types.report.left_out);
    left_out.extend(document.left_out.iter().cloned());
    let (types, claimed) = types.finish()?;
    let mut api = Api {
        title: document.openapi.info.title.clone(),
        version: document.openapi.info.version.clone(),
        docs: document.openapi.info.description.clone().unwrap_or_default(),
        servers: servers.finish(),
        usual_servers,
        security,
        requirement,
        groups,
        payloads,
        types,
        chosen: policies.formats.values().cloned().collect(),
        coverage,
        untyped,
        left_out,
        claimed,
    };
    sort_servers(&mut api);
    if let Some(sharing) = policies.sharing {
        share::share(&mut api.types, sharing, document);
    }
    let mut report = Report::new(document, diagnostics);
    directions::settle(&mut api, &mut report);
    settle_cycles(&mut api.types, &mut report);
    Some(api)
}
