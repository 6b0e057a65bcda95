//! How a wire name is spelled, in a word or a few: what tells names apart that ask for one identifier.

/// More kinds of signs are not readable in a suffix.
const MAX_SIGNS: usize = 3;

/// The words for the spelling of a wire name: `dash` for `user-id`, `camel` for `userId`. `None` where no words say it.
pub(super) fn spelling(wire: &str) -> Option<String> {
    let mut words: Vec<&str> = Vec::new();
    words.extend(case(wire));
    let mut signs: Vec<&str> = Vec::new();
    for sign in wire.chars().filter(|sign| !sign.is_ascii_alphanumeric()) {
        let word = name_of(sign)?;
        if !word.is_empty() && !signs.contains(&word) {
            signs.push(word);
        }
    }
    if signs.len() > MAX_SIGNS {
        return None;
    }
    if !signs.is_empty() && words == ["lower"] {
        words.clear();
    }
    words.extend(signs);
    if words.is_empty() {
        words.push("plain");
    }
    Some(words.join("_"))
}

/// The cases of the letters.
fn case(wire: &str) -> Option<&'static str> {
    let mut letters = wire.chars().filter(char::is_ascii_alphabetic);
    let first = letters.next()?;
    let has = |is_of: fn(&char) -> bool| wire.chars().any(|letter| is_of(&letter));
    match (has(char::is_ascii_uppercase), has(char::is_ascii_lowercase)) {
        (true, true) if first.is_ascii_uppercase() => Some("capital"),
        (true, true) => Some("camel"),
        (true, false) => Some("upper"),
        _ => Some("lower"),
    }
}

/// What a sign is called. Nothing for the second of a pair and for the signs that identifiers spell out.
fn name_of(sign: char) -> Option<&'static str> {
    Some(match sign {
        '_' => "underscore",
        '-' => "dash",
        '.' => "dot",
        ' ' => "space",
        '/' => "slash",
        '@' => "at",
        '$' => "dollar",
        ':' => "colon",
        ';' => "semicolon",
        ',' => "comma",
        '#' => "hash",
        '?' => "question",
        '~' => "tilde",
        '^' => "caret",
        '[' => "bracket",
        '{' => "brace",
        '(' => "parenthesis",
        '"' | '\'' | '`' => "quote",
        '\\' => "backslash",
        ']' | '}' | ')' | '+' | '<' | '>' | '=' | '*' | '!' | '%' | '&' | '|' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::spelling;

    #[test]
    fn spellings_have_words() {
        for (wire, expected) in [
            ("user_id", Some("underscore")),
            ("user-id", Some("dash")),
            ("userId", Some("camel")),
            ("UserId", Some("capital")),
            ("USER_ID", Some("upper_underscore")),
            ("user", Some("lower")),
            ("User", Some("capital")),
            ("@type", Some("at")),
            ("items[]", Some("bracket")),
            ("/a-b", Some("slash_dash")),
            ("1", Some("plain")),
            ("größe", None),
            ("a.b-c_d/e", None),
        ] {
            assert_eq!(spelling(wire).as_deref(), expected, "{wire}");
        }
    }
}
