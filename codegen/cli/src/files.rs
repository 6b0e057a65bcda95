//! The other files of a document: those in its folder, and in no other one that was not allowed.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use codegen::loader::{LoadError, Loader};

use crate::{Failure, paths::shown};

/// The folders that a document may refer to files in.
#[derive(Debug)]
pub struct Folders {
    /// That of the document, without symbolic links.
    own: PathBuf,
    allowed: Vec<PathBuf>,
}

impl Folders {
    /// The folder of a document, and those that are allowed beside it.
    pub fn of(document: &Path, allowed: &[PathBuf]) -> Result<Self, Failure> {
        let parent = document.parent().filter(|parent| !parent.as_os_str().is_empty());
        let own = parent.unwrap_or(Path::new("."));
        // A missing folder is reported for the document, which is read first.
        let own = own.canonicalize().unwrap_or_else(|_| own.to_path_buf());
        let allowed = allowed.iter().map(|folder| {
            let resolved = folder.canonicalize().ok().filter(|folder| folder.is_dir());
            resolved.ok_or_else(|| Failure::Usage(format!("--allow-folder {} is not a folder", shown(folder))))
        });
        Ok(Self {
            own,
            allowed: allowed.collect::<Result<_, _>>()?,
        })
    }

    fn is_allowed(&self, path: &Path) -> bool {
        let mut folders = std::iter::once(&self.own).chain(&self.allowed);
        folders.any(|folder| path.starts_with(folder))
    }
}

impl Loader for Folders {
    fn load(&self, path: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
        // What is elsewhere by its name alone is not even looked for.
        if self.allowed.is_empty() && path.split('/').next() == Some("..") {
            return Err(forbidden());
        }
        let file = self.own.join(path).canonicalize().map_err(|error| unreadable(&error))?;
        if !self.is_allowed(&file) {
            return Err(forbidden());
        }
        if !file.is_file() {
            return Err(LoadError::Unreadable("it is not a file".to_owned()));
        }
        // One byte more than the limit is enough for the reader to refuse it.
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let mut bytes = Vec::new();
        File::open(&file)
            .and_then(|file| file.take(limit).read_to_end(&mut bytes))
            .map_err(|error| unreadable(&error))?;
        Ok(bytes)
    }
}

fn forbidden() -> LoadError {
    LoadError::Forbidden(
        "copy the file into the document's folder, or allow its folder with `--allow-folder DIR`".to_owned(),
    )
}

fn unreadable(error: &std::io::Error) -> LoadError {
    LoadError::Unreadable(match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        kind => kind.to_string(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::{fs, path::PathBuf};

    use codegen::loader::{LoadError, Loader as _};

    use super::Folders;

    fn folders(allowed: &[PathBuf]) -> (tempfile::TempDir, Folders) {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("document/parts")).unwrap();
        fs::write(folder.path().join("document/parts/a.yaml"), "a").unwrap();
        fs::write(folder.path().join("secret.yaml"), "secret").unwrap();
        let allowed: Vec<PathBuf> = allowed.iter().map(|path| folder.path().join(path)).collect();
        let folders = Folders::of(&folder.path().join("document/openapi.yaml"), &allowed).unwrap();
        (folder, folders)
    }

    #[test]
    fn files_of_the_own_folder_are_read() {
        let (_folder, folders) = folders(&[]);
        assert_eq!(folders.load("parts/a.yaml", 10).unwrap(), b"a");
        assert_eq!(folders.load("parts/a.yaml", 0).unwrap().len(), 1);
        for unreadable in ["parts/b.yaml", "parts", "parts/a.yaml/x", "a\0b"] {
            let error = folders.load(unreadable, 10).unwrap_err();
            assert!(matches!(error, LoadError::Unreadable(_)), "{unreadable}: {error:?}");
        }
    }

    #[test]
    fn files_elsewhere_are_not_read() {
        let (_folder, folders) = folders(&[]);
        for path in ["../secret.yaml", "../no-such-file.yaml"] {
            assert!(matches!(folders.load(path, 10), Err(LoadError::Forbidden(_))), "{path}");
        }
    }

    #[test]
    fn a_folder_can_be_allowed() {
        let (_folder, folders) = folders(&[PathBuf::from(".")]);
        assert_eq!(folders.load("../secret.yaml", 10).unwrap(), b"secret");
        assert!(matches!(
            folders.load("../../etc/passwd", 10),
            Err(LoadError::Forbidden(_) | LoadError::Unreadable(_))
        ));
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out_of_the_folder() {
        use std::os::unix::fs::symlink;
        let (folder, folders) = folders(&[]);
        let document = folder.path().join("document");
        symlink(folder.path().join("secret.yaml"), document.join("link.yaml")).unwrap();
        symlink(folder.path(), document.join("up")).unwrap();
        symlink("/dev/zero", document.join("zero.yaml")).unwrap();
        symlink(document.join("parts/a.yaml"), document.join("inside.yaml")).unwrap();
        for path in ["link.yaml", "up/secret.yaml", "zero.yaml"] {
            assert!(matches!(folders.load(path, 10), Err(LoadError::Forbidden(_))), "{path}");
        }
        assert_eq!(folders.load("inside.yaml", 10).unwrap(), b"a");
    }
}
