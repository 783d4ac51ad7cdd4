//! `cargo xtask browser`: what a real browser makes of the page that reports are handed over as.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::workspace::{self, Result, cargo, finish};

/// Where the tests stand, with the list of what they need.
pub(crate) const FOLDER: &str = "crates/report/browser";

/// Where a browser is looked for.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Runs the tests; where no browser is there, and none can be installed, says that they were not run.
pub(crate) fn run() -> Result {
    let folder = workspace::root().join(FOLDER);
    let Some(browser) = browser() else {
        return not_run("there is no Chromium, and none could be installed");
    };
    if !works("node") || !works("npm") {
        return not_run("node and npm are not there");
    }
    let npm = |arguments: &[&str]| {
        let mut command = Command::new("npm");
        command.current_dir(&folder).args(arguments).stdin(Stdio::null());
        command
    };
    if finish(&mut npm(&["ci", "--no-audit", "--no-fund", "--silent"])).is_err() {
        return not_run("what the tests need could not be had (npm ci)");
    }
    finish(&mut npm(&["run", "--silent", "types"]))?;
    let pages = workspace::metadata()?.target_directory.into_std_path_buf().join("browser");
    std::fs::create_dir_all(&pages)?;
    let example = ["run", "--quiet", "--package", "orglib-report", "--example", "pages", "--"];
    finish(cargo(example).arg(&pages))?;
    finish(npm(&["run", "--silent", "test"]).env("PAGES", &pages).env("CHROMIUM", browser))
}

/// What is not tried is said, and is no failure: not every machine has a browser.
fn not_run(why: &str) -> Result {
    println!("NOT RUN: {why}");
    Ok(())
}

fn works(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// A browser that is there, or that Debian's packages bring.
pub(crate) fn browser() -> Option<PathBuf> {
    if let Some(found) = found() {
        return Some(found);
    }
    println!("installing Chromium");
    let install = "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium";
    let mut command = Command::new("sh");
    command.args(["-c", install]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.status().is_ok_and(|status| status.success()) { found() } else { None }
}

fn found() -> Option<PathBuf> {
    let folders = ["/usr/bin", "/usr/local/bin"].map(Path::new);
    let mut all = folders.iter().flat_map(|folder| BROWSERS.map(|name| folder.join(name)));
    all.find(|path| path.exists())
}
