//! Parameters: which ones an operation takes, and how they are written.

use openapiv3::{Parameter, ParameterData, ParameterSchemaOrContent, ReferenceOr};

use crate::{
    at::At,
    diagnostic::Code,
    document::SchemaView,
    ir::{Access, Argument, Location, Origin, PathTemplate, Primitive, Style, StyleShape, TypeRef},
    lower::{
        follow::{Section, name_in_component},
        media::{Contents, location},
        token::is_token,
        types::Use,
    },
    media_type::Media,
    read::unescape,
};

/// The name for the type of a parameter: after its component, its path, or its operation, whichever declares it.
fn name_of_type(parameter: &str, operation: &str, pointer: &str) -> String {
    if let Some(name) = name_in_component(pointer) {
        return name;
    }
    let of_path = pointer.strip_prefix("/paths/").and_then(|rest| rest.split_once('/'));
    match of_path {
        Some((path, rest)) if rest.starts_with("parameters/") => {
            format!("paths.{}.{parameter}", unescape(path).replace('.', " "))
        }
        _ => format!("{operation}.{parameter}"),
    }
}

/// Headers that OpenAPI describes elsewhere: as parameters it tells to ignore them.
const IGNORED_HEADERS: [&str; 3] = ["Accept", "Authorization", "Content-Type"];

/// What a parameter is that is described by a media type: its value, whether it is JSON text, its schema.
type ContentParameter<'d> = (Use, bool, Option<SchemaView<'d>>);

/// Makes arguments of parameters.
pub(super) struct Parameters<'c, 'a, 'd> {
    pub(super) contents: &'c mut Contents<'a, 'd>,
}

/// A parameter with the place where it occurs.
struct Placed<'d> {
    parameter: &'d Parameter,
    pointer: String,
}

impl<'d> Parameters<'_, '_, 'd> {
    /// The arguments of an operation: its own parameters, and those of its path that it does not replace.
    pub(super) fn arguments(
        &mut self,
        shared: (&'d [ReferenceOr<Parameter>], &At<'_>),
        own: (&'d [ReferenceOr<Parameter>], &At<'_>),
        owner: &str,
    ) -> Vec<Argument> {
        let mut placed = self.placed(own.0, own.1);
        for candidate in self.placed(shared.0, shared.1) {
            if !placed.iter().any(|own| same(own.parameter, candidate.parameter)) {
                placed.push(candidate);
            }
        }
        placed
            .iter()
            .filter_map(|placed| self.argument(placed.parameter, owner, &At::of(&placed.pointer)))
            .collect()
    }

