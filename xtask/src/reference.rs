//! `cargo xtask reference`: the guide's pages on every command, as the program itself explains it.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::PathBuf, process::Command};

use crate::workspace::{self, Result, cargo};

/// Where the pages stand.
const FOLDER: &str = "guide/src/reference";

/// The page that leads to them.
const INDEX: &str = "guide/src/reference.md";

/// Every command of the program, as a test of its own holds it.
pub(crate) const GRAMMAR: &str =
    "crates/cli/src/snapshots/orglib__arguments__tests__no_command_or_option_is_renamed_in_silence.snap";

/// Commands about the program itself, which its help explains well enough.
const OF_THE_PROGRAM: [&str; 6] = ["help", "completions", "man", "operations", "explain", "sandbox"];

#[derive(clap::Args, Default)]
pub(crate) struct Arguments {
    /// Writes nothing; fails where a page that is there is not current.
    #[arg(long)]
    check: bool,
}

/// Writes the pages.
pub(crate) fn run(arguments: &Arguments) -> Result {
    settle(&pages()?, arguments.check)
}

/// Checks that the pages are current.
pub(crate) fn check() -> Result {
    settle(&pages()?, true)
}

fn settle(pages: &BTreeMap<PathBuf, String>, only_check: bool) -> Result {
    let folder = workspace::root().join(FOLDER);
    let there = fs::read_dir(&folder).map(|entries| entries.flatten().map(|entry| entry.path()).collect());
    let there: Vec<PathBuf> = there.unwrap_or_default();
    let strays = there.iter().filter(|path| !pages.contains_key(*path));
    if only_check {
        in_summary(pages)?;
        let stale = pages.iter().filter(|(path, page)| fs::read_to_string(path).ok().as_ref() != Some(page));
        return match stale.map(|(path, _)| path).chain(strays).next() {
            Some(path) => {
                Err(format!("{} is not current: run `cargo xtask reference`", path.display()).into())
            }
            None => Ok(()),
        };
    }
    fs::create_dir_all(&folder)?;
    strays.into_iter().try_for_each(fs::remove_file)?;
    pages.iter().try_for_each(|(path, page)| fs::write(path, page))?;
    println!("{} pages in {FOLDER}", pages.len() - 1);
    Ok(())
}

/// A page that the book does not list is not in it.
fn in_summary(pages: &BTreeMap<PathBuf, String>) -> Result {
    let summary = workspace::read("guide/src/SUMMARY.md")?;
    let names = pages.keys().filter_map(|page| page.strip_prefix(workspace::root().join("guide/src")).ok());
    match names.map(|name| name.display().to_string()).find(|name| !summary.contains(&format!("({name})"))) {
        Some(name) => Err(format!("guide/src/SUMMARY.md does not list {name}").into()),
        None => Ok(()),
    }
}

/// Every page by its path.
fn pages() -> Result<BTreeMap<PathBuf, String>> {
    let program = Program::build()?;
    let grammar = workspace::read(GRAMMAR)?;
    let root = workspace::root();
    let (mut pages, mut index) = (BTreeMap::new(), String::from(BEGINNING));
    for (object, lines) in objects(&grammar) {
        let about = program.about(object)?;
        let mut page = format!("# `orglib {object}`\n\n{}\n", about.lines().next().unwrap_or_default());
        for line in lines {
            page += &program.section(line)?;
        }
        writeln!(
            index,
            "- [`{object}`](reference/{object}.md): {}",
            about.lines().next().unwrap_or_default()
        )?;
        pages.insert(root.join(FOLDER).join(format!("{object}.md")), page);
    }
    pages.insert(root.join(INDEX), index);
    Ok(pages)
}

const BEGINNING: &str = "# Reference

Every command, with what it sends, what it takes and what it gives. `orglib explain COMMAND` says the same, with every field of
the answer; `orglib COMMAND --help` explains the options. `cargo xtask reference` writes these pages.

";

