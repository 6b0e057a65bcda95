//! The default answers of operations, for the mock of tests: a line for each.

use proc_macro2::Literal;

use super::{
    form::{Entry, Form, Line},
    runtime,
};
use crate::{
    default_answers::{DefaultAnswer, DefaultAnswers},
    ir::{Api, Origin},
};

pub(super) fn form(api: &Api, all: &DefaultAnswers) -> Form {
    let mut answers: Vec<(&str, &DefaultAnswer)> = Vec::new();
    for (_, operation) in api.operations() {
        if let Origin::At(pointer) = &operation.origin {
            answers.extend(all.get(pointer).map(|answer| (operation.id.as_str(), answer)));
        }
    }
    answers.sort_by_key(|(id, _)| *id);
    let entries = answers.into_iter().map(|(id, answer)| entry(id, answer)).collect();
    let constant = Entry::new(Line::new().word("pub const DEFAULTS")).enclosing(entries);
    Form::new(runtime::DEFAULT_ANSWERS, constant)
}

/// `"getPet" = 200 "application/json" r#"{"id":7}"#`
fn entry(id: &str, answer: &DefaultAnswer) -> Entry {
    let line = Line::new()
        .text(id)
        .word("=")
        .number(&Literal::u16_unsuffixed(answer.status));
    Entry::new(match &answer.content {
        Some((media, json)) => line.text(media).raw(json),
        None => line,
    })
}
