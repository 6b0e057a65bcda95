//! Overlays (OpenAPI Overlay 1.0 and 1.1): changes of a document in a separate file, applied before the document is normalized.
//!
//! A library evaluates the targets (RFC 9535). The changes are made in our tree, so all values keep their places. The place of
//! a value of an overlay is in the overlay.

mod action;
mod change;
mod target;

use self::{
    action::{Action, Overlay},
    change::Change,
};
use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    inputs::Input,
    read::{FileRead, Limits, Node, Source, read_file},
};

/// Applies overlays, one after the other. Errors and warnings about them have their own places and pointers.
pub(crate) fn apply(
    mut source: Source,
    overlays: &[Input<'_>],
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Source {
    for overlay in overlays {
        let Some(id) = source.files.next_id() else { break };
        let FileRead { file, root, problems } = read_file(overlay.name, overlay.bytes, limits, id, &mut source.spent);
        source.files.add(file);
        diagnostics.extend(problems);
        if let Some(overlay) = root.and_then(|root| Overlay::read(&root, diagnostics)) {
            for action in overlay.actions {
                act(&mut source, &action, limits, diagnostics);
            }
        }
    }
    source
}

fn act(source: &mut Source, action: &Action, limits: &Limits, diagnostics: &mut Diagnostics) {
    let targets = action.target.pointers(&source.root);
    if targets.is_empty() {
        let message = format!(
            "`{}` does not select a value: this action has no effect",
            action.target.text
        );
        let warning = Diagnostic::warning(
            Code::UnmatchedAction,
            Some(action.target.place),
            &action.target.pointer,
            message,
        );
        diagnostics.push(warning.help("correct the path, or remove the action"));
        return;
    }
    let said = match &action.change {
        Change::Remove => change::remove(&mut source.root, &targets),
        Change::Update(value) => put(source, &targets, value, action, limits),
        Change::Copy(from) => match from.pointers(&source.root).as_slice() {
            [one] => match source.root.at(one).cloned() {
                Some(value) => put(source, &targets, &value, action, limits),
                None => Ok(()),
            },
            found => Err(format!(
                "`{}` selects {} values, but must select exactly one",
                from.text,
                found.len()
            )),
        },
    };
    if let Err(message) = said {
        let error = Diagnostic::error(Code::InvalidOverlay, Some(action.place), &action.pointer, message);
        diagnostics.push(error.help("change the target or the value so that their kinds match"));
    }
}

/// Merges a value into every target.
fn put(source: &mut Source, targets: &[String], value: &Node, action: &Action, limits: &Limits) -> Result<(), String> {
    source.spent.add_nodes(value.size().saturating_mul(targets.len()));
    if !source.spent.is_within(limits) {
        return Err(format!(
            "the document has more than {} values after this action",
            limits.max_nodes
        ));
    }
    for target in targets {
        if let Some(node) = source.root.at_mut(target) {
            change::update(node, value, action.version).map_err(|message| format!("at `{target}`: {message}"))?;
        }
    }
    Ok(())
}
