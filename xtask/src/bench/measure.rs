//! Runs generators and measures time and memory.

#![expect(
    clippy::disallowed_methods,
    reason = "a measurement reads the clock and waits for processes; it asserts nothing"
)]

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use specwright::{Failure, paths::shown};

use crate::workspace::root;

/// How often each program runs; the best figures count, because other programs only add to them.
const ROUNDS: usize = 5;
/// The time between two looks at the memory of a program.
const INTERVAL: Duration = Duration::from_millis(1);

/// A generator.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) name: &'static str,
    path: PathBuf,
}

impl Program {
    /// Our program, and those of the peers that are in the folder.
    pub(super) fn all(ours: PathBuf, peers: Option<&Path>) -> Vec<Self> {
        let peers = peers.into_iter().flat_map(|folder| {
            let names = ["openapi-to-rust", "ploidy"].into_iter();
            names.map(|name| Self {
                name,
                path: folder.join(name),
            })
        });
        let ours = Self {
            name: "specwright",
            path: ours,
        };
        let found = peers.filter(|program| program.path.is_file());
        std::iter::once(ours).chain(found).collect()
    }

    fn command(&self, document: &Path, out: &Path) -> Command {
        let mut command = Command::new(&self.path);
        match self.name {
            "openapi-to-rust" => {
                command.arg("generate").arg(document).arg("--output-dir").arg(out);
            }
            "ploidy" => {
                command.args(["generate", "rust"]).arg(document).arg("-o").arg(out);
                command.args(["--name", "bench"]);
            }
            _ => {
                command.arg("generate").arg(document).arg("--out").arg(out);
                command.args(["--name", "bench", "--runtime"]);
                command.arg(root().join("generated-client/runtime"));
            }
        }
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    }
}

/// What a run takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Figures {
    pub(super) wall: Duration,
    /// User and system time, where the system tells it.
    cpu: Option<Duration>,
    /// The highest resident memory that was seen, in kilobytes, where the system tells it.
    memory: Option<u64>,
}

impl Figures {
    fn best(self, other: Self) -> Self {
        Self {
            wall: self.wall.min(other.wall),
            cpu: self.cpu.min(other.cpu),
            memory: self.memory.max(other.memory),
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cpu = self.cpu.map(|cpu| format!("{:.2}", cpu.as_secs_f64()));
        let memory = self.memory.map(|kilobytes| (kilobytes / 1024).to_string());
        let (cpu, memory) = (cpu.unwrap_or_default(), memory.unwrap_or_default());
        write!(formatter, "{:.2} | {cpu} | {memory}", self.wall.as_secs_f64())
    }
}

/// Runs the programs in turn, and returns the best figures of each; `None` for a program that fails.
pub(super) fn rounds(programs: &[Program], document: &Path, folder: &Path) -> Result<Vec<Option<Figures>>, Failure> {
    let mut all: Vec<Option<Figures>> = Vec::new();
    for _ in 0..ROUNDS {
        for (index, program) in programs.iter().enumerate() {
            let out = folder.join(program.name);
            // A folder that is absent is as good as one that is removed.
            let _ = fs::remove_dir_all(&out);
            let figures = run(&mut program.command(document, &out))?;
            match all.get_mut(index) {
                None => all.push(figures),
                Some(best) => *best = best.zip(figures).map(|(best, figures)| best.best(figures)),
            }
        }
    }
    Ok(all)
}

fn run(command: &mut Command) -> Result<Option<Figures>, Failure> {
    let program = PathBuf::from(command.get_program());
    let failed = |error: std::io::Error| Failure::Run(format!("{}: {error}", shown(&program)));
    let start = Instant::now();
    let mut child = command.spawn().map_err(failed)?;
    let mut figures = Figures {
        wall: Duration::ZERO,
        cpu: None,
        memory: None,
    };
    loop {
        figures.cpu = cpu(&child).or(figures.cpu);
        figures.memory = figures.memory.max(memory(&child));
        match child.try_wait() {
            Ok(None) => std::thread::sleep(INTERVAL),
            Ok(Some(status)) => {
                figures.wall = start.elapsed();
                return Ok(status.success().then_some(figures));
            }
            Err(error) => return Err(failed(error)),
        }
    }
}

/// The highest resident memory of a program up to now, in kilobytes.
fn memory(child: &Child) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The user and system time of a program up to now, which Linux counts in hundredths of a second.
fn cpu(child: &Child) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{}/stat", child.id())).ok()?;
    // The name of the program is in parentheses, and may contain spaces.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut fields = fields.split_whitespace().skip(11).map(str::parse::<u64>);
    let (user, system) = (fields.next()?.ok()?, fields.next()?.ok()?);
    Some(Duration::from_millis((user + system) * 10))
}
