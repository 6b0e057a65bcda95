//! Open enums: the known values and a table of their texts; everything else is in the runtime.

use quote::quote;

use super::{Item, docs, newtypes, runtime};
use crate::{
    ir::EnumValue,
    name::{Named, NamedType, ident},
};

pub(super) fn items(ty: &NamedType<'_>, values: &[Named<'_, EnumValue>], into: &mut Vec<Item>) {
    let name = ident(&ty.ident);
    into.push(item(ty, values));
    into.push(table(&name, values));
    let string_enum = runtime::string_enum_macro();
    into.push(Item::Whole(quote!(#string_enum(#name);)));
}

fn item(ty: &NamedType<'_>, values: &[Named<'_, EnumValue>]) -> Item {
    let (name, docs) = (ident(&ty.ident), newtypes::type_docs(ty.def));
    let variants = values.iter().map(|value| {
        let (docs, variant) = (docs::attributes(&value_docs(&value.item.value)), ident(&value.ident));
        quote!(#docs #variant,)
    });
    let unknown = runtime::unknown_value();
    Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that this version of the client does not know.
            UnknownValue(#unknown),
        }
    })
}

fn value_docs(text: &str) -> String {
    if text.is_empty() {
        return "The empty text.".to_owned();
    }
    // A code span of its own fence length holds any text.
    let fence = if text.contains('`') { "``" } else { "`" };
    if text.contains("``") {
        text.to_owned()
    } else {
        format!("{fence}{}{fence}", text.replace('\n', " "))
    }
}

/// The known values as a constant of the enum's own, which the runtime's macro reads.
fn table(name: &proc_macro2::Ident, values: &[Named<'_, EnumValue>]) -> Item {
    let known = values.iter().map(|value| {
        let (text, variant) = (&value.item.value, ident(&value.ident));
        quote!((#text, Self::#variant),)
    });
    Item::Impl {
        head: quote!(impl #name),
        members: vec![quote! {
            /// The known values, and how they are written.
            pub const VALUES: &'static [(&'static str, Self)] = &[#(#known)*];
        }],
    }
}
