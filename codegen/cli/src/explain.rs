//! `explain`: prints what a code of a diagnostic means.

use std::fmt::Write as _;

use codegen::diagnostic::Code;

use crate::{Failure, failure::unknown, output::print};

/// Prints the page of a code, or the list of all.
pub fn run(code: Option<&str>) -> Result<(), Failure> {
    print(&text(code)?);
    Ok(())
}

fn text(code: Option<&str>) -> Result<String, Failure> {
    let Some(code) = code else {
        return Ok(list());
    };
    Ok(self::code(code)?.explanation().to_owned())
}

/// The code of a name.
pub fn code(name: &str) -> Result<Code, Failure> {
    Code::from_text(name).ok_or_else(|| {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        unknown("code", name, &codes)
    })
}

fn list() -> String {
    let width = Code::ALL
        .iter()
        .map(|code| code.as_str().len())
        .max()
        .unwrap_or_default();
    Code::ALL.iter().fold(String::new(), |mut text, code| {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:width$}  {}", code.as_str(), code.summary());
        text
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::text;

    #[test]
    fn every_code_is_listed_and_has_a_page() {
        let list = text(None).unwrap();
        for line in list.lines() {
            let (code, summary) = line.split_once("  ").unwrap();
            assert!(
                text(Some(code.trim()))
                    .unwrap()
                    .replace('\n', " ")
                    .contains(summary.trim()),
                "{line}"
            );
        }
    }

    #[test]
    fn a_code_of_another_spelling_is_suggested() {
        let error = text(Some("duplicate-keys")).unwrap_err().to_string();
        assert!(error.contains("did you mean `duplicate-key`?"), "{error}");
    }
}
