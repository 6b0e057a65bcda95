//! Parts that are known by their positions: any number of one type, or one for each schema of `prefixItems`.

use openapiv3::{Encoding, MediaType};

use super::{
    contents::Contents,
    multipart::{OCTETS, PLAIN, sent},
};
use crate::{
    at::At,
    diagnostic::Code,
    document::{Form, Limit, Positions, SchemaView},
    ir::{
        Access, Argument, BodyForm, Field, HeaderForm, Location, Origin, PartForm, Presence, Primitive, Shape, Style,
        StyleShape, TypeRef,
    },
    media_type::Media,
};

const JSON: &str = "application/json";

/// What a multipart body is a sequence of.
#[derive(Clone, Copy)]
pub(super) enum Sequence<'d> {
    /// Any number of parts by this schema.
    Items(SchemaView<'d>),
    /// Parts by the schemas of `prefixItems` of this one.
    Positions(SchemaView<'d>),
}

/// Encodings that the client does not have.
struct Unused {
    /// The first index of `prefixEncoding`.
    prefix: usize,
    item: bool,
    reason: &'static str,
    help: &'static str,
}

impl<'d> Contents<'_, 'd> {
    /// What a multipart content is a sequence of; `None` where its parts have names.
    pub(super) fn sequence_of(&self, content: &MediaType) -> Option<Sequence<'d>> {
        let schema = self.schema_of(content)?;
        if schema.is_item_schema() {
            return Some(Sequence::Items(schema));
        }
        let array = schema.target().filter(|schema| schema.form() == Form::Array)?;
        if !array.prefix_items().is_empty() {
            return Some(Sequence::Positions(array));
        }
        array.items().map(Sequence::Items)
    }

    pub(super) fn has_items(&self, content: &MediaType) -> bool {
        matches!(self.sequence_of(content), Some(Sequence::Items(_)))
    }

    /// A body of parts without names.
    pub(super) fn sequence(
        &mut self,
        sequence: Sequence<'d>,
        (media, content): (&Media<'_>, &MediaType),
        name: &str,
        at: &At<'_>,
    ) -> Option<(BodyForm, Vec<Argument>)> {
        // Each body has a boundary of its own.
        let sent = media.without("boundary");
        if media.essence() == "multipart/form-data" {
            let message = "the caller names and writes the parts of this body: `multipart/form-data` requires names, \
                but the items of an array do not have names";
            let help = "use `type: object` with a property for each part, or use `multipart/mixed`";
            self.warn(Code::Weakened, at, message, help);
            return Some((BodyForm::Parts { media: sent }, Vec::new()));
        }
        match sequence {
            Sequence::Items(schema) => {
                let (part, part_media) = self.items(schema, content, name, at)?;
                let form = BodyForm::Items {
                    media: sent,
                    part,
                    part_media,
                };
                Some((form, Vec::new()))
            }
            Sequence::Positions(schema) => {
                let parts = self.positions(schema, content, name, at)?;
                Some((BodyForm::Positional { media: sent }, parts))
            }
        }
    }

    /// What the parts of a response hold.
    pub(super) fn parts(&mut self, content: &MediaType, name: &str, at: &At<'_>) -> Option<PartForm> {
        match self.sequence_of(content)? {
            Sequence::Items(schema) => self.items(schema, content, name, at).map(|(part, _)| part),
            Sequence::Positions(_) => Some(PartForm::Bytes),
        }
    }

    /// Reports encodings of positions in a body whose parts have names.
    pub(super) fn check_named(&mut self, content: &MediaType, at: &At<'_>) {
        let unused = Unused {
            prefix: 0,
            item: true,
            reason: "the schema of the body is not an array",
            help: "use `itemSchema` or a schema of `type: array`, or use `encoding`",
        };
        self.report_unused(content, &unused, at);
    }

    /// Reports encodings of positions in a response that is not taken apart.
    pub(super) fn check_whole(&mut self, content: &MediaType, at: &At<'_>) {
        let unused = Unused {
            prefix: 0,
            item: true,
            reason: "the client returns the body as bytes, with all its parts",
            help: "use `itemSchema`, if all parts have the same schema",
        };
        self.report_unused(content, &unused, at);
    }

    fn report_unused(&mut self, content: &MediaType, unused: &Unused, at: &At<'_>) {
        let positions = Positions::of(content);
        let (message, help) = (format!("this encoding is ignored: {}", unused.reason), unused.help);
        if let Some(index) = positions.prefix_from(unused.prefix) {
            let at = at.key("prefixEncoding");
            self.warn(Code::Weakened, &at.index(index), message.clone(), help);
        }
        if unused.item && positions.item().is_some() {
            self.warn(Code::Weakened, &at.key("itemEncoding"), message, help);
        }
    }

    /// What each part of a sequence holds, and its content type.
    fn items(
        &mut self,
        schema: SchemaView<'d>,
        content: &MediaType,
        name: &str,
        at: &At<'_>,
    ) -> Option<(PartForm, String)> {
        let unused = Unused {
            prefix: 0,
            item: false,
            reason: "the client uses one type for all parts",
            help: "use `prefixItems` if the parts differ",
        };
        self.report_unused(content, &unused, at);
        let encoding = Positions::of(content).item();
        self.item_form(schema, encoding, name, &at.key("itemEncoding"))
    }

    fn item_form(
        &mut self,
        schema: SchemaView<'d>,
        encoding: Option<&Encoding>,
        name: &str,
        at: &At<'_>,
    ) -> Option<(PartForm, String)> {
        let ty = self.use_of(schema, name)?.element().with_numbers_as_texts();
        let scalar = self.scalar_form(&ty);
        let is_open = matches!(ty, TypeRef::Any | TypeRef::Primitive(Primitive::Binary));
        let usual = match scalar {
            _ if is_open => OCTETS,
            Some(_) => PLAIN,
            None => JSON,
        };
        let declared = Media::list(
            encoding
                .and_then(|encoding| encoding.content_type.as_deref())
                .unwrap_or_default(),
        );
        let types: Vec<&Media<'_>> = declared.iter().filter(|media| media.is_whole()).collect();
        let media = sent(&types).unwrap_or_else(|| usual.to_owned());
        let written = Media::of(&media);
        let form = match scalar {
            _ if ty == TypeRef::Primitive(Primitive::Binary) => PartForm::Bytes,
            _ if written.is_json() || written.is_text_json() => PartForm::Json(ty),
            Some(HeaderForm::Literal) if written.is_of_type_text() => PartForm::Json(ty),
            Some(_) if written.is_of_type_text() => PartForm::Text(ty),
            None if !is_open => {
                let message = format!("the client returns a part of `{media}` as bytes: its schema is not in the type");
                let help = "use the content type `application/json`, if the server supports it";
                self.warn(Code::Weakened, &at.key("contentType"), message, help);
                PartForm::Bytes
            }
            _ => PartForm::Bytes,
        };
        if let Some(encoding) = encoding {
            self.check_item_encoding(encoding, (&declared, &media), form == PartForm::Bytes, at);
        }
        Some((form, media))
    }

    /// Reports what an encoding declares and the client does not have.
    fn check_item_encoding(
        &mut self,
        encoding: &Encoding,
        (declared, media): (&[Media<'_>], &str),
        is_upload: bool,
        at: &At<'_>,
    ) {
        if declared.iter().any(|media| !media.is_whole()) {
            let message = "one of these strings is not a media type: it is ignored";
            let help = "use media types separated by commas, such as `image/png, image/jpeg`";
            self.warn(Code::Weakened, &at.key("contentType"), message, help);
        }
        // An upload can have another content type.
        if declared.len() > 1 && !is_upload {
            let message = format!("the parts are sent as `{media}`: the client does not write the other content types");
            let help = "no action is needed, unless you need another content type: then use a string of the format \
                `binary` for a part";
            self.warn(Code::Weakened, &at.key("contentType"), message, help);
        }
        if !encoding.headers.is_empty() {
            let message = "headers that are declared for parts are not in the types of the client";
            let help = "read them from `Part::headers`, or set them with `Upload::header`";
            self.warn(Code::Weakened, &at.key("headers"), message, help);
        }
        if encoding.style.is_some() {
            let message = "the style of the parts is ignored";
            let help = "set `contentType` for the parts";
            self.warn(Code::Weakened, &at.key("style"), message, help);
        }
    }

    /// Makes an argument for each schema of `prefixItems`, and one for the parts after them.
    fn positions(
        &mut self,
        schema: SchemaView<'d>,
        content: &MediaType,
        name: &str,
        at: &At<'_>,
    ) -> Option<Vec<Argument>> {
        let prefix = schema.prefix_items();
        let positions = Positions::of(content);
        let min = schema.limits().iter().find_map(|limit| match limit {
            Limit::MinItems(min) => Some(*min),
            _ => None,
        });
        let is_shorter = |length: u64| usize::try_from(length).is_ok_and(|length| length < prefix.len());
        if is_shorter(min.unwrap_or_default()) {
            let message = "the method requires all parts, but the document allows the last ones to be omitted";
            let help = "add `minItems` with the number of the parts, if all of them are required";
            self.warn(Code::Weakened, &schema, message, help);
        }
        let width = prefix.len().to_string().len();
        let mut parts = Vec::with_capacity(prefix.len());
        for (index, item) in prefix.iter().enumerate() {
            let number = index.saturating_add(1);
            let used = self.use_of(item, &format!("{name}.{index}"))?;
            let field = Field {
                // Arguments are in the order of their names.
                name: format!("part{number:0width$}"),
                docs: used.docs.clone(),
                ty: used.element().with_numbers_as_texts(),
                presence: Presence::Required,
                required: true,
                access: Access::ReadWrite,
                deprecated: false,
                boxed: false,
                default: None,
                origin: Origin::Schema(item.id()),
            };
            let at = at.key("prefixEncoding");
            let at = at.index(index);
            let argument = self.part(field, positions.at(index), &at);
            parts.push(self.as_one_part(argument, item));
        }
        let rest = self.rest(schema, positions, name, at);
        let unused = Unused {
            prefix: prefix.len(),
            item: rest.is_none(),
            reason: "the client does not have an argument for this part",
            help: "remove it, or describe the part with `prefixItems` or `items`",
        };
        self.report_unused(content, &unused, at);
        parts.extend(rest);
        Some(parts)
    }

    /// Makes an argument exactly one part: otherwise an array would be several parts, and null none.
    fn as_one_part(&mut self, mut argument: Argument, schema: SchemaView<'d>) -> Argument {
        let binary = TypeRef::Primitive(Primitive::Binary);
        let is_json = argument.style.shape == StyleShape::Json;
        let is_styled = !is_json && argument.style != Style::usual(Location::Part);
        let is_files = matches!(&argument.ty, TypeRef::Array(items) if **items == binary);
        match &argument.ty {
            _ if is_styled || is_json && argument.media.is_some() && !is_files => {}
            TypeRef::Any => argument.ty = binary,
            ty if *ty == binary || self.scalar_form(ty).is_some() => {}
            TypeRef::Array(_) if argument.media.is_some() || is_files => {
                let message = format!(
                    "the caller writes part `{}`: its schema is not in the type",
                    argument.name
                );
                let help = "use the content type `application/json`, if the server supports it";
                self.warn(Code::Weakened, &schema, message, help);
                argument.ty = binary;
                argument.style = Style::usual(Location::Part);
            }
            _ => {
                argument.style = Style::of(StyleShape::Json);
                argument.media.get_or_insert_with(|| JSON.to_owned());
                argument.ty = self.as_json(argument.ty, &schema);
            }
        }
        argument
    }

    /// The argument for the parts after those of `prefixItems`.
    fn rest(&mut self, schema: SchemaView<'d>, positions: Positions<'_>, name: &str, at: &At<'_>) -> Option<Argument> {
        let number = schema.prefix_items().len();
        let ends = |limit: &Limit| matches!(limit, Limit::MaxItems(max) if usize::try_from(*max).is_ok_and(|max| max <= number));
        let items = schema.items().filter(|_| !schema.limits().iter().any(ends))?;
        if items.not().is_some_and(SchemaView::allows_anything) {
            return None;
        }
        let at = at.key("itemEncoding");
        let (form, media) = self.item_form(items, positions.item(), &format!("{name}.item"), &at)?;
        let (element, media) = match form {
            PartForm::Bytes => (
                TypeRef::Primitive(Primitive::Binary),
                Some(media).filter(|media| media != OCTETS),
            ),
            PartForm::Text(ty) => (ty, Some(media)),
            PartForm::Json(ty) if self.scalar_form(&ty).is_some() && Media::of(&media).is_of_type_text() => {
                (ty, Some(media))
            }
            PartForm::Json(ty) if media == JSON && self.is_object(&ty) => (ty, None),
            PartForm::Json(_) => {
                let message = format!("parts after part {number} cannot be sent");
                let help = "use objects, scalars or files for them";
                self.warn(Code::Weakened, &items, message, help);
                return None;
            }
        };
        Some(Argument {
            name: "rest".to_owned(),
            docs: format!("The parts after part {number}."),
            location: Location::Part,
            style: Style::usual(Location::Part),
            media,
            choices: Vec::new(),
            required: false,
            ty: TypeRef::Array(Box::new(element)),
            deprecated: false,
            origin: Origin::Nowhere,
        })
    }

    fn is_object(&self, ty: &TypeRef) -> bool {
        matches!(ty, TypeRef::Map(_) | TypeRef::AnyObject) || matches!(self.shape(ty), Some(Shape::Struct(_)))
    }
}
