//! Tokens of HTTP.

/// Returns whether a string is a token of RFC 9110, and can be the name of a header or a method.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::is_token;

    #[test]
    fn header_names_are_tokens() {
        assert!(is_token("X-Request-Id"));
        assert!(!is_token("X-A\r\nX-Evil: 1") && !is_token(""));
    }
}
