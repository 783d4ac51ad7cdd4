//! The whole grammar: what is typed by hand and what is made from rows.

use std::ffi::OsString;

use clap::{
    Arg, ArgAction, ArgMatches, Command, CommandFactory, ValueHint, builder::PossibleValuesParser,
    value_parser,
};
use orglib::{
    NamedOperation, PagingStyle, Scopes,
    models::shape::{Kind, Object},
};

use super::{
    Risk, Row,
    leaves::{Leaf, leaves, takes_body},
    passwords,
    rows::{OBJECTS, ORDER, ROWS},
    tasks, whole,
};
use crate::{arguments::Arguments, commands::example};

/// The id of the option that chooses between two homes.
pub(super) const GENERATION: &str = "generation";

/// The id of the option that gives a whole body.
pub(super) const BODY_FILE: &str = "body-file";
/// The id of the option that clears what can be cleared.
pub(super) const CLEAR: &str = "clear";

/// The id of the flag that wants the number of a list's items.
pub(super) const COUNT: &str = "count";

/// The ids of the options that read one page alone.
pub(super) const PAGE: &str = "page";
pub(super) const PAGE_SIZE: &str = "page-size";

/// The program's grammar, whole.
pub(crate) fn program() -> Command {
    grown(|_| true)
}

/// The grammar that these arguments are read by: commands that are not among them have no arguments of their own, for
/// making all of them takes longer than all else before the first request.
pub(crate) fn program_for(arguments: &[OsString]) -> Command {
    let program = grown(|row| {
        let mut rest = arguments.iter();
        row.words().all(|word| rest.any(|argument| argument == word))
    });
    brief(
        "",
        program.mut_args(|argument| match argument.is_global_set() {
            true => argument.hide(true),
            false => argument,
        }),
    )
}

/// What stands in place of the options that every command takes.
const OPTIONS: &str = "Every command takes --org, --profile, --token-file, --sandbox, --format, --output, --columns, \
                       --dry-run, --yes and others: `orglib help options`";

/// Names the common options, and does not list them; shows an example of what is written by hand.
fn brief(path: &str, command: Command) -> Command {
    let below = |command: &Command| format!("{path} {}", command.get_name()).trim_start().to_owned();
    let more = match example(path) {
        Some(example) => format!("Example: {example}\n\n{OPTIONS}"),
        None => OPTIONS.to_owned(),
    };
    command.after_help(more).mut_subcommands(|command| brief(&below(&command), command))
}

fn grown(is_whole: impl Fn(&Row) -> bool) -> Command {
    let mut program = ROWS.iter().fold(Arguments::command(), |program, row| {
        let leaf = leaf(row, is_whole(row));
        graft(program, "", row.path, leaf)
    });
    for command in program.get_subcommands_mut() {
        let place = ORDER.iter().position(|name| *name == command.get_name());
        *command = std::mem::take(command).display_order(place.unwrap_or(ORDER.len()));
    }
    program
}

/// The row that the arguments ask for, and what was given to it.
pub(crate) fn asked_for(matches: &ArgMatches) -> Option<(&'static Row, &ArgMatches)> {
    let (mut words, mut inner) = (Vec::new(), matches);
    while let Some((word, next)) = inner.subcommand() {
        words.push(word);
        inner = next;
    }
    Row::of(&words).map(|row| (row, inner))
}

/// Puts a leaf in its place below a command, whose own words stand before `path`.
fn graft(mut command: Command, above: &str, path: &'static str, leaf: Command) -> Command {
    let Some((word, rest)) = path.split_once(' ') else { return command.subcommand(leaf) };
    let here = format!("{above} {word}");
    let here = here.trim_start();
    // In its place: `mut_subcommand` would put it last.
    let mut known = command.get_subcommands_mut();
    if let Some(object) = known.find(|object| object.get_name() == word) {
        *object = graft(std::mem::take(object), here, rest, leaf);
        drop(known);
        return command;
    }
    drop(known);
    let about = OBJECTS.iter().find(|(object, _)| *object == here).map_or("", |(_, about)| about);
    let object = Command::new(word).about(about).subcommand_required(true).arg_required_else_help(true);
    command.subcommand(graft(object, here, rest, leaf))
}

