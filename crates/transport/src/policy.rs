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

/// Requests per second: above zero and finite.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Rate(f64);

impl Rate {
    /// A rate of so many requests per second. Fails unless it is above zero and finite.
    pub fn per_second(requests: f64) -> Result<Self, InvalidRate> {
        if requests.is_finite() && requests > 0.0 { Ok(Self(requests)) } else { Err(InvalidRate(requests)) }
    }

    /// Requests per second.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// A rate that is not above zero or not finite.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{0} requests per second is no rate: give a number above 0")]
pub struct InvalidRate(f64);
