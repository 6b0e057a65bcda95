//! Request bodies: the forms that an operation takes, and what each of them asks of the caller.

use openapiv3::{MediaType, ReferenceOr, RequestBody};

use super::{contents::Contents, style::of_form as style_of_form};
use crate::{
    at::At,
    diagnostic::Code,
    document::{Form as SchemaForm, SchemaView, named_encodings},
    ir::{
        Argument, Body, BodyForm, Constraint, Location, Operation, Origin, Primitive, Shape, Style, StyleShape, TypeRef,
    },
    lower::follow::{Section, name_in_component},
    media_type::Media,
};

/// One form of a body.
pub(in crate::lower) struct Form {
    pub(in crate::lower) body: Body,
    /// What the caller passes for its parts.
    pub(in crate::lower) parts: Vec<Argument>,
    /// The word that tells a method of this form from the operation's own.
    pub(in crate::lower) word: String,
}

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

impl<'d> Contents<'_, 'd> {
    /// The request bodies among the components.
    pub(in crate::lower) fn bodies(&self) -> Section<'d, RequestBody> {
        let components = self.types.document.openapi.components.as_ref();
        Section {
            kind: "body",
            name: "requestBodies",
            components: components.map(|components| &components.request_bodies),
        }
    }

    /// The forms of a body, the preferred one first.
    pub(in crate::lower) fn forms(
        &mut self,
        body: &'d ReferenceOr<RequestBody>,
        id: &str,
        at: &At<'_>,
    ) -> Option<Vec<Form>> {
        let (body, pointer) = self.bodies().follow(body, at, &mut self.types.report)?;
        // A body that is a component is named after it.
        let (id, name) = match name_in_component(&pointer) {
            Some(name) => (name.clone(), name),
            None => (id.to_owned(), format!("{id}.body")),
        };
        let at = At::of(&pointer);
        let at = &at.key("content");
        let mut media: Vec<(Kind, Media<'d>, &'d MediaType)> = Vec::with_capacity(body.content.len());
        for (name, content) in &body.content {
            let name = Media::of(name);
            if self.is_media_type(&name, at)? {
                media.push((self.kind(&name, content), name, content));
            }
        }
        media.sort_by_key(|(kind, ..)| *kind);
        self.leave_out_other_names(&mut media, at);
        if media.is_empty() {
            // It is unknown what the server accepts, so the caller may send anything.
            media.push((Kind::Upload, Media::of("*/*"), &NO_MEDIA_TYPE));
        }
        let mut forms: Vec<Form> = Vec::with_capacity(media.len());
        for (index, (kind, media, content)) in media.into_iter().enumerate() {
            self.check_encoding(kind, content, &at.key(media.key()));
            let word = word(kind, &media);
            let type_name = if index == 0 {
                name.clone()
            } else {
                format!("{id}.{word}.body")
            };
            let (form, parts) = self.form(kind, &media, content, &type_name, at)?;
            let is_taken = forms.iter().any(|form| form.word == word);
            let word = if is_taken { media.key().to_owned() } else { word };
            let constraints = self.constraints_of_body(&form, content);
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

    fn constraints_of_body(&mut self, form: &BodyForm, content: &MediaType) -> Vec<Constraint> {
        match (form, self.schema_of(content)) {
            (BodyForm::Json { ty, .. } | BodyForm::Form { ty, .. }, Some(schema)) => {
                self.types.rules.of_value(schema, ty, &mut self.types.report)
            }
            _ => Vec::new(),
        }
    }

    fn kind(&self, media: &Media<'_>, content: &MediaType) -> Kind {
        match media {
            _ if media.is_plain_json() => Kind::Json,
            _ if media.is_lines() && !self.is_raw(content) => Kind::Lines,
            _ if media.is_json() || media.is_text_json() => Kind::OtherJson,
            _ if media.essence() == "*/*" && !self.is_raw(content) => Kind::AnyMedia,
            _ if media.is_form() => Kind::Form,
            _ if media.is_multipart() && self.has_files(content) => Kind::MultipartWithFiles,
            _ if media.is_multipart() => Kind::Multipart,
            _ if media.is_xml() => Kind::Xml,
            _ if media.is_of_type_text() => Kind::Text,
            _ => Kind::Upload,
        }
    }

    /// Other names of JSON that say the same as the one that is used.
    fn leave_out_other_names(&mut self, media: &mut Vec<(Kind, Media<'d>, &'d MediaType)>, at: &At<'_>) {
        let Some((Kind::Json | Kind::OtherJson | Kind::AnyMedia, first, chosen)) = media.first().cloned() else {
            return;
        };
        media.retain(|(kind, name, content)| {
            let says_the_same = match kind {
                Kind::Json | Kind::AnyMedia => true,
                Kind::OtherJson => name.is_range() || name.is_text_json(),
                _ => false,
            };
            if *name == first || !says_the_same {
                return true;
            }
            if self.describe_the_same(content, chosen) {
                return false;
            }
            let message = format!(
                "media type `{}` is ignored: the client uses `{}`",
                name.key(),
                first.key()
            );
            let help = "no action is needed, unless you need that media type";
            self.warn(Code::UnusedMediaType, &at.key(name.key()), message, help);
            false
        });
    }

    /// Only forms and bodies of parts are encoded.
    fn check_encoding(&mut self, kind: Kind, content: &MediaType, at: &At<'_>) {
        let is_encoded = matches!(kind, Kind::Form | Kind::Multipart | Kind::MultipartWithFiles);
        if !is_encoded && named_encodings(content).is_some() {
            let message = "`encoding` has no effect on a body of this media type: it is ignored";
            let help = "remove it, or use a form or a multipart body";
            self.warn(Code::IneffectiveKeyword, &at.key("encoding"), message, help);
        }
    }

    fn form(
        &mut self,
        kind: Kind,
        media: &Media<'_>,
        content: &MediaType,
        name: &str,
        at: &At<'_>,
    ) -> Option<(BodyForm, Vec<Argument>)> {
        let alone = |form| Some((form, Vec::new()));
        match kind {
            Kind::Json | Kind::OtherJson | Kind::AnyMedia => {
                let ty = self.held(content, name)?;
                let media = if media.is_range() {
                    media.with_essence("application/json")
                } else {
                    media.as_str().to_owned()
                };
                alone(BodyForm::Json { media, ty })
            }
            Kind::Form => {
                let ty = match self.held(content, name)? {
                    // A form is never null.
                    TypeRef::Nullable(inner) => *inner,
                    ty => ty,
                };
                if matches!(ty, TypeRef::Primitive(_) | TypeRef::Array(_)) {
                    return alone(self.upload(media, content, at));
                }
                let styles = self.form_styles(&ty, content, &at.key(media.key()));
                let media = media.as_str().to_owned();
                alone(BodyForm::Form { media, ty, styles })
            }
            Kind::Lines => {
                let ty = self.held_in_each(content, name)?;
                alone(BodyForm::Lines {
                    media: media.as_str().to_owned(),
                    ty,
                })
            }
            Kind::MultipartWithFiles | Kind::Multipart => match self.sequence_of(content) {
                Some(sequence) => self.sequence(sequence, (media, content), name, &at.key(media.key())),
                None => {
                    self.check_named(content, &at.key(media.key()));
                    self.multipart(media, content, name, at)
                }
            },
            Kind::Text => match self.schema_of(content) {
                Some(schema) if self.is_raw(content) || is_scalar_schema(schema) => {
                    let ty = self.use_of(schema, name)?.ty;
                    if ty == TypeRef::Primitive(Primitive::Binary) || !self.is_scalar(&ty) {
                        return alone(self.upload(media, content, at));
                    }
                    let media = media.as_str().to_owned();
                    alone(BodyForm::Text { media, ty })
                }
                _ => alone(self.upload(media, content, at)),
            },
            Kind::Upload | Kind::Xml => alone(self.upload(media, content, at)),
        }
    }

    /// A body that the caller writes.
    fn upload(&mut self, media: &Media<'_>, content: &MediaType, at: &At<'_>) -> BodyForm {
        if !self.is_raw(content) {
            let message = format!(
                "the caller writes the body `{}`: its schema is not in the client",
                media.key()
            );
            let help = "add `application/json`, if the server accepts it";
            self.warn(Code::Weakened, &at.key(media.key()).key("schema"), message, help);
        }
        BodyForm::Upload {
            media: media.as_str().to_owned(),
        }
    }

    /// Whether a property of the content is a file, as far as that shows without looking into its parts.
    fn has_files(&self, content: &MediaType) -> bool {
        let schema = self.schema_of(content).and_then(SchemaView::target);
        match schema {
            Some(schema) if schema.form() == SchemaForm::Object => {
                schema.properties().iter().any(|(_, property)| is_file(property))
            }
            _ => true,
        }
    }

    /// The members of a form that are written in another style than the usual one.
    fn form_styles(&mut self, ty: &TypeRef, content: &MediaType, at: &At<'_>) -> Vec<(String, Style)> {
        let at = at.key("encoding");
        let fields = self.fields(ty);
        let mut styles = Vec::new();
        for (name, encoding) in named_encodings(content).into_iter().flatten() {
            let at = at.key(name);
            if !encoding.headers.is_empty() {
                let message = format!(
                    "the headers of property `{name}` are ignored, because the fields of a form do \
                    not have headers"
                );
                self.warn(Code::IneffectiveKeyword, &at.key("headers"), message, "remove them");
            }
            let field = fields.iter().flatten().find(|field| field.name == *name);
            if fields.is_some() && field.is_none() {
                self.unknown_part(name, &at);
                continue;
            }
            let ty = field.map_or(&TypeRef::Any, |field| &field.ty);
            let media = encoding.content_type.as_deref().map(Media::of);
            let style = match (&encoding.style, &media) {
                (Some(style), _) => style_of_form(style, encoding),
                (None, Some(media)) if media.is_json() && !self.is_scalar(ty) => Style::of(StyleShape::Json),
                (None, Some(media)) if !self.is_written_as(ty, media) => {
                    let message = format!("content type `{}` is ignored for a field of a form", media.key());
                    let help = "use a string for the property, and write its content in the calling code";
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
                TypeRef::Named(_) if matches!(self.shape(ty), Some(Shape::Struct(_))) => StyleShape::Json,
                _ => StyleShape::Form,
            };
            if style != Style::of(usual) {
                styles.push((name.clone(), style));
            }
        }
        // The order of `encoding` has no meaning.
        styles.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        styles
    }
}

/// The operation once for each form of its body: the first under its own name, the others under one with a word more.
pub(in crate::lower) fn in_forms(operation: Operation, forms: Vec<Form>) -> Vec<Operation> {
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
            operation.origin = Origin::Nowhere;
        }
        operation
    });
    in_form.collect()
}

static NO_MEDIA_TYPE: std::sync::LazyLock<MediaType> = std::sync::LazyLock::new(MediaType::default);

fn is_scalar_schema(schema: SchemaView<'_>) -> bool {
    use SchemaForm::{Boolean, Integer, Number, String};
    schema.is_reference() || matches!(schema.form(), String | Integer | Number | Boolean)
}

fn is_file(schema: SchemaView<'_>) -> bool {
    match schema.form() {
        SchemaForm::String => schema.format() == Some("binary"),
        SchemaForm::Array => schema.items().is_some_and(is_file),
        _ => false,
    }
}

/// The word for a form, as short as it says what it is.
fn word(kind: Kind, media: &Media<'_>) -> String {
    let (essence, subtype) = (media.essence(), media.subtype());
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
