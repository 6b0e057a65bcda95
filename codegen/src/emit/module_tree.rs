//! Which modules there are, and what stands in each.

use quote::quote;
use syn::ext::IdentExt as _;

use super::{Context, Item, docs, enums, newtypes, operations, runtime, structs};
use crate::{
    ir::{Group, Shape, TypeId},
    name::{GroupName, ident},
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
    Models { way: &'a [String], types: &'a [TypeId] },
    Apis,
    Group(&'a Group, &'a GroupName),
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
    for (group, name) in context.api.groups.iter().zip(&names.groups) {
        modules.push(Module {
            path: format!("apis/{}.rs", file_stem(&name.module)),
            content: Content::Group(group, name),
        });
    }
    modules.sort_by(|a, b| a.path.cmp(&b.path));
    modules
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
            Content::Apis => apis(context),
            Content::Models { way, types } => models(context, way, types),
            Content::Group(group, names) => operations::items(context, group, names),
        }
    }

    /// The documentation of the module, as attributes inside it.
    #[must_use]
    pub fn docs(&self, context: Context<'_>) -> proc_macro2::TokenStream {
        let text = match &self.content {
            Content::Root => docs::paragraphs([context.api.title.as_str(), context.api.docs.as_str()]),
            Content::Client => "The client.".to_owned(),
            Content::Apis => "The operations, by group.".to_owned(),
            Content::Models { way: [], .. } => "The models of requests and responses.".to_owned(),
            Content::Models { way, .. } => format!("The models of `{}`.", way.join(".")),
            Content::Group(group, _) => format!("The operations of `{}`.", group.name.replace('`', "'")),
        };
        docs::inner_attributes(&text)
    }
}

fn root(context: Context<'_>) -> Vec<Item> {
    let models = quote!(
        pub mod models;
    );
    if context.api.groups.is_empty() {
        return vec![Item::Lines(vec![models])];
    }
    vec![
        Item::Lines(vec![
            quote! { #[cfg(feature = "client")] pub mod apis; },
            quote! { #[cfg(feature = "client")] mod client; },
            models,
        ]),
        Item::Lines(vec![quote! { #[cfg(feature = "client")] pub use client::Client; }]),
    ]
}

fn client(context: Context<'_>) -> Vec<Item> {
    let inner = runtime::client();
    let docs = docs::attributes(&client_docs(context));
    let methods = context
        .api
        .groups
        .iter()
        .zip(&context.names.groups)
        .map(|(group, names)| {
            let (module, ty) = (ident(&names.module), ident(&names.ident));
            let docs = if group.docs.is_empty() {
                format!("The operations of `{}`.", group.name)
            } else {
                group.docs.clone()
            };
            let docs = docs::attributes(&docs);
            quote! {
                #docs
                #[must_use]
                pub fn #module(&self) -> super::apis::#module::#ty {
                    super::apis::#module::#ty(self.0.clone())
                }
            }
        });
    vec![
        Item::Whole(quote! {
            #docs
            #[derive(Clone, Debug)]
            pub struct Client(#inner);
        }),
        Item::Impl {
            head: quote!(impl ::std::convert::From<#inner> for Client),
            members: vec![quote! {
                fn from(client: #inner) -> Self {
                    Self(client)
                }
            }],
        },
        Item::Impl {
            head: quote!(impl Client),
            members: methods.collect(),
        },
    ]
}

/// What the document says of the whole: its servers and how they authenticate.
fn client_docs(context: Context<'_>) -> String {
    let api = context.api;
    let code = |text: &str| format!("`{}`", text.replace('`', "'"));
    let servers = api.servers.iter().map(|server| {
        let variables = server.variables.iter().map(|variable| {
            format!(
                "\n- {}, by default {}: {}",
                code(&variable.name),
                code(&variable.default),
                one_line(&variable.docs)
            )
        });
        format!(
            "Server: {}. {}{}",
            code(&server.url),
            one_line(&server.docs),
            variables.collect::<String>()
        )
    });
    let servers = servers.collect::<Vec<_>>().join("\n\n");
    let schemes = api
        .security
        .iter()
        .map(|scheme| format!("- {}: {}", code(&scheme.name), scheme.kind));
    let schemes = schemes.collect::<Vec<_>>().join("\n");
    let security = if schemes.is_empty() {
        String::new()
    } else {
        format!("Authentication:\n{schemes}")
    };
    docs::paragraphs([
        format!("A client of {}.", api.title).as_str(),
        servers.as_str(),
        security.as_str(),
        "Cheap to clone: clones share connections, credentials and limits.",
    ])
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn apis(context: Context<'_>) -> Vec<Item> {
    let modules = context.names.groups.iter().map(|names| {
        let module = ident(&names.module);
        quote!(pub mod #module;)
    });
    vec![Item::Lines(modules.collect())]
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
    let children: Vec<_> = children
        .filter_map(|module| module.last())
        .map(|name| {
            let name = ident(name);
            quote!(pub mod #name;)
        })
        .collect();
    if !children.is_empty() {
        items.push(Item::Lines(children));
    }
    let foreign = |id: &TypeId| context.names.type_name(*id).module != way;
    if types
        .iter()
        .any(|id| context.api.type_def(*id).uses().iter().any(foreign))
    {
        let up = way.iter().map(|_| quote!(super::));
        items.push(Item::Lines(vec![quote!(use #(#up)* super::models;)]));
    }
    for id in types {
        let def = context.api.type_def(*id);
        match &def.shape {
            Shape::Struct(object) => structs::items(context, *id, def, object, &mut items),
            Shape::Enum(values) => enums::items(context, *id, def, values, &mut items),
            Shape::Newtype(_) => newtypes::items(context, *id, def, &mut items),
            Shape::Alias(alias) => newtypes::alias(context, *id, def, alias, &mut items),
        }
    }
    items
}
