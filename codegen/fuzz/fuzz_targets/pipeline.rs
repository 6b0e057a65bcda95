//! The whole program: what it gives is Rust.
#![no_main]

use codegen::{Config, Input, diagnostic::Code};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let input = Input { name: "fuzz.yaml", bytes };
    let outcome = codegen::generate(input, &Config::default());
    assert!(outcome.diagnostics.iter().all(|diagnostic| diagnostic.code != Code::Internal));
    assert!(outcome.generated.is_some() != outcome.diagnostics.has_errors());
    for (path, text) in outcome.generated.iter().flat_map(|generated| generated.files.iter()) {
        if let Err(error) = syn::parse_file(text) {
            panic!("{path}: {error}");
        }
    }
});
