//! The types of chrono.

use chrono::{DateTime, Datelike, NaiveDate, TimeZone, Utc};

use super::read_as;
use crate::wire::{Date, ScalarError, Timestamp};

const TOO_FAR: ScalarError = ScalarError::new("a date that chrono can count to");

read_as!(Timestamp => DateTime<Utc>, |timestamp| {
    let (seconds, nanoseconds) = timestamp.to_unix()?;
    DateTime::from_timestamp(seconds, nanoseconds).ok_or(TOO_FAR)
});

/// In UTC. A leap second is the second after it.
impl<Tz: TimeZone> From<DateTime<Tz>> for Timestamp {
    fn from(time: DateTime<Tz>) -> Self {
        let nanoseconds = time.timestamp_subsec_nanos();
        let seconds = time.timestamp().saturating_add((nanoseconds / 1_000_000_000).into());
        Self::from_unix(seconds, nanoseconds % 1_000_000_000)
    }
}

read_as!(Date => NaiveDate, |date| {
    let (year, month, day) = date.to_year_month_day()?;
    NaiveDate::from_ymd_opt(year.into(), month.into(), day.into()).ok_or(TOO_FAR)
});

/// Of the years 0 to 9999.
impl TryFrom<NaiveDate> for Date {
    type Error = ScalarError;

    fn try_from(date: NaiveDate) -> Result<Self, ScalarError> {
        Self::of_parts(date.year(), date.month(), date.day())
    }
}
