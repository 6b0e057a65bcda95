//! Which document, and where its client goes.

use std::path::{Path, PathBuf};

use codegen::{
    Config,
    config::Settings,
    package::{Metadata, PackageName, Runtime, VersionRequirement},
};

use crate::{
    Failure, Request,
    configuration::{self, Configured},
    inputs::Inputs,
    install::Layout,
    output::{MessageFormat, Messages, printable},
    paths::{relative, resolve, shown},
};

/// A client to be generated.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) inputs: Inputs,
    /// The crate's folder. Nothing outside of it is written.
    pub(crate) base: PathBuf,
    pub(crate) output: Output,
    /// Where the runtime comes from; a path is relative to the crate's folder.
    pub(crate) runtime: Runtime,
    /// What generates it.
    pub(crate) command: String,
    /// What is printed, and where.
    pub(crate) messages: Messages,
}

/// What is written.
#[derive(Debug)]
pub(crate) enum Output {
    /// A whole crate.
    Crate { name: PackageName, metadata: Metadata },
    /// Modules in a folder of an existing crate.
    Module(Layout),
}

impl Target {
    /// The targets of a request, in the order of the configuration.
    pub(crate) fn all(request: &Request) -> Result<Vec<Self>, Failure> {
        let configured = configuration::clients(request)?;
        let places = [&request.out, &request.module].into_iter().any(Option::is_some);
        if configured.len() > 1 && (places || request.name.is_some()) {
            let message = "--out, --module and --name are for one client; choose one with `--client NAME`";
            return Err(Failure::Usage(message.to_owned()));
        }
        if configured.len() > 1 && request.messages.format == MessageFormat::Sarif {
            let message = "a SARIF log is about one client; choose one with `--client NAME`";
            return Err(Failure::Usage(message.to_owned()));
        }
        configured.iter().map(|one| Self::of(request, one)).collect()
    }

    fn of(request: &Request, configured: &Configured) -> Result<Self, Failure> {
        let folder = configured.folder.as_deref().unwrap_or(Path::new(""));
        let settings = &configured.client.settings;
        let place = Place::of(request, settings, folder);
        let is_module = matches!(place, Some(Place::Module(_)));
        let inputs = Inputs::of_client(request, configured, is_module)?;
        let (base, output) = match place {
            Some(Place::Crate(out)) => {
                let base = resolved(&out, "the output folder")?;
                let name = name(request.name.as_deref().or(settings.name.as_deref()), &inputs)?;
                let metadata = settings.package.clone();
                (base, Output::Crate { name, metadata })
            }
            Some(Place::Module(module)) => {
                let (base, layout) = crate_of(&module)?;
                (base, Output::Module(layout))
            }
            None => {
                let message = "an output is missing: give `--out DIR` for a crate, or `--module DIR` for modules in an \
                               existing crate";
                return Err(Failure::Usage(message.to_owned()));
            }
        };
        Ok(Self {
            runtime: runtime(request.runtime.as_deref(), configured, &base)?,
            inputs,
            base,
            output,
            command: command(request, configured.client.label.as_deref()),
            messages: request.messages,
        })
    }

    /// How the client is generated.
    pub(crate) fn config(&self) -> &Config {
        &self.inputs.config
    }
}

/// Where files go, as it was given.
enum Place {
    Crate(PathBuf),
    Module(PathBuf),
}

impl Place {
    /// The command line takes precedence.
    fn of(request: &Request, settings: &Settings, folder: &Path) -> Option<Self> {
        let given = request.module.clone().map(Self::Module);
        let given = given.or_else(|| request.out.clone().map(Self::Crate));
        let module = || settings.module.as_ref().map(|path| Self::Module(folder.join(path)));
        let out = || settings.out.as_ref().map(|path| Self::Crate(folder.join(path)));
        given.or_else(module).or_else(out)
    }
}

fn resolved(folder: &Path, what: &str) -> Result<PathBuf, Failure> {
    let base =
        resolve(folder).map_err(|error| Failure::Run(format!("cannot use {what} {}: {error}", shown(folder))))?;
    if base.exists() && !base.is_dir() {
        return Err(Failure::Usage(format!("{what} {} is not a folder", shown(folder))));
    }
    Ok(base)
}

