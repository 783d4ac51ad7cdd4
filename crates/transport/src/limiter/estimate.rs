//! What a refusal says about the server's limit.

use std::collections::VecDeque;

/// How many of the latest departures an epoch remembers.
const REMEMBERED: usize = 2048;

/// How many requests an epoch must have to say something about the bucket's depth.
const ENOUGH: u64 = 100;

/// The shortest time that a count is divided by, in seconds.
const INSTANT: f64 = 0.001;

/// What left between two refusals. Times are in seconds of the clock.
#[derive(Clone, Debug, Default)]
pub(super) struct Departures {
    times: VecDeque<f64>,
    count: u64,
}

impl Departures {
    pub(super) fn push(&mut self, time: f64) {
        if self.times.len() == REMEMBERED {
            self.times.pop_front();
        }
        self.times.push_back(time);
        self.count += 1;
    }

    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn last(&self) -> Option<f64> {
        self.times.back().copied()
    }
}

/// What one epoch says about the limit, in requests per second.
#[derive(Clone, Copy, Debug)]
pub(super) struct Estimate {
    /// No less than this was taken over the whole cycle, its pause included.
    pub(super) at_least: f64,
    /// The likely limit.
    pub(super) likely: f64,
}

/// Finds a server's limit from what it took between its refusals.
///
/// The model is a token bucket, empty at each refusal. With the bucket's depth known, the requests that left in
/// the last `t` seconds before a refusal are at most `depth + limit * t`, with equality for the time since the
/// bucket was last full; so the limit is the largest `(count - depth) / t` over all `t`. The depth is what was
/// taken at once before there was any rate. A server that counts in fixed windows has a deep bucket and a long
/// pause: there the count over the whole cycle, which no limit can be below, decides.
#[derive(Debug, Default)]
pub(super) struct Estimator {
    burst: Option<Burst>,
    depth: f64,
    last_refusal: f64,
}

#[derive(Debug)]
struct Burst {
    accepted: f64,
    lasted: f64,
}

impl Estimator {
    /// Takes in what was taken before the first refusal, `began` and `refused` being when the first request and
    /// the refused one left.
    pub(super) fn burst(&mut self, accepted: u64, began: f64, refused: f64) {
        self.burst = Some(Burst { accepted: accepted as f64, lasted: refused - began });
        self.last_refusal = refused;
    }

    /// Adds a request of the burst whose answer came after the refusal.
    pub(super) fn burst_grew(&mut self) {
        if let Some(burst) = &mut self.burst {
            burst.accepted += 1.0;
        }
    }

    /// Takes in a later epoch, ended by the refusal of the request that left at `refused`. `unsent` of its
    /// departures did not reach the server.
    pub(super) fn estimate(&mut self, epoch: &Departures, unsent: u64, refused: f64) -> Estimate {
        let times: Vec<f64> = epoch.times.iter().copied().filter(|time| *time < refused).collect();
        let reached = 1.0 - unsent as f64 / epoch.count.max(1) as f64;
        let whole = (refused - self.last_refusal).max(INSTANT);
        self.last_refusal = refused;
        let departed = epoch.count - (epoch.times.len() - times.len()) as u64;
        let at_least = departed as f64 * reached / whole;

        // The refused request counts too: on average the bucket was not empty but short of a whole token.
        let ages = || times.iter().rev().map(|time| (refused - time).max(INSTANT)).zip(2_u32..);
        let limit_for = |depth: f64| {
            ages().map(|(age, count)| (f64::from(count) * reached - depth) / age).fold(at_least, f64::max)
        };
        if let Some(burst) = self.burst.take() {
            let rough = limit_for(burst.accepted);
            self.depth = (burst.accepted - rough * burst.lasted).max(0.0);
        }
        let likely = limit_for(self.depth);
        if departed >= ENOUGH {
            let taken_at_once = |(age, count)| f64::from(count) * reached - likely * age;
            self.depth = self.depth.min(ages().map(taken_at_once).fold(0.0, f64::max));
        }
        Estimate { at_least, likely }
    }
}
