//! The command line.

use std::{ffi::OsString, path::PathBuf};

use codegen::{
    Selection,
    diagnostic::{Code, Level, Levels},
};
use lexopt::{Arg, Parser, ValueExt as _};

use crate::{
    corpus, diff,
    failure::Failure,
    help::Topic,
    locate,
    output::{MessageFormat, Messages},
    report, show,
};

/// What to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Generate(Request),
    Check(Request),
    Effective(Request),
    Ci,
    Corpus(corpus::Request),
    /// What `corpus` starts for one document.
    CorpusDocument(PathBuf),
    Diff(diff::Request),
    /// The JSON Schema of a verdict.
    DiffSchema,
    Where(locate::Request),
    Report(report::Request),
    Show(show::Request),
    /// The page of a code, or the list of all.
    Explain(Option<String>),
    Help(Topic),
}

/// Which client: every value as it was written.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) document: Option<PathBuf>,
    pub(crate) out: Option<PathBuf>,
    pub(crate) name: Option<String>,
    pub(crate) runtime: Option<String>,
    pub(crate) config: Option<PathBuf>,
    pub(crate) allow_folders: Vec<PathBuf>,
    pub(crate) overlays: Vec<PathBuf>,
    pub(crate) include: Selection,
    pub(crate) exclude: Selection,
    pub(crate) messages: Messages,
    pub(crate) keep_going: bool,
    pub(crate) levels: Levels,
}

const COMMANDS: [&str; 11] = [
    "generate",
    "check",
    "diff",
    "where",
    "report",
    "effective",
    "show",
    "explain",
    "corpus",
    "ci",
    "help",
];
const OPTIONS: [&str; 20] = [
    "--document",
    "--out",
    "--name",
    "--runtime",
    "--config",
    "--allow-folder",
    "--overlay",
    "--tag",
    "--operation",
    "--path",
    "--exclude-tag",
    "--exclude-operation",
    "--exclude-path",
    "--message-format",
    "--notes",
    "--keep-going",
    "--deny-warnings",
    "--allow",
    "--deny",
    "--help",
];

/// Reads the arguments that follow the program's name.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString, IntoIter: 'static>) -> Result<Command, Failure> {
    let mut parser = Parser::from_args(arguments);
    match parser.next().map_err(|error| usage(&error.to_string()))? {
        None => Err(usage(
            "a command is missing: generate, check, diff, where, report, effective, show, explain, corpus or ci",
        )),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help(Topic::All)),
        Some(Arg::Value(command)) => match command.to_string_lossy().as_ref() {
            "generate" => request(&mut parser, Topic::Generate),
            "check" => request(&mut parser, Topic::Check),
            "diff" => diff::arguments(&mut parser),
            "where" => locate::arguments(&mut parser),
            "report" => report::arguments(&mut parser),
            "effective" => request(&mut parser, Topic::Effective),
            "show" => show::arguments(&mut parser),
            "explain" => explain(&mut parser),
            "ci" => ci(&mut parser),
            "corpus" => corpus::arguments(&mut parser),
            "corpus-document" => Ok(Command::CorpusDocument(
                value(&mut parser, "corpus-document", false)?.into(),
            )),
            "help" => help(&mut parser),
            other => Err(unknown("command", other, &COMMANDS)),
        },
        Some(option) => Err(usage(&format!("a command comes before {}", shown(&option)))),
    }
}

