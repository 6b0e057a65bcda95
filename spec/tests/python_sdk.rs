//! The same calls by the official Python package `conductorone-sdk` and by this client: both send the same method, path,
//! query and body. Where Python does not have the package the calls show as ignored; `PYTHON` names another interpreter
//! than `python3`.
//!
//! Not compared, for there the package is older or wrong: `annotations`, which it does not know, and `/` in an id, which it
//! lets through as two segments of the path.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]

#[path = "python_sdk/calls.rs"]
mod calls;
#[path = "end_to_end/server.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod server;

use std::{
    collections::BTreeMap,
    env,
    io::Write,
    process::{Command, ExitCode, Stdio},
};

use calls::{Call, calls};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value, json};
use server::{Request, Server, TOKEN};

/// Operations of the document that the package does not have yet.
const NOT_IN_THE_PACKAGE: [&str; 3] = [
    "app_entitlement_search.count_grants_for_user_by_app",
    "app_entitlement_search.search_graph",
    "app_entitlement_search.search_reachable_resources_for_user",
];

fn main() -> ExitCode {
    let calls = calls();
    let missing = NOT_IN_THE_PACKAGE.map(|name| {
        let trial = Trial::test(name, || Ok(()));
        trial.with_kind("not in the package").with_ignored_flag(true)
    });
    let trials: Vec<Trial> = if has_package() {
        let (theirs, ours) = (sent_there(&calls), sent_here(&calls));
        let trial = |call: &Call| {
            let sent = (theirs.get(&call.name).cloned(), ours.get(&call.name).cloned());
            Trial::test(call.name.clone(), move || compare(sent.0.as_ref(), sent.1.as_ref()))
        };
        calls.iter().map(trial).collect()
    } else {
        let trial = |call: &Call| Trial::test(call.name.clone(), || Ok(()));
        let trials = calls.iter().map(trial);
        trials
            .map(|trial| trial.with_kind("no conductorone-sdk").with_ignored_flag(true))
            .collect()
    };
    libtest_mimic::run(&Arguments::from_args(), trials.into_iter().chain(missing).collect()).exit_code()
}

fn interpreter() -> String {
    env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned())
}

fn has_package() -> bool {
    Command::new(interpreter())
        .args(["-c", "import conductorone_sdk"])
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What of a request is compared.
type Sent = (String, String, Vec<String>, Value);

fn by_call(server: &Server) -> BTreeMap<String, Sent> {
    let requests = server.requests();
    let named = |request: &Request| Some((request.header("x-call")?.to_owned(), sent(request)));
    requests.iter().filter_map(named).collect()
}

/// The path as it is on the wire. In a query `+` is another way to write a space; the order of its pairs and of an object's
/// members means nothing, and null in a body is absence, which the package writes for objects and we do not.
fn sent(request: &Request) -> Sent {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    let mut pairs: Vec<String> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.replace('+', "%20"))
        .collect();
    pairs.sort_unstable();
    let body = if request.body.is_empty() {
        Value::from("no body")
    } else {
        without_nulls(request.json())
    };
    (request.method.clone(), path.to_owned(), pairs, body)
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(members) => members
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect(),
        Value::Array(elements) => elements.into_iter().map(without_nulls).collect(),
        other => other,
    }
}

fn sent_there(calls: &[Call]) -> BTreeMap<String, Sent> {
    let server = Server::json("{}");
    let calls: Vec<Value> = calls.iter().map(Call::to_json).collect();
    let job = json!({"url": server.url(), "token": TOKEN, "calls": calls});
    let mut python = Command::new(interpreter())
        .arg(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../spec/tests/python_sdk/calls.py"
        ))
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    python
        .stdin
        .take()
        .unwrap()
        .write_all(job.to_string().as_bytes())
        .unwrap();
    assert!(python.wait().unwrap().success(), "the script failed");
    by_call(&server)
}

fn sent_here(calls: &[Call]) -> BTreeMap<String, Sent> {
    let server = Server::json("{}");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    for call in calls {
        runtime.block_on((call.send)(&server.client(), &call.name)).unwrap();
    }
    by_call(&server)
}

fn compare(theirs: Option<&Sent>, ours: Option<&Sent>) -> Result<(), Failed> {
    match (theirs, ours) {
        (Some(theirs), Some(ours)) if theirs == ours => Ok(()),
        _ => Err(format!("there {theirs:?}\nhere  {ours:?}").into()),
    }
}
