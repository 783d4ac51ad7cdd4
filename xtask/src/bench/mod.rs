//! `cargo xtask bench`: what the main jobs cost, with each program in a process of its own.

mod audit;
mod decode;
mod disk;
mod exposure;
mod figures;
mod peer;
mod program;
mod report;
mod sandbox;
mod walk;

use clap::Subcommand;

pub(crate) use self::peer::environment;
use crate::workspace::Result;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Reads a million audit events and tells what memory that takes; fails where the bound does not hold.
    Audit,
    /// Reads pages of users and of events beside plain `serde_json`; fails where the bound does not hold.
    Decode,
    /// Moves files up and down beside other programs; fails where a bound does not hold.
    Disk,
    /// Writes 150,000 accesses as CSV, page and workbook, opens those, and reports on 100,000 people; fails where a bound
    /// does not hold.
    Report,
    /// Measures the exposure report and prints a Markdown table; fails where a bound does not hold.
    Exposure(exposure::Arguments),
}

/// Runs one benchmark.
pub(crate) fn run(arguments: &Arguments) -> Result {
    match &arguments.job {
        Job::Audit => audit::run(),
        Job::Decode => decode::run(),
        Job::Disk => disk::run(),
        Job::Report => report::run(),
        Job::Exposure(arguments) => exposure::run(arguments),
    }
}
