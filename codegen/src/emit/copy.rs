//! The sentences that the generator adds to the documentation of operations. The macros of the runtime have the others: what is
//! the same for every operation.

use super::docs::{self, code, one_line};
use crate::ir::{Access, Argument, Field, Operation, Outcome, Paging, Stability, Status};

/// The documentation of a method, without its request line, its arguments and its answers.
pub(super) fn operation(operation: &Operation, servers: &[&str], content_type: Option<&str>) -> String {
    let stability = match operation.stability {
        Stability::Stable => "",
        Stability::Draft => "Draft: this operation may still change.",
    };
    let body = content_type
        .map(|media| format!("Body: {}.", code(media)))
        .unwrap_or_default();
    docs::paragraphs([
        operation.summary.as_str(),
        operation.docs.as_str(),
        stability,
        operation.paging.as_ref().map(paging).unwrap_or_default().as_str(),
        credentials(operation).as_str(),
        servers_of(servers).as_str(),
        body.as_str(),
    ])
}

fn paging(paging: &Paging) -> String {
    let limits = match paging.size.as_ref().map(|size| (size.minimum, size.maximum)) {
        Some((Some(minimum), Some(maximum))) => format!(" A page has {minimum} to {maximum} items."),
        Some((None, Some(maximum))) => format!(" A page has at most {maximum} items."),
        Some((Some(minimum), None)) => format!(" A page has at least {minimum} items."),
        _ => String::new(),
    };
    match paging.items {
        Some(_) => format!("Paged: `items()` of the call returns the items of all pages.{limits}"),
        None => format!("Paged: `pages()` of the call returns all pages.{limits}"),
    }
}

fn credentials(operation: &Operation) -> String {
    let all = |schemes: &Vec<String>| match schemes.as_slice() {
        [] => "none".to_owned(),
        schemes => joined(schemes.iter().map(|scheme| code(scheme)), " with "),
    };
    let needs = match operation.security.as_deref() {
        None => String::new(),
        Some([]) => "Needs no credential.".to_owned(),
        Some(required) => format!("Credentials: {}.", joined(required.iter().map(all), ", or ")),
    };
    let scopes = operation.scopes.iter();
    let scopes = scopes.map(|(scheme, scope)| format!("{} of {}", code(scope), code(scheme)));
    match joined(scopes, ", ").as_str() {
        "" => needs,
        scopes => format!("{needs} Scopes: {scopes}."),
    }
}

fn servers_of(servers: &[&str]) -> String {
    match joined(servers.iter().map(|url| code(url)), ", or ").as_str() {
        "" => String::new(),
        servers => format!("Server: {servers}, unless the client has a base URL of its own."),
    }
}

fn joined(parts: impl Iterator<Item = String>, separator: &str) -> String {
    parts.collect::<Vec<_>>().join(separator)
}

/// The documentation of a property. The form of a read-only one says so itself.
pub(super) fn property(field: &Field) -> String {
    match field.access {
        Access::WriteOnly => docs::paragraphs([field.docs.as_str(), "Write-only: the server does not send it back."]),
        Access::ReadOnly => without_sentence(&field.docs, &["read-only.", "read only.", "readonly."]),
        Access::ReadWrite => field.docs.clone(),
    }
}

/// A text without the sentences, in small letters, that begin or end its lines.
fn without_sentence(text: &str, sentences: &[&str]) -> String {
    let lines = text.lines().map(|line| {
        let small = line.to_ascii_lowercase();
        let is_end = |before: &str| before.is_empty() || before.ends_with(['.', '!', '?']);
        let cut = sentences.iter().find_map(|sentence| {
            let before = small.trim_end().strip_suffix(sentence)?.trim_end();
            if is_end(before) {
                return line.get(..before.len());
            }
            None
        });
        let cut = cut.or_else(|| {
            let sentence = sentences.iter().find(|sentence| small.starts_with(**sentence))?;
            line.get(sentence.len()..).filter(|rest| rest.starts_with(' '))
        });
        cut.unwrap_or(line).trim_start()
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The documentation of an input; one that the document does not describe has none.
pub(super) fn input(argument: &Argument) -> String {
    docs::paragraphs([argument.docs.as_str(), choices(argument).as_str()])
}

/// The content types that a part can have.
fn choices(argument: &Argument) -> String {
    let Some((last, others)) = argument.choices.split_last() else {
        return String::new();
    };
    let listed = match joined(others.iter().map(|media| docs::code(media)), ", ") {
        none if none.is_empty() => docs::code(last),
        others => format!("{others} or {}", docs::code(last)),
    };
    let default = argument.media.as_deref().filter(|media| !media.contains('*'));
    match default {
        Some(media) => format!(
            "Content type: {listed}. The default is {}; `Upload::content_type` sets another one.",
            docs::code(media)
        ),
        None => format!("Content type: {listed}, as set by `Upload::content_type`."),
    }
}

/// The documentation of the variant for a status.
pub(super) fn outcome(outcome: &Outcome) -> String {
    let status = match outcome.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Any other status".to_owned(),
    };
    match one_line(&outcome.docs) {
        text if text.is_empty() => format!("{status}."),
        text => format!("{status}: {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::without_sentence;

    #[test]
    fn nothing_is_said_twice() {
        for (text, expected) in [
            ("The id. Read-only.", "The id."),
            ("Read-only.", ""),
            ("READ ONLY. The id.", "The id."),
            (
                "The id.\nReadonly.\n\nLimits: minimum 1.",
                "The id.\n\n\nLimits: minimum 1.",
            ),
            ("The id is read-only.", "The id is read-only."),
            ("Read-only: use `set`.", "Read-only: use `set`."),
        ] {
            assert_eq!(
                without_sentence(text, &["read-only.", "read only.", "readonly."]),
                expected
            );
        }
    }
}
