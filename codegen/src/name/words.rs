//! Any text as words, and words as an identifier in Rust's cases.

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

use crate::fingerprint::fingerprint;

/// The case that an identifier is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// Fields, functions, modules.
    Snake,
    /// Types, variants.
    Pascal,
}

/// Longer names are cut, and told apart by a fingerprint of the whole.
const MAX_LENGTH: usize = 100;

/// The identifier that a text asks for, without regard to keywords and to who else asks for it.
pub(super) fn identifier(text: &str, case: Case) -> String {
    let plain = spell_out(text);
    let cased = match case {
        Case::Snake => plain.to_snake_case(),
        Case::Pascal => plain.to_upper_camel_case(),
    };
    let cased = if cased.is_empty() { fallback(text, case) } else { cased };
    let cased = if cased.starts_with(|first: char| first.is_ascii_digit()) {
        // A word in front, for an underscore means something else to readers and lints.
        match case {
            Case::Snake => format!("n{cased}"),
            Case::Pascal => format!("N{cased}"),
        }
    } else {
        cased
    };
    shorten(&cased, text, case)
}

/// Whether a text is its own identifier already. Those claim first: no other name that is added can take it from them.
pub(super) fn is_exact(text: &str, case: Case) -> bool {
    identifier(text, case) == text
}

/// ASCII letters, digits and spaces: other scripts transliterated, signs that carry meaning spelled out.
fn spell_out(text: &str) -> String {
    let text = if text.is_ascii() {
        text.to_owned()
    } else {
        deunicode::deunicode_with_tofu(text, " ")
    };
    let mut plain = String::with_capacity(text.len());
    let mut follows_word = false;
    for sign in text.chars() {
        let word = match sign {
            '+' => "plus",
            // Between words a dash only joins; at the start it says something.
            '-' if !follows_word => "minus",
            '<' => "less",
            '>' => "greater",
            '=' => "equal",
            '*' => "star",
            '!' => "not",
            '%' => "percent",
            '&' => "and",
            '|' => "or",
            _ => "",
        };
        if word.is_empty() {
            plain.push(if sign.is_ascii_alphanumeric() { sign } else { ' ' });
            follows_word = sign.is_ascii_alphanumeric();
        } else {
            plain.push(' ');
            plain.push_str(word);
            plain.push(' ');
            follows_word = false;
        }
    }
    plain
}

/// A name for a text of which nothing is left.
fn fallback(text: &str, case: Case) -> String {
    let word = if text.is_empty() {
        "empty".to_owned()
    } else {
        format!("sign {}", fingerprint(text))
    };
    match case {
        Case::Snake => word.to_snake_case(),
        Case::Pascal => word.to_upper_camel_case(),
    }
}

fn shorten(cased: &str, text: &str, case: Case) -> String {
    // All ASCII by now: a byte is a character.
    match cased.get(..MAX_LENGTH) {
        Some(start) if cased.len() > MAX_LENGTH => with_suffix(start.trim_end_matches('_'), &fingerprint(text), case),
        _ => cased.to_owned(),
    }
}

/// Adds a word to an identifier.
pub(super) fn with_suffix(ident: &str, suffix: &str, case: Case) -> String {
    match case {
        Case::Snake => format!("{ident}_{suffix}"),
        Case::Pascal => format!("{ident}{}", suffix.to_upper_camel_case()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Case, identifier};

    #[test]
    fn any_text_becomes_an_identifier() {
        let cases = [
            ("ownerId", "owner_id", "OwnerId"),
            ("c1-trace-id", "c1_trace_id", "C1TraceId"),
            ("@type", "type", "Type"),
            ("+1", "plus_1", "Plus1"),
            ("-1", "minus_1", "Minus1"),
            ("404", "n404", "N404"),
            ("", "empty", "Empty"),
            ("Größe", "grosse", "Grosse"),
            ("HTTPServer", "http_server", "HttpServer"),
            ("a<b", "a_less_b", "ALessB"),
        ];
        for (text, snake, pascal) in cases {
            assert_eq!(identifier(text, Case::Snake), snake, "{text}");
            assert_eq!(identifier(text, Case::Pascal), pascal, "{text}");
        }
    }

    #[test]
    fn r08_a_long_name_is_cut_at_a_word_without_a_sign_left_over() {
        for word in ["a", "ab", "abc"] {
            let text = format!("{word}-{}", "ab-".repeat(60));
            let ident = identifier(&text, Case::Snake);
            assert!(!ident.contains("__"), "{ident}");
            assert!(ident.len() <= 105, "{ident}");
        }
    }

    #[test]
    fn r08_odd_texts_are_valid_identifiers() {
        let long = "x".repeat(10_000);
        for text in [
            "_",
            "🦀",
            "\u{202e}",
            "\n",
            "r#type",
            "'a",
            "\"",
            "日本",
            "$$",
            long.as_str(),
        ] {
            for case in [Case::Snake, Case::Pascal] {
                let ident = identifier(text, case);
                let valid = ident.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
                    && !ident.starts_with(|c: char| c.is_ascii_digit())
                    && !ident.is_empty()
                    && ident.len() < 120;
                assert!(valid, "{text:?} became {ident:?}");
            }
        }
    }
}
