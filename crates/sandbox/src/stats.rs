//! What has been asked of a sandbox.

use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::Serialize;

/// What has been asked of a sandbox since it was built or its counters were reset.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Stats {
    /// All requests, refused and faulty ones too.
    pub requests: u64,
    /// Requests that the rate limit refused with 429.
    pub refused: u64,
    /// Requests that an injected fault hit; refused ones are not among them.
    pub faults: u64,
    /// The same by operation id; `unknown` counts requests to no known path.
    pub operations: BTreeMap<String, OperationStats>,
}

impl Stats {
    /// How many requests of one operation came, refused and faulty ones too.
    pub fn requests_of(&self, operation: &str) -> u64 {
        self.operations.get(operation).map_or(0, |stats| stats.requests)
    }
}

/// What has been asked of one operation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct OperationStats {
    /// All requests, refused and faulty ones too.
    pub requests: u64,
    /// Requests that the rate limit refused.
    pub refused: u64,
    /// Requests that an injected fault hit.
    pub faults: u64,
}

/// The counters while they count.
#[derive(Debug, Default)]
pub(crate) struct Counters(Mutex<Counted>);

#[derive(Debug, Default)]
struct Counted {
    /// All requests ever; a reset does not touch it, so that no request id comes twice.
    ever: u64,
    operations: BTreeMap<&'static str, OperationStats>,
}

impl Counters {
    /// Counts a request and gives its number.
    pub(crate) fn request(&self, operation: &'static str) -> u64 {
        let mut counted = self.lock();
        counted.operations.entry(operation).or_default().requests += 1;
        counted.ever += 1;
        counted.ever
    }

    pub(crate) fn refused(&self, operation: &'static str) {
        self.lock().operations.entry(operation).or_default().refused += 1;
    }

    pub(crate) fn fault(&self, operation: &'static str) {
        self.lock().operations.entry(operation).or_default().faults += 1;
    }

    pub(crate) fn reset(&self) {
        self.lock().operations.clear();
    }

    pub(crate) fn snapshot(&self) -> Stats {
        let mut stats = Stats::default();
        for (operation, counted) in &self.lock().operations {
            stats.requests += counted.requests;
            stats.refused += counted.refused;
            stats.faults += counted.faults;
            stats.operations.insert((*operation).to_owned(), counted.clone());
        }
        stats
    }

    fn lock(&self) -> MutexGuard<'_, Counted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
