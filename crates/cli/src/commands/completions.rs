//! `orglib completions`.

use std::io::Write;

use clap::Args;
use clap_complete::Shell;

use crate::{failure::Failure, options::GlobalOptions, output::Destination, tree};

#[derive(Args, Debug)]
pub(crate) struct Options {
    /// The shell
    shell: Shell,
}

pub(super) fn run(options: &Options, global: &GlobalOptions) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut tree::program(), "orglib", &mut script);
    let mut destination = Destination::open(global.output.as_deref())?;
    destination.write_all(&script).map_err(|error| Failure::output(&error))?;
    destination.finish()
}
