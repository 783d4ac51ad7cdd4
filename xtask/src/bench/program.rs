//! Runs of the program, watched from outside.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::sandbox::Access;
use crate::workspace::{self, Result};

/// Builds the program for release and gives its path.
pub(super) fn build() -> Result<PathBuf> {
    workspace::finish(&mut workspace::cargo(["build", "--release", "--package", "orglib-cli"]))?;
    let target = workspace::metadata()?.target_directory.into_std_path_buf();
    Ok(target.join("release").join(format!("orglib{}", std::env::consts::EXE_SUFFIX)))
}

/// One run of the report.
pub(super) struct Run {
    pub(super) wall: Duration,
    /// Lines of the report but its header.
    pub(super) rows: u64,
    /// People and resources that could not be read.
    pub(super) failed: u64,
    /// The most memory that was resident, where the system tells it.
    pub(super) peak_bytes: Option<u64>,
}

/// Runs the report against a server and writes it as CSV into `directory`.
pub(super) fn exposure(program: &Path, access: &Access, directory: &Path, options: &[&str]) -> Result<Run> {
    let (report, errors) = (directory.join("exposure.csv"), directory.join("errors.csv"));
    for file in [&report, &errors] {
        let _ = fs::remove_file(file);
    }
    let mut command = Command::new(program);
    command.args(["exposure", "--format", "csv", "--quiet", "--output"]).arg(&report);
    command.arg("--errors").arg(&errors).args(options);
    environment(&mut command, access, directory);
    let start = Instant::now();
    let (status, peak_bytes) = watch(command.spawn()?)?;
    let wall = start.elapsed();
    // A report that is done in part is measured, and its failed rows are counted.
    if !status.success() && status.code() != Some(7) {
        return Err(format!("{}: {status}", workspace::describe(&command)).into());
    }
    Ok(Run {
        wall,
        rows: rows(&report)?,
        failed: if errors.exists() { rows(&errors)? } else { 0 },
        peak_bytes,
    })
}

/// Nothing of the caller's own settings reaches the program, only the way to the server.
pub(super) fn environment(command: &mut Command, access: &Access, directory: &Path) {
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("ORGLIB_")) {
        command.env_remove(name);
    }
    command
        .env("ORGLIB_API360_URL", &access.url)
        .env("ORGLIB_CLOUD_URL", &access.url)
        .env("ORGLIB_TOKEN", &access.token)
        .env("ORGLIB_ORG_ID", access.org_id.to_string())
        .env("ORGLIB_CONFIG_DIR", directory)
        .stdin(Stdio::null());
}

/// Waits for the end of a process and looks at its memory meanwhile.
pub(super) fn watch(mut process: Child) -> Result<(ExitStatus, Option<u64>)> {
    let status_file = PathBuf::from(format!("/proc/{}/status", process.id()));
    let mut peak = None;
    loop {
        if let Some(now) = fs::read_to_string(&status_file).ok().and_then(|text| peak_of(&text)) {
            peak = Some(now);
        }
        if let Some(status) = process.try_wait()? {
            return Ok((status, peak));
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// The high-water mark of resident memory, which the kernel keeps in kilobytes.
fn peak_of(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
}

/// Lines but the header. Names with line breaks do not occur in the sandbox.
fn rows(file: &Path) -> Result<u64> {
    let text = fs::read(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let lines = text.iter().filter(|byte| **byte == b'\n').count() as u64;
    Ok(lines.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read_from_what_the_kernel_shows() {
        assert_eq!(peak_of("VmPeak:\t  900 kB\nVmHWM:\t   42 kB\nVmRSS:\t 7 kB\n"), Some(42 * 1024));
        assert_eq!(peak_of("State:\tZ (zombie)\n"), None);
    }
}
