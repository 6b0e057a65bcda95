//! Oneof groups: an enum of the arms, beside the struct that the group belongs to.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Context, Item, docs, runtime, structs::setter_ident, types};
use crate::{
    ir::{Access, Field, Oneof, Shape, TypeDef, TypeRef},
    name::{MemberName, TypeName, ident},
};

pub(super) fn items(
    context: Context<'_>,
    owner: &TypeDef,
    owner_names: &TypeName,
    oneof: &Oneof,
    names: &MemberName,
    into: &mut Vec<Item>,
) {
    into.push(item(context, owner, owner_names, oneof, names));
    into.push(table(owner, oneof, names));
}

fn item(context: Context<'_>, owner: &TypeDef, owner_names: &TypeName, oneof: &Oneof, names: &MemberName) -> Item {
    let name = ident(&names.oneof);
    let text = format!(
        "The oneof group {} of [`{}`]: one of its properties at most is set.\n\nGroup: {}.",
        docs::code(&oneof.name),
        ident(&owner_names.ident),
        docs::code(&format!("{}.{}", owner.name, oneof.name)),
    );
    let docs = trusted(&text);
    let arms = oneof.arms.iter().zip(&names.arms).map(|(arm, arm_name)| {
        let variant = ident(&arm_name.variant);
        let docs = docs::attributes(&docs::paragraphs([
            arm.docs.as_str(),
            &format!("Property: `{}`.", arm.name),
        ]));
        let deprecated = arm.deprecated.then(|| quote!(#[deprecated]));
        let ty = arm_type(context, arm, &owner_names.module);
        quote!(#docs #deprecated #variant(#ty),)
    });
    let conflict = runtime::conflict();
    Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#arms)*
            /// Several properties of the group came in one message: all of them, as they came. It cannot be sent.
            Conflict(#conflict),
        }
    })
}

/// Documentation of our own words and of code, in which links are meant.
fn trusted(text: &str) -> TokenStream {
    let lines = text.split('\n').map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote!(#(#[doc = #lines])*)
}

/// Objects are boxed, so that the enum is not as large as its largest arm, and a field more in one changes no type.
pub(super) fn is_boxed(context: Context<'_>, arm: &Field) -> bool {
    match arm.ty {
        TypeRef::Named(id) => matches!(context.api.type_def(id).shape, Shape::Struct(_)),
        _ => false,
    }
}

fn arm_type(context: Context<'_>, arm: &Field, module: &[String]) -> TokenStream {
    let ty = context.ty(&arm.ty, Some(module));
    let boxed = runtime::boxed();
    if is_boxed(context, arm) {
        quote!(#boxed<#ty>)
    } else {
        ty
    }
}

fn table(owner: &TypeDef, oneof: &Oneof, names: &MemberName) -> Item {
    let name = ident(&names.oneof);
    let (oneof_trait, option, result, ok) = (
        runtime::oneof(),
        runtime::option(),
        runtime::wire_result(),
        runtime::ok(),
    );
    let (reader, writer) = (runtime::reader(), runtime::object_writer());
    let full_name = format!("{}.{}", owner.name, oneof.name);
    let wires: Vec<&str> = oneof.arms.iter().map(|arm| arm.name.as_str()).collect();
    let variants: Vec<_> = names.arms.iter().map(|arm| ident(&arm.variant)).collect();
    let decoded = oneof.arms.iter().zip(&variants).map(|(arm, variant)| {
        let wire = &arm.name;
        match types::codec(&arm.ty) {
            None => quote!(#wire => json.variant(Self::#variant),),
            Some(codec) => quote!(#wire => json.variant_as::<#codec, _, _>(Self::#variant),),
        }
    });
    let encoded = oneof.arms.iter().zip(&variants).map(|(arm, variant)| {
        let put = types::put(arm, &quote!(value));
        quote!(Self::#variant(value) => #put,)
    });
    let mut members = vec![
        quote!(const NAME: &'static str = #full_name;),
        quote!(const ARMS: &'static [&'static str] = &[#(#wires,)*];),
        quote! {
            fn decode(arm: &str, json: &mut #reader<'_>) -> #result<#option<Self>> {
                match arm {
                    #(#decoded)*
                    _ => #ok(#option::None),
                }
            }
        },
        quote! {
            fn encode(&self, json: &mut #writer<'_>) {
                match self {
                    #(#encoded)*
                    Self::Conflict(conflict) => json.put_conflict(conflict),
                }
            }
        },
    ];
    members.extend(conflicts());
    Item::Impl {
        head: quote!(impl #oneof_trait for #name),
        members,
    }
}

/// How a oneof group holds several of its arms.
fn conflicts() -> [TokenStream; 2] {
    let (option, conflict) = (runtime::option(), runtime::conflict());
    [
        quote! {
            fn conflict(conflict: #conflict) -> Self {
                Self::Conflict(conflict)
            }
        },
        quote! {
            fn conflict_mut(&mut self) -> #option<&mut #conflict> {
                match self {
                    Self::Conflict(conflict) => #option::Some(conflict),
                    _ => #option::None,
                }
            }
        },
    ]
}

/// The struct's setters for the arms: each sets its own and so unsets the others.
pub(super) fn setters(context: Context<'_>, module: &[String], oneof: &Oneof, names: &MemberName) -> Vec<TokenStream> {
    let group = ident(&names.field);
    let (group_type, option, boxed) = (ident(&names.oneof), runtime::option(), runtime::boxed());
    let setter = |(arm, arm_name): (&Field, &crate::name::ArmName)| {
        let (field, variant) = (ident(&arm_name.field), ident(&arm_name.variant));
        let setter = setter_ident(&arm_name.field);
        let (ty, value) = context.argument(&arm.ty, Some(module), &quote!(#field));
        let value = if is_boxed(context, arm) {
            quote!(#boxed::new(#value))
        } else {
            value
        };
        let docs = docs::attributes(&format!(
            "Sets `{}`, and unsets the rest of `{}`.",
            arm.name, oneof.name
        ));
        let deprecated = arm.deprecated.then(|| quote!(#[deprecated]));
        quote! {
            #docs
            #deprecated
            #[must_use]
            pub fn #setter(mut self, #field: #ty) -> Self {
                self.#group = #option::Some(#group_type::#variant(#value));
                self
            }
        }
    };
    let arms = oneof.arms.iter().zip(&names.arms);
    arms.filter(|(arm, _)| arm.access != Access::ReadOnly)
        .map(setter)
        .collect()
}
