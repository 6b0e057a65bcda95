//! The types of the crate `time`.

use time::{Month, OffsetDateTime};

use super::read_as;
use crate::wire::{Date, ScalarError, Timestamp};

const TOO_FAR: ScalarError = ScalarError::new("a date that the crate `time` can count to");

read_as!(Timestamp => OffsetDateTime, |timestamp| {
    OffsetDateTime::from_unix_timestamp_nanos(timestamp.to_unix_nanos()?).map_err(|_| TOO_FAR)
});

/// In UTC.
impl From<OffsetDateTime> for Timestamp {
    fn from(time: OffsetDateTime) -> Self {
        Self::from_unix_nanos(time.unix_timestamp_nanos())
    }
}

read_as!(Date => time::Date, |date| {
    let (year, month, day) = date.to_year_month_day()?;
    let month = Month::try_from(month).map_err(|_| TOO_FAR)?;
    time::Date::from_calendar_date(year.into(), month, day).map_err(|_| TOO_FAR)
});

/// Of the years 0 to 9999.
impl TryFrom<time::Date> for Date {
    type Error = ScalarError;

    fn try_from(date: time::Date) -> Result<Self, ScalarError> {
        Self::of_parts(date.year(), u8::from(date.month()), date.day())
    }
}
