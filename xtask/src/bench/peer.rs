//! The same job done by another library, for comparison.

use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use serde::Deserialize;

use super::sandbox::Access;
use crate::workspace::{self, Result};

const PACKAGE: &str = "y360-orglib==0.0.13";
const SCRIPT: &str = "xtask/foreign/y360_exposure.py";

/// What the peer's script says when it is done.
#[derive(Deserialize)]
pub(super) struct Report {
    seconds: f64,
    pub(super) rows: u64,
    pub(super) errors: u64,
}

impl Report {
    /// The time of the job, without the start of Python and the import of the library.
    pub(super) fn wall(&self) -> Duration {
        Duration::from_secs_f64(self.seconds)
    }
}

/// Installs the peer into an environment of its own, unless it is there already, and gives its Python.
pub(super) fn install(directory: &Path) -> Result<PathBuf> {
    environment(directory, "y360_orglib", PACKAGE)
}

/// An environment that has this module, which these packages bring.
pub(crate) fn environment(directory: &Path, module: &str, packages: &str) -> Result<PathBuf> {
    let environment = directory.join("peer");
    let python = environment.join("bin").join("python");
    if !is_installed(&python, module) {
        workspace::finish(Command::new("python3").args(["-m", "venv"]).arg(&environment))?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        workspace::finish(Command::new(&python).args(pip).args(packages.split(' ')))?;
    }
    Ok(python)
}

fn is_installed(python: &Path, module: &str) -> bool {
    let mut import = Command::new(python);
    import.args(["-c", &format!("import {module}")]).stdout(Stdio::null()).stderr(Stdio::null());
    import.status().is_ok_and(|status| status.success())
}

/// Runs the report with the peer.
pub(super) fn exposure(python: &Path, access: &Access, directory: &Path) -> Result<Report> {
    let mut command = Command::new(python);
    command
        .arg(workspace::root().join(SCRIPT))
        .arg(&access.url)
        .arg(access.org_id.to_string())
        .arg(directory.join("peer.csv"))
        .env("TOKEN", &access.token)
        .stdin(Stdio::null());
    Ok(serde_json::from_str(&workspace::output(&mut command)?)?)
}
