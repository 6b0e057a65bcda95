//! The command as it is run: killed, twice at once, on disks that refuse, and watched by the system.
//!
//! What a system does not offer shows as ignored, with the reason.
#![allow(clippy::unwrap_used, reason = "a test fails by a panic")]
#![allow(clippy::print_stdout, reason = "how much was done")]

mod isolation;
mod kills;
mod messages;
mod refusing_disk;
mod subject;
mod system;
mod two_runs;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let trials = [
        kills::trials(),
        two_runs::trials(),
        refusing_disk::trials(),
        isolation::trials(),
        messages::trials(),
    ];
    let trials = trials.into_iter().flatten().collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// A test that a panic fails.
fn trial(name: &str, test: fn()) -> Trial {
    Trial::test(name, move || {
        test();
        Ok::<(), Failed>(())
    })
}

/// The same, where the system has what it takes; `missing` says what it has not.
fn trial_unless(missing: Option<&str>, name: &str, test: fn()) -> Trial {
    match missing {
        None => trial(name, test),
        Some(missing) => trial(&format!("{name}: {missing}"), test).with_ignored_flag(true),
    }
}
