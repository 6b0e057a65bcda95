//! Days and dates of the Gregorian calendar, carried back before its beginning. Here and not from a crate: the two
//! functions are all that is needed of one, and the leanest crate takes as long to build as the whole JSON layer.

const DAYS_OF_ERA: i64 = 146_097;

/// A date, valid by construction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CalendarDay {
    pub(super) year: i64,
    pub(super) month: i64,
    pub(super) day: i64,
}

impl CalendarDay {
    pub(super) fn new(year: u64, month: u64, day: u64) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let length = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        let valid = year <= 9999 && (1..=length).contains(&day);
        let signed = |part: u64| i64::try_from(part).ok();
        valid.then_some(Self {
            year: signed(year)?,
            month: signed(month)?,
            day: signed(day)?,
        })
    }

    /// Days from 1970-01-01.
    pub(super) fn number(self) -> i64 {
        // A year begins in March, so that the leap day is its last.
        let year = if self.month <= 2 { self.year - 1 } else { self.year };
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let month = (self.month + 9) % 12;
        let day_of_year = (153 * month + 2) / 5 + self.day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * DAYS_OF_ERA + day_of_era - 719_468
    }

    /// The date so many days from 1970-01-01.
    pub(super) fn from_days(days: i64) -> Self {
        let shifted = days.saturating_add(719_468);
        let era = shifted.div_euclid(DAYS_OF_ERA);
        let day_of_era = shifted.rem_euclid(DAYS_OF_ERA);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = era * 400 + year_of_era + i64::from(month <= 2);
        Self { year, month, day }
    }
}

impl std::fmt::Display for CalendarDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}
