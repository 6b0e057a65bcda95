//! Request bodies: the forms that an operation takes, and what each of them asks of the caller.

use openapiv3::{MediaType, ReferenceOr, RequestBody, Schema, SchemaKind, Type};

use super::{
    Lowering,
    operation::{essence, is_json, is_lines},
};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Argument, Body, BodyForm, Constraint, Location, Operation, Primitive, Shape, Style, StyleShape, TypeRef},
};

/// One form of a body.
pub(super) struct Form {
    pub(super) body: Body,
    /// What the caller passes for its parts.
    pub(super) parts: Vec<Argument>,
    /// The word that tells a method of this form from the operation's own.
    pub(super) word: String,
}

/// What ends the name of a media type in a header, or is in none.
const NO_PART_OF_A_NAME: &[char] = &['"', '\\', '(', ')', '<', '>', '@', ':', '?', '=', '[', ']', '{', '}'];

/// What a media type makes of a body; the first of these is what the operation's own method takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Json,
    OtherJson,
    AnyMedia,
    MultipartWithFiles,
    Form,
    Multipart,
    Text,
    Lines,
    Upload,
    Xml,
}

impl<'d> Lowering<'d> {
    /// The forms of a body, the preferred one first.
    pub(super) fn forms(&mut self, body: &'d ReferenceOr<RequestBody>, id: &str, at: &At<'_>) -> Option<Vec<Form>> {
        let bodies = self
            .openapi()
            .components
            .as_ref()
            .map(|components| &components.request_bodies);
        let (body, pointer) = self.follow("body", "requestBodies", bodies, body, at)?;
        let at = At::of(&pointer);
        let at = &at.key("content");
        let mut media: Vec<(Kind, &'d str, &'d MediaType)> = Vec::with_capacity(body.content.len());
        for (name, content) in &body.content {
            if self.is_media_type(name, at)? {
                media.push((self.kind(name, content), name, content));
            }
        }
        media.sort_by_key(|(kind, ..)| *kind);
        self.leave_out_other_names(&mut media, at);
        if media.is_empty() {
            // Nobody knows what the server takes: whatever the caller gives.
            media.push((Kind::Upload, "*/*", &NO_MEDIA_TYPE));
        }
        let mut forms: Vec<Form> = Vec::with_capacity(media.len());
        for (index, (kind, name, content)) in media.into_iter().enumerate() {
            self.check_encoding(kind, content, &at.key(name));
            let word = word(kind, name);
            let owner = if index == 0 {
                id.to_owned()
            } else {
                format!("{id}.{word}")
            };
            let (form, parts) = self.form(kind, name, content, &owner, at)?;
            let is_taken = forms.iter().any(|form| form.word == word);
            let word = if is_taken { name.to_owned() } else { word };
            let constraints = self.constraints_of_body(&form, content, &at.key(name));
            let body = Body {
                docs: body.description.clone().unwrap_or_default(),
                required: body.required,
                form,
                constraints,
            };
            forms.push(Form { body, parts, word });
        }
        Some(forms)
    }

    fn constraints_of_body(&mut self, form: &BodyForm, content: &'d MediaType, at: &At<'_>) -> Vec<Constraint> {
        match (form, &content.schema) {
            (BodyForm::Json { ty, .. } | BodyForm::Form { ty, .. }, Some(schema)) => {
                self.constraints(schema, ty, &at.key("schema"), 0)
            }
            _ => Vec::new(),
        }
    }

    /// A media type goes into a header as it stands. What is a word and no more is none: it is left out.
    pub(super) fn is_media_type(&mut self, media: &str, at: &At<'_>) -> Option<bool> {
        let is_printable = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let message = "this is no media type";
        if is_printable(media) && !media.contains('/') {
            let message = format!("{message}: it is left out");
            self.warn(
                Code::Weakened,
                &at.key(media),
                message,
                "write it as `application/json`",
            );
            return Some(false);
        }
        if is_printable(media) && !essence(media).contains(NO_PART_OF_A_NAME) {
            return Some(true);
        }
        let help = "write it as `application/json`";
        self.error(Code::InvalidValue, &at.key(media), message, help);
        None
    }

    fn kind(&self, media: &str, content: &MediaType) -> Kind {
        let essence = essence(media);
        match essence.as_str() {
            "application/json" => Kind::Json,
            _ if is_lines(media) && !self.is_raw(content) => Kind::Lines,
            _ if is_json(media) || essence == "text/json" => Kind::OtherJson,
            "*/*" if !self.is_raw(content) => Kind::AnyMedia,
            "application/x-www-form-urlencoded" => Kind::Form,
            _ if essence.starts_with("multipart/") && self.has_files(content) => Kind::MultipartWithFiles,
            _ if essence.starts_with("multipart/") => Kind::Multipart,
            _ if essence.ends_with("/xml") || essence.ends_with("+xml") => Kind::Xml,
            _ if essence.starts_with("text/") => Kind::Text,
            _ => Kind::Upload,
        }
    }

