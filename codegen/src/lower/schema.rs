//! Schemas: which become named types, and what a use of one means.

use openapiv3::{AdditionalProperties, ArrayType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::{
    Lowering,
    by_name::Additional,
    compose,
    condition::Kept,
    endless, extension,
    kind::{self, Components, Kind, Verdict, verdict},
    tag,
};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{
        Access, Alias, Constant, DefaultValue, Enum, EnumValue, Newtype, Primitive, Shape, TypeDef, TypeId, TypeRef,
        Union, ValueEnum,
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

/// An inline type whose shape is still to be found: it may refer to the component that is being looked at, which only has
/// a meaning afterwards.
pub(super) struct Inline<'d> {
    schema: &'d Schema,
    id: TypeId,
    name: String,
    pointer: String,
}

/// How many components may lie between a reference and what it means in the end.
const MAX_ALIASES_DEEP: usize = 256;

/// How many lists and maps may lie inside each other.
const MAX_TYPE_DEPTH: usize = 64;

/// A use of a schema, with what stands beside it.
pub(super) struct Use {
    pub(super) ty: TypeRef,
    pub(super) nullable: bool,
    pub(super) docs: String,
    pub(super) deprecated: bool,
    pub(super) access: Access,
    pub(super) default: Option<DefaultValue>,
}

impl Use {
    pub(super) fn of(ty: TypeRef, nullable: bool, access: Access) -> Self {
        Self {
            ty,
            nullable,
            docs: String::new(),
            deprecated: false,
            access,
            default: None,
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
                && (has_own_type(self.lookup(), schema) || self.is_endless(name, schema))
            {
                let nullable = kind::is_nullable(self.lookup(), schema);
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
            ReferenceOr::Item(item) if has_own_type(self.lookup(), item) => {
                self.coverage.schemas += 1;
                self.weakened_keywords(item, at);
                let data = &item.schema_data;
                self.report_directions(data.read_only && data.write_only, at);
                self.own_type(item, name, at)
            }
            ReferenceOr::Item(item) if self.is_endless(name, item) => {
                let Some((ty, _)) = self.structural(item, name, at) else {
                    return;
                };
                Shape::Union(Union::of_itself(ty))
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

    fn is_endless(&self, name: &str, schema: &Schema) -> bool {
        let is_container = matches!(schema.schema_kind, SchemaKind::Type(Type::Array(_) | Type::Object(_)));
        is_container && endless::holds_itself(self.lookup(), name, schema)
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
        if self.aliases_deep == 0 {
            while let Some(inline) = self.inline_later.pop() {
                self.define_inline(inline);
            }
        }
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
        let (ty, inner_nullable) = if kind::kind(self.lookup(), schema).is_own_type() {
            (self.inline_type(schema, name, at), false)
        } else {
            self.structural(schema, name, at)?
        };
        let words = match &schema.schema_kind {
            SchemaKind::AllOf { all_of } => compose::annotations(self.lookup(), all_of),
            _ => Vec::new(),
        };
        let says = |of: fn(&SchemaData) -> bool| of(data) || words.iter().any(|words| of(words));
        let (read_only, write_only) = (says(|data| data.read_only), says(|data| data.write_only));
        self.report_directions(read_only && write_only, at);
        let access = access(read_only, write_only);
        let is_null = ty == TypeRef::Primitive(Primitive::Null);
        let nullable = !is_null && (inner_nullable || kind::is_nullable(self.lookup(), schema));
        let docs = std::iter::once(data).chain(words.iter().copied()).map(docs_of);
        let docs = docs.into_iter().find(|docs| !docs.is_empty()).unwrap_or_default();
        let default = self.default(schema, &ty, nullable, at);
        Some(Use {
            docs: self.with_limits(&docs, schema, &ty),
            ty,
            default,
            nullable,
            deprecated: says(|data| data.deprecated),
            access,
        })
    }

    fn report_directions(&mut self, are_both_ruled_out: bool, at: &At<'_>) {
        if are_both_ruled_out {
            let message =
                "a value that is both `readOnly` and `writeOnly` travels neither way: it is read and not sent";
            let help = "remove the one that is not meant";
            self.warn(Code::Weakened, &at.key("writeOnly"), message, help);
        }
    }

    /// A type without a name of its own: scalars, lists, maps, references in a wrapper.
    fn structural(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> Option<(TypeRef, bool)> {
        let ty = match &schema.schema_kind {
            SchemaKind::Type(Type::Boolean(_)) => TypeRef::Primitive(Primitive::Bool),
            SchemaKind::Type(Type::String(_)) if self.is_binary(schema) => TypeRef::Primitive(Primitive::Binary),
            SchemaKind::Type(Type::String(string)) => TypeRef::Primitive(self.string(string, at)),
            SchemaKind::Type(Type::Integer(integer)) => {
                let limits = self.document.limits.of(&schema.schema_data);
                TypeRef::Primitive(self.integer(integer, limits, at))
            }
            SchemaKind::Type(Type::Number(number)) => TypeRef::Primitive(self.number(number, at)),
            SchemaKind::Type(Type::Array(array)) => self.array(array, name, at)?,
            SchemaKind::Type(Type::Object(object)) => self.map(schema, object, name, at)?,
            SchemaKind::AllOf { all_of } => return self.one_of_parts(schema, all_of, name, at),
            SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. } => return self.one_of_arms(schema, name, at),
            SchemaKind::Any(any) if any.typ.is_none() && kind::lists_null_alone(any) => {
                TypeRef::Primitive(Primitive::Null)
            }
            SchemaKind::Any(any) if !any.all_of.is_empty() => return self.one_of_parts(schema, &any.all_of, name, at),
            SchemaKind::Any(any) if kind::choices(any).next().is_some() => return self.one_of_arms(schema, name, at),
            SchemaKind::Any(any) => match self.scalar_of(any, at) {
                Some(ty) => ty,
                None => self.untyped(schema, at),
            },
            SchemaKind::Not { .. } => self.untyped(schema, at),
        };
        Some((ty, false))
    }

    /// The part of an `allOf` that says what the whole is.
    fn one_of_parts(
        &mut self,
        schema: &'d Schema,
        all_of: &'d [ReferenceOr<Schema>],
        name: &str,
        at: &At<'_>,
    ) -> Option<(TypeRef, bool)> {
        let components = self.lookup();
        let only = compose::only_part(components, all_of).or_else(|| compose::special_part(components, all_of));
        let Some(index) = only else {
            return Some((self.untyped(schema, at), false));
        };
        let arm = at.key("allOf");
        let inner = self.use_of(&all_of[index], name, &arm.index(index))?;
        Some((inner.ty, inner.nullable))
    }

    /// The arm of a choice that says as much as all of them.
    fn one_of_arms(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> Option<(TypeRef, bool)> {
        let components = self.lookup();
        for (key, arms) in kind::choices_of(schema) {
            match verdict(components, arms) {
                Verdict::One(index) => {
                    let inner = self.use_of(&arms[index], name, &at.key(key).index(index))?;
                    return Some((inner.ty, inner.nullable));
                }
                Verdict::Text => return Some((TypeRef::Primitive(Primitive::String), false)),
                Verdict::Conditions | Verdict::Many(_) => {}
            }
        }
        let scalar = match &schema.schema_kind {
            SchemaKind::Any(any) => self.scalar_of(any, at),
            _ => None,
        };
        Some((scalar.unwrap_or(TypeRef::Any), false))
    }

    /// The type that `type` names beside other keywords.
    fn scalar_of(&mut self, any: &openapiv3::AnySchema, at: &At<'_>) -> Option<TypeRef> {
        let format = || any.format.clone();
        let primitive = match any.typ.as_deref()? {
            "string" => {
                let string = openapiv3::StringType {
                    format: format().into(),
                    ..openapiv3::StringType::default()
                };
                self.string(&string, at)
            }
            "integer" => {
                let integer = openapiv3::IntegerType {
                    format: format().into(),
                    ..openapiv3::IntegerType::default()
                };
                self.integer(&integer, &[], at)
            }
            "number" => {
                let number = openapiv3::NumberType {
                    format: format().into(),
                    ..openapiv3::NumberType::default()
                };
                self.number(&number, at)
            }
            "boolean" => Primitive::Bool,
            "object" => return Some(TypeRef::AnyObject),
            _ => return None,
        };
        Some(TypeRef::Primitive(primitive))
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
            SchemaKind::AllOf { .. } => ("`allOf` of schemas that are not all objects", "allOf"),
            _ => ("this combination of keywords", ""),
        };
        let message = format!("{what} has no type in the client: the value is any JSON");
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

    fn map(&mut self, schema: &'d Schema, object: &'d ObjectType, name: &str, at: &At<'_>) -> Option<TypeRef> {
        let others = self.lookup().others_of(schema, object, at);
        if !others.patterns.is_empty() {
            let values = self.others(&others, name, at)?;
            return Some(TypeRef::Map(Box::new(values)));
        }
        match others.additional {
            None | Some(Additional::Any | Additional::None) => Some(TypeRef::AnyObject),
            Some(Additional::Of(values)) => {
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
        let inline = Inline {
            schema,
            id,
            name,
            pointer: at.pointer(),
        };
        if self.aliases_deep > 0 {
            self.inline_later.push(inline);
        } else {
            self.define_inline(inline);
        }
        TypeRef::Named(id)
    }

    fn define_inline(&mut self, inline: Inline<'d>) {
        let shape = self.own_type(inline.schema, &inline.name, &At::of(&inline.pointer));
        let data = &inline.schema.schema_data;
        self.define(
            inline.id,
            TypeDef {
                name: inline.name,
                docs: docs_of(data),
                deprecated: data.deprecated,
                shape,
            },
        );
    }

    /// The shape of a schema that is a type of its own.
    fn own_type(&mut self, schema: &'d Schema, name: &str, at: &At<'_>) -> Shape {
        match kind::kind(self.lookup(), schema) {
            Kind::Constant => {
                let constant = self.lookup().constant(schema);
                Shape::Constant(Constant {
                    json: constant.map(ToString::to_string).unwrap_or_default(),
                })
            }
            Kind::Enum => self.string_enum(schema, at),
            Kind::Values(kind) => {
                let values = kind::values(self.lookup(), schema).unwrap_or_default();
                let values = values.iter().map(|value| EnumValue {
                    value: value.to_string(),
                });
                let values = self.distinct(values, at);
                Shape::ValueEnum(ValueEnum {
                    kind,
                    values: values.into_iter().map(|value| value.value).collect(),
                })
            }
            Kind::Union => self.union(schema, name, at),
            Kind::Tuple => Shape::Tuple(self.tuple(schema, name, at)),
            Kind::Text => {
                self.unknown_extensions(&schema.schema_data.extensions, &[], at);
                Shape::Newtype(Newtype {
                    constraints: self.own_constraints(schema, at, &Kept::all()),
                })
            }
            Kind::Struct | Kind::Other => {
                let component = self.schemas.get_key_value(name).map(|(name, _)| name.as_str());
                let is_base = schema.schema_data.discriminator.is_some() && kind::choices_of(schema).is_empty();
                let family = component
                    .filter(|_| is_base)
                    .and_then(|name| self.family(schema, name, at));
                family.unwrap_or_else(|| Shape::Struct(self.object(schema, name, at)))
            }
        }
    }

    fn string_enum(&mut self, schema: &'d Schema, at: &At<'_>) -> Shape {
        let values = kind::values(self.lookup(), schema).unwrap_or_default();
        let texts: Vec<String> = values
            .into_iter()
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect();
        let prefix = extension::enum_prefix(self, &schema.schema_data, &texts, at);
        let values = texts.into_iter().map(|value| EnumValue { value });
        Shape::Enum(Enum {
            values: self.distinct(values, at),
            prefix,
        })
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
fn has_own_type(components: Components<'_>, schema: &Schema) -> bool {
    let kind = kind::kind(components, schema);
    let extends_a_family = || {
        tag::parts_of(schema).iter().any(|part| match part {
            ReferenceOr::Reference { reference } => components
                .named(reference)
                .and_then(|(_, base)| base.as_item())
                .is_some_and(|base| base.schema_data.discriminator.is_some() && kind::choices_of(base).is_empty()),
            ReferenceOr::Item(_) => false,
        })
    };
    kind == Kind::Text || kind.is_own_type() && !is_any_message(schema) || extends_a_family()
}

/// Whether nothing is valid by a schema: `false` in canonical form.
pub(super) fn is_never(schema: &Schema) -> bool {
    match &schema.schema_kind {
        SchemaKind::Not { not } => is_anything(not),
        SchemaKind::Any(any) => any.not.as_ref().is_some_and(|not| is_anything(not)),
        _ => false,
    }
}

fn is_anything(schema: &ReferenceOr<Schema>) -> bool {
    let item = schema.as_item();
    item.is_some_and(
        |schema| matches!(&schema.schema_kind, SchemaKind::Any(any) if *any == openapiv3::AnySchema::default()),
    )
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

/// A use where nothing but the value itself can say null.
pub(super) fn element(value: Use) -> TypeRef {
    if value.nullable {
        TypeRef::Nullable(Box::new(value.ty))
    } else {
        value.ty
    }
}
