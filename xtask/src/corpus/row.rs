//! A row of the table, also as the lines in which a process hands it over.

use std::fmt::Write as _;

/// What became of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    Generated,
    /// With errors that say why.
    Refused,
    /// Beyond the limit of time.
    Hung,
    /// Without an answer.
    Crashed,
    /// The file is something else.
    NoDocument,
}

const VERDICTS: [(Verdict, &str); 5] = [
    (Verdict::Generated, "generated"),
    (Verdict::Refused, "refused"),
    (Verdict::Hung, "hung"),
    (Verdict::Crashed, "crashed"),
    (Verdict::NoDocument, "no-document"),
];

impl Verdict {
    pub(crate) fn as_str(self) -> &'static str {
        VERDICTS
            .iter()
            .find(|(verdict, _)| *verdict == self)
            .map_or("", |(_, text)| text)
    }

    fn parse(text: &str) -> Option<Self> {
        VERDICTS
            .iter()
            .find(|(_, word)| *word == text)
            .map(|(verdict, _)| *verdict)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) document: String,
    pub(crate) version: String,
    pub(crate) operations: usize,
    pub(crate) types: usize,
    pub(crate) verdict: Verdict,
    pub(crate) schemas: usize,
    pub(crate) untyped: usize,
    pub(crate) milliseconds: u64,
    pub(crate) mebibytes: u64,
    pub(crate) first_error: String,
    /// Messages without what differs from document to document, and how often each came.
    pub(crate) shapes: Vec<(String, usize)>,
}

impl Row {
    pub(crate) fn new(document: String, verdict: Verdict) -> Self {
        Self {
            document,
            version: String::new(),
            operations: 0,
            types: 0,
            verdict,
            schemas: 0,
            untyped: 0,
            milliseconds: 0,
            mebibytes: 0,
            first_error: String::new(),
            shapes: Vec::new(),
        }
    }

    /// One line of the row, then one a shape.
    pub(crate) fn written(&self) -> String {
        let mut text = self.line();
        for (shape, number) in &self.shapes {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n{number}\t{}", cell(shape));
        }
        text.push('\n');
        text
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let cells: Vec<&str> = lines.next()?.split('\t').collect();
        let [
            document,
            version,
            operations,
            types,
            verdict,
            schemas,
            untyped,
            _,
            milliseconds,
            mebibytes,
            error,
        ] = cells[..]
        else {
            return None;
        };
        let shapes = lines.filter_map(|line| {
            let (number, shape) = line.split_once('\t')?;
            Some((shape.to_owned(), number.parse().ok()?))
        });
        Some(Self {
            document: document.to_owned(),
            version: version.to_owned(),
            operations: operations.parse().ok()?,
            types: types.parse().ok()?,
            verdict: Verdict::parse(verdict)?,
            schemas: schemas.parse().ok()?,
            untyped: untyped.parse().ok()?,
            milliseconds: milliseconds.parse().ok()?,
            mebibytes: mebibytes.parse().ok()?,
            first_error: error.to_owned(),
            shapes: shapes.collect(),
        })
    }

    fn line(&self) -> String {
        [
            cell(&self.document),
            cell(&self.version),
            self.operations.to_string(),
            self.types.to_string(),
            self.verdict.as_str().to_owned(),
            self.schemas.to_string(),
            self.untyped.to_string(),
            share(self.untyped, self.schemas),
            self.milliseconds.to_string(),
            self.mebibytes.to_string(),
            cell(&self.first_error),
        ]
        .join("\t")
    }
}

const HEAD: &str =
    "document\tversion\toperations\ttypes\toutcome\tschemas\tuntyped\tuntyped share\tms\tMiB\tfirst error\n";

pub(crate) fn table(rows: &[Row]) -> String {
    let mut text = HEAD.to_owned();
    for row in rows {
        text.extend([row.line(), "\n".to_owned()]);
    }
    text
}

/// A share in percent.
pub(crate) fn share(part: usize, whole: usize) -> String {
    let tenths_of_thousandths = (part * 10_000).checked_div(whole).unwrap_or(0);
    format!("{}.{:02} %", tenths_of_thousandths / 100, tenths_of_thousandths % 100)
}

/// A text without what ends a cell.
fn cell(text: &str) -> String {
    specwright::output::printable(&text.replace('\t', " "))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{Row, Verdict, share};

    #[test]
    fn a_row_comes_over_as_it_was() {
        let mut row = Row::new("a\tb.yaml".to_owned(), Verdict::Refused);
        row.operations = 3;
        row.first_error = "one\ntwo".to_owned();
        row.shapes = vec![("error[x]: y".to_owned(), 7)];
        let read = Row::parse(&row.written()).unwrap();
        assert_eq!((read.document.as_str(), read.operations), ("a b.yaml", 3));
        assert_eq!(read.first_error, "one\\u{a}two");
        assert_eq!(read.shapes, row.shapes);
        assert_eq!(read.verdict, Verdict::Refused);
    }

    #[test]
    fn shares_are_percent() {
        assert_eq!(share(1, 3), "33.33 %");
        assert_eq!(share(0, 0), "0.00 %");
    }
}
