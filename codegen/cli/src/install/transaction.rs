//! The stage, the moves, and what follows an interruption.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use super::{
    Difference, Error, Layout, Place, STATE, Wanted,
    difference::{self, CHANGED, FOREIGN},
    digest::Digest,
    disk::Disk,
    journal::{self, Move},
    modules,
};

/// A journal of a million moves has less.
const LONGEST_JOURNAL: u64 = 256 << 20;

/// Where a transaction keeps its own files.
struct State {
    folder: PathBuf,
    new: PathBuf,
    old: PathBuf,
    /// The folder of generated modules that changes places with the one that is there.
    modules: PathBuf,
    journal: PathBuf,
}

impl State {
    fn of(base: &Path) -> Self {
        let folder = base.join(STATE);
        Self {
            new: folder.join("new"),
            old: folder.join("old"),
            modules: folder.join("modules"),
            journal: folder.join("journal"),
            folder,
        }
    }
}

/// Makes the difference vanish.
pub(super) fn install(base: &Path, disk: &Disk, wanted: &Wanted, difference: &Difference) -> Result<(), Error> {
    let state = State::of(base);
    let moves = match stage(base, &state, disk, wanted, difference) {
        Ok(moves) => moves,
        Err(error) => {
            // What cannot be removed now is removed by the next run.
            let _ = finish(base, &state, disk);
            return Err(error);
        }
    };
    let layout = &wanted.layout;
    match apply(base, layout, &state, disk, &moves).and_then(|()| finish(base, &state, disk)) {
        Ok(()) => Ok(()),
        Err(cause) => match take_back(base, layout, &state, disk, &moves).and_then(|()| finish(base, &state, disk)) {
            Ok(()) => Err(cause),
            Err(then) => Err(Error::Interrupted {
                cause: Box::new(cause),
                then: Box::new(then),
            }),
        },
    }
}

/// Completes or takes back what an interrupted run has left.
pub(super) fn recover(base: &Path, disk: &Disk) -> Result<(), Error> {
    let state = State::of(base);
    match state.folder.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Error::io("look at", &state.folder)(error)),
        Ok(found) if found.is_dir() => {}
        Ok(_) => {
            return Err(Error::NotOurs {
                path: state.folder,
                reason: "it is not a folder".to_owned(),
            });
        }
    }
    for folder in [&state.new, &state.old, &state.modules] {
        if folder.symlink_metadata().is_ok_and(|found| !found.is_dir()) {
            return Err(Error::NotOurs {
                path: folder.clone(),
                reason: "it is not a folder".to_owned(),
            });
        }
    }
    match state.journal.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return disk.remove_folder(&state.folder);
        }
        Err(error) => return Err(Error::io("look at", &state.journal)(error)),
        Ok(found) if found.is_file() && found.len() <= LONGEST_JOURNAL => {}
        Ok(_) => {
            return Err(Error::NotOurs {
                path: state.journal,
                reason: "it is not a journal".to_owned(),
            });
        }
    }
    let text = std::fs::read_to_string(&state.journal).map_err(Error::io("read", &state.journal))?;
    let (layout, moves) = journal::read(&text).map_err(|reason| Error::NotOurs {
        path: state.journal.clone(),
        reason,
    })?;
    apply(base, &layout, &state, disk, &moves)?;
    finish(base, &state, disk)
}

/// Until the journal has its name, nothing has happened.
fn stage(
    base: &Path,
    state: &State,
    disk: &Disk,
    wanted: &Wanted,
    difference: &Difference,
) -> Result<Vec<Move>, Error> {
    let mut staged = Vec::new();
    disk.create_folder(&state.new)?;
    disk.create_folder(&state.old)?;
    let exchanged = if is_exchanged(state, disk, wanted, difference)? {
        modules::stage(base, &state.modules, disk, wanted, difference, &mut staged)?
    } else {
        None
    };
    let moves = plan(wanted, difference, exchanged)?;
    for (number, entry) in moves.iter().enumerate() {
        if let Move::Put(place) | Move::Share(_, place) = entry {
            let text = wanted.files.get(place).map(|content| content.text.as_bytes());
            let path = state.new.join(number.to_string());
            disk.write(&path, text.unwrap_or_default())?;
            staged.push(path);
        }
    }
    let draft = state.folder.join("draft");
    disk.write(&draft, journal::write(&wanted.layout, &moves).as_bytes())?;
    staged.extend([&state.new, &draft, &state.folder].map(Clone::clone));
    disk.flush_all(&state.folder, &staged)?;
    disk.flush_folder(base)?;
    disk.rename(&draft, &state.journal)?;
    disk.flush_folder(&state.folder)?;
    Ok(moves)
}

/// Whether modules differ, and can be exchanged as a whole: two empty folders show it.
fn is_exchanged(state: &State, disk: &Disk, wanted: &Wanted, difference: &Difference) -> Result<bool, Error> {
    let changed = difference
        .missing
        .iter()
        .chain(&difference.stale)
        .chain(&difference.orphaned);
    let mut changed = changed.filter_map(|path| wanted.layout.place(path).ok());
    let is_left = wanted.files.keys().any(Place::is_module);
    Ok(is_left && changed.any(|place| place.is_module()) && disk.exchange(&state.new, &state.old)?)
}

