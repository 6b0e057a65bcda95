//! Misspelled sections of components, which are the reason why all references into them are invalid.

use crate::{
    diagnostic::{Code, Diagnostic, Diagnostics, Severity},
    read::Node,
};

/// The misspelt name of a section is an error where references lead into it, and these are not: there is one slip.
pub(super) fn misspelt(
    of_document: Diagnostics,
    of_lower: Diagnostics,
    root: Option<&Node>,
) -> (Diagnostics, Diagnostics) {
    let meant: Vec<String> = of_document.iter().filter_map(section).collect();
    let Some(root) = root.filter(|_| !meant.is_empty()) else {
        return (of_document, of_lower);
    };
    let leads_into = |diagnostic: &Diagnostic, section: &str| {
        let reference = root.at(&diagnostic.pointer).and_then(Node::as_str);
        diagnostic.code == Code::UnresolvedReference
            && reference.is_some_and(|reference| reference.starts_with(section))
    };
    let is_used = |section: &str| of_lower.iter().any(|one| leads_into(one, section));
    let of_document = of_document.into_iter().map(|mut diagnostic| {
        if section(&diagnostic).is_some_and(|section| is_used(&section)) {
            diagnostic.severity = Severity::Error;
        }
        diagnostic
    });
    let of_document = of_document.collect();
    let follows = |one: &Diagnostic| meant.iter().any(|section| leads_into(one, section));
    let others = of_lower.iter().filter(|one| !follows(one)).cloned().collect();
    (of_document, others)
}

/// The start of the references into the section that a misspelt key means, in the canonical tree.
fn section(diagnostic: &Diagnostic) -> Option<String> {
    if diagnostic.code != Code::UnknownKey {
        return None;
    }
    let meant = diagnostic
        .help
        .as_deref()?
        .strip_prefix("did you mean `")?
        .strip_suffix("`?")?;
    let (holder, _) = diagnostic.pointer.rsplit_once('/')?;
    match (holder, meant) {
        ("", "components") => Some("#/components/".to_owned()),
        ("", "definitions") => Some("#/components/schemas/".to_owned()),
        ("", "parameters" | "responses") | ("/components", _) => Some(format!("#/components/{meant}/")),
        _ => None,
    }
}
