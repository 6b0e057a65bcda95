//! The names of enums of answers.

use super::{
    named::{Named, NamedOutcomes, NamedOutput},
    namer::Namer,
    scope::settle,
    wish::{NamePlace, Wish},
    words::{Case, with_suffix},
};
use crate::ir::{Failure, Header, Location, Operation, Origin, Outcome, Output, Status};

/// The wishes of an operation for the names of what it has beside its call, in this order: the struct of its required
/// inputs, the enum of its successes, and that of its failures. `pin` is the pinned name of the call.
pub(super) fn wishes<'a>(operation: &'a Operation, pin: Option<&str>) -> impl Iterator<Item = Wish<'a>> + use<'a> {
    let required = has_required(operation).then_some("required");
    let output = matches!(operation.output, Output::Outcomes(_)).then_some("answer");
    let failure = matches!(operation.answers.failure, Failure::Outcomes(_)).then_some("error");
    let words = required.into_iter().chain(output).chain(failure);
    let pin = pin.map(str::to_owned);
    words.map(move |word| Wish {
        text: format!("{} {word}", operation.name).into(),
        place: NamePlace::NOWHERE,
        derived: pin.as_ref().map(|pin| with_suffix(pin, word, Case::Pascal)),
        ..Wish::new(&operation.id, word, Case::Pascal, Origin::NOWHERE)
    })
}

/// Whether inputs are required beside the path and the body.
pub(super) fn has_required(operation: &Operation) -> bool {
    let mut arguments = operation.arguments.iter();
    arguments.any(|argument| argument.required && argument.location != Location::Path)
}

/// What a success holds; `idents` gives the name of its enum.
pub(super) fn name_output<'a>(operation: &'a Operation, idents: &mut impl Iterator<Item = String>) -> NamedOutput<'a> {
    match &operation.output {
        Output::One(content) => NamedOutput::One(content),
        Output::Optional(ty) => NamedOutput::Optional(ty),
        Output::Outcomes(outcomes) => NamedOutput::Outcomes(name_outcomes(outcomes, idents)),
    }
}

/// What a failure holds; `idents` gives the name of its enum.
pub(super) fn name_failure<'a>(
    operation: &'a Operation,
    idents: &mut impl Iterator<Item = String>,
) -> Option<NamedOutcomes<'a>> {
    match &operation.answers.failure {
        Failure::Nothing => None,
        Failure::Outcomes(outcomes) => Some(name_outcomes(outcomes, idents)),
    }
}

fn name_outcomes<'a>(outcomes: &'a [Outcome], idents: &mut impl Iterator<Item = String>) -> NamedOutcomes<'a> {
    let variants = outcomes.iter().map(|outcome| Named {
        item: outcome,
        ident: variant(outcome.status),
    });
    NamedOutcomes {
        ident: idents.next().unwrap_or_default(),
        variants: variants.collect(),
    }
}

/// The headers of its answers, with their constants.
pub(super) fn name_headers<'a>(naming: &mut Namer<'_>, operation: &'a Operation) -> Vec<Named<'a, Header>> {
    let headers = &operation.answers.headers;
    let wishes = headers
        .iter()
        .map(|header| Wish::new(&header.name, "header", Case::Snake, Origin::NOWHERE));
    let wishes: Vec<Wish<'_>> = wishes.collect();
    let named = headers.iter().zip(settle(naming, &[], &wishes));
    let named = named.map(|(item, ident)| Named {
        item,
        ident: ident.to_ascii_uppercase(),
    });
    named.collect()
}

/// A status by its name in the registry, where it has one.
fn variant(status: Status) -> String {
    let known = match status {
        Status::Code(200) => "Ok",
        Status::Code(201) => "Created",
        Status::Code(202) => "Accepted",
        Status::Code(203) => "NonAuthoritative",
        Status::Code(204) => "NoContent",
        Status::Code(205) => "ResetContent",
        Status::Code(206) => "PartialContent",
        Status::Code(207) => "MultiStatus",
        Status::Code(400) => "BadRequest",
        Status::Code(401) => "Unauthorized",
        Status::Code(402) => "PaymentRequired",
        Status::Code(403) => "Forbidden",
        Status::Code(404) => "NotFound",
        Status::Code(405) => "MethodNotAllowed",
        Status::Code(406) => "NotAcceptable",
        Status::Code(408) => "RequestTimeout",
        Status::Code(409) => "Conflict",
        Status::Code(410) => "Gone",
        Status::Code(412) => "PreconditionFailed",
        Status::Code(413) => "ContentTooLarge",
        Status::Code(415) => "UnsupportedMediaType",
        Status::Code(422) => "UnprocessableContent",
        Status::Code(423) => "Locked",
        Status::Code(428) => "PreconditionRequired",
        Status::Code(429) => "TooManyRequests",
        Status::Code(500) => "InternalServerError",
        Status::Code(501) => "NotImplemented",
        Status::Code(502) => "BadGateway",
        Status::Code(503) => "ServiceUnavailable",
        Status::Code(504) => "GatewayTimeout",
        Status::Code(code) => return format!("Status{code}"),
        Status::Range(1) => "AnyInformation",
        Status::Range(2) => "AnySuccess",
        Status::Range(3) => "AnyRedirection",
        Status::Range(4) => "AnyClientError",
        Status::Range(_) => "AnyServerError",
        Status::Default => "Other",
    };
    known.to_owned()
}
