//! Comparison of JSON by its values.

use std::collections::BTreeMap;

use super::number::Decimal;
use super::{Reader, Result, Writer};

/// Returns the same string for every way to write the same JSON value: members by name, numbers by value.
pub(super) fn canonical(text: &str) -> Option<String> {
    let mut out = Writer::complete();
    push_canonical(&mut Reader::new(text), &mut out).ok()?;
    Some(out.into_text())
}

// Invariant: the reader bounds the depth.
fn push_canonical(json: &mut Reader<'_>, out: &mut Writer) -> Result<()> {
    match json.peek() {
        Some(b'{') => {
            let mut members = BTreeMap::new();
            json.members(&mut |name, json| {
                let mut value = Writer::complete();
                push_canonical(json, &mut value)?;
                members.insert(name.into_owned(), value.into_text());
                Ok(true)
            })?;
            let mut object = out.object();
            for (name, value) in members {
                object.member(&name).raw(&value);
            }
            object.end();
        }
        Some(b'[') => {
            out.raw("[");
            json.elements(&mut |json| {
                push_canonical(json, out)?;
                out.raw(",");
                Ok(())
            })?;
            out.raw("]");
        }
        Some(b'"') => out.string(&json.string()?),
        Some(b'-' | b'0'..=b'9') => out.raw(&Decimal::new(json.number("a number")?).canonical()),
        _ => {
            let start = json.at;
            json.skip()?;
            out.raw(json.slice(start, json.at));
        }
    }
    Ok(())
}
