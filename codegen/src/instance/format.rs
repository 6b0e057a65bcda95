//! Strings of the formats that JSON Schema and OpenAPI define, and their check.

use std::net::{Ipv4Addr, Ipv6Addr};

use super::{random::Random, style::Style};

/// Returns a string of a format. Returns `None` if any string has the format.
pub(super) fn formatted(random: &mut Random, format: &str, style: Style) -> Option<String> {
    if let Some(moment) = moment(random, format, style) {
        return Some(moment);
    }
    let is_varied = style == Style::Varied;
    let number = random.number();
    Some(match format {
        "uuid" => uuid(number, random.number()),
        "byte" | "base64url" => encoded(random, format, is_varied),
        "email" | "idn-email" => format!("user{}@example.com", number % 1000),
        "hostname" | "idn-hostname" => format!("host{}.example.com", number % 1000),
        "ipv4" => format!("192.0.2.{}", number % 256),
        "ipv6" => format!("2001:db8::{:x}", number % 0xffff),
        "uri" | "url" | "iri" if is_varied => format!("https://example.com/{}?a=%20b#c", number % 1000),
        "uri" | "url" | "iri" => format!("https://example.com/{}", number % 1000),
        "uri-reference" | "iri-reference" => format!("../{}", number % 1000),
        "uri-template" => "https://example.com/{id}".to_owned(),
        "json-pointer" => "/a/~1b/0".to_owned(),
        "relative-json-pointer" => "1/a".to_owned(),
        "regex" => "^[a-z]+$".to_owned(),
        "decimal" => format!("{}.{:02}", number % 1000, number % 100),
        "int64" if is_varied => i64::from_ne_bytes(number.to_ne_bytes()).to_string(),
        "uint64" if is_varied => number.to_string(),
        "int32" | "int64" | "uint32" | "uint64" => (number % 1000).to_string(),
        _ => return None,
    })
}

/// Returns a date, a time or both.
fn moment(random: &mut Random, format: &str, style: Style) -> Option<String> {
    let is_varied = style == Style::Varied;
    let years = if is_varied { (1970, 120) } else { (2020, 6) };
    let (year, month, day) = (
        years.0 + random.below(years.1),
        1 + random.below(12),
        1 + random.below(28),
    );
    let (hour, minute, second) = (random.below(24), random.below(60), random.below(60));
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let mut one_of = |of: [&'static str; 4]| {
        let chosen = random.choose(&of).copied().unwrap_or_default();
        if is_varied { chosen } else { of[0] }
    };
    let (zone, fraction) = (
        one_of(["Z", "+00:00", "-08:30", "Z"]),
        one_of(["", ".5", ".123456789", ".120"]),
    );
    match format {
        "date" => Some(date),
        "date-time" => Some(format!("{date}T{time}{fraction}{zone}")),
        "time" => Some(format!("{time}{fraction}{zone}")),
        "duration" => Some(format!("P{day}DT{hour}H{minute}M")),
        _ => None,
    }
}

fn uuid(high: u64, low: u64) -> String {
    format!(
        "{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff
    )
}

fn encoded(random: &mut Random, format: &str, is_varied: bool) -> String {
    let values = match format {
        "byte" => ["aGVsbG8=", "", "AA==", "+/+/"],
        _ => ["aGVsbG8", "", "AA", "-_-_"],
    };
    let index = if is_varied { random.below(values.len()) } else { 0 };
    values.get(index).copied().unwrap_or_default().to_owned()
}

/// Returns whether a string has a format. Every string has an unknown format.
pub(super) fn has_format(text: &str, format: &str) -> bool {
    match format {
        "date" => is_date(text),
        "date-time" => text
            .split_at_checked(10)
            .is_some_and(|(date, time)| is_date(date) && time.starts_with(['T', 't']) && is_time(&time[1..])),
        "time" => is_time(text),
        "uuid" => is_uuid(text),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "uri" | "iri" => has_scheme(text),
        "email" => text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty()),
        _ => true,
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2)) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    let Some((time, zone)) = text.split_at_checked(8) else {
        return false;
    };
    let parts: Vec<&str> = time.split(':').collect();
    let [hour, minute, second] = parts.as_slice() else {
        return false;
    };
    let below = |text: &str, end: u32| digits(text, 2).is_some_and(|number| number < end);
    let zone = match zone.strip_prefix('.') {
        Some(fraction) => {
            let rest = fraction.trim_start_matches(|c: char| c.is_ascii_digit());
            if rest.len() == fraction.len() {
                return false;
            }
            rest
        }
        None => zone,
    };
    let is_offset = |zone: &str| {
        let offset = zone.strip_prefix(['+', '-']).and_then(|offset| offset.split_once(':'));
        offset.is_some_and(|(hours, minutes)| below(hours, 24) && below(minutes, 60))
    };
    below(hour, 24) && below(minute, 60) && below(second, 61) && (zone.eq_ignore_ascii_case("z") || is_offset(zone))
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let is_number = text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn is_uuid(text: &str) -> bool {
    let lengths = text.split('-').map(str::len);
    lengths.eq([8, 4, 4, 4, 12]) && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

fn has_scheme(text: &str) -> bool {
    let scheme = text.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    is_scheme
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.bytes().all(|b| b > b' ' && !b"\"<>\\^`{|}".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::{formatted, has_format};
    use crate::instance::{random::Random, style::Style};

    #[test]
    fn made_strings_have_their_format() {
        let formats = ["date", "date-time", "time", "uuid", "ipv4", "ipv6", "uri", "email"];
        for format in formats {
            for style in [Style::Varied, Style::Complete] {
                let mut random = Random::new(3);
                for _ in 0..50 {
                    let text = formatted(&mut random, format, style).unwrap_or_default();
                    assert!(has_format(&text, format), "{format}: {text}");
                }
            }
        }
    }

    #[test]
    fn strings_of_other_forms_do_not_have_the_format() {
        for (format, text) in [
            ("date", "2023-02-29"),
            ("date", "2023-2-1"),
            ("date-time", "2023-02-01"),
            ("date-time", "2023-02-01 10:00:00Z"),
            ("date-time", "2023-02-01T25:00:00Z"),
            ("date-time", "2023-02-01T10:00:00"),
            ("time", "10:00:00.Z"),
            ("uuid", "1234"),
            ("ipv4", "256.1.1.1"),
            ("ipv6", "::g"),
            ("uri", "example.com/a"),
            ("email", "nobody"),
        ] {
            assert!(!has_format(text, format), "{format}: {text}");
        }
        assert!(has_format("anything", "unknown"));
        assert!(has_format("2024-02-29T23:59:60.5-08:30", "date-time"));
    }
}
