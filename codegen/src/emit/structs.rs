//! Objects: the struct, its setters, and the table that the runtime reads and writes it by.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Item, changes, defaults, docs, newtypes, oneofs, rules, runtime, types};
use crate::{
    ir::{Access, Field, Member, Presence, Shape, Struct, TypeDef, TypeId, TypeRef},
    name::{MemberName, TypeName, ident},
};

pub(super) fn items(context: Context<'_>, id: TypeId, def: &TypeDef, object: &Struct, into: &mut Vec<Item>) {
    let names = context.names.type_name(id);
    let model = Model {
        context,
        def,
        object,
        names,
    };
    into.push(model.item());
    let methods = model.methods();
    if !methods.is_empty() {
        let name = ident(&names.ident);
        into.push(Item::Impl {
            head: quote!(impl #name),
            members: methods,
        });
    }
    into.push(model.table());
    let (name, model_macro) = (ident(&names.ident), runtime::model_macro());
    let blank = model.has_required().then(|| quote!(, blank));
    into.push(Item::Whole(quote!(#model_macro(#name #blank);)));
    into.extend(changes::conversion(context, object, names));
    for (member, member_name) in model.members() {
        if let Member::Oneof(oneof) = member {
            oneofs::items(context, def, names, oneof, member_name, into);
        }
    }
}

/// One struct while it is written.
struct Model<'a> {
    context: Context<'a>,
    def: &'a TypeDef,
    object: &'a Struct,
    names: &'a TypeName,
}

impl<'a> Model<'a> {
    fn members(&self) -> impl Iterator<Item = (&'a Member, &'a MemberName)> {
        self.object.members.iter().zip(&self.names.members)
    }

    /// The fields that must not be missing.
    fn required(&self) -> impl Iterator<Item = &'a Field> {
        self.object.required()
    }

    /// What `new` asks for: the parameter and the value that is made of it; a constant makes itself.
    fn argument(&self, member: &Member, name: &MemberName) -> Option<(TokenStream, TokenStream)> {
        let ident = ident(&name.field);
        let (ty, value) = match member {
            Member::Field(field) if field.presence.is_required() && !self.makes_itself(field) => {
                self.value(field, &quote!(#ident))
            }
            Member::Part(part) => {
                let from = Some(self.names.module.as_slice());
                self.context.argument(&part.ty, from, &quote!(#ident))
            }
            _ => return None,
        };
        Some((quote!(#ident: #ty), value))
    }

    /// Whether a field is required and has one value alone.
    fn makes_itself(&self, field: &Field) -> bool {
        let is_constant = |id: TypeId| matches!(self.context.api.type_def(id).shape, Shape::Constant(_));
        matches!(field.ty, TypeRef::Named(id) if is_constant(id)) && field.presence == Presence::Required
    }

    fn has_required(&self) -> bool {
        self.members()
            .any(|(member, name)| self.argument(member, name).is_some())
    }

    fn parts(&self) -> impl Iterator<Item = proc_macro2::Ident> {
        self.members()
            .filter(|(member, _)| matches!(member, Member::Part(_)))
            .map(|(_, name)| ident(&name.field))
    }

    fn item(&self) -> Item {
        let name = ident(&self.names.ident);
        let docs = newtypes::type_docs(self.def);
        let default = (!self.has_required()).then(|| quote!(Default,));
        let fields = self.members().map(|(member, name)| self.field(member, name));
        let additional = self.object.additional.as_ref().map(|additional| {
            let (name, map) = (ident(&self.names.additional), runtime::map());
            let (string, ty) = (
                runtime::string(),
                self.context.ty(&additional.ty, Some(&self.names.module)),
            );
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

    fn field(&self, member: &Member, name: &MemberName) -> TokenStream {
        let ident = ident(&name.field);
        match member {
            Member::Field(field) => {
                let docs = docs::attributes(&field_docs(field));
                let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
                let ty = self.context.field_type(field, &self.names.module);
                quote!(#docs #deprecated pub #ident: #ty,)
            }
            Member::Oneof(oneof) => {
                let arms: Vec<String> = oneof.arms.iter().map(|arm| format!("`{}`", arm.name)).collect();
                let docs = docs::attributes(&format!("One of {}.", arms.join(", ")));
                let (option, ty) = (runtime::option(), crate::name::ident(&name.oneof));
                quote!(#docs pub #ident: #option<#ty>,)
            }
            Member::Part(part) => {
                let docs = docs::attributes("What differs, among the members of the object.");
                let ty = self.context.ty(&part.ty, Some(&self.names.module));
                quote!(#docs pub #ident: #ty,)
            }
        }
    }

    fn methods(&self) -> Vec<TokenStream> {
        let mut methods = changes::paths(self.context, self.object, self.names);
        methods.extend(defaults::constants(self.context, self.object, self.names));
        if self.has_required() {
            methods.push(self.new_method());
            methods.push(self.blank());
        }
        for (member, name) in self.members() {
            match member {
                Member::Part(_) => {}
                Member::Field(field) if field.access == Access::ReadOnly || field.presence == Presence::Required => {}
                Member::Field(field) => methods.push(self.setter(field, name)),
                Member::Oneof(oneof) => {
                    methods.extend(oneofs::setters(self.context, &self.names.module, oneof, name));
                }
            }
        }
        methods
    }

    fn new_method(&self) -> TokenStream {
        let arguments: Vec<_> = self
            .members()
            .map(|(member, name)| self.argument(member, name))
            .collect();
        let parameters: Vec<_> = arguments.iter().flatten().map(|(parameter, _)| parameter).collect();
        let (option, map) = (runtime::option(), runtime::map());
        let fields = self.members().zip(&arguments).map(|((member, name), argument)| {
            let ident = ident(&name.field);
            let value = match (member, argument) {
                (_, Some((_, value))) => value.clone(),
                (Member::Field(field), None) if self.makes_itself(field) => {
                    self.context.ty(&field.ty, Some(&self.names.module))
                }
                _ => quote!(#option::None),
            };
            // The parameter has the field's name: where it is the value too, it stands alone.
            if ident == value.to_string() {
                quote!(#ident,)
            } else {
                quote!(#ident: #value,)
            }
        });
        let additional = self.object.additional.as_ref().map(|_| {
            let ident = ident(&self.names.additional);
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

    fn setter(&self, field: &Field, name: &MemberName) -> TokenStream {
        let ident = ident(&name.field);
        let setter = setter_ident(&name.field);
        let (ty, value) = self.value(field, &quote!(#ident));
        let option = runtime::option();
        let value = if field.presence.is_required() {
            value
        } else {
            quote!(#option::Some(#value))
        };
        let docs = docs::attributes(&format!("Sets `{}`.", field.name));
        let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #docs
            #deprecated
            #[must_use]
            pub fn #setter(mut self, #ident: #ty) -> Self {
                self.#ident = #value;
                self
            }
        }
    }

    /// What a caller passes for a field, and what becomes of it.
    fn value(&self, field: &Field, name: &TokenStream) -> (TokenStream, TokenStream) {
        let (ty, value) = self.context.argument(&field.ty, Some(&self.names.module), name);
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
                let inner = self.context.ty(&field.ty, Some(&self.names.module));
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
        let name = ident(&self.names.ident);
        let model = runtime::model();
        let schema = &self.def.name;
        let required: Vec<&str> = self.required().map(|field| field.name.as_str()).collect();
        let mut members = vec![quote!(const NAME: &'static str = #schema;)];
        if !required.is_empty() {
            members.push(quote!(const REQUIRED: &'static [&'static str] = &[#(#required),*];));
        }
        members.extend(rules::constant(&self.object.constraints));
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
        let fields = self.members().map(|(member, name)| {
            let ident = ident(&name.field);
            match member {
                Member::Field(field) if field.presence.is_required() => quote!(#ident: #json::blank(),),
                Member::Part(_) => quote!(#ident: #json::blank(),),
                _ => quote!(#ident: #option::None,),
            }
        });
        let additional = self.object.additional.as_ref().map(|_| {
            let ident = ident(&self.names.additional);
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
        let arms: Vec<TokenStream> = self
            .members()
            .filter_map(|(member, name)| match member {
                Member::Field(field) => Some(decode_field(field, name)),
                Member::Oneof(_) | Member::Part(_) => None,
            })
            .collect();
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
        self.object.additional.is_some()
            || self
                .object
                .members
                .iter()
                .any(|member| matches!(member, Member::Oneof(_)))
    }

    /// What becomes of a name that is no field's: an arm of a oneof group, or an additional member.
    fn decode_rest(&self) -> TokenStream {
        let ok = runtime::ok();
        let mut tries: Vec<TokenStream> = self
            .members()
            .filter(|(member, _)| matches!(member, Member::Oneof(_)))
            .map(|(_, name)| {
                let ident = ident(&name.field);
                quote!(json.arm(name, &mut self.#ident))
            })
            .collect();
        if let Some(additional) = &self.object.additional {
            let ident = ident(&self.names.additional);
            tries.push(match types::codec(&additional.ty) {
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
        let mut reads: Vec<TokenStream> = self.parts().map(|ident| quote!(parts.read(&mut self.#ident))).collect();
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
        let fields = self.members().map(|(member, name)| {
            let ident = ident(&name.field);
            match member {
                Member::Field(field) => {
                    let put = types::put(field, &quote!(&self.#ident));
                    quote!(#put;)
                }
                Member::Oneof(_) => quote!(json.put_arm(&self.#ident);),
                Member::Part(_) => quote!(json.put_part(&self.#ident);),
            }
        });
        let additional = self.object.additional.as_ref().map(|additional| {
            let ident = ident(&self.names.additional);
            match types::codec(&additional.ty) {
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

fn decode_field(field: &Field, name: &MemberName) -> TokenStream {
    let (wire, ident) = (&field.name, ident(&name.field));
    match types::codec(&field.ty) {
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

/// `with_owner` for the field `owner`; the word in front makes a keyword harmless.
pub(super) fn setter_ident(field: &str) -> proc_macro2::Ident {
    ident(&format!("with_{field}"))
}
