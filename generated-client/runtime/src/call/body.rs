//! The bodies that a call can carry, beside JSON.

use std::borrow::{Borrow, Cow};

use bytes::Bytes;
use http::{HeaderValue, header};

use super::{Call, Content};
use crate::{
    Error, ErrorKind, Parameter, ParameterValue, Style, Upload,
    multipart::Multipart,
    operation::{Input, Multipart as Parts},
    payload::Payload,
    style::{pairs, part_text},
    wire::{Json, Pieces},
};

const FORM: &str = "application/x-www-form-urlencoded";
const OCTETS: &str = "application/octet-stream";
const TEXT: &str = "text/plain";
const NO_CONTENT_TYPE: &str = "body: the content type contains characters that are not allowed in a header";

impl Call {
    /// A JSON body of another content type than `application/json`.
    pub fn json_as(mut self, media: &'static str, body: &impl Json) -> Self {
        match self.written(body) {
            Some(json) => self.body_of(media, json),
            None => self,
        }
    }

    /// A form of an object's members.
    ///
    /// A member is written in the style that is given for its name. Without one a list is one pair an element, and what
    /// lies deeper is JSON text.
    pub fn form(self, body: &impl Json, styles: &[(&str, Style)]) -> Self {
        self.form_as(FORM, body, styles)
    }

    /// A form whose content type has parameters.
    pub fn form_as(mut self, media: &'static str, body: &impl Json, styles: &[(&str, Style)]) -> Self {
        let Some(json) = self.written(body) else { return self };
        match form_text(&json, styles) {
            Ok(form) => self.body_of(media, form),
            Err(reason) => self.refused(format!("body: {reason}")),
        }
    }

    /// A body of JSON values, one a line; in `application/json-seq` one a record.
    pub fn lines<T: Json>(mut self, media: &'static str, values: impl IntoIterator<Item = impl Borrow<T>>) -> Self {
        let start = if essence(media).contains("json-seq") {
            "\u{1e}"
        } else {
            ""
        };
        let mut lines = String::new();
        for value in values {
            let Some(json) = self.written(value.borrow()) else {
                return self;
            };
            // A value that is kept unchanged may have line breaks between its members.
            lines.extend([start, &json.replace(['\n', '\r'], " "), "\n"]);
        }
        self.body_of(media, lines)
    }

    /// Sets a body that consists of the text of a scalar.
    pub fn text(self, media: &'static str, body: &dyn Parameter) -> Self {
        match scalar(&body.parameter()) {
            Ok(text) => self.body_of(media, text.into_owned()),
            Err(reason) => self.refused(format!("body: {reason}")),
        }
    }

    /// A body of bytes or text as they are. Where `media` is a range, such as `image/*`, the upload says what it is.
    pub fn upload(mut self, media: &'static str, body: impl Into<Upload>) -> Self {
        let upload = body.into();
        let content_type = upload.content_type.as_deref().unwrap_or(match media {
            "*/*" => OCTETS,
            other => other,
        });
        if essence(content_type).contains('*') {
            let reason = format!("body: `{content_type}` is not a content type: set the content type of the upload");
            return self.refused(reason);
        }
        match HeaderValue::from_str(content_type) {
            Ok(content_type) => {
                self.draft.body = Some(Content::Payload(upload.payload));
                self.draft.headers.insert(header::CONTENT_TYPE, content_type);
            }
            Err(_) => self.refuse(NO_CONTENT_TYPE.to_owned()),
        }
        self
    }

    /// Parts of a body: one for a scalar, as text; one for each element of a list, or with a style one for the whole list;
    /// one for an object, as JSON. Where the content type of the slot is JSON, the whole value is one part.
    pub fn part(mut self, slot: impl Into<Input>, value: &dyn Parameter) -> Self {
        let Input { name, style, media } = slot.into();
        let Some(style) = style else {
            return self.push_value(name, &value.parameter(), media);
        };
        match part_text(&value.parameter(), style) {
            Ok(Some(text)) => self.push_part(name, Upload::from(text)),
            Ok(None) => {}
            Err(reason) => self.refuse(format!("part `{name}`: {reason}")),
        }
        self
    }

    /// Adds a file as a part of a body, with the content type of the slot unless the file has its own.
    pub fn file(mut self, slot: impl Into<Input>, file: &Upload) -> Self {
        let Input { name, media, .. } = slot.into();
        let mut file = file.clone();
        // Servers distinguish a file from text by this name.
        if !matches!(&self.draft.body, Some(Content::Parts(parts)) if parts.is_positional) {
            file.file_name.get_or_insert_with(|| name.to_owned());
        }
        self.push_typed(name, media.unwrap_or(OCTETS), file);
        self
    }

    /// Adds files as parts of a body, all with one name.
    pub fn files(self, slot: impl Into<Input>, files: &[Upload]) -> Self {
        let slot = slot.into();
        files.iter().fold(self, |call, file| call.file(slot, file))
    }

    /// Adds text as a part of a body, with the content type of the slot unless the text has its own.
    pub fn text_part(mut self, slot: impl Into<Input>, text: &Upload) -> Self {
        let Input { name, media, .. } = slot.into();
        self.push_typed(name, media.unwrap_or(TEXT), text.clone());
        self
    }

    /// Adds several parts of text to a body, all with one name.
    pub fn text_parts(self, slot: impl Into<Input>, texts: &[Upload]) -> Self {
        let slot = slot.into();
        texts.iter().fold(self, |call, text| call.text_part(slot, text))
    }

    /// Parts of a body that the document does not name, by their names.
    pub fn parts(mut self, parts: impl IntoIterator<Item = (impl Into<String>, impl Into<Upload>)>) -> Self {
        for (name, part) in parts {
            self.push_part(&name.into(), part.into());
        }
        self
    }

