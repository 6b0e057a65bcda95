//! The manifest of a crate that has a generated module: what it has to declare, and what it lacks.
//!
//! A TOML parser is behind the feature `manifest`; without it nothing is checked.

use codegen::Generated;

use crate::{Failure, Request, install::Wanted, target::Target};

#[cfg(feature = "manifest")]
mod host;

/// Says what the manifest around a module lacks, or adds it if the request asks for that.
#[cfg(feature = "manifest")]
pub(crate) fn of_host(
    request: &Request,
    target: &Target,
    generated: &Generated,
    files: &mut Wanted,
) -> Result<Vec<String>, Failure> {
    use crate::client::{MANIFEST, present};

    let Some(text) = present(&target.base, MANIFEST)? else {
        return Ok(Vec::new());
    };
    let path = target.base.join(MANIFEST);
    let mut document = host::parse(&path, &text)?;
    let needs = host::Needs::of(target, generated);
    let missing = needs.missing(&document);
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    if request.add_dependencies {
        needs.add(&mut document, &path)?;
        files.share(MANIFEST, Some(text.as_bytes()), document.to_string())?;
        return Ok(Vec::new());
    }
    let path = crate::paths::shown(&path);
    Ok(vec![format!(
        "{path} lacks what the module needs; `--add-dependencies` adds it:\n\n{}",
        missing.join("\n")
    )])
}

/// Without a parser nothing is known about the manifest.
#[cfg(not(feature = "manifest"))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "the feature `manifest` has something that can fail"
)]
pub(crate) fn of_host(
    request: &Request,
    _target: &Target,
    _generated: &Generated,
    _files: &mut Wanted,
) -> Result<Vec<String>, Failure> {
    if request.add_dependencies {
        return Err(Failure::Usage(
            "--add-dependencies needs the feature `manifest`".to_owned(),
        ));
    }
    Ok(Vec::new())
}

/// Refuses a manifest that is not TOML: the user's part may have an error.
#[cfg(feature = "manifest")]
pub(crate) fn is_valid(path: &std::path::Path, text: &str) -> Result<(), Failure> {
    host::parse(path, text).map(|_| ())
}

#[cfg(not(feature = "manifest"))]
#[allow(
    clippy::unnecessary_wraps,
    reason = "the feature `manifest` has something that can fail"
)]
pub(crate) fn is_valid(_path: &std::path::Path, _text: &str) -> Result<(), Failure> {
    Ok(())
}
