//! Clock differences: an assertion contains its time, and a server rejects it if the clocks differ.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, header};

/// Differences up to here are those of ordinary clocks and slow answers.
const TOLERATED: Duration = Duration::from_secs(60);

/// How many seconds the server's clock is ahead of this machine's, by the `Date` of a response; negative where it is behind.
/// `None` where the two hardly differ or the server does not say.
pub(super) fn skew(headers: &HeaderMap, now: SystemTime) -> Option<i64> {
    let date = headers.get(header::DATE)?.to_str().ok()?;
    let date = httpdate::parse_http_date(date).ok()?;
    let (difference, is_ahead) = match date.duration_since(now) {
        Ok(ahead) => (ahead, true),
        Err(behind) => (behind.duration(), false),
    };
    if difference <= TOLERATED {
        return None;
    }
    let seconds = i64::try_from(difference.as_secs()).ok()?;
    Some(if is_ahead { seconds } else { -seconds })
}

/// What a message says about it.
pub(super) fn hint(skew: i64) -> String {
    let (by, side) = (skew.unsigned_abs(), if skew > 0 { "behind" } else { "ahead of" });
    format!(
        "; the clock of this machine is {by} s {side} the clock of the server, which can be the cause: set the \
        clock"
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    #[test]
    fn large_differences_are_told_in_both_directions() {
        let mut headers = HeaderMap::new();
        assert_eq!(skew(&headers, SystemTime::now()), None);
        headers.insert(header::DATE, "Sun, 06 Nov 1994 08:49:37 GMT".parse().unwrap());
        let date = httpdate::parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT").unwrap();
        for (difference, expected) in [(0, None), (60, None), (61, Some(61)), (86_400, Some(86_400))] {
            let difference = Duration::from_secs(difference);
            assert_eq!(skew(&headers, date - difference), expected);
            assert_eq!(skew(&headers, date + difference), expected.map(|seconds: i64| -seconds));
        }
        assert!(hint(61).contains("61 s behind the clock of the server"));
        assert!(hint(-61).contains("61 s ahead of the clock of the server"));
        headers.insert(header::DATE, "yesterday".parse().unwrap());
        assert_eq!(skew(&headers, date), None);
    }
}
