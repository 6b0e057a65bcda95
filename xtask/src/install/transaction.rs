//! The stage, the moves, and what follows an interruption.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
};

use super::{
    Difference, Error, Place, STATE, Wanted, difference,
    disk::Disk,
    journal::{self, Move},
};

/// A journal of a million moves has less.
const LONGEST_JOURNAL: u64 = 256 << 20;

/// Where a transaction keeps its own files.
struct State {
    folder: PathBuf,
    new: PathBuf,
    old: PathBuf,
    journal: PathBuf,
}

impl State {
    fn of(base: &Path) -> Self {
        let folder = base.join(STATE);
        Self {
            new: folder.join("new"),
            old: folder.join("old"),
            journal: folder.join("journal"),
            folder,
        }
    }
}

/// Makes the difference vanish.
pub(super) fn install(base: &Path, disk: &Disk, wanted: &Wanted, difference: &Difference) -> Result<(), Error> {
    let state = State::of(base);
    let moves = plan(difference)?;
    if let Err(error) = stage(base, &state, disk, wanted, &moves) {
        // What cannot be removed now is removed by the next run.
        let _ = finish(base, &state, disk);
        return Err(error);
    }
    match apply(base, &state, disk, &moves).and_then(|()| finish(base, &state, disk)) {
        Ok(()) => Ok(()),
        Err(cause) => match take_back(base, &state, disk, &moves).and_then(|()| finish(base, &state, disk)) {
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
                reason: "it is no folder".to_owned(),
            });
        }
    }
    for folder in [&state.new, &state.old] {
        if folder.symlink_metadata().is_ok_and(|found| !found.is_dir()) {
            return Err(Error::NotOurs {
                path: folder.clone(),
                reason: "it is no folder".to_owned(),
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
                reason: "it is no journal".to_owned(),
            });
        }
    }
    let text = std::fs::read_to_string(&state.journal).map_err(Error::io("read", &state.journal))?;
    let moves = journal::read(&text).map_err(|reason| Error::NotOurs {
        path: state.journal.clone(),
        reason,
    })?;
    apply(base, &state, disk, &moves)?;
    finish(base, &state, disk)
}

/// Removals come first: where names do not differ by case, `App.rs` must go before `app.rs` comes.
fn plan(difference: &Difference) -> Result<Vec<Move>, Error> {
    let removed = difference
        .orphaned
        .iter()
        .map(|path| Place::parse(path).map(Move::Remove));
    let put = difference
        .missing
        .iter()
        .chain(&difference.stale)
        .map(|path| Place::parse(path).map(Move::Put));
    removed.chain(put).collect()
}

/// Until the journal has its name, nothing has happened.
fn stage(base: &Path, state: &State, disk: &Disk, wanted: &Wanted, moves: &[Move]) -> Result<(), Error> {
    disk.create_folder(&state.new)?;
    disk.create_folder(&state.old)?;
    for (number, entry) in moves.iter().enumerate() {
        if let Move::Put(place) = entry {
            let text = wanted.0.get(place).map(String::as_bytes).unwrap_or_default();
            disk.write(&state.new.join(number.to_string()), text)?;
        }
    }
    let draft = state.folder.join("draft");
    disk.write(&draft, journal::write(moves).as_bytes())?;
    for folder in [&state.new, &state.folder, base] {
        disk.flush_folder(folder)?;
    }
    disk.rename(&draft, &state.journal)?;
    disk.flush_folder(&state.folder)
}

/// Makes every move that is not made yet.
fn apply(base: &Path, state: &State, disk: &Disk, moves: &[Move]) -> Result<(), Error> {
    let mut touched = BTreeSet::new();
    for (number, entry) in moves.iter().enumerate() {
        let (new, old) = (state.new.join(number.to_string()), state.old.join(number.to_string()));
        let path = entry.place().resolve(base)?;
        let folder = path.parent().unwrap_or(base).to_path_buf();
        let is_made = match entry {
            Move::Put(_) => !new.exists(),
            Move::Remove(_) => !path.exists(),
        };
        if !is_made {
            if !difference::is_generated(&path).map_err(Error::io("read", &path))? {
                return Err(Error::refused(
                    entry.place().as_str(),
                    "was not generated, so it is not touched",
                ));
            }
            if !folder.is_dir() {
                disk.create_folder(&folder)?;
            }
            if path.exists() {
                disk.rename(&path, &old)?;
            }
            if matches!(entry, Move::Put(_)) {
                disk.rename(&new, &path)?;
            }
        }
        if matches!(entry, Move::Remove(_)) {
            remove_empty_folders(base, &folder, disk)?;
        }
        touched.extend(
            folder
                .ancestors()
                .take_while(|above| above.starts_with(base))
                .map(Path::to_path_buf),
        );
    }
    for folder in touched.iter().filter(|folder| folder.is_dir()) {
        disk.flush_folder(folder)?;
    }
    Ok(())
}

/// Takes back the moves that were made, the last one first.
fn take_back(base: &Path, state: &State, disk: &Disk, moves: &[Move]) -> Result<(), Error> {
    for (number, entry) in moves.iter().enumerate().rev() {
        let (new, old) = (state.new.join(number.to_string()), state.old.join(number.to_string()));
        let path = entry.place().resolve(base)?;
        let folder = path.parent().unwrap_or(base).to_path_buf();
        if matches!(entry, Move::Put(_)) && !new.exists() {
            disk.rename(&path, &new)?;
        }
        if old.exists() {
            disk.create_folder(&folder)?;
            disk.rename(&old, &path)?;
        } else if matches!(entry, Move::Put(_)) {
            remove_empty_folders(base, &folder, disk)?;
        }
    }
    Ok(())
}

/// Removes the journal, and what means nothing without it. Whoever stops in between has the state that is there.
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
