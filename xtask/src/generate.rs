//! `cargo xtask generate`.

use crate::{
    arguments::Request,
    client,
    failure::Failure,
    install::{Session, Summary},
    output::{count, report},
    target::Target,
    workspace::{root, shown},
};

pub(crate) fn run(request: &Request) -> Result<(), Failure> {
    let target = Target::of(request)?;
    let waiting = || {
        report(&format!(
            "waiting for another run that writes {}\n",
            shown(&target.base)
        ));
    };
    // First of all, for what an interrupted run has left is completed even if this one fails.
    let session = target
        .base
        .exists()
        .then(|| Session::open(&target.base, waiting))
        .transpose()?;
    let client = client::files(&target, "written")?;
    let session = match session {
        Some(session) => session,
        None => Session::create(&target.base, waiting)?,
    };
    let is_new = target.package.is_some() && !target.base.join("Cargo.toml").exists();
    let Summary {
        changed,
        removed,
        unchanged,
    } = session.install(&client.files)?;
    let files = count(client.files.len(), "file");
    let parts = format!("{changed} changed, {removed} removed, {unchanged} unchanged");
    target
        .messages
        .summary(&format!("generated {files} ({parts}) from {}\n", target.inputs.name));
    if let Ok(inside) = target.base.strip_prefix(root())
        && is_new
    {
        // Cargo refuses a package in a workspace's folder that is no member of it.
        target.messages.summary(&format!(
            "to build it here, add {:?} to the members in Cargo.toml\n",
            inside.to_string_lossy()
        ));
    }
    client.end()
}
