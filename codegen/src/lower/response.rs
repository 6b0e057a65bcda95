//! Responses: what a successful answer holds, and what an error does.

use indexmap::IndexMap;
use openapiv3::{MediaType, ReferenceOr, Response, Schema, SchemaKind, StatusCode, Type};

use super::{
    Lowering,
    operation::{essence, is_json, is_lines},
    schema::element,
};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Answers, Content, Failure, Method, Outcome, Output, Status, TypeRef},
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
    Text,
    Xml,
    Bytes,
}

/// One response while its operation is put together.
struct Answer {
    outcome: Outcome,
    media: Option<String>,
    streamed: Option<Content>,
}

impl<'d> Lowering<'d> {
    /// What the answers of an operation hold.
    pub(super) fn answers(
        &mut self,
        responses: &'d openapiv3::Responses,
        (id, method): (&str, &Method),
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
            let at = At::of(&pointer);
            self.declared_headers(response, &at, &mut headers);
            let succeeds = is_success(status) || (status == Status::Default && !declares_success);
            if succeeds {
                let is_first = successes.iter().all(|answer: &Answer| answer.media.is_none());
                let name = if is_first {
                    format!("{id}.response")
                } else {
                    format!("{id}.response{key}")
                };
                successes.extend(self.success(status, response, (&name, method), &at));
            }
            if matches!(status, Status::Code(400..) | Status::Range(4..) | Status::Default) {
                let key = if status == Status::Default { "" } else { key.as_str() };
                let name = format!("{id}.error{key}");
                failures.push(self.failure(status, response, &name, &at));
            }
        }
        let docs = failures.iter().filter(|outcome| outcome.content != Content::Nothing);
        let docs = docs.map(|outcome| (outcome.status, outcome.docs.clone())).collect();
        let answers = Answers {
            accept: accept(&successes),
            without_body: without_body(&successes),
            streamed: successes.iter_mut().find_map(|answer| answer.streamed.take()),
            failure: failure(failures),
            failures: docs,
            headers: self.headers(headers, id),
        };
        (output(successes), answers)
    }

    fn success(
        &mut self,
        status: Status,
        response: &'d Response,
        (name, method): (&str, &Method),
        at: &At<'_>,
    ) -> Option<Answer> {
        let docs = response.description.clone();
        let never = *method == Method::Head || matches!(status, Status::Code(204 | 205));
        if never && *method != Method::Head && !response.content.is_empty() {
            let message = "a response of this status has no body: its content is ignored";
            let help = "take the content out, or give it another status";
            self.warn(Code::Weakened, &at.key("content"), message, help);
        }
        let nothing = |docs| Answer {
            outcome: Outcome {
                status,
                docs,
                content: Content::Nothing,
            },
            media: None,
            streamed: None,
        };
        if never || response.content.is_empty() {
            return Some(nothing(docs));
        }
        let (content, media, streamed) = self.content(&response.content, name, &at.key("content"))?;
        Some(Answer {
            outcome: Outcome { status, docs, content },
            media: Some(media),
            streamed,
        })
    }

    fn failure(&mut self, status: Status, response: &'d Response, name: &str, at: &At<'_>) -> Outcome {
        let at = at.key("content");
        // The body is kept as it came, whatever else it may be.
        let json = response.content.iter().find(|(media, _)| is_json(media));
        let content = match json {
            Some((media, content)) => self.held(content, name, &at.key(media)).map(Content::Json),
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
                let def = self.types.get(id.index()).and_then(Option::as_ref);
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
    ) -> Option<(Content, String, Option<Content>)> {
        let mut forms: Vec<(Kind, &String, &MediaType)> = Vec::with_capacity(content.len());
        for (media, held) in content {
            if self.is_media_type(media, at) == Some(true) {
                forms.push((self.form_of(media, held), media, held));
            }
            if !held.encoding.is_empty() {
                let message = "`encoding` says nothing about what the client reads: it is ignored";
                let here = at.key(media);
                self.warn(Code::IneffectiveKeyword, &here.key("encoding"), message, "remove it");
            }
        }
        forms.sort_by_key(|(kind, ..)| *kind);
        let mut forms = forms.into_iter();
        let (kind, media, chosen) = forms.next()?;
        let form = self.answer_form(kind, chosen, name, &at.key(media))?;
        let mut streamed = None;
        for (other, other_media, content) in forms {
            let at = at.key(other_media);
            let is_stream = matches!(other, Kind::Events | Kind::Lines);
            if is_stream && kind < Kind::Events && streamed.is_none() {
                let stream = self.answer_form(other, content, &format!("{name}.stream"), &at)?;
                streamed = Some(stream);
            } else if other > Kind::AnyMedia || content.schema != chosen.schema {
                let message = format!("`{other_media}` is left out: `{media}` is what the client uses");
                let help = "nothing to do, unless you need that form";
                self.warn(Code::UnusedMediaType, &at, message, help);
            }
        }
        Some((form, essence(media), streamed))
    }

    fn form_of(&self, media: &str, content: &MediaType) -> Kind {
        let essence = essence(media);
        let subtype = essence.split('/').next_back().unwrap_or_default();
        match essence.as_str() {
            "application/json" => Kind::Json,
            "text/event-stream" => Kind::Events,
            _ if is_lines(media) => Kind::Lines,
            _ if is_json(media) || essence == "text/json" => Kind::OtherJson,
            "*/*" | "application/*" if !self.is_raw(content) => Kind::AnyMedia,
            _ if subtype == "xml" || subtype.ends_with("+xml") => Kind::Xml,
            _ if essence.starts_with("text/") => Kind::Text,
            _ => Kind::Bytes,
        }
    }

    fn answer_form(&mut self, kind: Kind, media: &'d MediaType, name: &str, at: &At<'_>) -> Option<Content> {
        match kind {
            Kind::Json | Kind::OtherJson | Kind::AnyMedia => self.held(media, name, at).map(Content::Json),
            Kind::Lines => self.held_in_each(media, name, at).map(Content::Lines),
            Kind::Events => self.events(media, name, at),
            Kind::Text | Kind::Xml | Kind::Bytes => {
                let form = if kind == Kind::Bytes { "bytes" } else { "a text" };
                if kind == Kind::Xml || !self.is_raw(media) {
                    let message = format!("the client gives this as {form}: what its schema says is not in the type");
                    let help = "add `application/json`, where the server has it";
                    self.warn(Code::Weakened, at, message, help);
                }
                Some(if kind == Kind::Bytes {
                    Content::Bytes
                } else {
                    Content::Text
                })
            }
        }
    }

    /// The type of the data of events: that of the schema, or of the member `data` where an event as a whole is described.
    fn events(&mut self, media: &'d MediaType, name: &str, at: &At<'_>) -> Option<Content> {
        let of_json = |ty| Content::Events(Some(ty));
        let Some(schema) = &media.schema else {
            return Some(Content::Events(None));
        };
        let is_text = |schema: &Schema| match &schema.schema_kind {
            SchemaKind::Type(Type::String(text)) => text.enumeration.is_empty(),
            _ => false,
        };
        let kind = self.resolved(schema).map(|schema| &schema.schema_kind);
        let is_item = media.extensions.contains_key(crate::document::ITEM_SCHEMA);
        let data = match kind {
            Some(SchemaKind::Type(Type::Object(event))) if is_item => event.properties.get("data"),
            _ => None,
        };
        let Some(data) = data else {
            if self.resolved(schema).is_some_and(is_text) {
                return Some(Content::Events(None));
            }
            return self.held(media, name, at).map(of_json);
        };
        let document = self.document;
        let at = at.key("itemSchema");
        let at = at.key("properties");
        let at = at.key("data");
        let name = format!("{name}.data");
        let beside = data.as_item().and_then(|data| document.beside.of(&data.schema_data));
        let used = match beside.and_then(|beside| beside.content_schema.as_ref()) {
            Some(inside) => self.use_of(inside, &name, &at.key("contentSchema"))?,
            None if data.as_item().is_some_and(|data| is_text(data)) => return Some(Content::Events(None)),
            None => self.use_of_boxed(data, &name, &at)?,
        };
        Some(of_json(element(used)))
    }

    fn response(&mut self, response: &'d ReferenceOr<Response>, at: &At<'_>) -> Option<(&'d Response, String)> {
        let components = self.openapi().components.as_ref();
        let responses = components.map(|components| &components.responses);
        self.follow("response", "responses", responses, response, at)
    }
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Range(2))
}

