//! Which document, and where its client goes.

use std::path::{Path, PathBuf};

use codegen::package::{PackageName, Runtime, VersionRequirement};

use crate::{
    arguments::Request,
    failure::Failure,
    inputs::Inputs,
    output::{Messages, printable},
    workspace::{relative, resolve, root, shown},
};

/// A client to be generated.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) inputs: Inputs,
    /// The crate's folder.
    pub(crate) base: PathBuf,
    /// The crate to be written around the modules; `None` where it is written by hand.
    pub(crate) package: Option<Package>,
    /// What generates it.
    pub(crate) command: String,
    /// What is printed, and where.
    pub(crate) messages: Messages,
}

/// A crate to be written.
#[derive(Debug)]
pub(crate) struct Package {
    pub(crate) name: PackageName,
    pub(crate) runtime: Runtime,
}

impl Target {
    pub(crate) fn of(request: &Request) -> Result<Self, Failure> {
        let root = root();
        let command = command(request);
        let inputs = Inputs::of(request)?;
        let Some((document, out)) = request.document.as_ref().zip(request.out.as_ref()) else {
            return Ok(Self {
                inputs,
                base: root.join("generated-client"),
                package: None,
                command,
                messages: request.messages,
            });
        };
        let base = resolve(out).map_err(|error| Failure::Run(format!("cannot use --out {}: {error}", shown(out))))?;
        if base.exists() && !base.is_dir() {
            return Err(Failure::Usage(format!("--out {} is not a folder", shown(out))));
        }
        let name = name(request.name.as_deref(), document)?;
        let runtime = runtime(request.runtime.as_deref(), &root, &base)?;
        Ok(Self {
            inputs,
            base,
            package: Some(Package { name, runtime }),
            command,
            messages: request.messages,
        })
    }
}

fn name(given: Option<&str>, document: &Path) -> Result<PackageName, Failure> {
    if let Some(given) = given {
        return PackageName::parse(given).map_err(|error| Failure::Usage(format!("--name: {error}")));
    }
    let file_name = document.file_name().unwrap_or_default().to_string_lossy();
    Ok(PackageName::of_file(&file_name))
}

fn runtime(given: Option<&str>, root: &Path, base: &Path) -> Result<Runtime, Failure> {
    if let Some(version) = given.filter(|text| VersionRequirement::is_meant(text)) {
        let version = VersionRequirement::parse(version);
        return version
            .map(Runtime::Version)
            .map_err(|error| Failure::Usage(format!("--runtime: {error}")));
    }
    let folder = given.map_or_else(|| root.join("generated-client/runtime"), PathBuf::from);
    let is_runtime = std::fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|manifest| {
        manifest
            .lines()
            .any(|line| line.replace(' ', "") == "name=\"specwright-runtime\"")
    });
    if !is_runtime {
        let message = format!(
            "--runtime: {} is neither the folder of `specwright-runtime` nor a version",
            shown(&folder)
        );
        return Err(Failure::Usage(message));
    }
    let resolved = resolve(&folder).map_err(|error| Failure::Run(format!("cannot use {}: {error}", shown(&folder))))?;
    let path = relative(base, &resolved).or_else(|| resolved.to_str().map(|path| path.replace('\\', "/")));
    path.map(Runtime::Path).ok_or_else(|| {
        Failure::Usage(format!(
            "--runtime: {} has a name that is not Unicode, which no manifest can hold",
            shown(&folder)
        ))
    })
}

/// The command that generates what the request asks for, ready to be pasted.
fn command(request: &Request) -> String {
    let mut words = vec!["cargo xtask generate".to_owned()];
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.to_string_lossy().into_owned());
    for (option, value) in [
        ("--document", path(&request.document)),
        ("--out", path(&request.out)),
        ("--name", request.name.clone()),
        ("--runtime", request.runtime.clone()),
        ("--config", path(&request.config)),
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

fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./=:,@%+".contains(c);
    if word.chars().all(is_plain) {
        word.to_owned()
    } else {
        printable(&format!("'{}'", word.replace('\'', r"'\''")))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::path::{Path, PathBuf};

    use codegen::package::Runtime;

    use super::{Target, command};
    use crate::{arguments::Request, workspace::root};

    fn request(document: &Path, out: &Path) -> Request {
        Request {
            document: Some(document.to_path_buf()),
            out: Some(out.to_path_buf()),
            ..Request::default()
        }
    }

    #[test]
    fn the_default_is_the_committed_client() {
        let target = Target::of(&Request::default()).unwrap();
        assert_eq!(target.inputs.name, "spec/conductorone.yaml");
        assert_eq!(target.base, root().join("generated-client"));
        assert_eq!(target.inputs.config.module_prefix, "c1.api");
        assert_eq!(target.inputs.config.null, codegen::NullPolicy::Absent);
        assert!(target.package.is_none());
    }

    #[test]
    fn another_document_becomes_a_crate_of_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::of(&request(
            Path::new("/somewhere/Pet Store.yaml"),
            &folder.path().join("x"),
        ))
        .unwrap();
        assert_eq!(target.inputs.name, "Pet Store.yaml");
        let package = target.package.unwrap();
        assert_eq!(package.name.as_str(), "pet-store");
        let Runtime::Path(path) = package.runtime else {
            unreachable!("the default is a path")
        };
        assert!(
            path.starts_with("../") && path.ends_with("generated-client/runtime"),
            "{path}"
        );
    }

    #[test]
    fn every_file_name_gives_a_name() {
        for (document, name) in [
            ("3.0.yaml", "api-3-0"),
            ("6-dot-x.json", "api-6-dot-x"),
            ("..yaml", "api"),
        ] {
            let target = Target::of(&request(Path::new(document), Path::new("x"))).unwrap();
            assert_eq!(target.package.unwrap().name.as_str(), name);
        }
    }

    #[test]
    fn a_runtime_is_a_folder_or_a_version() {
        let with = |runtime: &str| {
            let request = Request {
                runtime: Some(runtime.to_owned()),
                ..request(Path::new("a.yaml"), Path::new("x"))
            };
            Target::of(&request).map(|target| target.package.unwrap().runtime)
        };
        assert!(matches!(with("0.1"), Ok(Runtime::Version(_))));
        assert!(with("0.1.x").is_err());
        assert!(with("../nowhere").is_err());
        let folder = root().join("generated-client/runtime");
        assert!(matches!(with(folder.to_str().unwrap()), Ok(Runtime::Path(_))));
    }

    #[test]
    fn a_file_is_no_folder_to_write_to() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let error = Target::of(&request(Path::new("a.yaml"), file.path()))
            .unwrap_err()
            .to_string();
        assert!(error.contains("is not a folder"), "{error}");
    }

    #[test]
    fn the_command_can_be_pasted() {
        let request = request(Path::new("my file's.yaml"), &PathBuf::from("out"));
        assert_eq!(
            command(&request),
            r"cargo xtask generate --document 'my file'\''s.yaml' --out out"
        );
    }
}
