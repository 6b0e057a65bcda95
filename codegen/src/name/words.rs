//! Any text as words, and words as an identifier in Rust's cases.

use std::{borrow::Cow, cell::RefCell, collections::HashMap};

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

impl Case {
    /// The case of what an identifier can name.
    pub(super) fn of(ident: &str) -> Self {
        if ident.starts_with(|first: char| first.is_ascii_uppercase()) {
            Self::Pascal
        } else {
            Self::Snake
        }
    }
}

/// Longer names are cut, and distinguished by a fingerprint of the complete name.
const MAX_LENGTH: usize = 100;

/// Words of mixed case that are one word, sorted. Without this table their parts would be words: `o_auth`, `i_pv4`,
/// `git_hub`, `my_sql`. Words that are all capitals (`SSO`), and their plurals (`APIs`, `IDs`), need no entry.
const KNOWN: &[&str] = &[
    "DevOps",
    "DynamoDB",
    "GitHub",
    "GitLab",
    "GraphQL",
    "IPv4",
    "IPv6",
    "JavaScript",
    "LinkedIn",
    "MariaDB",
    "MongoDB",
    "MySQL",
    "NoSQL",
    "OAuth",
    "OpenAPI",
    "PayPal",
    "PostgreSQL",
    "PowerShell",
    "SaaS",
    "TypeScript",
    "WebAuthn",
    "WebSocket",
    "YouTube",
    "eBay",
    "iOS",
    "iPad",
    "iPhone",
    "macOS",
    "oAuth",
];

/// The words that are not split: those of the table, and those of the configuration.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    added: Vec<String>,
    /// Identifiers by strings, for each case: most names of a document occur many times.
    known: RefCell<[HashMap<Box<str>, Box<str>>; 2]>,
}

impl Words {
    /// Adds words to the table, each as it is spelled.
    pub(super) fn new(added: &[String]) -> Self {
        Self {
            added: added.to_vec(),
            ..Self::default()
        }
    }

    /// Returns the identifier of a string, without regard to keywords and to other wishes for it.
    pub(super) fn identifier(&self, text: &str, case: Case) -> String {
        let table = usize::from(case == Case::Pascal);
        if let Some(known) = self.known.borrow()[table].get(text) {
            return known.to_string();
        }
        let identifier = self.make(text, case);
        self.known.borrow_mut()[table].insert(text.into(), identifier.as_str().into());
        identifier
    }

    fn make(&self, text: &str, case: Case) -> String {
        let plain = spell_out(text);
        let plain = self.joined(&plain);
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

    /// The text with each known word, and each plural of capitals, as a word of its own: `podIPs` becomes `pod Ips`.
    fn joined<'t>(&self, plain: &'t str) -> Cow<'t, str> {
        if !plain.contains(|letter: char| letter.is_ascii_uppercase()) && self.added.is_empty() {
            return Cow::Borrowed(plain);
        }
        let mut joined = String::new();
        let mut copied = 0;
        let mut at = 0;
        while at < plain.len() {
            let Some(length) = self.word_at(plain, at) else {
                at += 1;
                continue;
            };
            joined.extend([&plain[copied..at], " ", &plain[at..=at].to_ascii_uppercase()]);
            joined.push_str(&plain[at + 1..at + length].to_ascii_lowercase());
            at += length;
            copied = at;
        }
        if copied == 0 {
            return Cow::Borrowed(plain);
        }
        joined.push_str(&plain[copied..]);
        Cow::Owned(joined)
    }

    /// The length of the known word that begins at an index of an ASCII text.
    fn word_at(&self, plain: &str, at: usize) -> Option<usize> {
        let (before, rest) = plain.split_at(at);
        let first = rest.chars().next().filter(char::is_ascii_alphanumeric)?;
        let last = before.chars().next_back().filter(char::is_ascii_alphanumeric);
        let begins = match last {
            None => true,
            Some(last) => first.is_ascii_uppercase() && !last.is_ascii_uppercase(),
        };
        if !begins {
            return None;
        }
        let ends = |length: &usize| !rest[*length..].starts_with(|next: char| next.is_ascii_lowercase());
        let table = KNOWN.iter().copied().chain(self.added.iter().map(String::as_str));
        let known = table
            .filter(|word| !word.is_empty() && rest.starts_with(word))
            .map(str::len);
        let capitals = rest.bytes().take_while(u8::is_ascii_uppercase).count();
        let plural = (capitals > 1 && rest[capitals..].starts_with('s')).then_some(capitals + 1);
        known.chain(plural).filter(ends).max()
    }
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

/// Returns a name for a string of which nothing is left.
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
    use super::{Case, KNOWN, Words};

    fn identifier(text: &str, case: Case) -> String {
        Words::default().identifier(text, case)
    }

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
    fn the_table_is_sorted_and_each_entry_changes_a_name() {
        assert!(KNOWN.is_sorted());
        for word in KNOWN {
            let one = word.to_ascii_lowercase();
            let texts = [
                (*word).to_owned(),
                format!("{word}Link"),
                format!("get {word} link"),
                format!("get_{word}"),
            ];
            let expected = [
                one.clone(),
                format!("{one}_link"),
                format!("get_{one}_link"),
                format!("get_{one}"),
            ];
            for (text, expected) in texts.iter().zip(expected) {
                assert_eq!(identifier(text, Case::Snake), expected, "{text}");
            }
            let split = heck::ToSnakeCase::to_snake_case(*word);
            assert_ne!(split, one, "{word} needs no entry");
        }
    }

    #[test]
    fn g19_acronyms_and_their_plurals_are_words() {
        for (text, expected) in [
            ("podIPs", "pod_ips"),
            ("VPCs", "vpcs"),
            ("vpcs_create", "vpcs_create"),
            ("getAPIs", "get_apis"),
            ("URLsOfIDs", "urls_of_ids"),
            ("oAuth2", "oauth2"),
            ("OAuth2Token", "oauth2_token"),
            ("listSSOProviders", "list_sso_providers"),
            ("IPv6Address", "ipv6_address"),
            ("ipv4CIDRs", "ipv4_cidrs"),
            ("GitHubAppID", "github_app_id"),
            ("HTTPServer", "http_server"),
            ("DNSserver", "dn_sserver"),
            ("USState", "us_state"),
            ("AsIs", "as_is"),
            ("OAuthorization", "o_authorization"),
        ] {
            assert_eq!(identifier(text, Case::Snake), expected, "{text}");
        }
        assert_eq!(identifier("listVPCs", Case::Pascal), "ListVpcs");
    }

    #[test]
    fn a_configuration_adds_words() {
        let words = Words::new(&["McDonalds".to_owned(), "SSO".to_owned(), "id".to_owned()]);
        for (text, expected) in [
            ("getMcDonaldsMenu", "get_mcdonalds_menu"),
            ("SSOURL", "sso_url"),
            ("idToken", "id_token"),
            ("identity", "identity"),
        ] {
            assert_eq!(words.identifier(text, Case::Snake), expected, "{text}");
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
