//! The tree of modules, and the items of each.

use syn::ext::IdentExt as _;

use super::{
    Context, Item, credentials,
    docs::{self, code, one_line},
    enums,
    form::{Entry, Form, Line},
    mock, newtypes, operations, runtime, servers, structs, tuples, types, unions, values, webhooks,
};
use crate::{
    feature::Gate,
    ir::TypeId,
    name::{NamedGroup, NamedShape, NamedType, ident},
};

/// A module to be written: where, and what of.
#[derive(Debug)]
pub struct Module<'a> {
    /// The file, relative to the folder of generated code, with `/` between the parts.
    pub path: String,
    content: Content<'a>,
}

#[derive(Debug)]
enum Content<'a> {
    Root,
    Client,
    Credentials,
    Servers,
    Webhooks,
    Mock,
    Models { way: &'a [String], types: &'a [TypeId] },
    Apis,
    Group(&'a NamedGroup<'a>),
}

/// The modules of a client, in the order of their paths.
#[must_use]
pub fn modules(context: Context<'_>) -> Vec<Module<'_>> {
    let names = context.names;
    let mut modules = vec![Module {
        path: "mod.rs".to_owned(),
        content: Content::Root,
    }];
    if !context.api.groups.is_empty() {
        modules.push(Module {
            path: "client.rs".to_owned(),
            content: Content::Client,
        });
        modules.push(Module {
            path: "apis.rs".to_owned(),
            content: Content::Apis,
        });
    }
    let own = [
        ("credentials.rs", Content::Credentials, has_credentials(context)),
        ("servers.rs", Content::Servers, has_servers(context)),
        ("webhooks.rs", Content::Webhooks, !context.api.payloads.is_empty()),
        ("mock.rs", Content::Mock, has_mock(context)),
    ];
    modules.extend(
        own.into_iter()
            .filter(|(.., is_there)| *is_there)
            .map(|(path, content, _)| Module {
                path: path.to_owned(),
                content,
            }),
    );
    for (way, types) in &names.modules {
        let path = std::iter::once("models")
            .map(str::to_owned)
            .chain(way.iter().map(|part| file_stem(part)))
            .collect::<Vec<_>>()
            .join("/");
        modules.push(Module {
            path: format!("{path}.rs"),
            content: Content::Models { way, types },
        });
    }
    for group in &names.groups {
        modules.push(Module {
            path: format!("apis/{}.rs", file_stem(&group.module)),
            content: Content::Group(group),
        });
    }
    modules.sort_by(|a, b| a.path.cmp(&b.path));
    modules
}

fn has_credentials(context: Context<'_>) -> bool {
    context.makes_clients && !context.api.groups.is_empty() && credentials::is_needed(context)
}

fn has_servers(context: Context<'_>) -> bool {
    !context.api.groups.is_empty() && servers::listed(context).next().is_some()
}

fn has_mock(context: Context<'_>) -> bool {
    context.default_answers.is_some() && !context.api.groups.is_empty()
}

/// The file's name of a module: that of its item, without the sign of a raw identifier.
fn file_stem(module: &str) -> String {
    ident(module).unraw().to_string()
}

impl Module<'_> {
    /// The items of the module, in the order in which they are written.
    #[must_use]
    pub fn items(&self, context: Context<'_>) -> Vec<Item> {
        match &self.content {
            Content::Root => root(context),
            Content::Client => client(context),
            Content::Credentials => credentials::items(context),
            Content::Servers => servers::items(context),
            Content::Webhooks => webhooks::items(context),
            Content::Mock => mock(context),
            Content::Apis => apis(context),
            Content::Models { way, types } => models(context, way, types),
            Content::Group(group) => operations::items(context, group),
        }
    }

    /// The lines of the module's documentation.
    #[must_use]
    pub fn docs(&self, context: Context<'_>) -> Vec<String> {
        let text = match &self.content {
            Content::Root => docs::paragraphs([title(context), context.api.docs.as_str()]),
            Content::Client => "The client.".to_owned(),
            Content::Credentials => "What authorizes calls.".to_owned(),
            Content::Servers => "Where the API is served.".to_owned(),
            Content::Webhooks => "What the API sends: the payloads of its webhooks and callbacks.".to_owned(),
            Content::Mock => "The mock of the server, and an answer for each operation.".to_owned(),
            Content::Apis => "The operations, by group.".to_owned(),
            Content::Models { way: [], .. } => "The models of requests and responses.".to_owned(),
            Content::Models { way, .. } => format!("The models of `{}`.", way.join(".")),
            Content::Group(group) => format!("The operations of `{}`.", group.group.name.replace('`', "'")),
        };
        docs::lines(&text)
    }
}

/// A document may have none, or a blank one.
fn title(context: Context<'_>) -> &str {
    match context.api.title.trim() {
        "" => "an API without a title",
        title => title,
    }
}

fn mock(context: Context<'_>) -> Vec<Item> {
    let answers = context.default_answers.map(|answers| mock::form(context.api, answers));
    let export = Item::Lines(vec![Entry::word(runtime::MOCK_EXPORT)]);
    std::iter::once(export).chain(answers.map(Item::Form)).collect()
}

