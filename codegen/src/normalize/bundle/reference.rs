//! The text of a reference: which file it means, and what there.

use percent_encoding::percent_decode_str;

use super::problem::Problem;
use crate::{
    diagnostic::Code,
    read::{push_segment, unescape},
};

/// What a reference says.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// The file, relative to the document's folder; `None` for the file that contains the reference.
    pub(super) path: Option<String>,
    pub(super) fragment: Fragment,
}

/// What is meant of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fragment {
    /// The keys and positions that lead there; none for the whole file.
    At(Vec<String>),
    /// The schema that has this `$anchor`.
    Anchor(String),
}

impl Reference {
    /// Reads a reference in the file `base`.
    pub(super) fn parse(text: &str, base: &str) -> Result<Self, Problem> {
        let (file, fragment) = text.split_once('#').unwrap_or((text, ""));
        let path = if file.is_empty() { None } else { Some(path(file, base)?) };
        Ok(Self {
            path,
            fragment: Fragment::parse(fragment),
        })
    }
}

impl Fragment {
    /// The segments are decoded one by one, so that `application%2Fjson` is one of them, as many documents mean it.
    pub(super) fn parse(text: &str) -> Self {
        let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
        if text.is_empty() {
            return Self::At(Vec::new());
        }
        match text.strip_prefix('/') {
            Some(segments) => Self::At(segments.split('/').map(|segment| unescape(&decoded(segment))).collect()),
            None => match decoded(text).strip_prefix('/') {
                Some(segments) => Self::At(segments.split('/').map(unescape).collect()),
                None => Self::Anchor(decoded(text)),
            },
        }
    }
}

/// What is wrong with a reference whose pointer has a `~` that neither 0 nor 1 follows: it is read as it is written.
pub(in crate::normalize) fn wrong_escape(text: &str) -> Option<Problem> {
    let (_, fragment) = text
        .split_once('#')
        .filter(|(_, fragment)| fragment.contains(['~', '%']))?;
    let decoded = percent_decode_str(fragment).decode_utf8_lossy();
    let mut escapes = decoded.split('~').skip(1);
    let rest = escapes.find(|rest| !rest.starts_with(['0', '1']))?;
    let escape: String = std::iter::once('~').chain(rest.chars().take(1)).collect();
    let message = format!("`{escape}` is not a valid escape sequence of a JSON pointer: it is read literally");
    Some(Problem::new(
        Code::InvalidValue,
        message,
        "write `~0` for `~`, and `~1` for `/`",
    ))
}

fn path(file: &str, base: &str) -> Result<String, Problem> {
    if let Some(scheme) = scheme(file) {
        return Err(of_a_scheme(file, scheme));
    }
    if file.starts_with("//") {
        return Err(of_a_scheme(&format!("https:{file}"), "https"));
    }
    let path = percent_decode_str(file).decode_utf8_lossy();
    if path.starts_with(['/', '\\']) {
        let message = format!("`{file}` is an absolute path: a document can refer only to files in its own folder");
        let help = "write the path relative to the file that contains the reference";
        return Err(Problem::new(Code::OutsideFolder, message, help));
    }
    Ok(join(base, &path))
}

/// The scheme that a URI begins with; a drive's letter counts too.
fn scheme(file: &str) -> Option<&str> {
    let (scheme, _) = file.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c));
    is_scheme.then_some(scheme)
}

fn of_a_scheme(uri: &str, scheme: &str) -> Problem {
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        let message = format!("`{uri}` is not a relative path: only relative paths to files are supported");
        let help = "save the file in the document's folder, and refer to it by its relative path";
        return Problem::new(Code::RemoteReference, message, help);
    }
    let message = format!("`{uri}` is a URL: the generator never accesses the network");
    let name = uri.rsplit('/').next().unwrap_or_default();
    let name: String = name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c))
        .collect();
    let name = match name.trim_start_matches('.') {
        "" => "other.yaml",
        name => name,
    };
    // The command is meant to be pasted into a shell, which must find nothing in it to act upon.
    let is_harmless = uri
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._~:/@%+,=".contains(c));
    let help = if is_harmless {
        format!(
            "download it into the document's folder with `curl --create-dirs -o vendor/{name} {uri}`, and refer to \
            `vendor/{name}`"
        )
    } else {
        format!("download it into the document's folder as `vendor/{name}`, and refer to that file")
    };
    Problem::new(Code::RemoteReference, message, help)
}

/// A path relative to a file, without `.`, and with `..` at its start alone.
pub(super) fn join(base: &str, path: &str) -> String {
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    parts.join("/")
}

