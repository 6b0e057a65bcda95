//! `OpenAPI`'s parameter styles: how a value is written in a path, query, header or cookie.

use std::borrow::Cow;

use crate::{
    ParameterValue,
    encoding::{Keep, push_encoded},
};

/// The style of a parameter, with `explode` and `allowReserved`. The defaults are those of `OpenAPI`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    shape: Shape,
    explode: bool,
    keep: Keep,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    TabDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

impl Shape {
    /// What is between the elements of a list that is one text.
    fn delimiter(self) -> &'static str {
        match self {
            Self::SpaceDelimited => " ",
            Self::TabDelimited => "\t",
            Self::PipeDelimited => "|",
            _ => ",",
        }
    }

    fn is_delimited(self) -> bool {
        matches!(self, Self::SpaceDelimited | Self::TabDelimited | Self::PipeDelimited)
    }
}

impl Style {
    /// Path and header parameters: `blue,black`, objects as `R,100,G,200`.
    pub const SIMPLE: Self = Self::of(Shape::Simple);
    /// Path parameters: `.blue,black`.
    pub const LABEL: Self = Self::of(Shape::Label);
    /// Path parameters: `;color=blue,black`.
    pub const MATRIX: Self = Self::of(Shape::Matrix);
    /// Query and cookie parameters, exploded by default: `color=blue&color=black`.
    pub const FORM: Self = Self::of(Shape::Form).explode(true);
    /// Arrays: `color=blue%20black`, or `blue black` in a header.
    pub const SPACE_DELIMITED: Self = Self::of(Shape::SpaceDelimited);
    /// Arrays: `color=blue%09black`. Only Swagger 2.0 has this style.
    pub const TAB_DELIMITED: Self = Self::of(Shape::TabDelimited);
    /// Arrays: `color=blue%7Cblack`, or `blue|black` in a header.
    pub const PIPE_DELIMITED: Self = Self::of(Shape::PipeDelimited);
    /// Query parameters that are objects: `color[R]=100&color[G]=200`, the brackets percent-encoded.
    ///
    /// The specification does not define nested values. Nested objects add brackets (`a[b][c]=1`), arrays have the index of
    /// each item in brackets (`a[b][0]=1`), and scalars do not have brackets.
    pub const DEEP_OBJECT: Self = Self::of(Shape::DeepObject);
    /// Parameters with the content `application/json`: the whole value as JSON.
    pub const JSON: Self = Self::of(Shape::Json);

    const fn of(shape: Shape) -> Self {
        Self {
            shape,
            explode: false,
            keep: Keep::Unreserved,
        }
    }

    /// Sets whether each item of an array and each property of an object is written separately.
    #[must_use]
    pub const fn explode(mut self, explode: bool) -> Self {
        self.explode = explode;
        self
    }

    /// Does not encode reserved characters and percent-encoded triples, except characters with a meaning at the place of the
    /// value, such as `&` in a query, `/` in a path and `;` in a cookie.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.keep = Keep::Reserved;
        self
    }
}

impl Style {
    /// The style of a cookie.
    pub(crate) fn in_cookie(mut self) -> Self {
        if self.keep == Keep::Reserved {
            self.keep = Keep::ReservedInCookie;
        }
        self
    }
}

/// Why a value cannot be written in a style.
type Unwritable = Cow<'static, str>;

const NESTED: &str = "a parameter style does not support nested arrays and objects";

/// The name and value pairs that a query or cookie parameter adds, both encoded.
pub(crate) fn pairs(name: &str, value: &ParameterValue<'_>, style: Style) -> Result<Vec<(String, String)>, Unwritable> {
    let keep = style.keep;
    let one = |value| Ok(vec![(encoded(name, Keep::Unreserved), value)]);
    if style.shape == Shape::Json {
        return json_text(value, keep)?.map_or(Ok(Vec::new()), one);
    }
    let value = value.opened()?;
    let Some(value) = defined(&value) else {
        return Ok(Vec::new());
    };
    match style.shape {
        Shape::DeepObject => {
            let mut pairs = Vec::new();
            push_deep(&mut pairs, name, value, keep)?;
            Ok(pairs)
        }
        shape if style.explode && (shape == Shape::Form || shape.is_delimited()) => exploded(name, value, keep),
        Shape::Form => one(joined(value, ",", ",", keep)?),
        shape if shape.is_delimited() => {
            let delimiter = encoded(shape.delimiter(), Keep::Unreserved);
            one(joined(value, &delimiter, &delimiter, keep)?)
        }
        _ => Err("the style is allowed only for path parameters".into()),
    }
}

/// The text of a path parameter; empty where there is nothing to write.
pub(crate) fn path_text(name: &str, value: &ParameterValue<'_>, style: Style) -> Result<String, Unwritable> {
    let keep = match style.keep {
        Keep::Reserved => Keep::ReservedInPath,
        keep => keep,
    };
    if style.shape == Shape::Json {
        return Ok(json_text(value, keep)?.unwrap_or_default());
    }
    let value = value.opened()?;
    let Some(value) = defined(&value) else {
        return Ok(String::new());
    };
    match style.shape {
        Shape::Simple => joined(value, ",", pair_separator(style), keep),
        shape if shape.is_delimited() => {
            let delimiter = encoded(shape.delimiter(), Keep::Unreserved);
            joined(value, &delimiter, &delimiter, keep)
        }
        Shape::Label => {
            let separator = if style.explode { "." } else { "," };
            Ok(format!(".{}", joined(value, separator, pair_separator(style), keep)?))
        }
        Shape::Matrix => {
            let pairs = if style.explode {
                exploded(name, value, keep)?
            } else {
                vec![(encoded(name, Keep::Unreserved), joined(value, ",", ",", keep)?)]
            };
            Ok(pairs
                .into_iter()
                .map(|(name, value)| matrix_pair(&name, &value))
                .collect())
        }
        _ => Err("the style is allowed only for query parameters".into()),
    }
}

