//! What the answers of an operation hold, as its form writes it.

use proc_macro2::Literal;

use super::{
    Context, copy,
    form::{Entry, Line, Type},
    runtime,
};
use crate::{
    ir::{Content, Operation, Outcome, Output, PartForm, Status, VariantOf},
    name::{Named, NamedOperation, NamedOutcomes, NamedOutput, ident},
};

/// `answer: json models::Pet = 201`, or `answers` with the enum of what differs by status; nothing where nothing is read.
pub(super) fn answer(context: Context<'_>, named: &NamedOperation<'_>) -> Option<Entry> {
    let statuses = named.operation.answers.statuses.as_slice();
    match &named.output {
        NamedOutput::One(one) => {
            let held = held(context, one);
            let held = held.or_else(|| (!statuses.is_empty()).then(|| Line::new().word("nothing")))?;
            Some(Entry::new(with_statuses(
                Line::new().word("answer:").line(held),
                statuses,
            )))
        }
        NamedOutput::Optional(ty) => {
            let line = Line::new().word("answer: optional").ty(&context.written(ty, None));
            Some(Entry::new(with_statuses(line, statuses)))
        }
        NamedOutput::Outcomes(outcomes) => {
            let line = Line::new().word("answers").ident(&ident(&outcomes.ident));
            Some(Entry::new(line).enclosing(cases(context, outcomes)))
        }
    }
}

/// ` = 200 | 201`
fn with_statuses(mut line: Line, statuses: &[Status]) -> Line {
    for (index, status) in statuses.iter().enumerate() {
        line = line.word(if index == 0 { "=" } else { "|" });
        line = pattern(line, *status);
    }
    line
}

/// The second form of an answer: `stream: events models::Chunk`.
pub(super) fn stream(context: Context<'_>, operation: &Operation) -> Option<Entry> {
    let streamed = operation.answers.streamed.as_ref()?;
    Some(Entry::new(Line::new().word("stream:").line(held(context, streamed)?)))
}

fn held(context: Context<'_>, of_status: &Content) -> Option<Line> {
    let of = |word, ty| Line::new().word(word).ty(&context.written(ty, None));
    Some(match of_status {
        Content::Nothing => return None,
        Content::Json(ty) => of("json", ty),
        Content::Text => Line::new().word("text"),
        Content::Bytes => Line::new().word("bytes"),
        Content::Events(None) => Line::new().word("events"),
        Content::Events(Some(ty)) => of("events", ty),
        Content::Lines(ty) => of("lines", ty),
        Content::Parts(PartForm::Json(ty)) => of("json_parts", ty),
        Content::Parts(PartForm::Text(ty)) => of("text_parts", ty),
        Content::Parts(PartForm::Bytes) => Line::new().word("byte_parts"),
    })
}

/// `errors GetPetError except (409) { 404 => NotFound(models::Error = json), }`
pub(super) fn errors(context: Context<'_>, named: &NamedOperation<'_>) -> Option<Entry> {
    let outcomes = named.failure.as_ref()?;
    let line = Line::new().word("errors").ident(&ident(&outcomes.ident));
    let statuses = &named.operation.answers.undescribed;
    let line = match statuses.as_slice() {
        [] => line,
        statuses => {
            let mut line = line.word("except (").attached();
            for (index, range) in statuses.iter().enumerate() {
                line = if index == 0 { line } else { line.word("|") };
                line = statuses_of(line, *range);
            }
            line.sign(")")
        }
    };
    Some(Entry::new(line).enclosing(cases(context, outcomes)))
}

fn statuses_of(line: Line, (first, last): (u16, u16)) -> Line {
    let line = line.number(&Literal::u16_unsuffixed(first));
    if first == last {
        line
    } else {
        line.sign("..=").attached().number(&Literal::u16_unsuffixed(last))
    }
}

fn pattern(line: Line, status: Status) -> Line {
    match status {
        Status::Code(code) => statuses_of(line, (code, code)),
        Status::Range(digit) => statuses_of(line, (digit * 100, digit * 100 + 99)),
        Status::Default => line.word("_"),
    }
}

fn cases(context: Context<'_>, outcomes: &NamedOutcomes<'_>) -> Vec<Entry> {
    outcomes.variants.iter().map(|outcome| case(context, outcome)).collect()
}

fn case(context: Context<'_>, named: &Named<'_, Outcome>) -> Entry {
    let outcome = named.item;
    let line = pattern(Line::new(), outcome.status);
    let line = line.word("=>").ident(&ident(&named.ident));
    let line = match content(context, &outcome.content) {
        Some((ty, form)) => line.sign("(").attached().ty(&ty).word("=").word(form).sign(")"),
        None => line,
    };
    Entry::new(line).documented(&copy::outcome(outcome))
}

/// The type of what a status holds, and how it is read.
fn content(context: Context<'_>, of_status: &Content) -> Option<(Type, &'static str)> {
    Some(match of_status {
        Content::Json(ty) => {
            let written = context.written(ty, None);
            let is_boxed = context.api.is_boxed(ty, VariantOf::Outcomes);
            let boxed = || context.generic(runtime::BOXED, std::slice::from_ref(&written), None);
            (if is_boxed { boxed() } else { written.clone() }, "json")
        }
        Content::Text => (context.known(runtime::STRING, None), "text"),
        Content::Bytes => (context.known(runtime::BYTES, None), "bytes"),
        Content::Nothing | Content::Events(_) | Content::Lines(_) | Content::Parts(_) => return None,
    })
}

/// What the runtime has to know of the answers.
pub(super) fn steps(operation: &Operation) -> impl Iterator<Item = Line> {
    let of = |word, text: &String| Line::new().word(word).attached().text(text).sign(")");
    let answers = &operation.answers;
    let accept = answers.accept.as_ref().map(|media| of("accept(", media));
    let accept_stream = answers.accept_stream.as_ref().map(|media| of("accept_stream(", media));
    let end = operation.events_end.as_ref().map(|data| of("events_end(", data));
    let is_optional = matches!(operation.output, Output::Optional(_)) && !answers.without_body.is_empty();
    let without_body = is_optional.then(|| {
        let mut line = Line::new().word("without_body(&[").attached();
        for (index, status) in answers.without_body.iter().enumerate() {
            line = if index == 0 { line } else { line.sign(",") };
            line = line.number(&Literal::u16_unsuffixed(*status));
        }
        line.sign("])")
    });
    [accept, accept_stream, without_body, end].into_iter().flatten()
}
