use std::time::{self, SystemTime, UNIX_EPOCH};

use super::models::{Entitlement, written};
use crate::wire::{AnyMessage, Base64, Base64Url, Date, Duration, FieldMask, Password, Timestamp, Uuid, from_str};

fn seconds(text: &str) -> Option<f64> {
    let time = Timestamp::from(text).to_system_time().ok()?;
    let after = time.duration_since(UNIX_EPOCH).map(|after| after.as_secs_f64());
    Some(after.unwrap_or_else(|before| -before.duration().as_secs_f64()))
}

#[test]
fn timestamps_are_converted() {
    for (text, expected) in [
        ("1970-01-01T00:00:00Z", 0.0),
        ("2023-11-07T05:31:56Z", 1_699_335_116.0),
        ("2023-11-07t05:31:56.25z", 1_699_335_116.25),
        ("2023-11-07 07:01:56+01:30", 1_699_335_116.0),
        ("2023-11-06T21:31:56-08:00", 1_699_335_116.0),
        ("1969-12-31T23:59:59.5Z", -0.5),
        ("2000-02-29T00:00:00Z", 951_782_400.0),
        ("1900-03-01T00:00:00Z", -2_203_891_200.0),
        ("0001-01-01T00:00:00Z", -62_135_596_800.0),
        ("9999-12-31T23:59:59Z", 253_402_300_799.0),
        ("2016-12-31T23:59:60Z", 1_483_228_800.0),
        ("2023-11-07T05:31:56.0000000019Z", 1_699_335_116.000_000_001),
    ] {
        assert_eq!(seconds(text), Some(expected), "{text}");
    }
}

#[test]
fn texts_that_are_no_timestamps_are_refused_on_demand_only() {
    for text in [
        "",
        "2023-11-07",
        "2023-11-07T05:31:56",
        "2023-11-07T05:31Z",
        "2023-11-31T05:31:56Z",
        "2023-02-29T05:31:56Z",
        "1900-02-29T05:31:56Z",
        "2023-13-01T05:31:56Z",
        "2023-00-01T05:31:56Z",
        "2023-01-00T05:31:56Z",
        "2023-11-07T24:00:00Z",
        "2023-11-07T05:60:00Z",
        "2023-11-07T05:31:61Z",
        "2023-11-07T05:31:56.Z",
        "2023-11-07T05:31:56+1:00",
        "2023-11-07T05:31:56+01",
        "23-11-07T05:31:56Z",
        "2023-11-07T05:31:56Zx",
        "２023-11-07T05:31:56Z",
    ] {
        let timestamp: Timestamp = from_str(&format!("\"{text}\"")).unwrap();
        let error = timestamp.to_system_time().unwrap_err();
        assert_eq!(
            error.to_string(),
            "the string is not a date and time in the form of RFC 3339",
            "{text}"
        );
        assert_eq!(written(&timestamp), format!("\"{text}\""));
    }
}

/// The calendar repeats itself after 400 years.
#[test]
fn every_day_of_400_years_comes_back() {
    let day = time::Duration::from_secs(86_400);
    let mut time = Timestamp::from("1770-03-01T12:00:00Z").to_system_time().unwrap();
    let mut before = String::new();
    for _ in 0..146_098 {
        let text = Timestamp::from(time);
        assert!(*before < *text.as_str());
        assert_eq!(text.to_system_time(), Ok(time));
        before = text.into();
        time += day;
    }
    assert_eq!(before, "2170-03-01T12:00:00Z");
    for edge in [
        "0000-01-01T00:00:00Z",
        "0000-12-31T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
    ] {
        assert_eq!(
            Timestamp::from(Timestamp::from(edge).to_system_time().unwrap()).as_str(),
            edge
        );
    }
}

#[test]
fn timestamps_are_written_with_the_digits_they_need() {
    let nanos = |nanos| Timestamp::from(UNIX_EPOCH + time::Duration::from_nanos(nanos)).to_string();
    assert_eq!(nanos(500_000_000), "1970-01-01T00:00:00.500Z");
    assert_eq!(nanos(1_000), "1970-01-01T00:00:00.000001Z");
    assert_eq!(nanos(86_400_000_000_001), "1970-01-02T00:00:00.000000001Z");
    assert_eq!(
        Timestamp::from(UNIX_EPOCH - time::Duration::from_nanos(1)).as_str(),
        "1969-12-31T23:59:59.999999999Z"
    );
    assert_eq!(
        Timestamp::from(UNIX_EPOCH - time::Duration::from_secs(1)).as_str(),
        "1969-12-31T23:59:59Z"
    );
    assert!(Timestamp::from(SystemTime::now()).to_system_time().is_ok());
}

