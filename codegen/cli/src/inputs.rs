//! What a client is made of, on the disk.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use codegen::{Config, Input, Selection, config::FILE_NAME, diagnostic::Level, stack};

use crate::{
    Failure, Request,
    configuration::{self, Configured},
    files::Folders,
    output::printable,
    paths::{relative, resolve, shown},
};

/// A document with all that belongs to it.
#[derive(Debug)]
pub struct Inputs {
    document: PathBuf,
    /// What messages call the document: its path from the current folder, or its file name alone.
    pub name: String,
    overlays: Vec<PathBuf>,
    /// Where its other files may be.
    folders: Folders,
    /// How it is generated.
    pub config: Config,
}

impl Inputs {
    /// What a request is about.
    pub fn of(request: &Request) -> Result<Self, Failure> {
        Self::of_client(request, &configuration::client(request)?, request.module.is_some())
    }

    pub(crate) fn of_client(request: &Request, configured: &Configured, is_module: bool) -> Result<Self, Failure> {
        let Configured { folder, client } = configured;
        let folder = folder.as_deref();
        let in_folder = |path: &String| folder.unwrap_or(Path::new("")).join(path);
        let settings = &client.settings;
        let configured = settings.document.as_ref().map(in_folder);
        let Some(document) = request.document.clone().or(configured) else {
            return Err(Failure::Usage(format!(
                "a document is missing: give it as an argument, or as `document` in {FILE_NAME}, which \
                 `specwright init DOCUMENT` writes"
            )));
        };
        is_readable(&document, request, settings.document.as_deref())?;
        let mut config = with_options(client.generator(is_module), request);
        config.source_name = Some(source_name(&document, folder));
        let of_config: Vec<PathBuf> = config.overlays.iter().map(in_folder).collect();
        let allowed = settings.allow_folders.iter().map(in_folder);
        let allowed: Vec<PathBuf> = allowed.chain(request.allow_folders.iter().cloned()).collect();
        Ok(Self {
            name: name(&document),
            overlays: of_config.into_iter().chain(request.overlays.iter().cloned()).collect(),
            folders: Folders::of(&document, &allowed)?,
            document,
            config,
        })
    }

    /// The files that the client is made of: the document and its overlays.
    #[must_use]
    pub fn paths(&self) -> Vec<&Path> {
        let overlays = self.overlays.iter().map(PathBuf::as_path);
        std::iter::once(self.document.as_path()).chain(overlays).collect()
    }

    /// The name of the document's file.
    pub(crate) fn file_name(&self) -> String {
        self.document
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }

    /// Reads everything and gives it to the generator, on a stack that is large enough.
    pub fn give<T: Send>(&self, to: impl FnOnce(codegen::Inputs<'_>, &Config) -> T + Send) -> Result<T, Failure> {
        let document = self.read(&self.document)?;
        let overlays = self.overlays.iter().map(|path| Ok((name(path), self.read(path)?)));
        let overlays: Vec<(String, Vec<u8>)> = overlays.collect::<Result<_, Failure>>()?;
        let overlays: Vec<Input<'_>> = overlays.iter().map(|(name, bytes)| Input { name, bytes }).collect();
        let document = Input {
            name: &self.name,
            bytes: &document,
        };
        let inputs = codegen::Inputs {
            document,
            overlays: &overlays,
            loader: &self.folders,
        };
        on_a_large_stack(|| to(inputs, &self.config))
    }

    /// One byte more than the limit is enough for the reader to refuse it.
    fn read(&self, path: &Path) -> Result<Vec<u8>, Failure> {
        let limit = u64::try_from(self.config.limits.max_bytes)
            .unwrap_or(u64::MAX)
            .saturating_add(1);
        let mut bytes = Vec::new();
        File::open(path)
            .and_then(|file| file.take(limit).read_to_end(&mut bytes))
            .map_err(|error| Failure::Run(format!("cannot read {}: {error}", shown(path))))?;
        Ok(bytes)
    }
}

/// Runs something that may nest as deep as a document.
pub fn on_a_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    let done =
        stack::on_a_large_stack(work).map_err(|error| Failure::Run(format!("cannot start a thread: {error}")))?;
    done.map_err(|_| {
        Failure::Run("the generator stopped because of a defect: please report it with the document".to_owned())
    })
}

/// What the command line says takes precedence over the configuration.
fn with_options(config: Config, request: &Request) -> Config {
    let instead = |given: &Selection, other: Selection| if given.is_empty() { other } else { given.clone() };
    let mut levels = config.levels;
    if request.levels.warnings != Level::default() {
        levels.warnings = request.levels.warnings;
    }
    levels.codes.extend(&request.levels.codes);
    Config {
        keep_going: config.keep_going || request.keep_going,
        levels,
        include: instead(&request.include, config.include),
        exclude: instead(&request.exclude, config.exclude),
        jobs: request.jobs,
        ..config
    }
}

