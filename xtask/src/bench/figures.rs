//! What was measured, beside what was promised.

use std::{fmt::Write as _, time::Duration};

/// One line of the table.
pub(super) struct Figure {
    what: String,
    measured: String,
    bound: String,
    holds: bool,
}

impl Figure {
    /// A figure with the bound that it has to keep.
    pub(super) fn bound(
        what: impl Into<String>,
        measured: impl Into<String>,
        bound: impl Into<String>,
        holds: bool,
    ) -> Self {
        Self { what: what.into(), measured: measured.into(), bound: bound.into(), holds }
    }

    /// A figure that is told without a promise.
    pub(super) fn told(what: impl Into<String>, measured: impl Into<String>) -> Self {
        Self::bound(what, measured, "", true)
    }

    /// Whether the bound holds.
    pub(super) fn holds(&self) -> bool {
        self.holds
    }
}

/// The figures as a Markdown table.
pub(super) fn table(figures: &[Figure]) -> String {
    let mut text = String::from("| what | measured | bound |\n| --- | --- | --- |\n");
    for figure in figures {
        let mark = if figure.holds { "" } else { " **missed**" };
        // Writing to a String does not fail.
        let _ = writeln!(text, "| {} | {} | {}{mark} |", figure.what, figure.measured, figure.bound);
    }
    text
}

/// The most that a run may take whose only cost is its requests: a third more than perfect overlap, and a start.
pub(super) fn wall_bound(requests: u64, latency: Duration, concurrency: u32) -> Duration {
    let overlapped = latency.as_secs_f64() * requests as f64 / f64::from(concurrency);
    Duration::from_secs_f64(1.3 * overlapped + 0.3)
}

/// The middle one; of an even number, the later of the two in the middle. Zero where there is none.
pub(super) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// A part of a whole in percent; the whole of nothing is nothing.
pub(super) fn percent(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { 100.0 * part / whole } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_on_time_follows_requests_latency_and_concurrency() {
        let bound = wall_bound(1_200, Duration::from_millis(30), 32);
        assert!((bound.as_secs_f64() - 1.7625).abs() < 1e-9, "{bound:?}");
    }

    #[test]
    fn the_median_does_not_depend_on_the_order() {
        let times = [3, 1, 9].map(Duration::from_secs).to_vec();
        assert_eq!(median(times), Duration::from_secs(3));
        assert_eq!(median(Vec::new()), Duration::ZERO);
    }

    #[test]
    fn a_missed_bound_is_marked_in_the_table() {
        let figures = [
            Figure::bound("requests", "1201", "1201", true),
            Figure::bound("peak memory", "130 MB", "at most 120 MB", false),
            Figure::told("rows", "7"),
        ];
        assert_eq!(
            table(&figures),
            "| what | measured | bound |\n| --- | --- | --- |\n| requests | 1201 | 1201 |\n\
             | peak memory | 130 MB | at most 120 MB **missed** |\n| rows | 7 |  |\n"
        );
    }
}
