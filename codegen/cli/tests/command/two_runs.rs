//! Two runs at once.

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    process::Stdio,
};

use libtest_mimic::Trial;

use crate::subject::{STATE, Subject, Version, files, generate};

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![crate::trial("R18: runs at once leave one whole crate", at_once)];
    if cfg!(unix) {
        // Elsewhere the lock is a file beside the crate.
        trials.push(crate::trial("R18: a run waits for another and says so", waits));
    }
    trials
}

fn waits() {
    let subject = Subject::new();
    let out = subject.installed(Version::Old);
    let lock = File::open(&out).unwrap();
    lock.lock().unwrap();
    let mut run = generate(subject.document(Version::New), &out)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(run.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(line.starts_with("note: waiting for another run that writes "), "{line}");
    assert_eq!(files(&out), *subject.files(Version::Old), "it does not wait");
    lock.unlock().unwrap();
    assert!(run.wait().unwrap().success());
    assert_eq!(files(&out), *subject.files(Version::New));
}

fn at_once() {
    let subject = Subject::new();
    let out = subject.installed(Version::Old);
    let runs: Vec<_> = [Version::New, Version::Old, Version::New, Version::Old]
        .map(|version| {
            let mut run = generate(subject.document(version), &out);
            run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        })
        .into_iter()
        .collect();
    for mut run in runs {
        assert!(run.wait().unwrap().success());
    }
    let found = files(&out);
    assert!(found == *subject.files(Version::Old) || found == *subject.files(Version::New));
    assert!(!out.join(STATE).exists());
}
