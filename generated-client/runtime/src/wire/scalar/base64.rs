//! Bytes.

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::alphabet::{Alphabet, STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::wire::{Json, Reader, Result, Writer};

const fn engine(alphabet: &Alphabet, padding: bool) -> GeneralPurpose {
    let config = GeneralPurposeConfig::new()
        .with_encode_padding(padding)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    GeneralPurpose::new(alphabet, config)
}

const PADDED: GeneralPurpose = engine(&STANDARD, true);
const FOR_URLS: GeneralPurpose = engine(&URL_SAFE, false);

macro_rules! bytes {
    ($($(#[$documentation:meta])* $name:ident $engine:ident)*) => {$(
        $(#[$documentation])*
        ///
        /// Both alphabets are read, with and without padding, and written unchanged. Two are equal if their bytes are.
        #[derive(Clone)]
        pub struct $name {
            bytes: Vec<u8>,
            /// The string that was read, if it is not the form that is written.
            text: Option<Box<str>>,
        }

        impl $name {
            /// The bytes.
            #[must_use]
            pub fn into_vec(self) -> Vec<u8> {
                self.bytes
            }

            fn text(&self) -> Cow<'_, str> {
                match &self.text {
                    Some(text) => Cow::Borrowed(text),
                    None => Cow::Owned($engine.encode(&self.bytes)),
                }
            }
        }

        impl Default for $name {
            fn default() -> Self {
                Self::from(Vec::new())
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.bytes == other.bytes
            }
        }

        impl Eq for $name {}

        impl<B: Into<Vec<u8>>> From<B> for $name {
            fn from(bytes: B) -> Self {
                Self {
                    bytes: bytes.into(),
                    text: None,
                }
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.bytes
            }
        }

        /// How many bytes, not which: they may be a secret.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({} bytes)", stringify!($name), self.bytes.len())
            }
        }

        impl Json for $name {
            fn blank() -> Self {
                Self::default()
            }

            fn read(&mut self, json: &mut Reader<'_>) -> Result<()> {
                let start = json.at;
                let text = json.string()?;
                let engine = if text.contains(['-', '_']) { &FOR_URLS } else { &PADDED };
                let bytes = engine.decode(&*text);
                self.bytes = bytes.map_err(|_| json.fail_with(start, "bytes in base64", "another string"))?;
                self.text = (self.text() != text).then(|| text.into());
                Ok(())
            }

            fn write(&self, json: &mut Writer) {
                json.string(&self.text());
            }
        }

        impl crate::Parameter for $name {
            fn parameter(&self) -> crate::ParameterValue<'_> {
                crate::ParameterValue::text(self.text())
            }
        }

        crate::__serde_impls!($name);
    )*};
}

bytes! {
    /// Bytes, in base64's standard alphabet with padding.
    Base64 PADDED
    /// Bytes, in base64's alphabet for URLs without padding.
    Base64Url FOR_URLS
}
