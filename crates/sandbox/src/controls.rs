//! The limit on requests.

use std::time::Duration;

/// A limit on requests, as a token bucket. Requests past it are answered 429 with `Retry-After: 1`.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rate {
    /// How many requests a second are let through, in the long run.
    pub per_second: f64,
    /// How many requests are let through at once after a pause. At least 1.
    pub burst: f64,
}

impl Rate {
    /// A limit with a burst of a fifth of a second's worth, and of one request at least. A limit that is not
    /// above zero lets one burst through and nothing after it.
    pub fn new(per_second: f64) -> Self {
        Self { per_second: per_second.max(0.0), burst: (per_second / 5.0).max(1.0) }
    }

    /// Replaces the burst.
    #[must_use]
    pub fn with_burst(mut self, burst: f64) -> Self {
        self.burst = burst.max(1.0);
        self
    }
}

/// The bucket behind a [`Rate`].
#[derive(Debug)]
pub(crate) struct Bucket {
    rate: Rate,
    tokens: f64,
    filled_at: Duration,
}

impl Bucket {
    pub(crate) fn full(rate: Rate, now: Duration) -> Self {
        Self { rate, tokens: rate.burst, filled_at: now }
    }

    pub(crate) fn rate(&self) -> Rate {
        self.rate
    }

    /// Takes one token, if there is one.
    pub(crate) fn take(&mut self, now: Duration) -> bool {
        let elapsed = now.saturating_sub(self.filled_at).as_secs_f64();
        self.tokens = (self.tokens + elapsed * self.rate.per_second).min(self.rate.burst);
        self.filled_at = now.max(self.filled_at);
        let enough = self.tokens >= 1.0;
        if enough {
            self.tokens -= 1.0;
        }
        enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_lets_its_burst_through_and_then_its_rate() {
        let mut bucket = Bucket::full(Rate::new(40.0), Duration::ZERO);
        let at_once = (0..20).filter(|_| bucket.take(Duration::ZERO)).count();
        assert_eq!(at_once, 8);
        let second = (1..=1000).filter(|ms| bucket.take(Duration::from_millis(*ms))).count();
        assert!((39..=40).contains(&second), "{second}");
    }

    #[test]
    fn a_burst_is_never_below_one() {
        assert_eq!(Rate::new(1.0).burst, 1.0);
        assert_eq!(Rate::new(40.0).with_burst(0.0).burst, 1.0);
    }
}
