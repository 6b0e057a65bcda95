//! What calls of generated clients send: requests that a server on loopback has recorded, against those that are meant;
//! and what they make of its answers.
//!
//! A case is a document and a list of calls or answers beside it (`wire/NAME.yaml` and `NAME.json`). `CORPUS_DIR` names a folder with
//! more of them (`valid-tricky/`), which are not part of this repository. All clients are compiled into one program.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

#[path = "wire_requests/case.rs"]
mod case;
#[path = "wire_requests/driver.rs"]
mod driver;
#[path = "wire_requests/expected.rs"]
mod expected;
#[path = "wire_requests/recorder.rs"]
mod recorder;
#[path = "wire_requests/signature.rs"]
mod signature;

use std::{collections::HashMap, path::Path, process::ExitCode, sync::Arc};

use libtest_mimic::{Arguments, Trial};

use crate::{
    case::{Case, Reply},
    recorder::Recorder,
};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut cases = case::cases_in(&here.join("wire"));
    assert!(!cases.is_empty(), "there are no cases");
    let mut trials = Vec::new();
    match std::env::var_os("CORPUS_DIR") {
        Some(folder) => cases.extend(case::cases_in(&Path::new(&folder).join("valid-tricky"))),
        None => {
            let name = "requests of the corpus: CORPUS_DIR is not set";
            trials.push(Trial::test(name, || Ok(())).with_ignored_flag(true));
        }
    }
    for case in &mut cases {
        // How such an operation is called is not listed.
        let (called, uncalled): (Vec<Reply>, Vec<Reply>) = std::mem::take(&mut case.replies)
            .into_iter()
            .partition(|reply| driver::is_callable(case, &reply.call));
        case.replies = called;
        for reply in uncalled {
            let name = format!("{} {}: its arguments are not listed", case.module, reply.name());
            trials.push(Trial::test(name, || Ok(())).with_ignored_flag(true));
        }
    }
    if !arguments.list {
        trials.extend(judged(&cases));
    }
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Sends all requests, and gives a trial for each call, reply and row of pages.
fn judged(cases: &[Case]) -> Vec<Trial> {
    let mut trials = Vec::new();
    let replies = cases.iter().flat_map(|case| {
        let replies = case.replies.iter().enumerate();
        replies.map(|(index, reply)| (driver::reply_key(case, index), vec![reply.bytes()]))
    });
    let mut answers: HashMap<String, Vec<String>> = replies.collect();
    for case in cases {
        let pages = case.pages.iter().enumerate();
        answers.extend(pages.map(|(index, pages)| (driver::pages_key(case, index), pages.bytes())));
    }
    let recorder = Recorder::start(answers);
    let outcomes = driver::run(cases, &recorder.url);
    let sent = Arc::new(recorder.requests());
    for (case, mut outcomes) in cases.iter().zip(outcomes) {
        let of_pages = outcomes.split_off(case.calls.len() * 2 + case.replies.len());
        for (index, (pages, outcome)) in case.pages.iter().zip(of_pages).enumerate() {
            let (sent, row, key) = (sent.clone(), pages.row.clone(), driver::pages_key(case, index));
            let name = format!("{key} {}", pages.call.operation);
            trials.push(Trial::test(name, move || {
                let requests: Vec<_> = sent.iter().filter(|request| request.key() == Some(&*key)).collect();
                expected::judge_pages(&row, &requests, &outcome).map_err(Into::into)
            }));
        }
        for (reply, outcome) in case.replies.iter().zip(outcomes.split_off(case.calls.len() * 2)) {
            let (name, row) = (format!("{} {}", case.module, reply.name()), reply.row.clone());
            trials.push(Trial::test(name, move || {
                expected::judge_reply(&row, &outcome).map_err(Into::into)
            }));
        }
        for (call, outcome) in case.calls.iter().zip(outcomes.split_off(case.calls.len())) {
            let name = format!("{} mock {}", case.module, call.name());
            trials.push(Trial::test(name, move || outcome.map(|_| ()).map_err(Into::into)));
        }
        for (index, (call, outcome)) in case.calls.iter().zip(outcomes).enumerate() {
            let sent = sent.clone();
            let (call, key) = (call.clone(), format!("{} {index}", case.module));
            let name = format!("{key} {}", call.name());
            trials.push(Trial::test(name, move || {
                let request = sent.iter().find(|request| request.key() == Some(&*key));
                expected::judge(&call.expect, request, &outcome).map_err(Into::into)
            }));
        }
    }
    trials
}
