//! Counts of what was sent.

use std::sync::atomic::{AtomicU64, Ordering};

/// What a [`Stack`](crate::Stack) sent so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// Calls begun.
    pub calls: u64,
    /// Requests sent: first attempts, repeated ones and replays after a 401.
    pub attempts: u64,
    /// Attempts that repeated a failed one.
    pub retries: u64,
    /// Answers with status 429.
    pub throttled: u64,
}

/// What the requests of a [`Stack`](crate::Stack) do at the moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Activity {
    /// Requests under way, with whatever credentials.
    pub in_flight: u64,
    /// Calls that wait for the rate or for a place, with whatever credentials.
    pub waiting: u64,
    /// What is left of the longest pause that a service asked for.
    pub pause: Option<std::time::Duration>,
    /// The slowest rate that is held to, fixed or learned, in requests a second.
    pub rate: Option<f64>,
}

#[derive(Debug, Default)]
pub(crate) struct Counters {
    calls: AtomicU64,
    attempts: AtomicU64,
    retries: AtomicU64,
    throttled: AtomicU64,
}

impl Counters {
    pub(crate) fn call(&self) {
        self.calls.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn attempt(&self) {
        self.attempts.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn retry(&self) {
        self.retries.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn throttled(&self) {
        self.throttled.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn snapshot(&self) -> Stats {
        Stats {
            calls: self.calls.load(Ordering::Relaxed),
            attempts: self.attempts.load(Ordering::Relaxed),
            retries: self.retries.load(Ordering::Relaxed),
            throttled: self.throttled.load(Ordering::Relaxed),
        }
    }
}
