//! A sandbox server in a process of its own.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use serde_json::Value;

use crate::workspace::Result;

/// A running server. It ends with the value.
pub(super) struct Served {
    process: Child,
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
        let served = Self { process, ready: serde_json::from_str(&line).unwrap_or_default() };
        if served.ready["ready"] == true {
            Ok(served)
        } else {
            Err("orglib sandbox serve did not become ready".into())
        }
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
