//! What the layers of one call tell each other.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, AtomicU32, Ordering},
};

use crate::{Response, TransportError};

/// How far a call has come; the deadline asks when it cuts the call off. Not part of what a request is, so any two
/// are equal.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress(Option<Arc<State>>);

#[derive(Debug, Default)]
struct State {
    attempts: AtomicU32,
    may_have_arrived: AtomicBool,
    latest: Mutex<Option<String>>,
}

impl Progress {
    pub(crate) fn begin() -> Self {
        Self(Some(Arc::default()))
    }

    /// Notes that the attempt of this number begins.
    pub(crate) fn attempt(&self, number: u32) {
        if let Some(state) = &self.0 {
            state.attempts.store(number, Ordering::Relaxed);
        }
    }

    pub(crate) fn attempts(&self) -> u32 {
        self.0.as_ref().map_or(1, |state| state.attempts.load(Ordering::Relaxed).max(1))
    }

    /// Notes what came of the latest attempt.
    pub(crate) fn came_to(&self, outcome: &Result<Response, TransportError>) {
        if let Some(state) = &self.0 {
            let text = match outcome {
                Ok(response) => format!("status {}", response.status.as_u16()),
                Err(error) => error.to_string(),
            };
            *state.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
        }
    }

    pub(crate) fn latest(&self) -> Option<String> {
        self.0.as_ref().and_then(|state| state.latest.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    /// Notes that a request leaves, and says whether one left before that may have arrived.
    pub(crate) fn leaves(&self) -> bool {
        self.0.as_ref().is_some_and(|state| state.may_have_arrived.swap(true, Ordering::Relaxed))
    }

    /// Takes the note of the latest request back.
    pub(crate) fn did_not_arrive(&self, before: bool) {
        if let Some(state) = &self.0 {
            state.may_have_arrived.store(before, Ordering::Relaxed);
        }
    }

    pub(crate) fn may_have_arrived(&self) -> bool {
        self.0.as_ref().is_some_and(|state| state.may_have_arrived.load(Ordering::Relaxed))
    }
}

impl PartialEq for Progress {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}

impl Eq for Progress {}
