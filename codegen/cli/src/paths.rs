//! Paths: resolved, relative, and as they are shown.

use std::{
    io,
    path::{Component, Path, PathBuf},
};

/// A path without links and dots, which may lead to what is not there yet.
pub fn resolve(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut existing = path.as_path();
    loop {
        match existing.canonicalize() {
            Ok(found) => return Ok(missing.iter().rev().fold(found, |path, part| path.join(part))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        match (existing.components().next_back(), existing.parent()) {
            (Some(Component::Normal(name)), Some(parent)) if existing.symlink_metadata().is_err() => {
                missing.push(name);
                existing = parent;
            }
            _ => {
                return Err(io::Error::new(
                    io::ErrorKind::NotFound,
                    "the path leads through what is not there",
                ));
            }
        }
    }
}

/// What leads from one folder to another, with `/` between the parts; both are resolved. `None` where nothing does, as
/// between two drives, or where a part is not Unicode.
#[must_use]
pub fn relative(from: &Path, to: &Path) -> Option<String> {
    let (from, to): (Vec<Component<'_>>, Vec<Component<'_>>) = (from.components().collect(), to.components().collect());
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if common == 0 {
        return None;
    }
    let up = from.iter().skip(common).map(|_| Some(".."));
    let down = to.iter().skip(common).map(|part| part.as_os_str().to_str());
    let parts: Option<Vec<&str>> = up.chain(down).collect();
    parts.map(|parts| {
        if parts.is_empty() {
            ".".to_owned()
        } else {
            parts.join("/")
        }
    })
}

/// A path as it is shown: from the current folder where it is below it.
#[must_use]
pub fn shown(path: &Path) -> String {
    let current = std::env::current_dir().and_then(|folder| folder.canonicalize());
    let path = current
        .ok()
        .and_then(|current| path.strip_prefix(current).ok())
        .unwrap_or(path);
    let text = crate::output::printable(&path.to_string_lossy());
    if text.is_empty() { ".".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::path::Path;

    use super::{relative, resolve};

    #[test]
    fn relative_paths_go_up_and_down() {
        let between = |from: &str, to: &str| relative(Path::new(from), Path::new(to)).unwrap();
        assert_eq!(between("/a/b/c", "/a/d/e"), "../../d/e");
        assert_eq!(between("/a", "/a/b"), "b");
        assert_eq!(between("/a/b", "/a"), "..");
        assert_eq!(between("/a", "/a"), ".");
    }

    #[test]
    fn what_is_not_there_yet_is_resolved() {
        let folder = tempfile::tempdir().unwrap();
        let real = folder.path().canonicalize().unwrap();
        assert_eq!(resolve(&folder.path().join("a/b")).unwrap(), real.join("a/b"));
        assert_eq!(resolve(&folder.path().join(".")).unwrap(), real);
        assert!(resolve(&folder.path().join("a/../../b")).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_not_taken_for_a_new_folder() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(folder.path().join("nowhere"), folder.path().join("link")).unwrap();
        assert!(resolve(&folder.path().join("link")).is_err());
    }
}
