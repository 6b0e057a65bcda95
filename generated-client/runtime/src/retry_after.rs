//! `Retry-After`: how long a server asks to wait (RFC 9110, 10.2.3).

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, header};

/// The wait that a response asks for: seconds, or a date in any of HTTP's three forms. One that has passed is zero.
///
/// A date is compared with the response's own `Date`, for clocks differ, and with `now` where there is none. What is
/// neither seconds nor a date counts for nothing.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let wish = text(headers, &header::RETRY_AFTER)?;
    if !wish.is_empty() && wish.bytes().all(|byte| byte.is_ascii_digit()) {
        // Digits that fit no number are more than anybody waits.
        return Some(Duration::from_secs(wish.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(wish).ok()?;
    let date = text(headers, &header::DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    Some(until.duration_since(date.unwrap_or(now)).unwrap_or_default())
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok().map(str::trim)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
    use super::*;

    const DATE: &str = "Sun, 06 Nov 1994 08:49:00 GMT";

    fn wait(wish: &str, date: Option<&str>) -> Option<Duration> {
        let now = httpdate::parse_http_date("Sun, 06 Nov 1994 08:48:37 GMT").unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(header::RETRY_AFTER, wish.parse().unwrap());
        if let Some(date) = date {
            headers.insert(header::DATE, date.parse().unwrap());
        }
        retry_after(&headers, now)
    }

    /// R26.
    #[test]
    fn every_form_is_read() {
        let rows = [
            ("0", Some(0)),
            (" 120 ", Some(120)),
            ("007", Some(7)),
            ("99999999999999999999999999", Some(u64::MAX)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(60)),
            ("Sunday, 06-Nov-94 08:49:37 GMT", Some(60)),
            ("Sun Nov  6 08:49:37 1994", Some(60)),
            ("Sun, 06 Nov 1993 08:49:37 GMT", None),
            ("Sat, 06 Nov 1993 08:49:37 GMT", Some(0)),
            ("", None),
            ("-1", None),
            ("+1", None),
            ("1.5", None),
            ("1e3", None),
            ("soon", None),
            ("1, 2", None),
            ("Sun, 31 Feb 1994 08:49:37 GMT", None),
        ];
        for (wish, seconds) in rows {
            assert_eq!(wait(wish, None), seconds.map(Duration::from_secs), "{wish}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), SystemTime::now()), None);
    }

    #[test]
    fn the_server_s_clock_counts_where_it_is_told() {
        let wish = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(wait(wish, Some(DATE)), Some(Duration::from_secs(37)));
        assert_eq!(wait(wish, Some("now")), Some(Duration::from_secs(60)));
        assert_eq!(wait("5", Some(DATE)), Some(Duration::from_secs(5)));
    }
}
