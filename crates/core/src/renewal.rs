//! A token that is kept, and renewed once for all who wait for it.

use std::{
    fmt,
    future::Future,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use futures::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use orglib_transport::{SharedClock, TransportError, TransportErrorKind};

use crate::Error;

/// How long nobody asks after a first failure; doubled with each one that follows.
const FIRST_PAUSE: Duration = Duration::from_secs(5);
/// The longest that nobody asks; and how long after a refusal, which waiting does not mend.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// The longest pause that a token service can ask for.
const LONGEST_ASKED: Duration = Duration::from_secs(300);

/// Something that lives for a time: a token, or the header that it is sent in. All times are the clock's
/// [`monotonic`](orglib_transport::Clock::monotonic) ones.
#[derive(Clone)]
pub struct Lease<T> {
    value: T,
    renew_at: Duration,
    ends_at: Duration,
}

impl<T> Lease<T> {
    /// What began to live at `start` or later, and is renewed by `margin` before its end.
    pub fn new(value: T, start: Duration, life: Duration, margin: Duration) -> Self {
        let renew_at = start.saturating_add(life.saturating_sub(margin));
        Self { value, renew_at, ends_at: start.saturating_add(life) }
    }

    /// What is good until it is refused.
    pub fn endless(value: T) -> Self {
        Self { value, renew_at: Duration::MAX, ends_at: Duration::MAX }
    }

    /// What lives.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// How long it still lives.
    pub fn left(&self, now: Duration) -> Duration {
        self.ends_at.saturating_sub(now)
    }
}

/// Keeps a token and renews it, for credentials with a token service of their own.
///
/// - However many callers wait, one renewal is under way, and all share what comes of it.
/// - Within the margin before its end the token serves on while it is renewed; nobody waits.
/// - A renewal that began is finished whatever becomes of the caller who began it: inside a tokio runtime it is a task of
///   its own; without one, the next caller goes on with it, or [`settle`](Self::settle).
/// - A failed renewal is not repeated for 5 s, then 10 s, up to 60 s, less a random part of at most a half; after a
///   refusal for 60 s. A living token serves meanwhile; without one, callers get the failure at once.
///
/// Clones share the token.
pub struct Renewal<T: Clone>(Arc<Inner<T>>);

struct Inner<T: Clone> {
    clock: SharedClock,
    renew: Box<dyn Fn() -> BoxFuture<'static, Result<Lease<T>, Error>> + Send + Sync>,
    state: Mutex<State<T>>,
}

type Outcome<T> = Result<Lease<T>, Arc<Error>>;
type UnderWay<T> = Shared<BoxFuture<'static, Outcome<T>>>;

struct State<T: Clone> {
    lease: Option<Lease<T>>,
    under_way: Option<UnderWay<T>>,
    failure: Option<Failure>,
}

struct Failure {
    error: Arc<Error>,
    /// How many renewals failed one after the other.
    count: u32,
    /// When somebody may ask again.
    until: Duration,
}

impl<T: Clone + Send + Sync + 'static> Renewal<T> {
    /// A token that is had, and renewed, by `renew`. Keeping what came, for instance in a file, belongs into it.
    pub fn new<F>(clock: SharedClock, renew: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<Lease<T>, Error>> + Send + 'static,
    {
        let state = Mutex::new(State { lease: None, under_way: None, failure: None });
        Self(Arc::new(Inner { clock, renew: Box::new(move || renew().boxed()), state }))
    }

    /// Begins with a token that is there already.
    #[must_use]
    pub fn holding(self, lease: Lease<T>) -> Self {
        self.0.state().lease = Some(lease);
        self
    }

    /// The token: the one that lives, else a new one.
    ///
    /// # Errors
    /// Why the token cannot be had, shared by all who waited.
    pub async fn get(&self) -> Result<Lease<T>, Arc<Error>> {
        let (living, renewal) = {
            let mut state = self.0.state();
            let now = self.0.clock.monotonic();
            let living = state.lease.clone().filter(|lease| now < lease.ends_at);
            if let Some(lease) = living.as_ref().filter(|lease| now < lease.renew_at) {
                return Ok(lease.clone());
            }
            let paused = state.failure.as_ref().filter(|failure| now < failure.until);
            let renewal = match (&state.under_way, paused) {
                (Some(renewal), _) => renewal.clone(),
                (None, Some(failure)) => return living.ok_or_else(|| Arc::clone(&failure.error)),
                (None, None) => self.begin(&mut state),
            };
            (living, renewal)
        };
        let Some(living) = living else { return renewal.await };
        // One step, for where no runtime drives it.
        match renewal.now_or_never() {
            Some(Ok(renewed)) => Ok(renewed),
            _ => Ok(living),
        }
    }

    /// Forgets the token, if it is the one that was refused: the next caller has it renewed.
    pub fn forget(&self, is_refused: impl FnOnce(&T) -> bool) {
        let mut state = self.0.state();
        if state.lease.as_ref().is_some_and(|lease| is_refused(&lease.value)) {
            state.lease = None;
            state.failure = None;
        }
    }

    /// Waits until no renewal is under way: for the end of a program, so that a new token is kept.
    pub async fn settle(&self) {
        let renewal = self.0.state().under_way.clone();
        if let Some(renewal) = renewal {
            // Its callers are told of a failure.
            let _ = renewal.await;
        }
    }

    fn begin(&self, state: &mut State<T>) -> UnderWay<T> {
        let work = AssertUnwindSafe((self.0.renew)()).catch_unwind();
        let inner = Arc::downgrade(&self.0);
        let renewal = async move {
            let broken =
                |_| Err(Error::auth("token", "renewal_failed", "the renewal of the token broke off"));
            let outcome = work.await.unwrap_or_else(broken).map_err(Arc::new);
            Inner::ended(&inner, &outcome);
            outcome
        };
        let renewal = renewal.boxed().shared();
        state.under_way = Some(renewal.clone());
        drive(renewal.clone());
        renewal
    }
}

/// Has a renewal finished that its callers may give up.
#[allow(
    clippy::disallowed_methods,
    reason = "the one task that the libraries start: a new refresh token that nobody reads is lost for good"
)]
fn drive(renewal: impl Future<Output = impl Send + 'static> + Send + 'static) {
    if tokio::runtime::Handle::try_current().is_ok() {
        tokio::spawn(renewal);
    }
}

