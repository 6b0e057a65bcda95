//! Paths of files inside a crate's folder.

use std::{
    io,
    path::{Path, PathBuf},
};

use codegen::package::GENERATED_FOLDER;

use super::{BESIDE, Error};

/// A path relative to a crate's folder, with `/` between its parts, that leads nowhere else and is one of a generated
/// file: below the folder of generated modules, or a manifest or root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(String);

impl Place {
    pub(super) fn parse(path: &str) -> Result<Self, Error> {
        let is_below = path
            .strip_prefix(GENERATED_FOLDER)
            .is_some_and(|rest| rest.starts_with('/'));
        if (is_below || BESIDE.contains(&path)) && path.split('/').all(is_part) {
            Ok(Self(path.to_owned()))
        } else {
            Err(Error::Outside(path.to_owned()))
        }
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether only generated files may be in its folder.
    pub(super) fn is_module(&self) -> bool {
        !BESIDE.contains(&self.0.as_str())
    }

    /// The path on the disk; an error if there is a link on the way, or a file where a folder should be.
    pub(super) fn resolve(&self, base: &Path) -> Result<PathBuf, Error> {
        resolve(base, &self.0)
    }
}

/// The path of the folder of generated modules; an error if there is a link on the way, or a file.
pub(super) fn resolve_modules(base: &Path) -> Result<PathBuf, Error> {
    let path = resolve(base, GENERATED_FOLDER)?;
    if path.exists() && !path.is_dir() {
        return Err(Error::refused(GENERATED_FOLDER, "a file is where a folder should be"));
    }
    Ok(path)
}

fn resolve(base: &Path, place: &str) -> Result<PathBuf, Error> {
    let mut path = base.to_path_buf();
    let mut parts = place.split('/').peekable();
    while let Some(part) = parts.next() {
        path.push(part);
        let found = match path.symlink_metadata() {
            Ok(found) => found.file_type(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Error::io("look at", &path)(error)),
        };
        if found.is_symlink() {
            return Err(Error::refused(place, "a symbolic link is in the way"));
        }
        if parts.peek().is_some() && !found.is_dir() {
            return Err(Error::refused(place, "a file is where a folder should be"));
        }
    }
    Ok(path)
}

/// A backslash and a colon are separators on Windows, which also drops dots and blanks at the end.
fn is_part(part: &str) -> bool {
    !part.is_empty()
        && !part.ends_with(['.', ' '])
        && !part.contains(|c: char| c.is_control() || matches!(c, '\\' | ':' | '<' | '>' | '"' | '|' | '?' | '*'))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::Place;

    /// R17
    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        for path in [
            "",
            "/etc/passwd",
            "../a.rs",
            "a.rs",
            "src/generated",
            "src/generated/",
            "src/generated/../../a.rs",
            "src/generated/../lib.rs",
            "src/generated/./a.rs",
            "src/generated//a.rs",
            "src/generated/a\\..\\..\\b.rs",
            "src/generated/C:a.rs",
            "src/generated/a.rs\n",
            "src/generated/a.rs\0",
            "src/generated/ ",
            "src/generated.rs",
            "src/generatedx/a.rs",
            "src/main.rs",
            "build.rs",
            "Cargo.toml/a",
        ] {
            assert!(Place::parse(path).is_err(), "{path:?}");
        }
        for path in [
            "src/generated/mod.rs",
            "src/generated/models/app/v1.rs",
            "Cargo.toml",
            "src/lib.rs",
        ] {
            assert_eq!(Place::parse(path).unwrap().as_str(), path);
        }
    }
}
