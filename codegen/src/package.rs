//! The crate around generated modules: its manifest and its root, for documents that have no hand-written crate.
//!
//! Two texts from outside reach them: the package's name, which must be one that cargo and rustc take as it is, and the
//! document's title, which is an escaped string of TOML.

mod name;
mod runtime;

use std::fmt::Write as _;

pub use self::{
    name::{NameError, PackageName},
    runtime::{Runtime, RuntimeError, VersionRequirement},
};
use crate::{Files, invisible::acts_on_display, render};

/// Where the generated modules lie in a crate.
pub const GENERATED_FOLDER: &str = "src/generated";

/// The first line of every file that this program wrote holds this word. It replaces and removes no other file.
pub const MARK: &str = "@generated";

/// More characters of a title are of no use to a reader of a list of packages.
const LONGEST_TITLE: usize = 120;

/// What makes a crate of a client.
#[derive(Clone, Copy, Debug)]
pub struct Package<'a> {
    /// Its name.
    pub name: &'a PackageName,
    /// The document's title, as it stands there.
    pub title: &'a str,
    /// What [`Input::name`](crate::Input::name) was.
    pub source: &'a str,
    /// The features of its groups of operations.
    pub features: &'a [String],
    /// Where the runtime comes from.
    pub runtime: &'a Runtime,
}

/// All files of the crate, relative to its folder: the manifest, the root and the generated modules.
#[must_use]
pub fn files(package: Package<'_>, generated: &Files) -> Files {
    let modules = generated
        .iter()
        .map(|(path, text)| (format!("{GENERATED_FOLDER}/{path}"), text.to_owned()));
    let own = [
        ("Cargo.toml".to_owned(), manifest(package)),
        ("src/lib.rs".to_owned(), root(package.source)),
    ];
    modules.chain(own).collect()
}

