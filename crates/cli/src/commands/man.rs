//! `orglib man`.

use std::io::Write;

use clap::Args;
use clap_mangen::Man;

use crate::{failure::Failure, options::GlobalOptions, output::Destination, tree};

#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The command whose page is wanted, for instance `users list`; the program's own page without it
    command: Vec<String>,
}

pub(super) fn run(options: &Options, global: &GlobalOptions) -> Result<(), Failure> {
    let mut destination = Destination::open(global.output.as_deref())?;
    let mut page = Vec::new();
    Man::new(find(options)?).render(&mut page).map_err(|error| Failure::output(&error))?;
    destination.write_all(&page).map_err(|error| Failure::output(&error))?;
    destination.finish()
}

fn find(options: &Options) -> Result<clap::Command, Failure> {
    let mut program = tree::program();
    program.build();
    let mut command = &program;
    for name in &options.command {
        command = command.find_subcommand(name).ok_or_else(|| {
            Failure::usage(format!("there is no command `{}`; see orglib --help", options.command.join(" ")))
        })?;
    }
    Ok(command.clone())
}
