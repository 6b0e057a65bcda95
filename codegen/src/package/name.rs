//! Names of packages.

use std::fmt;

/// What goes in front of words that make no name.
const PREFIX: &str = "api";

/// crates.io takes no longer ones.
const LONGEST: usize = 64;

/// No library can be called by a keyword, in any edition.
const KEYWORDS: [&str; 51] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod",
    "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super", "trait", "true",
    "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Crates that come with Rust, and the one that every client depends on.
const TAKEN: [&str; 6] = ["alloc", "specwright_runtime", "core", "proc_macro", "std", "test"];

/// Names that Windows takes for devices, whatever follows the first dot.
const DEVICES: [&str; 22] = [
    "aux", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt1", "lpt2", "lpt3",
    "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "nul", "prn",
];

/// A name that cargo takes for a package and rustc, without a warning, for its library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageName(String);

impl PackageName {
    /// Takes a name as it is.
    pub fn parse(name: &str) -> Result<Self, NameError> {
        let refuse = |reason| {
            Err(NameError {
                name: name.to_owned(),
                reason,
            })
        };
        if name.is_empty() {
            return refuse("it is empty");
        }
        if name.len() > LONGEST {
            return refuse("it has more than 64 characters");
        }
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            return refuse("it must start with a lower-case letter from a to z");
        }
        if !name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
        {
            return refuse("it may hold lower-case letters from a to z, digits, `-` and `_`");
        }
        let ident = name.replace('-', "_");
        if ident.contains("__") {
            return refuse("it has two of `-` and `_` in a row");
        }
        if KEYWORDS.contains(&ident.as_str()) {
            return refuse("it is a keyword of Rust");
        }
        if TAKEN.contains(&ident.as_str()) {
            return refuse("it is the name of a crate that Rust or the client needs");
        }
        if DEVICES.contains(&name) {
            return refuse("it is the name of a device on Windows");
        }
        Ok(Self(name.to_owned()))
    }

    /// Makes a name of a document's file name: `Pet Store.v2.yaml` is `pet-store-v2`, `6-dot-x.json` is `api-6-dot-x`.
    ///
    /// A file name whose words make no name of their own gets the word `api` in front of them.
    #[must_use]
    pub fn of_file(file_name: &str) -> Self {
        let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
        let ascii = deunicode::deunicode_with_tofu(stem, " ");
        let words = ascii.split(|c: char| !c.is_ascii_alphanumeric());
        let words = words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase);
        let mut name = words.collect::<Vec<_>>().join("-");
        if Self::parse(&name).is_err() {
            name = format!("{PREFIX}-{name}");
        }
        name.truncate(LONGEST);
        Self(name.trim_end_matches('-').to_owned())
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The error of an invalid package name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameError {
    name: String,
    reason: &'static str,
}

impl fmt::Display for NameError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.name.chars().take(LONGEST).collect();
        write!(formatter, "{shown:?} cannot be the name of a package: {}", self.reason)
    }
}

impl std::error::Error for NameError {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::PackageName;

    /// R05
    #[test]
    fn names_that_cargo_or_rustc_refuse_are_refused() {
        let long = "a".repeat(65);
        for name in [
            "",
            "-a",
            "_a",
            "_",
            "1a",
            "a b",
            "a\"b",
            "a\nb",
            "a.b",
            "a/b",
            "../a",
            "ä",
            "A",
            "aB",
            "a--b",
            "a-_b",
            "fn",
            "self",
            "gen",
            "std",
            "core",
            "test",
            "proc-macro",
            "specwright-runtime",
            "specwright_runtime",
            "nul",
            "com1",
            &long,
        ] {
            assert!(PackageName::parse(name).is_err(), "{name}");
        }
        for name in ["a", "petstore", "pet-store_2", "c1", "gen-client", &"a".repeat(64)] {
            assert_eq!(PackageName::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn a_refusal_shows_no_control_character() {
        let error = PackageName::parse("a\u{1b}[31m\nb").unwrap_err().to_string();
        assert!(!error.contains(char::is_control), "{error:?}");
    }

    #[test]
    fn a_file_name_becomes_a_name() {
        for (file, name) in [
            ("petstore.yaml", "petstore"),
            ("Pet Store.v2.yaml", "pet-store-v2"),
            ("api.github.com.json", "api-github-com"),
            ("__x__.yml", "x"),
            ("openapi", "openapi"),
            ("ünïcode.yaml", "unicode"),
            ("日本.yaml", "ri-ben"),
        ] {
            assert_eq!(PackageName::of_file(file).as_str(), name);
        }
    }

    #[test]
    fn a_file_name_without_a_name_of_its_own_gets_a_prefix() {
        for (file, name) in [
            ("6-dot-x.json", "api-6-dot-x"),
            ("3.yaml", "api-3"),
            ("3.0.yaml", "api-3-0"),
            ("-.yaml", "api"),
            ("_.yaml", "api"),
            (".yaml", "api"),
            ("", "api"),
            ("self.yaml", "api-self"),
            ("Fn.yaml", "api-fn"),
            ("std.json", "api-std"),
            ("specwright_runtime.json", "api-specwright-runtime"),
            ("nul.json", "api-nul"),
            ("\u{fffd}\u{202e}.yaml", "api"),
        ] {
            assert_eq!(PackageName::of_file(file).as_str(), name, "{file}");
        }
    }

    #[test]
    fn every_file_name_gives_a_name_that_is_one() {
        let long = "ab-".repeat(40);
        let digits = "1".repeat(200);
        for file in [
            long.as_str(),
            &digits,
            "6-dot-x.json",
            "-",
            "a b\n\"c\".json",
            "../x",
            "proc-macro",
            "é",
        ] {
            let name = PackageName::of_file(file);
            assert_eq!(PackageName::parse(name.as_str()), Ok(name), "{file}");
        }
    }
}
