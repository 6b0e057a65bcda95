//! `watch`: generates again whenever a file changes that a client may be made of.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver},
    time::Duration,
};

use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher as _};
use specwright::{Failure, Request, generate, paths::shown};

/// Editors write a file in several steps: what happens within this time is one change.
const QUIET: Duration = Duration::from_millis(200);

pub(crate) fn run(request: &Request) -> Result<(), Failure> {
    let failed = |error: notify::Error| Failure::Run(format!("cannot watch files: {error}"));
    let (sender, events) = mpsc::channel();
    let mut watcher = notify::recommended_watcher(sender).map_err(failed)?;
    let mut folders = BTreeSet::new();
    loop {
        if let Err(failure) = generate::run(request) {
            if let Failure::Usage(_) = failure {
                return Err(failure);
            }
            // The exit code is not used: the next change may fix the failure.
            let _ = failure.report();
        }
        watch(&mut watcher, &mut folders, generate::watched(request)?).map_err(failed)?;
        let names: Vec<String> = folders.iter().map(|folder| shown(folder)).collect();
        request
            .messages
            .note(&format!("watching {}; press Ctrl+C to end", names.join(", ")));
        if !wait(&events) {
            return Ok(());
        }
    }
}

/// Watches folders that are not watched yet. A document may refer to any file below its own.
fn watch(
    watcher: &mut RecommendedWatcher,
    folders: &mut BTreeSet<PathBuf>,
    wanted: Vec<PathBuf>,
) -> notify::Result<()> {
    for folder in wanted {
        if folders.insert(folder.clone()) {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
    }
    Ok(())
}

/// Waits for a change, and then until nothing changes any more. `false` if there will be no changes.
fn wait(events: &Receiver<notify::Result<Event>>) -> bool {
    loop {
        match events.recv() {
            Ok(Ok(event)) if is_change(&event) => break,
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    while events.recv_timeout(QUIET).is_ok() {}
    true
}

/// Generated files have other extensions, so a run does not start the next.
fn is_change(event: &Event) -> bool {
    let is_input = |path: &PathBuf| {
        let kind = Path::new(path).extension().and_then(std::ffi::OsStr::to_str);
        kind.is_some_and(|kind| ["yaml", "yml", "json"].contains(&kind))
    };
    !event.kind.is_access() && event.paths.iter().any(is_input)
}
