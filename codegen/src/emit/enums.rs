//! Open enums: the known values and a table of their texts; everything else is in the runtime.

use quote::quote;

use super::{Context, Item, docs, newtypes, runtime};
use crate::{
    ir::{Enum, TypeDef, TypeId},
    name::ident,
};

pub(super) fn items(context: Context<'_>, id: TypeId, def: &TypeDef, values: &Enum, into: &mut Vec<Item>) {
    let name = ident(&context.names.type_name(id).ident);
    let variants: Vec<_> = context
        .names
        .type_name(id)
        .variants
        .iter()
        .map(|variant| ident(variant))
        .collect();
    let texts: Vec<&str> = values.values.iter().map(|value| value.value.as_str()).collect();
    into.push(item(def, &name, &variants, &texts));
    into.push(table(&name, &variants, &texts));
    let string_enum = runtime::string_enum_macro();
    into.push(Item::Whole(quote!(#string_enum(#name);)));
}

fn item(def: &TypeDef, name: &proc_macro2::Ident, variants: &[proc_macro2::Ident], texts: &[&str]) -> Item {
    let docs = newtypes::type_docs(def);
    let value_docs = texts.iter().map(|text| docs::attributes(&value_docs(text)));
    let unknown = runtime::unknown_value();
    Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#value_docs #variants,)*
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
fn table(name: &proc_macro2::Ident, variants: &[proc_macro2::Ident], texts: &[&str]) -> Item {
    Item::Impl {
        head: quote!(impl #name),
        members: vec![quote! {
            /// The known values, and how they are written.
            pub const VALUES: &'static [(&'static str, Self)] = &[#((#texts, Self::#variants),)*];
        }],
    }
}
