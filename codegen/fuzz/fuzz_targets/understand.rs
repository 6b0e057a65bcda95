//! The stages that may refuse a document: read, normalize, lower.
#![no_main]

use codegen::{NullPolicy, diagnostic::Diagnostics, document::Document, loader::NoFiles, lower, normalize, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut diagnostics = Diagnostics::new();
    match read::read("fuzz.yaml", bytes, &read::Limits::default()) {
        Ok(source) => {
            let files = source.files.clone();
            let (limits, mut of_files) = (read::Limits::default(), Diagnostics::new());
            let source = normalize::bundle(source, &NoFiles, &limits, &mut diagnostics, &mut of_files);
            let api = normalize::canonical(source, &mut diagnostics)
                .and_then(|canonical| Document::build(canonical.source, canonical.version, &mut diagnostics))
                .and_then(|document| lower::lower(&document, NullPolicy::Distinct, &mut diagnostics));
            assert!(api.is_some() != diagnostics.has_errors());
            let _ = diagnostics.render(&files);
        }
        Err(unreadable) => assert!(unreadable.diagnostics.has_errors()),
    }
});
