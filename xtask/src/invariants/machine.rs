//! Files of the repository must not know the machine that they were written on.

use std::{path::PathBuf, process::Command};

use super::Findings;
use crate::workspace::{self, Result};

/// Directories in which people's own directories stand.
const HOMES: [&str; 3] = ["home", "Users", "root"];

/// Every line of a tracked text file with a path of this machine, or of anybody's.
pub(super) fn check() -> Result<Findings> {
    let mut git = Command::new("git");
    git.current_dir(workspace::root()).args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    let own = own_directories();
    let mut findings = Findings::new();
    for path in workspace::output(&mut git)?.lines() {
        // A file that is deleted but still tracked, or that is no text, holds no path.
        if let Ok(text) = workspace::read(path) {
            findings.extend(lines_with_paths(path, &text, &own));
        }
    }
    Ok(findings)
}

/// The checkout and the home directory of whoever runs this.
fn own_directories() -> Vec<String> {
    let checkout = workspace::root().canonicalize().ok();
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let long_enough = |path: &PathBuf| path.components().count() > 2;
    [checkout, home]
        .into_iter()
        .flatten()
        .filter(long_enough)
        .map(|path| path.display().to_string())
        .collect()
}

fn lines_with_paths(path: &str, text: &str, own: &[String]) -> Findings {
    let mut findings = Findings::new();
    for (number, line) in text.lines().enumerate() {
        let of_a_person = HOMES.iter().any(|home| holds_home(line, home));
        if of_a_person || own.iter().any(|directory| line.contains(directory.as_str())) {
            findings.push(format!("{path}:{}: a path of a machine", number + 1));
        }
    }
    findings
}

/// Whether the line holds an absolute path below such a directory; `/v1/home/x` is no such path.
fn holds_home(line: &str, home: &str) -> bool {
    let below = format!("/{home}/");
    line.match_indices(&below).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + below.len()..].chars().next();
        before.is_none_or(|letter| !letter.is_alphanumeric() && !"/.-_}".contains(letter))
            && after.is_some_and(|letter| letter.is_alphanumeric() || letter == '.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_a_person_or_of_the_checkout_is_found() {
        let own = ["/srv/checkouts/orglib".to_owned()];
        let home = |rest: &str| format!("/{}/{rest}", "home");
        for (line, expected) in [
            (format!("let path = \"{}\";", home("anna/key.pem")), 1),
            ("see /srv/checkouts/orglib/spec".to_owned(), 1),
            (format!("GET /v1{}", home("anna")), 0),
            (format!("https://example.org{}", home("anna")), 0),
            ("crates/core/src".to_owned(), 0),
        ] {
            assert_eq!(lines_with_paths("README.md", &line, &own).len(), expected, "{line}");
        }
        assert_eq!(
            lines_with_paths("README.md", &format!("one\n{}", home("anna")), &own),
            ["README.md:2: a path of a machine"]
        );
    }
}
