//! Arbitrary JSON for the runtime: a value that it has written is equal when it is read again.
#![no_main]

use specwright_runtime::wire::{self, Value};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(value) = wire::from_slice::<Value>(bytes) {
        let written = wire::to_vec(&value);
        assert_eq!(wire::from_slice::<Value>(&written).ok(), Some(value));
    }
});
