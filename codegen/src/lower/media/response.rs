//! Responses: what a successful answer holds, and what an error does.

use std::iter;

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, Response, StatusCode};

use super::contents::Contents;
use crate::{
    at::At,
    config::ResponseEnums,
    diagnostic::Code,
    document::{Form, SchemaView, named_encodings},
    ir::{Answers, Content, Failure, Method, Outcome, Output, Status, TypeRef},
    lower::{
        follow::{Section, name_in_component},
        types::Use,
    },
    media_type::Media,
};

/// What the runtime reads from errors of every operation.
const RPC_STATUS: &str = "google.rpc.Status";

/// The forms of a body, the preferred ones first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Json,
    OtherJson,
    AnyMedia,
    Events,
    Lines,
    Parts,
    Text,
    Xml,
    Bytes,
}

/// One response while its operation is put together.
struct Answer {
    outcome: Outcome,
    media: Option<String>,
    streamed: Option<Streamed>,
}

/// A stream that an answer can be instead, with its media type.
struct Streamed {
    content: Content,
    media: String,
}

impl<'d> Contents<'_, 'd> {
    /// What the answers of an operation hold.
    pub(in crate::lower) fn answers(
        &mut self,
        responses: &'d openapiv3::Responses,
        (id, method, is_paged): (&str, &Method, bool),
        at: &At<'_>,
    ) -> (Output, Answers) {
        let declared = responses.responses.iter().map(|(status, response)| {
            let known = match status {
                StatusCode::Code(code) => Status::Code(*code),
                StatusCode::Range(digit) => Status::Range(*digit),
            };
            (known, status.to_string(), response)
        });
        let default = responses.default.iter();
        let default = default.map(|response| (Status::Default, "default".to_owned(), response));
        let mut all: Vec<(Status, String, &ReferenceOr<Response>)> = declared.chain(default).collect();
        all.sort_by_key(|(status, ..)| *status);
        let declares_success = all.iter().any(|(status, ..)| is_success(*status));
        let mut successes = Vec::new();
        let mut failures = Vec::new();
        let mut headers = Vec::new();
        for (status, key, response) in all {
            let Some((response, pointer)) = self.response(response, &at.key(&key)) else {
                continue;
            };
            let component = name_in_component(&pointer);
            let at = At::of(&pointer);
            self.declared_headers(response, &at, &mut headers);
            let succeeds = is_success(status) || (status == Status::Default && !declares_success);
            if succeeds {
                let is_first = successes.iter().all(|answer: &Answer| answer.media.is_none());
                let name = match &component {
                    Some(name) => name.clone(),
                    None if is_first => format!("{id}.response"),
                    None => format!("{id}.response{key}"),
                };
                successes.extend(self.success(status, response, (&name, method), &at));
            }
            if matches!(status, Status::Code(400..) | Status::Range(4..) | Status::Default) {
                let key = if status == Status::Default { "" } else { key.as_str() };
                let name = component.unwrap_or_else(|| format!("{id}.error{key}"));
                failures.push(self.failure(status, response, &name));
            } else if !succeeds && response.content.is_empty() {
                failures.push(nothing(status, response.description.clone()));
            }
        }
        let docs = failures.iter().filter(|outcome| outcome.content != Content::Nothing);
        let docs = docs.map(|outcome| (outcome.status, outcome.docs.clone())).collect();
        let is_enum = self.types.policies.response_enums == ResponseEnums::Always && !is_paged;
        let output = output(&successes, is_enum);
        let answers = Answers {
            statuses: statuses(&output, &successes),
            accept: accept(&successes),
            accept_stream: accept_stream(&successes),
            without_body: without_body(&successes),
            streamed: successes
                .iter_mut()
                .find_map(|answer| answer.streamed.take().map(|streamed| streamed.content)),
            undescribed: undescribed(&failures),
            failure: failure(failures),
            failures: docs,
            headers: self.headers(headers, id),
        };
        (output, answers)
    }

    fn success(
        &mut self,
        status: Status,
        response: &'d Response,
        (name, method): (&str, &Method),
        at: &At<'_>,
    ) -> Option<Answer> {
        let docs = response.description.clone();
        let never = *method == Method::HEAD || matches!(status, Status::Code(204 | 205));
        if never && *method != Method::HEAD && !response.content.is_empty() {
            let message = "a response with this status does not have a body: its content is ignored";
            let help = "remove the content, or use another status";
            self.warn(Code::Weakened, &at.key("content"), message, help);
        }
        if never || response.content.is_empty() {
            return Some(Answer {
                outcome: nothing(status, docs),
                media: None,
                streamed: None,
            });
        }
        let (content, media, streamed) = self.content(&response.content, name, &at.key("content"))?;
        Some(Answer {
            outcome: Outcome { status, docs, content },
            media: Some(media),
            streamed,
        })
    }

    fn failure(&mut self, status: Status, response: &'d Response, name: &str) -> Outcome {
        // The body is kept as it came, whatever else it may be.
        let json = response.content.iter().find(|(media, _)| Media::of(media).is_json());
        let content = match json {
            Some((_, content)) => self.held(content, name).map(Content::Json),
            None => None,
        };
        let content = content.filter(|content| self.says_something(content));
        Outcome {
            status,
            docs: response.description.clone(),
            content: content.unwrap_or(Content::Nothing),
        }
    }

    fn says_something(&self, content: &Content) -> bool {
        match content.ty() {
            None | Some(TypeRef::Any | TypeRef::AnyObject) => false,
            Some(TypeRef::Named(id)) => {
                let def = self.types.registry.def(*id);
                def.is_none_or(|def| def.name != RPC_STATUS)
            }
            Some(_) => true,
        }
    }

    /// The form of a body that the client takes, its media type, and a stream that it can take instead.
    fn content(
        &mut self,
        content: &'d IndexMap<String, MediaType>,
        name: &str,
        at: &At<'_>,
    ) -> Option<(Content, String, Option<Streamed>)> {
        let mut forms: Vec<(Kind, Media<'_>, &MediaType)> = Vec::with_capacity(content.len());
        for (media, held) in content {
            let written = Media::of(media);
            if self.is_media_type(&written, at) == Some(true) {
                forms.push((self.form_of(&written, held), written, held));
            }
            if named_encodings(held).is_some() {
                let message = "`encoding` has no effect on this response: it is ignored";
                let here = at.key(media);
                self.warn(Code::IneffectiveKeyword, &here.key("encoding"), message, "remove it");
            }
        }
        forms.sort_by_key(|(kind, ..)| *kind);
        let mut forms = forms.into_iter();
        let (kind, media, chosen) = forms.next()?;
        let form = self.answer_form(kind, chosen, name, &at.key(media.key()))?;
        let mut streamed = None;
        for (other, other_media, content) in forms {
            let at = at.key(other_media.key());
            let is_stream = matches!(other, Kind::Events | Kind::Lines | Kind::Parts);
            if is_stream && kind < Kind::Events && streamed.is_none() {
                streamed = Some(Streamed {
                    content: self.answer_form(other, content, &format!("{name}.stream"), &at)?,
                    media: other_media.as_str().to_owned(),
                });
            } else if other > Kind::AnyMedia || !self.describe_the_same(content, chosen) {
                let message = format!(
                    "media type `{}` is ignored: the client uses `{}`",
                    other_media.key(),
                    media.key()
                );
                let help = "no action is needed, unless you need that media type";
                self.warn(Code::UnusedMediaType, &at, message, help);
            }
        }
        Some((form, media.as_str().to_owned(), streamed))
    }

    fn form_of(&self, media: &Media<'_>, content: &MediaType) -> Kind {
        let takes_json = || matches!(media.essence(), "*/*" | "application/*");
        match media {
            _ if media.is_plain_json() => Kind::Json,
            _ if media.is_events() => Kind::Events,
            _ if media.is_lines() => Kind::Lines,
            _ if media.is_multipart() && self.has_items(content) => Kind::Parts,
            _ if media.is_json() || media.is_text_json() => Kind::OtherJson,
            _ if takes_json() && !self.is_raw(content) => Kind::AnyMedia,
            _ if media.is_xml() => Kind::Xml,
            _ if media.is_of_type_text() => Kind::Text,
            _ => Kind::Bytes,
        }
    }

    fn answer_form(&mut self, kind: Kind, media: &'d MediaType, name: &str, at: &At<'_>) -> Option<Content> {
        match kind {
            Kind::Json | Kind::OtherJson | Kind::AnyMedia => self.held(media, name).map(Content::Json),
            Kind::Lines => self.held_in_each(media, name).map(Content::Lines),
            Kind::Parts => self.parts(media, name, at).map(Content::Parts),
            Kind::Events => self.events(media, name),
            Kind::Text | Kind::Xml | Kind::Bytes => {
                let form = if kind == Kind::Bytes { "bytes" } else { "a string" };
                if kind == Kind::Xml || !self.is_raw(media) {
                    let message = format!("the client returns this response as {form}: its schema is not in the type");
                    let help = "add `application/json`, if the server supports it";
                    self.warn(Code::Weakened, at, message, help);
                }
                self.check_whole(media, at);
                Some(if kind == Kind::Bytes {
                    Content::Bytes
                } else {
                    Content::Text
                })
            }
        }
    }

    /// The type of the data of events: that of the schema, or of the member `data` where an event as a whole is described.
    fn events(&mut self, media: &MediaType, name: &str) -> Option<Content> {
        let Some(schema) = self.schema_of(media) else {
            return Some(Content::Events(None));
        };
        let target = schema.target();
        let event = target.filter(|event| schema.is_item_schema() && event.form() == Form::Object);
        let Some(data) = event.and_then(|event| event.properties().get("data")) else {
            if target.is_some_and(is_plain_text) {
                return Some(Content::Events(None));
            }
            return self.held(media, name).map(|ty| Content::Events(Some(ty)));
        };
        let used = match data.content_schema() {
            None if is_plain_text(data) => return Some(Content::Events(None)),
            inside => self.use_of(inside.unwrap_or(data), &format!("{name}.data"))?,
        };
        Some(Content::Events(Some(Use::element(used))))
    }

    fn response(&mut self, response: &'d ReferenceOr<Response>, at: &At<'_>) -> Option<(&'d Response, String)> {
        let components = self.types.document.openapi.components.as_ref();
        let section = Section {
            kind: "response",
            name: "responses",
            components: components.map(|components| &components.responses),
        };
        section.follow(response, at, &mut self.types.report)
    }
}

