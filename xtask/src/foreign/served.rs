//! A sandbox server in a process of its own.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use crate::workspace::{self, Result};

/// What tells our program where the services are.
const ADDRESSES: [&str; 5] =
    ["ORGLIB_API360_URL", "ORGLIB_CLOUD_URL", "ORGLIB_OAUTH_URL", "ORGLIB_LOGIN_URL", "ORGLIB_CODE42_URL"];

/// A running server. It ends with the value.
pub(super) struct Served {
    process: Child,
    program: PathBuf,
    /// What the server says when it is ready.
    pub(super) ready: Value,
}

impl Served {
    /// Starts a server and waits until it is ready.
    pub(super) fn start(program: &Path) -> Result<Self> {
        let mut process = Command::new(program)
            .args(["sandbox", "serve", "--port", "0", "--users", "50"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        let served = Self {
            process,
            program: program.to_owned(),
            ready: serde_json::from_str(&line).unwrap_or_default(),
        };
        if served.ready["ready"] == true {
            Ok(served)
        } else {
            Err("orglib sandbox serve did not become ready".into())
        }
    }

    /// Runs a script of ours with the Python that has their client, and reads the JSON that it prints. The variables are
    /// named with where the server tells their values.
    pub(super) fn script(
        &self,
        python: &Path,
        script: &str,
        arguments: &[&str],
        variables: &[(&str, &str)],
    ) -> Result<Value> {
        let mut command = Command::new(python);
        command.arg(workspace::root().join(script)).arg(self.text("/url")).args(arguments);
        command.envs(variables.iter().map(|(name, pointer)| (name, self.text(pointer))));
        Ok(serde_json::from_str(&workspace::output(command.stdin(Stdio::null()))?)?)
    }

    /// Runs our program and reads the JSON that it prints.
    pub(super) fn read<S: AsRef<str>>(&self, arguments: &[S], variables: &[(&str, &str)]) -> Result<Value> {
        let mut command = Command::new(&self.program);
        command.args(arguments.iter().map(S::as_ref)).args(["--format", "json"]).stdin(Stdio::null());
        command.env("ORGLIB_CONFIG_DIR", workspace::root().join("target/foreign"));
        command.envs(ADDRESSES.map(|name| (name, self.text("/url"))));
        command.envs(variables.iter().map(|(name, pointer)| (name, self.text(pointer))));
        Ok(serde_json::from_str(&workspace::output(&mut command)?)?)
    }

    /// A text of what the server said, by its JSON pointer.
    pub(super) fn text(&self, pointer: &str) -> &str {
        self.ready.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing left to do then.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
