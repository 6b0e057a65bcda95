//! The parts of a body, and the inputs that are parts.

use std::str::FromStr as _;

use bytes::Bytes;
use http::{HeaderName, HeaderValue};

use super::{Inputs, Node};
use crate::{
    Style, Upload, multipart::declared_boundary, operation::Multipart, style::backwards::from_plain, wire::Json,
};

/// One part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::mock) struct Piece {
    pub(in crate::mock) name: Option<String>,
    file_name: Option<String>,
    content_type: Option<String>,
    headers: Vec<(String, String)>,
    pub(in crate::mock) data: Bytes,
}

/// The parts of a multipart body; none of any other.
pub(in crate::mock) fn split(content_type: &str, body: &Bytes) -> Vec<Piece> {
    let Some(boundary) = declared_boundary(content_type).filter(|_| content_type.starts_with("multipart/")) else {
        return Vec::new();
    };
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter may be the first line.
    let whole = [b"\r\n", body.as_ref()].concat();
    let mut pieces = Vec::new();
    let mut rest = whole.as_slice();
    let mut current: Option<&[u8]> = None;
    while let Some(at) = rest
        .windows(delimiter.len())
        .position(|bytes| bytes == delimiter.as_bytes())
    {
        let (before, after) = rest.split_at(at);
        pieces.extend(current.is_some().then(|| piece(before)).flatten());
        rest = after.get(delimiter.len()..).unwrap_or_default();
        if rest.starts_with(b"--") {
            break;
        }
        current = Some(rest);
    }
    pieces
}

/// A part between two delimiters, from the end of the first one's line.
fn piece(text: &[u8]) -> Option<Piece> {
    let text = text.strip_prefix(b"\r\n")?;
    let (head, data) = match text.strip_prefix(b"\r\n") {
        Some(data) => (&[][..], data),
        None => {
            let end = text.windows(4).position(|bytes| bytes == b"\r\n\r\n")?;
            (text.get(..end)?, text.get(end + 4..)?)
        }
    };
    let mut piece = Piece {
        name: None,
        file_name: None,
        content_type: None,
        headers: Vec::new(),
        data: Bytes::copy_from_slice(data),
    };
    for line in String::from_utf8_lossy(head).split("\r\n") {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let value = value.trim();
        if name.eq_ignore_ascii_case("content-disposition") {
            piece.name = parameter(value, "name");
            piece.file_name = parameter(value, "filename");
        } else if name.eq_ignore_ascii_case("content-type") {
            piece.content_type = Some(value.to_owned());
        } else if HeaderName::from_str(name).is_ok() && HeaderValue::from_str(value).is_ok() {
            piece.headers.push((name.to_owned(), value.to_owned()));
        }
    }
    Some(piece)
}

/// A quoted parameter of a disposition.
fn parameter(disposition: &str, name: &str) -> Option<String> {
    let (_, rest) = disposition.split_once(&format!("; {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
}

impl Piece {
    fn into_upload(self) -> Upload {
        let mut upload = Upload::from(self.data);
        upload.content_type = self.content_type;
        upload.file_name = self.file_name;
        upload.headers = self.headers;
        upload
    }

    fn node(&self, style: Option<Style>) -> Node {
        let text = String::from_utf8_lossy(&self.data).into_owned();
        match style {
            Some(style) => from_plain(&text, style),
            None => Node::scalar_or_list(text),
        }
    }
}

impl Inputs<'_> {
    /// A part that is a value.
    pub fn part<T: Json>(&mut self, slot: impl Into<crate::operation::Input>) -> Option<T> {
        let slot = slot.into();
        let nodes: Vec<Node> = self
            .named(slot.name)
            .iter()
            .map(|piece| piece.node(slot.style))
            .collect();
        let node = match nodes.as_slice() {
            [] => None,
            [one] => Some(one.clone()),
            _ => Some(Node::List(nodes)),
        };
        self.value(node, &format!("part `{}`", slot.name))
    }

    /// A part that is a file, or text that the caller writes.
    pub fn file(&mut self, name: &'static str) -> Option<Upload> {
        let is_required = std::mem::take(&mut self.is_required);
        let file = self.named(name).into_iter().next();
        if file.is_none() && is_required {
            self.problems.push(format!("part `{name}` is missing"));
        }
        file.map(Piece::into_upload)
    }

    /// Parts that are files, or text that the caller writes.
    pub fn files(&mut self, name: &'static str) -> Option<Vec<Upload>> {
        let is_required = std::mem::take(&mut self.is_required);
        let files = self.named(name);
        (is_required || !files.is_empty()).then(|| files.into_iter().map(Piece::into_upload).collect())
    }

    /// The parts of a body that the document does not name.
    pub fn parts(&mut self) -> Option<Vec<(String, Upload)>> {
        let is_required = std::mem::take(&mut self.is_required);
        let parts = self.parts.iter().cloned();
        let parts: Vec<(String, Upload)> = parts
            .map(|mut piece| (piece.name.take().unwrap_or_default(), piece.into_upload()))
            .collect();
        (is_required || !parts.is_empty()).then_some(parts)
    }

    /// A body of parts that are JSON or scalars.
    pub fn values<T: Json>(&mut self) -> Option<Vec<T>> {
        let nodes: Vec<Node> = self.parts.iter().map(|piece| piece.node(None)).collect();
        let node = (!nodes.is_empty() || self.is_required).then_some(Node::List(nodes));
        self.value(node, "body")
    }

    /// A body of parts that are uploads.
    pub fn uploads(&mut self) -> Option<Vec<Upload>> {
        let parts = self.parts()?;
        Some(parts.into_iter().map(|(_, upload)| upload).collect())
    }

    /// The parts of a name, or the next part where parts have no names.
    fn named(&mut self, name: &str) -> Vec<Piece> {
        if matches!(self.operation.parts, Some(Multipart::Positional(_))) {
            let next = self.parts.get(self.part).cloned();
            self.part += 1;
            return next.into_iter().collect();
        }
        let named = self.parts.iter().filter(|piece| piece.name.as_deref() == Some(name));
        named.cloned().collect()
    }
}
