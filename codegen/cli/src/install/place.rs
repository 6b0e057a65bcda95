//! Paths of files inside a crate's folder.

use std::{
    io,
    path::{Path, PathBuf},
};

use codegen::package::GENERATED_FOLDER;

use super::Error;

/// Files outside the folder of generated modules that the generator writes too.
const EXTRAS: [&str; 3] = ["Cargo.toml", "README.md", "src/lib.rs"];

/// Which part of a crate's folder belongs to the generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The folder of generated modules, relative to the crate's folder, with `/` between its parts.
    modules: String,
}

impl Default for Layout {
    /// The layout of a generated crate.
    fn default() -> Self {
        Self {
            modules: GENERATED_FOLDER.to_owned(),
        }
    }
}

impl Layout {
    /// The layout of a crate with generated modules in this folder.
    pub fn with_modules(folder: &str) -> Result<Self, Error> {
        let has_extras = EXTRAS.iter().any(|extra| is_below(folder, extra));
        if !folder.split('/').all(is_part) || has_extras || EXTRAS.contains(&folder) {
            return Err(Error::Outside(folder.to_owned()));
        }
        Ok(Self {
            modules: folder.to_owned(),
        })
    }

    /// The folder of generated modules, relative to the crate's folder.
    #[must_use]
    pub fn modules(&self) -> &str {
        &self.modules
    }

    /// Reads a path relative to the crate's folder, with `/` between its parts. It must be a path of a generated file:
    /// below the folder of generated modules, or a manifest or root.
    pub(super) fn place(&self, path: &str) -> Result<Place, Error> {
        let is_module = is_below(&self.modules, path);
        if (is_module || EXTRAS.contains(&path)) && path.split('/').all(is_part) {
            Ok(Place {
                path: path.to_owned(),
                is_module,
            })
        } else {
            Err(Error::Outside(path.to_owned()))
        }
    }

    /// The path of the folder of generated modules; an error if there is a link on the way, or a file.
    pub(super) fn resolve_modules(&self, base: &Path) -> Result<PathBuf, Error> {
        let path = resolve(base, &self.modules)?;
        if path.exists() && !path.is_dir() {
            return Err(Error::refused(&self.modules, "a file is where a folder should be"));
        }
        Ok(path)
    }
}

fn is_below(folder: &str, path: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// A path of a generated file that stays in the crate's folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    path: String,
    is_module: bool,
}

impl Place {
    pub(super) fn as_str(&self) -> &str {
        &self.path
    }

    /// Whether only generated files may be in its folder.
    pub(super) fn is_module(&self) -> bool {
        self.is_module
    }

    /// The path on the disk; an error if there is a link on the way, or a file where a folder should be.
    pub(super) fn resolve(&self, base: &Path) -> Result<PathBuf, Error> {
        resolve(base, &self.path)
    }
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
    use super::Layout;

    /// R17
    #[test]
    fn paths_that_lead_elsewhere_are_refused() {
        let layout = Layout::default();
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
            assert!(layout.place(path).is_err(), "{path:?}");
        }
        for path in [
            "src/generated/mod.rs",
            "src/generated/models/app/v1.rs",
            "Cargo.toml",
            "src/lib.rs",
        ] {
            assert_eq!(layout.place(path).unwrap().as_str(), path);
        }
    }

    /// R17
    #[test]
    fn a_folder_of_modules_stays_in_the_crate_and_leaves_its_root_alone() {
        for folder in [
            "",
            ".",
            "..",
            "../x",
            "/x",
            "src",
            "src/",
            "src/../..",
            "a:b",
            "Cargo.toml",
            "src/lib.rs",
        ] {
            assert!(Layout::with_modules(folder).is_err(), "{folder:?}");
        }
        let layout = Layout::with_modules("src/api").unwrap();
        assert!(layout.place("src/api/mod.rs").is_ok() && layout.place("src/generated/mod.rs").is_err());
    }
}
