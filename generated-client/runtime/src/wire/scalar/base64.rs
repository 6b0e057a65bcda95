//! Bytes.

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

/// The alphabets with padding and without it.
static PADDED: [GeneralPurpose; 2] = [engine(&STANDARD, true), engine(&URL_SAFE, true)];
static UNPADDED: [GeneralPurpose; 2] = [engine(&STANDARD, false), engine(&URL_SAFE, false)];

/// How bytes are written: as they came, or else as the type has it.
#[derive(Clone, Copy)]
struct Form {
    url: bool,
    padded: bool,
}

impl Form {
    fn engine(self) -> &'static GeneralPurpose {
        let [standard, url] = if self.padded { &PADDED } else { &UNPADDED };
        if self.url { url } else { standard }
    }

    /// The form of a text, as far as the text shows it.
    fn of(text: &str, usual: Self) -> Self {
        let has = |signs: [char; 2]| text.contains(signs);
        Self {
            url: has(['-', '_']) || usual.url && !has(['+', '/']),
            padded: text.ends_with('=') || usual.padded && text.len().is_multiple_of(4),
        }
    }
}

macro_rules! bytes {
    ($($(#[$documentation:meta])* $name:ident $url:literal $padded:literal)*) => {$(
        $(#[$documentation])*
        ///
        /// Both alphabets are read, with and without padding, and written as they came. Two are equal if their bytes are.
        #[derive(Clone)]
        pub struct $name {
            bytes: Vec<u8>,
            form: Form,
        }

        impl $name {
            const USUAL: Form = Form { url: $url, padded: $padded };

            /// The bytes.
            #[must_use]
            pub fn into_vec(self) -> Vec<u8> {
                self.bytes
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
                Self { bytes: bytes.into(), form: Self::USUAL }
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
                self.form = Form::of(&text, Self::USUAL);
                let bytes = self.form.engine().decode(&*text);
                self.bytes =
                    bytes.map_err(|_| json.fail_with(start, "bytes in base64", "another string"))?;
                Ok(())
            }

            fn write(&self, json: &mut Writer) {
                json.string(&self.form.engine().encode(&self.bytes));
            }
        }

        impl crate::Parameter for $name {
            fn parameter(&self) -> crate::ParameterValue<'_> {
                crate::ParameterValue::text(self.form.engine().encode(&self.bytes))
            }
        }

        crate::__serde_impls!($name);
    )*};
}

bytes! {
    /// Bytes, in base64's standard alphabet with padding.
    Base64 false true
    /// Bytes, in base64's alphabet for URLs without padding.
    Base64Url true false
}
