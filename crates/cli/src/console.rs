//! What is said to people, on stderr.

use std::io::{self, IsTerminal, Write};

use crate::failure::{Failure, one_line};

/// Says one line. A stderr that nobody reads is no reason to fail.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", one_line(line));
}

/// Says why the command failed, as text or as a JSON object.
pub(crate) fn report(failure: &Failure, as_json: bool) {
    if as_json {
        let _ = writeln!(io::stderr().lock(), "{}", failure.to_json());
    } else {
        say(&format!("orglib: {failure}"));
    }
}

/// Runs what may wait for somebody: standard input, a pipe. A signal still ends the program meanwhile.
#[allow(clippy::disallowed_methods, reason = "the program may spawn; the libraries below it do not")]
pub(crate) async fn waiting<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> Result<T, Failure> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Failure::other(format!("a part of the program failed: {error}")))?
}

/// Asks whether to go on; off a terminal it takes `--yes`.
pub(crate) async fn confirm(question: &str, yes: bool) -> Result<(), Failure> {
    if yes {
        return Ok(());
    }
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Err(Failure::usage(format!("{question} Give --yes to do so without being asked")));
    }
    let _ = write!(io::stderr().lock(), "{} [y/N] ", one_line(question));
    let answer = waiting(|| {
        let mut answer = String::new();
        let read = io::stdin().read_line(&mut answer);
        read.map(|_| answer).map_err(|error| Failure::other(format!("no answer: {error}")))
    })
    .await?;
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Failure::usage("not confirmed; nothing was sent")),
    }
}
