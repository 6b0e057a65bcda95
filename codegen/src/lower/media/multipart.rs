//! Bodies of parts: what the caller passes for each.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{Encoding, MediaType};

use super::{contents::Contents, style};
use crate::{
    at::At,
    diagnostic::Code,
    document::{Form, SchemaView, named_encodings},
    ir::{
        Access, Argument, BodyForm, Field, Location, Member, Presence, Primitive, Shape, Struct, Style, StyleShape,
        TypeId, TypeRef,
    },
    media_type::Media,
};

/// The default content type of a file.
pub(super) const OCTETS: &str = "application/octet-stream";

/// The default content type of text.
pub(super) const PLAIN: &str = "text/plain";

impl Contents<'_, '_> {
    /// A body of parts: an argument for each property.
    pub(super) fn multipart(
        &mut self,
        media: &Media<'_>,
        content: &MediaType,
        name: &str,
        at: &At<'_>,
    ) -> Option<(BodyForm, Vec<Argument>)> {
        let at = &at.key(media.key());
        let named = named_encodings(content);
        let fields = match self.schema_of(content) {
            None => None,
            Some(schema) if is_inline_object(schema) => {
                let object = self.types.object(schema, name);
                self.types.define_waiting();
                self.check_open(&object, at);
                if has_choices(&object) {
                    self.report_choices(at);
                }
                Some(self.fields_of(&object))
            }
            Some(schema) => {
                // A body of parts is never null.
                let ty = self.use_of(schema, name)?.ty;
                let fields = self.fields(&ty);
                if let Some(Shape::Struct(object)) = self.shape(&ty)
                    && has_choices(object)
                {
                    self.report_choices(at);
                }
                if fields.is_none() && !matches!(ty, TypeRef::Any | TypeRef::AnyObject) {
                    let message = "the caller provides the parts of this body: its schema is not in the client";
                    let help = "use `type: object` with a property for each part";
                    self.warn(Code::Weakened, &at.key("schema"), message, help);
                }
                fields
            }
        };
        // Each body has a boundary of its own.
        let media = media.without("boundary");
        let Some(fields) = fields else {
            if named.is_some() {
                let message = "the caller provides the parts of this body: their encoding is not in the client";
                let help = "declare a property for each part, or set the content type of each upload in the calling \
                    code";
                self.warn(Code::Weakened, &at.key("encoding"), message, help);
            }
            return Some((BodyForm::Parts { media }, Vec::new()));
        };
        for name in named.into_iter().flat_map(IndexMap::keys) {
            if !fields.iter().any(|field| field.name == *name) {
                self.unknown_part(name, &at.key("encoding").key(name));
            }
        }
        let sent = fields.into_iter().filter(|field| field.access != Access::ReadOnly);
        let parts = sent.map(|field| {
            let encoding = named.and_then(|named| named.get(&field.name));
            let at = at.key("encoding");
            let name = field.name.clone();
            self.part(field, encoding, &at.key(&name))
        });
        let parts = parts.collect();
        Some((BodyForm::Multipart { media }, parts))
    }

    /// Which parts go together is for the caller to know.
    fn report_choices(&mut self, at: &At<'_>) {
        let message = "the parts of all variants are optional: the client does not check which parts belong together";
        let help = "no action is needed: set the parts of one variant";
        self.warn(Code::Weakened, &at.key("schema"), message, help);
    }

    fn check_open(&mut self, object: &Struct, at: &At<'_>) {
        if object.additional.is_some() {
            let message = "parts that are not declared as properties cannot be sent";
            let help = "declare a property for each part that the server accepts";
            self.warn(Code::Weakened, &at.key("schema"), message, help);
        }
    }

    /// The argument for a part, with the content type that the document declares for it.
    pub(super) fn part(&mut self, field: Field, encoding: Option<&Encoding>, at: &At<'_>) -> Argument {
        let argument = self.encoded(field, encoding, at);
        let is_usual = argument.style == Style::usual(Location::Part);
        if argument.style.shape == StyleShape::Json || is_usual && is_json(&argument.ty) {
            let ty = self.as_json(argument.ty, at);
            return Argument { ty, ..argument };
        }
        argument
    }

