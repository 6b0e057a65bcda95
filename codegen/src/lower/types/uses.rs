//! What a use of a schema means, with the words beside it. Types of their own are named here and defined later.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{chosen::ChosenTypes, default::typed_default, registry::Registry};
use crate::{
    at::At,
    config::Policies,
    diagnostic::{Code, Place},
    document::{Document, SchemaId, SchemaView},
    ir::{Access, Coverage, DefaultValue, Primitive, TypeRef},
    lower::{
        facts::{self, Component, Facts, Meaning, Others, Rest, Scalar, Untyped},
        report::Report,
        rules::{self, Rules},
    },
};

/// A use of a schema, with what is declared beside it.
pub(in crate::lower) struct Use {
    pub(in crate::lower) ty: TypeRef,
    pub(in crate::lower) nullable: bool,
    pub(in crate::lower) docs: String,
    pub(in crate::lower) deprecated: bool,
    pub(in crate::lower) access: Access,
    pub(in crate::lower) default: Option<DefaultValue>,
}

impl Use {
    pub(in crate::lower) fn of(ty: TypeRef, nullable: bool, access: Access) -> Self {
        Self {
            ty,
            nullable,
            docs: String::new(),
            deprecated: false,
            access,
            default: None,
        }
    }

    /// The type of a value where nothing but the value itself can be null.
    pub(in crate::lower) fn element(self) -> TypeRef {
        if self.nullable {
            TypeRef::Nullable(Box::new(self.ty))
        } else {
            self.ty
        }
    }
}

/// What a reference to a component means.
#[derive(Clone)]
enum Resolved {
    /// It is being looked at: a reference to it from there is a cycle.
    Pending,
    /// A type, whether null is allowed too, and which way values travel.
    Known(TypeRef, bool, Access),
}

