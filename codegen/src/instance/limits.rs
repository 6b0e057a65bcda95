//! References and limits of schemas.

use serde_json::{Map, Value};

/// Returns the schema that a reference points to.
pub(super) fn pointed<'d>(document: &'d Value, reference: &str) -> Option<&'d Value> {
    document.pointer(reference.strip_prefix('#')?)
}

/// Returns a limit that is a count.
pub(super) fn count(schema: &Map<String, Value>, key: &str) -> Option<usize> {
    let limit = schema.get(key)?;
    let whole = || limit.as_f64().filter(|limit| limit.fract() == 0.0).map(whole);
    let count = limit.as_u64().map(i128::from).or_else(whole)?;
    usize::try_from(count).ok()
}

/// Returns a whole number. Numbers beyond 64 bits mean that there is no limit.
#[expect(clippy::cast_possible_truncation, reason = "the number is clamped")]
pub(super) fn whole(number: f64) -> i128 {
    number.clamp(-1e30, 1e30) as i128
}

/// Returns the range of the integers of a format. Returns `None` for other formats.
pub(crate) fn range(format: &str) -> Option<(i128, i128)> {
    Some(match format {
        "int8" => (i128::from(i8::MIN), i128::from(i8::MAX)),
        "uint8" => (0, i128::from(u8::MAX)),
        "int16" => (i128::from(i16::MIN), i128::from(i16::MAX)),
        "uint16" => (0, i128::from(u16::MAX)),
        "int32" => (i128::from(i32::MIN), i128::from(i32::MAX)),
        "uint32" => (0, i128::from(u32::MAX)),
        "uint64" => (0, i128::from(u64::MAX)),
        "int64" => (i128::from(i64::MIN), i128::from(i64::MAX)),
        _ => return None,
    })
}