    fn encoded(&mut self, field: Field, encoding: Option<&Encoding>, at: &At<'_>) -> Argument {
        let mut argument = Argument {
            required: field.is_required_in_requests(),
            name: field.name.clone(),
            docs: field.docs,
            location: Location::Part,
            style: Style::usual(Location::Part),
            media: None,
            choices: Vec::new(),
            ty: field.ty,
            deprecated: field.deprecated,
            origin: field.origin,
        };
        let Some(encoding) = encoding else { return argument };
        if let Some(style) = self.style_of_part(&argument.ty, encoding) {
            argument.style = style;
            return argument;
        }
        if self.is_otherwise_styled(&argument.ty, encoding) {
            let message = format!("the style of part `{}` is ignored", argument.name);
            let help = "set `contentType` for the part; styles apply only to forms";
            self.warn(Code::Weakened, &at.key("style"), message, help);
        }
        if !encoding.headers.is_empty() && !is_binary_type(&argument.ty) {
            let message = format!("the headers of part `{}` are ignored", argument.name);
            let help = "use a string of the format `binary`, because only files can have headers";
            self.warn(Code::Weakened, &at.key("headers"), message, help);
        }
        self.content_types(&mut argument, encoding, at);
        argument
    }

    /// The style of a list that is one part, its elements with a delimiter between them.
    fn style_of_part(&self, ty: &TypeRef, encoding: &Encoding) -> Option<Style> {
        let style = style::of_form(encoding.style.as_ref()?, encoding);
        let is_element = |ty: &TypeRef| self.is_scalar(ty) || matches!(ty, TypeRef::Any | TypeRef::Array(_));
        let is_list = matches!(ty, TypeRef::Array(items) if is_element(items));
        let is_joined = !style.explode && style.shape != StyleShape::DeepObject;
        let is_plain = encoding.content_type.is_none() && encoding.headers.is_empty() && !is_binary_type(ty);
        (is_list && is_joined && is_plain).then_some(style)
    }

    /// Whether a part has a style that makes a difference to it, other than the style that it is written in.
    fn is_otherwise_styled(&self, ty: &TypeRef, encoding: &Encoding) -> bool {
        let Some(style) = &encoding.style else { return false };
        let is_usual = style::of_form(style, encoding) == Style::usual(Location::Part);
        let is_as_ever = self.is_scalar(ty) || (is_usual && matches!(ty, TypeRef::Array(_)));
        !is_as_ever
    }

    /// The content types that the document declares for a part: the first is sent unless the caller chooses another one.
    fn content_types(&mut self, argument: &mut Argument, encoding: &Encoding, at: &At<'_>) {
        let declared = encoding.content_type.as_deref().unwrap_or_default();
        let listed = Media::list(declared);
        let types: Vec<&Media<'_>> = listed.iter().filter(|media| media.is_whole()).collect();
        if types.len() < listed.len() {
            let message = format!(
                "`{declared}` is not a media type or a comma-separated list of media types: the \
                invalid ones are ignored"
            );
            let help = "use media types separated by commas, such as `image/png, image/jpeg`";
            self.warn(Code::Weakened, &at.key("contentType"), message, help);
        }
        let Some(first) = types.first().copied() else { return };
        let is_file = is_binary_type(&argument.ty);
        let has_choice = types.len() > 1 || (first.is_range() && first.essence() != "*/*");
        let is_chosen = has_choice && is_string(&argument.ty) && !first.is_json();
        if !is_file && first.is_json() {
            argument.style = Style::of(StyleShape::Json);
        } else if !is_file && types.iter().all(|media| !self.is_written_as(&argument.ty, media)) {
            self.uploaded(argument, declared, at);
        }
        let usual = if is_binary_type(&argument.ty) { OCTETS } else { PLAIN };
        argument.media = sent(&types).filter(|media| has_choice || media != usual);
        if !has_choice {
            return;
        }
        if is_chosen || is_binary_type(&argument.ty) {
            argument.choices = types.iter().map(|media| media.as_str().to_owned()).collect();
        } else {
            let message = format!(
                "part `{}` is sent as `{}`: the client does not write the other content types",
                argument.name,
                first.as_str()
            );
            let help = "no action is needed, unless you need another content type: then use a string for the part";
            self.warn(Code::Weakened, &at.key("contentType"), message, help);
        }
    }

    /// Whether a member of a body is written in a media type as its schema describes it: objects only where that is JSON or
    /// of the type `text`, scalars wherever values are written in characters.
    pub(super) fn is_written_as(&self, ty: &TypeRef, media: &Media<'_>) -> bool {
        let is_scalar = self.is_scalar(ty) || is_string(ty);
        media.is_json() || media.is_of_type_text() || (is_scalar && media.is_text())
    }

