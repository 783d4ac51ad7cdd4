//! `cargo xtask invariants`: what the architecture promises, checked from the dependency graph and the sources.
//!
//! Each checker takes plain data and gives findings, one line each; an empty list means that the invariant holds.

mod graph;
mod machine;
mod signatures;
mod sources;
mod tables;

pub(crate) use self::graph::network_without_features;

use crate::workspace::{self, Result};

/// One line that says what breaks an invariant and where.
type Findings = Vec<String>;

/// Checks all invariants and fails with every finding.
pub(crate) fn run() -> Result {
    let metadata = workspace::metadata()?;
    let members = graph::members(&metadata)?;
    let mut findings = Findings::new();
    let mut report = |what: &str, found: Findings| {
        println!("{:4}  {what}", if found.is_empty() { "ok" } else { "FAIL" });
        findings.extend(found);
    };

    report(
        "models depends on serde, JSON values and its crates of times and domain names only",
        graph::models(&members),
    );
    report(
        "a service with a transport of the caller's own has no HTTP client and no TLS",
        graph::network(&members)?,
    );
    report("dependencies point down the layers", graph::arrows(&members));
    report("the sandbox knows neither models, core nor services", graph::sandbox(&members));

    let (mut surface, mut names, mut lengths, mut unfinished, mut unlisted) = Default::default();
    for member in &members {
        let files = workspace::sources(&format!("{}/src", member.directory))?;
        if member.library {
            signatures::check(&files, &member.unstable_dependencies(), &mut surface);
        }
        sources::network_names(&member.name, &files, &mut names);
        sources::lengths(&files, &mut lengths);
        sources::unfinished(&files, &mut unfinished);
        tables::unlisted(&files, &mut unlisted);
    }
    let own = workspace::sources("xtask/src")?;
    sources::lengths(&own, &mut lengths);
    sources::unfinished(&own, &mut unfinished);
    report("no public signature names a crate of version 0.x", surface);
    report("only the transport names the HTTP client and TLS", names);
    report("no source file is longer than one room", lengths);
    report("nothing is left unfinished", unfinished);
    report("every operation stands in the table of its crate", unlisted);
    report("no path of a machine stands in a file", machine::check()?);

    if findings.is_empty() {
        return Ok(());
    }
    Err(format!("{} broken:\n  {}", findings.len(), findings.join("\n  ")).into())
}
