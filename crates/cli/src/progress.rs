//! The progress bar of long jobs.

use std::{
    collections::VecDeque,
    fmt::Write,
    io::{self, IsTerminal},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use orglib::{Client, transport::Activity};

use crate::console;

/// How often the bar is drawn, whether anybody is done or not.
const TICK: Duration = Duration::from_millis(250);
/// Over how long the requests a second are counted.
const WINDOW: Duration = Duration::from_secs(5);

/// A bar on stderr, where that is a terminal and the rows do not go there too. It moves with the requests: a person with
/// a thousand shares is no standstill.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn new(total: usize, of: &str, quiet: bool, rows_on_terminal: bool, client: &Client) -> Self {
        if quiet || rows_on_terminal || !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(total as u64), ProgressDrawTarget::stderr());
        if let Ok(style) =
            ProgressStyle::with_template(&format!("{{bar:20}} {{pos}} of {{len}} {of}, {{requests}}"))
        {
            let (client, pace) = (client.clone(), Arc::new(Mutex::new(Pace::default())));
            let requests = move |_: &ProgressState, to: &mut dyn Write| {
                let attempts = client.stats().attempts;
                let mut pace = pace.lock().unwrap_or_else(PoisonError::into_inner);
                let rate = pace.of(client.clock().monotonic(), attempts);
                // A line that cannot be drawn is no reason to fail.
                let _ = to.write_str(&line(attempts, rate, &client.activity()));
            };
            bar.set_style(style.with_key("requests", requests));
        }
        bar.enable_steady_tick(TICK);
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

/// The requests of the last seconds.
#[derive(Debug, Default)]
struct Pace(VecDeque<(Duration, u64)>);

impl Pace {
    /// Requests a second up to now, when so many were sent.
    fn of(&mut self, now: Duration, attempts: u64) -> f64 {
        self.0.push_back((now, attempts));
        while self.0.front().is_some_and(|(time, _)| now.saturating_sub(*time) > WINDOW) {
            self.0.pop_front();
        }
        let Some((since, before)) = self.0.front() else { return 0.0 };
        let seconds = now.saturating_sub(*since).as_secs_f64();
        if seconds > 0.0 { attempts.saturating_sub(*before) as f64 / seconds } else { 0.0 }
    }
}

/// What is going on, and what is waited for.
fn line(attempts: u64, rate: f64, activity: &Activity) -> String {
    let waits = match activity {
        Activity { pause: Some(pause), .. } => {
            format!("; paused by the service for {} s", pause.as_secs_f64().ceil())
        }
        Activity { waiting, rate: Some(held), in_flight, .. } if *waiting > 0 && *in_flight == 0 => {
            format!("; {waiting} wait for the rate of {held:.1}/s")
        }
        Activity { waiting, .. } if *waiting > 0 => format!("; {waiting} wait their turn"),
        _ => String::new(),
    };
    format!("{attempts} requests, {rate:.0}/s{waits}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity(change: impl FnOnce(&mut Activity)) -> Activity {
        let mut activity = Activity::default();
        change(&mut activity);
        activity
    }

    #[test]
    fn the_line_says_what_is_waited_for() {
        for (activity, expected) in [
            (activity(|_| {}), "120 requests, 40/s"),
            (
                activity(|now| now.pause = Some(Duration::from_millis(11_200))),
                "120 requests, 40/s; paused by the service for 12 s",
            ),
            (
                activity(|now| (now.waiting, now.rate) = (3, Some(2.0))),
                "120 requests, 40/s; 3 wait for the rate of 2.0/s",
            ),
            (activity(|now| (now.waiting, now.in_flight) = (3, 16)), "120 requests, 40/s; 3 wait their turn"),
        ] {
            assert_eq!(line(120, 39.7, &activity), expected);
        }
    }

    #[test]
    fn the_pace_is_that_of_the_last_seconds() {
        let mut pace = Pace::default();
        let at = Duration::from_secs;
        assert_eq!(pace.of(at(1), 0), 0.0);
        assert_eq!(pace.of(at(3), 80), 40.0);
        assert_eq!(pace.of(at(60), 100), 0.0, "long ago is not now");
        assert_eq!(pace.of(at(62), 120), 10.0);
    }
}
