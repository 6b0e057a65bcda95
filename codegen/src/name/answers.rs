//! The names of enums of answers.

use super::{
    named::{Named, NamedOutcomes, NamedOutput},
    scope::Scope,
    words::Case,
};
use crate::ir::{Failure, Header, Operation, Outcome, Output, Status};

/// What a success holds.
pub(super) fn name_output<'a>(operation: &'a Operation, items: &mut Scope) -> NamedOutput<'a> {
    match &operation.output {
        Output::One(content) => NamedOutput::One(content),
        Output::Optional(ty) => NamedOutput::Optional(ty),
        Output::Outcomes(outcomes) => NamedOutput::Outcomes(name_outcomes(operation, "answer", outcomes, items)),
    }
}

/// What a failure holds.
pub(super) fn name_failure<'a>(operation: &'a Operation, items: &mut Scope) -> Option<NamedOutcomes<'a>> {
    match &operation.answers.failure {
        Failure::Nothing => None,
        Failure::Outcomes(outcomes) => Some(name_outcomes(operation, "error", outcomes, items)),
    }
}

fn name_outcomes<'a>(
    operation: &Operation,
    word: &str,
    outcomes: &'a [Outcome],
    items: &mut Scope,
) -> NamedOutcomes<'a> {
    let text = format!("{} {word}", operation.name);
    let variants = outcomes.iter().map(|outcome| Named {
        item: outcome,
        ident: variant(outcome.status),
    });
    NamedOutcomes {
        ident: items.claim(&text, &format!("{} {word}", operation.id), Case::Pascal),
        variants: variants.collect(),
    }
}

/// The headers of its answers, with their constants.
pub(super) fn name_headers(operation: &Operation) -> Vec<Named<'_, Header>> {
    let mut scope = Scope::default();
    let headers = operation.answers.headers.iter().map(|header| Named {
        item: header,
        ident: scope
            .claim(&header.name, &header.name, Case::Snake)
            .to_ascii_uppercase(),
    });
    headers.collect()
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