fn is_plain_text(schema: SchemaView<'_>) -> bool {
    schema.form() == Form::String && schema.values().is_empty()
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

/// What a successful answer holds, whatever its status or by it.
fn output(successes: &[Answer], is_enum: bool) -> Output {
    let outcomes = || Output::Outcomes(successes.iter().map(|answer| answer.outcome.clone()).collect());
    let has_stream = || successes.iter().any(|answer| answer.outcome.content.is_stream());
    if is_enum && !successes.is_empty() && !has_stream() {
        return outcomes();
    }
    let contents = |is_wanted: fn(&Content) -> bool| {
        let mut contents: Vec<&Content> = Vec::new();
        for answer in successes {
            if is_wanted(&answer.outcome.content) && !contents.contains(&&answer.outcome.content) {
                contents.push(&answer.outcome.content);
            }
        }
        contents
    };
    let has_empty = !contents(|content| *content == Content::Nothing).is_empty();
    let has_empty_range = successes
        .iter()
        .any(|answer| answer.outcome.content == Content::Nothing && !matches!(answer.outcome.status, Status::Code(_)));
    match contents(|content| *content != Content::Nothing).as_slice() {
        [] => Output::One(Content::Nothing),
        [Content::Json(ty)] if has_empty && !has_empty_range => Output::Optional((*ty).clone()),
        [content] if !has_empty_range || !matches!(content, Content::Json(_)) => Output::One((*content).clone()),
        contents => {
            // A stream excludes every other content: the caller receives the stream, whatever the status.
            match contents.iter().find(|content| content.is_stream()) {
                Some(content) => Output::One((**content).clone()),
                None => outcomes(),
            }
        }
    }
}

/// The statuses of an output, if they are not those that clients assume.
fn statuses(output: &Output, successes: &[Answer]) -> Vec<Status> {
    let (assumed, content) = match output {
        Output::Outcomes(_) => return Vec::new(),
        Output::One(Content::Nothing) => (vec![204], None),
        Output::One(content) => (vec![200], Some(content)),
        Output::Optional(_) => {
            let mut empty = without_body(successes);
            if empty.is_empty() {
                empty.push(204);
            }
            (iter::once(200).chain(empty).collect(), None)
        }
    };
    let own = successes.iter().map(|answer| &answer.outcome);
    let own = own.filter(|outcome| content.is_none_or(|content| outcome.content == *content));
    let own: Vec<Status> = own.map(|outcome| outcome.status).collect();
    let is_assumed = own.len() == assumed.len() && assumed.iter().all(|code| own.contains(&Status::Code(*code)));
    if is_assumed { Vec::new() } else { own }
}

fn without_body(successes: &[Answer]) -> Vec<u16> {
    if successes.iter().all(|answer| answer.media.is_none()) {
        return Vec::new();
    }
    let empty = successes.iter().filter_map(|answer| match answer.outcome.status {
        Status::Code(code) if answer.media.is_none() && !matches!(code, 204 | 205) => Some(code),
        _ => None,
    });
    empty.collect()
}

/// What the runtime asks for where a stream is wanted.
const USUAL_STREAMS: [&str; 4] = [
    "text/event-stream",
    "application/x-ndjson",
    "application/jsonl",
    "application/json-seq",
];

/// The media types of all successful answers, where they are not the one that is asked for anyway.
fn accept(successes: &[Answer]) -> Option<String> {
    if successes.iter().any(is_stream) {
        return None;
    }
    let media = successes.iter().filter_map(|answer| answer.media.as_deref());
    listed(media, &["application/json", "*/*", "application/*"])
}

/// The media types of the stream that the call gives, where they are not those that are asked for anyway.
fn accept_stream(successes: &[Answer]) -> Option<String> {
    let whole = successes.iter().filter(|answer| is_stream(answer));
    let whole = whole.filter_map(|answer| answer.media.as_deref());
    let second = successes.iter().find_map(|answer| answer.streamed.as_ref());
    let second = second.map(|streamed| streamed.media.as_str());
    listed(whole.chain(second), &USUAL_STREAMS)
}

fn is_stream(answer: &Answer) -> bool {
    answer.outcome.content.is_stream()
}

/// Media types as a header has them, each once; nothing where all are usual ones.
fn listed<'a>(media: impl Iterator<Item = &'a str>, usual: &[&str]) -> Option<String> {
    let media: indexmap::IndexSet<&str> = media.collect();
    let is_usual = media.iter().all(|media| usual.contains(media));
    (!is_usual).then(|| media.into_iter().collect::<Vec<_>>().join(", "))
}

