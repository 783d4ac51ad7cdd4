//! The commands that the README and the guide tell people to type.

use std::path::Path;

use crate::support::orglib;

const USAGE: i32 = 2;

/// Every line of a shell block that runs the program; quotes have no place in them.
fn commands(document: &str) -> Vec<(String, Vec<String>)> {
    let mut commands = Vec::new();
    let mut in_shell = false;
    for line in document.lines() {
        if line.starts_with("```") {
            in_shell = line == "```sh";
        } else if in_shell && let Some(rest) = line.strip_prefix("orglib ") {
            let words = rest.split(" #").next().unwrap_or_default().split_whitespace();
            commands.push((line.to_owned(), words.map(str::to_owned).collect()));
        }
    }
    commands
}

#[test]
fn what_the_documents_tell_to_type_is_understood() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut documents = vec![root.join("README.md")];
    let pages = std::fs::read_dir(root.join("guide/src")).unwrap().map(|entry| entry.unwrap().path());
    documents.extend(pages.filter(|page| page.extension().is_some_and(|extension| extension == "md")));
    let mut run = 0;
    for document in documents {
        let directory = tempfile::tempdir().unwrap();
        for (line, words) in commands(&std::fs::read_to_string(&document).unwrap()) {
            let arguments: Vec<_> = words.iter().map(String::as_str).collect();
            let mut command = orglib(&arguments);
            let asks_sandbox = arguments.contains(&"--sandbox");
            command.arg("--yes").args((!asks_sandbox).then_some("--sandbox")).current_dir(directory.path());
            command.env("ORGLIB_CONFIG_DIR", directory.path());
            // Nobody of the documents' examples is in the demo organisation; only what was typed is judged.
            let output = command.output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_ne!(output.status.code(), Some(USAGE), "{}: {line}: {said}", document.display());
            run += 1;
        }
    }
    assert!(run > 10, "only {run} commands were found");
}
