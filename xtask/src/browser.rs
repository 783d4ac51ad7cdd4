//! `cargo xtask browser`: what a real browser makes of the page that reports are handed over as, after its modules are tried by
//! themselves and their types are checked.
//!
//! What is not tried is said, and is no failure where this machine has not what it takes: not every one has a browser, or a
//! way to the registry. Whatever else goes wrong is a failure.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use crate::workspace::{self, Result, cargo, finish};

/// Where the tests in a browser stand, with the list of what they need.
pub(crate) const FOLDER: &str = "crates/report/browser";

/// Where the tests of the modules stand. They need nothing but node.
const UNIT_TESTS: &str = "crates/report/page/test";

/// Where a browser is looked for.
const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// What npm says where there is no way to the registry. What it says of a registry that answers is none of these.
const NO_WAY: [&str; 13] = [
    "EAI_AGAIN",
    "ECONNECTIONTIMEOUT",
    "ECONNREFUSED",
    "ECONNRESET",
    "EHOSTUNREACH",
    "EIDLETIMEOUT",
    "ENETUNREACH",
    "ENOTCACHED",
    "ENOTFOUND",
    "ERESPONSETIMEOUT",
    "ERR_SOCKET_TIMEOUT",
    "ESOCKETTIMEDOUT",
    "ETIMEDOUT",
];

/// Runs the tests of the modules, the check of their types and the tests in a browser, each as far as this machine goes.
pub(crate) fn run() -> Result {
    if !has("node", "nodejs") {
        return not_run(
            "tests of the modules, types, browser",
            "node is not there, nor could it be installed",
        );
    }
    unit_tests()?;
    if !has("npm", "npm") {
        return not_run("types, browser", "npm is not there, nor could it be installed");
    }
    match dependencies()? {
        Dependencies::There => {}
        Dependencies::OutOfReach(code) => {
            return not_run("types, browser", &format!("there is no way to npm's registry ({code})"));
        }
    }
    ran("types", || finish(&mut npm(&["run", "--silent", "types"])))?;
    match browser() {
        Some(browser) => ran("browser", || in_browser(&browser)),
        None => not_run("browser", "Chromium is not there, nor could it be installed"),
    }
}

fn not_run(what: &str, why: &str) -> Result {
    println!("NOT RUN: {what}: {why}");
    Ok(())
}

/// Says what was tried, so that what is not said was not.
fn ran(what: &str, check: impl FnOnce() -> Result) -> Result {
    println!("-- {what}");
    check()?;
    println!("ran: {what}");
    Ok(())
}

/// The files are named one by one: what node makes of a folder differs by its version.
fn unit_tests() -> Result {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(workspace::root().join(UNIT_TESTS))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        files.extend(name.ends_with(".test.mjs").then(|| format!("{UNIT_TESTS}/{name}")));
    }
    if files.is_empty() {
        return Err(format!("{UNIT_TESTS} has no test").into());
    }
    files.sort();
    let mut node = Command::new("node");
    node.current_dir(workspace::root()).args(["--test", "--test-reporter=spec"]).args(files);
    ran("tests of the modules", || finish(node.stdin(Stdio::null())))
}

fn npm(arguments: &[&str]) -> Command {
    let mut command = Command::new("npm");
    command.current_dir(workspace::root().join(FOLDER)).args(arguments).stdin(Stdio::null());
    command
}

/// Whether what the tests need is there.
enum Dependencies {
    There,
    /// With what npm says of the way to its registry.
    OutOfReach(String),
}

fn dependencies() -> Result<Dependencies> {
    let mut npm = npm(&["ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"]);
    let output = npm.output()?;
    if output.status.success() {
        return Ok(Dependencies::There);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    match no_way(&said) {
        Some(code) => Ok(Dependencies::OutOfReach(code.to_owned())),
        None => Err(format!("npm ci: {}\n{}", output.status, said.trim()).into()),
    }
}

/// The code that npm gives for its failure, where that is one of a registry out of reach.
fn no_way(said: &str) -> Option<&str> {
    let mut codes = said.lines().filter_map(|line| {
        let said = line.strip_prefix("npm error ").or_else(|| line.strip_prefix("npm ERR! "))?;
        said.strip_prefix("code ").map(str::trim)
    });
    codes.find(|code| NO_WAY.contains(code))
}

fn in_browser(browser: &Path) -> Result {
    let pages = workspace::metadata()?.target_directory.into_std_path_buf().join("browser");
    std::fs::create_dir_all(&pages)?;
    let example = ["run", "--quiet", "--package", "orglib-report", "--example", "pages", "--"];
    finish(cargo(example).arg(&pages))?;
    finish(npm(&["run", "--silent", "test"]).env("PAGES", &pages).env("CHROMIUM", browser))
}

/// Whether a program is there, or Debian's packages bring it.
fn has(program: &str, package: &str) -> bool {
    works(program) || (installed(package) && works(program))
}

fn works(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// A browser that is there, or that Debian's packages bring.
pub(crate) fn browser() -> Option<PathBuf> {
    found().or_else(|| if installed("chromium") { found() } else { None })
}

fn found() -> Option<PathBuf> {
    let folders = ["/usr/bin", "/usr/local/bin"].map(Path::new);
    let mut all = folders.iter().flat_map(|folder| BROWSERS.map(|name| folder.join(name)));
    all.find(|path| path.exists())
}

fn installed(package: &str) -> bool {
    println!("installing {package}");
    let install =
        format!("apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq {package}");
    let mut command = Command::new("sh");
    command.args(["-c", &install]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_out_of_reach_is_told_from_a_list_that_does_not_fit() {
        let refused =
            "npm error code ECONNREFUSED\nnpm error syscall connect\nnpm error errno ECONNREFUSED\n";
        assert_eq!(no_way(refused), Some("ECONNREFUSED"));
        assert_eq!(no_way("npm ERR! code ENOTFOUND\nnpm ERR! network request failed\n"), Some("ENOTFOUND"));
        for said in [
            "npm error code EUSAGE\nnpm error\nnpm error `npm ci` can only install packages when your package.json and \
             package-lock.json are in sync.\n",
            "npm error code EINTEGRITY\nnpm error sha512-… integrity checksum failed\n",
            "npm error code E404\nnpm error 404 Not Found\n",
            "npm error code EUSAGE\nnpm error ENOTFOUND is no package\n",
            "",
        ] {
            assert_eq!(no_way(said), None, "{said}");
        }
    }
}