fn request(parser: &mut Parser, topic: Topic) -> Result<Command, Failure> {
    let mut request = Request::default();
    while let Some(argument) = parser.next().map_err(|error| usage(&error.to_string()))? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help(topic)),
            Arg::Long("document") => path(parser, "--document", &mut request.document)?,
            Arg::Long("out") => path(parser, "--out", &mut request.out)?,
            Arg::Long("name") => text(parser, "--name", &mut request.name)?,
            Arg::Long("runtime") => text(parser, "--runtime", &mut request.runtime)?,
            Arg::Long("config") => path(parser, "--config", &mut request.config)?,
            Arg::Long("allow-folder") => request.allow_folders.push(named(parser, "--allow-folder")?.into()),
            Arg::Long("overlay") => request.overlays.push(named(parser, "--overlay")?.into()),
            Arg::Long("tag") => request.include.tags.push(named(parser, "--tag")?),
            Arg::Long("operation") => request.include.operations.push(named(parser, "--operation")?),
            Arg::Long("path") => request.include.paths.push(named(parser, "--path")?),
            Arg::Long("exclude-tag") => request.exclude.tags.push(named(parser, "--exclude-tag")?),
            Arg::Long("exclude-operation") => request.exclude.operations.push(named(parser, "--exclude-operation")?),
            Arg::Long("exclude-path") => request.exclude.paths.push(named(parser, "--exclude-path")?),
            Arg::Long("message-format") => format(parser, &mut request.messages.format)?,
            Arg::Long("notes") => request.messages.notes = true,
            Arg::Long("keep-going") => request.keep_going = true,
            Arg::Long("deny-warnings") => request.levels.warnings = Level::Deny,
            Arg::Long("allow") => level(parser, "--allow", Level::Allow, &mut request.levels)?,
            Arg::Long("deny") => level(parser, "--deny", Level::Deny, &mut request.levels)?,
            Arg::Value(value) if request.document.is_none() => {
                let value = value.to_string_lossy();
                return Err(usage(&format!(
                    "{value:?} is not an option; did you mean `--document {value}`?"
                )));
            }
            other => return Err(unknown("option", &shown(&other), &OPTIONS)),
        }
    }
    match topic {
        Topic::Effective => Ok(Command::Effective(request)),
        Topic::Check => require_document(&request).map(|()| Command::Check(request)),
        _ => require_document(&request).map(|()| Command::Generate(request)),
    }
}

pub(crate) fn format(parser: &mut Parser, place: &mut MessageFormat) -> Result<(), Failure> {
    let name = value(parser, "--message-format", false)?;
    let name = name.to_string_lossy();
    *place = MessageFormat::parse(&name).ok_or_else(|| unknown("message format", &name, &MessageFormat::NAMES))?;
    Ok(())
}

/// The level of a code; the last one counts.
fn level(parser: &mut Parser, option: &str, level: Level, levels: &mut Levels) -> Result<(), Failure> {
    let name = value(parser, option, false)?;
    levels.codes.insert(code(&name.to_string_lossy())?, level);
    Ok(())
}

/// The code of a name.
pub(crate) fn code(name: &str) -> Result<Code, Failure> {
    Code::from_text(name).ok_or_else(|| {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        unknown("code", name, &codes)
    })
}

/// The committed client has a fixed folder, name and runtime.
fn require_document(request: &Request) -> Result<(), Failure> {
    let needs_document = [
        ("--out", request.out.is_some()),
        ("--name", request.name.is_some()),
        ("--runtime", request.runtime.is_some()),
    ];
    match (&request.document, &request.out) {
        (Some(_), None) => Err(usage("--document needs --out DIR, the folder of the crate to write")),
        (Some(_), Some(_)) => Ok(()),
        (None, _) => match needs_document.iter().find(|(_, is_there)| *is_there) {
            Some((option, _)) => Err(usage(&format!("{option} goes with --document FILE"))),
            None => Ok(()),
        },
    }
}

fn ci(parser: &mut Parser) -> Result<Command, Failure> {
    match parser.next().map_err(|error| usage(&error.to_string()))? {
        None => Ok(Command::Ci),
        Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help(Topic::Ci)),
        Some(other) => Err(unknown("option", &shown(&other), &["--help"])),
    }
}

