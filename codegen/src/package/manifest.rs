//! The manifest of a generated crate. It is the user's after the first run, except for two blocks between marks: the
//! features and the dependency. The mark of a block holds a digest of its lines, so an edit of them is noticed. The lines of
//! groups are not in the digest: they are compared with each other, so a group that is added changes no mark.

use std::fmt;

use super::{Package, Publish, Runtime, one_line, toml_string};

/// A manifest that is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Its text.
    pub text: String,
    /// What the user may want to change in their part of it, a sentence each.
    pub hints: Vec<String>,
}

/// Why a manifest is not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ManifestError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

impl fmt::Display for ManifestError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, message, help } = self;
        write!(formatter, "Cargo.toml:{line}: {message}\nhelp: {help}")
    }
}

impl std::error::Error for ManifestError {}

/// The two blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Block {
    Features,
    Dependency,
}

impl Block {
    fn name(self) -> &'static str {
        match self {
            Self::Features => "features",
            Self::Dependency => "dependency",
        }
    }

    fn section(self) -> &'static str {
        match self {
            Self::Features => "[features]",
            Self::Dependency => "[dependencies]",
        }
    }

    fn begin(self) -> String {
        format!("# specwright {}: begin", self.name())
    }

    fn end(self) -> String {
        format!("# specwright {}: end", self.name())
    }

    fn body(self, package: Package<'_>) -> String {
        match self {
            Self::Features => features(package.features),
            Self::Dependency => dependency(package.runtime),
        }
    }

    /// The block with its marks.
    fn written(self, package: Package<'_>) -> String {
        let body = self.body(package);
        format!(
            "{} (specwright owns the lines up to the end; digest {})\n{body}{}\n",
            self.begin(),
            digest(&GroupLines::of(&body).others),
            self.end()
        )
    }
}

/// A manifest for the first time.
pub(super) fn fresh(package: Package<'_>) -> Manifest {
    let default = if package.features.is_empty() {
        "# The client over HTTP, with TLS by rustls. Without any feature: the models alone.\n\
         default = [\"client\", \"rustls\"]\n"
    } else {
        "# The client over HTTP, with TLS by rustls, every group of operations, every model.\n\
         default = [\"all\", \"rustls\"]\n"
    };
    let text = format!(
        "# specwright wrote this file once. It is yours now, except for the lines between marks.\n\n\
         [package]\n{}\n{}\n{default}{}\n{}\n{}\n{LINTS}",
        metadata(package),
        Block::Features.section(),
        Block::Features.written(package),
        Block::Dependency.section(),
        Block::Dependency.written(package),
    );
    Manifest {
        text,
        hints: Vec::new(),
    }
}

/// A manifest with its two blocks as they should be, and everything else as it was.
pub(super) fn merged(present: &str, package: Package<'_>) -> Result<Manifest, ManifestError> {
    let features = Found::of(Block::Features, present)?;
    let dependency = Found::of(Block::Dependency, present)?;
    features.is_unedited(present, package)?;
    dependency.is_unedited(present, package)?;
    let end_of_line = if present.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = present.to_owned();
    let mut found = [&features, &dependency];
    // From the end, so that positions stay what they are.
    found.sort_by_key(|found| std::cmp::Reverse(found.start));
    for Found { block, start, end, .. } in found {
        let written = block.written(package).replace('\n', end_of_line);
        text.replace_range(*start..*end, &written);
    }
    let hints = hints(&features, present, package);
    Ok(Manifest { text, hints })
}

/// A block in a manifest.
struct Found {
    block: Block,
    /// The bytes of its lines, marks included.
    start: usize,
    end: usize,
    /// The line of its first mark, from 1.
    line: usize,
    /// The digest in the mark.
    digest: Option<String>,
    /// Its lines without the marks, each with its end as on Unix.
    body: String,
}

impl Found {
    fn of(block: Block, text: &str) -> Result<Self, ManifestError> {
        let mut found: Option<Self> = None;
        let (mut at, mut is_open, mut last_line) = (0, false, 1);
        for (index, line) in text.split_inclusive('\n').enumerate() {
            let (start, content) = (at, line.trim_end());
            at += line.len();
            last_line = index + 1;
            if content.trim_start().starts_with(&block.begin()) {
                if found.is_some() {
                    return Err(block.error(last_line, "the mark is there twice", "remove one of the blocks"));
                }
                let digest = content
                    .rsplit_once("digest ")
                    .map(|(_, rest)| rest.trim_end_matches(')').to_owned());
                is_open = true;
                found = Some(Self {
                    block,
                    start,
                    end: at,
                    line: last_line,
                    digest,
                    body: String::new(),
                });
            } else if content.trim_start().starts_with(&block.end()) {
                match found.as_mut().filter(|_| is_open) {
                    Some(found) => found.end = at,
                    None => {
                        return Err(block.error(last_line, "the end mark has no begin mark", "restore the begin mark"));
                    }
                }
                is_open = false;
            } else if let Some(found) = found.as_mut().filter(|_| is_open) {
                found.body.extend([content, "\n"]);
            }
        }
        match found {
            Some(found) if is_open => Err(block.error(found.line, "the block has no end mark", "restore the end mark")),
            Some(found) => Ok(found),
            None => Err(block.error(last_line, "the block is missing", "add the two lines of its marks")),
        }
    }

