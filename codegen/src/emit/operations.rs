//! Groups of operations: the group with its methods, and a call with its setters for each.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Context, Item, access, answers, arguments, bodies, docs, headers, paging, runtime, types};
use crate::{
    ir::{Argument, Body, BodyForm, Idempotency, Location, Operation, Stability, TypeRef},
    methods::{self, Since},
    name::{Named, NamedGroup, NamedOperation, ident},
};

pub(super) fn items(context: Context<'_>, group: &NamedGroup<'_>) -> Vec<Item> {
    let mut items = vec![Item::Lines(imports(context, group)), group_item(group)];
    let calls = group.operations.iter().map(|named| Call {
        context,
        operation: named.operation,
        named,
    });
    let calls: Vec<Call<'_>> = calls.collect();
    let name = ident(&group.ident);
    items.push(Item::Impl {
        head: quote!(impl #name),
        members: calls.iter().map(Call::method).collect(),
    });
    for call in calls {
        call.items(&name, &mut items);
    }
    items
}

/// What the module names without its path: the scope of its names knows these words as taken.
fn imports(context: Context<'_>, named: &NamedGroup<'_>) -> Vec<TokenStream> {
    let mut imports = Vec::new();
    let group = named.group;
    if group.operations.iter().any(|operation| borrows(context, operation)) {
        imports.push(quote!(
            use ::std::borrow::Borrow;
        ));
    }
    imports.push(runtime::operation_imports());
    let mut operations = named.operations.iter();
    if operations.any(|named| named.operation.page().is_some()) {
        imports.push(runtime::paged_import());
    }
    if group
        .operations
        .iter()
        .flat_map(Operation::types)
        .any(TypeRef::names_a_type)
    {
        imports.push(quote!(
            use super::super::models;
        ));
    }
    imports
}

fn borrows(context: Context<'_>, operation: &Operation) -> bool {
    let mut arguments = operation.arguments.iter();
    operation.body.as_ref().is_some_and(bodies::is_borrowed)
        || arguments.any(|argument| arguments::is_borrowed(context, &argument.ty))
}

fn group_item(named: &NamedGroup<'_>) -> Item {
    let (name, group) = (ident(&named.ident), named.group);
    let docs = docs::paragraphs([group.docs.as_str(), &format!("Group: `{}`.", group.name)]);
    let docs = docs::attributes(&docs);
    Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug)]
        pub struct #name(pub(crate) Client);
    })
}

/// One operation while it is written.
struct Call<'a> {
    context: Context<'a>,
    operation: &'a Operation,
    named: &'a NamedOperation<'a>,
}

impl<'a> Call<'a> {
    fn arguments(&self, required: bool) -> impl Iterator<Item = &'a Named<'a, Argument>> {
        let arguments = self.named.arguments.iter();
        arguments.filter(move |argument| argument.item.required == required)
    }

