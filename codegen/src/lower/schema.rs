//! Schemas: which become named types, and what a use of one means.

use openapiv3::{AdditionalProperties, ArrayType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::{
    Lowering, NullPolicy,
    compose::{self, Components},
    compose::{Others, Properties},
    constraint::with_constraints,
    extension, update_mask,
};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{
        Access, Additional, Alias, Enum, EnumValue, Field, Member, Newtype, Presence, Primitive, Shape, Struct,
        TypeDef, TypeRef,
    },
};

/// What a reference to a component schema means.
#[derive(Clone)]
pub(super) enum Component {
    /// It is being looked at: a reference to it from there, other than through a property, is a cycle.
    Pending,
    /// A type, whether null is allowed too, and which way values travel.
    Known(TypeRef, bool, Access),
}

/// How many components may lie between a reference and what it means in the end.
const MAX_ALIASES_DEEP: usize = 256;

/// How many lists and maps may lie inside each other.
const MAX_TYPE_DEPTH: usize = 64;

/// The compiler's stack overflows on derived traits of 7,000 fields; public documents have at most 674.
const MAX_PROPERTIES: usize = 4_000;

/// A use of a schema, with what stands beside it.
pub(super) struct Use {
    pub(super) ty: TypeRef,
    pub(super) nullable: bool,
    pub(super) docs: String,
    pub(super) deprecated: bool,
    pub(super) access: Access,
}

impl Use {
    pub(super) fn of(ty: TypeRef, nullable: bool, access: Access) -> Self {
        Self {
            ty,
            nullable,
            docs: String::new(),
            deprecated: false,
            access,
        }
    }
}

impl<'d> Lowering<'d> {
    /// Lowers every component schema, in the order of their names.
    pub(super) fn components(&mut self) {
        let mut names: Vec<&'d str> = self.schemas.keys().map(String::as_str).collect();
        names.sort_unstable();
        // All names are taken before the first inline schema can ask for one.
        for name in &names {
            let id = self.reserve(name);
            if let Some(ReferenceOr::Item(schema)) = self.schemas.get(*name)
                && has_own_type(self.schemas, schema)
            {
                let nullable = schema.schema_data.nullable;
                let access = access(schema.schema_data.read_only, schema.schema_data.write_only);
                self.components
                    .insert(name, Component::Known(TypeRef::Named(id), nullable, access));
            }
        }
        let components = At::ROOT.key("components");
        let schemas = components.key("schemas");
        for name in names {
            self.component(name, &schemas.key(name));
        }
    }

    fn component(&mut self, name: &'d str, at: &At<'_>) {
        let Some(id) = self.names.get(name).copied() else {
            return;
        };
        let Some(schema) = self.schemas.get(name) else { return };
        let shape = match schema {
            ReferenceOr::Item(item) if has_own_type(self.schemas, item) => {
                self.coverage.schemas += 1;
                self.weakened_keywords(item, at);
                self.own_type(item, name, at)
            }
            _ => {
                let Some(Use { ty, .. }) = self.resolve(name, at) else {
                    return;
                };
                Shape::Alias(Alias { target: ty })
            }
        };
        let data = schema.as_item().map(|schema| &schema.schema_data);
        let docs = data.map(docs_of).unwrap_or_default();
        let deprecated = data.is_some_and(|data| data.deprecated);
        self.define(
            id,
            TypeDef {
                name: name.to_owned(),
                docs,
                deprecated,
                shape,
            },
        );
    }

    /// What a reference to the component `name` means; an alias is seen through.
    fn resolve(&mut self, name: &'d str, at: &At<'_>) -> Option<Use> {
        match self.components.get(name) {
            Some(Component::Known(ty, nullable, access)) => return Some(Use::of(ty.clone(), *nullable, *access)),
            Some(Component::Pending) => {
                let message = format!("`{name}` is only a reference to itself: no value could ever be valid");
                self.error(
                    Code::ReferenceCycle,
                    at,
                    message,
                    "let one of the schemas of the cycle say what it is",
                );
                return None;
            }
            None => {}
        }
        let schema = self.schemas.get(name)?;
        if self.aliases_deep == MAX_ALIASES_DEEP {
            let message = format!("more than {MAX_ALIASES_DEEP} schemas are only references to the next one");
            self.error(Code::DepthLimit, at, message, "refer to what is meant from nearer by");
            return None;
        }
        self.components.insert(name, Component::Pending);
        let components = At::ROOT.key("components");
        let schemas = components.key("schemas");
        self.aliases_deep += 1;
        let found = self.use_of(schema, name, &schemas.key(name));
        self.aliases_deep -= 1;
        // The cycle has been reported; whoever refers here next gets a type, so that it is reported once.
        let known = found
            .as_ref()
            .map_or((TypeRef::Any, false, Access::ReadWrite), |found| {
                (found.ty.clone(), found.nullable, found.access)
            });
        self.components
            .insert(name, Component::Known(known.0, known.1, known.2));
        // The words about a component are on its type: whoever refers to it first must not get them, and others not.
        found.map(|found| Use::of(found.ty, found.nullable, found.access))
    }