/// A URI or a path, relative to another one.
pub(super) fn resolve(base: &str, uri: &str) -> String {
    if scheme(uri).is_some() {
        return uri.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else {
        // A URI with a scheme and no host, such as a URN, does not name a folder.
        return if self::scheme(base).is_some() {
            uri.to_owned()
        } else {
            join(base, uri)
        };
    };
    if let Some(rest) = uri.strip_prefix("//") {
        return format!("{scheme}://{rest}");
    }
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let path = match uri.strip_prefix('/') {
        Some(path) => join("", path),
        None => join(path, uri),
    };
    format!("{scheme}://{host}/{path}")
}

/// The pointer that segments make.
pub(super) fn pointer<S: AsRef<str>>(segments: impl IntoIterator<Item = S>) -> String {
    let mut pointer = String::new();
    for segment in segments {
        push_segment(&mut pointer, segment.as_ref());
    }
    pointer
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{Fragment, Reference, join, resolve};
    use crate::diagnostic::Code;

    fn parsed(text: &str) -> (Option<String>, Fragment) {
        let reference = Reference::parse(text, "a/b.yaml").unwrap();
        (reference.path, reference.fragment)
    }

    fn at(segments: &[&str]) -> Fragment {
        Fragment::At(segments.iter().map(|segment| (*segment).to_owned()).collect())
    }

    #[test]
    fn fragments_are_decoded_once() {
        assert_eq!(
            parsed("#/paths/~1a~1%7Bid%7D/x"),
            (None, at(&["paths", "/a/{id}", "x"]))
        );
        assert_eq!(parsed("#/a/application%2Fjson").1, at(&["a", "application/json"]));
        assert_eq!(parsed("#%2Fa%2Fb%7E1c").1, at(&["a", "b/c"]));
        assert_eq!(parsed("#/a/%2525/~01").1, at(&["a", "%25", "~1"]));
        assert_eq!(parsed("#"), (None, at(&[])));
        assert_eq!(parsed("#name").1, Fragment::Anchor("name".to_owned()));
    }

    #[test]
    fn files_are_relative_to_the_file_that_refers_to_them() {
        let file = |text: &str| parsed(text).0.unwrap();
        assert_eq!(file("c.yaml#/x"), "a/c.yaml");
        assert_eq!(file("./d/../c%20d.yaml"), "a/c d.yaml");
        assert_eq!(file("../c.yaml"), "c.yaml");
        assert_eq!(file("../../c.yaml"), "../c.yaml");
        assert_eq!(join("x.yaml", "..%2f"), "..%2f");
        assert_eq!(file("..%2F..%2F..%2Fetc/passwd"), "../../etc/passwd");
    }

    #[test]
    fn ids_are_relative_to_ids_and_to_files() {
        for (base, id, uri) in [
            ("a/b.yaml", "c", "a/c"),
            ("a/b.yaml", "https://x.example/c", "https://x.example/c"),
            ("https://x.example/a/b", "../c", "https://x.example/c"),
            ("https://x.example/a/b", "/c", "https://x.example/c"),
            ("https://x.example", "c", "https://x.example/c"),
            ("urn:a:b", "c", "c"),
        ] {
            assert_eq!(resolve(base, id), uri, "{base} {id}");
        }
    }

    #[test]
    fn what_is_elsewhere_is_refused() {
        let code = |text: &str| Reference::parse(text, "a.yaml").unwrap_err().code;
        for remote in [
            "https://a.example/b.yaml#/c",
            "HTTP://x",
            "//a.example/b",
            "ftp://a/b",
            "file:///etc/passwd",
            "c:/a",
        ] {
            assert_eq!(code(remote), Code::RemoteReference, "{remote}");
        }
        for absolute in ["/etc/passwd", "%2Fetc/passwd", "\\\\host\\share"] {
            assert_eq!(code(absolute), Code::OutsideFolder, "{absolute}");
        }
    }

    #[test]
    fn the_command_that_vendors_holds_nothing_for_a_shell() {
        let help = |text: &str| Reference::parse(text, "a.yaml").unwrap_err().help;
        assert!(
            help("https://a.example/b/pet.yaml#/Pet")
                .contains("curl --create-dirs -o vendor/pet.yaml https://a.example/b/pet.yaml`")
        );
        for hostile in [
            "https://a/$(id)",
            "https://a/`id`",
            "https://a/b;id",
            "https://a/ b",
            "https://a/'x",
        ] {
            assert!(!help(hostile).contains("curl"), "{hostile}");
        }
    }
}
