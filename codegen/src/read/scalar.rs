//! Plain scalars of YAML, resolved by the core schema of YAML 1.2, in which `NO`, `on`, `1_000`, `12:30` and `2001-01-01` are
//! strings.

/// What a plain scalar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    Null,
    Bool(bool),
    Number,
    /// `.inf` or `.nan`, in their several spellings.
    NotFinite,
    Text,
}

/// What a plain scalar stands for by its text.
pub(super) fn resolve(text: &str) -> Plain {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Plain::Null,
        "true" | "True" | "TRUE" => Plain::Bool(true),
        "false" | "False" | "FALSE" => Plain::Bool(false),
        ".nan" | ".NaN" | ".NAN" => Plain::NotFinite,
        _ if !text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)) => Plain::Text,
        _ if is_number(text.as_bytes()) => Plain::Number,
        _ if matches!(text.strip_prefix(['+', '-']).unwrap_or(text), ".inf" | ".Inf" | ".INF") => Plain::NotFinite,
        _ => Plain::Text,
    }
}

fn is_number(text: &[u8]) -> bool {
    match text {
        [b'0', b'o', digits @ ..] => !digits.is_empty() && digits.iter().all(|digit| matches!(digit, b'0'..=b'7')),
        [b'0', b'x', digits @ ..] => !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit),
        _ => is_decimal(
            text.strip_prefix(b"+")
                .or_else(|| text.strip_prefix(b"-"))
                .unwrap_or(text),
        ),
    }
}

fn is_decimal(text: &[u8]) -> bool {
    let (whole, rest) = split_digits(text);
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => split_digits(rest),
        _ => (0, rest),
    };
    let has_digits = whole > 0 || fraction > 0;
    let exponent = match rest {
        [b'e' | b'E', b'+' | b'-', digits @ ..] | [b'e' | b'E', digits @ ..] => digits,
        other => return has_digits && other.is_empty(),
    };
    has_digits && !exponent.is_empty() && exponent.iter().all(u8::is_ascii_digit)
}

/// Returns how many digits a string starts with, and what follows them.
fn split_digits(text: &[u8]) -> (usize, &[u8]) {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    (count, text.get(count..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{Plain, resolve};

    #[test]
    fn words_of_yaml_1_1_are_texts() {
        let texts = [
            "NO",
            "no",
            "on",
            "off",
            "yes",
            "y",
            "n",
            "tRUE",
            "nULL",
            "2001-01-01",
            "12:30",
            "190:20:30",
            "1_000",
            "0b1",
            "0X1F",
            "-0x1F",
            "0o8",
            "0x",
            "0o",
            "1e",
            "1e+",
            "e5",
            ".",
            "+",
            "-",
            "+.",
            "..5",
            "1.2.3",
            "1.e.",
            "inf",
            "nan",
            "NaN",
            "+.nan",
            ".iNF",
            "Infinity",
            "--1",
            "1 2",
            "٣",
            "1٣",
        ];
        for text in texts {
            assert_eq!(resolve(text), Plain::Text, "{text}");
        }
    }

    #[test]
    fn the_core_schema_has_these_values() {
        for text in ["", "~", "null", "Null", "NULL"] {
            assert_eq!(resolve(text), Plain::Null, "{text}");
        }
        for (text, flag) in [
            ("true", true),
            ("True", true),
            ("TRUE", true),
            ("false", false),
            ("FALSE", false),
        ] {
            assert_eq!(resolve(text), Plain::Bool(flag), "{text}");
        }
        let numbers = [
            "0", "-0", "+1", "010", "0o17", "0x1Fa", "1.10", ".5", "-.5", "5.", "5.e3", "1e400", "1E-5", "+12e03",
            "685_230",
        ];
        for text in numbers {
            let expected = if text.contains('_') { Plain::Text } else { Plain::Number };
            assert_eq!(resolve(text), expected, "{text}");
        }
        for text in [".inf", "-.Inf", "+.INF", ".nan", ".NaN", ".NAN"] {
            assert_eq!(resolve(text), Plain::NotFinite, "{text}");
        }
    }
}