/// The crate that a folder of modules is in, and the folder in it.
fn crate_of(module: &Path) -> Result<(PathBuf, Layout), Failure> {
    let module = resolved(module, "the module folder")?;
    let mut above = module.ancestors().skip(1);
    let Some(base) = above.find(|folder| folder.join("Cargo.toml").is_file()) else {
        return Err(Failure::Usage(format!(
            "{} is not in a crate: no folder above it has a Cargo.toml; `--out DIR` generates a whole crate",
            shown(&module)
        )));
    };
    let inside = relative(base, &module).unwrap_or_default();
    let layout = Layout::with_modules(&inside).map_err(|_| {
        Failure::Usage(format!(
            "{} cannot be a folder of generated modules; give a folder of its own, such as src/api",
            shown(&module)
        ))
    })?;
    Ok((base.to_path_buf(), layout))
}

fn name(given: Option<&str>, inputs: &Inputs) -> Result<PackageName, Failure> {
    match given {
        Some(given) => PackageName::parse(given).map_err(|error| Failure::Usage(format!("the name: {error}"))),
        None => Ok(PackageName::of_file(&inputs.file_name())),
    }
}

/// What says in `--runtime` that the workspace declares the dependency.
const WORKSPACE: &str = "workspace";

fn runtime(given: Option<&str>, configured: &Configured, base: &Path) -> Result<Runtime, Failure> {
    if let Some(given) = given {
        if given == WORKSPACE {
            return Ok(Runtime::Workspace);
        }
        if VersionRequirement::is_meant(given) {
            let version = VersionRequirement::parse(given).map(Runtime::Version);
            return version.map_err(|error| Failure::Usage(format!("--runtime: {error}")));
        }
        return runtime_in(Path::new(given), base);
    }
    match &configured.client.runtime {
        None => Ok(Runtime::released()),
        Some(Runtime::Path(path)) => {
            runtime_in(&configured.folder.as_deref().unwrap_or(Path::new("")).join(path), base)
        }
        Some(other) => Ok(other.clone()),
    }
}

fn runtime_in(folder: &Path, base: &Path) -> Result<Runtime, Failure> {
    let is_runtime = std::fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|manifest| {
        let mut lines = manifest.lines();
        lines.any(|line| line.replace(' ', "") == "name=\"specwright-runtime\"")
    });
    if !is_runtime {
        let message = format!(
            "the runtime: {} is not the folder of `specwright-runtime`, a version, or the word `{WORKSPACE}`",
            shown(folder)
        );
        return Err(Failure::Usage(message));
    }
    let resolved = resolve(folder).map_err(|error| Failure::Run(format!("cannot use {}: {error}", shown(folder))))?;
    let absolute = || {
        // On another drive; a manifest does not take the form of long paths of Windows.
        let path = resolved.to_str()?;
        Some(path.trim_start_matches(r"\\?\").replace('\\', "/"))
    };
    let path = relative(base, &resolved).or_else(absolute);
    path.map(Runtime::Path).ok_or_else(|| {
        Failure::Usage(format!(
            "the runtime: {} has a name that is not Unicode, which no manifest can hold",
            shown(folder)
        ))
    })
}

/// The command that generates what the request asks for, ready to be pasted.
fn command(request: &Request, label: Option<&str>) -> String {
    if let Some(command) = request.command {
        return command.to_owned();
    }
    let mut words = vec!["specwright generate".to_owned()];
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.to_string_lossy().into_owned());
    words.extend(path(&request.document).map(|document| quoted(&document)));
    for (option, value) in [
        ("--out", path(&request.out)),
        ("--module", path(&request.module)),
        ("--name", request.name.clone()),
        ("--runtime", request.runtime.clone()),
        ("--config", path(&request.config)),
        ("--client", label.map(str::to_owned)),
    ] {
        if let Some(value) = value {
            words.push(format!("{option} {}", quoted(&value)));
        }
    }
    for folder in &request.allow_folders {
        words.push(format!("--allow-folder {}", quoted(&folder.to_string_lossy())));
    }
    for overlay in &request.overlays {
        words.push(format!("--overlay {}", quoted(&overlay.to_string_lossy())));
    }
    for (prefix, selection) in [("--", &request.include), ("--exclude-", &request.exclude)] {
        let kinds = [
            ("tag", &selection.tags),
            ("operation", &selection.operations),
            ("path", &selection.paths),
        ];
        for (kind, names) in kinds {
            words.extend(names.iter().map(|name| format!("{prefix}{kind} {}", quoted(name))));
        }
    }
    if request.keep_going {
        words.push("--keep-going".to_owned());
    }
    words.join(" ")
}