    /// What a schema means where it stands; `name` is the name that an inline type takes.
    pub(super) fn use_of(&mut self, schema: &'d ReferenceOr<Schema>, name: &str, at: &At<'_>) -> Option<Use> {
        self.coverage.schemas += 1;
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference, at),
            ReferenceOr::Item(schema) => self.inline(schema, name, at),
        }
    }

    /// The same for the boxed schemas that `openapiv3` has below properties and items.
    pub(super) fn use_of_boxed(
        &mut self,
        schema: &'d ReferenceOr<Box<Schema>>,
        name: &str,
        at: &At<'_>,
    ) -> Option<Use> {
        self.coverage.schemas += 1;
        match schema {
            ReferenceOr::Reference { reference } => self.reference(reference, at),
            ReferenceOr::Item(schema) => self.inline(schema, name, at),
        }
    }

    fn reference(&mut self, reference: &str, at: &At<'_>) -> Option<Use> {
        let name = Self::component_name(reference, "schemas")?;
        let schemas = self.schemas;
        if let Some((name, _)) = schemas.get_key_value(&name) {
            return self.resolve(name, at);
        }
        self.unresolved("schema", "schemas", &name, schemas.keys().map(String::as_str), at);
        None
    }

    fn inline(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> Option<Use> {
        self.weakened_keywords(schema, at);
        let data = &schema.schema_data;
        let (ty, inner_nullable) = if has_own_inline_type(self.schemas, schema) {
            (self.inline_type(schema, name, at), false)
        } else {
            self.structural(schema, name, at)?
        };
        let words = match &schema.schema_kind {
            SchemaKind::AllOf { all_of } => compose::annotations(self.schemas, all_of),
            _ => Vec::new(),
        };
        let says = |of: fn(&SchemaData) -> bool| of(data) || words.iter().any(|words| of(words));
        let access = access(says(|data| data.read_only), says(|data| data.write_only));
        let nullable = data.nullable || inner_nullable || has_null_value(schema);
        let docs = std::iter::once(data).chain(words.iter().copied()).map(docs_of);
        let docs = docs.into_iter().find(|docs| !docs.is_empty()).unwrap_or_default();
        Some(Use {
            ty,
            nullable,
            docs: with_constraints(&docs, schema),
            deprecated: says(|data| data.deprecated),
            access,
        })
    }

    /// A type without a name of its own: scalars, lists, maps, references in a wrapper.
    fn structural(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> Option<(TypeRef, bool)> {
        let ty = match &schema.schema_kind {
            SchemaKind::Type(Type::Boolean(_)) => TypeRef::Primitive(Primitive::Bool),
            SchemaKind::Type(Type::String(_)) if self.is_binary(schema) => TypeRef::Primitive(Primitive::Binary),
            SchemaKind::Type(Type::String(string)) => TypeRef::Primitive(self.string(string, at)),
            SchemaKind::Type(Type::Integer(integer)) => TypeRef::Primitive(self.integer(integer, at)),
            SchemaKind::Type(Type::Number(number)) => TypeRef::Primitive(self.number(number, at)),
            SchemaKind::Type(Type::Array(array)) => self.array(array, name, at)?,
            SchemaKind::Type(Type::Object(object)) => self.map(object, name, at)?,
            SchemaKind::AllOf { all_of } => match compose::only_part(self.schemas, all_of) {
                Some(index) => {
                    let arm = at.key("allOf");
                    let inner = self.use_of(&all_of[index], name, &arm.index(index))?;
                    return Some((inner.ty, inner.nullable));
                }
                None => self.untyped(schema, at),
            },
            _ => self.untyped(schema, at),
        };
        Some((ty, false))
    }

    fn untyped(&mut self, schema: &Schema, at: &At<'_>) -> TypeRef {
        if let SchemaKind::Any(any) = &schema.schema_kind
            && *any == openapiv3::AnySchema::default()
        {
            return TypeRef::Any;
        }
        self.coverage.untyped += 1;
        let pointer = at.pointer();
        self.untyped
            .extend(self.document.place(&pointer).map(|place| (place, pointer)));
        let (what, key) = match &schema.schema_kind {
            SchemaKind::OneOf { .. } => ("`oneOf`", "oneOf"),
            SchemaKind::AnyOf { .. } => ("`anyOf`", "anyOf"),
            SchemaKind::AllOf { .. } => ("`allOf` of schemas that are not all objects", "allOf"),
            _ => ("this combination of keywords", ""),
        };
        let message = format!("{what} has no type in the client yet: the value is any JSON");
        let help = "the value is carried as it is; give the schema one type to have it typed";
        if key.is_empty() {
            self.warn(Code::Weakened, at, message, help);
        } else {
            self.warn(Code::Weakened, &at.key(key), message, help);
        }
        TypeRef::Any
    }

    fn array(&mut self, array: &'d ArrayType, name: &str, at: &At<'_>) -> Option<TypeRef> {
        let Some(items) = &array.items else {
            return Some(TypeRef::Array(Box::new(TypeRef::Any)));
        };
        let items = element(self.use_of_boxed(items, name, &at.key("items"))?);
        self.nested(&items, at)?;
        Some(TypeRef::Array(Box::new(items)))
    }

    fn map(&mut self, object: &'d ObjectType, name: &str, at: &At<'_>) -> Option<TypeRef> {
        match &object.additional_properties {
            None | Some(AdditionalProperties::Any(_)) => Some(TypeRef::AnyObject),
            Some(AdditionalProperties::Schema(values)) => {
                let values = element(self.use_of(values, name, &at.key("additionalProperties"))?);
                self.nested(&values, at)?;
                Some(TypeRef::Map(Box::new(values)))
            }
        }
    }

    /// Refuses lists of lists of lists beyond all sense: what prints and compiles them recurses.
    fn nested(&mut self, inner: &TypeRef, at: &At<'_>) -> Option<()> {
        if inner.depth() < MAX_TYPE_DEPTH {
            return Some(());
        }
        let message = format!("more than {MAX_TYPE_DEPTH} lists and maps lie inside each other");
        self.error(
            Code::DepthLimit,
            at,
            message,
            "put an object with a name of its own in between",
        );
        None
    }

    fn inline_type(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> TypeRef {
        if is_any_message(schema) {
            return TypeRef::Primitive(Primitive::AnyMessage);
        }
        // Who inherits from a schema that holds itself comes by here for ever otherwise.
        if let Some(id) = self.inline_types.get(&std::ptr::from_ref(schema)) {
            return TypeRef::Named(*id);
        }
        let mut name = name.to_owned();
        while self.names.contains_key(&name) {
            name.push_str(".inline");
        }
        let id = self.reserve(&name);
        self.inline_types.insert(std::ptr::from_ref(schema), id);
        let shape = self.own_type(schema, &name, at);
        let data = &schema.schema_data;
        self.define(
            id,
            TypeDef {
                name,
                docs: docs_of(data),
                deprecated: data.deprecated,
                shape,
            },
        );
        TypeRef::Named(id)
    }

    /// The shape of a schema that is a type of its own.
    fn own_type(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> Shape {
        match &schema.schema_kind {
            SchemaKind::Type(Type::String(string)) if string.enumeration.is_empty() => {
                self.unknown_extensions(&schema.schema_data.extensions, &[], at);
                Shape::Newtype(Newtype)
            }
            SchemaKind::Type(Type::String(string)) => {
                let prefix = extension::enum_prefix(self, &schema.schema_data, string, at);
                let values = string
                    .enumeration
                    .iter()
                    .flatten()
                    .map(|value| EnumValue { value: value.clone() });
                Shape::Enum(Enum {
                    values: self.distinct(values, at),
                    prefix,
                })
            }
            _ => Shape::Struct(self.object(schema, name, at)),
        }
    }

    fn distinct(&mut self, values: impl Iterator<Item = EnumValue>, at: &At<'_>) -> Vec<EnumValue> {
        let mut distinct: Vec<EnumValue> = Vec::new();
        let mut known = std::collections::HashSet::new();
        for value in values {
            if known.insert(value.value.clone()) {
                distinct.push(value);
            } else {
                let message = format!("the value `{}` stands twice in `enum`", value.value);
                self.warn(Code::DuplicateValue, &at.key("enum"), message, "remove one of the two");
            }
        }
        distinct
    }

    pub(super) fn object(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> Struct {
        let properties = Properties::collect(self, schema, at);
        let number = properties.entries.len();
        if number > MAX_PROPERTIES {
            let message =
                format!("the schema has {number} properties, and more than {MAX_PROPERTIES} are not supported");
            let help = "put some of them into objects of their own";
            self.error(Code::Unsupported, &at.key("properties"), message, help);
        }
        let mut fields = Vec::with_capacity(properties.entries.len());
        for (property, entry) in &properties.entries {
            let at = entry.place();
            // An inherited property is named after where it was said: it is one type for all who inherit it.
            let owner = entry.owner.unwrap_or(name);
            let Some(value) = self.use_of_boxed(entry.schema, &format!("{owner}.{property}"), &at) else {
                continue;
            };
            let required = properties.required.contains(property);
            fields.push(self.field(property, value, required));
        }
        for property in &properties.required {
            if !properties.entries.contains_key(property) {
                let message = format!("`{property}` is required, and is no property");
                self.warn(
                    Code::UnknownProperty,
                    &at.key("required"),
                    message,
                    "add the property, or remove the name here",
                );
            }
        }
        let additional = properties.additional.and_then(|values| {
            let at = at.key("additionalProperties");
            let values = match values {
                Others::Of(values) => element(self.use_of(values, &format!("{name}.additional"), &at)?),
                Others::Any => TypeRef::Any,
            };
            Some(Additional { ty: values })
        });
        let mut members = extension::oneofs(self, &schema.schema_data, &mut fields, at);
        members.extend(fields.into_iter().map(Member::Field));
        members.sort_by(|a, b| a.name().cmp(b.name()));
        let object = Struct {
            members,
            additional,
            ..Struct::default()
        };
        let update_mask = update_mask::read(self, &schema.schema_data, &object, at);
        Struct { update_mask, ..object }
    }

    fn field(&self, name: &str, value: Use, required: bool) -> Field {
        // Who sends a value does not have what is readOnly, and who receives one does not have what is writeOnly.
        let required = required && value.access == Access::ReadWrite;
        let presence = match (required, value.nullable, self.null) {
            (true, false, _) => Presence::Required,
            (true, true, NullPolicy::Distinct) => Presence::RequiredNullable,
            (false, true, NullPolicy::Distinct) => Presence::OptionalNullable,
            (false, false, _) | (_, true, NullPolicy::Absent) => Presence::Optional,
        };
        Field {
            name: name.to_owned(),
            docs: value.docs,
            ty: value.ty,
            presence,
            access: value.access,
            deprecated: value.deprecated,
            boxed: false,
        }
    }
}

/// The description, or else the title.
pub(super) fn docs_of(data: &SchemaData) -> String {
    data.description
        .clone()
        .or_else(|| data.title.clone())
        .unwrap_or_default()
}

fn access(read_only: bool, write_only: bool) -> Access {
    match (read_only, write_only) {
        (true, _) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        (false, false) => Access::ReadWrite,
    }
}

/// Whether a component of this schema is a type of its own, and no other name for one.
fn has_own_type(schemas: &Components, schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => !string.enumeration.is_empty() || string.format.is_empty(),
        _ => has_own_inline_type(schemas, schema) && !is_any_message(schema),
    }
}

/// Whether this schema is a type of its own even where it has no name.
fn has_own_inline_type(schemas: &Components, schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            !object.properties.is_empty()
                || matches!(object.additional_properties, Some(AdditionalProperties::Any(false)))
        }
        SchemaKind::Type(Type::String(string)) => string.enumeration.iter().any(Option::is_some),
        SchemaKind::AllOf { all_of } => {
            compose::holds_object(schemas, all_of) && compose::only_part(schemas, all_of).is_none()
        }
        SchemaKind::Any(any) => !any.all_of.is_empty() && any.one_of.is_empty() && any.any_of.is_empty(),
        _ => false,
    }
}

/// Whether this is `google.protobuf.Any`: an object of which only `@type` is known.
fn is_any_message(schema: &Schema) -> bool {
    let SchemaKind::Type(Type::Object(object)) = &schema.schema_kind else {
        return false;
    };
    object.properties.len() == 1
        && object.properties.contains_key("@type")
        && matches!(object.additional_properties, Some(AdditionalProperties::Any(true)))
}

fn has_null_value(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Type(Type::String(string)) => string.enumeration.iter().any(Option::is_none),
        _ => false,
    }
}

/// A use where nothing but the value itself can say null.
pub(super) fn element(value: Use) -> TypeRef {
    if value.nullable {
        TypeRef::Nullable(Box::new(value.ty))
    } else {
        value.ty
    }
}
