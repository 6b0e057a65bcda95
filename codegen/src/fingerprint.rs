//! Short fingerprints of strings, for suffixes of names.

/// Returns a fingerprint of a string (FNV-1a): four letters and digits, of which the first is a letter.
pub(crate) fn fingerprint(text: &str) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut hash: u32 = 0x811c_9dc5;
    for byte in text.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    let letter = |index: u32, of: u32| char::from(ALPHABET[(index % of) as usize]);
    [
        letter(hash >> 27, 26),
        letter(hash >> 15, 32),
        letter(hash >> 9, 32),
        letter(hash, 32),
    ]
    .iter()
    .collect()
}
