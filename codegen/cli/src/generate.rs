//! `generate`: writes clients.

use std::path::{Path, PathBuf};

use codegen::package::Runtime;

use crate::{
    Failure, Request, check,
    client::{self, Client, MANIFEST},
    install::{self, Session, Summary},
    output::{Messages, count},
    paths::shown,
    target::{Output, Target},
};

/// Whether the registry has the runtime of this version. It is set to `true` in the commit of the first release.
const IS_RUNTIME_PUBLISHED: bool = false;

/// Writes the client of a document, or all clients of a configuration. The first that fails ends the run; those before it
/// are written.
pub fn run(request: &Request) -> Result<(), Failure> {
    let targets = Target::all(request)?;
    for target in &targets {
        if request.dry_run {
            preview(request, target)?;
        } else {
            write(request, target)?;
        }
    }
    Ok(())
}

/// The folders with files that the clients of a request are made of.
pub fn watched(request: &Request) -> Result<Vec<PathBuf>, Failure> {
    let targets = Target::all(request)?;
    let files = targets.iter().flat_map(|target| target.inputs.paths());
    let above = |path: &Path| path.parent().map(Path::to_path_buf);
    let folders = files.filter_map(above).chain(crate::configuration::folder(request));
    let current = |folder: PathBuf| {
        if folder.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            folder
        }
    };
    Ok(folders.map(current).collect())
}

fn write(request: &Request, target: &Target) -> Result<(), Failure> {
    let waiting = || {
        target
            .messages
            .note(&format!("waiting for another run that writes {}", shown(&target.base)));
    };
    // First of all, because what an interrupted run has left is completed even if this one fails.
    let session = target
        .base
        .exists()
        .then(|| Session::open(&target.base, waiting))
        .transpose()?;
    let client = client::files(request, target, "written")?;
    let session = match session {
        Some(session) => session,
        None => Session::create(&target.base, waiting)?,
    };
    let is_new = is_new(target);
    let summary = session.install(&client.files)?;
    target.messages.summary(&said(&client, summary, target));
    if is_new {
        first_steps(target);
    }
    hints(&client, target.messages);
    client.end()
}

fn said(client: &Client, summary: Summary, target: &Target) -> String {
    let Summary {
        changed,
        removed,
        unchanged,
    } = summary;
    let files = count(client.files.len(), "file");
    let parts = format!("{changed} changed, {removed} removed, {unchanged} unchanged");
    format!(
        "generated {files} ({parts}) in {} from {}\n",
        shown(&place(target)),
        target.inputs.name
    )
}

/// The folder that the user named.
fn place(target: &Target) -> PathBuf {
    match &target.output {
        Output::Crate { .. } => target.base.clone(),
        Output::Module(layout) => target.base.join(layout.modules()),
    }
}

fn is_new(target: &Target) -> bool {
    match &target.output {
        Output::Crate { .. } => !target.base.join(MANIFEST).exists(),
        Output::Module(layout) => !target.base.join(layout.modules()).exists(),
    }
}

/// Says what would change, and writes nothing.
fn preview(request: &Request, target: &Target) -> Result<(), Failure> {
    let client = client::files(request, target, "compared")?;
    let difference = install::compare(&target.base, &client.files)?;
    let listing = check::listing(target, &client.files, &difference)?;
    let (changed, removed) = (
        difference.missing.len() + difference.stale.len(),
        difference.orphaned.len(),
    );
    target.messages.summary(&format!(
        "{listing}would change {} and remove {} in {}; nothing was written (--dry-run)\n",
        count(changed, "file"),
        count(removed, "file"),
        shown(&place(target))
    ));
    hints(&client, target.messages);
    if !difference.refused.is_empty() {
        return Err(Failure::Run("files are in the way: move them away first".to_owned()));
    }
    client.end()
}

fn hints(client: &Client, messages: Messages) {
    for hint in &client.hints {
        messages.note(hint);
    }
}

/// What a user does after the first run.
fn first_steps(target: &Target) {
    let messages = target.messages;
    match &target.output {
        Output::Crate { .. } => {
            if let Some(workspace) = workspace_of(&target.base) {
                let inside = crate::paths::relative(&workspace, &target.base).unwrap_or_default();
                let manifest = shown(&workspace.join(MANIFEST));
                messages.note(&format!(
                    "to build the crate, add {inside:?} to the workspace members in {manifest}"
                ));
            }
        }
        Output::Module(layout) => {
            let path = layout.modules();
            let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
            let parent = match above {
                "src" => "src/lib.rs or src/main.rs".to_owned(),
                other => format!("the module of {other}"),
            };
            messages.note(&format!(
                "add these lines to {parent}:\n\n#[rustfmt::skip]\npub mod {name};\n"
            ));
        }
    }
    if let Runtime::Version(version) = &target.runtime
        && !IS_RUNTIME_PUBLISHED
    {
        messages.note(&format!(
            "the crate depends on specwright-runtime {}, which is not in the registry yet; until its first release, \
             configure `runtime: {{path: DIR}}` or use `--runtime DIR`",
            version.as_str()
        ));
    }
}

/// The workspace that cargo takes a new crate for a part of.
fn workspace_of(base: &Path) -> Option<PathBuf> {
    let mut above = base.ancestors().skip(1);
    let found = above.find(|folder| {
        let manifest = folder.join(MANIFEST);
        manifest.is_file()
            && std::fs::read_to_string(manifest)
                .is_ok_and(|text| text.lines().any(|line| line.trim_start().starts_with("[workspace]")))
    })?;
    Some(found.to_path_buf())
}
