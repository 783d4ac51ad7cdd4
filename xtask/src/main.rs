//! The workspace's own commands: `cargo xtask --help` lists them.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program talks to its terminal")]
#![allow(clippy::disallowed_methods, reason = "what is measured here is the machine's own time")]

mod bench;
mod browser;
mod ci;
mod foreign;
mod invariants;
mod page;
mod parity;
mod reference;
mod spec;
mod workbook;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Result;

/// The workspace's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Checks everything that has to hold before a change lands; stops at the first failure.
    Ci,
    /// Runs the tests: the test command of the README, and nothing else.
    Test,
    /// Checks the architecture's invariants from the dependency graph and the sources.
    Invariants,
    /// Writes the guide's page on what other libraries' methods have here; fails where a row has no test.
    Parity(parity::Arguments),
    /// Writes the guide's pages on every command.
    Reference(reference::Arguments),
    /// Writes the script of the page of reports, from its modules.
    Page(page::Arguments),
    /// Writes the compact form of `spec/` that the sandbox embeds.
    Spec {
        /// Writes nothing; fails where the form that is there is not current.
        #[arg(long)]
        check: bool,
    },
    /// Runs clients of others against the sandbox server, and compares what they read with what the program reads.
    Foreign,
    /// Tries the page of reports in a real browser; says so where there is none.
    Browser,
    /// Opens a workbook with openpyxl; says so where there is none.
    Workbook,
    /// Measures a job against the sandbox server.
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result {
    match command {
        Command::Ci => ci::run(),
        Command::Test => ci::test(),
        Command::Invariants => invariants::run(),
        Command::Parity(arguments) => parity::run(&arguments),
        Command::Page(arguments) => page::run(&arguments),
        Command::Reference(arguments) => reference::run(&arguments),
        Command::Spec { check } => Ok(spec::run(check)?),
        Command::Foreign => foreign::run(),
        Command::Browser => browser::run(),
        Command::Workbook => workbook::run(),
        Command::Bench(arguments) => bench::run(&arguments),
    }
}
