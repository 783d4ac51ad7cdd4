//! `cargo xtask parity`: what other libraries' methods have here, and the tests that prove it.

use std::fmt::Write as _;

use serde::Deserialize;

use crate::{
    reference::GRAMMAR,
    workspace::{self, Result},
};

/// What is compared, by hand.
const DATA: &str = "guide/parity.toml";

/// The page that is made of it.
const PAGE: &str = "guide/src/parity.md";

#[derive(clap::Args, Default)]
pub(crate) struct Arguments {
    /// Writes nothing; fails where the page that is there is not current.
    #[arg(long)]
    check: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Data {
    document: Vec<Document>,
}

/// What one document describes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    title: String,
    note: Option<String>,
    method: Vec<Method>,
}

/// One method of a document.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Method {
    name: String,
    /// Our method, as it is called.
    ours: String,
    /// Our command, without the program's name.
    command: String,
    /// The test: file, `::`, name.
    test: String,
}

/// Writes the page and prints it; fails where a row names no test or no command that there is.
pub(crate) fn run(arguments: &Arguments) -> Result {
    let data: Data = toml::from_str(&workspace::read(DATA)?)?;
    let page = page(&data);
    print!("{page}");
    settle(&data, &page, arguments.check)
}

/// Checks that the page is current and that each row holds, and prints nothing.
pub(crate) fn check() -> Result {
    let data: Data = toml::from_str(&workspace::read(DATA)?)?;
    settle(&data, &page(&data), true)
}

fn settle(data: &Data, page: &str, only_check: bool) -> Result {
    if only_check {
        if workspace::read(PAGE).ok().as_deref() != Some(page) {
            return Err(format!("{PAGE} is not current: run `cargo xtask parity`").into());
        }
    } else {
        std::fs::write(workspace::root().join(PAGE), page)?;
    }
    let faults = faults(data, &workspace::read(GRAMMAR)?, |file| workspace::read(file).ok());
    match faults.as_slice() {
        [] => Ok(()),
        faults => Err(format!("{} rows do not hold:\n  {}", faults.len(), faults.join("\n  ")).into()),
    }
}

fn page(data: &Data) -> String {
    let mut page = String::from(
        "# Methods that other libraries have\n\n\
         What each public method of the documents that orglib set out to cover has here, and the test that proves it.\n\
         This page is written by `cargo xtask parity` from `guide/parity.toml`.\n",
    );
    for document in &data.document {
        // Writing into a text does not fail.
        let _ = write!(page, "\n## {}\n\n", document.title);
        if let Some(note) = &document.note {
            let _ = write!(page, "{note}\n\n");
        }
        page.push_str("| method | orglib | command | test |\n| --- | --- | --- | --- |\n");
        for Method { name, ours, command, test } in &document.method {
            let test = test.rsplit("::").next().unwrap_or(test);
            let _ = writeln!(page, "| `{name}` | `{ours}` | `orglib {command}` | `{test}` |");
        }
    }
    page
}

fn faults(data: &Data, grammar: &str, read: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let mut faults = Vec::new();
    for document in &data.document {
        for method in &document.method {
            let mut add =
                |fault: String| faults.push(format!("{}, {}: {fault}", document.title, method.name));
            if !has_command(grammar, &method.command) {
                add(format!("there is no command `orglib {}`", method.command));
            }
            match method.test.split_once("::") {
                Some((file, name)) if read(file).is_some_and(|text| has_test(&text, name)) => {}
                _ => add(format!("there is no test `{}`", method.test)),
            }
        }
    }
    faults
}

/// Whether the grammar has a line of these words, and on it the options among them.
fn has_command(grammar: &str, command: &str) -> bool {
    let (options, words): (Vec<_>, Vec<_>) = command.split(' ').partition(|word| word.starts_with("--"));
    let line = format!("orglib {}", words.join(" "));
    grammar.lines().any(|known| {
        let rest = known.strip_prefix(&line).filter(|rest| rest.is_empty() || rest.starts_with(' '));
        rest.is_some_and(|rest| options.iter().all(|option| rest.split(' ').any(|word| word == *option)))
    })
}

/// Whether the source has a function of this name that is marked as a test.
fn has_test(source: &str, name: &str) -> bool {
    let lines: Vec<_> = source.lines().map(str::trim).collect();
    let declares = |line: &&str| {
        let line = line.strip_prefix("async ").unwrap_or(line);
        line.strip_prefix("fn ")
            .and_then(|rest| rest.strip_prefix(name))
            .is_some_and(|rest| rest.starts_with('('))
    };
    let Some(place) = lines.iter().position(declares) else { return false };
    lines[..place]
        .iter()
        .rev()
        .take_while(|line| line.starts_with("#[") || line.starts_with("//"))
        .any(|line| matches!(*line, "#[test]" | "#[tokio::test]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAMMAR: &str = "orglib\norglib users\norglib users list --count\norglib users get <WHO>";

    fn data(command: &str, test: &str) -> Data {
        let method = Method {
            name: "get_all".into(),
            ours: "users().list()".into(),
            command: command.into(),
            test: test.into(),
        };
        Data { document: vec![Document { title: "Peer".into(), note: None, method: vec![method] }] }
    }

    #[test]
    fn a_row_holds_with_its_command_and_its_test() {
        let source = "#[tokio::test]\n// A reason.\nasync fn all_are_listed() {}\nfn helper() {}\n";
        let read = |file: &str| (file == "a.rs").then(|| source.to_owned());
        for (command, test, faults_expected) in [
            ("users list", "a.rs::all_are_listed", 0),
            ("users list --count", "a.rs::all_are_listed", 0),
            ("users lis", "a.rs::all_are_listed", 1),
            ("users list --own", "a.rs::all_are_listed", 1),
            ("users get", "a.rs::helper", 1),
            ("users get", "a.rs::all_are", 1),
            ("users get", "b.rs::all_are_listed", 1),
            ("users drop", "", 2),
        ] {
            let found = faults(&data(command, test), GRAMMAR, read);
            assert_eq!(found.len(), faults_expected, "{command} {test}: {found:?}");
        }
    }

    #[test]
    fn the_page_has_a_row_for_each_method() {
        let page = page(&data("users list", "a.rs::all_are_listed"));
        assert!(
            page.ends_with("| `get_all` | `users().list()` | `orglib users list` | `all_are_listed` |\n")
        );
    }
}
