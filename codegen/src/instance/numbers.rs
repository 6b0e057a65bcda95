//! Numbers within the limits of a schema.

use serde_json::{Number, Value};

use super::{limits::range, merge::Merged, random::Random, style::Style};

/// Readable integers are below this distance from the smallest one.
const NEAR: i128 = 99;

pub(super) fn integer(random: &mut Random, style: Style, merged: &Merged) -> Option<Number> {
    let any = (i128::from(i64::MIN), i128::from(i64::MAX));
    let (low, high) = range(merged.format()).unwrap_or(any);
    let low = merged.low().map_or(low, |limit| low.max(limit));
    let high = merged.high().map_or(high, |limit| high.min(limit));
    if low > high {
        return None;
    }
    let step = merged.rest.get("multipleOf").and_then(Value::as_i64);
    let step = step.map_or(1, i128::from).max(1);
    let number = if style.is_readable() {
        let from = 1.clamp(low, high);
        random.between(from, high.min(from + NEAR.max(step)))
    } else {
        match random.below(10) {
            0 => low,
            1 => high,
            _ => random.between(low.max(-1000), high.min(1000).max(low.max(-1000))),
        }
    };
    let number = number - number.rem_euclid(step);
    let number = if number < low { number + step } else { number };
    let unsigned = u64::try_from(number).map(Number::from);
    unsigned.or_else(|_| i64::try_from(number).map(Number::from)).ok()
}

pub(super) fn number(random: &mut Random, style: Style, merged: &Merged) -> Option<Number> {
    let is_whole = merged.format().contains("int") || merged.rest.contains_key("multipleOf");
    if is_whole || (!style.is_readable() && random.chance(25)) {
        return integer(random, style, merged);
    }
    // Quarters are exact in every precision.
    let low = merged.low().unwrap_or(if style.is_readable() { 1 } else { -1000 });
    let low = low.max(-100_000);
    let high = merged
        .high()
        .unwrap_or_else(|| low.max(if style.is_readable() { 100 } else { 1000 }))
        .min(100_000);
    let low = if merged.low().is_none() { low.min(high) } else { low };
    if low > high {
        return merged.middle().and_then(Number::from_f64);
    }
    let quarters = random.between(low * 4, high * 4);
    Number::from_f64(f64::from(i32::try_from(quarters).ok()?) / 4.0)
}