    /// A part of a content type that its schema does not describe: the caller writes it.
    fn uploaded(&mut self, argument: &mut Argument, declared: &str, at: &At<'_>) {
        let binary = TypeRef::Primitive(Primitive::Binary);
        argument.ty = match &argument.ty {
            TypeRef::Array(items) if is_string(items) => TypeRef::Array(Box::new(binary)),
            ty if is_string(ty) => binary,
            _ => {
                let message = format!(
                    "the caller writes the content of part `{}` as `{declared}`",
                    argument.name
                );
                let help = "no action is needed, unless the server also accepts `application/json`";
                self.warn(Code::LeftToCaller, &at.key("contentType"), message, help);
                binary
            }
        };
    }

    /// The fields of a struct, those of its oneof groups and choices included.
    pub(super) fn fields(&self, ty: &TypeRef) -> Option<Vec<Field>> {
        match self.shape(ty) {
            Some(Shape::Struct(object)) => Some(self.fields_of(object)),
            _ => None,
        }
    }

    fn fields_of(&self, object: &Struct) -> Vec<Field> {
        let mut fields = Vec::new();
        self.collect_fields(object, &mut HashSet::new(), &mut fields);
        fields
    }

    /// What the arms of a choice hold may be left out; a field that was found before is what it was there.
    fn collect_fields(&self, object: &Struct, seen: &mut HashSet<TypeId>, into: &mut Vec<Field>) {
        let mut add = |field: &Field| {
            if into.iter().all(|known| known.name != field.name) {
                into.push(field.clone());
            }
        };
        let mut choices = Vec::new();
        for member in &object.members {
            match member {
                Member::Field(field) => add(field),
                Member::Oneof(oneof) => oneof.arms.iter().for_each(&mut add),
                Member::Flattened(part) => choices.push(&part.ty),
            }
        }
        while let Some(ty) = choices.pop() {
            let TypeRef::Named(id) = ty else { continue };
            if !seen.insert(*id) {
                continue;
            }
            match self.shape(ty) {
                Some(Shape::Union(union)) => choices.extend(union.arms.iter().rev().map(|arm| &arm.ty)),
                Some(Shape::Struct(object)) => {
                    let first = into.len();
                    self.collect_fields(object, seen, into);
                    for field in into.iter_mut().skip(first) {
                        field.presence = Presence::Optional;
                        field.required = false;
                    }
                }
                _ => {}
            }
        }
    }
}

fn has_choices(object: &Struct) -> bool {
    object
        .members
        .iter()
        .any(|member| matches!(member, Member::Flattened(_)))
}

/// Returns the content type of a part unless the caller sets another one: the first that is not a range. If all are ranges,
/// `text/*` becomes the default type of text, and the caller must set the type for any other range.
pub(super) fn sent(types: &[&Media<'_>]) -> Option<String> {
    let whole = types.iter().find(|media| !media.is_range());
    let first = whole.or(types.first())?;
    match first.essence() {
        "*/*" => None,
        "text/*" => Some(first.with_essence(PLAIN)),
        _ => Some(first.as_str().to_owned()),
    }
}

/// Whether values of a type, or the items of an array, are strings of any form.
fn is_string(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Primitive(Primitive::String) | TypeRef::Any => true,
        TypeRef::Array(items) => matches!(**items, TypeRef::Primitive(Primitive::String) | TypeRef::Any),
        _ => false,
    }
}

fn is_binary_type(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Primitive(primitive) => *primitive == Primitive::Binary,
        TypeRef::Array(items) => **items == TypeRef::Primitive(Primitive::Binary),
        _ => false,
    }
}

fn is_inline_object(schema: SchemaView<'_>) -> bool {
    schema.form() == Form::Object && !schema.properties().is_empty()
}

/// Whether a part is JSON without an encoding that says so: an object, and what is in a list that is a part itself.
fn is_json(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Map(_) => true,
        TypeRef::Array(inner) => matches!(**inner, TypeRef::Array(_)) || is_json(inner),
        TypeRef::Nullable(inner) => is_json(inner),
        TypeRef::Named(_) | TypeRef::Primitive(_) | TypeRef::Any | TypeRef::AnyObject => false,
    }
}
