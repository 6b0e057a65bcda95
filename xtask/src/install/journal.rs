//! The list of moves that a run has decided on.

use std::fmt::Write as _;

use super::{Error, Place};

const FIRST_LINE: &str = "xtask-generate journal 1";

/// A move. Its number is its place in the journal, and the name of its files in the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// The staged file goes to the place; what was there is kept until all is done.
    Put(Place),
    /// The generated file goes away.
    Remove(Place),
    /// The staged folder of this number in the file system becomes that of generated modules, which is kept until all
    /// is done.
    Exchange(u64),
}

/// The journal as text. The last line says that it is complete.
pub(super) fn write(moves: &[Move]) -> String {
    let mut text = format!("{FIRST_LINE}\n");
    for entry in moves {
        // Writing to a string cannot fail.
        let _ = match entry {
            Move::Put(place) => writeln!(text, "put {}", place.as_str()),
            Move::Remove(place) => writeln!(text, "remove {}", place.as_str()),
            Move::Exchange(number) => writeln!(text, "exchange {number}"),
        };
    }
    let _ = writeln!(text, "end {}", moves.len());
    text
}

/// Reads a journal. Whoever can write into the folder could have written it, so every path is checked as if it were new.
pub(super) fn read(text: &str) -> Result<Vec<Move>, String> {
    let mut lines = text.lines();
    if lines.next() != Some(FIRST_LINE) {
        return Err("its first line is not that of a journal".to_owned());
    }
    let mut moves = Vec::new();
    for line in lines.by_ref() {
        let place = |path: &str| Place::parse(path).map_err(|error: Error| error.to_string());
        match line.split_once(' ') {
            Some(("put", path)) => moves.push(Move::Put(place(path)?)),
            Some(("remove", path)) => moves.push(Move::Remove(place(path)?)),
            Some(("exchange", number)) => {
                let number = number.parse().map_err(|_| format!("{line:?} names no folder"))?;
                moves.push(Move::Exchange(number));
            }
            Some(("end", count)) if count.parse() == Ok(moves.len()) && lines.next().is_none() => return Ok(moves),
            _ => return Err(format!("{line:?} is not a line of a journal")),
        }
    }
    Err("its end is missing".to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{Move, Place, read, write};

    #[test]
    fn a_journal_reads_as_it_was_written() {
        let moves = vec![
            Move::Remove(Place::parse("src/generated/a b.rs").unwrap()),
            Move::Put(Place::parse("Cargo.toml").unwrap()),
            Move::Exchange(u64::MAX),
        ];
        let text = write(&moves);
        assert_eq!(read(&text).unwrap(), moves);
        for end in 0..text.len() - 1 {
            assert!(read(text.get(..end).unwrap()).is_err(), "{end}");
        }
    }

    /// R17
    #[test]
    fn a_journal_that_leads_elsewhere_is_refused() {
        for line in [
            "put ../x",
            "remove /etc/passwd",
            "remove src/generated/../main.rs",
            "put src/main.rs",
            "copy a",
            "exchange ../x",
        ] {
            assert!(
                read(&format!("xtask-generate journal 1\n{line}\nend 1\n")).is_err(),
                "{line}"
            );
        }
    }
}
