//! The options of `corpus`.

use std::{num::NonZero, path::PathBuf, str::FromStr, time::Duration};

use lexopt::{Arg, Parser};
use specwright::Failure;

use crate::{
    arguments::{Command, path, shown, text, unknown, usage},
    help::Topic,
};

/// What is run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) folders: Vec<PathBuf>,
    pub(crate) jobs: usize,
    pub(crate) time_limit: Duration,
    pub(crate) table: Option<PathBuf>,
    pub(crate) known_bad: Option<PathBuf>,
    pub(crate) compile: Option<usize>,
    pub(crate) seed: u64,
}

const OPTIONS: [&str; 7] = [
    "--jobs",
    "--time-limit",
    "--table",
    "--known-bad",
    "--compile",
    "--seed",
    "--help",
];

/// Longer than any public document takes in an unoptimized build.
const TIME_LIMIT: Duration = Duration::from_secs(60);

pub(crate) fn arguments(parser: &mut Parser) -> Result<Command, Failure> {
    let mut folders = Vec::new();
    let (mut jobs, mut time_limit, mut compile, mut seed) = (None, None, None, None);
    let (mut table, mut known_bad) = (None, None);
    while let Some(argument) = parser.next().map_err(|error| usage(&error.to_string()))? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help(Topic::Corpus)),
            Arg::Long("jobs") => text(parser, "--jobs", &mut jobs)?,
            Arg::Long("time-limit") => text(parser, "--time-limit", &mut time_limit)?,
            Arg::Long("compile") => text(parser, "--compile", &mut compile)?,
            Arg::Long("seed") => text(parser, "--seed", &mut seed)?,
            Arg::Long("table") => path(parser, "--table", &mut table)?,
            Arg::Long("known-bad") => path(parser, "--known-bad", &mut known_bad)?,
            Arg::Value(folder) => folders.push(folder.into()),
            other => return Err(unknown("option", &shown(&other), &OPTIONS)),
        }
    }
    if folders.is_empty() {
        return Err(usage("corpus needs a folder of documents"));
    }
    let cores = std::thread::available_parallelism().map_or(1, NonZero::get);
    Ok(Command::Corpus(Request {
        folders,
        jobs: number("--jobs", jobs.as_deref())?.unwrap_or(cores).max(1),
        time_limit: number("--time-limit", time_limit.as_deref())?.map_or(TIME_LIMIT, Duration::from_secs),
        table,
        known_bad,
        compile: number("--compile", compile.as_deref())?,
        seed: number("--seed", seed.as_deref())?.unwrap_or(0),
    }))
}

fn number<T: FromStr>(option: &str, value: Option<&str>) -> Result<Option<T>, Failure> {
    let parsed = value.map(|value| {
        value
            .parse()
            .map_err(|_| usage(&format!("{option}: {value:?} is not a number")))
    });
    parsed.transpose()
}
