//! `cargo xtask ci`: everything that has to hold before a change lands.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use cargo_metadata::Package;

use crate::{
    browser, invariants, page, parity, reference, spec, workbook,
    workspace::{self, Result, cargo, finish},
};

/// The version of the tool that finds unused dependencies. It is built where it is missing, in less than a minute.
const MACHETE: &str = "0.9.2";

/// The two commands that the README promises to be true on a fresh machine.
const REPORT_COMMAND: &str = "cargo run --release -p orglib-cli -- exposure --sandbox";
const TEST_COMMAND: &str = "cargo test --workspace";

/// Runs all checks, cheap ones first, and stops at the first failure.
pub(crate) fn run() -> Result {
    let start = Instant::now();
    step("README", readme)?;
    step("formatting", || finish(&mut cargo(["fmt", "--all", "--check"])))?;
    step("invariants", invariants::run)?;
    step("compact form of spec/", || Ok(spec::run(true)?))?;
    step("parity", parity::check)?;
    step("script of the page", page::check)?;
    step("clippy", clippy)?;
    step("no default features", without_features)?;
    step("tests", test)?;
    step("reference", reference::check)?;
    step("tests with all features", test_all_features)?;
    step("browser", browser::run)?;
    step("workbook", workbook::run)?;
    step("documentation", documentation)?;
    step("packages", packages)?;
    step("unused dependencies", unused_dependencies)?;
    step("licences and bans", deny)?;
    println!("\nall checks passed in {}", shown(start.elapsed()));
    Ok(())
}

/// Runs the test command of the README.
pub(crate) fn test() -> Result {
    let command = promised(TEST_COMMAND)?;
    finish(&mut cargo(command.split_whitespace().skip(1)))
}

fn step(name: &str, check: impl FnOnce() -> Result) -> Result {
    println!("\n== {name}");
    let start = Instant::now();
    let outcome = check();
    let word = if outcome.is_ok() { "ok" } else { "FAILED" };
    println!("== {name}: {word} after {}", shown(start.elapsed()));
    outcome.map_err(|error| format!("the step `{name}` failed: {error}").into())
}

fn shown(time: Duration) -> String {
    format!("{}:{:04.1}", time.as_secs() / 60, time.as_secs_f64() % 60.0)
}

fn readme() -> Result {
    promised(REPORT_COMMAND)?;
    promised(TEST_COMMAND)?;
    Ok(())
}

/// The line of a code block in the README that is this command, so that neither changes without the other.
fn promised(command: &str) -> Result<String> {
    command_in(&workspace::read("README.md")?, command)
        .ok_or_else(|| format!("README.md has no code block with the line `{command}`").into())
}

fn command_in(text: &str, command: &str) -> Option<String> {
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("```") {
            inside = !inside;
        } else if inside && line.trim() == command {
            return Some(line.trim().to_owned());
        }
    }
    None
}

fn clippy() -> Result {
    finish(&mut cargo(["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]))
}

/// Each library by itself: together, they would lend each other their features.
fn without_features() -> Result {
    let metadata = workspace::metadata()?;
    for package in workspace::crates(&metadata) {
        if package.targets.iter().any(|target| target.is_lib()) {
            let arguments = ["check", "--quiet", "--package", &package.name, "--no-default-features"];
            println!("{}", package.name);
            finish(&mut cargo(arguments))?;
        }
    }
    Ok(())
}

/// The workspace's own test run has the default features; these crates have more than that.
fn test_all_features() -> Result {
    let metadata = workspace::metadata()?;
    let mut command = cargo(["test", "--all-features", "--lib", "--tests"]);
    for package in workspace::crates(&metadata).into_iter().filter(|package| has_optional_features(package)) {
        command.args(["--package", &package.name]);
    }
    finish(&mut command)
}

fn has_optional_features(package: &Package) -> bool {
    let default = package.features.get("default").map_or(&[][..], Vec::as_slice);
    package.features.keys().any(|feature| feature != "default" && !default.contains(feature))
}

/// Libraries only: the program has the facade's name, and its pages would take the place of the facade's.
fn documentation() -> Result {
    let mut command = cargo(["doc", "--workspace", "--lib", "--no-deps", "--all-features"]);
    finish(command.env("RUSTDOCFLAGS", "-D warnings"))
}

/// Whether each crate can be published, with what its manifest and its files say.
fn packages() -> Result {
    let metadata = workspace::metadata()?;
    let mut command = cargo(["package", "--quiet", "--no-verify", "--allow-dirty"]);
    let published =
        |package: &&Package| package.publish.as_ref().is_none_or(|registries| !registries.is_empty());
    for package in workspace::crates(&metadata).into_iter().filter(published) {
        command.args(["--package", &package.name]);
    }
    finish(&mut command)
}

/// What a manifest names and no source does; false positives stand in the manifest with their reason.
fn unused_dependencies() -> Result {
    let root = workspace::root().join("target/tools");
    let program = root.join("bin/cargo-machete");
    if !program.exists() {
        let install = ["install", "--quiet", "--locked", "cargo-machete", "--version", MACHETE, "--root"];
        finish(cargo(install).arg(&root))?;
    }
    finish(Command::new(program).current_dir(workspace::root()))
}

fn deny() -> Result {
    where_installed("deny", &["deny", "--all-features", "check"])
}

/// Runs a command of Cargo's that others make, where it is installed; building one takes longer than all else here.
fn where_installed(name: &str, arguments: &[&str]) -> Result {
    let program = format!("cargo-{name}");
    let installed =
        Command::new(&program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !installed {
        println!("{program} is not installed: skipped");
        return Ok(());
    }
    finish(&mut cargo(arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_counts_only_as_a_whole_line_of_a_code_block() {
        let block = |line: &str| format!("# orglib\n\n```sh\n{line}\n```\n");
        assert_eq!(command_in(&block(TEST_COMMAND), TEST_COMMAND).as_deref(), Some(TEST_COMMAND));
        assert_eq!(command_in(&block("cargo test --workspace --lib"), TEST_COMMAND), None);
        assert_eq!(command_in(TEST_COMMAND, TEST_COMMAND), None);
    }

    #[test]
    fn times_are_shown_in_minutes_and_seconds() {
        assert_eq!(shown(Duration::from_millis(83_400)), "1:23.4");
    }
}
