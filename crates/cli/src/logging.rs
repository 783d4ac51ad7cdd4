//! What `-v` shows, on stderr.

use std::io::{self, IsTerminal};

use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use crate::environment;

/// Where each call is told, with its operation and how it ended; what else is told concerns the attempts.
const CALLS: &str = "orglib_transport::layers::call";

/// Shows what the libraries tell: the calls, or with a second `-v` their attempts and pauses too. Only orglib's own words are shown, since those of the HTTP client beneath are not
/// redacted.
pub(crate) fn start(verbosity: u8) {
    let target = match verbosity {
        0 => return,
        1 => CALLS,
        _ => "orglib",
    };
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal() && environment::wants_colour());
    let filter = Targets::new().with_target(target, tracing::Level::DEBUG);
    let _ = tracing_subscriber::registry().with(lines).with(filter).try_init();
}