#[test]
fn durations_are_converted() {
    for (text, millis) in [
        ("3600s", 3_600_000),
        ("1.5s", 1_500),
        ("0.001000000s", 1),
        ("+1s", 1_000),
        ("-0s", 0),
        ("PT1H", 3_600_000),
        ("P1W2DT3H4M5.5S", ((9 * 24 + 3) * 3600 + 4 * 60 + 5) * 1000 + 500),
        ("P1D", 86_400_000),
        ("PT0,5S", 500),
    ] {
        assert_eq!(
            Duration::from(text).to_std(),
            Ok(time::Duration::from_millis(millis)),
            "{text}"
        );
    }
    let negative = Duration::from("-1.5s").to_std().unwrap_err();
    assert_eq!(
        negative.to_string(),
        "the string is not a span of time that is not negative"
    );
}

#[test]
fn texts_that_are_no_durations_are_refused() {
    for text in [
        "",
        "s",
        "1",
        "1.s",
        ".5s",
        "1m",
        "1s2s",
        "P",
        "PT",
        "P1",
        "P1Y",
        "P1M",
        "PT1H1H",
        "PT1M1H",
        "P1H",
        "P1DT",
        "PT1D",
        "P1D1W",
        "PT0.5H",
        "P-1D",
        "99999999999999999999s",
        "P999999999999999999W",
    ] {
        assert!(Duration::from(text).to_std().is_err(), "{text}");
    }
}

#[test]
fn durations_are_written_in_seconds() {
    assert_eq!(Duration::from_secs(3600).as_str(), "3600s");
    assert_eq!(Duration::from(time::Duration::from_millis(1_500)).as_str(), "1.500s");
    assert_eq!(Duration::from(time::Duration::from_nanos(1)).as_str(), "0.000000001s");
}

#[test]
fn field_masks_are_lists_of_paths() {
    let mask = FieldMask::new(["displayName", "owner.id"]);
    assert_eq!(written(&mask), "\"displayName,owner.id\"");
    assert_eq!(mask.paths().collect::<Vec<_>>(), ["displayName", "owner.id"]);
    assert_eq!(FieldMask::from("").paths().count(), 0);
}

#[test]
fn bytes_are_base64() {
    for text in [
        "\"+/+/AA==\"",
        "\"-_-_AA==\"",
        "\"-_-_AA\"",
        "\"+/+/AA\"",
        "\"\\u002b/+/AA\"",
    ] {
        let bytes: Base64 = from_str(text).unwrap();
        assert_eq!(bytes.as_ref(), [0xfb, 0xff, 0xbf, 0], "{text}");
        assert_eq!(written(&bytes), text.replace("\\u002b", "+"));
        let bytes: Base64Url = from_str(text).unwrap();
        assert_eq!(bytes.as_ref(), [0xfb, 0xff, 0xbf, 0], "{text}");
        assert_eq!(written(&bytes), text.replace("\\u002b", "+"));
    }
    assert_eq!(Base64::from([1_u8, 2]).into_vec(), [1, 2]);
    assert_eq!(format!("{:?}", Base64::from(*b"secret")), "Base64(6 bytes)");
    for text in ["\"a\"", "\"a b=\"", "\"+_==\"", "\"é\"", "1"] {
        assert!(from_str::<Base64>(text).is_err(), "{text}");
    }
}

#[test]
fn any_messages_say_their_type() {
    let text = r#"{"alias":"x","@type":"type.googleapis.com/test.v1.Entitlement","new":[1]}"#;
    let any: AnyMessage = from_str(text).unwrap();
    assert_eq!(any.type_url, "type.googleapis.com/test.v1.Entitlement");
    assert_eq!(any.properties.len(), 2);
    let model = any.get::<Entitlement>().unwrap().unwrap();
    assert_eq!(model.alias.as_deref(), Some("x"));
    assert_eq!(
        written(&any),
        r#"{"@type":"type.googleapis.com/test.v1.Entitlement","alias":"x","new":[1]}"#
    );
    assert!(
        AnyMessage::new("type.googleapis.com/test.v1.Page", any.properties)
            .get::<Entitlement>()
            .is_none()
    );
    assert_eq!(written(&from_str::<AnyMessage>("{}").unwrap()), "{}");
}

