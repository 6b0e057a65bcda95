//! Where the runtime of a client comes from.

use std::fmt;

/// The source of the crate `specwright-runtime`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// A folder, relative to that of the client's manifest or absolute, with `/` between its parts.
    Path(String),
    /// A release of it.
    Version(VersionRequirement),
    /// A git repository that holds it.
    Git {
        /// The URL of the repository.
        url: String,
        /// Which of its commits.
        reference: GitReference,
    },
    /// What the workspace of the client declares.
    Workspace,
}

/// Which commit of a git repository. A branch is not one: what it names changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GitReference {
    /// A revision.
    Rev(String),
    /// A tag.
    Tag(String),
}

impl GitReference {
    /// The key and the value in a manifest.
    #[must_use]
    pub fn key_value(&self) -> (&'static str, &str) {
        match self {
            Self::Rev(rev) => ("rev", rev),
            Self::Tag(tag) => ("tag", tag),
        }
    }
}

impl Runtime {
    /// The release that this generator was made with.
    #[must_use]
    pub fn released() -> Self {
        Self::Version(VersionRequirement(env!("CARGO_PKG_VERSION").to_owned()))
    }

    /// A commit of a git repository; the error says what is missing or too much.
    pub fn git(url: String, rev: Option<String>, tag: Option<String>) -> Result<Self, String> {
        let reference = match (rev, tag) {
            (Some(rev), None) => GitReference::Rev(rev),
            (None, Some(tag)) => GitReference::Tag(tag),
            (None, None) => return Err("`git` needs `rev` or `tag`, which name one commit".to_owned()),
            (Some(_), Some(_)) => return Err("`rev` and `tag` are both given".to_owned()),
        };
        Ok(Self::Git { url, reference })
    }
}

/// A requirement of a version, as cargo writes them: `0.1`, `^1.2.3`, `>=1, <3`, `=1.0.0-rc.1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRequirement(String);

impl VersionRequirement {
    /// Returns whether a string looks like a requirement, valid or not.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        !text.contains(['/', '\\'])
            && text
                .trim_start()
                .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '^' | '~' | '=' | '<' | '>' | '*'))
    }

    /// Reads a requirement.
    pub fn parse(text: &str) -> Result<Self, RuntimeError> {
        let text = text.trim();
        if text == "*" || (text.len() <= 100 && text.split(',').all(is_comparator)) {
            Ok(Self(text.to_owned()))
        } else {
            Err(RuntimeError(text.to_owned()))
        }
    }

    /// The requirement.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_comparator(text: &str) -> bool {
    let text = text.trim();
    let version = text.trim_start_matches(['^', '~', '=', '<', '>']);
    let Some(operator) = text.strip_suffix(version) else {
        return false;
    };
    if !matches!(operator, "" | "^" | "~" | "=" | "<" | ">" | "<=" | ">=") {
        return false;
    }
    let version = version.trim_start();
    let (numbers, suffix) = match version.find(['-', '+']) {
        Some(at) => version.split_at(at),
        None => (version, ""),
    };
    let parts: Vec<&str> = numbers.split('.').collect();
    parts.len() <= 3
        && (suffix.is_empty() || parts.len() == 3)
        && parts
            .iter()
            .enumerate()
            .all(|(index, part)| is_number(part) || (index > 0 && *part == "*"))
        && is_suffix(suffix)
}

fn is_number(text: &str) -> bool {
    let has_leading_zero = text.len() > 1 && text.starts_with('0');
    !has_leading_zero && text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u64>().is_ok()
}

/// `-rc.1`, `+build.5`, `-rc.1+build.5`.
fn is_suffix(text: &str) -> bool {
    let (pre_release, build) = text
        .split_once('+')
        .map_or((text, None), |(first, second)| (first, Some(second)));
    let is_dotted = |text: &str| {
        let is_word =
            |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        text.split('.').all(is_word)
    };
    pre_release.strip_prefix('-').map_or(pre_release.is_empty(), is_dotted) && build.is_none_or(is_dotted)
}

/// The error of an invalid version requirement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuntimeError(String);

impl fmt::Display for RuntimeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.0.chars().take(100).collect();
        write!(
            formatter,
            "{shown:?} is not a version requirement such as `0.1` or `^1.2.3`"
        )
    }
}

impl std::error::Error for RuntimeError {}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::VersionRequirement;

    #[test]
    fn requirements_are_read() {
        for text in [
            "0.1",
            "1",
            "^1.2.3",
            "~1.2",
            "=1.0.0-rc.1",
            ">=1, <3",
            "1.*",
            "*",
            "1.2.3+build.5",
            ">= 1.2",
        ] {
            assert!(VersionRequirement::is_meant(text), "{text}");
            assert_eq!(VersionRequirement::parse(text).unwrap().as_str(), text);
        }
    }

    /// R05
    #[test]
    fn what_is_no_requirement_is_refused() {
        for text in [
            "1\"", "1\nx = 1", "1.2.3.4", "1.x", "=>1", "^^1", "01", "1.2-rc", "1.2.3-", "1.2.3+", "*.1", "1,", "",
        ] {
            assert!(VersionRequirement::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn paths_are_not_meant_for_requirements() {
        for text in ["../runtime", "runtime", "./1", "1.0/runtime", "/opt/runtime"] {
            assert!(!VersionRequirement::is_meant(text), "{text}");
        }
    }
}
