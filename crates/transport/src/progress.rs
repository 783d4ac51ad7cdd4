//! What the layers of one call tell each other.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};

use http::StatusCode;

use crate::{Response, TransportError};

/// How far a call has come; the deadline asks when it cuts the call off. Not part of what a request is, so any two
/// are equal.
#[derive(Clone, Debug, Default)]
pub(crate) struct Progress(Option<Arc<State>>);

#[derive(Debug, Default)]
struct State {
    attempts: AtomicU32,
    may_have_arrived: AtomicBool,
    latest: Mutex<Option<(String, Option<StatusCode>)>>,
    time: Time,
    waits: Mutex<Waits>,
}

/// How long the call may take.
#[derive(Debug, Default)]
struct Time {
    began: Duration,
    limit: Duration,
    /// Whether waiting for leave to send is no part of the limit.
    is_patient: bool,
}

/// The waits for leave to send.
#[derive(Debug, Default)]
struct Waits {
    ended: Duration,
    /// When the present one began.
    since: Option<Duration>,
}

impl Progress {
    /// The progress of a call that begins now and may take as long as `limit`; if it is patient, waiting for leave to
    /// send does not count.
    pub(crate) fn begin(now: Duration, limit: Duration, is_patient: bool) -> Self {
        let time = Time { began: now, limit, is_patient };
        Self(Some(Arc::new(State { time, ..State::default() })))
    }

    /// How much time the call has left; nothing where it has no limit.
    pub(crate) fn left(&self, now: Duration) -> Option<Duration> {
        let State { time, waits, .. } = &**self.0.as_ref()?;
        let mut limit = time.limit;
        if time.is_patient {
            let waits = waits.lock().unwrap_or_else(PoisonError::into_inner);
            let present = waits.since.map_or(Duration::ZERO, |since| now.saturating_sub(since));
            limit = limit.saturating_add(waits.ended).saturating_add(present);
        }
        Some(time.began.saturating_add(limit).saturating_sub(now))
    }

    /// How long the call may wait for leave to send; nothing where it may for as long as it takes.
    pub(crate) fn may_wait(&self, now: Duration) -> Option<Duration> {
        let is_patient = self.0.as_ref().is_some_and(|state| state.time.is_patient);
        if is_patient { None } else { self.left(now) }
    }

    /// Notes that the call waits for leave to send, from now on.
    pub(crate) fn waits(&self, now: Duration) {
        if let Some(state) = &self.0 {
            state.waits.lock().unwrap_or_else(PoisonError::into_inner).since = Some(now);
        }
    }

    /// Notes that the wait has ended.
    pub(crate) fn waits_no_more(&self, now: Duration) {
        if let Some(state) = &self.0 {
            let mut waits = state.waits.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(since) = waits.since.take() {
                waits.ended = waits.ended.saturating_add(now.saturating_sub(since));
            }
        }
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
                Ok(response) => (format!("status {}", response.status.as_u16()), Some(response.status)),
                Err(error) => (error.to_string(), error.status()),
            };
            *state.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
        }
    }

    pub(crate) fn latest(&self) -> Option<(String, Option<StatusCode>)> {
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
