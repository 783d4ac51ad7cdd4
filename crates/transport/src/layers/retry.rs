//! Repeated attempts.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::{Duration, SystemTime},
};

use async_trait::async_trait;
use backon::{BackoffBuilder, ExponentialBuilder};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use serde::de::IgnoredAny;

use crate::{
    Expect, Request, Response, RetryPolicy, SharedClock, SharedTransport, Transport, TransportError,
    TransportErrorKind, retry_after, retry_after::asked_delay, stats::Counters,
};

type Outcome = Result<Response, TransportError>;

/// Repeats attempts that failed in a way that another attempt may not.
#[derive(Debug)]
pub(crate) struct Retry {
    pub(crate) inner: SharedTransport,
    pub(crate) clock: SharedClock,
    pub(crate) policy: RetryPolicy,
    pub(crate) budget: Arc<Budget>,
    pub(crate) counters: Arc<Counters>,
}

#[async_trait]
impl Transport for Retry {
    async fn send(&self, request: Request) -> Outcome {
        let mut bounds = self.wait_bounds();
        let now = self.clock.now();
        let mut may_be_done = false;
        let mut rounds = Rounds { left: request.meta.rounds.get() - 1, attempts: 0 };
        for number in 1.. {
            let outcome = self.attempt(&request, number).await;
            let outcome = if may_be_done { gone_is_deleted(&request, outcome) } else { outcome };
            let wait = match verdict(&request, &outcome, now) {
                Verdict::Final => {
                    if outcome.is_ok() {
                        self.budget.earn();
                    }
                    return counted(outcome, number, may_be_done);
                }
                Verdict::Repeat => self.wait(&outcome, bounds.next().unwrap_or(self.policy.cap)),
            };
            let throttled = is_status(&outcome, StatusCode::TOO_MANY_REQUESTS);
            let progress = &request.meta.progress;
            let now = self.clock.monotonic();
            // What a refused call waits for is leave to send, as all others of its class do.
            let left = if throttled { progress.may_wait(now) } else { progress.left(now) };
            let too_late = left.is_some_and(|left| wait >= left);
            if wait > self.policy.cap || too_late {
                return counted(outcome, number, may_be_done);
            }
            match self.next(&mut rounds, &outcome) {
                Next::Attempt => {}
                Next::Round => bounds = self.wait_bounds(),
                Next::Nothing => return counted(outcome, number, may_be_done),
            }
            may_be_done |= can_have_worked(&outcome);
            progress.came_to(&outcome);
            drop(outcome);
            tracing::debug!(attempt = number, wait_ms = wait.as_millis() as u64, "attempt failed, waiting");
            self.counters.retry();
            if throttled {
                progress.waits(now);
            }
            self.clock.sleep(wait).await;
            progress.waits_no_more(self.clock.monotonic());
        }
        Err(TransportError::new(TransportErrorKind::Other, true, "no attempt was made"))
    }
}

impl Retry {
    async fn attempt(&self, request: &Request, number: u32) -> Outcome {
        let mut request = request.clone();
        request.meta.attempt = number;
        request.meta.progress.attempt(number);
        self.inner.send(request).await
    }

    /// What comes after an attempt that is worth repeating. A round is as good as a call of its own, whose first attempt
    /// costs nothing of the budget.
    fn next(&self, rounds: &mut Rounds, outcome: &Outcome) -> Next {
        rounds.attempts += 1;
        // What the server refuses costs it little, and the limiter slows such requests down already.
        let is_free = is_status(outcome, StatusCode::TOO_MANY_REQUESTS);
        if rounds.attempts < self.policy.attempts.get() && (is_free || self.budget.spend()) {
            return Next::Attempt;
        }
        // A host that cannot be reached, and one that does not answer in time, have had their chance.
        let is_out_of_reach = matches!(
            outcome.as_ref().map_err(TransportError::kind),
            Err(TransportErrorKind::Connect | TransportErrorKind::AttemptTimeout)
        );
        if rounds.left == 0 || is_out_of_reach {
            return Next::Nothing;
        }
        *rounds = Rounds { left: rounds.left - 1, attempts: 0 };
        Next::Round
    }

