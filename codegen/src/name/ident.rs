//! Identifiers as tokens.

use proc_macro2::{Ident, Span};

/// Words that mean something to Rust, in any edition.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that cannot even be raw identifiers.
const NEVER: &[&str] = &["Self", "_", "crate", "self", "super"];

/// The token of a name from the table: a keyword becomes a raw identifier, or gets an underscore where it cannot.
pub(crate) fn ident(name: &str) -> Ident {
    if NEVER.contains(&name) {
        return Ident::new(&format!("{name}_"), Span::call_site());
    }
    if KEYWORDS.contains(&name) {
        return Ident::new_raw(name, Span::call_site());
    }
    Ident::new(name, Span::call_site())
}

/// Whether a string can be a name unchanged; keywords count.
pub(crate) fn is_identifier(text: &str) -> bool {
    let mut signs = text.chars();
    let starts = signs
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    starts && signs.all(|sign| sign.is_ascii_alphanumeric() || sign == '_') && !NEVER.contains(&text)
}

#[cfg(test)]
mod tests {
    use super::ident;

    #[test]
    fn keywords_become_raw() {
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("gen").to_string(), "r#gen");
        assert_eq!(ident("self").to_string(), "self_");
        assert_eq!(ident("owner").to_string(), "owner");
    }
}