/// The command of a row.
pub(super) fn leaf(row: &'static Row, is_whole: bool) -> Command {
    let command = Command::new(row.words().last().unwrap_or_default());
    let Some(operation) = row.named() else { return command };
    let mut command = command.about(row.summary(&operation));
    if !is_whole {
        return command;
    }
    let leaves = leaves(row, &operation);
    command = command.long_about(description(row, &operation));
    if leaves.iter().any(Leaf::is_clearable) {
        command = command.arg(clear(&leaves));
    }
    if takes_body(row, &operation) {
        command = command.arg(body_file());
    }
    if operation.homes().1.is_some() {
        command = command.arg(generation());
    }
    if row.whole_of.is_some() {
        command = command.arg(whole::argument());
    }
    if operation.answers_in_pages() {
        command = command.arg(count());
        if operation.homes().0.paging.is_some_and(|paging| paging.style == PagingStyle::Number) {
            command = command.args(pages());
        }
    }
    if let Some(flag) = tasks::flag(operation.task_role()) {
        command = command.arg(flag);
    }
    command.args(leaves.iter().map(argument)).args(leaves.iter().filter_map(passwords::argument))
}

fn description(row: &Row, operation: &NamedOperation) -> String {
    let (meta, legacy) = operation.homes();
    let mut text = match row.says {
        "" => paragraphs(meta.docs),
        says => format!("{says}."),
    };
    match meta.scopes {
        Scopes::Any(names) => text += &format!("\n\nScopes: {}", names.join(" or ")),
        Scopes::All(names) => text += &format!("\n\nScopes: {}", names.join(" and ")),
        _ => text.push('\n'),
    }
    text += &format!("\nSends: {} {} ({}, {})", meta.method, meta.path, meta.host, meta.id);
    if let Some(legacy) = legacy {
        text += &format!(
            "\nOn the other host: {} {} ({}, {})",
            legacy.method, legacy.path, legacy.host, legacy.id
        );
    }
    if row.risk == Risk::TakesAway {
        text += "\nIt asks first; --yes answers.";
    } else if !row.asks.is_empty() {
        let options = row.asks.iter().map(|name| name.replace('_', "-")).collect::<Vec<_>>().join(", ");
        text += &format!("\nIt asks first where one of these is given: {options}; --yes answers.");
    }
    text + format!("\nExample: orglib {} {}", row.path, row.example).trim_end()
}

/// Text whose lines are as long as its reader's window is wide.
fn paragraphs(docs: &str) -> String {
    let words = |paragraph: &str| paragraph.split_whitespace().collect::<Vec<_>>().join(" ");
    docs.split("\n\n").map(words).collect::<Vec<_>>().join("\n\n")
}

fn argument(leaf: &Leaf) -> Arg {
    let mut arg = Arg::new(leaf.name.clone()).help(help(leaf));
    arg = if leaf.positional { arg.required(true) } else { arg.long(leaf.option.clone()) };
    arg = match leaf.shape.kind {
        Kind::Flag if !leaf.positional => arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_name("true|false")
            .value_parser(PossibleValuesParser::new(["true", "false"])),
        Kind::Bytes => arg.value_name("FILE").value_hint(ValueHint::FilePath),
        Kind::Secret => {
            arg.long(format!("{}-file", leaf.option)).value_name("FILE").value_hint(ValueHint::FilePath)
        }
        Kind::Text if leaf.positional => arg.value_name(leaf.option.to_uppercase()),
        kind => arg.value_name(value_name(kind)).allow_negative_numbers(true),
    };
    if !leaf.shape.many {
        return arg;
    }
    // Free text may hold commas; ids and words do not.
    let arg = arg.action(ArgAction::Append);
    if matches!(leaf.shape.kind, Kind::Text | Kind::Json | Kind::Object(_)) {
        arg
    } else {
        arg.value_delimiter(',')
    }
}

