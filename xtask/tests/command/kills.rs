//! Torn writes.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use libtest_mimic::Trial;

use crate::subject::{STATE, Subject, Version, files, generate, succeed};

/// A run is killed so many times in every `cargo test`; `KILLS=200` says how many otherwise, and `KILL_SEED=2` when.
const KILLS: u32 = 12;

pub(crate) fn trials() -> Vec<Trial> {
    vec![crate::trial(
        "R18: a run killed at any moment leaves the old crate or the new one",
        kills,
    )]
}

/// How far the runs had come.
#[derive(Debug, Default)]
struct Reached {
    nothing: u32,
    stage: u32,
    journal: u32,
    all: u32,
}

fn kills() {
    let number = |name: &str| std::env::var(name).ok().map(|text| text.parse().unwrap());
    let kills = number("KILLS").unwrap_or(KILLS);
    let mut random = fastrand::Rng::with_seed(u64::from(number("KILL_SEED").unwrap_or(1)));
    let subject = Subject::new();
    let out = subject.installed(Version::Old);
    let mut present = Version::Old;
    let whole = duration(&subject, &out);
    let mut reached = Reached::default();
    for kill in 0..kills {
        let wanted = present.other();
        let mut run = generate(subject.document(wanted), &out)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(whole.mul_f64(random.f64()));
        // `Child::kill` is SIGKILL, where there are signals.
        run.kill().unwrap();
        run.wait().unwrap();
        let found = files(&out);
        let is_new = found == *subject.files(wanted);
        assert!(
            is_new || found == *subject.files(present),
            "kill {kill}: the crate is neither old nor new"
        );
        *match (out.join(STATE).join("journal").exists(), out.join(STATE).exists()) {
            (true, _) => &mut reached.journal,
            (false, true) => &mut reached.stage,
            (false, false) if is_new => &mut reached.all,
            (false, false) => &mut reached.nothing,
        } += 1;
        succeed(&mut generate(subject.document(wanted), &out));
        assert_eq!(files(&out), *subject.files(wanted), "kill {kill}");
        assert!(!out.join(STATE).exists(), "kill {kill}: a stage is left");
        present = wanted;
    }
    println!("{kills} kills in runs of {whole:?}, which had reached {reached:?}");
}

/// What a run takes that nobody kills: the longest of some.
fn duration(subject: &Subject, out: &Path) -> Duration {
    let took = [Version::New, Version::Old, Version::New, Version::Old].map(|version| {
        let start = Instant::now();
        succeed(&mut generate(subject.document(version), out));
        start.elapsed()
    });
    took.into_iter().max().unwrap_or_default()
}
