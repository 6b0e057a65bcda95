//! The extensions of schemas: `x-client-enum-prefix`, `x-client-oneof`, `x-client-update-mask`.

use indexmap::IndexMap;
use serde::Deserialize;

use super::uses::Types;
use crate::{
    at::At,
    diagnostic::Code,
    document::SchemaView,
    ir::{Field, Member, Oneof, Presence, Primitive, Struct, TypeRef, UpdateMask},
    lower::report::did_you_mean,
};

const ENUM_PREFIX: &str = "x-client-enum-prefix";
const ONEOF: &str = "x-client-oneof";
pub(super) const UPDATE_MASK: &str = "x-client-update-mask";

/// Every extension that a schema can have.
const ALL: [&str; 3] = [ENUM_PREFIX, ONEOF, UPDATE_MASK];

/// Reports the extensions of all schemas that nothing has read.
pub(super) fn report_unused(types: &mut Types<'_, '_>) {
    let document = types.document;
    for schema in document.schemas.ids().map(|id| document.schemas.view(id)) {
        for key in schema.extensions().keys() {
            let is_used =
                |known: &&&str| **known == key.as_str() && types.used_extensions.contains(&(schema.id(), **known));
            if ALL.iter().find(is_used).is_some() {
                continue;
            }
            let (message, help) = if ALL.contains(&key.as_str()) {
                let of = if key == ENUM_PREFIX {
                    "an enum of strings"
                } else {
                    "an object"
                };
                let message = format!("`{key}` has no effect here: it is ignored");
                (message, format!("remove it, or move it to {of}"))
            } else {
                let message = format!("extension `{key}` is unknown: it is ignored");
                (message, did_you_mean(key, ALL.into_iter(), ""))
            };
            types
                .report
                .warn(Code::UnknownExtension, &schema.key(key), message, help);
        }
    }
}

impl<'d> Types<'_, 'd> {
    fn read<T: serde::de::DeserializeOwned>(
        &mut self,
        schema: SchemaView<'d>,
        key: &'static str,
        form: &str,
    ) -> Option<T> {
        self.used_extensions.insert((schema.id(), key));
        self.report.extension(schema.extensions(), key, form, &schema)
    }
}

/// What the names of the variants of an enum leave out.
pub(super) fn enum_prefix<'d>(types: &mut Types<'_, 'd>, schema: SchemaView<'d>, values: &[String]) -> String {
    let prefix: String = types.read(schema, ENUM_PREFIX, "TEXT").unwrap_or_default();
    if prefix.is_empty() {
        return prefix;
    }
    let mut outside = values
        .iter()
        .filter(|value| !value.starts_with(&prefix) || **value == prefix);
    if let Some(value) = outside.next() {
        let message = format!(
            "value `{value}` does not start with `{prefix}`: the name of its variant is not \
            shortened"
        );
        let help = "use a prefix that all values have";
        types
            .report
            .warn(Code::InvalidExtension, &schema.key(ENUM_PREFIX), message, help);
    }
    prefix
}

/// Takes the fields of oneof groups out of an object's fields, and makes the groups.
pub(super) fn oneofs<'d>(types: &mut Types<'_, 'd>, schema: SchemaView<'d>, fields: &mut Vec<Field>) -> Vec<Member> {
    let form = "{group: [property, ...]}";
    let groups: IndexMap<String, Vec<String>> = types.read(schema, ONEOF, form).unwrap_or_default();
    let pointer = schema.key(ONEOF);
    let mut members = Vec::with_capacity(groups.len());
    for (name, properties) in groups {
        let here = At::of(&pointer);
        let here = here.key(&name);
        let mut oneof = Oneof {
            name: name.clone(),
            arms: Vec::with_capacity(properties.len()),
        };
        for (index, property) in properties.iter().enumerate() {
            let Some(position) = fields.iter().position(|field| field.name == *property) else {
                let message = format!("`{property}` is not a property of this schema, or is already in another group");
                let help = did_you_mean(property, fields.iter().map(|field| field.name.as_str()), "");
                types
                    .report
                    .error(Code::UnknownProperty, &here.index(index), message, help);
                continue;
            };
            let field = fields.remove(position);
            // Not set, and set to null, are the same in a group: protobuf has no null.
            oneof.arms.push(Field {
                presence: Presence::Optional,
                ..field
            });
        }
        members.push(Member::Oneof(oneof));
    }
    members
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MaskForm {
    mask: String,
    of: Option<String>,
}

/// The mask of an object, where its schema declares one.
pub(super) fn update_mask<'d>(
    types: &mut Types<'_, 'd>,
    schema: SchemaView<'d>,
    object: &Struct,
) -> Option<UpdateMask> {
    let form = "{mask: PROPERTY, of: PROPERTY}";
    let MaskForm { mask, of } = types.read(schema, UPDATE_MASK, form)?;
    let pointer = schema.key(UPDATE_MASK);
    let at = At::of(&pointer);
    let mask_field = property(types, object, &mask, &at.key("mask"))?;
    if mask_field.ty != TypeRef::Primitive(Primitive::FieldMask) {
        let message = format!("property `{mask}` is not a field mask");
        let help = "add `format: field-mask` to it";
        types
            .report
            .error(Code::InvalidExtension, &at.key("mask"), message, help);
        return None;
    }
    if let Some(of) = &of {
        let at = at.key("of");
        if !matches!(property(types, object, of, &at)?.ty, TypeRef::Named(_)) {
            let message = format!("property `{of}` is not an object with fields that a mask can contain");
            let help = "use a reference to a schema that is an object";
            types.report.error(Code::InvalidExtension, &at, message, help);
            return None;
        }
    }
    let is_given = |field: &&Field| of.is_some() && (field.name == mask || Some(&field.name) == of.as_ref());
    if let Some(field) = object.required().find(|field| !is_given(field)) {
        let message = format!(
            "an update that contains only changes is not a valid request, because `{}` is required: the caller sets \
            the mask",
            field.name
        );
        let help = "remove it from `required` if the server does not need it";
        types.report.warn(Code::Weakened, &at, message, help);
        return None;
    }
    Some(UpdateMask { mask, of })
}

fn property<'o>(types: &mut Types<'_, '_>, object: &'o Struct, name: &str, at: &At<'_>) -> Option<&'o Field> {
    let found = object.fields().find(|field| field.name == name);
    if found.is_none() {
        let message = format!("`{name}` is not a property of this schema, or is in a oneof group");
        let help = did_you_mean(name, object.fields().map(|field| field.name.as_str()), "");
        types.report.error(Code::UnknownProperty, at, message, help);
    }
    found
}
