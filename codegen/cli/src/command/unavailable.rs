//! Commands that are behind a feature which this build does not have.

use clap::Args;
use specwright::Failure;

/// A command that this build does not have, so that its name can be answered with the way to get it.
#[derive(Args, Debug)]
#[command(disable_help_flag = true)]
pub(crate) struct Unavailable {
    #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
    arguments: Vec<String>,
}

impl Unavailable {
    /// The error that says how to install a command that is behind the feature of its name.
    pub(crate) fn failure(&self, feature: &str) -> Failure {
        let command = format!("specwright {feature} {}", self.arguments.join(" "));
        Failure::Usage(format!(
            "`{}` needs the feature `{feature}`, which this build does not have: install specwright as \
             before, with `--features {feature}`",
            command.trim_end()
        ))
    }
}