/// The features of a client whose operations are one group: there is nothing to choose from.
const DEFAULT: &str = "\
# The client over HTTP, with TLS by rustls. Without any feature: the models alone.
default = [\"client\", \"rustls\"]
";

const FEATURES: &str = "\
# The operations, over a transport of one's own.
client = [\"specwright-runtime/client\"]
# The transport over reqwest; without one of the two TLS features it reaches loopback only.
reqwest = [\"client\", \"specwright-runtime/reqwest\"]
# TLS by rustls.
rustls = [\"client\", \"specwright-runtime/rustls\"]
# TLS by the platform.
native-tls = [\"client\", \"specwright-runtime/native-tls\"]
# Calls that block the thread, for programs without a runtime.
blocking = [\"client\", \"specwright-runtime/blocking\"]
# For the tests of programs that use the client: exchanges that are recorded and answer again.
test-util = [\"client\", \"specwright-runtime/test-util\"]
# `validate()`: values against the limits that the document sets; a client can check what it sends.
validate = [\"specwright-runtime/validate\"]
# Compressed responses.
gzip = [\"client\", \"specwright-runtime/gzip\"]
brotli = [\"client\", \"specwright-runtime/brotli\"]
zstd = [\"client\", \"specwright-runtime/zstd\"]
# Proxies that speak SOCKS 4 or 5.
socks = [\"client\", \"specwright-runtime/socks\"]
# A span for each call and an event for each retry, over any transport; the transport over reqwest brings it.
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

/// The features by which a user chooses groups: identifiers all, whatever the document calls them.
fn group_features(groups: &[String]) -> String {
    let quoted: Vec<String> = groups.iter().map(|group| toml_string(group)).collect();
    let mut text = format!(
        "# Everything: the client over HTTP, with TLS by rustls, every group of operations, every model.\n\
         default = [\"all\", \"rustls\"]\n\
         # Every group of operations, and every model.\n\
         all = [\"models\", {}]\n\
         # Every model; without it, those that several groups share and those of the chosen groups.\n\
         models = []\n\
         # A group of operations each, with the models that it alone uses.\n",
        quoted.join(", ")
    );
    for group in quoted {
        text.extend([group.trim_matches('"'), " = [\"client\"]\n"]);
    }
    text
}

fn manifest(package: Package<'_>) -> String {
    let Package {
        name,
        title,
        source,
        features,
        runtime,
    } = package;
    let choice = if features.is_empty() {
        DEFAULT.to_owned()
    } else {
        group_features(features)
    };
    let title = one_line(title);
    let description = if title.is_empty() {
        "A generated client.".to_owned()
    } else {
        format!("A client of {title}.")
    };
    // A path is of one machine or one repository; who has it cannot publish.
    let publish = if matches!(runtime, Runtime::Path(_)) {
        "publish = false\n"
    } else {
        ""
    };
    let head: String = render::header(&one_line(source)).replace("// ", "# ");
    format!(
        "{head}\
         [package]\n\
         name = {name}\n\
         description = {description}\n\
         version = \"0.1.0\"\n\
         edition = \"2024\"\n\
         rust-version = \"{rust_version}\"\n\
         {publish}\n\
         # Features: begin.\n\
         [features]\n\
         {choice}\
         {FEATURES}\
         # Features: end.\n\n\
         {LINTS}\n\
         [dependencies]\n\
         # What is the same for every operation: transport, credentials, retries, errors, JSON.\n\
         specwright-runtime = {{ {requirement}, default-features = false }}\n",
        name = toml_string(name.as_str()),
        description = toml_string(&description),
        rust_version = env!("CARGO_PKG_RUST_VERSION"),
        requirement = match runtime {
            Runtime::Path(path) => format!("path = {}", toml_string(path)),
            Runtime::Version(version) => format!("version = {}", toml_string(version.as_str())),
        },
    )
}

/// Nothing of the document stands here: its title and description are the documentation of `generated`.
const ROOT: &str = r#"//! A typed client, generated from an OpenAPI document.
//!
//! Operations are in `apis`, by group, and what they take and give in `models`. `Client::builder` takes a server, such as
//! one of `servers`, and then credentials and limits. The features of the manifest say which groups of operations there
//! are; without the feature `client` there are models alone.

#[allow(
    deprecated,
    clippy::disallowed_names,
    clippy::doc_markdown,
    clippy::doc_lazy_continuation,
    clippy::fn_params_excessive_bools,
    clippy::iter_not_returning_iterator,
    clippy::many_single_char_names,
    clippy::module_inception,
    clippy::semicolon_if_nothing_returned,
    clippy::should_implement_trait,
    clippy::similar_names,
    clippy::struct_excessive_bools,
    clippy::struct_field_names,
    clippy::too_many_lines,
    clippy::wildcard_imports,
    clippy::zero_sized_map_values,
    reason = "names, sizes and descriptions are the document's own, and what is deprecated is still read and written"
)]
#[rustfmt::skip]
mod generated;

pub use specwright_runtime;
pub use generated::*;
"#;

fn root(source: &str) -> String {
    render::header(&one_line(source)) + ROOT
}

/// A text as one line without anything that does not show or reorders what does.
fn one_line(text: &str) -> String {
    let visible: String = text.chars().map(|c| if acts_on_display(c) { ' ' } else { c }).collect();
    let words: Vec<&str> = visible.split_whitespace().collect();
    let line = words.join(" ");
    if line.chars().nth(LONGEST_TITLE).is_none() {
        return line;
    }
    let kept: String = line.chars().take(LONGEST_TITLE).collect();
    format!("{}...", kept.trim_end())
}

/// A basic string of TOML, quotes included.
fn toml_string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if acts_on_display(c) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{Package, PackageName, Runtime, VersionRequirement, files, manifest, toml_string};
    use crate::{Files, invisible::acts_on_display};

    fn written(title: &str, source: &str) -> String {
        let name = PackageName::parse("petstore").unwrap();
        let runtime = Runtime::Version(VersionRequirement::parse("0.1").unwrap());
        manifest(Package {
            name: &name,
            title,
            source,
            features: &[],
            runtime: &runtime,
        })
    }

    /// R05: the only line that a title changes is the description, and it stays one string.
    #[test]
    fn a_hostile_title_stays_one_string() {
        let plain = written("x", "a.yaml");
        for title in [
            "x\"\n[dependencies]\nevil = \"1\"",
            "x\\",
            "x\\\"",
            "\"\"\"\n[package]\nbuild = \"evil.rs\"\n\"\"\"",
            "x\r\nbuild = \"evil.rs\"",
            "x\u{0}\u{7f}\u{85}\u{2028}build = 1",
            "x\u{202e}\u{2066}\u{feff}",
            "'''",
        ] {
            let text = written(title, "a.yaml");
            assert_eq!(text.lines().count(), plain.lines().count(), "{text}");
            for (line, expected) in text.lines().zip(plain.lines()) {
                if line == expected {
                    continue;
                }
                let inside = line
                    .strip_prefix("description = \"")
                    .and_then(|rest| rest.strip_suffix('"'))
                    .unwrap();
                let without_escapes = inside.replace("\\\\", "").replace("\\\"", "");
                assert!(!without_escapes.contains(['"', '\\']), "{line}");
                assert!(!line.chars().any(acts_on_display), "{line:?}");
            }
        }
    }

    /// R05
    #[test]
    fn a_hostile_file_name_stays_in_the_first_line() {
        let text = written("", "a\n[dependencies]\nevil = \"1\"\n.yaml");
        assert!(
            text.lines()
                .next()
                .unwrap()
                .ends_with("from a [dependencies] evil = \"1\" .yaml."),
            "{text}"
        );
        assert_eq!(text.lines().count(), written("", "a.yaml").lines().count());
    }

    #[test]
    fn a_long_title_is_cut() {
        let text = written(&"x".repeat(10_000), "a.yaml");
        let short = written("x", "a.yaml");
        assert!(text.len() < short.len() + 200, "{} and {}", text.len(), short.len());
        assert!(text.contains("xxx...."));
    }

    #[test]
    fn strings_are_escaped() {
        assert_eq!(toml_string("a\"b\\c\u{1}"), "\"a\\\"b\\\\c\\U00000001\"");
    }

    #[test]
    fn a_crate_has_manifest_root_and_modules() {
        let name = PackageName::parse("petstore").unwrap();
        let runtime = Runtime::Path("../runtime".to_owned());
        let generated = Files::from_iter([("mod.rs".to_owned(), "// @generated\n".to_owned())]);
        let all = files(
            Package {
                name: &name,
                title: "",
                source: "a.yaml",
                features: &[],
                runtime: &runtime,
            },
            &generated,
        );
        let paths: Vec<&str> = all.iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["Cargo.toml", "src/generated/mod.rs", "src/lib.rs"]);
        for (path, text) in all.iter() {
            assert!(text.lines().next().unwrap().contains(super::MARK), "{path}");
        }
        let manifest = all.get("Cargo.toml").unwrap();
        assert!(
            manifest.contains("specwright-runtime = { path = \"../runtime\", default-features = false }"),
            "{manifest}"
        );
        assert!(manifest.contains("publish = false"), "{manifest}");
        assert!(manifest.contains("default = [\"client\", \"rustls\"]"), "{manifest}");
    }
}