fn explain(parser: &mut Parser) -> Result<Command, Failure> {
    let mut code = None;
    while let Some(argument) = parser.next().map_err(|error| usage(&error.to_string()))? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help(Topic::Explain)),
            Arg::Value(value) if code.is_none() => code = Some(value.to_string_lossy().into_owned()),
            other => return Err(unknown("option", &shown(&other), &["--help"])),
        }
    }
    Ok(Command::Explain(code))
}

fn help(parser: &mut Parser) -> Result<Command, Failure> {
    match parser.next().map_err(|error| usage(&error.to_string()))? {
        None | Some(Arg::Short('h') | Arg::Long("help")) => Ok(Command::Help(Topic::All)),
        Some(Arg::Value(command)) => match command.to_string_lossy().as_ref() {
            "generate" => Ok(Command::Help(Topic::Generate)),
            "check" => Ok(Command::Help(Topic::Check)),
            "diff" => Ok(Command::Help(Topic::Diff)),
            "where" => Ok(Command::Help(Topic::Where)),
            "report" => Ok(Command::Help(Topic::Report)),
            "effective" => Ok(Command::Help(Topic::Effective)),
            "show" => Ok(Command::Help(Topic::Show)),
            "explain" => Ok(Command::Help(Topic::Explain)),
            "ci" => Ok(Command::Help(Topic::Ci)),
            "corpus" => Ok(Command::Help(Topic::Corpus)),
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

/// A value of an option that may be repeated.
fn named(parser: &mut Parser, option: &str) -> Result<String, Failure> {
    let value = value(parser, option, false)?;
    value.string().map_err(|error| usage(&format!("{option}: {error}")))
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
    let nearest = known
        .iter()
        .max_by(|a, b| strsim::jaro_winkler(given, a).total_cmp(&strsim::jaro_winkler(given, b)));
    match nearest.filter(|near| strsim::jaro_winkler(given, near) > 0.7) {
        Some(near) => usage(&format!("no {kind} is called {given:?}; did you mean `{near}`?")),
        None => usage(&format!(
            "no {kind} is called {given:?}; there are {}",
            known.join(", ")
        )),
    }
}

pub(crate) fn usage(message: &str) -> Failure {
    Failure::Usage(format!("{message}\n`cargo xtask help` lists commands and options"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use std::path::PathBuf;

    use super::{Command, Request, Topic};
    use crate::{
        failure::Failure,
        output::{MessageFormat, Messages},
    };
    use codegen::{
        Selection,
        diagnostic::{Code, Level, Levels},
    };

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
    fn commands_and_options_are_read() {
        assert_eq!(parse("generate").unwrap(), Command::Generate(Request::default()));
        let request = Request {
            document: Some(PathBuf::from("a.yaml")),
            out: Some(PathBuf::from("x")),
            name: Some("n".to_owned()),
            runtime: Some("0.1".to_owned()),
            config: Some(PathBuf::from("c")),
            allow_folders: vec![PathBuf::from("d"), PathBuf::from("e")],
            overlays: vec![PathBuf::from("o"), PathBuf::from("p")],
            include: Selection {
                tags: vec!["t".to_owned()],
                operations: vec!["i".to_owned()],
                paths: vec!["/a".to_owned(), "/b".to_owned()],
            },
            exclude: Selection {
                tags: vec!["u".to_owned()],
                operations: vec!["j".to_owned()],
                paths: vec!["/c".to_owned()],
            },
            messages: Messages {
                format: MessageFormat::Sarif,
                notes: true,
            },
            keep_going: true,
            levels: Levels {
                warnings: Level::Deny,
                codes: [(Code::Weakened, Level::Allow), (Code::UnknownKey, Level::Deny)].into(),
            },
        };
        let line = "check --document a.yaml --out=x --name n --runtime 0.1 --config c --allow-folder d --allow-folder=e \
                    --overlay o --overlay p --tag t --operation i --path /a --path /b --exclude-tag u \
                    --exclude-operation j --exclude-path /c --message-format=sarif --notes \
                    --keep-going --deny-warnings --allow weakened --deny unknown-key";
        assert_eq!(parse(line).unwrap(), Command::Check(request));
    }

    #[test]
    fn what_is_asked_of_a_document_is_read() {
        let report = crate::report::Request {
            document: PathBuf::from("a.yaml"),
            allow_folders: vec![PathBuf::from("d")],
            overlays: vec![PathBuf::from("o")],
            is_json: true,
            ..Default::default()
        };
        assert_eq!(
            parse("report a.yaml --allow-folder d --overlay o --format json").unwrap(),
            Command::Report(report)
        );
        let show = crate::show::Request {
            stage: codegen::stages::Stage::Meaning,
            document: PathBuf::from("a.yaml"),
            at: "/components".to_owned(),
            config: Some(PathBuf::from("c")),
            allow_folders: vec![PathBuf::from("d")],
            overlays: vec![PathBuf::from("o")],
        };
        let line = "show --stage meaning a.yaml --at /components --config c --allow-folder d --overlay o";
        assert_eq!(parse(line).unwrap(), Command::Show(show));
        assert_eq!(parse("ci").unwrap(), Command::Ci);
        assert_eq!(parse("explain").unwrap(), Command::Explain(None));
        assert_eq!(
            parse("explain null-key").unwrap(),
            Command::Explain(Some("null-key".to_owned()))
        );
    }

    #[test]
    fn help_is_found_wherever_it_is_asked_for() {
        for (line, topic) in [
            ("help", Topic::All),
            ("--help", Topic::All),
            ("-h", Topic::All),
            ("help check", Topic::Check),
            ("generate --help", Topic::Generate),
            ("check --out x -h", Topic::Check),
            ("ci --help", Topic::Ci),
            ("explain -h", Topic::Explain),
            ("help explain", Topic::Explain),
            ("report a.yaml --help", Topic::Report),
            ("help report", Topic::Report),
            ("show --stage ir -h", Topic::Show),
            ("help show", Topic::Show),
        ] {
            assert_eq!(parse(line).unwrap(), Command::Help(topic), "{line}");
        }
    }

    #[test]
    fn what_is_not_known_is_an_error_with_a_suggestion() {
        assert!(error("generat").contains("did you mean `generate`"));
        assert!(error("generate --documnt a").contains("did you mean `--document`"));
        assert!(error("check --message-format jsn").contains("did you mean `json`"));
        assert!(error("check --allow weakend").contains("did you mean `weakened`"));
        assert!(error("check --output a").contains("did you mean `--out`"));
        assert!(error("report a.yaml --format jsn").contains("did you mean `json`"));
        assert!(error("report").contains("needs a document"));
        assert!(error("show a.yaml --stage meanin").contains("did you mean `meaning`"));
        assert!(error("show a.yaml --stage zzz").contains("there are source, canonical, meaning, ir, names"));
        assert!(error("show a.yaml").contains("show needs --stage: source, canonical, meaning, ir, names"));
        assert!(error("show --stage ir").contains("needs a document"));
        assert!(error("show --stage ir --stage ir a.yaml").contains("--stage is given twice"));
        assert!(error("generate a.yaml").contains("--document a.yaml"));
        assert!(error("ci --fast").contains("--help"));
        assert!(error("explain null-key weakened").contains("no option is called \"weakened\""));
        assert!(error("").contains("generate, check, report, effective, show, explain, corpus or ci"));
    }

    #[test]
    fn options_that_do_not_fit_together_are_errors() {
        assert!(error("generate --document a.yaml").contains("--out DIR"));
        assert!(error("generate --out x").contains("--document FILE"));
        assert!(error("check --name x").contains("--document FILE"));
        assert!(error("generate --out x --out y").contains("twice"));
        assert!(error("generate --out").contains("missing"));
        assert!(error("generate --out=").contains("empty"));
    }
}
