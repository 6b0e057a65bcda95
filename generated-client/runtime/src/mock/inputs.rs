//! The inputs of a request, read by the tables that write them.

mod bodies;
mod parts;

use bytes::Bytes;
use http::{HeaderMap, Request, header};

pub(super) use self::parts::{Piece, split};
use super::{node::Node, request::Seen};
use crate::{
    Operation, Style,
    operation::Input,
    path,
    style::backwards::{Pairs, from_pairs, from_path, from_plain, split_pairs, without_name},
    wire::{DecodeError, Json},
};

/// The inputs of one request. Generated code reads them one by one.
///
/// A method returns `None` if the request does not have the input, or if it is not what the document declares.
pub struct Inputs<'r> {
    seen: &'r Seen,
    operation: &'static Operation,
    arguments: Vec<(&'static str, &'r str)>,
    /// The arguments of the path that are read.
    position: usize,
    query: Pairs,
    cookies: Pairs,
    parts: Vec<Piece>,
    /// The parts without names that are read.
    part: usize,
    /// The names of the query parameters, once all of them were asked for.
    names: Vec<String>,
    is_required: bool,
    problems: Vec<String>,
}

impl<'r> Inputs<'r> {
    /// Reads a value of a request. The second reading knows the names of all parameters.
    pub(super) fn read<T>(
        seen: &'r Seen,
        operation: &'static Operation,
        read: impl Fn(&mut Inputs<'_>) -> Option<T>,
    ) -> Result<T, Vec<String>> {
        let mut inputs = Self {
            seen,
            operation,
            arguments: path::arguments_of(operation.path(), seen.uri.path()).unwrap_or_default(),
            position: 0,
            query: split_pairs(seen.uri.query().unwrap_or_default(), "&"),
            cookies: split_pairs(cookie_text(&seen.headers), "; "),
            parts: split(seen.content_type(), &seen.body),
            part: 0,
            names: Vec::new(),
            is_required: false,
            problems: Vec::new(),
        };
        let _ = read(&mut inputs);
        inputs.problems.clear();
        (inputs.position, inputs.part) = (0, 0);
        match read(&mut inputs) {
            Some(value) if inputs.problems.is_empty() => Ok(value),
            _ => Err(inputs.problems),
        }
    }

    /// Declares that the next input must not be missing.
    pub fn required(&mut self) -> &mut Self {
        self.is_required = true;
        self
    }

    /// The whole request.
    #[must_use]
    pub fn whole(&self) -> Request<Bytes> {
        self.seen.whole()
    }

    /// The next argument of the path.
    pub fn path<T: Json>(&mut self, style: Style) -> Option<T> {
        let name = path::names(self.operation.path()).nth(self.position);
        self.position += 1;
        let name = name?;
        let text = self.arguments.iter().find(|(own, _)| *own == name);
        let node = text.map(|(_, text)| from_path(name, text, style));
        self.value(node, &format!("path argument `{name}`"))
    }

    /// A query parameter.
    pub fn query<T: Json>(&mut self, slot: impl Into<Input>) -> Option<T> {
        let Input { name, style, .. } = slot.into();
        self.names.push(name.to_owned());
        let style = style.unwrap_or(Style::FORM);
        let node = from_pairs(name, &self.query, style);
        if node.is_none()
            && let Some(object) = without_name(&self.query, style, &self.names)
            && let Ok(object) = object.read()
        {
            self.is_required = false;
            return Some(object);
        }
        self.value(node, &format!("query parameter `{name}`"))
    }

    /// A header parameter.
    pub fn header<T: Json>(&mut self, slot: impl Into<Input>) -> Option<T> {
        let Input { name, style, .. } = slot.into();
        let text = self
            .seen
            .headers
            .get(name)
            .and_then(|value| std::str::from_utf8(value.as_bytes()).ok());
        let node = text.map(|text| from_plain(text, style.unwrap_or(Style::SIMPLE)));
        self.value(node, &format!("header `{name}`"))
    }

    /// A cookie parameter.
    pub fn cookie<T: Json>(&mut self, slot: impl Into<Input>) -> Option<T> {
        let Input { name, style, .. } = slot.into();
        let node = from_pairs(name, &self.cookies, style.unwrap_or(Style::FORM));
        self.value(node, &format!("cookie `{name}`"))
    }

    /// A value, or a note about why there is none.
    fn value<T: Json>(&mut self, node: Option<Node>, place: &str) -> Option<T> {
        let is_required = std::mem::take(&mut self.is_required);
        match node.map(Node::read::<T>) {
            Some(Ok(value)) => Some(value),
            Some(Err(error)) => {
                self.problems.push(format!("{place}: {}", shown(&error)));
                None
            }
            // An object without properties is not sent.
            None if is_required => Node::Members(Vec::new()).read::<T>().ok().or_else(|| {
                self.problems.push(format!("{place} is missing"));
                None
            }),
            None => None,
        }
    }
}

/// Why a value does not decode, without its place in text that was made here.
fn shown(error: &DecodeError) -> String {
    let path = if error.path() == "$" {
        String::new()
    } else {
        format!("{} ", error.path())
    };
    format!("{path}expected {}, found {}", error.expected(), error.found())
}

fn cookie_text(headers: &HeaderMap) -> &str {
    headers
        .get(header::COOKIE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}