    /// The group's method: what the operation is, what the call cannot do without, and the call made of it.
    fn method(&self) -> TokenStream {
        let (method, call) = (ident(&self.named.method), ident(&self.named.call));
        let mut parameters = Vec::new();
        let mut path = Vec::new();
        let mut steps = Vec::new();
        for named in self.arguments(true) {
            let (name, argument) = (ident(&named.ident), named.item);
            let (ty, value) = arguments::taken(self.context, named);
            parameters.push(quote!(#name: #ty));
            match argument.location {
                Location::Path => path.push((argument, value)),
                _ => steps.push(arguments::step(argument, &value)),
            }
        }
        let body = self.operation.body.as_ref();
        if let Some(begin) = body.and_then(bodies::begin) {
            steps.insert(0, begin);
        }
        let required = body.filter(|body| body.required);
        if let Some((ty, step)) = required.and_then(|body| bodies::taken(self.context, body)) {
            parameters.push(quote!(body: #ty));
            steps.push(step);
        }
        // The runtime takes the arguments of the path in the order in which the template names them.
        path.sort_by_key(|(argument, _)| self.operation.path.position(&argument.name));
        let path = path.iter().map(|(_, value)| value);
        let docs = docs::attributes(&self.method_docs());
        let deprecated = self.operation.deprecated.then(|| quote!(#[deprecated]));
        let many = (parameters.len() > 6).then(types::many_arguments);
        let operation = self.constant();
        let made = match steps.as_slice() {
            [] => quote!(#call::new(&self.0, &OPERATION, &[#(#path),*])),
            steps => quote!(#call(Call::new(&self.0, &OPERATION, &[#(#path),*]) #(#steps)*)),
        };
        quote! {
            #docs
            #deprecated
            #many
            pub fn #method(&self, #(#parameters),*) -> #call {
                #operation
                #made
            }
        }
    }

    /// The call's type and its setters.
    fn items(&self, group: &Ident, into: &mut Vec<Item>) {
        let call = ident(&self.named.call);
        // Made of identifiers of ours only, so that the link holds.
        let text = format!(" The call of [`{group}::{}`].", ident(&self.named.method));
        into.push(Item::Whole(quote! {
            #[doc = #text]
            #[must_use = "a call does nothing until it is sent"]
            pub struct #call(Call);
        }));
        let mut members = headers::constants(self.context, self.named);
        members.extend(self.setters());
        if !members.is_empty() {
            into.push(Item::Impl {
                head: quote!(impl #call),
                members,
            });
        }
        let output = answers::output(self.context, &self.named.output);
        let body = self.operation.body.as_ref().and_then(bodies::optional_json);
        let body = body.map(|body| self.context.ty(body, None)).map(|body| quote!(, #body));
        into.push(Item::Whole(quote!(operation!(#call #body => #output);)));
        answers::items(self.context, self.named, into);
        into.extend(paging::item(self.context, self.named).map(Item::Whole));
    }

    /// What the runtime has to know of the operation.
    fn constant(&self) -> TokenStream {
        let (id, path) = (&self.operation.id, self.operation.path.to_string());
        let method = self.operation.method.as_str();
        // The runtime has a constructor for each method of OpenAPI 3.0.
        let mut known = methods::until(Since::OpenApi30);
        let begin = match known.find(|known| known.wire == method) {
            Some(known) => {
                let method = ident(known.key);
                quote!(#method(#id, #path))
            }
            None => quote!(other(#id, #method, #path)),
        };
        let idempotent = (self.operation.idempotency == Idempotency::Declared).then(|| quote!(.idempotent()));
        let key = self
            .operation
            .arguments
            .iter()
            .find(|argument| argument.is_idempotency_key());
        let key = key
            .map(|argument| &argument.name)
            .map(|name| quote!(.idempotency_key(#name)));
        let end = self
            .operation
            .events_end
            .as_ref()
            .map(|data| quote!(.events_end(#data)));
        let paged = self.operation.paging.as_ref().map(paging::steps);
        let access = access::steps(self.context, self.operation);
        let styles = arguments::path_styles(self.operation);
        let answers = answers::steps(self.operation);
        quote!(static OPERATION: Operation = Operation::#begin #styles #idempotent #key #access #answers #end #paged;)
    }

    fn setters(&self) -> Vec<TokenStream> {
        // Every call has a setter for its idempotency key.
        let own = self.arguments(false).filter(|named| !named.item.is_idempotency_key());
        let setters = own.map(|named| {
            let (name, argument) = (ident(&named.ident), named.item);
            let (ty, value) = arguments::taken(self.context, named);
            let docs = docs::attributes(&arguments::docs(argument));
            let deprecated = argument.deprecated.then(|| quote!(#[deprecated]));
            let step = arguments::step(argument, &value);
            quote! {
                #docs
                #deprecated
                pub fn #name(self, #name: #ty) -> Self {
                    Self(self.0 #step)
                }
            }
        });
        setters.chain(self.body_setter()).collect()
    }

    /// The setter of a body that may be left out and that `operation!` makes none for.
    fn body_setter(&self) -> Option<TokenStream> {
        let body = self.operation.body.as_ref()?;
        if body.required || bodies::optional_json(body).is_some() {
            return None;
        }
        let (ty, step) = bodies::taken(self.context, body)?;
        Some(quote! {
            /// Sets the request body.
            pub fn body(self, body: #ty) -> Self {
                Self(self.0 #step)
            }
        })
    }

    fn method_docs(&self) -> String {
        let operation = self.operation;
        let request = format!(
            "`{} {}`",
            operation.method.as_str(),
            operation.path.to_string().replace('`', "'")
        );
        let stability = match operation.stability {
            Stability::Stable => "",
            Stability::Draft => "Draft: this operation may still change.",
        };
        let paging = operation.paging.as_ref().map(paging::docs).unwrap_or_default();
        let arguments: Vec<String> = self.arguments(true).map(arguments::line).collect();
        let arguments = arguments.join("\n");
        let body = match &operation.body {
            Some(body) if !body.docs.trim().is_empty() => body_line(body),
            _ => String::new(),
        };
        let list = [arguments.as_str(), body.as_str()].join("\n");
        let form = operation.body.as_ref().and_then(bodies::content_type);
        let form = form
            .map(|media| format!("Body: `{}`.", media.replace('`', "'")))
            .unwrap_or_default();
        docs::paragraphs([
            operation.summary.as_str(),
            operation.docs.as_str(),
            stability,
            paging.as_str(),
            access::docs(self.context, operation).as_str(),
            // A list runs into the one before it where only a blank line is between them: there is always a paragraph.
            request.as_str(),
            form.as_str(),
            list.as_str(),
            answers::docs(operation).as_str(),
        ])
    }
}

/// A line about the body of a method; the parts of a multipart body have lines of their own.
fn body_line(body: &Body) -> String {
    let docs = body.docs.split_whitespace().collect::<Vec<_>>().join(" ");
    match body.form {
        BodyForm::Multipart { .. } | BodyForm::Positional { .. } => format!("- The body: {docs}"),
        _ if body.required => format!("- `body`: {docs}"),
        _ => format!("- `body`, by its setter: {docs}"),
    }
}