fn root(context: Context<'_>) -> Vec<Item> {
    let has_payloads = !context.api.payloads.is_empty();
    let webhooks = has_payloads.then(|| Entry::word("pub mod webhooks;"));
    let models = Entry::word("pub mod models;");
    let version = Item::Whole(runtime::require_version());
    if context.api.groups.is_empty() {
        return vec![Item::Lines(std::iter::once(models).chain(webhooks).collect()), version];
    }
    let conditional = |line: &'static str| {
        let condition = context.client_feature.then(|| has_feature("client"));
        Entry::word(line).with_condition(condition)
    };
    let mut modules = vec![conditional("pub mod apis;"), conditional("mod client;")];
    let mut exports = vec![conditional("pub use client::Client;")];
    if has_credentials(context) {
        modules.push(conditional("mod credentials;"));
        exports.push(conditional("pub use credentials::Credentials;"));
    }
    modules.push(models);
    if has_servers(context) {
        modules.push(conditional("pub mod servers;"));
    }
    modules.extend(webhooks);
    let mut items = vec![Item::Lines(modules), Item::Lines(exports)];
    if has_mock(context) {
        let mock = Entry::word("pub mod mock;");
        items.push(Item::Form(Form {
            name: runtime::FOR_TESTS,
            entries: vec![mock],
        }));
    }
    items.push(version);
    items
}

fn client(context: Context<'_>) -> Vec<Item> {
    let groups = context.names.groups.iter().map(|named| {
        let line = Line::new().ident(&ident(&named.module)).sign(":");
        let line = line.ident(&ident(&named.ident));
        // The macro has a sentence for a group that the document does not describe.
        let line = match named.group.docs.trim() {
            "" => line.word("=").text(&operations::shown(&named.group.name)),
            _ => line,
        };
        let condition = context.features.has_groups().then(|| has_feature(&named.feature));
        Entry::new(line).documented(&named.group.docs).with_condition(condition)
    });
    let head = Line::new().word("pub struct Client");
    let head = if context.makes_clients {
        head.word("with builder")
    } else {
        head
    };
    let client = Entry::new(head)
        .documented(&client_docs(context))
        .enclosing(groups.collect());
    vec![
        Item::Lines(vec![Entry::word(runtime::FORMS_IMPORT)]),
        Item::Form(Form::new("api_client", client)),
    ]
}

/// What the document says of the whole: its servers and how they authenticate.
fn client_docs(context: Context<'_>) -> String {
    let api = context.api;
    let servers = api.usual_servers.iter().map(|id| &api.servers[id.index()]);
    let servers = servers.map(|server| {
        let variables = servers::variables(server);
        let head = format!("Server: {}. {}", code(&server.url), one_line(&server.docs));
        format!("{head}\n{variables}")
    });
    let servers = servers.collect::<Vec<_>>().join("\n\n");
    let schemes = api
        .security
        .iter()
        .map(|scheme| format!("- {}: {}", code(&scheme.name), credentials::describe(&scheme.kind)));
    let schemes = schemes.collect::<Vec<_>>().join("\n");
    let security = if schemes.is_empty() {
        String::new()
    } else {
        format!("Authentication:\n{schemes}")
    };
    docs::paragraphs([
        format!("A client of {}.", title(context)).as_str(),
        servers.as_str(),
        security.as_str(),
        "Cheap to clone: clones share connections, credentials and limits.",
    ])
}

fn apis(context: Context<'_>) -> Vec<Item> {
    let modules = context.names.groups.iter().map(|named| {
        let condition = context.features.has_groups().then(|| has_feature(&named.feature));
        let line = Line::new().word("pub mod").ident(&ident(&named.module)).sign(";");
        Entry::new(line).with_condition(condition)
    });
    vec![Item::Lines(modules.collect())]
}

/// The declaration of a module of models.
fn module(context: Context<'_>, way: &[String]) -> Option<Entry> {
    let is_one_component = component(context, way).is_some() && holds_nothing_else(context, way);
    let word = if is_one_component { "mod" } else { "pub mod" };
    let line = Line::new().word(word).ident(&ident(way.last()?)).sign(";");
    Some(Entry::new(line).with_condition(condition(context, way)))
}

/// What `models` exports of a component's own file.
fn export(context: Context<'_>, way: &[String]) -> Option<Entry> {
    let own = component(context, way)?;
    let name = ident(&own.ident);
    let line = Line::new().word("pub use self::").attached().ident(&ident(way.last()?));
    let line = match required(own).filter(|_| !own.def.is_for_responses()) {
        Some(required) => {
            let line = line.sign("::{").attached().ident(&name).sign(",");
            line.ident(&ident(required)).sign("};")
        }
        None => line.sign("::").attached().ident(&name).sign(";"),
    };
    Some(Entry::new(line).with_condition(condition(context, way)))
}

/// The struct of a component's required fields.
fn required<'a>(ty: &'a NamedType<'_>) -> Option<&'a str> {
    match &ty.shape {
        NamedShape::Struct(object) => object.required.as_deref(),
        _ => None,
    }
}