pub(crate) fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./=:,@%+".contains(c);
    if word.chars().all(is_plain) && !word.is_empty() {
        word.to_owned()
    } else {
        printable(&format!("'{}'", word.replace('\'', r"'\''")))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::{
        fs,
        path::{Path, PathBuf},
    };

    use codegen::package::Runtime;

    use super::{Output, Target, command};
    use crate::Request;

    fn request(document: &Path, out: &Path) -> Request {
        Request {
            document: Some(document.to_path_buf()),
            out: Some(out.to_path_buf()),
            ..Request::default()
        }
    }

    fn target(request: &Request) -> Result<Target, crate::Failure> {
        Target::all(request).map(|mut targets| targets.remove(0))
    }

    fn name(target: Target) -> String {
        match target.output {
            Output::Crate { name, .. } => name.as_str().to_owned(),
            Output::Module(layout) => layout.modules().to_owned(),
        }
    }

    #[test]
    fn a_document_becomes_a_crate_of_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let document = Path::new("/somewhere/Pet Store.yaml");
        let target = target(&request(document, &folder.path().join("x"))).unwrap();
        assert_eq!(target.inputs.name, "Pet Store.yaml");
        assert_eq!(target.runtime, Runtime::released());
        assert_eq!(name(target), "pet-store");
    }

    #[test]
    fn every_file_name_gives_a_name() {
        for (document, expected) in [
            ("3.0.yaml", "api-3-0"),
            ("6-dot-x.json", "api-6-dot-x"),
            ("..yaml", "api"),
        ] {
            let target = target(&request(Path::new(document), Path::new("x"))).unwrap();
            assert_eq!(name(target), expected);
        }
    }

    #[test]
    fn a_runtime_is_a_folder_a_version_or_of_the_workspace() {
        let with = |runtime: &str| {
            let request = Request {
                runtime: Some(runtime.to_owned()),
                ..request(Path::new("a.yaml"), Path::new("x"))
            };
            target(&request).map(|target| target.runtime)
        };
        assert!(matches!(with("0.1"), Ok(Runtime::Version(_))));
        assert!(matches!(with("workspace"), Ok(Runtime::Workspace)));
        assert!(with("0.1.x").is_err());
        assert!(with("../nowhere").is_err());
        let folder = tempfile::tempdir().unwrap();
        fs::write(
            folder.path().join("Cargo.toml"),
            "[package]\nname = \"specwright-runtime\"\n",
        )
        .unwrap();
        assert!(matches!(with(folder.path().to_str().unwrap()), Ok(Runtime::Path(_))));
    }

    #[test]
    fn a_file_is_not_a_folder_to_write_to() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = target(&request(Path::new("a.yaml"), file.path()))
            .unwrap_err()
            .to_string();
        assert!(error.contains("is not a folder"), "{error}");
    }

    /// R17
    #[test]
    fn modules_go_into_the_nearest_crate() {
        let folder = tempfile::tempdir().unwrap();
        let module = |path: &str| {
            let request = Request {
                out: None,
                module: Some(folder.path().join(path)),
                ..request(Path::new("a.yaml"), Path::new(""))
            };
            target(&request)
        };
        assert!(module("src/api").unwrap_err().to_string().contains("is not in a crate"));
        fs::write(folder.path().join("Cargo.toml"), "[package]\n").unwrap();
        let found = module("src/api").unwrap();
        assert_eq!(found.base, folder.path().canonicalize().unwrap());
        assert_eq!(name(found), "src/api");
        assert!(module("src").unwrap_err().to_string().contains("a folder of its own"));
    }

    #[test]
    fn the_command_can_be_pasted() {
        let request = request(Path::new("my file's.yaml"), &PathBuf::from("out"));
        assert_eq!(
            command(&request, None),
            r"specwright generate 'my file'\''s.yaml' --out out"
        );
    }
}
