//! Styles: how a parameter is written, and where its type makes no difference.

use indexmap::IndexMap;
use openapiv3::{Encoding, Parameter, ParameterData, PathStyle, QueryStyle};

use super::contents::Contents;
use crate::{
    at::At,
    diagnostic::Code,
    document::{ALLOW_RESERVED, DELIMITER},
    ir::{Field, Location, Primitive, Shape, Style, StyleShape, TypeRef},
};

impl Contents<'_, '_> {
    /// The style of a parameter that is described by a schema. The report lists one that makes no difference as left out.
    pub(in crate::lower) fn style(&mut self, parameter: &Parameter, ty: &TypeRef, at: &At<'_>) -> Style {
        let data = parameter.parameter_data_ref();
        let style = declared(parameter);
        let style = match style.shape {
            StyleShape::SpaceDelimited | StyleShape::PipeDelimited if style.explode && !self.is_scalar(ty) => {
                let message = format!(
                    "OpenAPI does not define how `{}` is exploded in this style: it is written in style `form`",
                    data.name
                );
                self.warn(Code::Weakened, at, message, "add `explode: false`, or use `form`");
                Style {
                    shape: StyleShape::Form,
                    ..style
                }
            }
            _ => style,
        };
        if style.shape != StyleShape::DeepObject {
            self.check_nesting(data, ty, at);
        }
        let simplified = self.simplified(style, ty, Style::usual(location(parameter)).shape);
        if simplified.shape != style.shape {
            self.types.report.leave_out(at, "style");
        }
        simplified
    }

    /// The same style without what makes no difference to values of this type.
    fn simplified(&self, style: Style, ty: &TypeRef, usual: StyleShape) -> Style {
        let is_scalar = self.is_scalar(ty);
        let shape = match style.shape {
            StyleShape::SpaceDelimited
            | StyleShape::TabDelimited
            | StyleShape::PipeDelimited
            | StyleShape::DeepObject
                if is_scalar =>
            {
                usual
            }
            shape => shape,
        };
        let is_list = matches!(ty, TypeRef::Array(_));
        let explode = match shape {
            _ if is_scalar => Style::of(shape).explode,
            StyleShape::Simple if is_list => false,
            StyleShape::DeepObject => false,
            _ => style.explode,
        };
        let has_signs = !matches!(ty, TypeRef::Primitive(primitive) if is_number(*primitive));
        Style {
            shape,
            explode,
            allow_reserved: style.allow_reserved && has_signs,
        }
    }

    /// Lists and objects inside others have no form in the styles but one.
    fn check_nesting(&mut self, data: &ParameterData, ty: &TypeRef, at: &At<'_>) {
        let is_deep = match ty {
            TypeRef::Array(inner) | TypeRef::Map(inner) => self.is_compound(inner),
            TypeRef::Named(_) => match self.shape(ty) {
                Some(Shape::Struct(object)) => object.fields().any(|Field { ty, .. }| self.is_compound(ty)),
                _ => false,
            },
            _ => false,
        };
        if is_deep {
            let message = format!(
                "OpenAPI's styles do not define how arrays and objects inside parameter `{}` are written: they are \
                written as JSON",
                data.name
            );
            let help = "use the content `application/json`, or the style `deepObject`";
            self.warn(Code::Weakened, &at.key("schema"), message, help);
        }
    }

    /// Whether values of the type are one piece of text.
    pub(super) fn is_scalar(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Primitive(primitive) => !matches!(primitive, Primitive::AnyMessage | Primitive::Null),
            TypeRef::Nullable(inner) => self.is_scalar(inner),
            TypeRef::Named(_) => matches!(
                self.shape(ty),
                Some(Shape::Enum(_) | Shape::Newtype(_) | Shape::ValueEnum(_) | Shape::Constant(_))
            ),
            _ => false,
        }
    }

    /// Whether values of the type are lists or objects, as far as it says.
    fn is_compound(&self, ty: &TypeRef) -> bool {
        match ty {
            TypeRef::Array(_) | TypeRef::Map(_) | TypeRef::AnyObject => true,
            TypeRef::Nullable(inner) => self.is_compound(inner),
            TypeRef::Primitive(primitive) => *primitive == Primitive::AnyMessage,
            TypeRef::Named(_) => matches!(self.shape(ty), Some(Shape::Struct(_))),
            TypeRef::Any => false,
        }
    }
}

/// Whether the strings of a scalar contain no reserved character.
pub(super) fn is_number(primitive: Primitive) -> bool {
    let is_in_string = matches!(primitive, Primitive::QuotedInt64 | Primitive::QuotedUint64);
    is_in_string || !(primitive.is_string() || primitive == Primitive::AnyMessage)
}

/// The style of a member of a form.
pub(super) fn of_form(style: &QueryStyle, encoding: &Encoding) -> Style {
    let style = Style::of(delimiter(&encoding.extensions).unwrap_or(shape(style)));
    let explode = encoding.explode;
    Style {
        explode: explode && style.shape != StyleShape::DeepObject,
        ..style
    }
}

/// What is between the elements of a list, where that is a style of Swagger 2.0 alone.
fn delimiter(extensions: &IndexMap<String, serde_json::Value>) -> Option<StyleShape> {
    match extensions.get(DELIMITER)?.as_str()? {
        "ssv" => Some(StyleShape::SpaceDelimited),
        "tsv" => Some(StyleShape::TabDelimited),
        _ => Some(StyleShape::PipeDelimited),
    }
}

fn shape(style: &QueryStyle) -> StyleShape {
    match style {
        QueryStyle::Form => StyleShape::Form,
        QueryStyle::SpaceDelimited => StyleShape::SpaceDelimited,
        QueryStyle::PipeDelimited => StyleShape::PipeDelimited,
        QueryStyle::DeepObject => StyleShape::DeepObject,
    }
}

/// The style as the document has it.
fn declared(parameter: &Parameter) -> Style {
    let data = parameter.parameter_data_ref();
    let explode = data.explode;
    let shape = match parameter {
        Parameter::Path { style, .. } => match style {
            PathStyle::Simple => StyleShape::Simple,
            PathStyle::Label => StyleShape::Label,
            PathStyle::Matrix => StyleShape::Matrix,
        },
        Parameter::Query { style, .. } => shape(style),
        Parameter::Header { .. } => Style::usual(Location::Header).shape,
        Parameter::Cookie { .. } => Style::usual(Location::Cookie).shape,
    };
    // Nothing in a header is percent-encoded.
    let is_encoded = !matches!(parameter, Parameter::Header { .. });
    let allow_reserved = is_encoded && data.extensions.contains_key(ALLOW_RESERVED);
    let shape = delimiter(&data.extensions).unwrap_or(shape);
    let usual = Style::of(shape);
    Style {
        shape,
        explode: explode.unwrap_or(usual.explode),
        allow_reserved,
    }
}

/// Where a parameter is.
pub(in crate::lower) fn location(parameter: &Parameter) -> Location {
    match parameter {
        Parameter::Path { .. } => Location::Path,
        Parameter::Query { .. } => Location::Query,
        Parameter::Header { .. } => Location::Header,
        Parameter::Cookie { .. } => Location::Cookie,
    }
}
