//! What `-v` shows, on stderr.

use std::io::{self, IsTerminal};

use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use crate::environment;

/// Shows what the libraries tell. Only orglib's own words are shown, since those of the HTTP client beneath are not
/// redacted.
pub(crate) fn start(verbosity: u8) {
    let level = match verbosity {
        0 => return,
        1 => tracing::Level::INFO,
        _ => tracing::Level::DEBUG,
    };
    let lines = tracing_subscriber::fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal() && environment::wants_colour());
    let filter = Targets::new().with_target("orglib", level);
    let _ = tracing_subscriber::registry().with(lines).with(filter).try_init();
}
