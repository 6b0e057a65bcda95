//! `cargo xtask ci`.

use std::process::Command;

use specwright::{Failure, check, output::report};

use crate::workspace::{self, root};

/// A step that cargo takes: its name, cargo's arguments, and a variable of the environment.
struct Step {
    name: &'static str,
    arguments: &'static [&'static str],
    variable: Option<(&'static str, &'static str)>,
}

/// The steps are those of `.ci/run`, in its order; `check` follows these.
const BEFORE_CHECK: [Step; 9] = [
    Step {
        name: "fmt",
        arguments: &["fmt", "--all", "--check"],
        variable: None,
    },
    Step {
        name: "clippy",
        arguments: &[
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ],
        variable: None,
    },
    Step {
        name: "models alone",
        arguments: &[
            "clippy",
            "--locked",
            "-p",
            "specwright-runtime",
            "-p",
            "conductorone-client",
            "--no-default-features",
            "--",
            "-D",
            "warnings",
        ],
        variable: None,
    },
    Step {
        name: "native-tls",
        arguments: &[
            "clippy",
            "--locked",
            "-p",
            "specwright-runtime",
            "-p",
            "conductorone-client",
            "--no-default-features",
            "--features",
            "specwright-runtime/native-tls,conductorone-client/credentials,conductorone-client/native-tls",
            "--",
            "-D",
            "warnings",
        ],
        variable: None,
    },
    Step {
        name: "a custom transport",
        arguments: &[
            "clippy",
            "--locked",
            "-p",
            "specwright-runtime",
            "-p",
            "conductorone-client",
            "--no-default-features",
            "--features",
            "conductorone-client/tower,conductorone-client/tracing",
            "--",
            "-D",
            "warnings",
        ],
        variable: None,
    },
    Step {
        name: "the command's library alone",
        arguments: &[
            "clippy",
            "--locked",
            "-p",
            "specwright",
            "-p",
            "xtask",
            "--no-default-features",
            "--",
            "-D",
            "warnings",
        ],
        variable: None,
    },
    Step {
        name: "doc",
        arguments: &["doc", "--locked", "--workspace", "--no-deps", "--all-features"],
        variable: Some(("RUSTDOCFLAGS", "-D warnings")),
    },
    Step {
        name: "doc as users see it",
        arguments: &[
            "doc",
            "--locked",
            "-p",
            "specwright-runtime",
            "-p",
            "conductorone-client",
            "--no-deps",
        ],
        variable: Some(("RUSTDOCFLAGS", "-D warnings")),
    },
    Step {
        name: "doc of the models alone",
        arguments: &[
            "doc",
            "--locked",
            "-p",
            "specwright-runtime",
            "-p",
            "conductorone-client",
            "--no-deps",
            "--no-default-features",
        ],
        variable: Some(("RUSTDOCFLAGS", "-D warnings")),
    },
];

/// Tests of a feature that is not enabled by default.
const MOCK: Step = Step {
    name: "mock",
    arguments: &[
        "test",
        "--locked",
        "-p",
        "specwright",
        "--features",
        "mock",
        "--test",
        "mock",
    ],
    variable: None,
};

const TEST: Step = Step {
    name: "test",
    arguments: &["test", "--workspace"],
    variable: None,
};

pub(crate) fn run() -> Result<(), Failure> {
    for step in &BEFORE_CHECK {
        cargo(step)?;
    }
    report("ci: check\n");
    check::run(&workspace::request()).map_err(|failure| Failure::Run(format!("ci stops at `check`: {failure}")))?;
    cargo(&MOCK)?;
    cargo(&TEST)?;
    report(&format!("ci: all {} steps passed\n", BEFORE_CHECK.len() + 3));
    Ok(())
}

fn cargo(step: &Step) -> Result<(), Failure> {
    let line = step.arguments.join(" ");
    report(&format!("ci: {} (cargo {line})\n", step.name));
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(step.arguments).current_dir(root()).envs(step.variable);
    let failed = |why: String| {
        Err(Failure::Run(format!(
            "ci stops at `{}`: cargo {line}: {why}",
            step.name
        )))
    };
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => failed(status.to_string()),
        Err(error) => failed(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::{Step, cargo};

    #[test]
    fn a_step_that_fails_is_named() {
        assert!(
            cargo(&Step {
                name: "good",
                arguments: &["--version"],
                variable: None
            })
            .is_ok()
        );
        let step = Step {
            name: "bad",
            arguments: &["no-such-subcommand-of-cargo"],
            variable: None,
        };
        let error = cargo(&step).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(error.contains("`bad`") && error.contains("exit status"), "{error}");
    }
}
