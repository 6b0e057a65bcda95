//! Documents that are known to be invalid, each with the reason.

use std::{fs, path::Path};

use specwright::{Failure, paths::shown};

#[derive(Debug, Default)]
pub(crate) struct KnownBad(Vec<(String, String)>);

impl KnownBad {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text =
            fs::read_to_string(path).map_err(|error| Failure::Run(format!("cannot read {}: {error}", shown(path))))?;
        Self::parse(&text).map_err(|why| Failure::Run(format!("{}:{why}", shown(path))))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let mut documents = Vec::new();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once('\t') {
                Some((document, reason)) if !document.trim().is_empty() && !reason.trim().is_empty() => {
                    documents.push((document.trim().to_owned(), reason.trim().to_owned()));
                }
                _ => return Err(format!("{}: write the end of a path, a tab and the reason", number + 1)),
            }
        }
        Ok(Self(documents))
    }

    /// Why a document is known to be bad.
    pub(crate) fn reason(&self, document: &str) -> Option<&str> {
        let known = self.0.iter().find(|(end, _)| Path::new(document).ends_with(end));
        known.map(|(_, reason)| reason.as_str())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::KnownBad;

    #[test]
    fn a_document_is_known_by_the_end_of_its_path() {
        let known = KnownBad::parse("# comment\n\nb/c.yaml\tits reference leads nowhere\n").unwrap();
        assert_eq!(known.reason("/a/b/c.yaml"), Some("its reference leads nowhere"));
        assert_eq!(known.reason("/a/xb/c.yaml"), None);
        assert_eq!(
            KnownBad::parse("\n\nb.yaml").unwrap_err(),
            "3: write the end of a path, a tab and the reason"
        );
    }
}
