//! Days of the calendar.

use super::calendar::CalendarDay;
use super::{ScalarError, part, take};

/// A day in RFC 3339's form, such as `2024-02-29`.
///
/// Keeps the string that was read; two are equal if their strings are.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date(String);

crate::string_newtype!(Date);

impl Date {
    /// The day of this year, month and day of the month, if there is such a day.
    pub fn from_year_month_day(year: u16, month: u8, day: u8) -> Result<Self, ScalarError> {
        let day = CalendarDay::new(year.into(), month.into(), day.into()).ok_or(NO_DATE)?;
        Ok(Self(day.to_string()))
    }

    /// The day of these parts in the numbers of another crate.
    #[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
    pub(super) fn of_parts<Y, M, D>(year: Y, month: M, day: D) -> Result<Self, ScalarError>
    where
        Y: TryInto<u16>,
        M: TryInto<u8>,
        D: TryInto<u8>,
    {
        let parts = (year.try_into(), month.try_into(), day.try_into());
        let (Ok(year), Ok(month), Ok(day)) = parts else {
            return Err(NO_DATE);
        };
        Self::from_year_month_day(year, month, day)
    }

    /// Year, month and day of the month.
    pub fn to_year_month_day(&self) -> Result<(u16, u8, u8), ScalarError> {
        let mut rest = self.0.as_str();
        let day = take_day(&mut rest).filter(|_| rest.is_empty()).ok_or(NO_DATE)?;
        let parts = (day.year.try_into(), day.month.try_into(), day.day.try_into());
        let (Ok(year), Ok(month), Ok(day)) = parts else {
            return Err(NO_DATE);
        };
        Ok((year, month, day))
    }
}

const NO_DATE: ScalarError = ScalarError("a day such as `2024-02-29`");

/// Takes `2024-02-29` off the front of a string.
pub(super) fn take_day(rest: &mut &str) -> Option<CalendarDay> {
    let year = part(rest, 4)?;
    take(rest, |c| c == '-')?;
    let month = part(rest, 2)?;
    take(rest, |c| c == '-')?;
    CalendarDay::new(year, month, part(rest, 2)?)
}
