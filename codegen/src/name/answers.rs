//! The names of enums of answers.

use super::{scope::Scope, words::Case};
use crate::ir::{Failure, Operation, Outcome, Output, Status};

/// The names of an enum of answers.
#[derive(Debug)]
pub struct AnswerName {
    /// The enum.
    pub ident: String,
    /// Its variants, in the order of the outcomes.
    pub variants: Vec<String>,
}

/// The names of what a success and a failure hold, where that differs by status.
pub(super) fn name_answers(operation: &Operation, items: &mut Scope) -> (Option<AnswerName>, Option<AnswerName>) {
    let mut name = |word: &str, outcomes: &[Outcome]| {
        let text = format!("{} {word}", operation.name);
        AnswerName {
            ident: items.claim(&text, &format!("{} {word}", operation.id), Case::Pascal),
            variants: outcomes.iter().map(|outcome| variant(outcome.status)).collect(),
        }
    };
    let answer = match &operation.output {
        Output::Outcomes(outcomes) => Some(name("answer", outcomes)),
        _ => None,
    };
    let failure = match &operation.answers.failure {
        Failure::Outcomes(outcomes) => Some(name("failure", outcomes)),
        _ => None,
    };
    (answer, failure)
}

/// The constants for the headers of its answers, in their order.
pub(super) fn name_headers(operation: &Operation) -> Vec<String> {
    let mut scope = Scope::default();
    let headers = operation.answers.headers.iter();
    headers
        .map(|header| {
            let name = scope.claim(&header.name, &header.name, Case::Snake);
            name.to_ascii_uppercase()
        })
        .collect()
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
