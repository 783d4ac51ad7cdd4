//! Reading answers, beside plain `serde_json`.

use serde::Deserialize;

use crate::workspace::{self, Result};

/// How many times as long as plain `serde_json` into structs reading may take.
const BOUND: f64 = 1.5;

#[derive(Deserialize)]
struct Figures {
    what: String,
    bytes: u64,
    ours_us: f64,
    plain_us: f64,
    ratio: f64,
}

/// Measures both in one process, and prints a Markdown table.
pub(super) fn run() -> Result {
    let arguments = ["run", "--quiet", "--release", "--package", "orglib-tests", "--example", "decode"];
    let output = workspace::output(&mut workspace::cargo(arguments))?;
    println!("| page | bytes | ours, µs | plain, µs | ratio |\n| --- | --- | --- | --- | --- |");
    let mut over = Vec::new();
    for line in output.lines() {
        let Figures { what, bytes, ours_us, plain_us, ratio } = serde_json::from_str(line)?;
        println!("| {what} | {bytes} | {ours_us:.0} | {plain_us:.0} | {ratio:.2} |");
        if ratio > BOUND {
            over.push(format!("{what}: {ratio:.2}"));
        }
    }
    match over.is_empty() {
        true => Ok(()),
        false => Err(format!("more than {BOUND} times plain serde_json: {}", over.join(", ")).into()),
    }
}
