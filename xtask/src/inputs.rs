//! What a client is made of, on the disk.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use codegen::{Config, Input, Selection};

use crate::{
    arguments::Request,
    failure::Failure,
    files::Folders,
    output::printable,
    workspace::{root, shown},
};

/// A configuration is a page, not a book.
const LONGEST_CONFIG: u64 = 1 << 20;

/// A document with all that belongs to it.
#[derive(Debug)]
pub(crate) struct Inputs {
    document: PathBuf,
    /// What messages and heads of files call the document: relative to the workspace, or its file name alone.
    pub(crate) name: String,
    overlays: Vec<PathBuf>,
    /// Where its other files may lie.
    folders: Folders,
    pub(crate) config: Config,
}

impl Inputs {
    /// What a request speaks of; without a document, the project's own one.
    pub(crate) fn of(request: &Request) -> Result<Self, Failure> {
        let root = root();
        let (document, config) = match &request.document {
            Some(document) => (document.clone(), request.config.clone()),
            None => {
                let config = request.config.clone().unwrap_or_else(|| root.join("spec/codegen.yaml"));
                (root.join("spec/conductorone.yaml"), Some(config))
            }
        };
        if document.is_dir() {
            return Err(is_a_folder(&document));
        }
        let folder = config
            .as_deref()
            .and_then(Path::parent)
            .unwrap_or(Path::new(""))
            .to_path_buf();
        let config = config.as_deref().map(read_config).transpose()?.unwrap_or_default();
        let of_config = config.overlays.iter().map(|overlay| folder.join(overlay));
        Ok(Self {
            name: name(&document, &root),
            overlays: of_config.chain(request.overlays.iter().cloned()).collect(),
            folders: Folders::of(&document, &request.allow_folders)?,
            document,
            config: with_options(config, request),
        })
    }

    /// Reads everything and gives it to the generator, on a stack that is large enough.
    pub(crate) fn give<T: Send>(
        &self,
        to: impl FnOnce(codegen::Inputs<'_>, &Config) -> T + Send,
    ) -> Result<T, Failure> {
        let document = self.read(&self.document)?;
        let overlays = self
            .overlays
            .iter()
            .map(|path| Ok((name(path, &root()), self.read(path)?)));
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

/// Enough for a document nested as deep as the limits let it, in an unoptimized build; a main thread has less on some
/// platforms.
const STACK: usize = 64 << 20;

pub(crate) fn on_a_large_stack<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        let thread = thread.map_err(|error| Failure::Run(format!("cannot start a thread: {error}")))?;
        thread.join().map_err(|_| {
            Failure::Run(
                "the generator stopped, which is a defect of it: please report it with the document".to_owned(),
            )
        })
    })
}

/// What the command line says of a run: what is selected there is selected instead of what the configuration names.
fn with_options(config: Config, request: &Request) -> Config {
    let instead = |given: &Selection, other: Selection| if given.is_empty() { other } else { given.clone() };
    Config {
        keep_going: request.keep_going,
        levels: request.levels.clone(),
        include: instead(&request.include, config.include),
        exclude: instead(&request.exclude, config.exclude),
        ..config
    }
}

/// The error of a folder that is given as a document, with the file in it that is probably meant.
fn is_a_folder(folder: &Path) -> Failure {
    let names = ["openapi", "swagger", "api", "spec"].into_iter();
    let mut candidates = names.flat_map(|name| ["yaml", "yml", "json"].map(|extension| format!("{name}.{extension}")));
    let found = candidates.find(|name| folder.join(name).is_file());
    let help = match found {
        Some(name) => format!("did you mean {}?", shown(&folder.join(name))),
        None => "give the file of the document in it".to_owned(),
    };
    Failure::Usage(format!("{} is a folder, not a document; {help}", shown(folder)))
}

/// Never an absolute path: it goes into generated files, which are the same wherever they are made.
fn name(document: &Path, root: &Path) -> String {
    let resolved = document.canonicalize().unwrap_or_else(|_| document.to_path_buf());
    let name = match resolved.strip_prefix(root) {
        Ok(inside) => inside
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect::<Vec<_>>()
            .join("/"),
        Err(_) => document
            .file_name()
            .unwrap_or(document.as_os_str())
            .to_string_lossy()
            .into_owned(),
    };
    printable(&name)
}

fn read_config(path: &Path) -> Result<Config, Failure> {
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(LONGEST_CONFIG).read_to_string(&mut text))
        .map_err(|error| Failure::Run(format!("cannot read {}: {error}", shown(path))))?;
    Config::parse(&text).map_err(|error| Failure::Run(format!("{}: {}", shown(path), printable(&error))))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::{fs, path::Path};

    use super::{Inputs, name};
    use crate::{arguments::Request, workspace::root};

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

    /// R19
    #[test]
    fn a_document_has_the_same_name_wherever_the_workspace_is() {
        assert_eq!(
            name(&root().join("spec/../spec/conductorone.yaml"), &root()),
            "spec/conductorone.yaml"
        );
        assert_eq!(name(Path::new("/elsewhere/a\n.yaml"), &root()), "a\\u{a}.yaml");
    }
}
