//! What a file is recognised by that a user may have changed in the meantime.

use std::{fmt, io, path::Path};

/// The content of a file in 64 bits (FNV-1a), or the absence of one. It notices changes; it does not resist an attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Digest(Option<u64>);

const ABSENT: &str = "absent";

impl Digest {
    /// The digest of bytes, or of no file.
    pub(super) fn of(bytes: Option<&[u8]>) -> Self {
        Self(bytes.map(|bytes| {
            bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
                (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
            })
        }))
    }

    /// The digest of the file at a path.
    pub(super) fn of_file(path: &Path) -> io::Result<Self> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(Self::of(Some(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self(None)),
            Err(error) => Err(error),
        }
    }

    /// Reads what is displayed.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text == ABSENT {
            return Some(Self(None));
        }
        let number = (text.len() == 16).then(|| u64::from_str_radix(text, 16).ok())?;
        number.map(|number| Self(Some(number)))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(hash) => write!(formatter, "{hash:016x}"),
            None => formatter.write_str(ABSENT),
        }
    }
}
