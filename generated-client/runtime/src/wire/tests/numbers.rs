use std::collections::BTreeMap;
use std::fmt::Debug;

use super::models::written;
use crate::wire::{Json, Nullable, Reader, from_str};

fn reads<T: Json + PartialEq + Debug>(text: &str, expected: T) {
    assert_eq!(from_str::<T>(text), Ok(expected), "{text}");
}

fn refuses<T: Json + Debug>(text: &str) {
    let error = from_str::<T>(text).unwrap_err();
    assert_eq!(error.offset(), 0, "{text}: {error}");
}

#[test]
fn integers_are_exact_up_to_their_bounds() {
    reads("-128", i8::MIN);
    reads("127", i8::MAX);
    refuses::<i8>("128");
    reads("-32768", i16::MIN);
    refuses::<i16>("32768");
    reads("2147483647", i32::MAX);
    refuses::<i32>("-2147483649");
    reads("-9223372036854775808", i64::MIN);
    reads("9223372036854775807", i64::MAX);
    refuses::<i64>("9223372036854775808");
    reads("18446744073709551615", u64::MAX);
    refuses::<u64>("18446744073709551616");
    refuses::<u8>("-1");
    refuses::<u16>("65536");
    refuses::<u32>("4294967296");
    assert_eq!(written(&i64::MIN), "-9223372036854775808");
}

#[test]
fn whole_numbers_in_any_writing_are_integers() {
    reads("1.0", 1_i64);
    reads("-0", 0_i64);
    reads("-0.0e5", 0_u8);
    reads("1e3", 1000_u16);
    reads("1.50E1", 15_u8);
    reads("2500e-2", 25_u8);
    reads("0.000000001e9", 1_u8);
    reads("0e999999999999999999999999", 0_i64);
    reads("9223372036854775807.0", i64::MAX);
    reads("1844674407370955161.5e1", u64::MAX);
    refuses::<i64>("1.5");
    refuses::<i64>("1e-1");
    refuses::<i64>("1e19");
    refuses::<i64>("1e999999999999999999999999");
    refuses::<i64>("1e-999999999999999999999999");
    reads(
        "184467440737095516150000000000000000000000000000000000000e-37",
        u64::MAX,
    );
    assert_eq!(from_str::<i64>("\"1\"").unwrap_err().found(), "a string");
}

#[test]
fn floats_are_the_nearest() {
    reads("0.1", 0.1_f64);
    reads("0.1", 0.1_f32);
    reads("1e308", 1e308_f64);
    reads(
        "123456789012345678901234567890",
        123_456_789_012_345_678_901_234_567_890_f64,
    );
    reads("1e-400", 0.0_f64);
    refuses::<f64>("1e309");
    refuses::<f32>("1e39");
    refuses::<f64>("NaN");
    for float in [0.1, 1.0, -2.5e-300, 1e16, 1.797_693_134_862_315_7e308, 5e-324, -0.0] {
        let text = written(&float);
        assert_eq!(
            from_str::<f64>(&text).map(f64::to_bits),
            Ok(f64::to_bits(float)),
            "{text}"
        );
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text)
                .map(|value| value.is_number())
                .ok(),
            Some(true)
        );
    }
}

fn quoted<T: Json>(text: &str) -> Result<T, String> {
    let mut value = T::blank();
    let mut reader = Reader::new(text);
    value.read_quoted(&mut reader).map_err(|error| error.to_string())?;
    reader.finish().map_err(|error| error.to_string())?;
    Ok(value)
}

#[test]
fn quoted_numbers_are_read_from_strings_and_numbers() {
    assert_eq!(quoted::<i64>("\"9223372036854775807\""), Ok(i64::MAX));
    assert_eq!(quoted::<i64>("7"), Ok(7));
    assert_eq!(quoted::<i64>("\"1e3\""), Ok(1000));
    assert_eq!(quoted::<f64>("\"0.5\""), Ok(0.5));
    assert_eq!(quoted::<f64>("\"-Infinity\""), Ok(f64::NEG_INFINITY));
    assert!(quoted::<f32>("\"NaN\"").is_ok_and(f32::is_nan));
    assert_eq!(quoted::<Option<i64>>("null"), Ok(None));
    assert_eq!(quoted::<Option<Nullable<i64>>>("null"), Ok(Some(Nullable::Null)));
    assert_eq!(quoted::<Option<Nullable<i64>>>("\"1\""), Ok(Some(Nullable::Value(1))));
    for text in [
        "\"\"", "\" 1\"", "\"1 \"", "\"+1\"", "\"01\"", "\"0x1\"", "\"1.5\"", "\"NaN\"", "null", "true", "[]",
    ] {
        assert!(quoted::<i64>(text).is_err(), "{text}");
    }
    assert_eq!(
        quoted::<u8>("\"256\"").unwrap_err(),
        "$, byte 0: expected an integer from 0 to 255, as a string, found another string"
    );
}

#[test]
fn quoted_numbers_are_written_as_strings() {
    let write = |write: &dyn Fn(&mut crate::wire::Writer)| {
        let mut writer = crate::wire::Writer::complete();
        write(&mut writer);
        writer.into_text()
    };
    assert_eq!(write(&|json| (-1_i64).write_quoted(json)), "\"-1\"");
    assert_eq!(write(&|json| f64::NEG_INFINITY.write_quoted(json)), "\"-Infinity\"");
    assert_eq!(write(&|json| None::<i64>.write_quoted(json)), "null");
    let map = BTreeMap::from([("a".to_owned(), Some(1_u64)), ("b".to_owned(), None)]);
    assert_eq!(write(&|json| map.write_quoted(json)), r#"{"a":"1","b":null}"#);
    let mut back = BTreeMap::<String, Option<u64>>::new();
    back.read_quoted(&mut Reader::new(r#"{"a":"1","b":null}"#)).unwrap();
    assert_eq!(back, map);
}