fn value_name(kind: Kind) -> &'static str {
    match kind {
        Kind::User => "WHO",
        Kind::Group => "GROUP",
        Kind::Department => "DEPARTMENT",
        Kind::Mailbox => "MAILBOX",
        Kind::Id("DomainName") => "DOMAIN",
        Kind::Id("OrgGuid") => "ORG",
        Kind::Organization | Kind::Id(_) => "ID",
        Kind::Integer | Kind::Number => "N",
        Kind::Time => "TIME",
        Kind::Date => "DAY",
        Kind::Words(_) => "WORD",
        Kind::Object(_) => "ITEM",
        Kind::Json => "JSON",
        _ => "TEXT",
    }
}

fn help(leaf: &Leaf) -> String {
    let mut help =
        leaf.docs.lines().map(str::trim).collect::<Vec<_>>().join(" ").trim_end_matches('.').to_owned();
    match leaf.shape.kind {
        Kind::User | Kind::Group | Kind::Department | Kind::Mailbox => help += ", by id or e-mail address",
        Kind::Id("OrgGuid") => help += ", by number, uid or guid",
        Kind::Words(words) => {
            let words: Vec<_> = words.iter().map(|word| word.word).collect();
            help += &format!(" [one of: {}]", words.join(", "));
        }
        Kind::Bytes => help += ": a file; `-` is standard input",
        Kind::Secret => help += "; read from this file, `-` is standard input",
        Kind::Object(object) => help += &form(object()),
        Kind::Date => help += " (2026-11-20, today, yesterday, or 30d; UTC)",
        Kind::Time => help += " (2026-11-20, 30d, or 2024-01-31T23:59:59Z)",
        _ => {}
    }
    if leaf.is_required && !leaf.positional {
        help += " (required)";
    }
    help.trim_start_matches(", ").to_owned()
}

/// How an object is written in short.
fn form(object: &Object) -> String {
    let fields = object.fields.iter().enumerate().map(|(place, field)| match (place, field.shape.kind) {
        (0, _) => field.name.to_uppercase(),
        (_, Kind::Flag) => format!("[,{}]", field.name),
        (_, Kind::Words(words)) => {
            let words: Vec<_> = words.iter().map(|word| word.word).collect();
            format!("[,{}={}]", field.name, words.join("|"))
        }
        _ => format!("[,{}={}]", field.name, field.name.to_uppercase()),
    });
    format!("; each as {}, or as JSON", fields.collect::<String>())
}

fn clear(leaves: &[Leaf]) -> Arg {
    let names = leaves.iter().filter(|leaf| leaf.is_clearable()).map(|leaf| leaf.option.clone());
    Arg::new(CLEAR)
        .long("clear")
        .value_name("NAMES")
        .action(ArgAction::Append)
        .value_delimiter(',')
        .value_parser(PossibleValuesParser::new(names))
        .help("Clear these, so that they hold nothing")
}

fn count() -> Arg {
    Arg::new(COUNT).long("count").action(ArgAction::SetTrue).help("Tell how many there are, and list none")
}

/// The options that read one page alone.
fn pages() -> [Arg; 2] {
    let number = |id: &'static str| Arg::new(id).long(id).value_name("N").value_parser(value_parser!(u32));
    [
        number(PAGE).help("Only this page, counted from 1").conflicts_with(COUNT),
        number(PAGE_SIZE)
            .help("How many a page holds [default: as many as the service gives]")
            .requires(PAGE),
    ]
}

/// Which of the two homes of a method is asked.
fn generation() -> Arg {
    Arg::new(GENERATION)
        .long(GENERATION)
        .value_name("WORD")
        .value_parser(PossibleValuesParser::new(["current", "legacy"]))
        .help("Ask the current host or the legacy one, which both have this method [default: current]")
}

fn body_file() -> Arg {
    Arg::new(BODY_FILE)
        .long("body-file")
        .value_name("FILE")
        .value_hint(ValueHint::FilePath)
        .help("Take what is sent from this file, JSON or YAML; `-` is standard input. Options override it")
}