/// A response of which the document says nothing that could be read.
fn nothing(status: Status, docs: String) -> Outcome {
    Outcome {
        status,
        docs,
        content: Content::Nothing,
    }
}

/// The statuses of errors that have a response of their own, without anything to read, beside others that have more: first
/// and last of each range.
fn undescribed(failures: &[Outcome]) -> Vec<(u16, u16)> {
    let described = || failures.iter().filter(|outcome| outcome.content != Content::Nothing);
    let covers = |outcome: &Outcome, status: u16| match outcome.status {
        Status::Code(code) => code == status,
        Status::Range(digit) => digit == status / 100,
        Status::Default => true,
    };
    let is_tried = |status: u16| described().any(|outcome| covers(outcome, status));
    let mut ranges: Vec<(u16, u16)> = Vec::new();
    for status in 300..600 {
        let own = failures.iter().filter(|outcome| covers(outcome, status));
        // Codes come before ranges, and these before the default.
        let own = own.min_by_key(|outcome| outcome.status);
        if own.is_none_or(|own| own.content != Content::Nothing) || !is_tried(status) {
            continue;
        }
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == status => *last = status,
            _ => ranges.push((status, status)),
        }
    }
    ranges
}

fn failure(failures: Vec<Outcome>) -> Failure {
    let outcomes: Vec<Outcome> = failures
        .into_iter()
        .filter(|outcome| outcome.content != Content::Nothing)
        .collect();
    if outcomes.is_empty() {
        return Failure::Nothing;
    }
    Failure::Outcomes(outcomes)
}
