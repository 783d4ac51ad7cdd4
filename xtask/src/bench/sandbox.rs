//! A sandbox server in a process of its own, with its management.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use serde::{Deserialize, de::DeserializeOwned};

use crate::workspace::Result;

/// A running server. It ends with the value.
pub(super) struct Sandbox {
    process: Child,
    pub(super) access: Access,
}

/// What the server says when it is ready.
#[derive(Deserialize)]
pub(super) struct Access {
    pub(super) url: String,
    pub(super) token: String,
    pub(super) org_id: u64,
    management_url: String,
}

/// What was asked of the server since the last reset.
#[derive(Deserialize)]
pub(super) struct Stats {
    /// All requests, refused ones too.
    pub(super) requests: u64,
    /// Requests answered with 429.
    pub(super) refused: u64,
}

/// What the organisation holds.
#[derive(Deserialize)]
pub(super) struct State {
    pub(super) users: u64,
    pub(super) resources: u64,
    pub(super) accesses: u64,
}

impl Sandbox {
    /// Starts a server and waits until it is ready.
    pub(super) fn start(program: &Path, options: &[String]) -> Result<Self> {
        let mut process = Command::new(program)
            .args(["sandbox", "serve", "--port", "0"])
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut line = String::new();
        if let Some(stdout) = process.stdout.take() {
            BufReader::new(stdout).read_line(&mut line)?;
        }
        match serde_json::from_str(&line) {
            Ok(access) => Ok(Self { process, access }),
            Err(error) => {
                end(&mut process);
                Err(format!("orglib sandbox serve {} did not become ready: {error}", options.join(" "))
                    .into())
            }
        }
    }

    /// Forgets what was asked so far.
    pub(super) fn reset(&self) -> Result {
        self.set("reset", "")
    }

    /// Changes how long each answer takes.
    pub(super) fn set_latency(&self, latency: Duration) -> Result {
        self.set("latency", &latency.as_millis().to_string())
    }

    /// What was asked since the last reset.
    pub(super) fn stats(&self) -> Result<Stats> {
        self.read("stats")
    }

    /// What the organisation holds.
    pub(super) fn state(&self) -> Result<State> {
        self.read("state")
    }

    fn set(&self, what: &str, value: &str) -> Result {
        ureq::post(self.management(what)).send(value)?;
        Ok(())
    }

    fn read<T: DeserializeOwned>(&self, what: &str) -> Result<T> {
        Ok(ureq::get(self.management(what)).call()?.body_mut().read_json()?)
    }

    fn management(&self, what: &str) -> String {
        format!("{}/{what}", self.access.management_url.trim_end_matches('/'))
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        end(&mut self.process);
    }
}

fn end(process: &mut Child) {
    // It may have ended by itself; there is nothing left to do then.
    let _ = process.kill();
    let _ = process.wait();
}
