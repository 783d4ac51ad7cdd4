//! `cargo xtask foreign`: clients of others, unmodified but for the host, against the sandbox, and whether our program
//! reads what they read.

mod code42;
mod compare;
mod served;
mod yandex360;

use std::path::{Path, PathBuf};

use crate::workspace::{self, Result};

/// A client of somebody else.
struct Foreign {
    /// The name, and that of its virtual environment below `target/foreign`.
    name: &'static str,
    /// What pip installs.
    package: &'static str,
    /// Runs it with this Python and compares what it read with what the program reads; says what was compared.
    check: fn(python: &Path, program: &Path) -> Result<String>,
}

/// Every client that is run.
const ALL: [Foreign; 2] = [
    Foreign { name: "y360-orglib", package: "y360-orglib==0.0.13", check: yandex360::check },
    Foreign { name: "py42", package: "py42==1.29.1", check: code42::check },
];

/// Runs every client, and fails at the first that fails or reads something else.
pub(crate) fn run() -> Result {
    workspace::finish(&mut workspace::cargo(["build", "--package", "orglib-cli"]))?;
    let target = workspace::metadata()?.target_directory.into_std_path_buf();
    let program = target.join("debug").join("orglib");
    for foreign in &ALL {
        let python = install(&target.join("foreign").join(foreign.name), foreign.package)?;
        let compared = (foreign.check)(&python, &program)
            .map_err(|error| format!("{} ({}): {error}", foreign.name, foreign.package))?;
        println!("{}: {compared}", foreign.package);
    }
    Ok(())
}

/// Makes a virtual environment with a package, unless it is there, and gives its Python.
fn install(environment: &Path, package: &str) -> Result<PathBuf> {
    use std::process::{Command, Stdio};

    let python = environment.join("bin").join("python");
    let mut show = Command::new(&python);
    let (name, _) = package.split_once("==").unwrap_or((package, ""));
    show.args(["-m", "pip", "show", "--quiet", name]).stdout(Stdio::null()).stderr(Stdio::null());
    if !show.status().is_ok_and(|status| status.success()) {
        workspace::finish(Command::new("python3").args(["-m", "venv"]).arg(environment))?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", package];
        workspace::finish(Command::new(&python).args(pip))?;
    }
    Ok(python)
}
