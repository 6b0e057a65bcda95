//! The command line.

use std::{ffi::OsString, path::PathBuf};

use lexopt::{Arg, Parser, ValueExt as _};
use specwright::{Failure, failure};

use crate::{bench, corpus, help::Topic};

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Generate,
    Check,
    Diff,
    Ci,
    /// The folder where packaged crates go.
    Package(PathBuf),
    Bench(bench::Request),
    Corpus(corpus::Request),
    /// What `corpus` starts for one document.
    CorpusDocument(PathBuf),
    Help(Topic),
}

const COMMANDS: [&str; 8] = ["generate", "check", "diff", "corpus", "bench", "package", "ci", "help"];
/// Commands for any document.
const OF_SPECWRIGHT: [&str; 9] = [
    "init",
    "mock",
    "where",
    "report",
    "effective",
    "show",
    "explain",
    "schema",
    "watch",
];

/// Reads the arguments that follow the program's name.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString, IntoIter: 'static>) -> Result<Command, Failure> {
    let mut parser = Parser::from_args(arguments);
    match parser.next().map_err(|error| usage(&error.to_string()))? {
        None => Err(usage(
            "a command is missing: generate, check, diff, corpus, bench, package or ci",
        )),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help(Topic::All)),
        Some(Arg::Value(command)) => match command.to_string_lossy().as_ref() {
            "generate" => alone(&mut parser, Command::Generate, Topic::Generate),
            "check" => alone(&mut parser, Command::Check, Topic::Check),
            "diff" => alone(&mut parser, Command::Diff, Topic::Diff),
            "ci" => alone(&mut parser, Command::Ci, Topic::Ci),
            "corpus" => corpus::arguments(&mut parser),
            "bench" => bench::arguments(&mut parser),
            "package" => package(&mut parser),
            "corpus-document" => Ok(Command::CorpusDocument(
                value(&mut parser, "corpus-document", false)?.into(),
            )),
            "help" => help(&mut parser),
            other if OF_SPECWRIGHT.contains(&other) => Err(usage(&format!(
                "`{other}` is a command of specwright: `cargo specwright {other}`"
            ))),
            other => Err(unknown("command", other, &COMMANDS)),
        },
        Some(option) => Err(usage(&format!("a command comes before {}", shown(&option)))),
    }
}

/// A command without options.
fn alone(parser: &mut Parser, command: Command, topic: Topic) -> Result<Command, Failure> {
    match parser.next().map_err(|error| usage(&error.to_string()))? {
        None => Ok(command),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help(topic)),
        Some(Arg::Long("document") | Arg::Value(_)) if matches!(topic, Topic::Generate | Topic::Check) => Err(usage(
            "this command is for the client of this workspace; use `cargo specwright generate DOCUMENT --out DIR` for \
             another document",
        )),
        Some(other) => Err(unknown("option", &shown(&other), &["--help"])),
    }
}

fn package(parser: &mut Parser) -> Result<Command, Failure> {
    let mut out = None;
    while let Some(argument) = parser.next().map_err(|error| usage(&error.to_string()))? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help(Topic::Package)),
            Arg::Value(folder) if out.is_none() => out = Some(PathBuf::from(folder)),
            other => return Err(unknown("option", &shown(&other), &["--help"])),
        }
    }
    out.map(Command::Package)
        .ok_or_else(|| usage("package needs a folder to write to"))
}

fn help(parser: &mut Parser) -> Result<Command, Failure> {
    match parser.next().map_err(|error| usage(&error.to_string()))? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help(Topic::All)),
        Some(Arg::Value(command)) => match command.to_string_lossy().as_ref() {
            "generate" => Ok(Command::Help(Topic::Generate)),
            "check" => Ok(Command::Help(Topic::Check)),
            "diff" => Ok(Command::Help(Topic::Diff)),
            "ci" => Ok(Command::Help(Topic::Ci)),
            "corpus" => Ok(Command::Help(Topic::Corpus)),
            "bench" => Ok(Command::Help(Topic::Bench)),
            "package" => Ok(Command::Help(Topic::Package)),
            "help" => Ok(Command::Help(Topic::All)),
            other => Err(unknown("command", other, &COMMANDS)),
        },
        Some(other) => Err(unknown("option", &shown(&other), &["--help"])),
    }
}