    fn push_value(mut self, name: &str, value: &ParameterValue<'_>, media: Option<&'static str>) -> Self {
        match part_texts(value, media) {
            Ok(texts) => {
                for (text, content_type) in texts {
                    let mut part = Upload::from(text);
                    part.content_type = content_type.map(str::to_owned);
                    self.push_part(name, part);
                }
                self
            }
            Err(reason) => self.refused(format!("part `{name}`: {reason}")),
        }
    }

    /// A part that has the content type `media` where it says no other; of a range the part has to say what it is.
    fn push_typed(&mut self, name: &str, media: &'static str, mut part: Upload) {
        let content_type = part.content_type.get_or_insert_with(|| media.to_owned());
        if essence(content_type).contains('*') {
            let reason = format!(
                "part `{name}`: `{content_type}` is not a content type: set the content type of the \
                upload"
            );
            return self.refuse(reason);
        }
        self.push_part(name, part);
    }

    fn push_part(&mut self, name: &str, part: Upload) {
        if !matches!(self.draft.body, Some(Content::Parts(_))) {
            self.draft.body = Some(Content::Parts(Multipart::new(Multipart::FORM_DATA)));
        }
        if let Some(Content::Parts(parts)) = &mut self.draft.body {
            parts.push(name, part);
        }
    }

    fn body_of(self, media: &'static str, body: impl Into<Bytes>) -> Self {
        match HeaderValue::from_str(media) {
            Ok(content_type) => self.body(content_type, body),
            Err(_) => self.refused(NO_CONTENT_TYPE.to_owned()),
        }
    }

    fn refused(mut self, reason: String) -> Self {
        self.refuse(reason);
        self
    }
}

impl Content {
    /// The body of an operation whose inputs are its parts, without any of them.
    pub(super) fn of_parts(parts: Parts) -> Self {
        Self::Parts(match parts {
            Parts::Named(media) => Multipart::new(media),
            Parts::Positional(media) => Multipart::positional(media),
        })
    }

    /// What is sent, with the content type that was not known before: the caller's, or that of the parts.
    pub(super) fn finish(self, given: Option<HeaderValue>) -> Result<(Option<HeaderValue>, Payload), Error> {
        match self {
            Self::Payload(payload) => Ok((given, payload)),
            Self::Parts(parts) => {
                let finished = parts.finish(given.as_ref());
                let (content_type, payload) =
                    finished.map_err(|reason| Error::new(ErrorKind::InvalidRequest, reason))?;
                Ok((Some(content_type), payload))
            }
        }
    }
}

impl From<Bytes> for Content {
    fn from(bytes: Bytes) -> Self {
        Self::Payload(Payload::Bytes(bytes))
    }
}

/// A content type without its parameters.
fn essence(media: &str) -> &str {
    media.split(';').next().unwrap_or_default().trim()
}

/// The pairs of an object's members.
fn form_text(json: &str, styles: &[(&str, Style)]) -> Result<String, String> {
    let members = match Pieces::read(json) {
        Some(Pieces::Object(members)) => members,
        Some(Pieces::Null) => Vec::new(),
        _ => return Err("a form must be an object".to_owned()),
    };
    let mut form = String::new();
    for (name, value) in members {
        let given = styles.iter().find(|(member, _)| *member == name);
        let style = given.map_or_else(
            || {
                if value.starts_with('{') {
                    Style::JSON
                } else {
                    Style::FORM
                }
            },
            |(_, style)| *style,
        );
        let pairs = pairs(&name, &ParameterValue::Json(value.into()), style);
        let pairs = pairs.map_err(|reason| format!("property `{name}`: {reason}"))?;
        super::append_pairs(&mut form, &pairs, "&");
    }
    Ok(form)
}

/// Returns a scalar as text; an absent value is empty.
fn scalar<'v>(value: &'v ParameterValue<'v>) -> Result<Cow<'v, str>, String> {
    match value.opened()? {
        Cow::Borrowed(ParameterValue::Primitive(text)) => Ok(Cow::Borrowed(text)),
        Cow::Owned(ParameterValue::Primitive(text)) => Ok(text),
        value if *value == ParameterValue::Absent => Ok(Cow::Borrowed("")),
        _ => Err("a body of text must be a scalar".to_owned()),
    }
}

/// Returns the parts that a value consists of as strings, each with its content type if that is not plain text.
fn part_texts(
    value: &ParameterValue<'_>,
    media: Option<&'static str>,
) -> Result<Vec<(String, Option<&'static str>)>, String> {
    const JSON: &str = "application/json";
    let is_json = media.is_some_and(|media| essence(media).contains("json"));
    let text = |value: &ParameterValue<'_>| match value {
        ParameterValue::Primitive(text) => Ok(Some((text.as_ref().to_owned(), media))),
        ParameterValue::Json(json) => Ok(Some((json.as_ref().to_owned(), media.or(Some(JSON))))),
        ParameterValue::Absent => Ok(None),
        _ => Err("nested arrays require a JSON form".to_owned()),
    };
    if let (true, ParameterValue::Json(_)) = (is_json, value) {
        return Ok(text(value)?.into_iter().collect());
    }
    match (&*value.opened()?, value) {
        (ParameterValue::Array(items), _) => items.iter().filter_map(|item| text(item).transpose()).collect(),
        (ParameterValue::Object(_), whole) => Ok(text(whole)?.into_iter().collect()),
        (scalar, _) => Ok(text(scalar)?.into_iter().collect()),
    }
}

mod positional;
#[cfg(test)]
mod tests;
