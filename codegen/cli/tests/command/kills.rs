//! Torn writes.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant},
};

use libtest_mimic::Trial;

use crate::subject::{STATE, Subject, Version, files, generate, succeed};

/// A run is killed so many times in every `cargo test`; `KILLS=200` says how many otherwise, and `KILL_SEED=2` when.
const KILLS: u32 = 12;

pub(crate) fn trials() -> Vec<Trial> {
    vec![crate::trial(
        "R18: a run killed at any moment leaves the old modules or the new ones, and the next run the new crate",
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
    /// Of those with a journal: the manifest was of another version than the modules.
    mixed: u32,
}

#[expect(
    clippy::disallowed_methods,
    reason = "a random moment, whatever has been done by then"
)]
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
        let [old, new] = [present, wanted].map(|version| subject.files(version));
        let is_new = found == *new;
        let is_mixed = !is_new && found != *old;
        assert!(
            [old, new].map(modules).contains(&modules(&found)),
            "kill {kill}: the modules are neither old nor new"
        );
        for (name, text) in &found {
            let versions = [old.get(name), new.get(name)];
            assert!(
                versions.contains(&Some(text)),
                "kill {kill}: {} is neither old nor new",
                name.display()
            );
        }
        // The manifest cannot change in the same step as the modules: whoever is killed in between leaves a journal.
        let has_journal = out.join(STATE).join("journal").exists();
        assert!(
            has_journal || !is_mixed,
            "kill {kill}: nobody knows that the crate is half new"
        );
        reached.mixed += u32::from(is_mixed);
        *match (has_journal, out.join(STATE).exists()) {
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

/// The generated modules, which change in one step.
fn modules(files: &BTreeMap<PathBuf, String>) -> BTreeMap<&Path, &str> {
    let files = files.iter().map(|(name, text)| (name.as_path(), text.as_str()));
    files.filter(|(name, _)| name.starts_with("src/generated")).collect()
}

/// What a run takes that nobody kills: the longest of some.
#[expect(
    clippy::disallowed_methods,
    reason = "from which the moments are drawn; nothing asserts it"
)]
fn duration(subject: &Subject, out: &Path) -> Duration {
    let took = [Version::New, Version::Old, Version::New, Version::Old].map(|version| {
        let start = Instant::now();
        succeed(&mut generate(subject.document(version), out));
        start.elapsed()
    });
    took.into_iter().max().unwrap_or_default()
}