/// What `models` exports for tests: constructors of what only responses hold.
fn export_for_tests(context: Context<'_>, way: &[String]) -> Option<Entry> {
    let own = component(context, way)?;
    let required = required(own).filter(|_| own.def.is_for_responses())?;
    let line = Line::new().word("pub use self::").attached().ident(&ident(way.last()?));
    let line = line.sign("::").attached().ident(&ident(required)).sign(";");
    Some(Entry::new(line).with_condition(condition(context, way)))
}

/// The component that a file is named after.
fn component<'a>(context: Context<'a>, way: &[String]) -> Option<&'a NamedType<'a>> {
    let types = context.names.modules.get(way)?;
    let mut types = types.iter().map(|id| context.names.ty(*id));
    types.find(|ty| ty.public != ty.module)
}

/// Whether the component's own type is all that its file gives.
fn holds_nothing_else(context: Context<'_>, way: &[String]) -> bool {
    let mut modules = context
        .names
        .modules
        .range(way.to_vec()..)
        .take_while(|(module, _)| module.starts_with(way));
    let has_oneof = |id: &TypeId| match &context.names.ty(*id).shape {
        NamedShape::Struct(object) => object.oneofs().next().is_some(),
        _ => false,
    };
    modules
        .next()
        .is_some_and(|(_, types)| types.len() == 1 && !types.iter().any(has_oneof))
        && modules.next().is_none()
}

/// When a module of models is compiled.
fn condition(context: Context<'_>, way: &[String]) -> Option<Line> {
    match context.features.gate(way) {
        Gate::Open => None,
        Gate::Models => Some(has_feature("models")),
        Gate::Group(group) => {
            let line = Line::new().word("#[cfg(any(feature =").text("models").sign(",");
            let line = line.word("feature =").text(&context.names.groups[group].feature);
            Some(line.sign("))]"))
        }
    }
}

/// The attribute of what needs a feature.
fn has_feature(feature: &str) -> Line {
    Line::new().word("#[cfg(feature =").text(feature).sign(")]")
}

fn models(context: Context<'_>, way: &[String], types: &[TypeId]) -> Vec<Item> {
    let mut items = Vec::new();
    let children = context
        .names
        .modules
        .range(way.to_vec()..)
        .map(|(module, _)| module)
        .take_while(|module| module.starts_with(way))
        .filter(|module| module.len() == way.len() + 1);
    let children: Vec<&Vec<String>> = children.collect();
    if !children.is_empty() {
        items.push(Item::Lines(
            children.iter().filter_map(|way| module(context, way)).collect(),
        ));
    }
    let exports: Vec<Entry> = children.iter().filter_map(|way| export(context, way)).collect();
    if !exports.is_empty() {
        items.push(Item::Lines(exports));
    }
    let exports: Vec<Entry> = children
        .iter()
        .filter_map(|way| export_for_tests(context, way))
        .collect();
    let mut declared = Vec::new();
    for id in types {
        declare(context, *id, &mut declared);
    }
    let has_form = |item: &Item| matches!(item, Item::Form(_));
    let mut imports = Vec::new();
    if !exports.is_empty() || declared.iter().any(has_form) {
        imports.push(Entry::word(runtime::FORMS_IMPORT));
    }
    let foreign = |id: &TypeId| types::way_down(context.names.ty(*id), way).is_none();
    if types
        .iter()
        .any(|id| context.api.type_def(*id).uses().iter().any(foreign))
    {
        let up = Line::new().word("use super::").attached();
        let up = way.iter().fold(up, |line, _| line.word("super::").attached());
        imports.push(Entry::new(up.word("models;")));
    }
    if !imports.is_empty() {
        items.push(Item::Lines(imports));
    }
    if !exports.is_empty() {
        items.push(Item::Form(Form {
            name: "for_tests",
            entries: exports,
        }));
    }
    items.extend(declared);
    items
}

fn declare(context: Context<'_>, id: TypeId, items: &mut Vec<Item>) {
    let ty = context.names.ty(id);
    let first = items.len();
    match &ty.shape {
        NamedShape::Struct(object) => structs::items(context, ty, object, items),
        NamedShape::Enum(values) => enums::items(ty, values, items),
        NamedShape::ValueEnum(kind, values) => values::value_enum(ty, *kind, values, items),
        NamedShape::Constant(constant) => values::constant(ty, constant, items),
        NamedShape::Union(union) => unions::items(context, ty, union, items),
        NamedShape::Tuple(tuple) => tuples::items(context, ty, tuple, items),
        NamedShape::Newtype(newtype) => newtypes::items(ty, newtype, items),
        // Nothing can be derived for another name of a type.
        NamedShape::Alias(alias) => return newtypes::alias(context, ty, alias, items),
    }
    if let Some(Item::Form(Form { entries, .. })) = items.get_mut(first) {
        let attributes = context.attributes.of(&ty.def.name);
        for entry in entries {
            entry.attributes = attributes.iter().map(|text| (*text).to_owned()).collect();
        }
    }
}