/// Formats that are not known, with what their values are read as, and where they occur.
type UnknownFormats = BTreeMap<(String, &'static str), Vec<String>>;

/// How many components may lie between a reference and what it means in the end.
const MAX_ALIASES: usize = 256;

/// How many arrays and maps may lie inside each other.
const MAX_TYPE_DEPTH: usize = 64;

/// How many characters of a default a message quotes.
const MAX_SHOWN: usize = 60;

/// Makes types of schemas.
pub(in crate::lower) struct Types<'a, 'd> {
    pub(in crate::lower) document: &'d Document,
    pub(in crate::lower) facts: &'a Facts<'d>,
    pub(in crate::lower) report: Report<'a>,
    pub(in crate::lower) registry: Registry<'d>,
    pub(in crate::lower) rules: Rules<'a, 'd>,
    pub(in crate::lower) policies: Policies<'a>,
    pub(in crate::lower) coverage: Coverage,
    /// The schemas of which the type is any JSON although they ask more.
    pub(in crate::lower) untyped: Vec<(Place, String)>,
    /// The extensions of schemas that had an effect.
    pub(super) used_extensions: HashSet<(SchemaId, &'static str)>,
    resolved: HashMap<SchemaId, Resolved>,
    aliases: usize,
    unknown_formats: UnknownFormats,
    chosen: ChosenTypes<'a>,
}

impl<'a, 'd> Types<'a, 'd> {
    pub(in crate::lower) fn new(
        document: &'d Document,
        facts: &'a Facts<'d>,
        policies: Policies<'a>,
        report: Report<'a>,
    ) -> Self {
        Self {
            document,
            facts,
            report,
            registry: Registry::default(),
            rules: Rules::new(facts),
            policies,
            coverage: Coverage::default(),
            untyped: Vec::new(),
            used_extensions: HashSet::new(),
            resolved: HashMap::new(),
            aliases: 0,
            unknown_formats: UnknownFormats::new(),
            chosen: ChosenTypes::new(policies.formats),
        }
    }

    /// Gives all components their numbers, before the first inline schema gets one; returns them sorted by name.
    pub(super) fn reserve_components(&mut self) -> Vec<SchemaView<'d>> {
        let schemas = &self.document.schemas;
        let mut names: Vec<&'d String> = schemas.components().keys().collect();
        names.sort_unstable();
        let components = names
            .into_iter()
            .filter_map(|name| Some((name, schemas.component(name)?)));
        let components: Vec<(&'d String, SchemaView<'d>)> = components.collect();
        for (name, schema) in &components {
            self.registry.reserve_component(name, *schema);
            let is_alias = schema.is_reference() || matches!(self.facts.component(*schema), Component::Alias);
            if let Some(id) = self.registry.of(*schema).filter(|_| !is_alias) {
                let access = self.access_of(*schema);
                let known = Resolved::Known(TypeRef::Named(id), facts::is_nullable(*schema), access);
                self.resolved.insert(schema.id(), known);
            }
        }
        components.into_iter().map(|(_, schema)| schema).collect()
    }

    /// What a schema means where it occurs; `name` is the name that an inline type takes.
    pub(in crate::lower) fn use_of(&mut self, schema: SchemaView<'d>, name: &str) -> Option<Use> {
        self.coverage.schemas += 1;
        if !schema.is_reference() {
            return self.inline(schema, name);
        }
        let referenced = schema.referenced_name()?;
        match schema.referenced() {
            Some(component) => self.resolve(component, referenced, schema),
            None => {
                let names = self.document.schemas.components().keys().map(String::as_str);
                self.report
                    .unresolved(("schema", "schemas"), referenced, names, &schema);
                None
            }
        }
    }

    /// What a component means that `from` refers to; an alias is seen through.
    pub(super) fn resolve(&mut self, component: SchemaView<'d>, name: &str, from: SchemaView<'d>) -> Option<Use> {
        match self.resolved.get(&component.id()) {
            Some(Resolved::Known(ty, nullable, access)) => return Some(Use::of(ty.clone(), *nullable, *access)),
            Some(Resolved::Pending) => {
                let message = format!("schema `{name}` is only a reference to itself: no value is valid");
                let help = "replace one reference of the cycle with a definition";
                self.report.error(Code::ReferenceCycle, &from, message, help);
                return None;
            }
            None => {}
        }
        if self.aliases == MAX_ALIASES {
            let message = format!("more than {MAX_ALIASES} schemas are only references to the next one");
            let help = "refer to the last schema of the chain directly";
            self.report.error(Code::DepthLimit, &from, message, help);
            return None;
        }
        self.resolved.insert(component.id(), Resolved::Pending);
        self.aliases += 1;
        let found = self.use_of(component, name);
        self.aliases -= 1;
        // The cycle is an error; the next reference to it gets a type, so that it is reported once.
        let known = match &found {
            Some(found) => Resolved::Known(found.ty.clone(), found.nullable, found.access),
            None => Resolved::Known(TypeRef::Any, false, Access::ReadWrite),
        };
        self.resolved.insert(component.id(), known);
        // The words about a component are on its type: the first reference must not get them, and others not.
        found.map(|found| Use::of(found.ty, found.nullable, found.access))
    }

    /// The target of an alias, which names the next alias: a chain of lists would take the square of its length otherwise.
    pub(super) fn by_next_alias(&self, alias: SchemaView<'d>, target: TypeRef) -> TypeRef {
        let named = |schema: SchemaView<'d>, meant: &TypeRef| {
            let component = schema.referenced()?;
            let is_same =
                matches!(self.resolved.get(&component.id()), Some(Resolved::Known(ty, false, _)) if ty == meant);
            let is_container = matches!(meant, TypeRef::Array(_) | TypeRef::Map(_));
            let id = self.registry.of(component).filter(|_| is_same && is_container)?;
            Some(TypeRef::Named(id))
        };
        match &target {
            _ if alias.is_reference() => named(alias, &target).unwrap_or(target),
            TypeRef::Array(inner) => match alias.items().and_then(|items| named(items, inner)) {
                Some(next) => TypeRef::Array(Box::new(next)),
                None => target,
            },
            TypeRef::Map(inner) => match alias.additional_schema().and_then(|values| named(values, inner)) {
                Some(next) => TypeRef::Map(Box::new(next)),
                None => target,
            },
            _ => target,
        }
    }

    /// Which way the values of a schema travel.
    pub(super) fn access_of(&self, schema: SchemaView<'d>) -> Access {
        let (read_only, write_only) = self.facts.meanings.parts.directions(schema);
        access(read_only, write_only)
    }

    fn inline(&mut self, schema: SchemaView<'d>, name: &str) -> Option<Use> {
        self.report_weakened(schema);
        let (ty, inner_nullable) = self.type_of(schema, name)?;
        let annotations = match schema.form() {
            crate::document::Form::AllOf => self.facts.meanings.parts.annotations(schema),
            _ => Vec::new(),
        };
        let words = || std::iter::once(schema).chain(annotations.iter().copied());
        let (read_only, write_only) = self.facts.meanings.parts.directions(schema);
        self.report_directions(schema, read_only && write_only);
        let is_null = ty == TypeRef::Primitive(Primitive::Null);
        let nullable = !is_null && (inner_nullable || facts::is_nullable(schema));
        let docs = words().map(SchemaView::docs).find(|docs| !docs.is_empty());
        // A part that has a type may have the default of the whole.
        let sources = words().chain(facts::Parts::inline_parts(schema));
        let declared = sources
            .into_iter()
            .find_map(|source| Some((source, source.default_value()?)));
        let default = declared.and_then(|declared| self.default(schema, declared, &ty, nullable));
        Some(Use {
            ty,
            default,
            nullable,
            docs: self.with_limits(docs.unwrap_or_default(), schema),
            deprecated: words().any(SchemaView::is_deprecated),
            access: access(read_only, write_only),
        })
    }

    /// A description with those limits of a schema that apply to its values.
    pub(in crate::lower) fn with_limits(&self, docs: &str, schema: SchemaView<'d>) -> String {
        rules::with_limits(docs, schema, self.facts.meanings.parts.json_type(schema))
    }

    /// The type of an inline schema, and whether what it is made of allows null.
    fn type_of(&mut self, schema: SchemaView<'d>, name: &str) -> Option<(TypeRef, bool)> {
        let facts = self.facts;
        let ty = match facts.meanings.of(schema) {
            own if own.is_own_type() => TypeRef::Named(self.registry.inline(schema, name)),
            Meaning::Same(part) => {
                let inner = self.use_of(*part, name)?;
                return Some((inner.ty, inner.nullable));
            }
            Meaning::Scalar(scalar) => self.scalar(schema, *scalar),
            Meaning::Array => self.array(schema, name)?,
            Meaning::Map => self.map(schema, name)?,
            Meaning::Any(untyped) => self.untyped(schema, *untyped),
            _ => TypeRef::Primitive(self.chosen.of(schema, Primitive::String, &self.report)),
        };
        Some((ty, false))
    }

    /// What an array or a map is that contains itself, as the form of its own type.
    pub(super) fn container(&mut self, schema: SchemaView<'d>, name: &str) -> Option<TypeRef> {
        self.type_of(schema, name).map(|(ty, _)| ty)
    }

    fn scalar(&mut self, schema: SchemaView<'d>, scalar: Scalar) -> TypeRef {
        let chosen = self.chosen.of(schema, scalar.primitive, &self.report);
        if chosen != scalar.primitive {
            return TypeRef::Primitive(chosen);
        }
        if let (Some(read_as), Some(format)) = (scalar.unknown_format, schema.format()) {
            let places = self.unknown_formats.entry((format.to_owned(), read_as)).or_default();
            places.push(schema.key("format"));
        }
        TypeRef::Primitive(scalar.primitive)
    }

    fn array(&mut self, schema: SchemaView<'d>, name: &str) -> Option<TypeRef> {
        let Some(items) = schema.items() else {
            return Some(TypeRef::Array(Box::new(TypeRef::Any)));
        };
        let item = self.use_of(items, name)?.element();
        self.check_depth(&item, schema)?;
        Some(TypeRef::Array(Box::new(item)))
    }

    fn map(&mut self, schema: SchemaView<'d>, name: &str) -> Option<TypeRef> {
        let others = Others::of(schema);
        if !others.patterns.is_empty() {
            let values = self.others(&others, name, schema)?;
            return Some(TypeRef::Map(Box::new(values)));
        }
        match others.additional {
            None | Some(Rest::Any | Rest::Nothing) => Some(TypeRef::AnyObject),
            Some(Rest::Of(values)) => {
                let values = self.use_of(values, name)?.element();
                self.check_depth(&values, schema)?;
                Some(TypeRef::Map(Box::new(values)))
            }
        }
    }

    /// Returns one type for all members that are not declared properties; `None` if they are dropped.
    pub(super) fn others(&mut self, others: &Others<'d>, name: &str, schema: SchemaView<'d>) -> Option<TypeRef> {
        let name = format!("{name}.additional");
        let mut types: Vec<TypeRef> = Vec::new();
        for (_, values) in &others.patterns {
            types.push(self.use_of(*values, &name)?.element());
        }
        match others.additional {
            Some(Rest::Of(values)) => types.push(self.use_of(values, &name)?.element()),
            Some(Rest::Any) => types.push(TypeRef::Any),
            // What no pattern names may be anything, and must not keep the others from being read.
            None if !others.patterns.is_empty() && !others.have_all_names() => types.push(TypeRef::Any),
            Some(Rest::Nothing) | None => {}
        }
        let first = types.first()?.clone();
        if types.iter().all(|ty| *ty == first) {
            return Some(first);
        }
        let message = "properties that match different patterns have different types: the type of all of them is any \
            JSON";
        let help =
            "use one type for all of them, or add `additionalProperties: false` if there are no other properties";
        self.report
            .warn(Code::Weakened, &schema.key("patternProperties"), message, help);
        Some(TypeRef::Any)
    }

    /// Refuses arrays of arrays beyond all sense: what prints and compiles them recurses.
    fn check_depth(&mut self, inner: &TypeRef, schema: SchemaView<'d>) -> Option<()> {
        if inner.depth() < MAX_TYPE_DEPTH {
            return Some(());
        }
        let message = format!("more than {MAX_TYPE_DEPTH} arrays and maps are nested");
        let help = "add a component that is an object between them";
        self.report.error(Code::DepthLimit, &schema, message, help);
        None
    }

    fn untyped(&mut self, schema: SchemaView<'d>, untyped: Untyped) -> TypeRef {
        let (what, at) = match untyped {
            Untyped::Unlimited => return TypeRef::Any,
            Untyped::Parts => ("`allOf` of schemas that are not all objects", schema.key("allOf")),
            Untyped::Keywords => ("this combination of keywords", schema.pointer()),
        };
        self.coverage.untyped += 1;
        let pointer = schema.pointer();
        let place = self.document.place(&pointer);
        self.untyped.extend(place.map(|place| (place, pointer)));
        let message = format!("{what} does not have a type in the client: the value is any JSON");
        let help = "no action is needed: the client passes the value through unchanged; use one type for the schema \
            to get a typed value";
        self.report.warn(Code::Weakened, &at, message, help);
        TypeRef::Any
    }

    pub(super) fn report_directions(&mut self, schema: SchemaView<'d>, are_both_ruled_out: bool) {
        if are_both_ruled_out {
            let message = "the value is both `readOnly` and `writeOnly`: the client reads it and does not send it";
            let help = "remove one of the two";
            self.report
                .warn(Code::Weakened, &schema.key("writeOnly"), message, help);
        }
    }

    /// Reports the keywords of a schema that ask more than its type does.
    pub(super) fn report_weakened(&mut self, schema: SchemaView<'d>) {
        if let Some(content) = schema.content_schema() {
            let message = "`contentSchema` is not part of the type and is not checked";
            self.report.warn(
                Code::Weakened,
                &content,
                message,
                "no action is needed: the client passes values through \
                    unchanged",
            );
        }
    }

    /// What a default is as a value of its type. One that is not a value of the schema is a warning.
    fn default(
        &mut self,
        schema: SchemaView<'d>,
        (words, default): (SchemaView<'d>, &'d serde_json::Value),
        ty: &TypeRef,
        nullable: bool,
    ) -> Option<DefaultValue> {
        if default.is_null() && nullable {
            return None;
        }
        let meant = self.facts.meanings.parts.unwrapped(schema).unwrap_or(schema);
        let problem = match typed_default(meant, ty, default) {
            Ok(value) => match self.broken_limit(schema, default) {
                None => return value,
                Some(keyword) => format!("violates `{keyword}`"),
            },
            Err(problem) => problem,
        };
        let shown: String = default.to_string().chars().take(MAX_SHOWN).collect();
        let message = format!("default `{shown}` {problem}; it appears only in the documentation");
        let help = "use a value that the schema allows, or remove the default";
        self.report
            .warn(Code::InvalidDefault, &words.key("default"), message, help);
        None
    }

    /// The first keyword of a schema, or of what it refers to or consists of, that a value breaks.
    fn broken_limit(&mut self, schema: SchemaView<'d>, value: &serde_json::Value) -> Option<&'static str> {
        let layers = self.facts.meanings.parts.layers(schema);
        let limits = layers.into_iter().flat_map(|layer| layer.limits().iter());
        let mut broken = limits.filter(|limit| {
            let pattern = match limit {
                crate::document::Limit::Pattern(pattern) => self.rules.linear(pattern).ok(),
                _ => None,
            };
            rules::breaks(limit, pattern.as_deref(), value)
        });
        broken.next().map(crate::document::Limit::keyword)
    }

    /// Reports the types of the configuration that no value has.
    pub(super) fn report_unused_formats(&mut self) {
        self.chosen.report_unused(&self.document.schemas, &mut self.report);
    }

    /// Reports the formats that are not known: each once, for some documents have one of their own everywhere.
    pub(in crate::lower) fn report_unknown_formats(&mut self) {
        for ((format, read_as), mut pointers) in std::mem::take(&mut self.unknown_formats) {
            pointers.sort_by_cached_key(|pointer| (self.document.place(pointer), pointer.clone()));
            // A schema that is used in several places is looked at in each of them.
            pointers.dedup();
            let places = match pointers.len() {
                0 | 1 => String::new(),
                several => format!(" ({several} places)"),
            };
            let message = format!("format `{format}` is unknown: the value is {read_as}{places}");
            let help = crate::nearest::format_help(&format);
            if let Some(first) = pointers.first() {
                self.report.warn(Code::UnknownFormat, &At::of(first), message, help);
            }
        }
    }
}

fn access(read_only: bool, write_only: bool) -> Access {
    match (read_only, write_only) {
        (true, _) => Access::ReadOnly,
        (false, true) => Access::WriteOnly,
        (false, false) => Access::ReadWrite,
    }
}