    /// An empty block is filled; a block with other lines than its digest says was edited, and so was one whose features of
    /// groups are not those that `all` names.
    fn is_unedited(&self, present: &str, package: Package<'_>) -> Result<(), ManifestError> {
        let is_empty = self.body.trim().is_empty();
        let lines = GroupLines::of(&self.body);
        let is_as_written = self.digest.as_deref() == Some(&digest(&lines.others)) && lines.listed == lines.defined;
        if is_empty || is_as_written {
            return Ok(());
        }
        let wanted = self.block.body(package);
        let mut wanted = wanted.lines();
        let different = self.body.lines().position(|line| wanted.next() != Some(line));
        let line = self.line + 1 + different.unwrap_or_else(|| self.body.lines().count());
        let edited = present.lines().nth(line - 1).unwrap_or_default().trim();
        let message = format!(
            "the block `{}` was edited, probably here: `{edited}`",
            self.block.name()
        );
        let help = "undo the edit, or delete the lines between the two marks and generate again; put lines of your own \
                    outside the marks";
        Err(ManifestError {
            line,
            message,
            help: help.to_owned(),
        })
    }
}

/// The lines of a block, apart from those that only name a group.
#[derive(Default)]
struct GroupLines<'t> {
    /// The features that `all` names.
    listed: Vec<&'t str>,
    /// The features that are defined.
    defined: Vec<&'t str>,
    /// Every other line.
    others: String,
}

impl<'t> GroupLines<'t> {
    fn of(body: &'t str) -> Self {
        let mut lines = Self::default();
        let mut is_in_all = false;
        for line in body.lines() {
            is_in_all = line == ALL || (is_in_all && line != "]");
            let listed = line.strip_prefix(LISTED.0).and_then(|line| line.strip_suffix(LISTED.1));
            let listed = listed.filter(|name| is_in_all && is_group(name));
            let defined = line.strip_suffix(DEFINED).filter(|name| is_group(name));
            match (listed, defined) {
                (Some(name), _) => lines.listed.push(name),
                (_, Some(name)) => lines.defined.push(name),
                (None, None) => lines.others.extend([line, "\n"]),
            }
        }
        lines
    }
}

fn is_group(name: &str) -> bool {
    name != "models" && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
}

impl Block {
    fn error(self, line: usize, message: &str, help: &str) -> ManifestError {
        ManifestError {
            line,
            message: format!("block `{}`: {message}", self.name()),
            help: format!(
                "{help}; below `{}`, the block of specwright is `{}` and `{}`",
                self.section(),
                self.begin(),
                self.end()
            ),
        }
    }
}

/// Features of the user that need a change because the block has changed.
fn hints(features: &Found, present: &str, package: Package<'_>) -> Vec<String> {
    let (had_groups, groups) = (features.body.contains("\nall = ["), !package.features.is_empty());
    let default = present
        .lines()
        .position(|line| line.trim_start().starts_with("default = ["));
    let line = default.map_or(features.line, |index| index + 1);
    let names_all = default
        .and_then(|index| present.lines().nth(index))
        .is_some_and(|line| line.contains("\"all\""));
    match (had_groups || features.body.trim().is_empty(), groups, names_all) {
        (false, true, false) => vec![format!(
            "Cargo.toml:{line}: groups of operations have features now: add \"all\" to `default` to enable all of them"
        )],
        (true, false, true) => vec![format!(
            "Cargo.toml:{line}: there are no features of groups any more: replace \"all\" in `default` with \"client\""
        )],
        _ => Vec::new(),
    }
}

/// 64 bits that notice an edit (FNV-1a).
pub(super) fn digest(body: &str) -> String {
    let hash = body.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

fn metadata(package: Package<'_>) -> String {
    let Package {
        name,
        title,
        metadata,
        runtime,
        ..
    } = package;
    let title = one_line(title);
    let default = if title.is_empty() {
        "A generated client.".to_owned()
    } else {
        format!("A client of {title}.")
    };
    let text = |given: &Option<String>, default: &str| toml_string(given.as_deref().unwrap_or(default));
    let mut lines = vec![
        format!("name = {}", toml_string(name.as_str())),
        format!("version = {}", text(&metadata.version, "0.1.0")),
        format!("description = {}", text(&metadata.description, &default)),
        format!("edition = {}", text(&metadata.edition, "2024")),
        format!(
            "rust-version = {}",
            text(&metadata.rust_version, env!("CARGO_PKG_RUST_VERSION"))
        ),
    ];
    if let Some(license) = &metadata.license {
        lines.push(format!("license = {}", toml_string(license)));
    }
    if let Some(repository) = &metadata.repository {
        lines.push(format!("repository = {}", toml_string(repository)));
    }
    if !metadata.authors.is_empty() {
        lines.push(format!("authors = {}", toml_strings(&metadata.authors)));
    }
    lines.extend(publish(package, matches!(runtime, Runtime::Path(_))));
    lines.join("\n") + "\n"
}

fn publish(package: Package<'_>, has_path: bool) -> Option<String> {
    match &package.metadata.publish {
        Some(Publish::Flag(false)) => Some("publish = false".to_owned()),
        Some(Publish::Registries(names)) => Some(format!("publish = {}", toml_strings(names))),
        None if has_path => Some("# A dependency by its path cannot be published.\npublish = false".to_owned()),
        None if package.metadata.license.is_none() => {
            Some("# Remove this line when the crate has a `license`.\npublish = false".to_owned())
        }
        Some(Publish::Flag(true)) | None => None,
    }
}

fn toml_strings(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| toml_string(text)).collect();
    format!("[{}]", texts.join(", "))
}

