//! `orglib help`.

use std::{ffi::OsString, io::Write};

use clap::{Args, Command};

use crate::{failure::Failure, options::GlobalOptions, output::Destination, tree};

#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The command whose help is wanted, for instance `users list`, or `options` for what every command takes
    #[arg(value_name = "COMMAND")]
    topic: Vec<String>,
}

pub(super) fn run(options: &Options, global: &GlobalOptions) -> Result<(), Failure> {
    let mut destination = Destination::open(global.output.as_deref())?;
    let mut command = match options.topic.as_slice() {
        [topic] if topic == "options" => of_options(),
        topic => of_command(topic)?,
    };
    let text = command.render_long_help();
    destination.write_all(text.to_string().as_bytes()).map_err(|error| Failure::output(&error))?;
    destination.finish()
}

fn of_command(topic: &[String]) -> Result<Command, Failure> {
    let words: Vec<_> = topic.iter().map(OsString::from).collect();
    let mut program = tree::program_for(&words);
    program.build();
    let mut command = &program;
    for word in topic {
        command = command.find_subcommand(word).ok_or_else(|| {
            Failure::usage(format!("there is no command `{}`; see orglib --help", topic.join(" ")))
        })?;
    }
    Ok(command.clone())
}

/// What every command takes, as a command of its own.
fn of_options() -> Command {
    let program = tree::program();
    let options = program.get_arguments().filter(|argument| argument.is_global_set()).cloned();
    Command::new("orglib")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .max_term_width(100)
        .args(options)
}
