//! What the answers of an operation hold.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Context, Item, credentials::one_line, docs, runtime, types::wrap};
use crate::{
    ir::{Content, Operation, Outcome, Output, PartForm, Status, VariantOf},
    name::{Named, NamedFailure, NamedOperation, NamedOutcomes, NamedOutput, ident},
};

/// What the runtime's macro makes of a successful answer.
pub(super) fn output(context: Context<'_>, output: &NamedOutput<'_>) -> TokenStream {
    match output {
        NamedOutput::One(held) => form(context, held),
        NamedOutput::Optional(ty) => {
            let ty = context.ty(ty, None);
            quote!(optional #ty)
        }
        NamedOutput::Outcomes(outcomes) => {
            let name = ident(&outcomes.ident);
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
        Content::Parts(PartForm::Json(ty)) => {
            let ty = context.ty(ty, None);
            quote!(parts json #ty)
        }
        Content::Parts(PartForm::Text(ty)) => {
            let ty = context.ty(ty, None);
            quote!(parts text #ty)
        }
        Content::Parts(PartForm::Bytes) => quote!(parts bytes),
    }
}

/// What the runtime has to know of the answers.
pub(super) fn steps(operation: &Operation) -> TokenStream {
    let accept = operation.answers.accept.as_ref().map(|media| quote!(.accept(#media)));
    let accept_stream = operation.answers.accept_stream.as_ref();
    let accept_stream = accept_stream.map(|media| quote!(.accept_stream(#media)));
    let statuses = &operation.answers.without_body;
    let is_optional = matches!(operation.output, Output::Optional(_)) && !statuses.is_empty();
    let without_body = is_optional.then(|| {
        let statuses = statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
        quote!(.without_body(&[#(#statuses),*]))
    });
    quote!(#accept #accept_stream #without_body)
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
pub(super) fn items(context: Context<'_>, named: &NamedOperation<'_>, into: &mut Vec<Item>) {
    let call = ident(&named.call);
    let others = undescribed(named.operation);
    if let NamedOutput::Outcomes(outcomes) = &named.output {
        outcome_items(context, (outcomes, None), "What the operation answers.", into);
    }
    if let Some(stream) = &named.operation.answers.streamed {
        let (form, streamed) = (form(context, stream), runtime::streamed_macro());
        into.push(Item::Whole(quote!(#streamed(#call => #form);)));
    }
    let failure = runtime::failure_macro();
    match &named.failure {
        NamedFailure::Nothing => {}
        NamedFailure::One(ty) => {
            let ty = context.ty(ty, None);
            let others = others.map(|statuses| quote!(, not #statuses));
            into.push(Item::Whole(quote!(#failure(#call => #ty #others);)));
        }
        NamedFailure::Outcomes(outcomes) => {
            let text = "What the operation says of a failure.";
            outcome_items(context, (outcomes, others), text, into);
            let name = ident(&outcomes.ident);
            into.push(Item::Whole(quote!(#failure(#call => outcome #name);)));
        }
    }
}

/// The pattern of the statuses whose responses have nothing to read.
fn undescribed(operation: &Operation) -> Option<TokenStream> {
    let ranges = operation.answers.undescribed.iter().map(|(first, last)| {
        let (low, high) = (Literal::u16_unsuffixed(*first), Literal::u16_unsuffixed(*last));
        if first == last {
            quote!(#low)
        } else {
            quote!(#low..=#high)
        }
    });
    let ranges: Vec<TokenStream> = ranges.collect();
    (!ranges.is_empty()).then(|| quote!(#(#ranges)|*))
}

fn outcome_items(
    context: Context<'_>,
    (outcomes, undescribed): (&NamedOutcomes<'_>, Option<TokenStream>),
    text: &str,
    into: &mut Vec<Item>,
) {
    let name = ident(&outcomes.ident);
    let docs = docs::attributes(text);
    let members = outcomes.variants.iter().map(|outcome| member(context, outcome));
    into.push(Item::Whole(quote! {
        #docs
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#members),*
        }
    }));
    let arms = outcomes.variants.iter().map(arm);
    let is_default = |outcome: &Named<'_, Outcome>| outcome.item.status == Status::Default;
    let has_default = outcomes.variants.iter().any(is_default);
    let undescribed = undescribed.map(|statuses| quote!(#statuses => answer.undeclared(),));
    let rest = (!has_default).then(|| quote!(_ => answer.undeclared(),));
    let (trait_, answer, mismatch) = (runtime::outcome(), runtime::answer(), runtime::mismatch());
    into.push(Item::Whole(quote! {
        impl #trait_ for #name {
            fn read(answer: &#answer<'_>) -> ::std::result::Result<Self, #mismatch> {
                match answer.status() {
                    #undescribed
                    #(#arms,)*
                    #rest
                }
            }
        }
    }));
}

fn member(context: Context<'_>, named: &Named<'_, Outcome>) -> TokenStream {
    let outcome = named.item;
    let status = match outcome.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    let text = match one_line(&outcome.docs) {
        text if text.is_empty() => format!("{status}."),
        text => format!("{status}: {text}"),
    };
    let (docs, variant) = (docs::attributes(&text), ident(&named.ident));
    let held = match &outcome.content {
        Content::Json(ty) if context.api.is_boxed(ty, VariantOf::Outcomes) => {
            Some(wrap(&runtime::boxed(), &context.ty(ty, None)))
        }
        Content::Json(ty) => Some(context.ty(ty, None)),
        Content::Text => Some(runtime::string()),
        Content::Bytes => Some(runtime::bytes()),
        Content::Nothing | Content::Events(_) | Content::Lines(_) | Content::Parts(_) => None,
    };
    match held {
        Some(held) => quote!(#docs #variant(#held)),
        None => quote!(#docs #variant),
    }
}

fn arm(named: &Named<'_, Outcome>) -> TokenStream {
    let outcome = named.item;
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
    let (variant, ok) = (ident(&named.ident), runtime::ok());
    match &outcome.content {
        Content::Json(_) => quote!(#pattern => answer.json().map(Self::#variant)),
        Content::Text => quote!(#pattern => answer.text().map(Self::#variant)),
        Content::Bytes => quote!(#pattern => answer.bytes().map(Self::#variant)),
        Content::Nothing | Content::Events(_) | Content::Lines(_) | Content::Parts(_) => {
            quote!(#pattern => #ok(Self::#variant))
        }
    }
}
