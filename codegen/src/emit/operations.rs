//! Groups of operations: the group with its methods, and a call with its setters for each.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Context, Item, docs, runtime};
use crate::{
    ir::{Argument, Group, Idempotency, Location, Operation, Paging, Stability, Style, TypeRef},
    name::{ArgumentName, GroupName, OperationName, ident},
};

pub(super) fn items(context: Context<'_>, group: &Group, names: &GroupName) -> Vec<Item> {
    let operations = || group.operations.iter().zip(&names.operations);
    let mut items = vec![
        Item::Lines(vec![quote!(
            use super::super::models;
        )]),
        group_item(group, names),
    ];
    let methods: Vec<TokenStream> = operations()
        .map(|(operation, names)| {
            Call {
                context,
                operation,
                names,
            }
            .method()
        })
        .collect();
    let name = ident(&names.ident);
    items.push(Item::Impl {
        head: quote!(impl #name),
        members: methods,
    });
    for (operation, operation_names) in operations() {
        Call {
            context,
            operation,
            names: operation_names,
        }
        .items(&names.ident, &mut items);
    }
    items
}

fn group_item(group: &Group, names: &GroupName) -> Item {
    let name = ident(&names.ident);
    let docs = docs::paragraphs([group.docs.as_str(), &format!("Group: `{}`.", group.name)]);
    let (docs, client) = (docs::attributes(&docs), runtime::client());
    Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name(pub(crate) #client);
    })
}

/// One operation while it is written.
struct Call<'a> {
    context: Context<'a>,
    operation: &'a Operation,
    names: &'a OperationName,
}

impl<'a> Call<'a> {
    fn arguments(&self, required: bool) -> impl Iterator<Item = (&'a Argument, &'a ArgumentName)> {
        self.operation
            .arguments
            .iter()
            .zip(&self.names.arguments)
            .filter(move |(argument, _)| argument.required == required)
    }

