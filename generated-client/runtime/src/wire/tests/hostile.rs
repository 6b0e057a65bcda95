//! Texts that no honest server sends: an error, never a panic.

use super::differential::Dice;
use super::models::{Entitlement, FULL, Page};
use crate::wire::{DecodeError, from_slice, from_str, to_request, to_vec};

/// Whatever is read can be written, compared and shown; whatever is not has a place in the text.
fn survive(bytes: &[u8]) {
    match from_slice::<Entitlement>(bytes) {
        Ok(model) => {
            assert_eq!(from_slice::<Entitlement>(&to_vec(&model)).as_ref(), Ok(&model));
            drop((to_request(&model), format!("{model:?}")));
        }
        Err(error) => placed(&error, bytes),
    }
    for error in [
        from_slice::<serde_json::Value>(bytes).err(),
        from_slice::<()>(bytes).err(),
    ]
    .iter()
    .flatten()
    {
        placed(error, bytes);
    }
}

fn placed(error: &DecodeError, bytes: &[u8]) {
    assert!(
        error.offset() <= bytes.len() && error.path().starts_with('$'),
        "{error}"
    );
}

fn document() -> String {
    FULL.replace(
        "\"alias\":\"x\"",
        "\"count\":1,\"durationGrant\":\"\\ud83d\\ude00\",\"steps\":[{\"count\":1,\"count\":[]}]",
    )
}

#[test]
fn a_document_cut_off_at_any_byte() {
    let document = document();
    for end in 0..document.len() {
        let head = &document.as_bytes()[..end];
        assert!(from_slice::<Entitlement>(head).is_err());
        survive(head);
    }
}

#[test]
fn a_document_with_any_byte_replaced() {
    let document = document();
    for at in 0..document.len() {
        for byte in *b"\0\"\\{}[]:,0-.e n\x80\xc3" {
            let mut bytes = document.clone().into_bytes();
            bytes[at] = byte;
            survive(&bytes);
        }
    }
}

#[test]
fn documents_with_bytes_dropped_doubled_and_swapped() {
    let document = document();
    let mut dice = Dice(23);
    for _ in 0..5_000 {
        let mut bytes = document.clone().into_bytes();
        for _ in 0..=dice.below(4) {
            let (from, to) = (dice.below(bytes.len()), dice.below(bytes.len()));
            match dice.below(3) {
                0 => drop(bytes.remove(from)),
                1 => bytes.insert(to, bytes[from]),
                _ => bytes.swap(from, to),
            }
        }
        survive(&bytes);
    }
}

#[test]
fn deep_models_fit_into_the_stack_of_a_thread() {
    let deep = |inner: &str| format!("{}{inner}{}", "{\"durationUnset\":".repeat(127), "}".repeat(127));
    let thread = std::thread::Builder::new().stack_size(1 << 20);
    let model = thread.spawn(move || from_str::<Entitlement>(&deep("{\"count\":1,\"count\":2}")).map(|m| to_vec(&m)));
    assert!(model.unwrap().join().unwrap().is_ok());
}

#[test]
fn very_long_tokens() {
    let digits = "9".repeat(1_000_000);
    let error = from_str::<Page>(&format!("{{\"list\":[],\"total\":{digits}}}")).unwrap_err();
    assert!(error.to_string().len() < 200, "{}", error.to_string().len());
    let error = from_str::<Page>(&format!("{{\"{digits}\":true}}")).unwrap_err();
    assert!(error.to_string().len() < 200, "{}", error.to_string().len());
    assert!(from_str::<i64>(&format!("0.{digits}e1000000")).is_err());
    assert_eq!(from_str::<i64>(&format!("1{}e-1000000", "0".repeat(1_000_000))), Ok(1));
}
