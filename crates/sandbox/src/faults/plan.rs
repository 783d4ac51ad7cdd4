//! Which request fails, and how.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::{FaultKind, Faults};
use crate::exchange::mix;

/// Remembers how often each request came, and decides.
#[derive(Debug)]
pub(crate) struct Plan {
    seed: u64,
    seen: Mutex<HashMap<u64, Seen>>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    times: u32,
    failed_in_a_row: u32,
}

impl Plan {
    pub(crate) fn new(seed: u64) -> Self {
        Self { seed: mix(seed), seen: Mutex::default() }
    }

    /// The fault for one more sending of the request with this fingerprint.
    pub(crate) fn next(&self, faults: &Faults, fingerprint: u64) -> Option<FaultKind> {
        if faults.share <= 0.0 || faults.kinds.is_empty() {
            return None;
        }
        let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = all.entry(fingerprint).or_default();
        let dice = mix(self.seed ^ mix(fingerprint ^ u64::from(seen.times)));
        seen.times = seen.times.wrapping_add(1);
        if seen.failed_in_a_row >= faults.in_a_row || unit(dice) >= faults.share {
            seen.failed_in_a_row = 0;
            return None;
        }
        let kind = faults.kinds[(mix(dice) % faults.kinds.len() as u64) as usize];
        seen.failed_in_a_row = if kind == FaultKind::Late { 0 } else { seen.failed_in_a_row + 1 };
        Some(kind)
    }

    pub(crate) fn reset(&self) {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// The number as a fraction, at least 0 and below 1.
fn unit(value: u64) -> f64 {
    (value >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(seed: u64, order: impl Iterator<Item = u64>) -> HashMap<u64, Vec<Option<FaultKind>>> {
        let plan = Plan::new(seed);
        let faults = Faults::errors(0.25);
        let mut answers: HashMap<u64, Vec<_>> = HashMap::new();
        for request in order {
            answers.entry(request).or_default().push(plan.next(&faults, request));
        }
        answers
    }

    #[test]
    fn the_order_of_requests_does_not_change_which_of_them_fail() {
        let forward = run(7, (0..1000).chain(0..1000));
        let backward = run(7, (0..1000).rev().flat_map(|request| [request, request]));
        assert_eq!(forward, backward);
        assert_ne!(forward, run(8, (0..1000).chain(0..1000)));
    }

    #[test]
    fn about_the_wished_share_fails_and_every_kind_occurs() {
        let answers = run(7, 0..4000);
        let kinds: Vec<_> = answers.values().flatten().flatten().collect();
        assert!((900..1100).contains(&kinds.len()), "{}", kinds.len());
        for kind in Faults::errors(0.25).kinds {
            assert!(kinds.contains(&&kind), "{}", kind.name());
        }
    }

    #[test]
    fn a_request_fails_in_a_row_no_more_often_than_allowed() {
        let plan = Plan::new(7);
        let faults = Faults::errors(1.0);
        let answers: Vec<_> = (0..8).map(|_| plan.next(&faults, 1).is_some()).collect();
        assert_eq!(answers, [true, true, true, false, true, true, true, false]);
    }
}
