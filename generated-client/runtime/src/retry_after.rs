//! `Retry-After`: the pause that a server requests (RFC 9110, 10.2.3).

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, header};

/// Waits in milliseconds, which Azure and others send beside the rounded `Retry-After`.
const MILLISECONDS: [HeaderName; 2] = [
    HeaderName::from_static("retry-after-ms"),
    HeaderName::from_static("x-ms-retry-after-ms"),
];

/// The wait that a response asks for: milliseconds or seconds, or a date in any of HTTP's three forms. One that has
/// passed is zero.
///
/// A date is compared with the response's own `Date`, because clocks differ, and with `now` if the response has no `Date`.
/// A value that is neither a number nor a date is ignored.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let in_milliseconds = MILLISECONDS
        .iter()
        .find_map(|name| seconds(text(headers, name)?))
        .map(|milliseconds| milliseconds / 1000);
    if in_milliseconds.is_some() {
        return in_milliseconds;
    }
    let wish = text(headers, &header::RETRY_AFTER)?;
    if let Some(wait) = seconds(wish) {
        return Some(wait);
    }
    let until = httpdate::parse_http_date(wish).ok()?;
    let date = text(headers, &header::DATE).and_then(|date| httpdate::parse_http_date(date).ok());
    Some(until.duration_since(date.unwrap_or(now)).unwrap_or_default())
}

/// A number of seconds: digits, and perhaps a fraction.
fn seconds(text: &str) -> Option<Duration> {
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || fraction.is_some_and(|fraction| !is_number(fraction)) {
        return None;
    }
    // Digits that fit no number are more than any limit.
    let whole = Duration::from_secs(whole.parse().unwrap_or(u64::MAX));
    let nanoseconds: String = fraction
        .unwrap_or("")
        .chars()
        .chain("000000000".chars())
        .take(9)
        .collect();
    Some(whole.saturating_add(Duration::from_nanos(nanoseconds.parse().unwrap_or(0))))
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
            ("1.", None),
            (".5", None),
            ("1.5.5", None),
            ("-0.5", None),
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

    /// C18.
    #[test]
    fn fractions_and_milliseconds_are_read() {
        assert_eq!(wait("0.2", None), Some(Duration::from_millis(200)));
        assert_eq!(wait("1.0000000019", None), Some(Duration::new(1, 1)));
        let rows = [
            ("retry-after-ms", "250", Some(250)),
            ("x-ms-retry-after-ms", "250", Some(250)),
            ("retry-after-ms", "0.5", None),
            ("retry-after-ms", "soon", Some(7000)),
            ("retry-after-ms", "-1", Some(7000)),
        ];
        for (name, value, milliseconds) in rows {
            let mut headers = HeaderMap::new();
            headers.insert(header::RETRY_AFTER, "7".parse().unwrap());
            headers.insert(name, value.parse().unwrap());
            let expected = milliseconds.map_or(Duration::from_micros(500), Duration::from_millis);
            assert_eq!(
                retry_after(&headers, SystemTime::now()),
                Some(expected),
                "{name}: {value}"
            );
        }
        let mut alone = HeaderMap::new();
        alone.insert("retry-after-ms", "99999999999999999999999".parse().unwrap());
        assert!(retry_after(&alone, SystemTime::now()) > Some(Duration::from_secs(1 << 40)));
    }

    #[test]
    fn the_server_s_clock_counts_where_it_is_told() {
        let wish = "Sun, 06 Nov 1994 08:49:37 GMT";
        assert_eq!(wait(wish, Some(DATE)), Some(Duration::from_secs(37)));
        assert_eq!(wait(wish, Some("now")), Some(Duration::from_secs(60)));
        assert_eq!(wait("5", Some(DATE)), Some(Duration::from_secs(5)));
    }
}