#[test]
fn bytes_of_ones_own_have_the_form_of_their_type() {
    assert_eq!(written(&Base64::from([0xfb_u8, 0xff])), "\"+/8=\"");
    assert_eq!(written(&Base64Url::from([0xfb_u8, 0xff])), "\"-_8\"");
    let read: Base64 = from_str("\"-_8\"").unwrap();
    assert_eq!(read, Base64::from([0xfb_u8, 0xff]));
    for text in ["\"\"", "\"AAEC\"", "\"ny1zfX\"", "\"ny1zfX==\""] {
        assert_eq!(written(&from_str::<Base64>(text).unwrap()), text);
        assert_eq!(written(&from_str::<Base64Url>(text).unwrap()), text);
    }
}

#[test]
fn days_are_converted_on_demand() {
    assert_eq!(Date::from("2024-02-29").to_year_month_day(), Ok((2024, 2, 29)));
    assert_eq!(Date::from_year_month_day(7, 1, 2).unwrap().as_str(), "0007-01-02");
    for text in [
        "",
        "2023-02-29",
        "2024-2-29",
        "2024-02-29T00:00:00Z",
        "20240229",
        "yesterday",
    ] {
        let date: Date = from_str(&format!("\"{text}\"")).unwrap();
        assert_eq!(
            date.to_year_month_day().unwrap_err().to_string(),
            "the string is not a day such as `2024-02-29`"
        );
        assert_eq!(written(&date), format!("\"{text}\""));
    }
    assert!(Date::from_year_month_day(2023, 2, 29).is_err());
}

#[test]
fn identifiers_keep_their_case() {
    let upper: Uuid = from_str("\"A987FBC9-4BED-3078-CF07-9141BA07C9F3\"").unwrap();
    let bytes = upper.to_bytes().unwrap();
    assert_eq!(bytes[..4], [0xa9, 0x87, 0xfb, 0xc9]);
    assert_eq!(written(&upper), "\"A987FBC9-4BED-3078-CF07-9141BA07C9F3\"");
    assert_eq!(Uuid::from(bytes).as_str(), "a987fbc9-4bed-3078-cf07-9141ba07c9f3");
    for text in [
        "",
        "a987fbc94bed3078cf079141ba07c9f3",
        "a987fbc9-4bed-3078-cf07-9141ba07c9f",
        "a987fbc9-4bed-3078-cf07-9141ba07c9fg",
        "a987fbc94-bed-3078-cf07-9141ba07c9f3",
        "é87fbc9-4bed-3078-cf07-9141ba07c9f3",
    ] {
        assert!(Uuid::from(text).to_bytes().is_err(), "{text}");
    }
}

#[test]
fn passwords_are_not_printed() {
    let password: Password = from_str("\"hunter2\"").unwrap();
    assert_eq!(
        format!("{password:?} {:#?}", Some(&password)),
        "[redacted] Some(\n    [redacted],\n)"
    );
    assert_eq!(password.expose(), "hunter2");
    assert_eq!(written(&password), "\"hunter2\"");
}

#[test]
fn null_alone_is_told_from_absent() {
    let read = |text: &str| crate::wire::from_str::<Vec<Option<crate::wire::Null>>>(text);
    assert_eq!(read("[null]").unwrap(), [Some(crate::wire::Null)]);
    assert!(read("[1]").unwrap_err().to_string().contains("expected null"));
    assert_eq!(crate::wire::to_vec(&Some(crate::wire::Null)), b"null");
}

/// C13
#[test]
fn texts_of_a_type_are_compared_and_looked_up_as_texts() {
    use std::collections::HashMap;

    let name = "2024-02-29".to_owned();
    let date = Date::from(&name);
    assert_eq!(Date::from(&date), date);
    let text = "2024-02-29";
    assert_eq!([date == *text, date == text, text == date, *text == date], [true; 4]);
    assert!(date != "2024-03-01");
    let map = HashMap::from([(date, 1)]);
    assert_eq!(map.get("2024-02-29"), Some(&1));
}