/// Removals come first: where names do not differ by case, `App.rs` must go before `app.rs` comes.
fn plan(wanted: &Wanted, difference: &Difference, exchanged: Option<u64>) -> Result<Vec<Move>, Error> {
    let removed = difference
        .orphaned
        .iter()
        .map(|path| wanted.layout.place(path).map(Move::Remove));
    let put = difference
        .missing
        .iter()
        .chain(&difference.stale)
        .map(|path| wanted.layout.place(path).map(|place| put(wanted, place)));
    let moves: Vec<Move> = removed.chain(put).collect::<Result<_, Error>>()?;
    let Some(number) = exchanged else {
        return Ok(moves);
    };
    let is_beside = |entry: &Move| match entry {
        Move::Put(place) | Move::Share(_, place) | Move::Remove(place) => !place.is_module(),
        Move::Exchange(_) => false,
    };
    // The exchange looks at every file first; the renames after it leave a kill hardly any time to come between.
    Ok([Move::Exchange(number)]
        .into_iter()
        .chain(moves.into_iter().filter(is_beside))
        .collect())
}

fn put(wanted: &Wanted, place: Place) -> Move {
    match wanted.files.get(&place).and_then(|content| content.original) {
        Some(original) => Move::Share(original, place),
        None => Move::Put(place),
    }
}

/// Makes every move that is not made yet.
fn apply(base: &Path, layout: &Layout, state: &State, disk: &Disk, moves: &[Move]) -> Result<(), Error> {
    let mut touched = BTreeSet::new();
    for (number, entry) in moves.iter().enumerate() {
        let path = match entry {
            Move::Put(place) | Move::Share(_, place) => {
                let path = place.resolve(base)?;
                let new = state.new.join(number.to_string());
                if new.exists() {
                    set_aside(entry, place, &path, &state.old.join(number.to_string()), disk)?;
                    disk.rename(&new, &path)?;
                }
                path
            }
            Move::Remove(place) => {
                let path = place.resolve(base)?;
                if path.exists() {
                    set_aside(entry, place, &path, &state.old.join(number.to_string()), disk)?;
                }
                remove_empty_folders(base, above(base, &path), disk)?;
                path
            }
            Move::Exchange(number) => modules::exchange(base, layout, &state.modules, disk, *number)?,
        };
        let above = path.ancestors().skip(1).take_while(|above| above.starts_with(base));
        touched.extend(above.map(Path::to_path_buf));
    }
    for folder in touched.iter().filter(|folder| folder.is_dir()) {
        disk.flush_folder(folder)?;
    }
    Ok(())
}

/// Moves a file out of the way that may be replaced, and makes the folder that it is to be in.
fn set_aside(entry: &Move, place: &Place, path: &Path, old: &Path, disk: &Disk) -> Result<(), Error> {
    let (is_allowed, reason) = match entry {
        // The file is absent where an interrupted run has already set it aside.
        Move::Share(original, _) => (
            Digest::of_file(path).map(|found| found == *original || found == Digest::of(None)),
            CHANGED,
        ),
        _ => (difference::is_generated(path), FOREIGN),
    };
    if !is_allowed.map_err(Error::io("read", path))? {
        return Err(Error::refused(place.as_str(), reason));
    }
    if let Some(folder) = path.parent().filter(|folder| !folder.is_dir()) {
        disk.create_folder(folder)?;
    }
    if path.exists() {
        disk.rename(path, old)?;
    }
    Ok(())
}

/// Takes back the moves that were made, the last one first.
fn take_back(base: &Path, layout: &Layout, state: &State, disk: &Disk, moves: &[Move]) -> Result<(), Error> {
    for (number, entry) in moves.iter().enumerate().rev() {
        let (place, is_put) = match entry {
            Move::Put(place) | Move::Share(_, place) => (place, true),
            Move::Remove(place) => (place, false),
            Move::Exchange(number) => {
                modules::take_back(base, layout, &state.modules, disk, *number)?;
                remove_empty_folders(base, above(base, &layout.resolve_modules(base)?), disk)?;
                continue;
            }
        };
        let (new, old) = (state.new.join(number.to_string()), state.old.join(number.to_string()));
        let path = place.resolve(base)?;
        if is_put && !new.exists() {
            disk.rename(&path, &new)?;
        }
        if old.exists() {
            disk.create_folder(above(base, &path))?;
            disk.rename(&old, &path)?;
        } else if is_put {
            remove_empty_folders(base, above(base, &path), disk)?;
        }
    }
    Ok(())
}

fn above<'a>(base: &'a Path, path: &'a Path) -> &'a Path {
    path.parent().unwrap_or(base)
}

/// Removes the journal and everything that depends on it. A run that stops in between leaves the installed state.
fn finish(base: &Path, state: &State, disk: &Disk) -> Result<(), Error> {
    if state.journal.symlink_metadata().is_ok() {
        disk.remove_file(&state.journal)?;
    }
    // From here on nothing may fail: there is no way back. What is left over is removed by the next run.
    let _ = disk
        .flush_folder(&state.folder)
        .and_then(|()| disk.remove_folder(&state.folder));
    let _ = disk.flush_folder(base);
    Ok(())
}

/// Removes a folder and those above it as far as they are empty, up to the crate's own.
fn remove_empty_folders(base: &Path, folder: &Path, disk: &Disk) -> Result<(), Error> {
    let mut folder = folder;
    while folder != base && folder.starts_with(base) && disk.remove_empty_folder(folder)? {
        match folder.parent() {
            Some(parent) => folder = parent,
            None => break,
        }
    }
    Ok(())
}
