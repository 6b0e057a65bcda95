//! Whether an answer is what the suite says.

use serde_json::Value;

use crate::{
    compare,
    driver::Answer,
    group::{Group, Made, Test},
};

/// Whether a type does what the suite says.
pub(crate) enum Verdict {
    Right,
    /// An invalid value is taken, and a warning said that something is not checked.
    Told,
    /// What happens instead, and how it shows.
    Otherwise(&'static str, String),
}

pub(crate) fn judge(group: &Group, made: &Made, test: &Test, answer: &Answer) -> Verdict {
    match answer {
        Err(_) if !test.valid => Verdict::Right,
        Err(error) => Verdict::Otherwise("refused", error.clone()),
        Ok(_) if !test.valid && made.is_weakened => Verdict::Told,
        Ok(_) if !test.valid => Verdict::Otherwise("taken", String::new()),
        Ok(written) => {
            let mut value: Value = serde_json::from_str(&test.held()).unwrap();
            drop_unknown(&mut value, written, group);
            if compare::same(&value, written) {
                Verdict::Right
            } else {
                Verdict::Otherwise("changed", compare::difference(&value, written))
            }
        }
    }
}

/// Members that no schema has a use for are dropped.
fn drop_unknown(value: &mut Value, written: &Value, group: &Group) {
    match (value, written) {
        (Value::Object(members), Value::Object(kept)) => {
            members.retain(|name, _| kept.contains_key(name) || group.knows(name));
            for (name, value) in members {
                if let Some(written) = kept.get(name) {
                    drop_unknown(value, written, group);
                }
            }
        }
        (Value::Array(elements), Value::Array(kept)) => {
            for (value, written) in elements.iter_mut().zip(kept) {
                drop_unknown(value, written, group);
            }
        }
        _ => {}
    }
}