/// C22: by point in time, and as `Eq` wants it.
#[test]
fn timestamps_are_ordered_by_the_points_in_time() {
    let ordered = [
        "",
        "soon",
        "0000-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999Z",
        "1970-01-01T00:00:00Z",
        // One point in time, in three forms.
        "2024-01-01T00:00:00+01:00",
        "2023-12-31T23:00:00.0Z",
        "2023-12-31T23:00:00Z",
        "2023-12-31T23:00:00.000000001Z",
        "2024-01-01T00:00:00-00:30",
        "2024-01-01T00:30:00.5Z",
        "9999-12-31T23:59:59Z",
    ];
    let mut expected: Vec<Timestamp> = ordered.map(Timestamp::from).to_vec();
    expected[5..8].sort_by(|a, b| a.as_str().cmp(b.as_str()));
    let mut shuffled = expected.clone();
    shuffled.reverse();
    shuffled.swap(2, 7);
    shuffled.sort();
    assert_eq!(shuffled, expected);
    for (index, one) in expected.iter().enumerate() {
        for (other_index, other) in expected.iter().enumerate() {
            assert_eq!(one.cmp(other), index.cmp(&other_index), "{one} {other}");
            assert_eq!(
                one.cmp(other) == std::cmp::Ordering::Equal,
                one == other,
                "{one} {other}"
            );
        }
    }
}

/// The points in time that every conversion has to bring back.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
const POINTS: [&str; 5] = [
    "1970-01-01T00:00:00Z",
    "1969-12-31T23:59:59.999999999Z",
    "2024-02-29T12:30:45.123456789Z",
    "1770-03-01T12:00:00.500Z",
    "9000-12-31T23:59:59Z",
];

#[cfg(feature = "chrono")]
#[test]
fn timestamps_and_days_are_those_of_chrono() {
    use chrono::{DateTime, NaiveDate, Utc};

    for text in POINTS {
        let timestamp = Timestamp::from(text);
        let time = DateTime::<Utc>::try_from(&timestamp).unwrap();
        assert_eq!((time, Timestamp::from(time)), (text.parse().unwrap(), timestamp));
    }
    assert!(DateTime::<Utc>::try_from(Timestamp::from("soon")).is_err());
    let day = NaiveDate::try_from(&Date::from("2024-02-29")).unwrap();
    assert_eq!(
        (day.to_string().as_str(), Date::try_from(day).unwrap()),
        ("2024-02-29", "2024-02-29".into())
    );
    assert!(Date::try_from(NaiveDate::MIN).is_err() && Date::try_from(NaiveDate::MAX).is_err());
}

#[cfg(feature = "jiff")]
#[test]
fn timestamps_and_days_are_those_of_jiff() {
    for text in POINTS {
        let timestamp = Timestamp::from(text);
        let time = jiff::Timestamp::try_from(&timestamp).unwrap();
        assert_eq!((time, Timestamp::from(time)), (text.parse().unwrap(), timestamp));
    }
    assert!(jiff::Timestamp::try_from(Timestamp::from("soon")).is_err());
    let day = jiff::civil::Date::try_from(&Date::from("2024-02-29")).unwrap();
    assert_eq!(
        (day.to_string().as_str(), Date::try_from(day).unwrap()),
        ("2024-02-29", "2024-02-29".into())
    );
    assert!(Date::try_from(jiff::civil::Date::MIN).is_err());
}

#[cfg(feature = "time")]
#[test]
fn timestamps_and_days_are_those_of_time() {
    for text in POINTS {
        let timestamp = Timestamp::from(text);
        let time = ::time::OffsetDateTime::try_from(&timestamp).unwrap();
        assert_eq!(Timestamp::from(time), timestamp);
    }
    assert!(::time::OffsetDateTime::try_from(Timestamp::from("soon")).is_err());
    let day = ::time::Date::try_from(&Date::from("2024-02-29")).unwrap();
    assert_eq!((day.ordinal(), Date::try_from(day).unwrap()), (60, "2024-02-29".into()));
    assert!(Date::try_from(::time::Date::MIN).is_err());
}

#[cfg(feature = "uuid")]
#[test]
fn identifiers_are_those_of_uuid() {
    let text = "a987fbc9-4bed-3078-8f07-9141ba07c9f3";
    let id = uuid::Uuid::try_from(Uuid::from("A987FBC9-4bed-3078-8f07-9141ba07c9f3")).unwrap();
    assert_eq!((id.to_string().as_str(), Uuid::from(id)), (text, text.into()));
    assert!(uuid::Uuid::try_from(Uuid::from("soon")).is_err());
}
