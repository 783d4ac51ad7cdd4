//! From the command line to the exit code.

use std::{
    ffi::OsStr,
    io::{self, Write},
    process::ExitCode,
};

use clap::{ArgMatches, FromArgMatches, error::ErrorKind};

use crate::{
    arguments::Arguments,
    commands, console,
    failure::{Exit, Failure},
    interrupt::Watch,
    logging,
    options::GlobalOptions,
    output::Format,
    tree::{self, Row},
};

/// Runs the program.
pub(crate) fn start() -> ExitCode {
    let asked = match Asked::read() {
        Ok(asked) => asked,
        Err(error) => return ExitCode::from(misused(&error).code()),
    };
    logging::start(asked.global().verbose);
    let errors_as_json = asked.global().format == Some(Format::Json);
    match run(&asked) {
        Ok(()) => ExitCode::from(Exit::Done.code()),
        Err(Failure::ClosedPipe) => ExitCode::from(Exit::Done.code()),
        Err(failure) => {
            console::report(&failure, errors_as_json);
            ExitCode::from(failure.exit().code())
        }
    }
}

/// What the command line asks for.
enum Asked {
    /// A command that is written by hand.
    Written(Arguments),
    /// A command that is made from a row of the tree, with what was given to it.
    Row { row: &'static Row, given: ArgMatches, global: GlobalOptions },
}

impl Asked {
    fn read() -> Result<Self, clap::Error> {
        let arguments: Vec<_> = std::env::args_os().collect();
        let mut program = tree::program_for(&arguments);
        let matches = program.try_get_matches_from_mut(arguments)?;
        let read = match tree::asked_for(&matches) {
            Some((row, given)) => GlobalOptions::from_arg_matches(&matches).map(|global| Self::Row {
                row,
                given: given.clone(),
                global,
            }),
            None => Arguments::from_arg_matches(&matches).map(Self::Written),
        };
        read.map_err(|error| error.format(&mut program))
    }

    fn global(&self) -> &GlobalOptions {
        match self {
            Self::Written(arguments) => &arguments.global,
            Self::Row { global, .. } => global,
        }
    }

    fn handles_signals(&self) -> bool {
        matches!(self, Self::Written(arguments) if arguments.command.handles_signals())
    }

    async fn run(&self) -> Result<(), Failure> {
        match self {
            Self::Written(arguments) => commands::run(arguments).await,
            Self::Row { row, given, global } => tree::run(row, given, global).await,
        }
    }
}

/// One thread is enough: the program waits far more than it works, and starts faster without a pool.
fn run(asked: &Asked) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other(format!("the program cannot start: {error}")))?;
    let global = asked.global();
    let watch = match asked.handles_signals() {
        true => Watch::nothing(),
        false => Watch::begin(global.standing.clone()),
    };
    let outcome = runtime.block_on(async {
        // Whichever ends first drops the other: temporary output goes with the command, the journal is on disk
        // already.
        let outcome = tokio::select! {
            biased;
            () = watch.interrupted() => Err(Failure::interrupted(global.standing.told())),
            outcome = Box::pin(asked.run()) => outcome,
        };
        let kept = global.renewals.settle().await;
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
    let (text, usage) = text.split_once("\n\nUsage:").unwrap_or((&text, ""));
    let text = text.split("\n\nFor more information").next().unwrap_or_default();
    let words = text.strip_prefix("error:").unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let words = words.replace(" tip: ", "; ");
    let failure = Failure::usage(format!("{words}; see {}", help_of(usage)));
    console::report(&failure, asks_for_json());
    Exit::Usage
}

/// Where the help is of the command whose usage this is; its own words stand first.
fn help_of(usage: &str) -> String {
    let is_own = |word: &&str| word.starts_with(|first: char| first.is_ascii_lowercase());
    let command = usage.split_whitespace().take_while(is_own).collect::<Vec<_>>().join(" ");
    if command.is_empty() { "--help".to_owned() } else { format!("`{command} --help`") }
}

/// Whether the command line, which cannot be understood as a whole, asks for JSON.
fn asks_for_json() -> bool {
    let arguments: Vec<_> = std::env::args_os().collect();
    let is = |argument: &OsStr, text: &str| argument == OsStr::new(text);
    arguments.iter().any(|argument| is(argument, "--format=json"))
        || arguments.windows(2).any(|pair| is(&pair[0], "--format") && is(&pair[1], "json"))
}
