//! The command `specwright`.

mod arguments;
mod comparison;
mod help;
#[cfg(feature = "mock")]
mod mock;
#[cfg(not(all(feature = "mock", feature = "watch")))]
mod unavailable;
#[cfg(feature = "watch")]
mod watch;

use std::{path::Path, process::ExitCode};

use clap::{CommandFactory as _, Parser as _};
use specwright::{
    Failure, check, diff, effective, explain, generate, graph, init, inputs::on_a_large_stack, locate, output::print,
    report, show,
};

use crate::arguments::{Arguments, Command};

fn main() -> ExitCode {
    // All of it in one thread: the allocator gives each thread memory of its own, and what the arguments took is used again.
    match on_a_large_stack(|| run(Arguments::parse())).flatten() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn run(arguments: Arguments) -> Result<(), Failure> {
    let messages = arguments.messages();
    match arguments.command {
        Command::Init(init) => init::run(&init.request(messages), Path::new("")),
        Command::Generate(command) => generate::run(&command.request(messages)),
        Command::Check(command) => check::run(&command.request(messages)),
        #[cfg(feature = "watch")]
        Command::Watch(command) => watch::run(&command.request(messages)),
        #[cfg(not(feature = "watch"))]
        Command::Watch(command) => Err(command.failure("watch")),
        Command::Diff(command) if command.schema => {
            print(codegen::diff::SCHEMA);
            Ok(())
        }
        Command::Diff(command) => diff::run(&command.request(messages)?),
        Command::Where(command) => {
            let request = command.request(messages);
            locate::run(&request, command.question.as_deref(), command.map.as_deref())
        }
        Command::Graph(command) => {
            let request = command.request(messages);
            graph::run(&request, &command.focus(), command.output.as_deref())
        }
        Command::Report(command) => report::run(&command.inputs.request(messages), command.is_json()),
        Command::Effective(command) => {
            let request = command.request(messages);
            effective::run(&request, command.output.as_deref())
        }
        Command::Show(command) => {
            let stage = show::stage(&command.stage)?;
            show::run(&command.inputs.request(messages), stage, &command.at)
        }
        #[cfg(feature = "mock")]
        Command::Mock(command) => {
            let options = command.options(messages.quiet);
            specwright::mock::run(&command.request(messages), options)
        }
        #[cfg(not(feature = "mock"))]
        Command::Mock(command) => Err(command.failure("mock")),
        Command::Explain { code } => explain::run(code.as_deref()),
        Command::Schema => {
            print(&codegen::config::schema());
            Ok(())
        }
        Command::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(shell, &mut Arguments::command(), "specwright", &mut text);
            print(&String::from_utf8_lossy(&text));
            Ok(())
        }
        Command::Man => help::man(),
        Command::Help { topic } => help::run(topic.as_deref()),
    }
}
