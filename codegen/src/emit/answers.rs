//! What the answers of an operation hold.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, Item, credentials::one_line, docs, runtime, types::wrap};
use crate::{
    ir::{Content, Failure, Operation, Outcome, Output, Shape, Status, TypeRef},
    name::{AnswerName, OperationName, ident},
};

/// What the runtime's macro makes of a successful answer.
pub(super) fn output(context: Context<'_>, operation: &Operation, names: &OperationName) -> TokenStream {
    match (&operation.output, &names.answer) {
        (Output::One(held), _) => form(context, held),
        (Output::Optional(ty), _) => {
            let ty = context.ty(ty, None);
            quote!(optional #ty)
        }
        (Output::Outcomes(_), names) => {
            let name = names.as_ref().map(|names| ident(&names.ident));
            quote!(outcome #name)
        }
    }
}

fn form(context: Context<'_>, held: &Content) -> TokenStream {
    match held {
        Content::Nothing => quote!(()),
        Content::Json(ty) => context.ty(ty, None),
        Content::Text => quote!(text),
        Content::Bytes => quote!(bytes),
        Content::Events(data) => {
            let data = data.as_ref().map(|data| context.ty(data, None));
            quote!(events #data)
        }
        Content::Lines(value) => {
            let value = context.ty(value, None);
            quote!(lines #value)
        }
    }
}

/// What the runtime has to know of the answers.
pub(super) fn steps(operation: &Operation) -> TokenStream {
    let accept = operation.answers.accept.as_ref().map(|media| quote!(.accept(#media)));
    let statuses = &operation.answers.without_body;
    let is_optional = matches!(operation.output, Output::Optional(_)) && !statuses.is_empty();
    let without_body = is_optional.then(|| {
        let statuses = statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
        quote!(.without_body(&[#(#statuses),*]))
    });
    quote!(#accept #without_body)
}

/// The statuses of errors, with what they mean.
pub(super) fn docs(operation: &Operation) -> String {
    let failures = operation.answers.failures.iter().map(|(status, docs)| {
        let status = match status {
            Status::Code(code) => code.to_string(),
            Status::Range(digit) => format!("{digit}XX"),
            Status::Default => "others".to_owned(),
        };
        match one_line(docs) {
            docs if docs.is_empty() => format!("- {status}"),
            docs => format!("- {status}: {docs}"),
        }
    });
    let failures = failures.collect::<Vec<_>>().join("\n");
    if failures.is_empty() {
        return failures;
    }
    format!("Errors, which `failure` reads:\n{failures}")
}

/// The enums of answers, and the second form of an answer.
pub(super) fn items(context: Context<'_>, operation: &Operation, names: &OperationName, into: &mut Vec<Item>) {
    let call = ident(&names.call);
    if let (Output::Outcomes(outcomes), Some(names)) = (&operation.output, &names.answer) {
        outcome_items(context, outcomes, names, "What the operation answers.", into);
    }
    if let Some(stream) = &operation.answers.streamed {
        let (form, streamed) = (form(context, stream), runtime::streamed_macro());
        into.push(Item::Whole(quote!(#streamed(#call => #form);)));
    }
    let failure = runtime::failure_macro();
    match (&operation.answers.failure, &names.failure) {
        (Failure::One(ty), _) => {
            let ty = context.ty(ty, None);
            into.push(Item::Whole(quote!(#failure(#call => #ty);)));
        }
        (Failure::Outcomes(outcomes), Some(names)) => {
            outcome_items(context, outcomes, names, "What the operation says of a failure.", into);
            let name = ident(&names.ident);
            into.push(Item::Whole(quote!(#failure(#call => outcome #name);)));
        }
        _ => {}
    }
}

fn outcome_items(context: Context<'_>, outcomes: &[Outcome], names: &AnswerName, text: &str, into: &mut Vec<Item>) {
    let name = ident(&names.ident);
    let variants = outcomes.iter().zip(&names.variants);
    let docs = docs::attributes(text);
    let members = variants
        .clone()
        .map(|(outcome, variant)| member(context, outcome, variant));
    into.push(Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#members),*
        }
    }));
    let arms = variants.map(|(outcome, variant)| arm(outcome, variant));
    let has_default = outcomes.iter().any(|outcome| outcome.status == Status::Default);
    let rest = (!has_default).then(|| quote!(_ => answer.undeclared(),));
    let (trait_, answer, mismatch) = (runtime::outcome(), runtime::answer(), runtime::mismatch());
    into.push(Item::Whole(quote! {
        impl #trait_ for #name {
            fn read(answer: &#answer<'_>) -> ::std::result::Result<Self, #mismatch> {
                match answer.status() {
                    #(#arms,)*
                    #rest
                }
            }
        }
    }));
}

fn member(context: Context<'_>, outcome: &Outcome, variant: &str) -> TokenStream {
    let status = match outcome.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let text = match one_line(&outcome.docs) {
        text if text.is_empty() => format!("{status}."),
        text => format!("{status}: {text}"),
    };
    let (docs, variant) = (docs::attributes(&text), ident(variant));
    let held = match &outcome.content {
        Content::Json(ty) if is_large(context, ty) => Some(wrap(&runtime::boxed(), &context.ty(ty, None))),
        Content::Json(ty) => Some(context.ty(ty, None)),
        Content::Text => Some(runtime::string()),
        Content::Bytes => Some(runtime::bytes()),
        Content::Nothing | Content::Events(_) | Content::Lines(_) => None,
    };
    match held {
        Some(held) => quote!(#docs #variant(#held)),
        None => quote!(#docs #variant),
    }
}

/// Objects are boxed, others are not: as with the arms of oneof groups, whatever their size.
fn is_large(context: Context<'_>, ty: &TypeRef) -> bool {
    let TypeRef::Named(id) = ty else { return false };
    !matches!(context.api.type_def(*id).shape, Shape::Enum(_) | Shape::Newtype(_))
}

fn arm(outcome: &Outcome, variant: &str) -> TokenStream {
    let pattern = match outcome.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let digit = Literal::u16_unsuffixed(digit);
            quote!(status if status / 100 == #digit)
        }
        Status::Default => quote!(_),
    };
    let (variant, ok) = (ident(variant), runtime::ok());
    match &outcome.content {
        Content::Json(_) => quote!(#pattern => answer.json().map(Self::#variant)),
        Content::Text => quote!(#pattern => answer.text().map(Self::#variant)),
        Content::Bytes => quote!(#pattern => answer.bytes().map(Self::#variant)),
        Content::Nothing | Content::Events(_) | Content::Lines(_) => quote!(#pattern => #ok(Self::#variant)),
    }
}
