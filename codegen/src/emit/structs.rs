//! Objects: the struct, its setters, and the table that the runtime reads and writes it by.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Item, changes, defaults, docs, newtypes, oneofs, rules, runtime, types};
use crate::{
    ir::{Access, Field, Presence, TypeRef},
    name::{NamedField, NamedMember, NamedStruct, NamedType, ident},
};

pub(super) fn items(context: Context<'_>, ty: &NamedType<'_>, object: &NamedStruct<'_>, into: &mut Vec<Item>) {
    let model = Model { context, ty, object };
    into.push(model.item());
    let methods = model.methods();
    if !methods.is_empty() {
        let name = ident(&ty.ident);
        into.push(Item::Impl {
            head: quote!(impl #name),
            members: methods,
        });
    }
    into.push(model.table());
    let (name, model_macro) = (ident(&ty.ident), runtime::model_macro());
    let blank = model.has_required().then(|| quote!(, blank));
    into.push(Item::Whole(quote!(#model_macro(#name #blank);)));
    into.extend(changes::conversion(context, ty, object));
    for oneof in object.oneofs() {
        oneofs::items(context, ty, oneof, into);
    }
}

/// One struct while it is written.
struct Model<'a> {
    context: Context<'a>,
    ty: &'a NamedType<'a>,
    object: &'a NamedStruct<'a>,
}

impl Model<'_> {
    /// A type as it is written in the module of the struct.
    fn written(&self, ty: &TypeRef) -> TokenStream {
        self.context.ty(ty, Some(&self.ty.module))
    }

    /// What `new` asks for: the parameter and the value that is made of it; a constant makes itself.
    fn argument(&self, member: &NamedMember<'_>) -> Option<(TokenStream, TokenStream)> {
        let ident = ident(member.ident());
        let (ty, value) = match member {
            NamedMember::Field(field)
                if field.item.presence.is_required() && !self.context.api.is_constant(field.item) =>
            {
                self.value(field.item, &quote!(#ident))
            }
            NamedMember::Field(field) if self.is_demanded(field.item) => {
                let option = runtime::option();
                let (ty, value) = self.value(field.item, &quote!(#ident));
                (ty, quote!(#option::Some(#value)))
            }
            NamedMember::Flattened(part) => {
                let from = Some(self.ty.module.as_slice());
                self.context.argument(&part.item.ty, from, &quote!(#ident))
            }
            _ => return None,
        };
        Some((quote!(#ident: #ty), value))
    }

    /// Whether a request must have a field that responses lack.
    fn is_demanded(&self, field: &Field) -> bool {
        self.ty.def.messages.requests && field.is_required_in_requests_alone()
    }

    fn has_required(&self) -> bool {
        self.object.members.iter().any(|member| self.argument(member).is_some())
    }

    fn item(&self) -> Item {
        let name = ident(&self.ty.ident);
        let docs = newtypes::type_docs(self.ty.def);
        let default = (!self.has_required()).then(|| quote!(Default,));
        let fields = self.object.members.iter().map(|member| self.field(member));
        let additional = self.object.additional.as_ref().map(|additional| {
            let (name, map) = (ident(&additional.ident), runtime::map());
            let (string, ty) = (runtime::string(), self.written(&additional.item.ty));
            quote! {
                /// The members that the schema does not name.
                pub #name: #map<#string, #ty>,
            }
        });
        Item::Whole(quote! {
            #docs
            #[derive(Clone, Debug, #default PartialEq)]
            #[non_exhaustive]
            pub struct #name {
                #(#fields)*
                #additional
            }
        })
    }

    fn field(&self, member: &NamedMember<'_>) -> TokenStream {
        let ident = ident(member.ident());
        match member {
            NamedMember::Field(field) => {
                let docs = docs::attributes(&field_docs(field.item));
                let deprecated = field.item.deprecated.then(|| quote!(#[deprecated]));
                let ty = self.context.field_type(field.item, &self.ty.module);
                quote!(#docs #deprecated pub #ident: #ty,)
            }
            NamedMember::Oneof(oneof) => {
                let arms = oneof.arms.iter().map(|arm| format!("`{}`", arm.item.name));
                let arms: Vec<String> = arms.collect();
                let docs = docs::attributes(&format!("One of {}.", arms.join(", ")));
                let (option, ty) = (runtime::option(), crate::name::ident(&oneof.ty));
                quote!(#docs pub #ident: #option<#ty>,)
            }
            NamedMember::Flattened(part) => {
                let docs = docs::attributes("What differs, among the members of the object.");
                let ty = self.written(&part.item.ty);
                quote!(#docs pub #ident: #ty,)
            }
        }
    }

    fn methods(&self) -> Vec<TokenStream> {
        let mut methods = changes::paths(self.context, self.object, &self.ty.module);
        methods.extend(defaults::constants(self.context, self.object, &self.ty.module));
        if self.has_required() {
            methods.push(self.new_method());
            methods.push(self.blank());
        }
        for member in &self.object.members {
            match member {
                NamedMember::Flattened(_) => {}
                NamedMember::Field(field) => methods.extend(self.setter(field)),
                NamedMember::Oneof(oneof) => methods.extend(oneofs::setters(self.context, &self.ty.module, oneof)),
            }
        }
        methods
    }

    fn new_method(&self) -> TokenStream {
        let (option, map) = (runtime::option(), runtime::map());
        let mut parameters = Vec::new();
        let mut fields = Vec::with_capacity(self.object.members.len());
        for member in &self.object.members {
            let ident = ident(member.ident());
            let value = match (member, self.argument(member)) {
                (_, Some((parameter, value))) => {
                    parameters.push(parameter);
                    value
                }
                (NamedMember::Field(field), None) if self.context.api.is_constant(field.item) => {
                    self.written(&field.item.ty)
                }
                _ => quote!(#option::None),
            };
            // The parameter has the field's name: where it is the value too, it is written once.
            if ident == value.to_string() {
                fields.push(quote!(#ident,));
            } else {
                fields.push(quote!(#ident: #value,));
            }
        }
        let additional = self.object.additional.as_ref().map(|additional| {
            let ident = ident(&additional.ident);
            quote!(#ident: #map::new(),)
        });
        let docs = docs::attributes("Makes one of what it cannot do without.");
        let many = (parameters.len() > 7).then(types::many_arguments);
        quote! {
            #docs
            #many
            #[must_use]
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#fields)* #additional }
            }
        }
    }

    /// The setter of a property that a value can do without.
    fn setter(&self, named: &NamedField<'_>) -> Option<TokenStream> {
        let field = named.item;
        if field.access == Access::ReadOnly || field.presence == Presence::Required {
            return None;
        }
        let (ident, setter) = (ident(&named.ident), ident(&named.setter));
        let (ty, value) = self.value(field, &quote!(#ident));
        let option = runtime::option();
        let value = if field.presence.is_required() {
            value
        } else {
            quote!(#option::Some(#value))
        };
        let docs = docs::attributes(&format!("Sets `{}`.", field.name));
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        Some(quote! {
            #docs
            #deprecated
            #[must_use]
            pub fn #setter(mut self, #ident: #ty) -> Self {
                self.#ident = #value;
                self
            }
        })
    }

    /// What a caller passes for a field, and what becomes of it.
    fn value(&self, field: &Field, name: &TokenStream) -> (TokenStream, TokenStream) {
        let (ty, value) = self.context.argument(&field.ty, Some(&self.ty.module), name);
        let boxed = runtime::boxed();
        let value = if field.boxed {
            quote!(#boxed::new(#value))
        } else {
            value
        };
        match field.presence {
            Presence::Required | Presence::Optional => (ty, value),
            Presence::RequiredNullable | Presence::OptionalNullable => {
                let (nullable, into) = (runtime::nullable(), runtime::into());
                let inner = self.written(&field.ty);
                let inner = if field.boxed {
                    types::wrap(&boxed, &inner)
                } else {
                    inner
                };
                (quote!(impl #into<#nullable<#inner>>), quote!(#name.into()))
            }
        }
    }

    fn table(&self) -> Item {
        let name = ident(&self.ty.ident);
        let model = runtime::model();
        let (schema, object) = (&self.ty.def.name, self.object.object);
        let required: Vec<&str> = object.required().map(|field| field.name.as_str()).collect();
        let mut members = vec![quote!(const NAME: &'static str = #schema;)];
        if !required.is_empty() {
            members.push(quote!(const REQUIRED: &'static [&'static str] = &[#(#required),*];));
        }
        members.extend(rules::constant(&object.constraints));
        members.extend([self.decode(), self.encode()]);
        members.extend(self.decode_parts());
        Item::Impl {
            head: quote!(impl #model for #name),
            members,
        }
    }

    /// A value to read into; what it holds in the place of required members is never seen.
    fn blank(&self) -> TokenStream {
        let (json, option, map) = (runtime::json(), runtime::option(), runtime::map());
        let fields = self.object.members.iter().map(|member| {
            let ident = ident(member.ident());
            match member {
                NamedMember::Field(field) if field.item.presence.is_required() => quote!(#ident: #json::blank(),),
                NamedMember::Flattened(_) => quote!(#ident: #json::blank(),),
                _ => quote!(#ident: #option::None,),
            }
        });
        let additional = self.object.additional.as_ref().map(|additional| {
            let ident = ident(&additional.ident);
            quote!(#ident: #map::new(),)
        });
        quote! {
            fn blank() -> Self {
                Self { #(#fields)* #additional }
            }
        }
    }

    fn decode(&self) -> TokenStream {
        let (reader, result) = (runtime::reader(), runtime::wire_result());
        let arms: Vec<TokenStream> = self.object.fields().map(decode_field).collect();
        let rest = self.decode_rest();
        let body = if arms.is_empty() {
            quote!(#rest)
        } else {
            quote!(match name { #(#arms)* _ => #rest, })
        };
        let unused = arms.is_empty() && !self.looks_further();
        let (this, name, json) = if unused {
            (quote!(&mut self), quote!(_), quote!(_))
        } else {
            (quote!(&mut self), quote!(name), quote!(json))
        };
        quote! {
            fn decode(#this, #name: &str, #json: &mut #reader<'_>) -> #result<bool> {
                #body
            }
        }
    }

    /// Whether a name that is no field's may still mean something.
    fn looks_further(&self) -> bool {
        self.object.additional.is_some() || self.object.oneofs().next().is_some()
    }

    /// What becomes of a name that is no field's: an arm of a oneof group, or an additional member.
    fn decode_rest(&self) -> TokenStream {
        let ok = runtime::ok();
        let oneofs = self.object.oneofs().map(|oneof| {
            let ident = ident(&oneof.ident);
            quote!(json.arm(name, &mut self.#ident))
        });
        let mut tries: Vec<TokenStream> = oneofs.collect();
        if let Some(additional) = &self.object.additional {
            let ident = ident(&additional.ident);
            tries.push(match types::codec(&additional.item.ty) {
                Some(codec) => quote!(json.extra_as::<#codec, _>(name, &mut self.#ident)),
                None => quote!(json.extra(name, &mut self.#ident)),
            });
        }
        match tries.as_slice() {
            [] => quote!(#ok(false)),
            [only] => only.clone(),
            [tries @ .., last] => quote!(#ok(#(#tries? ||)* #last?)),
        }
    }

    fn decode_parts(&self) -> Option<TokenStream> {
        let reads = self.object.parts().map(|part| {
            let ident = ident(&part.ident);
            quote!(parts.read(&mut self.#ident))
        });
        let mut reads: Vec<TokenStream> = reads.collect();
        let last = reads.pop()?;
        let (parts, result) = (runtime::parts(), runtime::wire_result());
        Some(quote! {
            fn decode_parts(&mut self, parts: &mut #parts<'_, '_>) -> #result<()> {
                #(#reads?;)*
                #last
            }
        })
    }

    fn encode(&self) -> TokenStream {
        let writer = runtime::object_writer();
        let fields = self.object.members.iter().map(|member| {
            let ident = ident(member.ident());
            match member {
                NamedMember::Field(field) => {
                    let put = types::put(field.item, &quote!(&self.#ident));
                    quote!(#put;)
                }
                NamedMember::Oneof(_) => quote!(json.put_arm(&self.#ident);),
                NamedMember::Flattened(_) => quote!(json.put_part(&self.#ident);),
            }
        });
        let additional = self.object.additional.as_ref().map(|additional| {
            let ident = ident(&additional.ident);
            match types::codec(&additional.item.ty) {
                Some(codec) => quote!(json.put_all_as::<#codec, _>(&self.#ident);),
                None => quote!(json.put_all(&self.#ident);),
            }
        });
        let empty = self.object.members.is_empty() && additional.is_none();
        let json = if empty { quote!(_) } else { quote!(json) };
        quote! {
            fn encode(&self, #json: &mut #writer<'_>) {
                #(#fields)*
                #additional
            }
        }
    }
}

fn decode_field(field: &NamedField<'_>) -> TokenStream {
    let (wire, ident) = (&field.item.name, ident(&field.ident));
    match types::codec(&field.item.ty) {
        None => quote!(#wire => json.set(&mut self.#ident),),
        Some(codec) => quote!(#wire => json.set_as::<#codec, _>(&mut self.#ident),),
    }
}

fn field_docs(field: &Field) -> String {
    let description = if field.docs.trim().is_empty() {
        format!("The property `{}`.", field.name)
    } else {
        field.docs.clone()
    };
    let access = match field.access {
        Access::ReadWrite => "",
        Access::ReadOnly => "Read-only: the server sets it, and it is never sent.",
        Access::WriteOnly => "Write-only: the server does not send it back.",
    };
    docs::paragraphs([description.as_str(), access])
}
