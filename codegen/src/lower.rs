//! From the canonical document to the intermediate representation.
//!
//! Every reference is resolved by name and never expanded. Every refusal (error) and every loss of meaning (warning)
//! is collected with its place. What comes out can be named, emitted and rendered without any further question.

mod beside;
mod body;
mod by_name;
mod compose;
mod condition;
mod conditional;
mod constraint;
mod default;
mod endless;
mod extension;
mod header;
mod incoming;
mod kind;
mod limit_docs;
mod media;
mod multipart;
mod object;
mod operation;
mod paging;
mod parameter;
mod path;
mod pattern;
mod recursion;
mod refine;
mod response;
mod scalar;
mod schema;
mod security;
mod server;
mod style;
mod tag;
mod tuple;
mod union;
mod update_mask;

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr, Schema};

use crate::{
    at::At,
    diagnostic::{Code, Diagnostic, Diagnostics, Place, Severity},
    document::Document,
    ir::{Api, Coverage, Method, Requirement, Server, TypeDef, TypeId},
};

/// What null means where a document allows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NullPolicy {
    /// Null says something else than absence: such a property has three states.
    #[default]
    Distinct,
    /// Null reads as absent, and absent is written as nothing, as protobuf's JSON form has it.
    Absent,
}

/// Lowers a document; `None` where it has errors.
#[must_use]
pub fn lower(document: &Document, null: NullPolicy, diagnostics: &mut Diagnostics) -> Option<Api> {
    let mut lowering = Lowering::new(document, null, diagnostics);
    lowering.components();
    let security = lowering.schemes();
    lowering.requirement = lowering.usual_requirement();
    let usual_servers = lowering.servers(&document.openapi.servers, &At::ROOT.key("servers"), Severity::Warning);
    lowering.first_server = usual_servers.first().map(|server| server.url.clone());
    let usual_servers = usual_servers.into_iter().map(|server| lowering.server_id(server));
    let usual_servers = usual_servers.collect();
    let groups = lowering.groups();
    let payloads = lowering.payloads();
    lowering.report_fragments();
    lowering.report_unknown_formats();
    let servers = std::mem::take(&mut lowering.servers);
    let requirement = std::mem::take(&mut lowering.requirement);
    let coverage = lowering.coverage;
    let untyped = std::mem::take(&mut lowering.untyped);
    let types = lowering.finish()?;
    let mut api = Api {
        title: document.openapi.info.title.clone(),
        docs: document.openapi.info.description.clone().unwrap_or_default(),
        servers,
        usual_servers,
        security,
        requirement,
        groups,
        payloads,
        types,
        coverage,
        untyped,
        left_out: document.left_out.clone(),
    };
    server::sort(&mut api);
    report_endless(document, &mut api, diagnostics);
    for name in update_mask::mark(&mut api.types) {
        let components = At::ROOT.key("components");
        let schemas = components.key("schemas");
        let pointer = schemas.key(&name).key(update_mask::KEY).pointer();
        let message = "the mask is of no object whose fields it could name: it is set by hand".to_owned();
        let warning = Diagnostic::warning(Code::Weakened, document.place(&pointer), pointer, message);
        diagnostics.push(warning.help("let `of` name a property that is an object"));
    }
    Some(api)
}

/// Takes apart what no value could be, and reports it.
fn report_endless(document: &Document, api: &mut Api, diagnostics: &mut Diagnostics) {
    let components = At::ROOT.key("components");
    let schemas = components.key("schemas");
    let mut warn = |at: &At<'_>, message: String, help: &str| {
        let pointer = at.pointer();
        let warning = Diagnostic::warning(Code::Weakened, document.place(&pointer), pointer, message);
        diagnostics.push(warning.help(help));
    };
    for recursion::Endless {
        owner,
        part,
        is_replaced,
    } in recursion::cut_unions(&mut api.types)
    {
        let (what, help) = if is_replaced {
            (
                "the type has the arms that it leads to instead",
                "write these arms here",
            )
        } else {
            (
                "it is left out of the type",
                "remove it: it allows nothing that is not allowed anyway",
            )
        };
        let message = format!("`{part}` leads back to `{owner}` without a step: {what}");
        warn(&schemas.key(&owner), message, help);
    }
    for recursion::Endless { owner, part, .. } in recursion::box_cycles(&mut api.types) {
        let schema = schemas.key(&owner);
        let message = format!("`{part}` is required and leads back to `{owner}`: no value could ever be finite");
        let help = "it is optional in the client; take it out of `required`";
        warn(&schema.key("properties").key(&part), message, help);
    }
}

