//! The order of entries in the objects of a document, which must not be visible in the files.

use serde_yaml::Value;

use super::{ALL, Golden};

/// Cases whose files depend on an order today, and on which. The list may only become shorter.
const DEPENDENT: &[(&str, &str)] = &[];

/// The cases whose files change, or no longer change, where every object is turned round.
pub(crate) fn changes_nothing() -> Vec<String> {
    let mut faults: Vec<String> = ALL.iter().filter_map(|golden| fault(golden).err()).collect();
    let known = |name: &str| ALL.iter().any(|golden| golden.name == name);
    let gone = DEPENDENT.iter().filter(|(name, _)| !known(name));
    faults.extend(gone.map(|(name, _)| format!("there is no case `{name}`: remove it from DEPENDENT")));
    faults
}

fn fault(golden: &Golden) -> Result<(), String> {
    let name = &golden.name;
    // The text of the case itself is in another form than what is written again, and always differs.
    let document = golden.document();
    let [same, other] = [&document, &reversed(&document)].map(|value| serde_yaml::to_string(value).unwrap());
    if same == other {
        return Err(format!("{name}: nothing is turned round"));
    }
    golden
        .same_files(&golden.case.with_text("case.yaml", same))
        .map_err(|reason| format!("{name}: {reason} where it is written again in the same order"))?;
    let outcome = golden.same_files(&golden.case.with_text("case.yaml", other));
    match (outcome, DEPENDENT.iter().any(|(dependent, _)| dependent == name)) {
        (Ok(()), true) => Err(format!(
            "{name}: it depends on no order any more: remove it from DEPENDENT"
        )),
        (Err(reason), false) => Err(format!("{name}: {reason}")),
        _ => Ok(()),
    }
}

/// A value with the entries of all its objects turned round.
fn reversed(value: &Value) -> Value {
    match value {
        Value::Mapping(entries) => {
            let entries = entries.iter().map(|(key, entry)| (key.clone(), reversed(entry)));
            let entries: Vec<(Value, Value)> = entries.collect();
            Value::Mapping(entries.into_iter().rev().collect())
        }
        Value::Sequence(items) => Value::Sequence(items.iter().map(reversed).collect()),
        scalar => scalar.clone(),
    }
}