    fn required_body(&self) -> Option<&'a TypeRef> {
        self.operation
            .body
            .as_ref()
            .filter(|body| body.required)
            .map(|body| &body.ty)
    }

    /// The group's method: what the call cannot do without, and the call made of it.
    fn method(&self) -> TokenStream {
        let (method, call, constant) = (
            ident(&self.names.method),
            ident(&self.names.call),
            ident(&self.names.constant),
        );
        let mut parameters = Vec::new();
        let mut steps = Vec::new();
        for (argument, name) in self.arguments(true) {
            let name = ident(&name.ident);
            let (ty, value) = self.context.argument(&argument.ty, None, &quote!(#name));
            parameters.push(quote!(#name: #ty));
            steps.push(step(argument, &value));
        }
        if let Some(body) = self.required_body() {
            let (ty, value) = self.body_argument(body);
            parameters.push(quote!(body: #ty));
            steps.push(quote!(.json(#value)));
        }
        let docs = docs::attributes(&self.method_docs());
        let deprecated = self.operation.deprecated.then(|| quote!(#[deprecated]));
        let many = (parameters.len() > 6)
            .then(|| quote!(#[allow(clippy::too_many_arguments, reason = "the document requires all of them")]));
        quote! {
            #docs
            #deprecated
            #many
            pub fn #method(&self, #(#parameters),*) -> #call {
                #call(self.0.call(&#constant) #(#steps)*)
            }
        }
    }

    /// The static, the call's type and its setters.
    fn items(&self, group: &str, into: &mut Vec<Item>) {
        into.push(self.constant());
        let call = ident(&self.names.call);
        // Made of identifiers of ours only, so that the link holds.
        let text = format!(" The call of [`{group}::{}`].", ident(&self.names.method));
        let inner = runtime::call();
        into.push(Item::Whole(quote! {
            #[doc = #text]
            #[derive(Debug)]
            #[must_use = "a call does nothing until it is sent"]
            pub struct #call(#inner);
        }));
        let setters = self.setters();
        if !setters.is_empty() {
            into.push(Item::Impl {
                head: quote!(impl #call),
                members: setters,
            });
        }
        let operation_macro = runtime::operation_macro();
        let output = match &self.operation.output {
            Some(output) => self.context.ty(output, None),
            None => quote!(()),
        };
        into.push(Item::Whole(quote!(#operation_macro(#call => #output);)));
    }

    fn constant(&self) -> Item {
        let constant = ident(&self.names.constant);
        let (ty, method_type) = (runtime::operation(), runtime::method());
        let (id, path) = (&self.operation.id, &self.operation.path);
        let method = Ident::new(self.operation.method.as_str(), proc_macro2::Span::call_site());
        let idempotent = (self.operation.idempotency == Idempotency::Declared).then(|| quote!(.idempotent()));
        let empty_body = self
            .operation
            .body
            .as_ref()
            .is_some_and(|body| body.empty_object && !body.required);
        let body = empty_body.then(|| quote!(.body_defaults_to_object()));
        Item::Whole(quote! {
            static #constant: #ty = #ty::new(#id, #method_type::#method, #path) #idempotent #body;
        })
    }

    fn setters(&self) -> Vec<TokenStream> {
        let mut setters: Vec<TokenStream> = self
            .arguments(false)
            .map(|(argument, name)| {
                let name = ident(&name.ident);
                let (ty, value) = self.context.argument(&argument.ty, None, &quote!(#name));
                let docs = docs::attributes(&argument_docs(argument));
                let deprecated = argument.deprecated.then(|| quote!(#[deprecated]));
                let step = step(argument, &value);
                quote! {
                    #docs
                    #deprecated
                    pub fn #name(self, #name: #ty) -> Self {
                        Self(self.0 #step)
                    }
                }
            })
            .collect();
        if let Some(body) = self.operation.body.as_ref().filter(|body| !body.required) {
            let (ty, value) = self.body_argument(&body.ty);
            let docs = docs::attributes(&docs::paragraphs(["Sets the request body.", body.docs.as_str()]));
            setters.push(quote! {
                #docs
                pub fn body(self, body: #ty) -> Self {
                    Self(self.0.json(#value))
                }
            });
        }
        setters
    }

    /// A body is written at once: a reference to it will do, and so will the value itself.
    fn body_argument(&self, ty: &TypeRef) -> (TokenStream, TokenStream) {
        let (borrow, ty) = (runtime::borrow(), self.context.ty(ty, None));
        (quote!(impl #borrow<#ty>), quote!(body.borrow()))
    }

    fn method_docs(&self) -> String {
        let operation = self.operation;
        let request = format!("`{} {}`", operation.method.as_str(), operation.path.replace('`', "'"));
        let stability = match operation.stability {
            Stability::Stable => "",
            Stability::Draft => "Draft: this operation may still change.",
        };
        let paging = operation.paging.as_ref().map(paging_docs).unwrap_or_default();
        let arguments: Vec<String> = self
            .arguments(true)
            .map(|(argument, name)| argument_line(argument, name))
            .collect();
        let arguments = arguments.join("\n");
        let body = match &operation.body {
            Some(body) if body.required && !body.docs.is_empty() => format!("- `body`: {}", body.docs),
            _ => String::new(),
        };
        let list = [arguments.as_str(), body.as_str()].join("\n");
        docs::paragraphs([
            operation.summary.as_str(),
            operation.docs.as_str(),
            stability,
            paging.as_str(),
            list.as_str(),
            request.as_str(),
        ])
    }
}

fn argument_line(argument: &Argument, name: &ArgumentName) -> String {
    let docs = argument.docs.split_whitespace().collect::<Vec<_>>().join(" ");
    format!("- `{}`: {docs}", name.ident)
}

fn argument_docs(argument: &Argument) -> String {
    if argument.docs.trim().is_empty() {
        format!("Sets `{}`.", argument.name)
    } else {
        argument.docs.clone()
    }
}

fn paging_docs(paging: &Paging) -> String {
    let limits = match paging.size.as_ref().map(|size| (size.minimum, size.maximum)) {
        Some((Some(minimum), Some(maximum))) => format!(" A page holds {minimum} to {maximum} items."),
        Some((None, Some(maximum))) => format!(" A page holds at most {maximum} items."),
        _ => String::new(),
    };
    format!(
        "Paged: the items are in `{}`, the next page's token in `{}`.{limits}",
        paging.items, paging.next
    )
}

/// The step that carries an argument into the call.
fn step(argument: &Argument, value: &TokenStream) -> TokenStream {
    let wire = &argument.name;
    let style = match argument.style {
        Style::Usual => None,
        Style::FormJoined => Some("FormJoined"),
        Style::SpaceDelimited => Some("SpaceDelimited"),
        Style::PipeDelimited => Some("PipeDelimited"),
    };
    match (argument.location, style) {
        (Location::Path, _) => quote!(.path(#wire, &#value)),
        (Location::Header, _) => quote!(.header_parameter(#wire, &#value)),
        (Location::Query | Location::Cookie, None) => quote!(.query(#wire, &#value)),
        (Location::Query | Location::Cookie, Some(style)) => {
            let (style_type, style) = (runtime::style(), ident(style));
            quote!(.query_styled(#wire, &#value, #style_type::#style))
        }
    }
}
