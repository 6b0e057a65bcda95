//! The configuration file: where it is, and which of its clients is meant.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use codegen::config::{self, ClientConfig, FILE_NAME, ReadConfig};

use crate::{Failure, Request, output::count, paths::shown};

/// A configuration has less; one byte more than the limit is enough for the reader to refuse it.
const LONGEST: u64 = (1 << 20) + 1;

/// A client of a configuration file, and the folder of the file.
#[derive(Debug)]
pub(crate) struct Configured {
    /// `None` where there is no file.
    pub(crate) folder: Option<PathBuf>,
    pub(crate) client: ClientConfig,
}

/// The clients that a request is about: all of the configuration, unless it names one.
pub(crate) fn clients(request: &Request) -> Result<Vec<Configured>, Failure> {
    let found = match &request.config {
        Some(path) => Some(path.clone()),
        None => find(),
    };
    let Some(path) = found else {
        return none(request);
    };
    let folder = path.parent().unwrap_or(Path::new("")).to_path_buf();
    let mut clients = read(&path, request)?;
    if let Some(label) = &request.client {
        let labels: Vec<String> = clients.iter().filter_map(|client| client.label.clone()).collect();
        clients.retain(|client| client.label.as_ref() == Some(label));
        if clients.is_empty() {
            let known: Vec<&str> = labels.iter().map(String::as_str).collect();
            return Err(crate::failure::unknown("client", label, &known));
        }
    } else if let Some(document) = &request.document {
        let is_its_own = clients.iter().any(|client| is_document(client, &folder, document));
        // A configuration that was found, and not named, is for its own documents.
        if !is_its_own && request.config.is_none() {
            return none(request);
        }
        clients.retain(|client| !is_its_own || is_document(client, &folder, document));
        if clients.len() > 1 {
            return Err(several(&path, &clients));
        }
    }
    let configured = clients.into_iter().map(|client| Configured {
        folder: Some(folder.clone()),
        client,
    });
    Ok(configured.collect())
}

/// The folder of the configuration file, if there is one.
pub(crate) fn folder(request: &Request) -> Option<PathBuf> {
    let path = request.config.clone().or_else(find)?;
    path.parent().map(Path::to_path_buf)
}

/// The one client that a request is about.
pub(crate) fn client(request: &Request) -> Result<Configured, Failure> {
    let mut clients = clients(request)?;
    match clients.len() {
        1 => Ok(clients.remove(0)),
        number => Err(Failure::Usage(format!(
            "the configuration has {}; choose one with `--client NAME`",
            count(number, "client")
        ))),
    }
}

fn none(request: &Request) -> Result<Vec<Configured>, Failure> {
    if let Some(label) = &request.client {
        return Err(Failure::Usage(format!(
            "--client {label} needs a configuration with `clients`"
        )));
    }
    Ok(vec![Configured {
        folder: None,
        client: ClientConfig::default(),
    }])
}

fn several(path: &Path, clients: &[ClientConfig]) -> Failure {
    let labels: Vec<&str> = clients.iter().filter_map(|client| client.label.as_deref()).collect();
    Failure::Usage(format!(
        "{} has several clients; choose one with `--client NAME`: {}",
        shown(path),
        labels.join(", ")
    ))
}

fn is_document(client: &ClientConfig, folder: &Path, document: &Path) -> bool {
    let configured = client.settings.document.as_ref().map(|path| folder.join(path));
    let resolved = |path: &Path| path.canonicalize().ok();
    configured.is_some_and(|path| resolved(&path).is_some_and(|path| resolved(document) == Some(path)))
}

/// The file in the current folder, or in the nearest one above it.
fn find() -> Option<PathBuf> {
    let current = std::env::current_dir().ok()?;
    let mut folders = current.ancestors();
    let found = folders.find(|folder| folder.join(FILE_NAME).is_file())?;
    // A path from the current folder stays short in messages.
    Some(if found == current {
        PathBuf::from(FILE_NAME)
    } else {
        found.join(FILE_NAME)
    })
}

fn read(path: &Path, request: &Request) -> Result<Vec<ClientConfig>, Failure> {
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LONGEST).read_to_end(&mut bytes))
        .map_err(|error| Failure::Run(format!("cannot read {}: {error}", shown(path))))?;
    let ReadConfig {
        file,
        diagnostics,
        sources,
    } = config::read(&shown(path), &bytes);
    if let Some(file) = file {
        return Ok(file.clients);
    }
    request.messages.diagnostics(&diagnostics, &sources);
    let tally = request.messages.tally(&diagnostics);
    Err(Failure::Run(format!("{tally}: fix the configuration {}", shown(path))))
}
