//! Bodies of parts: what the caller passes for each.

use std::collections::HashSet;

use openapiv3::{Encoding, MediaType, ReferenceOr, Schema, SchemaKind, Type};

use super::{Lowering, body::is_text, operation::is_json, schema::element};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{
        Access, Argument, BodyForm, Field, Location, Member, Presence, Primitive, Shape, Struct, Style, StyleShape,
        TypeId, TypeRef,
    },
};

/// What a file is where nobody says more.
const OCTETS: &str = "application/octet-stream";

impl<'d> Lowering<'d> {
    /// A body of parts: an argument for each property.
    pub(super) fn multipart(
        &mut self,
        media: &str,
        content: &'d MediaType,
        name: &str,
        at: &At<'_>,
    ) -> Option<(BodyForm, Vec<Argument>)> {
        let at = &at.key(media);
        let fields = match &content.schema {
            None => None,
            Some(ReferenceOr::Item(schema)) if is_inline_object(schema) => {
                let object = self.object(schema, name, &at.key("schema"));
                self.check_open(&object, at);
                if has_choices(&object) {
                    self.report_choices(at);
                }
                Some(self.fields_of(&object))
            }
            Some(schema) => {
                let ty = element(self.use_of(schema, name, &at.key("schema"))?);
                let fields = self.fields(&ty);
                if let TypeRef::Named(id) = &ty
                    && let Some(Shape::Struct(object)) = self.types[id.index()].as_ref().map(|def| &def.shape)
                    && has_choices(object)
                {
                    self.report_choices(at);
                }
                if fields.is_none() && !matches!(ty, TypeRef::Any | TypeRef::AnyObject) {
                    let message = "the parts of this body are what the caller gives: its schema is not in the client";
                    let help = "give it `type: object` and a property for each part";
                    self.warn(Code::Weakened, &at.key("schema"), message, help);
                }
                fields
            }
        };
        let media = media.to_owned();
        let Some(fields) = fields else {
            if !content.encoding.is_empty() {
                let message = "the parts of this body are what the caller gives: their encoding is not in the client";
                let help = "give the schema a property for each part, or a content type to each upload";
                self.warn(Code::Weakened, &at.key("encoding"), message, help);
            }
            return Some((BodyForm::Parts { media }, Vec::new()));
        };
        for name in content.encoding.keys() {
            if !fields.iter().any(|field| field.name == *name) {
                self.unknown_part(name, &at.key("encoding").key(name));
            }
        }
        let sent = fields.into_iter().filter(|field| field.access != Access::ReadOnly);
        let parts = sent.map(|field| {
            let encoding = content.encoding.get(&field.name);
            self.part(field, encoding, &at.key("encoding"))
        });
        let parts = parts.collect();
        Some((BodyForm::Multipart { media }, parts))
    }

    /// Which parts go together is for the caller to know.
    fn report_choices(&mut self, at: &At<'_>) {
        let message = "the parts of all alternatives can be given or left out: which go together is not checked";
        let help = "nothing to do: give the parts of one alternative";
        self.warn(Code::Weakened, &at.key("schema"), message, help);
    }

    fn check_open(&mut self, object: &Struct, at: &At<'_>) {
        if object.additional.is_some() {
            let message = "parts beyond those that are named cannot be sent";
            let help = "name the parts that the server takes";
            self.warn(Code::Weakened, &at.key("schema"), message, help);
        }
    }

    /// The argument for a part, with the content type that the document declares for it.
    fn part(&mut self, field: Field, encoding: Option<&Encoding>, at: &At<'_>) -> Argument {
        let at = &at.key(&field.name);
        let mut argument = Argument {
            required: field.presence.is_required(),
            name: field.name.clone(),
            docs: field.docs,
            location: Location::Part,
            style: Style::usual(Location::Part),
            media: None,
            ty: field.ty,
            deprecated: field.deprecated,
        };
        let Some(encoding) = encoding else { return argument };
        if encoding.style.is_some() {
            let message = format!("the part `{}` is written without this style", argument.name);
            let help = "styles are for forms; give the part a content type";
            self.warn(Code::Weakened, &at.key("style"), message, help);
        }
        if !encoding.headers.is_empty() && !is_binary_type(&argument.ty) {
            let message = format!("the part `{}` is sent without headers of its own", argument.name);
            let help = "headers can be given to files only: let it be a text of the format `binary`";
            self.warn(Code::Weakened, &at.key("headers"), message, help);
        }
        let declared = encoding.content_type.as_deref().unwrap_or_default();
        // Of several the caller chooses by the upload that it gives.
        let one = Some(declared).filter(|media| media.contains('/') && !media.contains([',', '*']));
        if is_binary_type(&argument.ty) {
            argument.media = one.filter(|media| *media != OCTETS).map(str::to_owned);
        } else if one.is_some_and(is_json) {
            argument.media = one.map(str::to_owned);
            argument.style = Style::of(StyleShape::Json);
        } else if declared.contains('/')
            && declared
                .split(',')
                .all(|media| !is_text(media.trim()) && !is_json(media))
        {
            self.uploaded(&mut argument, declared, at);
            argument.media = one.filter(|media| *media != OCTETS).map(str::to_owned);
        } else {
            argument.media = one.filter(|media| *media != "text/plain").map(str::to_owned);
        }
        argument
    }

    /// A part of a content type that its schema does not describe: the caller writes it.
    fn uploaded(&mut self, argument: &mut Argument, declared: &str, at: &At<'_>) {
        let is_text = |ty: &TypeRef| matches!(ty, TypeRef::Primitive(Primitive::String) | TypeRef::Any);
        let binary = TypeRef::Primitive(Primitive::Binary);
        argument.ty = match &argument.ty {
            TypeRef::Array(items) if is_text(items) => TypeRef::Array(Box::new(binary)),
            ty if is_text(ty) => binary,
            _ => {
                let message = format!("the part `{}` is `{declared}`, which the caller writes", argument.name);
                let help = "nothing to do, unless the server takes it as `application/json` too";
                self.warn(Code::LeftToCaller, &at.key("contentType"), message, help);
                binary
            }
        };
    }

    /// The fields of a struct, those of its oneof groups and choices included.
    pub(super) fn fields(&self, ty: &TypeRef) -> Option<Vec<Field>> {
        let TypeRef::Named(id) = ty else { return None };
        match self.types[id.index()].as_ref().map(|def| &def.shape) {
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
                Member::Part(part) => choices.push(&part.ty),
            }
        }
        while let Some(ty) = choices.pop() {
            let TypeRef::Named(id) = ty else { continue };
            if !seen.insert(*id) {
                continue;
            }
            match self.types[id.index()].as_ref().map(|def| &def.shape) {
                Some(Shape::Union(union)) => choices.extend(union.arms.iter().rev().map(|arm| &arm.ty)),
                Some(Shape::Struct(object)) => {
                    let first = into.len();
                    self.collect_fields(object, seen, into);
                    for field in into.iter_mut().skip(first) {
                        field.presence = Presence::Optional;
                    }
                }
                _ => {}
            }
        }
    }
}

fn has_choices(object: &Struct) -> bool {
    object.members.iter().any(|member| matches!(member, Member::Part(_)))
}

fn is_binary_type(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Primitive(primitive) => *primitive == Primitive::Binary,
        TypeRef::Array(items) => **items == TypeRef::Primitive(Primitive::Binary),
        _ => false,
    }
}

fn is_inline_object(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Type(Type::Object(object)) if !object.properties.is_empty())
}