/// Refuses what is not a file on this machine: a URL, and a folder.
fn is_readable(document: &Path, request: &Request, configured: Option<&str>) -> Result<(), Failure> {
    let given = request.document.as_ref().and_then(|path| path.to_str());
    if let Some(url) = given.or(configured).filter(|text| is_url(text)) {
        return Err(is_a_url(url));
    }
    if document.is_dir() {
        return Err(is_a_folder(document));
    }
    Ok(())
}

pub(crate) fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// The error of a URL that is given as a document, with the command that downloads it.
pub(crate) fn is_a_url(url: &str) -> Failure {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_file = |name: &str| {
        let name = name.to_ascii_lowercase();
        [".yaml", ".yml", ".json"]
            .iter()
            .any(|end| name.len() > end.len() && name.ends_with(end))
    };
    let is_plain = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || "._-".contains(c));
    let file = if is_file(last) && is_plain(last) {
        last
    } else {
        "openapi.yaml"
    };
    let quoted = printable(&url.replace('\'', "%27"));
    Failure::Usage(format!(
        "the document is a URL, and the generator never accesses the network. Download it and give the file:\n    \
         curl -fsSL -o {file} '{quoted}'"
    ))
}

/// The error of a folder that is given as a document, with the file in it that is probably meant.
fn is_a_folder(folder: &Path) -> Failure {
    let help = match document_in(folder) {
        Some(found) => format!("did you mean {}?", shown(&found)),
        None => "give the file of the document in it".to_owned(),
    };
    Failure::Usage(format!("{} is a folder, not a document; {help}", shown(folder)))
}

/// The file of a folder that is probably its document, by its name.
pub(crate) fn document_in(folder: &Path) -> Option<PathBuf> {
    let names = ["openapi", "swagger", "api", "spec"].into_iter();
    let mut candidates = names.flat_map(|name| ["yaml", "yml", "json"].map(|extension| format!("{name}.{extension}")));
    let found = candidates.find(|name| folder.join(name).is_file())?;
    Some(folder.join(found))
}

/// Never an absolute path: messages are compared by machines, which check out elsewhere.
fn name(document: &Path) -> String {
    let resolved = document.canonicalize().unwrap_or_else(|_| document.to_path_buf());
    let shown = shown(&resolved);
    if Path::new(&shown).is_absolute() || shown == "." {
        return file_name(document);
    }
    shown.replace('\\', "/")
}

fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    printable(&name.to_string_lossy())
}

/// What generated files call the document. They are the same wherever they are made, so it is the path from the folder of
/// the configuration if the document is below it, and its file name otherwise.
fn source_name(document: &Path, folder: Option<&Path>) -> String {
    let folder = folder.map(|folder| {
        if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        }
    });
    let inside = folder.and_then(|folder| {
        let path = relative(&resolve(folder).ok()?, &resolve(document).ok()?)?;
        (!path.starts_with("..")).then_some(path)
    });
    inside.map_or_else(|| file_name(document), |path| printable(&path))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::fs;

    use super::{Inputs, source_name};
    use crate::Request;

    #[test]
    fn a_folder_is_not_a_document() {
        let folder = tempfile::tempdir().unwrap();
        let request = Request {
            document: Some(folder.path().to_path_buf()),
            ..Request::default()
        };
        let error = || Inputs::of(&request).unwrap_err().to_string();
        assert!(
            error().contains("is a folder, not a document; give the file"),
            "{}",
            error()
        );
        fs::write(folder.path().join("openapi.json"), "{}").unwrap();
        assert!(error().ends_with("openapi.json?"), "{}", error());
    }

    #[test]
    fn a_url_is_an_error_with_the_command_that_downloads_it() {
        for (url, file) in [
            ("https://example.com/v1/pets.json?x=1#y", "pets.json"),
            ("https://example.com/openapi", "openapi.yaml"),
            ("http://example.com/a%20b.yaml", "openapi.yaml"),
            ("https://example.com/.yaml", "openapi.yaml"),
        ] {
            let request = Request {
                document: Some(url.into()),
                ..Request::default()
            };
            let error = Inputs::of(&request).unwrap_err().to_string();
            assert!(error.contains(&format!("curl -fsSL -o {file} '{url}'")), "{error}");
        }
    }

    /// R19
    #[test]
    fn generated_files_call_a_document_the_same_wherever_they_are_made() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("api")).unwrap();
        let document = folder.path().join("api/a\n.yaml");
        fs::write(&document, "").unwrap();
        assert_eq!(source_name(&document, Some(folder.path())), "api/a\\u{a}.yaml");
        assert_eq!(source_name(&document, Some(&folder.path().join("api"))), "a\\u{a}.yaml");
        assert_eq!(source_name(&document, None), "a\\u{a}.yaml");
    }
}
