//! `cargo xtask corpus`: what becomes of every document below some folders.
//!
//! Each document has a process of its own, so that one that hangs or ends badly is a line of the table and no more.

mod compile;
pub(crate) mod document;
mod known_bad;
mod progress;
mod request;
mod row;
mod run_one;
mod sample;
mod summary;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

pub(crate) use self::request::{Request, arguments};
use self::{
    known_bad::KnownBad,
    progress::Progress,
    row::{Row, Verdict},
};
use specwright::{Failure, output::print, paths::shown};

pub(crate) fn run(request: &Request) -> Result<(), Failure> {
    let known_bad = request.known_bad.as_deref().map(KnownBad::read).transpose()?;
    let documents = documents(&request.folders)?;
    let rows = rows(&documents, request);
    let (fragments, rows): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(|row| row.verdict == Verdict::NoDocument);
    let table = request
        .table
        .clone()
        .unwrap_or_else(|| crate::workspace::root().join("target/corpus.tsv"));
    write(&table, &row::table(&rows))?;
    let known_bad = known_bad.unwrap_or_default();
    print(&summary::of(&rows, fragments.len(), &known_bad));
    print(&format!("table: {}\n", shown(&table)));
    let unexpected = summary::unexpected(&rows, &known_bad);
    if let Some(number) = request.compile {
        compile::run(&rows, number, request.seed)?;
    }
    if unexpected > 0 {
        let message = format!("{unexpected} documents failed that are not known to be bad");
        return Err(Failure::Run(message));
    }
    Ok(())
}

/// The files that may be documents, in the order of their paths.
fn documents(folders: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut documents = Vec::new();
    let mut open: Vec<PathBuf> = folders.to_vec();
    while let Some(path) = open.pop() {
        let failed = |error| Failure::Run(format!("cannot read {}: {error}", shown(&path)));
        if path.is_dir() {
            for entry in fs::read_dir(&path).map_err(failed)? {
                open.push(entry.map_err(failed)?.path());
            }
        } else if path.metadata().map_err(failed)?.is_file() && has_text_of_documents(&path) {
            documents.push(path);
        }
    }
    documents.sort();
    Ok(documents)
}

fn has_text_of_documents(path: &Path) -> bool {
    let kind = path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    kind.is_some_and(|kind| kind == "json" || kind == "yaml" || kind == "yml")
}

/// A row for each document, in the documents' order, whichever process ends first.
fn rows(documents: &[PathBuf], request: &Request) -> Vec<Row> {
    let progress = Progress::new(documents.len());
    let next = AtomicUsize::new(0);
    let rows = Mutex::new(Vec::with_capacity(documents.len()));
    // The largest first, so that none of them is what everybody waits for at the end.
    let mut order: Vec<(u64, &PathBuf)> = documents
        .iter()
        .map(|path| (path.metadata().map_or(0, |file| file.len()), path))
        .collect();
    order.sort_by(|a, b| b.cmp(a));
    std::thread::scope(|scope| {
        for _ in 0..request.jobs {
            scope.spawn(|| {
                while let Some((_, path)) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let row = run_one::row(path, request.time_limit);
                    progress.step(&row);
                    if let Ok(mut rows) = rows.lock() {
                        rows.push(row);
                    }
                }
            });
        }
    });
    progress.end();
    let mut rows = rows.into_inner().unwrap_or_default();
    rows.sort_by(|a: &Row, b: &Row| a.document.cmp(&b.document));
    rows
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error| Failure::Run(format!("cannot write {}: {error}", shown(path)));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, text).map_err(failed)
}
