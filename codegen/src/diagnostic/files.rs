//! The contents of files that diagnostics quote.

use std::sync::{Arc, OnceLock};

/// A file's index in [`Files`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u16);

impl FileId {
    /// The document itself. The other files are those that it refers to.
    pub const FIRST: Self = Self(0);
}

/// The files that were read.
#[derive(Clone, Debug, Default)]
pub struct Files(Vec<SourceFile>);

impl Files {
    /// Returns a value without files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns the id that [`Files::add`] assigns to the next file, or `None` after 65,535 files.
    #[must_use]
    pub fn next_id(&self) -> Option<FileId> {
        u16::try_from(self.0.len()).ok().filter(|id| *id < u16::MAX).map(FileId)
    }

    /// Adds a file. Returns `None` after 65,535 files.
    pub fn add(&mut self, file: SourceFile) -> Option<FileId> {
        let id = self.next_id()?;
        self.0.push(file);
        Some(id)
    }

    /// Returns the file with an id.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&SourceFile> {
        self.0.get(usize::from(id.0))
    }

    /// Drops the texts of the first files, which [`Files::restore_texts`] brings back.
    pub(crate) fn release_texts(&mut self, count: usize) {
        for file in self.0.iter_mut().take(count) {
            file.text = None;
        }
    }

    /// Brings back the texts that were dropped.
    pub(crate) fn restore_texts<'t>(&mut self, texts: impl Iterator<Item = &'t str>) {
        for (file, text) in self.0.iter_mut().zip(texts) {
            if file.text.is_none() {
                // An index that was made meanwhile is that of no text.
                (file.text, file.index) = (Some(text.into()), OnceLock::new());
            }
        }
    }

    /// Returns the files in the order of their ids.
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

/// The name and content of a file. Clones share the content.
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: String,
    /// `None` while the text is dropped.
    text: Option<Arc<str>>,
    /// Computed at the first use, because a run without diagnostics does not need it.
    index: OnceLock<Index>,
}

/// The byte offsets of lines and of some characters. A document on one line of megabytes has thousands of diagnostics, and
/// each of them would otherwise scan the line.
#[derive(Clone, Debug)]
struct Index {
    lines: Box<[LineStart]>,
    /// The byte offset of every [`STRIDE`]th character.
    marks: Box<[usize]>,
}

/// The number of characters between two marks, and the maximum that is scanned to find a column.
const STRIDE: usize = 64;

#[derive(Clone, Copy, Debug)]
struct LineStart {
    byte: usize,
    /// How many characters come before.
    characters: usize,
}

/// A column of a line.
struct Column {
    byte: usize,
    /// Where the line ends, in bytes, without its break.
    line_end: usize,
    /// How many characters were walked to it.
    #[cfg_attr(not(test), allow(dead_code, reason = "counted for a test"))]
    steps: usize,
}

/// A part of a line.
pub(super) struct Part<'t> {
    pub(super) text: &'t str,
    /// Whether the line goes on after it.
    pub(super) is_cut: bool,
}

impl SourceFile {
    /// Returns a file with this name and content, without a byte order mark.
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Self {
            name: name.into(),
            text: Some(text.into()),
            index: OnceLock::new(),
        }
    }

    /// Returns the name that the caller passed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the content, without a byte order mark.
    #[must_use]
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// Returns at most `length` characters of a line after the first `skipped` ones. Lines are counted from 1, and end with LF,
    /// CR or CR LF.
    pub(super) fn part(&self, line: u32, skipped: usize, length: usize) -> Option<Part<'_>> {
        let Column { byte, line_end, .. } = self.column(line, skipped)?;
        let rest = self.text().get(byte..line_end)?;
        let end = rest.char_indices().nth(length).map_or(rest.len(), |(end, _)| end);
        Some(Part {
            text: rest.get(..end)?,
            is_cut: end < rest.len(),
        })
    }

    /// Finds a column of a line, or the end of the line if that comes first.
    fn column(&self, line: u32, skipped: usize) -> Option<Column> {
        let index = self.index.get_or_init(|| Index::of(self.text()));
        let number = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = index.lines.get(number)?;
        let next = index.lines.get(number.saturating_add(1));
        let text = self.text();
        let whole = text.get(start.byte..next.map_or(text.len(), |next| next.byte))?;
        let line_end = start.byte.saturating_add(whole.trim_end_matches(['\n', '\r']).len());
        let wanted = start.characters.saturating_add(skipped);
        let Some(&mark) = index.marks.get(wanted / STRIDE) else {
            return Some(Column {
                byte: line_end,
                line_end,
                steps: 0,
            });
        };
        let (from, steps) = if mark < start.byte {
            (start.byte, skipped)
        } else {
            (mark, wanted % STRIDE)
        };
        let rest = text.get(from.min(line_end)..line_end)?;
        let walked = rest.char_indices().nth(steps).map_or(rest.len(), |(byte, _)| byte);
        Some(Column {
            byte: from.saturating_add(walked).min(line_end),
            line_end,
            steps,
        })
    }
}

impl Index {
    fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut lines = vec![LineStart { byte: 0, characters: 0 }];
        let mut marks = Vec::with_capacity(text.len() / STRIDE);
        let mut number = 0_usize;
        for (byte, value) in bytes.iter().enumerate() {
            if value & 0xc0 == 0x80 {
                // Not the first byte of a character.
                continue;
            }
            if number.is_multiple_of(STRIDE) {
                marks.push(byte);
            }
            number += 1;
            if *value == b'\n' || (*value == b'\r' && bytes.get(byte + 1) != Some(&b'\n')) {
                lines.push(LineStart {
                    byte: byte.saturating_add(1),
                    characters: number,
                });
            }
        }
        Self {
            lines: lines.into(),
            marks: marks.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{STRIDE, SourceFile};

    #[test]
    fn lines_end_with_lf_cr_or_both() {
        let file = SourceFile::new("x", "one\ntwo\r\nthree\rfour\u{2028}still four\n\nsix");
        let lines: Vec<Option<&str>> = (0..8)
            .map(|number| file.part(number, 0, 100).map(|part| part.text))
            .collect();
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

    /// The same as counting from the start of the line, for short and long lines, and behind their ends.
    #[test]
    fn columns_count_characters() {
        let long = "aé漢🦀".repeat(100);
        let text = format!("é\n{long}\r\n\n{long}x");
        let file = SourceFile::new("x", text.as_str());
        for (number, line) in (1..).zip(text.lines()) {
            for skipped in 0..410 {
                let expected: String = line.chars().skip(skipped).take(7).collect();
                let part = file.part(number, skipped, 7);
                assert_eq!(part.as_ref().map(|part| part.text), Some(expected.as_str()));
                let is_cut = line.chars().count() > skipped + 7;
                assert_eq!(part.map(|part| part.is_cut), Some(is_cut), "{number} {skipped}");
            }
        }
    }

    /// What a place costs does not depend on the length of its line: work is counted, not time.
    #[test]
    fn a_column_of_a_long_line_is_a_few_steps_away() {
        for character in ["a", "漢"] {
            let length = 100_000;
            let file = SourceFile::new("x", format!("short\n{}\nshort", character.repeat(length)));
            for skipped in (0..length).step_by(997).chain([length, length + 1, usize::MAX]) {
                let steps = file.column(2, skipped).map(|column| column.steps);
                assert!(steps.is_some_and(|steps| steps < STRIDE), "{skipped}: {steps:?}");
            }
        }
    }
}
