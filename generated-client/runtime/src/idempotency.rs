//! Keys by which a server recognizes a repeated request (`Idempotency-Key`).

use std::{
    hash::{BuildHasher, RandomState},
    time::SystemTime,
};

use http::{HeaderName, HeaderValue};

use crate::{Call, call::Prepared};

/// The header of the IETF draft, which a call uses unless its document declares another one.
const STANDARD: HeaderName = HeaderName::from_static("idempotency-key");

/// Header parameters that carry such a key.
const NAMES: [HeaderName; 2] = [STANDARD, HeaderName::from_static("x-idempotency-key")];

impl Call {
    /// Sets the key by which the server recognizes a repetition of this call, in the header `Idempotency-Key` or in the header
    /// that the document declares. All attempts send the same key, and failed attempts are retried like those of a GET.
    pub fn idempotency_key(self, key: impl AsRef<str>) -> Self {
        let declared = self.operation().idempotency_key;
        self.header(declared.unwrap_or(STANDARD.as_str()), key.as_ref())
    }
}

impl Prepared {
    /// Whether a repetition does no harm: by the operation, by the caller's word, or by a key.
    pub(crate) fn is_repeatable(&self) -> bool {
        let declared = self.operation.idempotency_key;
        self.repeats
            || self.operation.is_idempotent()
            || declared.is_some_and(|name| self.headers.contains_key(name))
            || NAMES.iter().any(|name| self.headers.contains_key(name))
    }

    /// Adds a key where the document declares the header and the caller has given none.
    pub(crate) fn add_idempotency_key(&mut self) {
        let Some(name) = self.operation.idempotency_key else {
            return;
        };
        let (Ok(name), Ok(key)) = (name.parse::<HeaderName>(), HeaderValue::from_str(&random_key())) else {
            return;
        };
        self.headers.entry(name).or_insert(key);
    }
}

/// A UUID of version 4. Each `RandomState` hashes by keys of its own, which the system's randomness makes.
fn random_key() -> String {
    let now = SystemTime::now();
    let half = |part: u8| u128::from(RandomState::new().hash_one((part, now)));
    let bits = (half(0) << 64) | half(1);
    let version = (bits & !(0xf << 76)) | (4 << 76);
    let digits = format!("{:032x}", (version & !(0b11 << 62)) | (0b10 << 62));
    let mut key = String::with_capacity(36);
    for (index, digit) in digits.chars().enumerate() {
        if [8, 12, 16, 20].contains(&index) {
            key.push('-');
        }
        key.push(digit);
    }
    key
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::random_key;

    #[test]
    fn keys_are_uuids_that_differ() {
        let keys: HashSet<String> = (0..10_000).map(|_| random_key()).collect();
        assert_eq!(keys.len(), 10_000);
        for key in keys {
            let parts: Vec<usize> = key.split('-').map(str::len).collect();
            assert_eq!(parts, [8, 4, 4, 4, 12], "{key}");
            assert_eq!(key.as_bytes().get(14), Some(&b'4'), "{key}");
            assert!("89ab".contains(key.get(19..20).unwrap_or("-")), "{key}");
        }
    }
}
