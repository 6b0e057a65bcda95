//! A document of a comparison: a file, or a file of a revision with all that it refers to in that revision.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use codegen::{
    Config, Input, Inputs,
    config::{self, ReadConfig},
    diff::Side as Compared,
    loader::{LoadError, Loader},
};

use super::{GIT, Request};
use crate::{
    Failure,
    files::Folders,
    output::{Messages, printable},
    paths::shown,
};

/// A document, with its configuration.
#[derive(Debug)]
pub(super) struct Side {
    name: String,
    source: Source,
    config: Option<PathBuf>,
    /// Which client of the configuration.
    client: Option<String>,
    messages: Messages,
}

/// Where files come from.
#[derive(Debug)]
enum Source {
    Disk(PathBuf),
    Git(Revision),
}

/// Files of a revision, by paths from the current folder.
#[derive(Clone, Debug)]
struct Revision {
    revision: String,
    path: String,
}

/// What was read of a side.
#[derive(Debug)]
pub(super) struct Read {
    name: String,
    bytes: Vec<u8>,
    overlays: Vec<(String, Vec<u8>)>,
    loader: Files,
    config: Config,
}

#[derive(Debug)]
enum Files {
    Disk(Folders),
    Git(Revision),
}

impl Loader for Files {
    fn load(&self, path: &str, limit: usize) -> Result<Vec<u8>, LoadError> {
        match self {
            Self::Disk(folders) => folders.load(path, limit),
            Self::Git(document) => {
                if path.split('/').any(|part| part == "..") {
                    let reason = "it is outside of the document's folder";
                    return Err(LoadError::Forbidden(reason.to_owned()));
                }
                let other = document.beside(path);
                other
                    .read(limit)
                    .map_err(|error| LoadError::Unreadable(error.to_string()))
            }
        }
    }
}

impl Revision {
    /// The file of the same revision at a path from this one's folder.
    fn beside(&self, path: &str) -> Self {
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = if folder.is_empty() {
            path.to_owned()
        } else {
            format!("{folder}/{path}")
        };
        Self {
            revision: self.revision.clone(),
            path,
        }
    }

    /// What Git has, at most `limit` bytes and one.
    fn read(&self, limit: usize) -> Result<Vec<u8>, Failure> {
        let named = format!("{}:./{}", self.revision, self.path);
        let failed = |reason: &str| {
            let name = printable(&format!("{GIT}{}:{}", self.revision, self.path));
            Failure::NoVerdict(format!("cannot read {name}: {}", printable(reason.trim())))
        };
        let mut child = Command::new("git")
            .args(["show", "--end-of-options", &named])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| failed(&format!("git cannot be started: {error}")))?;
        let mut bytes = Vec::new();
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        if let Some(output) = child.stdout.take() {
            output
                .take(limit)
                .read_to_end(&mut bytes)
                .map_err(|error| failed(&error.to_string()))?;
        }
        let is_cut = u64::try_from(bytes.len()).is_ok_and(|length| length == limit);
        let output = child.wait_with_output().map_err(|error| failed(&error.to_string()))?;
        if output.status.success() || is_cut {
            Ok(bytes)
        } else {
            Err(failed(&String::from_utf8_lossy(&output.stderr)))
        }
    }
}

impl Side {
    /// Returns the side that an argument of the command line names: a file, or `git:REVISION:PATH`.
    pub(super) fn of(text: &str, request: &Request) -> Result<Self, Failure> {
        let source = match text.strip_prefix(GIT) {
            None => Source::Disk(PathBuf::from(text)),
            Some(rest) => {
                let (revision, path) = rest
                    .split_once(':')
                    .filter(|(revision, path)| !revision.is_empty() && !path.is_empty())
                    .ok_or_else(|| Failure::Usage(format!("{text:?} is not git:REVISION:PATH")))?;
                Source::Git(Revision {
                    revision: revision.to_owned(),
                    path: path.trim_start_matches("./").to_owned(),
                })
            }
        };
        Ok(Self {
            name: printable(text),
            source,
            config: request.config.clone(),
            client: request.client.clone(),
            messages: request.messages,
        })
    }

    /// Reads the document, its configuration and its overlays.
    pub(super) fn read(self) -> Result<Read, Failure> {
        let config = self.config()?;
        let limit = config.limits.max_bytes;
        let folder = self.config.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let overlays = config.overlays.iter().map(|overlay| {
            let path = folder.join(overlay);
            Ok((printable(&path.to_string_lossy()), self.file(&path, limit)?))
        });
        let overlays = overlays.collect::<Result<_, Failure>>()?;
        let (bytes, loader) = match &self.source {
            Source::Disk(path) => (read(path, limit)?, Files::Disk(Folders::of(path, &[])?)),
            Source::Git(document) => (document.read(limit)?, Files::Git(document.clone())),
        };
        Ok(Read {
            name: self.name,
            bytes,
            overlays,
            loader,
            config,
        })
    }

    /// The configuration of the same revision; that of the disk where the revision has none.
    fn config(&self) -> Result<Config, Failure> {
        let Some(path) = &self.config else {
            return Ok(Config::default());
        };
        let bytes = self.file(path, 1 << 20)?;
        let ReadConfig {
            file,
            diagnostics,
            sources,
        } = config::read(&shown(path), &bytes);
        let Some(file) = file else {
            self.messages.diagnostics_beside_output(&diagnostics, &sources);
            return Err(Failure::NoVerdict(format!(
                "no verdict: the configuration {} has errors",
                shown(path)
            )));
        };
        let mut clients = file.clients;
        if self.client.is_some() {
            clients.retain(|client| client.label == self.client);
        }
        match clients.as_slice() {
            [client] => Ok(client.generator(client.settings.module.is_some())),
            [] => Err(Failure::Usage(format!("{} does not have this client", shown(path)))),
            _ => Err(Failure::Usage(format!(
                "{} has several clients; choose one with `--client NAME`",
                shown(path)
            ))),
        }
    }

    /// A file that belongs to the document.
    fn file(&self, path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
        if let Source::Git(document) = &self.source {
            let current = std::env::current_dir().unwrap_or_default();
            let inside = path.strip_prefix(&current).unwrap_or(path);
            let file = Revision {
                revision: document.revision.clone(),
                path: inside.to_string_lossy().replace('\\', "/"),
            };
            if let Ok(bytes) = file.read(limit) {
                return Ok(bytes);
            }
        }
        read(path, limit)
    }
}

impl Read {
    /// Gives everything to the comparison.
    pub(super) fn give<T>(&self, to: impl FnOnce(Compared<'_>) -> T) -> T {
        let overlays = self.overlays.iter().map(|(name, bytes)| Input { name, bytes });
        let overlays: Vec<Input<'_>> = overlays.collect();
        let inputs = Inputs {
            document: Input {
                name: &self.name,
                bytes: &self.bytes,
            },
            overlays: &overlays,
            loader: &self.loader,
        };
        to(Compared {
            inputs,
            config: &self.config,
        })
    }
}

/// One byte more than the limit is enough for the reader to refuse it.
fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let limit = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|error| {
            let name = printable(&path.to_string_lossy());
            Failure::NoVerdict(format!("cannot read {name}: {error}"))
        })?;
    Ok(bytes)
}
