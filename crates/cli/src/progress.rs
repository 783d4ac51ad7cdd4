//! The progress bar of long jobs.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::console;

/// A bar on stderr, where that is a terminal and the rows do not go there too.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn new(total: usize, quiet: bool, rows_on_terminal: bool) -> Self {
        if quiet || rows_on_terminal || !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} employees, {elapsed}") {
            bar.set_style(style);
        }
        Self(bar)
    }

    pub(crate) fn advance(&self) {
        self.0.inc(1);
    }

    /// Says a line beside the bar.
    pub(crate) fn say(&self, line: &str) {
        self.0.suspend(|| console::say(line));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