/// The state of one run: what is known of the types so far.
struct Lowering<'d> {
    document: &'d Document,
    null: NullPolicy,
    diagnostics: &'d mut Diagnostics,
    /// The component schemas by name.
    schemas: &'d IndexMap<String, ReferenceOr<Schema>>,
    /// What a reference to a component means, once it is known.
    components: HashMap<&'d str, schema::Component>,
    /// The named types; the place of one that is being lowered is taken already.
    types: Vec<Option<TypeDef>>,
    /// How many components are being looked at for what they refer to.
    aliases_deep: usize,
    /// The names that are taken, components first.
    names: HashMap<String, TypeId>,
    /// The types of inline schemas, by where those lie in memory.
    inline_types: HashMap<*const Schema, TypeId>,
    /// Inline types that were met while a component was being looked at.
    inline_later: Vec<schema::Inline<'d>>,
    schemes: security::Schemes,
    /// What an operation needs that says nothing itself.
    requirement: Requirement,
    /// The URL of the server that operations have which name none.
    first_server: Option<String>,
    /// All servers, in the order in which they are found.
    servers: Vec<Server>,
    /// The types of choices beside other parts of an object, by where their arms lie.
    choice_types: HashMap<*const ReferenceOr<Schema>, TypeId>,
    /// The operations by their ids.
    operation_ids: HashMap<String, (Method, &'d str)>,
    /// The operations whose paths have a fragment.
    fragments: Vec<String>,
    /// The components that extend another one by `allOf`.
    extensions: HashMap<&'d str, Vec<&'d str>>,
    unknown_formats: scalar::UnknownFormats,
    /// What became of the patterns.
    patterns: HashMap<String, Result<String, String>>,
    /// How many references were followed for what is asked of one value.
    references_to_limits: usize,
    conditions_deep: usize,
    /// How many schemas a reference in a condition has led to.
    conditions_seen: usize,
    coverage: Coverage,
    /// The schemas whose type is any JSON though they say more.
    untyped: Vec<(Place, String)>,
}

static NO_SCHEMAS: std::sync::LazyLock<IndexMap<String, ReferenceOr<Schema>>> = std::sync::LazyLock::new(IndexMap::new);

impl<'d> Lowering<'d> {
    fn new(document: &'d Document, null: NullPolicy, diagnostics: &'d mut Diagnostics) -> Self {
        let schemas = document
            .openapi
            .components
            .as_ref()
            .map_or(&*NO_SCHEMAS, |components| &components.schemas);
        Self {
            document,
            null,
            diagnostics,
            schemas,
            components: HashMap::new(),
            types: Vec::new(),
            aliases_deep: 0,
            names: HashMap::new(),
            inline_types: HashMap::new(),
            inline_later: Vec::new(),
            schemes: security::Schemes::default(),
            requirement: Requirement::new(),
            first_server: None,
            servers: Vec::new(),
            choice_types: HashMap::new(),
            operation_ids: HashMap::new(),
            fragments: Vec::new(),
            extensions: extensions(schemas),
            unknown_formats: scalar::UnknownFormats::new(),
            patterns: HashMap::new(),
            references_to_limits: 0,
            conditions_deep: 0,
            conditions_seen: 0,
            coverage: Coverage::default(),
            untyped: Vec::new(),
        }
    }

    fn lookup(&self) -> kind::Components<'d> {
        kind::Components {
            schemas: self.schemas,
            beside: &self.document.beside,
        }
    }

    fn openapi(&self) -> &'d OpenAPI {
        &self.document.openapi
    }

    /// Takes the next place among the types for a type of this name.
    fn reserve(&mut self, name: &str) -> TypeId {
        // A document holds at most some millions of nodes: the count fits.
        let id = TypeId(u32::try_from(self.types.len()).unwrap_or(u32::MAX));
        self.types.push(None);
        self.names.insert(name.to_owned(), id);
        id
    }

    fn define(&mut self, id: TypeId, def: TypeDef) {
        self.types[id.index()] = Some(def);
    }

    fn error(&mut self, code: Code, at: &At<'_>, message: impl Into<String>, help: impl Into<String>) {
        let pointer = at.pointer();
        let place = self.document.place(&pointer);
        self.diagnostics
            .push(Diagnostic::error(code, place, pointer, message.into()).help(help.into()));
    }

    fn warn(&mut self, code: Code, at: &At<'_>, message: impl Into<String>, help: impl Into<String>) {
        let pointer = at.pointer();
        let place = self.document.place(&pointer);
        self.diagnostics
            .push(Diagnostic::warning(code, place, pointer, message.into()).help(help.into()));
    }

    /// The types, sorted by name; `None` where there are errors, for then some have no definition.
    fn finish(self) -> Option<Vec<TypeDef>> {
        if self.diagnostics.has_errors() {
            return None;
        }
        self.types.into_iter().collect()
    }
}

/// Which components refer to which others in their `allOf`.
fn extensions(schemas: &IndexMap<String, ReferenceOr<Schema>>) -> HashMap<&str, Vec<&str>> {
    let mut extensions: HashMap<&str, Vec<&str>> = HashMap::new();
    for (name, schema) in schemas {
        let parts = schema.as_item().map(tag::parts_of).unwrap_or_default();
        for part in parts {
            let ReferenceOr::Reference { reference } = part else {
                continue;
            };
            let base = reference
                .strip_prefix("#/components/schemas/")
                .map(extension::unescape)
                .and_then(|base| schemas.get_key_value(&base));
            if let Some((base, _)) = base {
                extensions.entry(base).or_default().push(name);
            }
        }
    }
    extensions
}
