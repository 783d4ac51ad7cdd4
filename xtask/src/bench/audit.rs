//! A million audit events: what memory a stream of them takes.

use serde::Deserialize;

use super::figures::{Figure, table};
use crate::workspace::{self, Result};

/// The most that the stream may take over the idle program.
const MOST: u64 = 60_000_000;

/// What the example prints.
#[derive(Deserialize)]
struct Measured {
    events: u64,
    idle_bytes: u64,
    peak_bytes: u64,
    seconds: f64,
}

/// Runs the example, prints the table, and fails where the bound does not hold.
pub(super) fn run() -> Result {
    let arguments = ["run", "--release", "--quiet", "--package", "orglib-audit", "--example", "million"];
    let measured: Measured = serde_json::from_str(&workspace::output(&mut workspace::cargo(arguments))?)?;
    let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
    let over = measured.peak_bytes.saturating_sub(measured.idle_bytes);
    let memory = Figure::bound(
        "peak memory over the idle program",
        megabytes(over),
        format!("at most {}", megabytes(MOST)),
        over <= MOST && measured.idle_bytes > 0,
    );
    let holds = memory.holds();
    let figures = [
        Figure::told("audit events read", measured.events.to_string()),
        Figure::told("idle memory", megabytes(measured.idle_bytes)),
        memory,
        Figure::told("time", format!("{:.1} s", measured.seconds)),
    ];
    println!("{}", table(&figures));
    if holds { Ok(()) } else { Err("the bound on memory does not hold".into()) }
}