pub(crate) fn path(parser: &mut Parser, option: &str, place: &mut Option<PathBuf>) -> Result<(), Failure> {
    let value = value(parser, option, place.is_some())?;
    *place = Some(PathBuf::from(value));
    Ok(())
}

pub(crate) fn text(parser: &mut Parser, option: &str, place: &mut Option<String>) -> Result<(), Failure> {
    let value = value(parser, option, place.is_some())?;
    *place = Some(value.string().map_err(|error| usage(&format!("{option}: {error}")))?);
    Ok(())
}

pub(crate) fn value(parser: &mut Parser, option: &str, is_repeated: bool) -> Result<OsString, Failure> {
    if is_repeated {
        return Err(usage(&format!("{option} is given twice")));
    }
    match parser.value() {
        Ok(value) if value.is_empty() => Err(usage(&format!("the value of {option} is empty"))),
        Ok(value) => Ok(value),
        Err(_) => Err(usage(&format!("the value of {option} is missing"))),
    }
}

pub(crate) fn shown(argument: &Arg<'_>) -> String {
    match argument {
        Arg::Short(letter) => format!("-{letter}"),
        Arg::Long(name) => format!("--{name}"),
        Arg::Value(value) => value.to_string_lossy().into_owned(),
    }
}

pub(crate) fn unknown(kind: &str, given: &str, known: &[&str]) -> Failure {
    usage(&failure::unknown(kind, given, known).to_string())
}

pub(crate) fn usage(message: &str) -> Failure {
    Failure::Usage(format!("{message}\n`cargo xtask help` lists commands and options"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use specwright::Failure;

    use super::{Command, Topic};

    fn parse(line: &str) -> Result<Command, Failure> {
        let words: Vec<std::ffi::OsString> = line
            .split(' ')
            .filter(|word| !word.is_empty())
            .map(Into::into)
            .collect();
        super::parse(words)
    }

    fn error(line: &str) -> String {
        let failure = parse(line).unwrap_err();
        assert!(matches!(failure, Failure::Usage(_)), "{line}");
        failure.to_string()
    }

    #[test]
    fn commands_are_read() {
        for (line, command) in [
            ("generate", Command::Generate),
            ("check", Command::Check),
            ("ci", Command::Ci),
            ("package x", Command::Package("x".into())),
            ("corpus-document a.yaml", Command::CorpusDocument("a.yaml".into())),
        ] {
            assert_eq!(parse(line).unwrap(), command);
        }
        for (line, topic) in [
            ("--help", Topic::All),
            ("help", Topic::All),
            ("generate -h", Topic::Generate),
            ("help check", Topic::Check),
            ("ci --help", Topic::Ci),
            ("corpus a --help", Topic::Corpus),
            ("bench a --help", Topic::Bench),
        ] {
            assert_eq!(parse(line).unwrap(), Command::Help(topic), "{line}");
        }
    }

    #[test]
    fn what_is_not_known_is_an_error_with_a_suggestion() {
        assert!(error("generat").contains("did you mean `generate`"));
        assert!(error("generate --document a.yaml").contains("cargo specwright generate DOCUMENT"));
        assert!(error("check a.yaml").contains("cargo specwright generate DOCUMENT"));
        assert!(error("show --stage ir").contains("`cargo specwright show`"));
        assert!(error("package").contains("needs a folder"));
        assert!(error("ci --fast").contains("--help"));
        assert!(error("corpus a --job 2").contains("did you mean `--jobs`"));
        assert!(error("").contains("generate, check, diff, corpus, bench, package or ci"));
    }
}
