//! Unions: an enum of the arms, and a table of how each is read and written.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{Context, Item, docs, newtypes, rules, runtime, types};
use crate::{
    ir::{Arm, TypeDef, Union, VariantOf},
    name::{NamedType, NamedUnion, ident},
};

pub(super) fn items(context: Context<'_>, ty: &NamedType<'_>, union: &NamedUnion<'_>, into: &mut Vec<Item>) {
    let (name, def) = (ident(&ty.ident), ty.def);
    let variants = union.variants.iter().map(|variant| Variant {
        arm: variant.item,
        name: ident(&variant.ident),
        ty: context.ty(&variant.item.ty, Some(&ty.module)),
        is_boxed: context.api.is_boxed(&variant.item.ty, VariantOf::Union),
        is_known_by_type: context.api.is_known_by_type(variant.item, union.union),
    });
    let arms: Vec<Variant<'_>> = variants.collect();
    into.push(item(def, &name, &arms));
    into.push(match &union.union.tag {
        Some(tag) => tagged_table(&name, tag, union.union, &arms),
        None => table(def, &name, union.union, &arms),
    });
    let mut lines = vec![match union.union.tag {
        Some(_) => {
            let tagged_union = runtime::tagged_union_macro();
            quote!(#tagged_union(#name);)
        }
        None => {
            let union = runtime::union_macro();
            quote!(#union(#name);)
        }
    }];
    lines.extend(conversions(&name, &arms));
    into.push(Item::Lines(lines));
}

/// An arm while it is written.
struct Variant<'a> {
    arm: &'a Arm,
    name: Ident,
    /// The type, without the box around it.
    ty: TokenStream,
    is_boxed: bool,
    is_known_by_type: bool,
}

fn item(def: &TypeDef, name: &Ident, arms: &[Variant<'_>]) -> Item {
    let docs = newtypes::type_docs(def);
    let boxed = runtime::boxed();
    let variants = arms.iter().map(|variant| {
        let Variant { arm, name, ty, .. } = variant;
        let docs = docs::attributes(&arm_docs(arm));
        let ty = if variant.is_boxed {
            types::wrap(&boxed, ty)
        } else {
            ty.clone()
        };
        quote!(#docs #name(#ty),)
    });
    let raw = runtime::raw();
    Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// None of these: the value as it came.
            Unknown(#raw),
        }
    })
}

fn arm_docs(arm: &Arm) -> String {
    let tags: Vec<String> = arm
        .tags
        .iter()
        .map(|tag| format!("`{}`", tag.replace('`', "'")))
        .collect();
    let tags = match tags.as_slice() {
        [] => String::new(),
        tags => format!("Told by {}.", tags.join(", ")),
    };
    let docs = docs::paragraphs([arm.docs.as_str(), tags.as_str()]);
    if docs.is_empty() {
        format!("The arm `{}`.", arm.name.replace('`', "'"))
    } else {
        docs
    }
}

fn reader(variant: &Variant<'_>) -> TokenStream {
    let name = &variant.name;
    match types::codec(&variant.arm.ty) {
        Some(codec) => quote!(|json| json.value_as::<#codec, _>().map(Self::#name)),
        None => quote!(|json| json.value().map(Self::#name)),
    }
}

fn table(def: &TypeDef, name: &Ident, of: &Union, arms: &[Variant<'_>]) -> Item {
    let (union, arm) = (runtime::union_trait(), runtime::union_arm());
    let schema = &def.name;
    let readers = arms.iter().map(reader);
    let mut members = vec![
        quote!(const NAME: &'static str = #schema;),
        quote!(const ARMS: &'static [#arm<Self>] = &[#(#readers,)*];),
    ];
    members.push(encode(of, arms, |variant| match types::codec(&variant.arm.ty) {
        Some(codec) => quote!(json.put_as::<#codec, _>(value)),
        None => quote!(json.put(value)),
    }));
    Item::Impl {
        head: quote!(impl #union for #name),
        members,
    }
}

fn tagged_table(name: &Ident, tag: &str, of: &Union, arms: &[Variant<'_>]) -> Item {
    let (union, arm) = (runtime::tagged_union(), runtime::union_arm());
    let readers = arms.iter().flat_map(|variant| {
        let reader = reader(variant);
        variant.arm.tags.iter().map(move |tag| quote!((#tag, #reader)))
    });
    let mut members = vec![
        quote!(const TAG: &'static str = #tag;),
        quote!(const ARMS: &'static [(&'static str, #arm<Self>)] = &[#(#readers,)*];),
    ];
    members.push(encode(of, arms, |variant| {
        let tags = &variant.arm.tags;
        quote!(json.put_tagged(Self::TAG, &[#(#tags),*], value))
    }));
    Item::Impl {
        head: quote!(impl #union for #name),
        members,
    }
}

fn encode(union: &Union, arms: &[Variant<'_>], put: impl Fn(&Variant<'_>) -> TokenStream) -> TokenStream {
    let writer = runtime::writer();
    let others = union.others.as_ref();
    let mut rules = union.arms.iter().map(|arm| &arm.constraints).chain(others);
    let imported = rules.any(|rules| !rules.is_empty()).then(|| {
        let rule = runtime::rule();
        quote!(use #rule;)
    });
    let arms = arms.iter().map(|variant| {
        let (name, put) = (&variant.name, put(variant));
        if variant.arm.constraints.is_empty() {
            return quote!(Self::#name(value) => #put,);
        }
        let rules = rules::list(&variant.arm.constraints);
        quote!(Self::#name(value) => json.by(#rules, |json| #put),)
    });
    let others = match others {
        None => quote!(json.put(value)),
        Some(rules) => {
            let rules = rules::list(rules);
            quote!(json.put_other(#rules, value))
        }
    };
    quote! {
        fn encode(&self, json: &mut #writer) {
            #imported
            match self {
                #(#arms)*
                Self::Unknown(value) => #others,
            }
        }
    }
}

/// The conversions from arms whose types say which one is meant.
fn conversions(name: &Ident, arms: &[Variant<'_>]) -> Vec<TokenStream> {
    let arm_macro = runtime::arm_macro();
    let known = arms.iter().filter(|variant| variant.is_known_by_type);
    let conversions = known.map(|Variant { name: arm, ty, .. }| quote!(#arm_macro(#name, #arm, #ty);));
    conversions.collect()
}
