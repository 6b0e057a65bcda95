//! What a file is that cannot be read as YAML or JSON, or that holds another kind of document.

use super::encoding::clamp;
use crate::diagnostic::{Code, Diagnostic, FileId, Place};

/// Bytes are looked at up to here: a kind of file shows at its start.
const MAX_START: usize = 4_096;
const MAX_LINES: usize = 200;

/// How archives and other binary files start.
const BINARY: &[(&[u8], &str, &str)] = &[
    (
        b"\x1f\x8b",
        "compressed with gzip",
        "decompress it first, as with `gunzip`",
    ),
    (b"PK\x03\x04", "a ZIP archive", "unpack it, and use the document inside"),
    (
        b"BZh",
        "compressed with bzip2",
        "decompress it first, as with `bunzip2`",
    ),
    (
        b"\xfd7zXZ\0",
        "compressed with xz",
        "decompress it first, as with `unxz`",
    ),
    (
        b"\x28\xb5\x2f\xfd",
        "compressed with zstd",
        "decompress it first, as with `unzstd`",
    ),
    (b"%PDF-", "a PDF file", "use the document in YAML or JSON"),
];

/// The error of a binary file of a known kind.
pub(super) fn binary(bytes: &[u8], file: FileId) -> Option<Diagnostic> {
    let (_, what, help) = BINARY.iter().find(|(start, _, _)| bytes.starts_with(start))?;
    Some(other_format(what, help, start(file)))
}

/// Returns the error of a file of a known kind that is not YAML or JSON.
pub(super) fn text(text: &str, file: FileId) -> Option<Diagnostic> {
    let marker = text.lines().position(|line| line.starts_with("<<<<<<< "));
    if let Some(line) = marker.filter(|_| text.lines().any(|line| line.starts_with(">>>>>>> "))) {
        let place = Place {
            line: clamp(line.saturating_add(1)),
            ..start(file)
        };
        let message = "the file has merge conflict markers: a merge was not completed";
        let help = "choose one of the versions between `<<<<<<<` and `>>>>>>>`, and remove the markers";
        return Some(Diagnostic::error(Code::MergeConflict, Some(place), "", message).help(help));
    }
    let (what, help) = kind_of_text(text)?;
    Some(other_format(what, help, start(file)))
}

fn other_format(what: &str, help: &str, place: Place) -> Diagnostic {
    let message = format!("the file is {what}, but a document must be YAML or JSON");
    Diagnostic::error(Code::OtherFormat, Some(place), "", message).help(help)
}

/// Returns what a file is by its first lines, and the help for it. Comments of RAML and API Blueprint can be valid YAML.
pub(crate) fn kind_of_text(text: &str) -> Option<(&'static str, &'static str)> {
    let text = text.trim_start();
    let head = text.get(..MAX_START.min(text.len())).unwrap_or(text);
    let lower = head.to_ascii_lowercase();
    if lower.starts_with("version https://git-lfs.github.com/spec/") {
        return Some(("a Git LFS pointer", "run `git lfs pull` to download the file itself"));
    }
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        let help = "check the URL that you downloaded it from: login pages and error pages are HTML";
        return Some(("an HTML page", help));
    }
    if lower.starts_with('<') {
        return Some(of_xml(&lower));
    }
    if lower.starts_with("#%raml") {
        return Some(("a RAML document", "convert it to OpenAPI 3 first"));
    }
    if lower.starts_with("format: 1a") {
        return Some(("an API Blueprint document", "convert it to OpenAPI 3 first"));
    }
    let mut lines = text.lines().take(MAX_LINES).map(str::trim_end);
    let is_protocol = |line: &str| line.starts_with("syntax = \"proto") || line.starts_with("edition = \"");
    if text.lines().take(MAX_LINES).any(is_protocol) {
        return Some(("a Protocol Buffers file", "generate an OpenAPI document from it first"));
    }
    lines.any(is_graphql).then_some((
        "a GraphQL schema",
        "use an OpenAPI document of the same API, or a generator for GraphQL",
    ))
}

fn of_xml(text: &str) -> (&'static str, &'static str) {
    if text.contains("wadl") {
        ("a WADL document", "convert it to OpenAPI 3 first")
    } else if text.contains("wsdl") {
        ("a WSDL document", "convert it to OpenAPI 3 first")
    } else {
        (
            "an XML file",
            "check the URL that you downloaded it from: an OpenAPI document is YAML or JSON",
        )
    }
}

/// Whether a line opens a definition of GraphQL, as `type Query {`.
fn is_graphql(line: &str) -> bool {
    let line = line.strip_prefix("extend ").unwrap_or(line);
    let Some(rest) = line.strip_suffix('{').map(str::trim_end) else {
        return false;
    };
    let mut words = rest.split(' ');
    match (words.next(), words.next()) {
        (Some("schema"), None) => true,
        (Some("type" | "input" | "interface" | "enum"), Some(name)) => {
            name.starts_with(|c: char| c.is_ascii_alphabetic()) && !name.ends_with(':')
        }
        _ => false,
    }
}

fn start(file: FileId) -> Place {
    Place {
        file,
        line: 1,
        column: 1,
    }
}
