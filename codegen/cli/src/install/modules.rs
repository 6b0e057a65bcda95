//! The folder of generated modules, put in place as a whole: two folders change places in one step, so that a
//! reader finds the old folder or the new one.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use super::{Difference, Error, Layout, Wanted, difference, disk::Disk};

/// Makes the folder as it shall be, and gives its number in the file system. What is as it should be gets a second name,
/// so that its time stays what it is. `None` where that cannot be had. What has to be flushed is added to `staged`.
pub(super) fn stage(
    base: &Path,
    folder: &Path,
    disk: &Disk,
    wanted: &Wanted,
    difference: &Difference,
    staged: &mut Vec<PathBuf>,
) -> Result<Option<u64>, Error> {
    let changed: BTreeSet<&str> = difference
        .missing
        .iter()
        .chain(&difference.stale)
        .map(String::as_str)
        .collect();
    let mut folders = BTreeSet::from([folder.to_path_buf()]);
    disk.create_folder(folder)?;
    // Files are sorted, so most have the folder of the one before.
    let mut last: Option<PathBuf> = None;
    for (place, content) in wanted.files.iter().filter(|(place, _)| place.is_module()) {
        let inside = place.as_str().strip_prefix(wanted.layout.modules()).unwrap_or_default();
        let path = folder.join(inside.trim_start_matches('/'));
        let is_known = path.parent().is_some_and(|parent| last.as_deref() == Some(parent));
        for above in path
            .ancestors()
            .skip(1)
            .take_while(|above| !is_known && above.starts_with(folder))
        {
            if folders.insert(above.to_path_buf()) {
                disk.create_folder(above)?;
            }
        }
        if !is_known {
            last = path.parent().map(Path::to_path_buf);
        }
        if changed.contains(place.as_str()) {
            disk.write(&path, content.text.as_bytes())?;
            staged.push(path);
        } else if !disk.link(&place.resolve(base)?, &path)? {
            return Ok(None);
        }
    }
    staged.extend(folders);
    number(folder)
}

/// Puts the staged folder in place, unless it is there.
pub(super) fn exchange(
    base: &Path,
    layout: &Layout,
    staged: &Path,
    disk: &Disk,
    staged_number: u64,
) -> Result<PathBuf, Error> {
    let path = layout.resolve_modules(base)?;
    if number(&path)? == Some(staged_number) {
        return Ok(path);
    }
    if number(staged)? != Some(staged_number) {
        return Err(Error::NotOurs {
            path: staged.to_path_buf(),
            reason: "its journal speaks of another folder".to_owned(),
        });
    }
    // A run that completes an interrupted one must not remove files that were added in between.
    let refused = difference::between(base, &Wanted::nothing(layout))?.refused;
    if !refused.is_empty() {
        return Err(Error::Refused(refused));
    }
    if path.exists() {
        change_places(staged, &path, disk)?;
    } else {
        if let Some(above) = path.parent() {
            disk.create_folder(above)?;
        }
        disk.rename(staged, &path)?;
    }
    Ok(path)
}

/// Puts the old folder back, if the staged one has taken its place.
pub(super) fn take_back(
    base: &Path,
    layout: &Layout,
    staged: &Path,
    disk: &Disk,
    staged_number: u64,
) -> Result<(), Error> {
    let path = layout.resolve_modules(base)?;
    if number(&path)? != Some(staged_number) {
        Ok(())
    } else if staged.exists() {
        change_places(staged, &path, disk)
    } else {
        disk.rename(&path, staged)
    }
}

fn change_places(staged: &Path, path: &Path, disk: &Disk) -> Result<(), Error> {
    if disk.exchange(staged, path)? {
        return Ok(());
    }
    let cause = io::Error::new(io::ErrorKind::Unsupported, "folders cannot change places any more");
    Err(Error::io("exchange the folder", path)(cause))
}

/// The number by which the file system knows a folder, whatever it is called.
#[cfg(unix)]
fn number(folder: &Path) -> Result<Option<u64>, Error> {
    use std::os::unix::fs::MetadataExt as _;
    match folder.symlink_metadata() {
        Ok(found) => Ok(Some(found.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io("look at", folder)(error)),
    }
}

#[cfg(not(unix))]
#[allow(clippy::unnecessary_wraps, reason = "other systems have something that can fail")]
fn number(_folder: &Path) -> Result<Option<u64>, Error> {
    Ok(None)
}