    /// Other names of JSON that say the same as the one that is used.
    fn leave_out_other_names(&mut self, media: &mut Vec<(Kind, &'d str, &'d MediaType)>, at: &At<'_>) {
        let Some((Kind::Json | Kind::OtherJson | Kind::AnyMedia, first, chosen)) = media.first().copied() else {
            return;
        };
        media.retain(|(kind, name, content)| {
            let says_the_same = match kind {
                Kind::Json | Kind::AnyMedia => true,
                Kind::OtherJson => name.contains('*') || essence(name) == "text/json",
                _ => false,
            };
            if *name == first || !says_the_same {
                return true;
            }
            if content.schema == chosen.schema {
                return false;
            }
            let message = format!("`{name}` is left out: `{first}` is what the client uses");
            let help = "nothing to do, unless you need that form";
            self.warn(Code::UnusedMediaType, &at.key(name), message, help);
            false
        });
    }

    /// Only forms and bodies of parts are encoded.
    fn check_encoding(&mut self, kind: Kind, content: &MediaType, at: &At<'_>) {
        let is_encoded = matches!(kind, Kind::Form | Kind::Multipart | Kind::MultipartWithFiles);
        if !is_encoded && !content.encoding.is_empty() {
            let message = "`encoding` says nothing about a body of this media type: it is ignored";
            let help = "remove it, or describe a form or a multipart body";
            self.warn(Code::IneffectiveKeyword, &at.key("encoding"), message, help);
        }
    }

    fn form(
        &mut self,
        kind: Kind,
        media: &str,
        content: &'d MediaType,
        owner: &str,
        at: &At<'_>,
    ) -> Option<(BodyForm, Vec<Argument>)> {
        let name = format!("{owner}.body");
        let alone = |form| Some((form, Vec::new()));
        match kind {
            Kind::Json | Kind::OtherJson | Kind::AnyMedia => {
                let ty = self.held(content, &name, &at.key(media))?;
                let media = if media.contains('*') { "application/json" } else { media };
                alone(BodyForm::Json {
                    media: media.to_owned(),
                    ty,
                })
            }
            Kind::Form => {
                let ty = self.held(content, &name, &at.key(media))?;
                if matches!(ty, TypeRef::Primitive(_) | TypeRef::Array(_)) {
                    return alone(self.upload(media, content, at));
                }
                let styles = self.form_styles(&ty, content, &at.key(media));
                alone(BodyForm::Form { ty, styles })
            }
            Kind::Lines => {
                let ty = self.held_in_each(content, &name, &at.key(media))?;
                alone(BodyForm::Lines {
                    media: media.to_owned(),
                    ty,
                })
            }
            Kind::MultipartWithFiles | Kind::Multipart => self.multipart(media, content, &name, at),
            Kind::Text => match &content.schema {
                Some(schema) if self.is_raw(content) || is_scalar_schema(schema) => {
                    let ty = self.use_of(schema, &name, &at.key(media).key("schema"))?.ty;
                    if ty == TypeRef::Primitive(Primitive::Binary) || !self.is_scalar(&ty) {
                        return alone(self.upload(media, content, at));
                    }
                    let media = media.to_owned();
                    alone(BodyForm::Text { media, ty })
                }
                _ => alone(self.upload(media, content, at)),
            },
            Kind::Upload | Kind::Xml => alone(self.upload(media, content, at)),
        }
    }

    /// A body that the caller writes.
    fn upload(&mut self, media: &str, content: &MediaType, at: &At<'_>) -> BodyForm {
        if !self.is_raw(content) {
            let message = format!("a body of `{media}` is what the caller writes: its schema is not in the client");
            let help = "add `application/json`, where the server takes it";
            self.warn(Code::Weakened, &at.key(media).key("schema"), message, help);
        }
        BodyForm::Upload {
            media: media.to_owned(),
        }
    }

    /// Whether a content is described as bytes or text and no more.
    pub(super) fn is_raw(&self, content: &MediaType) -> bool {
        let Some(schema) = &content.schema else { return true };
        match self.resolved(schema) {
            Some(Schema {
                schema_kind: SchemaKind::Type(Type::String(string)),
                ..
            }) => string.enumeration.is_empty(),
            Some(Schema {
                schema_kind: SchemaKind::Any(any),
                ..
            }) => *any == openapiv3::AnySchema::default(),
            _ => false,
        }
    }

    /// Whether a property of the content is a file, as far as that shows without looking into its parts.
    fn has_files(&self, content: &MediaType) -> bool {
        let schema = content.schema.as_ref().and_then(|schema| self.resolved(schema));
        let Some(SchemaKind::Type(Type::Object(object))) = schema.map(|schema| &schema.schema_kind) else {
            return true;
        };
        object.properties.values().any(|property| match property {
            ReferenceOr::Item(property) => self.is_file(property),
            ReferenceOr::Reference { .. } => false,
        })
    }

