//! Headers of answers: what the client reads of them.

use openapiv3::{ParameterSchemaOrContent, Response};

use super::{contents::Contents, style::is_number};
use crate::{
    at::At,
    diagnostic::Code,
    document::SchemaView,
    ir::{Access, Header, HeaderForm, Primitive, Shape, TypeRef, ValueKind},
    lower::{
        facts::Meaning,
        follow::{Section, name_in_component},
        token::is_token,
        types::Use,
    },
    media_type::Media,
};

/// A header as a response declares it.
pub(super) struct Declared<'d> {
    name: &'d str,
    header: &'d openapiv3::Header,
    pointer: String,
}

impl<'d> Contents<'_, 'd> {
    /// The headers of a response that no other one has declared in the same words.
    pub(super) fn declared_headers(&mut self, response: &'d Response, at: &At<'_>, into: &mut Vec<Declared<'d>>) {
        let at = at.key("headers");
        for (name, header) in &response.headers {
            let here = at.key(name);
            if name.eq_ignore_ascii_case("Content-Type") {
                let message = format!("response header `{name}` has no effect in OpenAPI: it is ignored");
                let help = "use the media types of `content` instead, and remove the header";
                self.warn(Code::ReservedHeader, &here, message, help);
                continue;
            }
            if !is_token(name) {
                let message = format!("`{name}` is not a valid header name: it is ignored");
                self.warn(Code::Weakened, &here, message, "use letters, digits and dashes");
                continue;
            }
            let components = self.types.document.openapi.components.as_ref();
            let section = Section {
                kind: "header",
                name: "headers",
                components: components.map(|components| &components.headers),
            };
            let Some((header, pointer)) = section.follow(header, &here, &mut self.types.report) else {
                continue;
            };
            let mut others = into.iter();
            let is_known = |other: &Declared<'d>| is_same(other.name, name) && self.are_alike(other.header, header);
            if !others.any(is_known) {
                into.push(Declared { name, header, pointer });
            }
        }
    }

    /// One header of each name, sorted by name.
    pub(super) fn headers(&mut self, declared: Vec<Declared<'d>>, id: &str) -> Vec<Header> {
        let mut headers: Vec<Header> = Vec::with_capacity(declared.len());
        for declared in declared {
            let at = At::of(&declared.pointer);
            self.types
                .report
                .unknown_extensions(&declared.header.extensions, &[], &at);
            let Some(header) = self.header(&declared, id, &at) else {
                continue;
            };
            let Some(known) = headers.iter_mut().find(|known| is_same(&known.name, &header.name)) else {
                headers.push(header);
                continue;
            };
            if (known.form, &known.ty) != (header.form, &header.ty) {
                (known.form, known.ty) = text();
                let message = format!(
                    "header `{}` is declared differently in the responses of the operation: the client returns it as \
                    a string",
                    header.name
                );
                self.warn(Code::Weakened, &at, message, "declare it once, and refer to it");
            }
        }
        headers.sort_by(|a, b| a.name.cmp(&b.name));
        headers
    }

    fn header(&mut self, declared: &Declared<'d>, id: &str, at: &At<'_>) -> Option<Header> {
        let Declared { name, header, pointer } = declared;
        let response = pointer.rsplit_once("/headers/").map_or("", |(response, _)| response);
        let owner = name_in_component(response).unwrap_or_else(|| id.to_owned());
        let own = match pointer.strip_prefix("/components/headers/") {
            Some(component) => format!("headers.{component}"),
            None => format!("{owner}.header.{name}"),
        };
        let (value, schema, is_json) = match &header.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let schema = self.schema(schema)?;
                let value = if self.is_compound_schema(schema) {
                    // No type of its own is made for what no header is read as.
                    Use::of(TypeRef::AnyObject, false, Access::ReadOnly)
                } else {
                    self.use_of(schema, &own)?
                };
                (value, Some(schema), false)
            }
            ParameterSchemaOrContent::Content(content) => {
                let described = content.first().filter(|(media, _)| Media::of(media).is_json());
                let schema = described.and_then(|(_, content)| self.schema_of(content));
                let unread = content.iter().find(|(_, content)| content.schema.is_some());
                if let (None, Some((media, _))) = (schema, unread) {
                    let message =
                        format!("the client returns header `{name}` as a string: its schema is not in the type");
                    let help = "use `schema`, or the content `application/json`";
                    self.warn(Code::Weakened, &at.key("content").key(media), message, help);
                }
                let value = match schema {
                    Some(schema) => self.use_of(schema, &own)?,
                    None => Use::of(TypeRef::Any, false, Access::ReadOnly),
                };
                (value, schema, described.is_some())
            }
        };
        let docs = self.argument_docs(header.description.as_deref(), &value.docs, schema);
        let (form, ty) = if is_json {
            (HeaderForm::Json, value.ty.with_numbers_as_texts())
        } else {
            self.form_of_header(name, value.ty, at)
        };
        Some(Header {
            name: (*name).to_owned(),
            docs,
            form,
            ty,
            deprecated: header.deprecated.unwrap_or_default() || value.deprecated,
        })
    }

    /// Whether two headers describe the same values in the same way.
    fn are_alike(&self, a: &openapiv3::Header, b: &openapiv3::Header) -> bool {
        match (&a.format, &b.format) {
            (ParameterSchemaOrContent::Schema(a), ParameterSchemaOrContent::Schema(b)) => {
                let schemas = self.schema(a).zip(self.schema(b));
                schemas.is_some_and(|(a, b)| a.same_as(b))
            }
            (ParameterSchemaOrContent::Content(a), ParameterSchemaOrContent::Content(b)) => {
                let is_same = |media: &String| match (a.get(media), b.get(media)) {
                    (Some(a), Some(b)) => self.describe_the_same(a, b),
                    _ => false,
                };
                a.len() == b.len() && a.keys().all(is_same)
            }
            _ => false,
        }
    }

    fn is_compound_schema(&self, schema: SchemaView<'d>) -> bool {
        let is_compound =
            |meaning: &Meaning<'_>| matches!(meaning, Meaning::Struct | Meaning::Union(..) | Meaning::Tuple);
        !schema.is_reference() && is_compound(self.types.facts.meanings.of(schema))
    }

    /// How a value of a type is read from a header, and the type of what is read.
    fn form_of_header(&mut self, name: &str, ty: TypeRef, at: &At<'_>) -> (HeaderForm, TypeRef) {
        let ty = ty.with_numbers_as_texts();
        match ty {
            TypeRef::Any => text(),
            TypeRef::Nullable(inner) => self.form_of_header(name, *inner, at),
            TypeRef::Array(items) if *items == TypeRef::Any => {
                let texts = TypeRef::Array(Box::new(TypeRef::Primitive(Primitive::String)));
                (HeaderForm::Texts, texts)
            }
            TypeRef::Array(items) if self.scalar_form(&items).is_some() => {
                let is_literal = self.scalar_form(&items) == Some(HeaderForm::Literal);
                let form = if is_literal {
                    HeaderForm::Literals
                } else {
                    HeaderForm::Texts
                };
                (form, TypeRef::Array(items))
            }
            ty => match self.scalar_form(&ty) {
                Some(form) => (form, ty),
                None => {
                    let message =
                        format!("the client returns header `{name}` as a string: its schema is not in the type");
                    let help = "use a scalar, an array of scalars, or the content `application/json`";
                    self.warn(Code::Weakened, &at.key("schema"), message, help);
                    text()
                }
            },
        }
    }

    /// Returns whether a scalar is JSON in a header, or a string; `None` if the type is not a scalar.
    pub(super) fn scalar_form(&self, ty: &TypeRef) -> Option<HeaderForm> {
        let is_literal = match ty {
            TypeRef::Primitive(Primitive::AnyMessage) => return None,
            TypeRef::Primitive(primitive) => is_number(*primitive),
            TypeRef::Named(_) => match self.shape(ty)? {
                Shape::Enum(_) | Shape::Newtype(_) => false,
                Shape::ValueEnum(values) if values.kind == ValueKind::Any => return None,
                Shape::ValueEnum(_) => true,
                Shape::Constant(constant) => !constant.json.starts_with('"'),
                _ => return None,
            },
            _ => return None,
        };
        Some(if is_literal {
            HeaderForm::Literal
        } else {
            HeaderForm::Text
        })
    }
}

fn text() -> (HeaderForm, TypeRef) {
    (HeaderForm::Text, TypeRef::Primitive(Primitive::String))
}

fn is_same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}
