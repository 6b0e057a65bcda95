//! Bytes.

use std::fmt;

use base64::Engine as _;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::wire::error::DecodeError;
use crate::wire::{Json, Reader, Result, Writer};

/// Bytes, written in base64's standard alphabet with padding; the URL alphabet and missing padding are read too.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Base64(Vec<u8>);

const fn engine(alphabet: &Alphabet) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, config)
}

const ENGINE: GeneralPurpose = engine(&STANDARD);
const URL_ENGINE: GeneralPurpose = engine(&URL_SAFE);

impl Base64 {
    /// The bytes.
    #[must_use]
    pub fn into_vec(self) -> Vec<u8> {
        self.0
    }
}

impl<B: Into<Vec<u8>>> From<B> for Base64 {
    fn from(bytes: B) -> Self {
        Self(bytes.into())
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// How many bytes, not which: they may be a secret.
impl fmt::Debug for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Base64({} bytes)", self.0.len())
    }
}

impl Json for Base64 {
    fn blank() -> Self {
        Self::default()
    }

    fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
        let start = json.at;
        let text = json.string()?;
        let engine = if text.contains(['-', '_']) {
            &URL_ENGINE
        } else {
            &ENGINE
        };
        self.0 = engine
            .decode(&*text)
            .map_err(|_| DecodeError::with_found(json.text, start, "bytes in base64", "another string"))?;
        Ok(())
    }

    fn write(&self, json: &mut Writer) {
        json.string(&ENGINE.encode(&self.0));
    }
}

impl crate::Parameter for Base64 {
    fn parameter(&self) -> crate::ParameterValue<'_> {
        crate::ParameterValue::text(ENGINE.encode(&self.0))
    }
}

crate::__serde_impls!(Base64);
