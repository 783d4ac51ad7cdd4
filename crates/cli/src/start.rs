//! From the command line to the exit code.

use std::{
    ffi::OsStr,
    io::{self, Write},
    process::ExitCode,
};

use clap::{Parser, error::ErrorKind};

use crate::{
    arguments::Arguments,
    commands, console,
    failure::{Exit, Failure},
    interrupt::Watch,
    logging,
    output::Format,
};

/// Runs the program.
pub(crate) fn start() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(misused(&error).code()),
    };
    logging::start(arguments.global.verbose);
    let errors_as_json = arguments.global.format == Some(Format::Json);
    match run(arguments) {
        Ok(()) => ExitCode::from(Exit::Done.code()),
        Err(Failure::ClosedPipe) => ExitCode::from(Exit::Done.code()),
        Err(failure) => {
            console::report(&failure, errors_as_json);
            ExitCode::from(failure.exit().code())
        }
    }
}

/// One thread is enough: the program waits far more than it works, and starts faster without a pool.
fn run(arguments: Arguments) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other(format!("the program cannot start: {error}")))?;
    let global = &arguments.global;
    let watch = match arguments.command.handles_signals() {
        true => Watch::nothing(),
        false => Watch::begin(global.standing.clone()),
    };
    let outcome = runtime.block_on(async {
        // Whichever ends first drops the other: temporary output goes with the command, the journal is on disk
        // already.
        let outcome = tokio::select! {
            biased;
            () = watch.interrupted() => Err(Failure::interrupted(global.standing.told())),
            outcome = Box::pin(commands::run(&arguments)) => outcome,
        };
        let kept = arguments.global.renewals.settle().await;
        outcome.and(kept)
    });
    // Name resolution and standard input may block threads that nobody waits for any more.
    runtime.shutdown_background();
    outcome
}

/// Says what is wrong with the command line, on one line; prints help and version as they are.
fn misused(error: &clap::Error) -> Exit {
    let is_asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    if is_asked_for || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        // Help that nobody reads is no failure.
        let _ = error.print();
        let _ = io::stdout().flush();
        return if is_asked_for { Exit::Done } else { Exit::Usage };
    }
    let text = error.render().to_string();
    let text = text.split("\n\nUsage:").next().unwrap_or_default();
    let text = text.split("\n\nFor more information").next().unwrap_or_default();
    let words = text.strip_prefix("error:").unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let failure = Failure::usage(format!("{words}; see --help"));
    console::report(&failure, asks_for_json());
    Exit::Usage
}

/// Whether the command line, which cannot be understood as a whole, asks for JSON.
fn asks_for_json() -> bool {
    let arguments: Vec<_> = std::env::args_os().collect();
    let is = |argument: &OsStr, text: &str| argument == OsStr::new(text);
    arguments.iter().any(|argument| is(argument, "--format=json"))
        || arguments.windows(2).any(|pair| is(&pair[0], "--format") && is(&pair[1], "json"))
}