    fn is_file(&self, schema: &Schema) -> bool {
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => {
                let binary = openapiv3::VariantOrUnknownOrEmpty::Item(openapiv3::StringFormat::Binary);
                string.format == binary || self.is_binary(schema)
            }
            SchemaKind::Type(Type::Array(array)) => {
                matches!(&array.items, Some(ReferenceOr::Item(items)) if self.is_file(items))
            }
            _ => false,
        }
    }

    /// The schema itself, a reference to a component followed once.
    pub(super) fn resolved(&self, schema: &'d ReferenceOr<Schema>) -> Option<&'d Schema> {
        match schema {
            ReferenceOr::Item(schema) => Some(schema),
            ReferenceOr::Reference { reference } => {
                let name = reference.strip_prefix("#/components/schemas/")?;
                self.schemas.get(name)?.as_item()
            }
        }
    }

    /// The members of a form that are written in another style than the usual one.
    fn form_styles(&mut self, ty: &TypeRef, content: &MediaType, at: &At<'_>) -> Vec<(String, Style)> {
        let at = at.key("encoding");
        let fields = self.fields(ty);
        let mut styles = Vec::new();
        for (name, encoding) in &content.encoding {
            let at = at.key(name);
            if !encoding.headers.is_empty() {
                let message = format!("the member `{name}` of a form has no headers: they are ignored");
                self.warn(Code::IneffectiveKeyword, &at.key("headers"), message, "remove them");
            }
            let field = fields.iter().flatten().find(|field| field.name == *name);
            if fields.is_some() && field.is_none() {
                self.unknown_part(name, &at);
                continue;
            }
            let ty = field.map_or(&TypeRef::Any, |field| &field.ty);
            let media = encoding.content_type.as_deref();
            let style = match (&encoding.style, media) {
                (Some(style), _) => super::style::of_form(style, encoding.explode),
                (None, Some(media)) if is_json(media) && !self.is_scalar(ty) => Style::of(StyleShape::Json),
                (None, Some(media)) if !is_json(media) && !is_text(media) => {
                    let message = format!("a member of a form is not written as `{media}`: it is as without it");
                    let help = "describe the member as a text, which the caller writes";
                    self.warn(Code::Weakened, &at.key("contentType"), message, help);
                    continue;
                }
                (None, _) => continue,
            };
            let style = Style {
                allow_reserved: encoding.allow_reserved,
                ..style
            };
            let usual = match ty {
                TypeRef::Map(_) | TypeRef::AnyObject => StyleShape::Json,
                TypeRef::Named(id) => match self.types[id.index()].as_ref().map(|def| &def.shape) {
                    Some(Shape::Struct(_)) => StyleShape::Json,
                    _ => StyleShape::Form,
                },
                _ => StyleShape::Form,
            };
            if style != Style::of(usual) {
                styles.push((name.clone(), style));
            }
        }
        styles
    }

    pub(super) fn unknown_part(&mut self, name: &str, at: &At<'_>) {
        let message = format!("`{name}` is no property of the body");
        self.warn(Code::UnknownProperty, at, message, "name a property, or remove this");
    }
}

/// The operation once for each form of its body: the first under its own name, the others under one with a word more.
pub(super) fn in_forms(operation: Operation, forms: Vec<Form>) -> Vec<Operation> {
    if forms.is_empty() {
        return vec![operation];
    }
    let forms = forms.into_iter().enumerate();
    let in_form = forms.map(|(index, form)| {
        let mut operation = operation.clone();
        operation.arguments.extend(form.parts);
        operation
            .arguments
            .sort_by_key(|argument| (!argument.required, argument.location != Location::Path));
        operation.body = Some(form.body);
        if index > 0 {
            operation.name = format!("{} {}", operation.name, form.word);
            operation.paging = None;
        }
        operation
    });
    in_form.collect()
}

static NO_MEDIA_TYPE: std::sync::LazyLock<MediaType> = std::sync::LazyLock::new(MediaType::default);

fn is_scalar_schema(schema: &ReferenceOr<Schema>) -> bool {
    let ReferenceOr::Item(schema) = schema else { return true };
    matches!(
        schema.schema_kind,
        SchemaKind::Type(Type::String(_) | Type::Integer(_) | Type::Number(_) | Type::Boolean(_))
    )
}

/// Whether values of a media type are texts.
pub(super) fn is_text(media: &str) -> bool {
    essence(media).starts_with("text/")
}

/// The word for a form, as short as it says what it is.
fn word(kind: Kind, media: &str) -> String {
    let essence = essence(media);
    let subtype = essence.split('/').next_back().unwrap_or_default();
    match kind {
        Kind::Json | Kind::AnyMedia => "json".to_owned(),
        Kind::OtherJson => subtype.trim_end_matches("+json").to_owned(),
        Kind::Form => "form".to_owned(),
        Kind::MultipartWithFiles | Kind::Multipart => "multipart".to_owned(),
        Kind::Text if subtype == "plain" => "text".to_owned(),
        Kind::Xml => "xml".to_owned(),
        Kind::Upload if subtype == "octet-stream" || essence == "*/*" => "bytes".to_owned(),
        Kind::Upload if subtype == "*" => essence.trim_end_matches("/*").to_owned(),
        Kind::Text | Kind::Lines | Kind::Upload => subtype.to_owned(),
    }
}
