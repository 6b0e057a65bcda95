//! From bytes to one value tree in which every value has its place. Nothing here knows what a document
//! means.
//!
//! Two readers, one builder: JSON by a strict reader of our own, YAML 1.2 by the events of `saphyr-parser`. What
//! JSON cannot say is an error or, as merge keys, a warning; so is what two parsers would read differently, as keys
//! that occur twice. Whatever the bytes are, the outcome is a tree or errors, in bounded time, memory and stack.

mod anchors;
mod builder;
mod encoding;
mod json;
mod number;
mod object;
mod recognize;
mod scalar;
#[cfg(test)]
mod tests;
mod text_cache;
mod tree;
mod yaml;

use std::{error::Error, fmt};

pub(crate) use self::recognize::kind_of_text;
pub(crate) use self::tree::{push_segment, segments, unescape};
use self::{builder::Builder, encoding::NotText};
pub use self::{
    number::Number,
    object::{Member, Object},
    tree::{Node, Text, Value},
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, FileId, Files, Place, SourceFile},
    origin::Origins,
};

/// No limit on depth is above this one, because a walk of a tree may recurse, and must not exhaust a thread's stack.
const DEEPEST: usize = 1_024;

/// What a document may cost. The defaults are above every public document that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(
    clippy::struct_field_names,
    reason = "each of them is a maximum, also where it is read alone"
)]
pub struct Limits {
    /// Bytes in the file. 128 MiB.
    pub max_bytes: usize,
    /// Arrays and objects inside each other, the root counted. 128; more than 1,024 has no effect.
    pub max_depth: usize,
    /// Values in the tree (keys not counted), aliases replaced by what they stand for. 8,000,000.
    pub max_nodes: usize,
    /// Aliases in the file. 10,000.
    pub max_aliases: usize,
    /// Values copied for anchors and aliases. 2,000,000.
    pub max_copied_nodes: usize,
    /// Problems that are listed; the others are counted. 100.
    pub max_problems: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 128 << 20,
            max_depth: 128,
            max_nodes: 8_000_000,
            max_aliases: 10_000,
            max_copied_nodes: 2_000_000,
            max_problems: 100,
        }
    }
}

/// A document that was read.
#[derive(Clone, Debug)]
pub struct Source {
    /// The files that places point into.
    pub files: Files,
    /// The root: an object or an array.
    pub root: Node,
    /// What is doubtful, but no error.
    pub warnings: Diagnostics,
    /// Where the parts come from that later stages have moved.
    pub origins: Origins,
    /// What of the limits is spent.
    pub(crate) spent: Spent,
}

/// The reason why a document could not be read: at least one error, and the contents of the files.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// The files that places point into.
    pub files: Files,
    /// The errors and warnings, ordered by place.
    pub diagnostics: Diagnostics,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.diagnostics.render(&self.files))
    }
}

impl Error for Unreadable {}

/// Reads a document, of the name that messages call it by.
///
/// It is JSON if its first character other than white space is `{` or `[`, or if it starts with a comment of
/// JavaScript, and YAML otherwise. If a file starts like JSON and is not JSON, but is named `.yaml` or `.yml`, it is
/// read as YAML, because it may be in YAML's flow style.
pub fn read(name: &str, bytes: &[u8], limits: &Limits) -> Result<Source, Unreadable> {
    let mut spent = Spent::default();
    let read = read_file(name, bytes, limits, FileId::FIRST, &mut spent);
    match read.root {
        Some(root) => Ok(Source {
            files: read.file.into(),
            root,
            warnings: read.problems,
            origins: Origins::default(),
            spent,
        }),
        None => Err(Unreadable {
            files: read.file.into(),
            diagnostics: read.problems,
        }),
    }
}

/// What the files so far have taken of the limits, which hold for all together.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spent {
    bytes: usize,
    nodes: usize,
}

impl Spent {
    /// How many bytes may come yet.
    pub(crate) fn bytes_left(&self, limits: &Limits) -> usize {
        limits.max_bytes.saturating_sub(self.bytes)
    }

    /// Counts values that a stage copies.
    pub(crate) fn add_nodes(&mut self, nodes: usize) {
        self.nodes = self.nodes.saturating_add(nodes);
    }

    pub(crate) fn is_within(&self, limits: &Limits) -> bool {
        self.nodes <= limits.max_nodes
    }
}

/// One file, read.
#[derive(Debug)]
pub(crate) struct FileRead {
    pub(crate) file: SourceFile,
    /// `None` where the problems hold an error.
    pub(crate) root: Option<Node>,
    pub(crate) problems: Diagnostics,
}

/// Reads one of several files.
pub(crate) fn read_file(name: &str, bytes: &[u8], limits: &Limits, id: FileId, spent: &mut Spent) -> FileRead {
    let failed = |file, error: Diagnostic| FileRead {
        file,
        root: None,
        problems: [error].into_iter().collect(),
    };
    if bytes.len() > spent.bytes_left(limits) {
        let (length, limit) = (bytes.len(), limits.max_bytes);
        let message = match spent.bytes {
            0 => format!("the file has {length} bytes, but the limit is {limit}"),
            before => format!(
                "the file has {length} bytes and {before} bytes were read before it, but the limit is \
                {limit} for all files"
            ),
        };
        let start = Place {
            file: id,
            line: 1,
            column: 1,
        };
        let error = Diagnostic::error(Code::SizeLimit, Some(start), "", message);
        return failed(SourceFile::new(name, ""), error);
    }
    spent.bytes = spent.bytes.saturating_add(bytes.len());
    if let Some(error) = recognize::binary(bytes, id) {
        return failed(SourceFile::new(name, ""), error);
    }
    let text = match encoding::decode(bytes, id) {
        Ok(text) => text,
        Err(not_text) => {
            let NotText { shown, error } = *not_text;
            return failed(SourceFile::new(name, &*shown), error);
        }
    };
    let (root, problems) = read_text(name, text, limits, id, spent);
    if problems.has_errors()
        && let Some(error) = recognize::text(text, id)
    {
        return failed(SourceFile::new(name, text), error);
    }
    FileRead {
        file: SourceFile::new(name, text),
        root: root.filter(|_| !problems.has_errors()),
        problems,
    }
}

/// The text of a file that can be read, without its byte order mark.
pub(crate) fn text(bytes: &[u8]) -> Option<&str> {
    encoding::decode(bytes, FileId::FIRST).ok()
}

fn read_text(name: &str, text: &str, limits: &Limits, id: FileId, spent: &mut Spent) -> (Option<Node>, Diagnostics) {
    if json::looks_like_json(text) {
        let mut builder = Builder::new(id, limits, spent.nodes);
        let root = json::document(text, &mut builder);
        let nodes = builder.nodes();
        let problems = builder.finish();
        if !problems.has_errors() || !may_be_yaml(name) {
            spent.nodes = nodes;
            return (root, problems);
        }
    }
    let mut builder = Builder::new(id, limits, spent.nodes);
    let root = yaml::document(text, &mut builder);
    spent.nodes = builder.nodes();
    (root, builder.finish())
}

fn may_be_yaml(name: &str) -> bool {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    extension.eq_ignore_ascii_case("yaml") || extension.eq_ignore_ascii_case("yml")
}
