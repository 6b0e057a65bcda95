//! The texts that diagnostics quote.

use std::sync::{Arc, OnceLock};

/// A file's index in [`Files`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u16);

impl FileId {
    /// The file that was asked for; the others are those that it refers to.
    pub const FIRST: Self = Self(0);
}

/// The files that were read.
#[derive(Clone, Debug, Default)]
pub struct Files(Vec<SourceFile>);

impl Files {
    /// No files yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The id that [`Files::add`] would give to the next file; `None` after 65,535 of them.
    #[must_use]
    pub fn next_id(&self) -> Option<FileId> {
        u16::try_from(self.0.len()).ok().filter(|id| *id < u16::MAX).map(FileId)
    }

    /// Adds a file; `None` after 65,535 of them.
    pub fn add(&mut self, file: SourceFile) -> Option<FileId> {
        let id = self.next_id()?;
        self.0.push(file);
        Some(id)
    }

    /// The file of an id.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.0.get(usize::from(id.0))
    }

    /// The files in the order of their ids.
    pub fn iter(&self) -> std::slice::Iter<'_, SourceFile> {
        self.0.iter()
    }
}

impl From<SourceFile> for Files {
    fn from(file: SourceFile) -> Self {
        Self(vec![file])
    }
}

impl<'a> IntoIterator for &'a Files {
    type Item = &'a SourceFile;
    type IntoIter = std::slice::Iter<'a, SourceFile>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A file's name and text, kept for excerpts. Copies share the text.
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: String,
    text: Arc<str>,
    /// Byte offsets, found when a line is first asked for: without diagnostics nobody does.
    line_starts: OnceLock<Box<[usize]>>,
}

impl SourceFile {
    /// A file of this name with this text, without a byte order mark.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
        }
    }

    /// The name, as the caller gave it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A line without its break, counted from 1. LF, CR and CR LF end a line.
    #[must_use]
    pub fn line(&self, number: u32) -> Option<&str> {
        let starts = self.line_starts.get_or_init(|| line_starts(&self.text));
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let rest = self.text.get(*starts.get(index)?..)?;
        let line = match starts.get(index.saturating_add(1)) {
            Some(next) => rest.get(..next.checked_sub(*starts.get(index)?)?)?,
            None => rest,
        };
        Some(line.trim_end_matches(['\n', '\r']))
    }
}

fn line_starts(text: &str) -> Box<[usize]> {
    let bytes = text.as_bytes();
    let breaks = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at.saturating_add(1)) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0)
        .chain(breaks.map(|(at, _)| at.saturating_add(1)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::SourceFile;

    #[test]
    fn lines_end_with_lf_cr_or_both() {
        let file = SourceFile::new("x", "one\ntwo\r\nthree\rfour\u{2028}still four\n\nsix");
        let lines: Vec<Option<&str>> = (0..8).map(|number| file.line(number)).collect();
        assert_eq!(
            lines,
            [
                None,
                Some("one"),
                Some("two"),
                Some("three"),
                Some("four\u{2028}still four"),
                Some(""),
                Some("six"),
                None
            ]
        );
    }
}
