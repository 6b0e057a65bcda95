//! Help that is not about one command line: the page about output, and the manual page.

use clap::CommandFactory as _;
use specwright::{Failure, failure::unknown, output::print};

use crate::arguments::Arguments;

const OUTPUT: &str = "Where output goes

Standard output has the result of a command: the summary of `generate` and the differences of `check`, the text of `report`,
`effective`, `show`, `explain`, `schema`, `completions` and `man`, and the address of `mock`.

Standard error has diagnostics (errors, warnings and notes about the document or the configuration), their count, progress if
it is a terminal, notes about what to do next, and the reason of a failure as the last line, after `error: `.

With --message-format json or sarif, the diagnostics of `generate` and `check` go to standard output, and nothing else does.
The diagnostics of `report`, `effective` and `show` go to standard error in any case.

  json   one object a line: severity, code, message, help, pointer, file, line, column, end_column, related
  sarif  one SARIF 2.1.0 log

--quiet leaves out the summary, progress and notes about what to do next.

Stable are: exit codes (0 success; 1 the document, the configuration, the disk or a difference; 2 the command line), codes of
diagnostics, the JSON and SARIF forms, the JSON form of `report`, `schema`, and the document that `effective` writes. Output for
people can change with any version: summaries, messages, `show`, the text form of `report`.
";

pub(crate) fn run(topic: Option<&str>) -> Result<(), Failure> {
    let mut command = Arguments::command();
    command.build();
    let Some(topic) = topic else {
        print(&command.render_help().to_string());
        return Ok(());
    };
    if topic == "output" {
        print(OUTPUT);
        return Ok(());
    }
    match command.find_subcommand_mut(topic) {
        Some(found) => {
            print(&found.render_long_help().to_string());
            Ok(())
        }
        None => {
            let shown = command.get_subcommands().filter(|one| !one.is_hide_set());
            let names: Vec<String> = shown.map(|one| one.get_name().to_owned()).collect();
            let mut known: Vec<&str> = names.iter().map(String::as_str).collect();
            known.push("output");
            Err(unknown("topic", topic, &known))
        }
    }
}

/// The manual page: the command, each of its commands, and the page about output.
pub(crate) fn man() -> Result<(), Failure> {
    let mut command = Arguments::command();
    command.build();
    let mut text = Vec::new();
    let mut render = || {
        clap_mangen::Man::new(command.clone()).render(&mut text)?;
        for subcommand in command.get_subcommands().filter(|one| !one.is_hide_set()) {
            let man = clap_mangen::Man::new(subcommand.clone());
            let name = subcommand.get_name().to_uppercase();
            text.extend(format!(".SH \"COMMAND {name}\"\n").into_bytes());
            man.render_synopsis_section(&mut text)?;
            man.render_description_section(&mut text)?;
            man.render_options_section(&mut text)?;
        }
        Ok::<(), std::io::Error>(())
    };
    render().map_err(|error| Failure::Run(format!("cannot write the manual page: {error}")))?;
    print(&String::from_utf8_lossy(&text));
    Ok(())
}
