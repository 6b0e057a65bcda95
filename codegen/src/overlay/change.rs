//! How an action changes the values that it speaks of.

use super::{action::Version, target::Target};
use crate::read::{Node, Value, unescape};

/// What an action does.
#[derive(Debug)]
pub(super) enum Change {
    Remove,
    Update(Node),
    /// Copies what this selects.
    Copy(Target),
}

/// Takes values out, the last ones first, for positions move.
pub(super) fn remove(root: &mut Node, targets: &[String]) -> Result<(), String> {
    for target in targets.iter().rev() {
        let Some((parent, name)) = target.rsplit_once('/') else {
            return Err("the whole document cannot be removed".to_owned());
        };
        match root.at_mut(parent).map(|parent| &mut parent.value) {
            Some(Value::Object(object)) => {
                object.remove(&unescape(name));
            }
            Some(Value::Array(elements)) => {
                if let Ok(position) = name.parse::<usize>()
                    && position < elements.len()
                {
                    elements.remove(position);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Brings a value into a target: objects merge, lists grow, and since 1.1 anything else is replaced.
pub(super) fn update(target: &mut Node, value: &Node, version: Version) -> Result<(), String> {
    if let Value::Array(elements) = &mut target.value {
        match &value.value {
            Value::Array(more) if version >= Version::V1_1 => elements.extend(more.iter().cloned()),
            _ => elements.push(value.clone()),
        }
        return Ok(());
    }
    let is_scalar = !matches!(target.value, Value::Object(_));
    if is_scalar && version < Version::V1_1 {
        let kind = target.kind();
        return Err(format!(
            "the target is {kind}, which an overlay can change only since version 1.1"
        ));
    }
    merge(target, value)
}

fn merge(target: &mut Node, value: &Node) -> Result<(), String> {
    match (&mut target.value, &value.value) {
        (Value::Object(object), Value::Object(members)) => {
            for member in members {
                match object.get_mut(&member.name) {
                    Some(inner) => {
                        merge(inner, &member.value)
                            .map_err(|message| format!("{message} (below `{}`)", member.name))?;
                    }
                    None => {
                        object.insert(member.name.clone(), member.name_place, member.value.clone());
                    }
                }
            }
            Ok(())
        }
        (Value::Array(elements), Value::Array(more)) => {
            elements.extend(more.iter().cloned());
            Ok(())
        }
        (Value::Object(_) | Value::Array(_), _) | (_, Value::Object(_) | Value::Array(_)) => {
            Err(format!("{} cannot be merged into {}", value.kind(), target.kind()))
        }
        _ => {
            target.clone_from(value);
            Ok(())
        }
    }
}
