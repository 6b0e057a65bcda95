//! `init`: writes a configuration in which every key is explained.

use std::{
    fs::File,
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
};

use codegen::{Config, Input, Repeats, config::FILE_NAME, package::PackageName, stages};

use crate::{
    Failure,
    inputs::{document_in, is_a_url, is_url},
    output::{Messages, print},
    paths::{self, resolve, shown},
    target::quoted,
};

/// Where the client goes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The document; without it, the one in the folder, by its name.
    pub document: Option<PathBuf>,
    /// The folder of a crate to generate.
    pub out: Option<String>,
    /// The folder of modules to generate in an existing crate.
    pub module: Option<String>,
    /// What is printed.
    pub messages: Messages,
}

/// Writes the configuration into a folder, which has none yet.
pub fn run(request: &Request, folder: &Path) -> Result<(), Failure> {
    let path = folder.join(FILE_NAME);
    let document = document(request, folder)?;
    let (key, place) = match (&request.out, &request.module) {
        (Some(out), _) => ("out", out.clone()),
        (None, Some(module)) => ("module", module.clone()),
        (None, None) if folder.join("Cargo.toml").is_file() => ("module", "src/api".to_owned()),
        (None, None) => ("out", format!("{}-client", crate_name(&document)?)),
    };
    let named = from(folder, &document);
    let name = Path::new(&place).file_name().and_then(|name| name.to_str());
    let name = name.filter(|name| key == "out" && PackageName::parse(name).is_ok());
    let set = [("document", named.as_str()), (key, place.as_str())];
    let mut set: Vec<(&str, &str)> = set.into_iter().chain(name.map(|name| ("name", name))).collect();
    let repeats = repeats(&document).filter(is_worth_sharing);
    set.extend(repeats.map(|_| ("inline_types", "shared")));
    let text = codegen::config::commented(&set);
    let write = || File::create_new(&path)?.write_all(text.as_bytes());
    write().map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => Failure::Run(format!("{} exists: change it, or remove it first", shown(&path))),
        _ => Failure::Run(format!("cannot write {}: {error}", shown(&path))),
    })?;
    if !request.messages.quiet {
        let sharing = repeats.map(|Repeats { inline, repeated }| {
            format!("inline_types is shared, because {repeated} of {inline} inline types repeat another type\n")
        });
        print(&format!(
            "wrote {}: document {}, {key} {}\n{}Now run:\n    specwright generate\n",
            shown(&path),
            quoted(&named),
            quoted(&place),
            sharing.unwrap_or_default()
        ));
    }
    Ok(())
}

fn document(request: &Request, folder: &Path) -> Result<PathBuf, Failure> {
    let Some(given) = &request.document else {
        return document_in(folder).ok_or_else(|| {
            let message = "a document is missing: give its file, as in `specwright init openapi.yaml`";
            Failure::Usage(message.to_owned())
        });
    };
    match given.to_str().filter(|text| is_url(text)) {
        Some(url) => Err(is_a_url(url)),
        None if given.is_file() => Ok(given.clone()),
        None => Err(Failure::Run(format!("{} is not a file", shown(given)))),
    }
}

/// From how many repeated types on `init` makes them names of one type: fewer make no difference to users.
const MANY_REPEATS: usize = 200;

/// Whether a client is much smaller if equal inline types are one type.
fn is_worth_sharing(repeats: &Repeats) -> bool {
    repeats.repeated >= MANY_REPEATS && repeats.repeated * 2 > repeats.inline
}

/// How many types of the document repeat another type; `None` if the generator does not accept the file by itself, which
/// `generate` says better.
fn repeats(document: &Path) -> Option<Repeats> {
    of_document(document, stages::repeats).ok().flatten()
}