/// The lines of commands that do something, by their first word, in the order of the grammar.
fn objects(grammar: &str) -> Vec<(&str, Vec<&str>)> {
    let lines: Vec<_> = grammar.lines().filter_map(|line| line.strip_prefix("orglib ")).collect();
    let mut objects: Vec<(&str, Vec<&str>)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let object = line.split(' ').next().unwrap_or_default();
        if OF_THE_PROGRAM.contains(&object) {
            continue;
        }
        // Words alone that others begin with are no command that does something.
        let begins = format!("{line} ");
        let is_object =
            words(line) == *line && lines[index + 1..].iter().any(|other| other.starts_with(&begins));
        match objects.last_mut().filter(|(last, _)| *last == object) {
            Some((_, lines)) if !is_object => lines.push(line),
            Some(_) => {}
            None => objects.push((object, if is_object { Vec::new() } else { vec![line] })),
        }
    }
    objects
}

/// The words of a line, without what follows them.
fn words(line: &str) -> &str {
    let end = line
        .split(' ')
        .take_while(|word| word.starts_with(|one: char| one.is_ascii_lowercase() || one.is_ascii_digit()));
    let length: usize = end.map(|word| word.len() + 1).sum();
    &line[..length.saturating_sub(1)]
}

/// The program, built.
struct Program(PathBuf);

impl Program {
    fn build() -> Result<Self> {
        workspace::finish(&mut cargo(["build", "--quiet", "--package", "orglib-cli"]))?;
        let target = workspace::metadata()?.target_directory;
        Ok(Self(target.join("debug/orglib").into()))
    }

    fn says(&self, arguments: &[&str]) -> Result<Option<String>> {
        let mut command = Command::new(&self.0);
        let output = command.args(arguments).env("NO_COLOR", "1").env("COLUMNS", "100").output()?;
        Ok(output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned()))
    }

    /// What the help says of a command before it comes to its usage.
    fn about(&self, words: &str) -> Result<String> {
        let arguments: Vec<_> = words.split(' ').chain(["--help"]).collect();
        let help = self.says(&arguments)?.ok_or_else(|| format!("orglib {words} --help fails"))?;
        Ok(help.split("\nUsage:").next().unwrap_or_default().trim().to_owned())
    }

    fn section(&self, line: &str) -> Result<String> {
        let words = words(line);
        let usage = line[words.len()..].trim();
        let mut section = format!("\n## `orglib {words}`\n\n");
        let explained = self.says(&[&["explain"][..], &words.split(' ').collect::<Vec<_>>()].concat())?;
        match explained {
            Some(explained) => {
                let (summary, rest) = explained.split_once("\n\n").unwrap_or((&explained, ""));
                writeln!(section, "{summary}\n\n```text\n{}\n```", facts(rest, usage))?;
            }
            None => {
                let about = self.about(words)?;
                writeln!(section, "{about}\n\n```text\n{words} {usage}\n```")?;
            }
        }
        Ok(section)
    }
}

/// What is explained, without the fields of the answer: its kind is enough for a page.
fn facts(explained: &str, usage: &str) -> String {
    let mut facts = String::new();
    let mut lines = explained.lines();
    for line in lines.by_ref() {
        facts += line;
        facts.push('\n');
        if line == "gives" {
            break;
        }
    }
    if let Some(kind) = lines.next() {
        facts += kind;
    }
    let usage = if usage.is_empty() { String::new() } else { format!("\n\ntyped\n  {usage}") };
    format!("{}{usage}", facts.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_that_do_something_stand_under_their_first_word() {
        let grammar = "orglib\norglib exposure --user <WHO>\norglib exposure revoke --max <N>\norglib users\norglib users 2fa\n\
            orglib users 2fa get <WHO>\norglib users list\norglib man\n";
        let expected = vec![
            ("exposure", vec!["exposure --user <WHO>", "exposure revoke --max <N>"]),
            ("users", vec!["users 2fa get <WHO>", "users list"]),
        ];
        assert_eq!(objects(grammar), expected);
        assert_eq!(words("users 2fa get <WHO> --x"), "users 2fa get");
    }
}
