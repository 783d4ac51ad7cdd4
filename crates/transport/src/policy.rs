//! How attempts are repeated, and how fast they are sent.

use std::{num::NonZeroU32, time::Duration};

/// How failed attempts are repeated. The matrix of what is repeated at all is fixed; see the crate's page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    pub(crate) attempts: NonZeroU32,
    pub(crate) base: Duration,
    pub(crate) cap: Duration,
    pub(crate) budget: u32,
}

impl RetryPolicy {
    /// The defaults: 5 attempts, exponential from 500 ms, one wait at most 30 s, a budget of 100.
    pub fn new() -> Self {
        Self {
            attempts: NonZeroU32::MIN.saturating_add(4),
            base: Duration::from_millis(500),
            cap: Duration::from_secs(30),
            budget: 100,
        }
    }

    /// One attempt, never repeated.
    pub fn never() -> Self {
        Self { attempts: NonZeroU32::MIN, ..Self::new() }
    }

    /// How many attempts one call may make, the first included. Default: 5.
    #[must_use]
    pub fn attempts(mut self, attempts: NonZeroU32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The bound of the first wait; it doubles with each attempt, and the wait is a random share of it.
    /// Default: 500 ms.
    #[must_use]
    pub fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The longest single wait. A server that asks for more ends the call at once. Default: 30 s.
    #[must_use]
    pub fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// How many repeated attempts all clones may make beyond what answered calls earn. Each repeated attempt
    /// takes one, each answered call gives one back, so up to half of all attempts may fail for ever, and a dead
    /// server soon gets each call once. Default: 100.
    #[must_use]
    pub fn budget(mut self, budget: u32) -> Self {
        self.budget = budget;
        self
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// How fast requests are sent, per host and rate class.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum RatePolicy {
    /// No limit until the server answers 429, then a rate that follows what it takes.
    #[default]
    Learned,
    /// A rate that never changes. A 429 still pauses the class for as long as the server asks.
    Fixed(Rate),
}

/// Requests per second: from 0.001 to 1,000,000.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Rate(f64);

impl Rate {
    /// The slowest rate: a request in about a quarter of an hour.
    pub const LEAST: f64 = 0.001;
    /// The fastest rate, which no network reaches.
    pub const MOST: f64 = 1_000_000.0;

    /// A rate of so many requests per second.
    ///
    /// # Errors
    /// Unless it is from [`LEAST`](Self::LEAST) to [`MOST`](Self::MOST).
    pub fn per_second(requests: f64) -> Result<Self, InvalidRate> {
        if (Self::LEAST..=Self::MOST).contains(&requests) {
            Ok(Self(requests))
        } else {
            Err(InvalidRate(requests))
        }
    }

    /// Requests per second.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// A rate that nothing can be held to.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0} requests per second is no rate: give a number from 0.001 to 1000000")]
pub struct InvalidRate(f64);
