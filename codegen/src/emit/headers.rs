//! Headers of answers, as the forms of operations write them: a constant for each on the type of the call.

use super::{
    Context,
    form::{Entry, Line},
};
use crate::{
    ir::{Header, HeaderForm},
    name::{Named, NamedOperation, ident},
};

/// `headers { X_REMAINING: i64 = literal("X-Remaining"), }`
pub(super) fn section(context: Context<'_>, operation: &NamedOperation<'_>) -> Option<Entry> {
    let headers = operation.headers.iter();
    let headers: Vec<Entry> = headers.map(|header| entry(context, header)).collect();
    (!headers.is_empty()).then(|| Entry::new(Line::new().word("headers")).enclosing(headers))
}

fn entry(context: Context<'_>, named: &Named<'_, Header>) -> Entry {
    let header = named.item;
    let form = match header.form {
        HeaderForm::Text => "text(",
        HeaderForm::Literal => "literal(",
        HeaderForm::Texts => "texts(",
        HeaderForm::Literals => "literals(",
        HeaderForm::Json => "json(",
    };
    let line = Line::new().ident(&ident(&named.ident)).sign(":");
    let line = line.ty(&context.written(&header.ty, None));
    let line = line.word("=").word(form).attached().text(&header.name).sign(")");
    Entry::new(line).documented(&header.docs).deprecated(header.deprecated)
}
