//! The stages that may refuse a document: read, normalize, lower.
#![no_main]

use codegen::{NullPolicy, diagnostic::Diagnostics, document::Document, lower, normalize, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut diagnostics = Diagnostics::new();
    match read::read("fuzz.yaml", bytes, &read::Limits::default()) {
        Ok(source) => {
            let files = source.files.clone();
            let api = normalize::canonical(source, &mut diagnostics)
                .and_then(|canonical| Document::build(canonical.source, &mut diagnostics))
                .and_then(|document| lower::lower(&document, NullPolicy::Distinct, &mut diagnostics));
            assert!(api.is_some() != diagnostics.has_errors());
            let _ = diagnostics.render(&files);
        }
        Err(unreadable) => assert!(unreadable.diagnostics.has_errors()),
    }
});
