//! Points in time.

use std::{
    cmp::Ordering,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::calendar::CalendarDay;
use super::{ScalarError, date::take_day, fraction_text, part, take, take_fraction};

const DAY: i64 = 86_400;

#[cfg(any(feature = "jiff", feature = "time"))]
const NANOS: i128 = 1_000_000_000;

/// A point in time in RFC 3339's form, such as `2023-11-07T05:31:56Z`.
///
/// Keeps the string that was read; two are equal if their strings are. They are ordered by the points in time; those of one
/// point in time by their strings, so that only equal ones compare as equal. Strings that are not timestamps come before
/// all others. With the features `chrono`, `jiff` and `time` it is converted to and from the types of these crates.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Timestamp(String);

crate::string_newtype!(@impl Timestamp, &[]);

impl Timestamp {
    /// The point in time. Digits beyond nanoseconds are cut off; a leap second counts as the second after it.
    pub fn to_system_time(&self) -> Result<SystemTime, ScalarError> {
        let (seconds, nanos) = self.to_unix()?;
        let whole = Duration::from_secs(seconds.unsigned_abs());
        let point = if seconds < 0 {
            UNIX_EPOCH.checked_sub(whole)
        } else {
            UNIX_EPOCH.checked_add(whole)
        };
        point
            .and_then(|point| point.checked_add(Duration::from_nanos(nanos.into())))
            .ok_or(ScalarError("a date that this system can count to"))
    }

    /// Seconds from 1970 and nanoseconds after them.
    pub(super) fn to_unix(&self) -> Result<(i64, u32), ScalarError> {
        parse(&self.0).ok_or(ScalarError("a date and time in the form of RFC 3339"))
    }

    /// The point in time so many seconds from 1970, and nanoseconds after them, fewer than a second.
    pub(super) fn from_unix(seconds: i64, nanos: u32) -> Self {
        let date = CalendarDay::from_days(seconds.div_euclid(DAY));
        let second = seconds.rem_euclid(DAY);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        Self(format!(
            "{date}T{hour:02}:{minute:02}:{second:02}{}Z",
            fraction_text(nanos)
        ))
    }

    #[cfg(any(feature = "jiff", feature = "time"))]
    pub(super) fn to_unix_nanos(&self) -> Result<i128, ScalarError> {
        let (seconds, nanos) = self.to_unix()?;
        Ok(i128::from(seconds) * NANOS + i128::from(nanos))
    }

    /// What is beyond the seconds of an `i64` is their end.
    #[cfg(any(feature = "jiff", feature = "time"))]
    pub(super) fn from_unix_nanos(nanos: i128) -> Self {
        let seconds = nanos.div_euclid(NANOS);
        let limit = if seconds < 0 { i64::MIN } else { i64::MAX };
        let nanos = u32::try_from(nanos.rem_euclid(NANOS)).unwrap_or_default();
        Self::from_unix(i64::try_from(seconds).unwrap_or(limit), nanos)
    }
}

impl Ord for Timestamp {
    fn cmp(&self, other: &Self) -> Ordering {
        let by_point = parse(&self.0).cmp(&parse(&other.0));
        by_point.then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Timestamp {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// In UTC, with as many digits of a second as it needs.
///
/// RFC 3339 ends with the year 9999: what is later has a year of more digits, which a server will refuse.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let (seconds, nanos) = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => (i64::try_from(after.as_secs()).unwrap_or(i64::MAX), after.subsec_nanos()),
            Err(error) => {
                let before = error.duration();
                let seconds = i64::try_from(before.as_secs()).map_or(i64::MIN, |seconds| -seconds);
                match before.subsec_nanos() {
                    0 => (seconds, 0),
                    nanos => (seconds.saturating_sub(1), 1_000_000_000 - nanos),
                }
            }
        };
        Self::from_unix(seconds, nanos)
    }
}

/// Seconds from 1970 and nanoseconds after them.
fn parse(mut text: &str) -> Option<(i64, u32)> {
    let rest = &mut text;
    let date = take_day(rest)?;
    take(rest, |c| matches!(c, 'T' | 't' | ' '))?;
    let (hour, minute) = hour_and_minute(rest)?;
    take(rest, |c| c == ':')?;
    let second = part(rest, 2).filter(|second| *second <= 60)?;
    let nanos = match take(rest, |c| c == '.') {
        Some(_) => take_fraction(rest)?,
        None => 0,
    };
    let offset = offset(rest)?;
    let of_day = i64::try_from(hour * 3600 + minute * 60 + second).ok()?;
    rest.is_empty()
        .then_some((date.number() * DAY + of_day - offset, nanos))
}

/// Seconds east of UTC.
fn offset(rest: &mut &str) -> Option<i64> {
    let sign = match take(rest, |c| matches!(c, 'Z' | 'z' | '+' | '-'))? {
        '+' => 1,
        '-' => -1,
        _ => return Some(0),
    };
    let (hour, minute) = hour_and_minute(rest)?;
    Some(sign * i64::try_from(hour * 3600 + minute * 60).ok()?)
}

fn hour_and_minute(rest: &mut &str) -> Option<(u64, u64)> {
    let hour = part(rest, 2).filter(|hour| *hour <= 23)?;
    take(rest, |c| c == ':')?;
    let minute = part(rest, 2).filter(|minute| *minute <= 59)?;
    Some((hour, minute))
}
