//! What a content holds: the ground of bodies, responses, headers and parameters.

use openapiv3::{MediaType, ReferenceOr, Schema};

use crate::{
    at::At,
    diagnostic::Code,
    document::{Form, SchemaView},
    ir::{Shape, TypeRef},
    lower::{
        report::Locate,
        types::{Types, Use},
    },
    media_type::Media,
};

/// Makes types of contents.
pub(in crate::lower) struct Contents<'a, 'd> {
    pub(in crate::lower) types: Types<'a, 'd>,
}

impl<'d> Contents<'_, 'd> {
    pub(in crate::lower) fn warn(
        &mut self,
        code: Code,
        at: &impl Locate,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.types.report.warn(code, at, message, help);
    }

    pub(in crate::lower) fn error(
        &mut self,
        code: Code,
        at: &impl Locate,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.types.report.error(code, at, message, help);
    }

    /// The schema that one of `openapiv3`'s objects holds.
    pub(in crate::lower) fn schema(&self, handle: &ReferenceOr<Schema>) -> Option<SchemaView<'d>> {
        let schemas = &self.types.document.schemas;
        schemas.id_of(handle).map(|id| schemas.view(id))
    }

    /// The schema of a content.
    pub(super) fn schema_of(&self, content: &MediaType) -> Option<SchemaView<'d>> {
        self.schema(content.schema.as_ref()?)
    }

    /// What a schema means here; all types that it names are defined afterwards.
    pub(in crate::lower) fn use_of(&mut self, schema: SchemaView<'d>, name: &str) -> Option<Use> {
        let used = self.types.use_of(schema, name);
        self.types.define_waiting();
        used
    }

    /// What a named type is made of.
    pub(in crate::lower) fn shape(&self, ty: &TypeRef) -> Option<&Shape> {
        match ty {
            TypeRef::Named(id) => self.types.registry.shape(*id),
            _ => None,
        }
    }

    /// What a content holds that occurs here; without a schema, anything.
    pub(in crate::lower) fn held(&mut self, content: &MediaType, name: &str) -> Option<TypeRef> {
        let Some(schema) = self.schema_of(content) else {
            return Some(TypeRef::Any);
        };
        let ty = self.use_of(schema, name)?.element();
        Some(self.as_json(ty, &schema))
    }

    /// The type of JSON that is not in a property: only fields say which of their numbers are in strings.
    pub(in crate::lower) fn as_json(&mut self, ty: TypeRef, at: &impl Locate) -> TypeRef {
        if !ty.has_quoted_numbers() {
            return ty;
        }
        let message = "a number in a string is converted only in properties: elsewhere in JSON it stays a string";
        let help = "parse the string, or move it into an object";
        self.warn(Code::Weakened, at, message, help);
        ty.with_numbers_as_texts()
    }

    /// What one of the values holds that a content consists of. An array means all of them, unless the schema is that of
    /// one item.
    pub(super) fn held_in_each(&mut self, content: &MediaType, name: &str) -> Option<TypeRef> {
        let is_item = self.schema_of(content).is_some_and(SchemaView::is_item_schema);
        let ty = self.held(content, name)?;
        if is_item {
            return Some(ty);
        }
        // Null instead of an array would be no lines either.
        let list = match ty {
            TypeRef::Nullable(inner) if matches!(*inner, TypeRef::Array(_)) => *inner,
            ty => ty,
        };
        Some(match list {
            TypeRef::Array(items) => *items,
            ty => ty,
        })
    }

    /// Whether a content is described as bytes or text and no more.
    pub(super) fn is_raw(&self, content: &MediaType) -> bool {
        let Some(schema) = self.schema_of(content) else {
            return true;
        };
        let Some(schema) = schema.target() else { return false };
        match schema.form() {
            Form::String => schema.values().is_empty(),
            Form::Open => schema.allows_anything(),
            _ => false,
        }
    }

    /// Whether two contents describe the same values.
    pub(super) fn describe_the_same(&self, a: &MediaType, b: &MediaType) -> bool {
        match (self.schema_of(a), self.schema_of(b)) {
            (Some(a), Some(b)) => a.describes_same_values_as(b),
            (a, b) => a.is_none() && b.is_none(),
        }
    }

    /// The description of a parameter or a header with the limits of its schema; without one, that of the schema.
    pub(in crate::lower) fn argument_docs(
        &self,
        description: Option<&str>,
        schema_docs: &str,
        schema: Option<SchemaView<'d>>,
    ) -> String {
        match (description, schema) {
            (Some(description), Some(schema)) if !schema.is_reference() => self.types.with_limits(description, schema),
            (Some(description), _) => description.to_owned(),
            (None, _) => schema_docs.to_owned(),
        }
    }

    /// Reports an encoding of what the body does not have.
    pub(super) fn unknown_part(&mut self, name: &str, at: &At<'_>) {
        let message = format!("`{name}` is not a property of the body");
        self.warn(
            Code::UnknownProperty,
            at,
            message,
            "use the name of a property, or remove this entry",
        );
    }

    /// A media type goes into a header as it is. What is a word and no more is left out.
    pub(super) fn is_media_type(&mut self, media: &Media<'_>, at: &At<'_>) -> Option<bool> {
        /// What ends the name of a media type in a header, or occurs in none.
        const NOT_IN_NAMES: &[char] = &['"', '\\', '(', ')', '<', '>', '@', ':', '?', '=', '[', ']', '{', '}'];
        let is_printable = |text: &str| text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let message = "this is not a valid media type";
        let help = "use a media type such as `application/json`";
        let written = media.key();
        if is_printable(written) && !media.is_whole() {
            let message = format!("{message}: it is ignored");
            self.warn(Code::Weakened, &at.key(written), message, help);
            return Some(false);
        }
        if is_printable(written) && !media.essence().contains(NOT_IN_NAMES) {
            return Some(true);
        }
        self.error(Code::InvalidValue, &at.key(written), message, help);
        None
    }
}