fn dependency(runtime: &Runtime) -> String {
    format!(
        "# What is the same for every operation: transport, credentials, retries, errors, JSON.\n\
         specwright-runtime = {}\n",
        requirement(runtime, &[])
    )
}

/// The value of the dependency on the runtime.
pub(super) fn requirement(runtime: &Runtime, features: &[&str]) -> String {
    let source = match runtime {
        Runtime::Path(path) => format!("path = {}", toml_string(path)),
        Runtime::Version(version) => format!("version = {}", toml_string(version.as_str())),
        Runtime::Git { url, reference } => {
            let (key, value) = reference.key_value();
            format!("git = {}, {key} = {}", toml_string(url), toml_string(value))
        }
        Runtime::Workspace => "workspace = true".to_owned(),
    };
    // The workspace says whether its default features are on.
    let default = if matches!(runtime, Runtime::Workspace) {
        ""
    } else {
        ", default-features = false"
    };
    let features = if features.is_empty() {
        String::new()
    } else {
        let features: Vec<String> = features.iter().map(|feature| toml_string(feature)).collect();
        format!(", features = [{}]", features.join(", "))
    };
    format!("{{ {source}{default}{features} }}")
}

/// The head of the list of all groups.
const ALL: &str = "all = [";
/// What is around a group in that list.
const LISTED: (&str, &str) = ("    \"", "\",");
/// What follows the name of a group where it is defined.
const DEFINED: &str = " = [\"client\"]";

/// The features that a user chooses from: groups first, whose names are identifiers whatever the document calls them.
fn features(groups: &[String]) -> String {
    let mut text = String::new();
    if !groups.is_empty() {
        text.push_str("# Every group of operations, and every model.\n");
        // One a line, so that a group that is added changes one line.
        text.extend([ALL, "\n    \"models\",\n"]);
        for group in groups {
            text.extend([LISTED.0, group, LISTED.1, "\n"]);
        }
        text.push_str(
            "]\n\
             # Every model; without it, those that several groups share and those of the chosen groups.\n\
             models = []\n\
             # A group of operations each, with the models that only it uses.\n",
        );
        for group in groups {
            text.extend([group, DEFINED, "\n"]);
        }
    }
    text + FEATURES
}

const FEATURES: &str = "\
# The operations, over a transport of your own.
client = [\"specwright-runtime/client\"]
# The transport over reqwest; without one of the two TLS features it reaches only loopback addresses.
reqwest = [\"client\", \"specwright-runtime/reqwest\"]
# TLS by rustls.
rustls = [\"client\", \"specwright-runtime/rustls\"]
# TLS by the platform.
native-tls = [\"client\", \"specwright-runtime/native-tls\"]
# Calls that block the thread, for programs without an async runtime.
blocking = [\"client\", \"specwright-runtime/blocking\"]
# For tests of programs that use the client: recorded exchanges that answer again.
test-util = [\"client\", \"specwright-runtime/test-util\"]
# `validate()`: checks values against the limits of the document; a client can check what it sends.
validate = [\"specwright-runtime/validate\"]
# Compressed responses.
gzip = [\"client\", \"specwright-runtime/gzip\"]
brotli = [\"client\", \"specwright-runtime/brotli\"]
zstd = [\"client\", \"specwright-runtime/zstd\"]
# SOCKS 4 and 5 proxies.
socks = [\"client\", \"specwright-runtime/socks\"]
# A span for each call and an event for each retry, over any transport; `reqwest` includes it.
tracing = [\"client\", \"specwright-runtime/tracing\"]
# Services of tower as transports, and transports as services of tower.
tower = [\"client\", \"specwright-runtime/tower\"]
# Conversions of timestamps, dates and identifiers to the types of these crates.
chrono = [\"specwright-runtime/chrono\"]
jiff = [\"specwright-runtime/jiff\"]
time = [\"specwright-runtime/time\"]
uuid = [\"specwright-runtime/uuid\"]
";

const LINTS: &str = "\
[lints.rust]
unsafe_code = \"forbid\"
missing_docs = \"warn\"
";

#[cfg(test)]
mod tests;