/// A media type goes into a header as it stands.
fn output(successes: Vec<Answer>) -> Output {
    let contents = |is_wanted: fn(&Content) -> bool| {
        let mut contents: Vec<&Content> = Vec::new();
        for answer in &successes {
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
            let is_stream = |content: &&&Content| matches!(content, Content::Events(_) | Content::Lines(_));
            // A stream cannot stand beside something else: it is what the caller takes, whatever the status.
            match contents.iter().find(is_stream) {
                Some(content) => Output::One((**content).clone()),
                None => Output::Outcomes(successes.into_iter().map(|answer| answer.outcome).collect()),
            }
        }
    }
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

/// The media types of all successful answers, where they are not the one that is asked for anyway.
fn accept(successes: &[Answer]) -> Option<String> {
    let is_stream = |answer: &Answer| matches!(answer.outcome.content, Content::Events(_) | Content::Lines(_));
    if successes.iter().any(is_stream) {
        // The runtime asks for these itself.
        return None;
    }
    let mut media: Vec<&str> = Vec::new();
    for answer in successes {
        if let Some(of_answer) = &answer.media
            && !media.contains(&of_answer.as_str())
        {
            media.push(of_answer);
        }
    }
    let is_usual = media
        .iter()
        .all(|media| matches!(*media, "application/json" | "*/*" | "application/*"));
    (!is_usual).then(|| media.join(", "))
}

fn failure(failures: Vec<Outcome>) -> Failure {
    let outcomes: Vec<Outcome> = failures
        .into_iter()
        .filter(|outcome| outcome.content != Content::Nothing)
        .collect();
    let Some(Content::Json(first)) = outcomes.first().map(|outcome| &outcome.content) else {
        return Failure::Nothing;
    };
    if outcomes.iter().all(|outcome| outcome.content.ty() == Some(first)) {
        return Failure::One(first.clone());
    }
    Failure::Outcomes(outcomes)
}