/// What the generator says of a document.
fn of_document<T: Send>(document: &Path, ask: fn(Input<'_>, &Config) -> Option<T>) -> Result<Option<T>, Failure> {
    let config = Config::default();
    let limit = u64::try_from(config.limits.max_bytes).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    File::open(document)
        .and_then(|file| file.take(limit).read_to_end(&mut bytes))
        .map_err(|error| Failure::Run(format!("cannot read {}: {error}", shown(document))))?;
    let name = document.file_name().unwrap_or_default().to_string_lossy();
    let input = Input {
        name: &name,
        bytes: &bytes,
    };
    crate::inputs::on_a_large_stack(|| ask(input, &config))
}

/// A name of the document's title; of the name of its file if there is no title.
fn crate_name(document: &Path) -> Result<String, Failure> {
    let name = document.file_name().unwrap_or_default().to_string_lossy();
    let title = of_document(document, stages::title)?;
    let has_letters = |title: &String| title.chars().any(char::is_alphanumeric);
    Ok(match title.filter(has_letters) {
        // What follows the last dot is taken for the kind of a file.
        Some(title) => PackageName::of_file(&format!("{title}.yaml")),
        None => PackageName::of_file(&name),
    }
    .as_str()
    .to_owned())
}

/// A path from a folder.
fn from(folder: &Path, path: &Path) -> String {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let relative = resolve(folder).ok().zip(resolve(path).ok());
    let relative = relative.and_then(|(folder, path)| paths::relative(&folder, &path));
    relative.unwrap_or_else(|| path.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::fs;

    use super::{Request, run};

    const PETS: &str = "openapi: 3.0.3\ninfo: {title: 'The Pet Store (v1.0)', version: '1'}\npaths: {}\n";

    fn written(prepare: impl Fn(&std::path::Path), request: &Request) -> String {
        let folder = tempfile::tempdir().unwrap();
        prepare(folder.path());
        run(request, folder.path()).unwrap();
        let text = fs::read_to_string(folder.path().join("specwright.yaml")).unwrap();
        let error = run(request, folder.path()).unwrap_err().to_string();
        assert!(error.contains("exists"), "{error}");
        let set = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        set.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_crate_is_named_after_the_title() {
        let text = written(
            |folder| fs::write(folder.join("openapi.yaml"), PETS).unwrap(),
            &Request::default(),
        );
        assert_eq!(
            text,
            "document: openapi.yaml\nout: the-pet-store-v1-0-client\nname: the-pet-store-v1-0-client"
        );
    }

    #[test]
    fn types_of_a_document_that_repeats_itself_are_shared() {
        let of = |repeats: usize| {
            let property = |number| format!("a{number}: {{type: string, enum: [small, big]}}");
            let properties: Vec<String> = (0..=repeats).map(property).collect();
            let schema = format!("{{type: object, properties: {{{}}}}}", properties.join(", "));
            let document = format!("{PETS}components: {{schemas: {{Pet: {schema}}}}}\n");
            written(
                |folder| fs::write(folder.join("openapi.yaml"), &document).unwrap(),
                &Request::default(),
            )
        };
        assert!(of(200).ends_with("\ninline_types: shared"), "{}", of(200));
        assert!(!of(199).contains("inline_types"), "{}", of(199));
    }

    #[test]
    fn in_a_crate_there_are_modules() {
        let prepare = |folder: &std::path::Path| {
            fs::write(folder.join("api.json"), "{}").unwrap();
            fs::write(folder.join("Cargo.toml"), "").unwrap();
        };
        assert_eq!(
            written(prepare, &Request::default()),
            "document: api.json\nmodule: src/api"
        );
        let request = Request {
            out: Some("x".to_owned()),
            ..Request::default()
        };
        assert_eq!(written(prepare, &request), "document: api.json\nout: x\nname: x");
    }

    #[test]
    fn a_document_must_be_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let error = |document: Option<&str>| {
            let request = Request {
                document: document.map(|name| folder.path().join(name)),
                ..Request::default()
            };
            run(&request, folder.path()).unwrap_err().to_string()
        };
        assert!(error(None).contains("a document is missing"));
        assert!(error(Some("x.yaml")).contains("is not a file"));
        assert!(!folder.path().join("specwright.yaml").exists());
    }
}
