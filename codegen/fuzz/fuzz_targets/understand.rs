//! The stages that may refuse a document: read, normalize, lower.
#![no_main]

use codegen::{Config, Input, stages};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let input = Input {
        name: "fuzz.yaml",
        bytes,
    };
    let checked = stages::check(input.into(), &Config::default());
    assert!(checked.is_valid != checked.diagnostics.has_errors());
    let _ = checked.diagnostics.render(&checked.sources);
});
