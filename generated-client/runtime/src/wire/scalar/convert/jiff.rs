//! The types of jiff.

use super::read_as;
use crate::wire::{Date, ScalarError, Timestamp};

const TOO_FAR: ScalarError = ScalarError::new("a date that jiff can count to");

read_as!(Timestamp => jiff::Timestamp, |timestamp| {
    jiff::Timestamp::from_nanosecond(timestamp.to_unix_nanos()?).map_err(|_| TOO_FAR)
});

/// In UTC.
impl From<jiff::Timestamp> for Timestamp {
    fn from(time: jiff::Timestamp) -> Self {
        Self::from_unix_nanos(time.as_nanosecond())
    }
}

read_as!(Date => jiff::civil::Date, |date| {
    let (year, month, day) = date.to_year_month_day()?;
    let parts = (i16::try_from(year), i8::try_from(month), i8::try_from(day));
    let (Ok(year), Ok(month), Ok(day)) = parts else {
        return Err(TOO_FAR);
    };
    jiff::civil::Date::new(year, month, day).map_err(|_| TOO_FAR)
});

/// Of the years 0 to 9999.
impl TryFrom<jiff::civil::Date> for Date {
    type Error = ScalarError;

    fn try_from(date: jiff::civil::Date) -> Result<Self, ScalarError> {
        Self::of_parts(date.year(), date.month(), date.day())
    }
}