/// The text of a header parameter, `None` where it is not sent. Headers are not percent-encoded.
pub(crate) fn header_text(value: &ParameterValue<'_>, style: Style) -> Result<Option<String>, Unwritable> {
    if style.shape == Shape::Json {
        return json_text(value, Keep::Everything);
    }
    let value = value.opened()?;
    defined(&value)
        .map(|value| match style.shape {
            shape if shape.is_delimited() => joined(value, shape.delimiter(), shape.delimiter(), Keep::Everything),
            _ => joined(value, ",", pair_separator(style), Keep::Everything),
        })
        .transpose()
}

/// The text of a list that is one part of a body, `None` where it is not sent. Parts are not percent-encoded.
pub(crate) fn part_text(value: &ParameterValue<'_>, style: Style) -> Result<Option<String>, Unwritable> {
    let delimiter = style.shape.delimiter();
    let value = value.opened()?;
    defined(&value)
        .map(|value| joined(value, delimiter, delimiter, Keep::Everything))
        .transpose()
}

/// The whole value as JSON text, `None` where it is not given.
fn json_text(value: &ParameterValue<'_>, keep: Keep) -> Result<Option<String>, Unwritable> {
    match value {
        ParameterValue::Absent => Ok(None),
        ParameterValue::Json(json) => Ok(Some(encoded(json, keep))),
        ParameterValue::Unwritable(reason) => Err(reason.clone().into()),
        _ => Err("a JSON parameter requires a JSON form".into()),
    }
}

fn pair_separator(style: Style) -> &'static str {
    if style.explode { "=" } else { "," }
}

fn matrix_pair(name: &str, value: &str) -> String {
    if value.is_empty() {
        format!(";{name}")
    } else {
        format!(";{name}={value}")
    }
}

/// An array or object without members is undefined (RFC 6570, 2.3), as is what was not given.
fn defined<'v, 'a>(value: &'v ParameterValue<'a>) -> Option<&'v ParameterValue<'a>> {
    let is_defined = match value {
        ParameterValue::Absent => false,
        ParameterValue::Primitive(_) | ParameterValue::Json(_) | ParameterValue::Unwritable(_) => true,
        ParameterValue::Array(items) => items.iter().any(|item| *item != ParameterValue::Absent),
        ParameterValue::Object(members) => members.iter().any(|(_, value)| *value != ParameterValue::Absent),
    };
    is_defined.then_some(value)
}

/// The whole value as one text.
fn joined(value: &ParameterValue<'_>, separator: &str, pair: &str, keep: Keep) -> Result<String, Unwritable> {
    let pieces: Vec<String> = match value {
        ParameterValue::Array(items) => {
            let given = items.iter().filter(|item| **item != ParameterValue::Absent);
            given.map(|item| text(item, keep)).collect::<Result<_, Unwritable>>()?
        }
        ParameterValue::Object(members) => members
            .iter()
            .filter(|(_, value)| *value != ParameterValue::Absent)
            .map(|(key, value)| Ok(format!("{}{pair}{}", encoded(key, keep), text(value, keep)?)))
            .collect::<Result<_, Unwritable>>()?,
        other => vec![text(other, keep)?],
    };
    Ok(pieces.join(separator))
}

/// One pair for each item or member.
fn exploded(name: &str, value: &ParameterValue<'_>, keep: Keep) -> Result<Vec<(String, String)>, Unwritable> {
    let named = |value| Ok((encoded(name, Keep::Unreserved), text(value, keep)?));
    match value {
        ParameterValue::Array(items) => items
            .iter()
            .filter(|item| **item != ParameterValue::Absent)
            .map(named)
            .collect(),
        ParameterValue::Object(members) => members
            .iter()
            .filter(|(_, value)| *value != ParameterValue::Absent)
            .map(|(key, value)| Ok((encoded(key, Keep::Unreserved), text(value, keep)?)))
            .collect(),
        other => named(other).map(|pair| vec![pair]),
    }
}

/// One pair for each scalar at any depth, named after the way to it.
fn push_deep(
    pairs: &mut Vec<(String, String)>,
    name: &str,
    value: &ParameterValue<'_>,
    keep: Keep,
) -> Result<(), Unwritable> {
    match &*value.opened()? {
        ParameterValue::Absent => {}
        ParameterValue::Array(items) => {
            let given = items.iter().filter(|item| **item != ParameterValue::Absent);
            for (index, item) in given.enumerate() {
                push_deep(pairs, &format!("{name}[{index}]"), item, keep)?;
            }
        }
        ParameterValue::Object(members) => {
            for (key, value) in members {
                push_deep(pairs, &format!("{name}[{key}]"), value, keep)?;
            }
        }
        scalar => pairs.push((encoded(name, Keep::Unreserved), text(scalar, keep)?)),
    }
    Ok(())
}

fn text(value: &ParameterValue<'_>, keep: Keep) -> Result<String, Unwritable> {
    match value {
        ParameterValue::Primitive(text) | ParameterValue::Json(text) => Ok(encoded(text, keep)),
        ParameterValue::Unwritable(reason) => Err(reason.clone().into()),
        ParameterValue::Absent => Ok(String::new()),
        ParameterValue::Array(_) | ParameterValue::Object(_) => Err(NESTED.into()),
    }
}

fn encoded(text: &str, keep: Keep) -> String {
    let mut out = String::with_capacity(text.len());
    push_encoded(&mut out, text, keep);
    out
}

#[cfg(feature = "test-util")]
pub(crate) mod backwards;
#[cfg(test)]
mod tests;
