//! Parameters: which ones an operation takes, and how they are written.

use openapiv3::{Parameter, ParameterData, ParameterSchemaOrContent, QueryStyle, ReferenceOr};

use super::{Lowering, constraint::with_constraints, extension::did_you_mean, schema::Use, security::is_token};
use crate::{
    at::At,
    diagnostic::Code,
    ir::{Argument, Location, Shape, Style, TypeRef},
};

/// Headers that OpenAPI describes elsewhere: as parameters it tells to ignore them.
const IGNORED_HEADERS: [&str; 3] = ["Accept", "Authorization", "Content-Type"];

/// A parameter with the place where it stands.
struct Placed<'d> {
    parameter: &'d Parameter,
    pointer: String,
}

impl<'d> Lowering<'d> {
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
        let mut arguments: Vec<Argument> = placed
            .iter()
            .filter_map(|placed| self.argument(placed.parameter, owner, &At::of(&placed.pointer)))
            .collect();
        // Required ones first: they are the positional ones. The sort keeps the document's order otherwise.
        arguments.sort_by_key(|argument| (!argument.required, argument.location != Location::Path));
        arguments
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
                let message = format!("the parameter `{}` stands twice in this list", data.name);
                self.error(Code::DuplicateParameter, &at, message, "remove one of the two");
                continue;
            }
            placed.push(found);
        }
        placed
    }

    /// The parameter itself, a reference to a component followed.
    fn parameter(&mut self, parameter: &'d ReferenceOr<Parameter>, at: &At<'_>) -> Option<Placed<'d>> {
        let components = self
            .openapi()
            .components
            .as_ref()
            .map(|components| &components.parameters);
        let (parameter, pointer) = self.follow("parameter", "parameters", components, parameter, at)?;
        Some(Placed { parameter, pointer })
    }

    fn argument(&mut self, parameter: &'d Parameter, owner: &str, at: &At<'_>) -> Option<Argument> {
        let data = parameter.parameter_data_ref();
        self.unknown_extensions(&data.extensions, &[], at);
        let (location, style) = self.location_and_style(parameter, data, at)?;
        if location == Location::Header {
            self.check_header(&data.name, at)?;
        }
        let ParameterSchemaOrContent::Schema(schema) = &data.format else {
            let message = format!(
                "the parameter `{}` is described by `content`, which is not supported yet",
                data.name
            );
            self.error(
                Code::Unsupported,
                &at.key("content"),
                message,
                "describe it by `schema`",
            );
            return None;
        };
        let Use { ty, docs, .. } = self.use_of(schema, &format!("{owner}.{}", data.name), &at.key("schema"))?;
        if !self.is_parameter_type(&ty) {
            let message = format!(
                "the parameter `{}` is neither a scalar nor a list of scalars",
                data.name
            );
            self.error(
                Code::Unsupported,
                &at.key("schema"),
                message,
                "objects in parameters are not supported yet",
            );
            return None;
        }
        if location == Location::Path && !data.required {
            let message = format!(
                "the path parameter `{}` is not marked as required: without it the path is another one",
                data.name
            );
            self.error(Code::InvalidValue, at, message, "add `required: true`");
        }
        Some(Argument {
            name: data.name.clone(),
            docs: argument_docs(data.description.as_deref(), &docs, schema),
            location,
            style,
            required: data.required || location == Location::Path,
            ty,
            deprecated: data.deprecated.unwrap_or_default(),
        })
    }

    /// Whether a header of this name is for a parameter to set.
    fn check_header(&mut self, name: &str, at: &At<'_>) -> Option<()> {
        if IGNORED_HEADERS.iter().any(|header| header.eq_ignore_ascii_case(name)) {
            let message = format!("a header parameter `{name}` means nothing in OpenAPI: it is ignored");
            let help = "describe it by the media types or by a security scheme, and remove it here";
            self.warn(Code::UnknownKey, at, message, help);
            return None;
        }
        if !is_token(name) {
            let message = format!("`{name}` is no name of a header");
            self.error(
                Code::InvalidValue,
                &at.key("name"),
                message,
                "use letters, digits and dashes",
            );
            return None;
        }
        Some(())
    }

    fn location_and_style(
        &mut self,
        parameter: &Parameter,
        data: &ParameterData,
        at: &At<'_>,
    ) -> Option<(Location, Style)> {
        use openapiv3::PathStyle;
        match parameter {
            Parameter::Path {
                style: PathStyle::Simple,
                ..
            } => Some((Location::Path, Style::Usual)),
            Parameter::Header { .. } => Some((Location::Header, Style::Usual)),
            Parameter::Query { style, .. } => {
                let style = match (style, data.explode) {
                    (QueryStyle::Form, None | Some(true)) => Style::Usual,
                    (QueryStyle::Form, Some(false)) => Style::FormJoined,
                    (QueryStyle::SpaceDelimited, _) => Style::SpaceDelimited,
                    (QueryStyle::PipeDelimited, _) => Style::PipeDelimited,
                    (QueryStyle::DeepObject, _) => return self.unsupported_style(data, at),
                };
                Some((Location::Query, style))
            }
            Parameter::Cookie { .. } => {
                let message = format!("the parameter `{}` is a cookie, which is not supported yet", data.name);
                self.error(
                    Code::Unsupported,
                    &at.key("in"),
                    message,
                    "pass it as a header or in the query",
                );
                None
            }
            Parameter::Path { .. } => self.unsupported_style(data, at),
        }
    }

    fn unsupported_style(&mut self, data: &ParameterData, at: &At<'_>) -> Option<(Location, Style)> {
        let message = format!(
            "the parameter `{}` is written in a style that is not supported yet",
            data.name
        );
        self.error(
            Code::Unsupported,
            at,
            message,
            "use `simple` in the path and headers, and `form` in the query",
        );
        None
    }

    fn is_parameter_type(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Primitive(primitive) => *primitive != crate::ir::Primitive::AnyMessage,
            TypeRef::Array(element) => !matches!(**element, TypeRef::Array(_)) && self.is_parameter_type(element),
            TypeRef::Named(id) => self.types[id.index()]
                .as_ref()
                .is_some_and(|def| matches!(def.shape, Shape::Enum(_) | Shape::Newtype(_))),
            TypeRef::Map(_) | TypeRef::Nullable(_) | TypeRef::Any | TypeRef::AnyObject => false,
        }
    }

    /// Every `{name}` of the path has a parameter, and every path parameter has a place.
    pub(super) fn check_template(&mut self, path: &str, arguments: &[Argument], at: &At<'_>) {
        let names = template_names(path);
        if !braces_match(path) {
            let message = format!("the braces of the path `{path}` do not match");
            self.error(Code::InvalidPath, at, message, "write each parameter as `{name}`");
        }
        for (index, name) in names.iter().enumerate() {
            if names[..index].contains(name) {
                let message = format!("`{{{name}}}` stands twice in the path");
                self.error(Code::InvalidPath, at, message, "give the second one a name of its own");
            }
            if !arguments
                .iter()
                .any(|argument| argument.location == Location::Path && argument.name == *name)
            {
                let message = format!("`{{{name}}}` has no parameter");
                let help = format!("add a parameter `name: {name}`, `in: path`");
                self.error(Code::InvalidPath, at, message, help);
            }
        }
        for argument in arguments.iter().filter(|argument| argument.location == Location::Path) {
            if !names.contains(&argument.name.as_str()) {
                let message = format!("the parameter `{}` has no place in the path `{path}`", argument.name);
                let help = did_you_mean(&argument.name, names.iter().copied(), "");
                self.error(Code::InvalidPath, at, message, help);
            }
        }
    }
}

/// The parameter's own description, with the limits of its schema; without one, the schema's.
fn argument_docs(description: Option<&str>, schema_docs: &str, schema: &ReferenceOr<openapiv3::Schema>) -> String {
    match (description, schema) {
        (Some(description), ReferenceOr::Item(schema)) => with_constraints(description, schema),
        (Some(description), ReferenceOr::Reference { .. }) => description.to_owned(),
        (None, _) => schema_docs.to_owned(),
    }
}

fn same(a: &Parameter, b: &Parameter) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b) && a.parameter_data_ref().name == b.parameter_data_ref().name
}

/// Whether every brace that opens is closed before the next one opens.
fn braces_match(path: &str) -> bool {
    let mut open = false;
    for sign in path.chars() {
        match (sign, open) {
            ('{', false) => open = true,
            ('}', true) => open = false,
            ('{' | '}', _) => return false,
            _ => {}
        }
    }
    !open
}

/// The names between braces, in the path's order.
pub(super) fn template_names(path: &str) -> Vec<&str> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect()
}
