//! Damaged documents and messages: whatever they hold, they end in a client or in errors, in a value or an error.
//!
//! What is damaged are the golden cases, the refused ones and messages of the client. `cargo test` does a few of each;
//! `MUTATED_SECONDS=3600 MUTATED_SEED=2` goes on for an hour, from elsewhere. A failure prints its seed, which gives the
//! same text again. `codegen/fuzz` has the same for cargo-fuzz, which is guided by coverage and needs nightly.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by a panic")]
#![allow(clippy::print_stdout, reason = "how much was done")]

#[path = "mutated_documents/damage.rs"]
mod damage;

use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
    sync::LazyLock,
    time::{Duration, Instant},
};

use codegen::instance::Random;
use codegen::{Config, Input};
use conductorone_client::wire::{self, Json, Value};
use tests::documents_in;

/// The seeds of a run: some, or as many as fit into the time that the environment gives.
#[expect(clippy::disallowed_methods, reason = "how long to go on, which nothing asserts")]
fn seeds(usual: u64) -> impl Iterator<Item = u64> {
    let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().unwrap());
    let start = number("MUTATED_SEED").unwrap_or(1) << 32;
    let end = number("MUTATED_SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    (start..).take_while(move |seed| end.map_or(seed - start < usual, |end| Instant::now() < end))
}

/// Runs `check` on every seed. What fails is named by its seed and kept; the slowest is printed.
#[expect(
    clippy::disallowed_methods,
    reason = "the slowest seed is printed, which nothing asserts"
)]
fn each(usual: u64, name: &str, corpus: &[Vec<u8>], check: impl Fn(&[u8])) {
    let (mut done, mut failed, mut slowest) = (0, Vec::new(), (Duration::ZERO, 0));
    for seed in seeds(usual) {
        let text = damage::damaged(corpus, &mut Random::new(seed));
        let started = Instant::now();
        let is_well = catch_unwind(AssertUnwindSafe(|| check(&text))).is_ok();
        slowest = slowest.max((started.elapsed(), seed));
        done += 1;
        if !is_well {
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{seed}"));
            fs::write(&file, &text).unwrap();
            failed.push(format!("seed {seed}: {}", file.display()));
        }
    }
    println!(
        "{name}: {done} done, {} failed, the slowest seed {slowest:?}",
        failed.len()
    );
    assert!(done > 0 && failed.is_empty(), "{}", failed.join("\n"));
}

static DOCUMENTS: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let mut documents = Vec::new();
    for folder in ["golden", "refusals"] {
        for path in documents_in(folder).unwrap() {
            documents.push(fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(path)).unwrap());
        }
    }
    documents
});

/// R11, R14
#[test]
fn damaged_documents_end_in_a_client_or_in_errors() {
    each(5_000, "document", &DOCUMENTS, |text| {
        let outcome = codegen::generate(
            Input {
                name: "damaged.yaml",
                bytes: text,
            },
            &Config::default(),
        );
        let says_why = outcome.diagnostics.has_errors();
        assert!(
            outcome.generated.is_some() != says_why,
            "a client and errors, or neither"
        );
        let is_internal = |code: codegen::diagnostic::Code| code == codegen::diagnostic::Code::Internal;
        assert!(
            !outcome
                .diagnostics
                .iter()
                .any(|diagnostic| is_internal(diagnostic.code)),
            "a defect of the generator"
        );
        tests::check_growth(text, &outcome).unwrap();
        // Messages are made of the text too.
        let shown = outcome.diagnostics.render(&outcome.sources);
        assert!(
            !shown.chars().any(|c| c != '\n' && codegen::acts_on_display(c)),
            "{shown:?}"
        );
    });
}

const MESSAGES: [&str; 6] = [
    r#"{"list":[{"appId":"a","id":"b","displayName":"é\ud83d\ude00\n","createdAt":"2024-01-01T00:00:00Z","grantCount":"9007199254740993","deviceCode":{},"enabled":true}],"nextPageToken":"x"}"#,
    r#"{"a":[1,-0.5e+10,true,null,"\u0000"],"":{}}"#,
    r#"[[[[[[{"a":{"b":{"c":[]}}}]]]]]]"#,
    r#"{"@type":"type.googleapis.com/x.Y","value":1e308}"#,
    "123456789012345678901234567890.123",
    r#""""#,
];

/// R25, R30
#[test]
fn damaged_messages_end_in_a_value_or_an_error() {
    let corpus: Vec<Vec<u8>> = MESSAGES.iter().map(|text| text.as_bytes().to_vec()).collect();
    each(20_000, "message", &corpus, |text| {
        comes_back::<Value>(text);
        comes_back::<conductorone_client::models::app::v1::AppEntitlement>(text);
        comes_back::<conductorone_client::models::app::v1::AppEntitlementView>(text);
        let ours = wire::from_slice::<Value>(text).is_ok();
        let theirs = serde_json::from_slice::<serde_json::Value>(text).is_ok();
        // Both have a limit of depth, of which the texts stay clear.
        assert_eq!(ours, theirs, "{:?}", String::from_utf8_lossy(text));
    });
}

/// What was read and written is read as the same.
fn comes_back<T: Json + PartialEq + std::fmt::Debug>(text: &[u8]) {
    if let Ok(value) = wire::from_slice::<T>(text) {
        let written = wire::to_vec(&value);
        assert_eq!(
            wire::from_slice::<T>(&written).unwrap(),
            value,
            "{}",
            String::from_utf8_lossy(&written)
        );
    }
}
