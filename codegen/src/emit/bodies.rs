//! Bodies, as the forms of operations write them.

use super::{
    Context, arguments,
    form::{Line, Type},
    runtime,
};
use crate::ir::{Body, BodyForm, PartForm, Primitive, TypeRef};

/// The content type that the runtime gives a JSON body.
const JSON: &str = "application/json";

/// The content type that the runtime gives a form.
const FORM: &str = "application/x-www-form-urlencoded";

/// The content type that the runtime gives a body of parts.
const FORM_DATA: &str = "multipart/form-data";

/// `body: Type = form("content type")`; nothing for a body whose parts are inputs of their own.
pub(super) fn line(context: Context<'_>, body: &Body) -> Option<Line> {
    let (ty, form) = input(context, body)?;
    Some(Line::new().word("body:").ty(&ty).word("=").line(form))
}

fn input(context: Context<'_>, body: &Body) -> Option<(Type, Line)> {
    let ty = |ty: &TypeRef| context.written(ty, None);
    let upload = || context.known(runtime::UPLOAD, None);
    Some(match &body.form {
        BodyForm::Json { media, ty: json } if media == JSON => (ty(json), Line::new().word("json")),
        BodyForm::Json { media, ty: json } => (ty(json), of("json(", media).sign(")")),
        BodyForm::Form {
            media,
            ty: form,
            styles,
        } if media == FORM && styles.is_empty() => (ty(form), Line::new().word("form")),
        BodyForm::Form {
            media,
            ty: form,
            styles,
        } => {
            let styled = |line: Line, (name, style): &(String, _)| arguments::style(line.sign(",").text(name), *style);
            (ty(form), styles.iter().fold(of("form(", media), styled).sign(")"))
        }
        BodyForm::Text { media, ty: text } => (ty(text), of("text(", media).sign(")")),
        BodyForm::Lines { media, ty: line } => (ty(line), of("lines(", media).sign(")")),
        BodyForm::Upload { media } => (upload(), of("upload(", media).sign(")")),
        BodyForm::Parts { .. } => (upload(), Line::new().word("parts")),
        BodyForm::Items {
            media,
            part,
            part_media,
        } => {
            let (ty, word) = match part {
                PartForm::Json(json) => (ty(json), "json_parts("),
                PartForm::Text(text) if *text != TypeRef::Primitive(Primitive::String) => (ty(text), "scalar_parts("),
                PartForm::Text(_) | PartForm::Bytes => (upload(), "upload_parts("),
            };
            (ty, of(word, media).sign(",").text(part_media).sign(")"))
        }
        BodyForm::Multipart { .. } | BodyForm::Positional { .. } => return None,
    })
}

/// A form of a content type, up to it.
fn of(word: &'static str, media: &str) -> Line {
    Line::new().word(word).attached().text(media)
}

/// The step that begins a body of parts, where the parts alone do not make it what it is.
pub(super) fn begin(body: &Body) -> Option<Line> {
    match &body.form {
        BodyForm::Positional { media } => Some(of("positional(", media).sign(")")),
        BodyForm::Multipart { media } | BodyForm::Parts { media } if body.required || media != FORM_DATA => {
            Some(of("multipart(", media).sign(")"))
        }
        _ => None,
    }
}

/// The content type of a body, where it is another than that of most.
pub(super) fn content_type(body: &Body) -> Option<&str> {
    match &body.form {
        BodyForm::Json { media, .. } if media == JSON => None,
        BodyForm::Json { media, .. }
        | BodyForm::Form { media, .. }
        | BodyForm::Text { media, .. }
        | BodyForm::Lines { media, .. }
        | BodyForm::Upload { media }
        | BodyForm::Multipart { media }
        | BodyForm::Positional { media }
        | BodyForm::Items { media, .. }
        | BodyForm::Parts { media } => Some(media),
    }
}
