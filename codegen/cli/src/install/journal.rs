//! The list of moves that a run has decided on.

use std::fmt::Write as _;

use super::{Error, Layout, Place, digest::Digest};

const FIRST_LINE: &str = "specwright journal 1";

/// A move. Its number is its place in the journal, and the name of its files in the stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Move {
    /// The staged file goes to the place of a generated file; what was there is kept until all is done.
    Put(Place),
    /// The staged file goes to the place of a file that the generator shares with the user, if that is still the file of
    /// this digest.
    Share(Digest, Place),
    /// The generated file goes away.
    Remove(Place),
    /// The staged folder of this number in the file system becomes that of generated modules, which is kept until all
    /// is done.
    Exchange(u64),
}

/// The journal as text. The last line says that it is complete.
pub(super) fn write(layout: &Layout, moves: &[Move]) -> String {
    let mut text = format!("{FIRST_LINE}\nmodules {}\n", layout.modules());
    for entry in moves {
        // Writing to a string cannot fail.
        let _ = match entry {
            Move::Put(place) => writeln!(text, "put {}", place.as_str()),
            Move::Share(digest, place) => writeln!(text, "share {digest} {}", place.as_str()),
            Move::Remove(place) => writeln!(text, "remove {}", place.as_str()),
            Move::Exchange(number) => writeln!(text, "exchange {number}"),
        };
    }
    let _ = writeln!(text, "end {}", moves.len());
    text
}

/// Reads a journal. Any program that can write into the folder could have written it, so every path is checked as if it
/// were new.
pub(super) fn read(text: &str) -> Result<(Layout, Vec<Move>), String> {
    let mut lines = text.lines();
    if lines.next() != Some(FIRST_LINE) {
        return Err("its first line is not the first line of a journal".to_owned());
    }
    let modules = lines.next().and_then(|line| line.strip_prefix("modules "));
    let modules = modules.ok_or("its second line does not name the folder of modules")?;
    let layout = Layout::with_modules(modules).map_err(|error| error.to_string())?;
    let mut moves = Vec::new();
    for line in lines.by_ref() {
        let place = |path: &str| layout.place(path).map_err(|error: Error| error.to_string());
        match line.split_once(' ') {
            Some(("put", path)) => moves.push(Move::Put(place(path)?)),
            Some(("share", rest)) => {
                let (digest, path) = rest.split_once(' ').ok_or_else(|| format!("{line:?} has no path"))?;
                let digest = Digest::parse(digest).ok_or_else(|| format!("{line:?} has no digest"))?;
                moves.push(Move::Share(digest, place(path)?));
            }
            Some(("remove", path)) => moves.push(Move::Remove(place(path)?)),
            Some(("exchange", number)) => {
                let number = number.parse().map_err(|_| format!("{line:?} names no folder"))?;
                moves.push(Move::Exchange(number));
            }
            Some(("end", count)) if count.parse() == Ok(moves.len()) && lines.next().is_none() => {
                return Ok((layout, moves));
            }
            _ => return Err(format!("{line:?} is not a line of a journal")),
        }
    }
    Err("its end is missing".to_owned())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::{Digest, Layout, Move, read, write};

    #[test]
    fn a_journal_reads_as_it_was_written() {
        let layout = Layout::with_modules("src/a b").unwrap();
        let moves = vec![
            Move::Remove(layout.place("src/a b/c d.rs").unwrap()),
            Move::Put(layout.place("src/lib.rs").unwrap()),
            Move::Share(Digest::of(Some(b"a")), layout.place("Cargo.toml").unwrap()),
            Move::Share(Digest::of(None), layout.place("Cargo.toml").unwrap()),
            Move::Exchange(u64::MAX),
        ];
        let text = write(&layout, &moves);
        assert_eq!(read(&text).unwrap(), (layout, moves));
        for end in 0..text.len() - 1 {
            assert!(read(text.get(..end).unwrap()).is_err(), "{end}");
        }
    }

    /// R17
    #[test]
    fn a_journal_that_leads_elsewhere_is_refused() {
        for lines in [
            "modules src/generated\nput ../x",
            "modules src/generated\nremove /etc/passwd",
            "modules src/generated\nremove src/generated/../main.rs",
            "modules src/generated\nput src/main.rs",
            "modules src/generated\nshare absent src/main.rs",
            "modules src/generated\nshare 12 Cargo.toml",
            "modules src/generated\ncopy a",
            "modules src/generated\nexchange ../x",
            "modules ..\nremove ../x.rs",
            "modules src\nremove src/main.rs",
            "put Cargo.toml",
        ] {
            assert!(
                read(&format!("specwright journal 1\n{lines}\nend 1\n")).is_err(),
                "{lines}"
            );
        }
    }
}
