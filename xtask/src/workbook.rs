//! `cargo xtask workbook`: what a program of others makes of a workbook.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use serde::Deserialize;

use crate::{
    bench::environment,
    workspace::{self, Result, cargo, finish},
};

const PACKAGE: &str = "openpyxl==3.1.5";
const SCRIPT: &str = "xtask/foreign/open_workbook.py";

/// What is in a workbook.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    pub(crate) sheets: Vec<String>,
    /// Rows of the tables, without their headers.
    pub(crate) rows: u64,
    pub(crate) formulas: u64,
    pub(crate) times: u64,
    pub(crate) columns: Vec<String>,
    /// The second cells of the first rows.
    texts: Vec<String>,
}

/// Opens the example's workbook of hostile names; where there is no Python, or no way to PyPI, says that it did not.
pub(crate) fn run() -> Result {
    let folder = workspace::metadata()?.target_directory.into_std_path_buf().join("workbook");
    std::fs::create_dir_all(&folder)?;
    let works = Command::new("python3").args(["-c", "import venv, ensurepip"]).stderr(Stdio::null()).status();
    if !works.is_ok_and(|status| status.success()) {
        println!("NOT RUN: python3 with venv is not there");
        return Ok(());
    }
    let Ok(python) = environment(&folder, "openpyxl", PACKAGE) else {
        println!("NOT RUN: {PACKAGE} could not be installed");
        return Ok(());
    };
    let example = ["run", "--quiet", "--package", "orglib-report", "--example", "pages", "--"];
    finish(cargo(example).arg(&folder))?;
    let seen = open(&python, &folder.join("hostile.xlsx"))?;
    println!(
        "{} rows, {} times, {} formulas, sheets {:?}",
        seen.rows, seen.times, seen.formulas, seen.sheets
    );
    let is_right = seen.formulas == 0
        && seen.sheets == ["Summary", "Exposure", "Not read"]
        && seen.times == seen.rows
        && seen.texts.iter().any(|text| text == "=cmd|' /C calc'!A0")
        && seen.texts.iter().any(|text| text.contains("</script>"));
    if is_right { Ok(()) } else { Err(format!("the workbook is not what was written: {seen:?}").into()) }
}

/// Opens a workbook with openpyxl.
pub(crate) fn open(python: &Path, file: &Path) -> Result<Seen> {
    let mut command = Command::new(python);
    command.arg(workspace::root().join(SCRIPT)).arg(file).stdin(Stdio::null());
    Ok(serde_json::from_str(&workspace::output(&mut command)?)?)
}

/// A Python that has openpyxl.
pub(crate) fn python(folder: &Path) -> Result<std::path::PathBuf> {
    environment(folder, "openpyxl", PACKAGE)
}