    fn placed(&mut self, parameters: &'d [ReferenceOr<Parameter>], at: &At<'_>) -> Vec<Placed<'d>> {
        let here = at.key("parameters");
        let mut placed: Vec<Placed<'d>> = Vec::with_capacity(parameters.len());
        for (index, parameter) in parameters.iter().enumerate() {
            let at = here.index(index);
            let Some(found) = self.parameter(parameter, &at) else {
                continue;
            };
            if placed.iter().any(|other| same(other.parameter, found.parameter)) {
                let data = found.parameter.parameter_data_ref();
                let message = format!("parameter `{}` is declared twice", data.name);
                self.contents
                    .error(Code::DuplicateParameter, &at, message, "remove one of the two");
                continue;
            }
            placed.push(found);
        }
        placed
    }

    /// The parameter itself, a reference to a component followed.
    fn parameter(&mut self, parameter: &'d ReferenceOr<Parameter>, at: &At<'_>) -> Option<Placed<'d>> {
        let components = self.contents.types.document.openapi.components.as_ref();
        let section = Section {
            kind: "parameter",
            name: "parameters",
            components: components.map(|components| &components.parameters),
        };
        let (parameter, pointer) = section.follow(parameter, at, &mut self.contents.types.report)?;
        Some(Placed { parameter, pointer })
    }

    fn argument(&mut self, parameter: &'d Parameter, owner: &str, at: &At<'_>) -> Option<Argument> {
        let data = parameter.parameter_data_ref();
        self.contents.types.report.unknown_extensions(&data.extensions, &[], at);
        let location = location(parameter);
        if location == Location::Header {
            self.check_header(data, at)?;
        }
        let name = name_of_type(&data.name, owner, &at.pointer());
        let (value, style, schema) = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => {
                let schema = self.contents.schema(schema)?;
                let value = self.contents.use_of(schema, &name)?;
                let style = self.contents.style(parameter, &value.ty, at);
                (value, style, Some(schema))
            }
            ParameterSchemaOrContent::Content(content) => {
                let (value, is_json, schema) = self.content_parameter(data, content, &name, at)?;
                let style = if is_json {
                    Style::of(StyleShape::Json)
                } else {
                    Style::usual(location)
                };
                (value, style, schema)
            }
        };
        if location == Location::Path && !data.required {
            let message = format!(
                "path parameter `{}` is not declared as required, but a path always contains its parameters",
                data.name
            );
            self.contents
                .error(Code::InvalidValue, at, message, "add `required: true`");
        }
        self.check_null_and_empty(parameter, &value, at);
        Some(Argument {
            name: data.name.clone(),
            docs: self
                .contents
                .argument_docs(data.description.as_deref(), &value.docs, schema),
            location,
            style,
            media: None,
            choices: Vec::new(),
            required: data.required || location == Location::Path,
            ty: value.ty,
            deprecated: data.deprecated.unwrap_or_default(),
            origin: Origin::At(at.pointer().into()),
        })
    }

    /// A parameter that is described by a media type: JSON text, or text that the caller writes.
    fn content_parameter(
        &mut self,
        data: &'d ParameterData,
        content: &'d openapiv3::Content,
        name: &str,
        at: &At<'_>,
    ) -> Option<ContentParameter<'d>> {
        let at = at.key("content");
        let Some((media, described)) = content.first() else {
            let message = format!("the `content` of parameter `{}` is empty", data.name);
            self.contents.error(
                Code::InvalidValue,
                &at,
                message,
                "add a media type, such as `application/json`",
            );
            return None;
        };
        let at = at.key(media);
        let schema = described
            .schema
            .as_ref()
            .and_then(|schema| self.contents.schema(schema));
        if Media::of(media).is_json() {
            let value = match schema {
                Some(schema) => {
                    let value = self.contents.use_of(schema, name)?;
                    let ty = self.contents.as_json(value.ty, &schema);
                    Use { ty, ..value }
                }
                None => Use::of(TypeRef::Any, false, Access::ReadWrite),
            };
            return Some((value, true, schema));
        }
        let message = format!(
            "the caller writes parameter `{}` as a string of media type `{media}`",
            data.name
        );
        self.contents.warn(
            Code::Weakened,
            &at,
            message,
            "no action is needed, unless you need a type: then use `schema`",
        );
        let text = TypeRef::Primitive(Primitive::String);
        Some((Use::of(text, false, Access::ReadWrite), false, schema))
    }

    /// Warns about null and empty values that a parameter allows and that cannot be sent.
    fn check_null_and_empty(&mut self, parameter: &Parameter, value: &Use, at: &At<'_>) {
        let data = parameter.parameter_data_ref();
        if value.nullable && data.required {
            let message = format!(
                "a parameter cannot be null: the method requires a value for `{}`",
                data.name
            );
            let help = "remove null from its schema, or make the parameter optional";
            self.contents.warn(Code::Weakened, &at.key("schema"), message, help);
        }
        let is_text = matches!(value.ty, TypeRef::Primitive(Primitive::String) | TypeRef::Any);
        if let Parameter::Query {
            allow_empty_value: Some(true),
            ..
        } = parameter
            && !is_text
        {
            let message = format!(
                "`allowEmptyValue` is ignored: `{}` is sent with a value, or omitted",
                data.name
            );
            let help = "no action is needed, unless the server expects only the name: then use a string";
            self.contents
                .warn(Code::Weakened, &at.key("allowEmptyValue"), message, help);
        }
    }

    /// Whether a header of this name is for a parameter to set.
    fn check_header(&mut self, data: &ParameterData, at: &At<'_>) -> Option<()> {
        let name = &data.name;
        if name.is_empty() && !data.required {
            let message = "the name of a header is empty: the parameter is ignored";
            self.contents.warn(
                Code::InvalidValue,
                &at.key("name"),
                message,
                "add a name, or remove the parameter",
            );
            return None;
        }
        if IGNORED_HEADERS.iter().any(|header| header.eq_ignore_ascii_case(name)) {
            let message = format!("header parameter `{name}` has no effect in OpenAPI: it is ignored");
            let help = "use the media types of `content` or a security scheme instead, and remove the parameter";
            self.contents.warn(Code::ReservedHeader, at, message, help);
            return None;
        }
        if !is_token(name) {
            let message = format!("`{name}` is not a valid header name");
            self.contents.error(
                Code::InvalidValue,
                &at.key("name"),
                message,
                "use letters, digits and dashes",
            );
            return None;
        }
        Some(())
    }
}

/// Those of the path in the order of its template, then the required ones, then the others, sorted by wire name: the order of
/// `parameters` means nothing. Parts keep their order, in which they are sent.
pub(super) fn in_order(arguments: &mut [Argument], path: &PathTemplate) {
    arguments.sort_by_cached_key(|argument| {
        let name = match argument.location {
            Location::Path | Location::Part => "",
            Location::Query | Location::Header | Location::Cookie => argument.name.as_str(),
        };
        let location = match argument.location {
            Location::Path => 0,
            Location::Query | Location::Header | Location::Cookie => 1,
            Location::Part => 2,
        };
        let place = path.position(&argument.name).filter(|_| location == 0);
        (!argument.required, location, place, name.to_owned(), argument.location)
    });
}

fn same(a: &Parameter, b: &Parameter) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b) && a.parameter_data_ref().name == b.parameter_data_ref().name
}