    /// What the server asks for, else a random share of the bound.
    fn wait(&self, outcome: &Outcome, bound: Duration) -> Duration {
        let asked = match outcome {
            Ok(response) => asked_delay(&response.headers, self.clock.now()),
            Err(error) => error.retry_after(),
        };
        asked.unwrap_or_else(|| bound.mul_f64(self.clock.random()))
    }

    fn wait_bounds(&self) -> impl Iterator<Item = Duration> + Send + use<> {
        ExponentialBuilder::new()
            .with_factor(2.0)
            .with_min_delay(self.policy.base)
            .with_max_delay(self.policy.cap)
            .without_max_times()
            .build()
    }
}

/// The rounds that may come yet, and the attempts of the present one.
struct Rounds {
    left: u32,
    attempts: u32,
}

/// What comes after an attempt that failed.
enum Next {
    Attempt,
    Round,
    Nothing,
}

/// How many repeated attempts all clones may make beyond what answered calls earn.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicU32,
    most: u32,
}

impl Budget {
    pub(crate) fn new(most: u32) -> Self {
        Self { left: AtomicU32::new(most), most }
    }

    fn earn(&self) {
        let more = |left: u32| (left < self.most).then(|| left + 1);
        let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
    }

    fn spend(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Final,
    Repeat,
}

impl Verdict {
    fn repeat_if(repeat: bool) -> Self {
        if repeat { Self::Repeat } else { Self::Final }
    }
}

/// The matrix: what is repeated after which outcome.
fn verdict(request: &Request, outcome: &Outcome, now: SystemTime) -> Verdict {
    let idempotent = request.meta.idempotent;
    match outcome {
        Ok(response) if response.status.is_success() => {
            Verdict::repeat_if(idempotent && !is_whole(request, response))
        }
        Ok(response) => match response.status.as_u16() {
            429 => Verdict::Repeat,
            // A service that names a delay has not begun; one that does not may have done all that it was asked to.
            503 => Verdict::repeat_if(idempotent || retry_after(&response.headers, now).is_some()),
            408 | 500 | 502 | 504 => Verdict::repeat_if(idempotent),
            _ => Verdict::Final,
        },
        Err(error) => match error.kind() {
            TransportErrorKind::Connect
            | TransportErrorKind::AttemptTimeout
            | TransportErrorKind::Broken
            | TransportErrorKind::Other => Verdict::repeat_if(idempotent || !error.was_sent()),
            _ => Verdict::Final,
        },
    }
}

/// Whether a successful answer holds what the request expects.
fn is_whole(request: &Request, response: &Response) -> bool {
    let expect = request.meta.expect;
    if !matches!(expect, Expect::Json | Expect::JsonOrNothing) {
        return true;
    }
    let Some(body) = response.body.as_bytes() else { return true };
    // Some services answer a DELETE with 200 and nothing: repeating it would not bring more.
    let may_be_empty = expect == Expect::JsonOrNothing
        || [Method::DELETE, Method::HEAD].contains(&request.method)
        || [StatusCode::NO_CONTENT, StatusCode::RESET_CONTENT].contains(&response.status);
    (body.trim_ascii().is_empty() && may_be_empty) || serde_json::from_slice::<IgnoredAny>(body).is_ok()
}

/// Whether the server may have done what it was asked to, though the attempt failed.
fn can_have_worked(outcome: &Outcome) -> bool {
    match outcome {
        Ok(response) => response.status != StatusCode::TOO_MANY_REQUESTS,
        Err(error) => error.was_sent(),
    }
}

/// A DELETE that finds nothing, after an attempt that may have worked, has done what it was for.
fn gone_is_deleted(request: &Request, outcome: Outcome) -> Outcome {
    let deletes = request.method == Method::DELETE && request.meta.idempotent;
    if deletes && is_status(&outcome, StatusCode::NOT_FOUND) {
        return Ok(Response::new(StatusCode::NO_CONTENT, HeaderMap::new(), Bytes::new()));
    }
    outcome
}

fn is_status(outcome: &Outcome, status: StatusCode) -> bool {
    outcome.as_ref().is_ok_and(|response| response.status == status)
}

fn counted(outcome: Outcome, attempts: u32, may_be_done: bool) -> Outcome {
    match outcome {
        Ok(mut response) => {
            response.attempts = attempts;
            Ok(response)
        }
        Err(error) => {
            let was_sent = error.was_sent() || may_be_done;
            Err(error.with_attempts(attempts).with_was_sent(was_sent))
        }
    }
}
