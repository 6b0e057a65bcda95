//! Conversions to the types of other crates, each behind a feature of the crate's name.

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "time")]
mod time;
#[cfg(feature = "uuid")]
mod uuid;

/// A conversion that reads a string, from the value and from a reference to it.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time", feature = "uuid"))]
macro_rules! read_as {
    ($from:ty => $into:ty, $read:expr) => {
        impl TryFrom<&$from> for $into {
            type Error = crate::wire::ScalarError;

            fn try_from(value: &$from) -> Result<Self, Self::Error> {
                let read: fn(&$from) -> Result<Self, Self::Error> = $read;
                read(value)
            }
        }

        impl TryFrom<$from> for $into {
            type Error = crate::wire::ScalarError;

            fn try_from(value: $from) -> Result<Self, Self::Error> {
                Self::try_from(&value)
            }
        }
    };
}
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time", feature = "uuid"))]
use read_as;