impl<T: Clone> Inner<T> {
    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ended(inner: &Weak<Self>, outcome: &Outcome<T>) {
        let Some(inner) = inner.upgrade() else { return };
        let mut state = inner.state();
        state.under_way = None;
        state.failure = match outcome {
            Ok(lease) => {
                state.lease = Some(lease.clone());
                None
            }
            Err(error) => {
                let before = state.failure.as_ref().map_or(0, |failure| failure.count);
                let pause = pause(error, before, inner.clock.random());
                let until = inner.clock.monotonic().saturating_add(pause);
                Some(Failure { error: Arc::clone(error), count: before.saturating_add(1), until })
            }
        };
    }
}

fn pause(error: &Error, failures_before: u32, random: f64) -> Duration {
    let longest = if error.is_retryable() || error.may_be_done() {
        FIRST_PAUSE.saturating_mul(1 << failures_before.min(8)).min(LONGEST_PAUSE)
    } else {
        LONGEST_PAUSE
    };
    let asked = error.retry_after().unwrap_or_default().min(LONGEST_ASKED);
    longest.mul_f64(1.0 - random.clamp(0.0, 1.0) / 2.0).max(asked)
}

/// What credentials fail with where there is no token.
pub fn credentials_error(error: Arc<Error>) -> TransportError {
    let failed = TransportError::new(TransportErrorKind::Credentials, false, error.to_string());
    let failed = match error.retry_after() {
        Some(delay) => failed.with_retry_after(delay),
        None => failed,
    };
    failed.with_source(error)
}

impl<T: Clone> Clone for Renewal<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// Shows no token.
impl<T: Clone> fmt::Debug for Renewal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renewal").finish_non_exhaustive()
    }
}

/// Shows no token.
impl<T> fmt::Debug for Lease<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("ends_at", &self.ends_at).finish_non_exhaustive()
    }
}
