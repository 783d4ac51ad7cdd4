//! How many requests are sent, how fast, per host and rate class.
//!
//! Rate and concurrency are granted together: a request takes its turn in its class, waits until the class may
//! send, then for one of the places that all classes share, and then looks again, because a pause may have begun in
//! between. So a request that waits for a place is not beyond the reach of a pause, and a class that pauses holds no
//! place.

mod climb;
mod estimate;
mod pacer;

use std::{
    collections::HashMap,
    num::NonZeroUsize,
    pin::pin,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures::future::{Either, select};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use self::pacer::{Pacer, Ticket};
use crate::{
    Activity, RateClass, RatePolicy, Request, SharedClock, TransportError, TransportErrorKind,
    progress::Progress,
};

#[derive(Debug)]
pub(crate) struct Limiter {
    clock: SharedClock,
    policy: RatePolicy,
    places: Arc<Semaphore>,
    /// How many requests may be under way.
    concurrency: usize,
    /// The longest pause that is waited for.
    longest: Duration,
    /// How many calls wait, with whatever credentials.
    waiting: Arc<AtomicU64>,
    classes: Mutex<HashMap<(String, RateClass), Arc<Class>>>,
}

#[derive(Debug)]
struct Class {
    /// Wakes all who wait when a pause has begun, which may be longer than they can wait for.
    paused: Notify,
    /// Held by the request whose turn it is. First come, first served; one that goes away leaves no trace.
    turn: tokio::sync::Mutex<()>,
    pacer: Mutex<Pacer>,
}

impl Class {
    fn pacer(&self) -> MutexGuard<'_, Pacer> {
        self.pacer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Leave to send one request. Holds a place until it is given back with what came of the request, or dropped.
#[derive(Debug)]
pub(crate) struct Pass {
    clock: SharedClock,
    class: Arc<Class>,
    ticket: Ticket,
    _place: Option<OwnedSemaphorePermit>,
}

impl Limiter {
    pub(crate) fn new(
        clock: SharedClock,
        policy: RatePolicy,
        concurrency: NonZeroUsize,
        longest: Duration,
    ) -> Self {
        let concurrency = concurrency.get().min(Semaphore::MAX_PERMITS);
        let places = Arc::new(Semaphore::new(concurrency));
        Self {
            clock,
            policy,
            places,
            concurrency,
            longest,
            waiting: Arc::default(),
            classes: Mutex::default(),
        }
    }

    /// The limiter of other credentials beside this one: the same places, and rates of its own unless they are fixed.
    pub(crate) fn for_other_credentials(limiter: &Arc<Self>) -> Arc<Self> {
        match limiter.policy {
            RatePolicy::Fixed(_) => Arc::clone(limiter),
            RatePolicy::Learned => Arc::new(Self {
                clock: Arc::clone(&limiter.clock),
                policy: limiter.policy,
                places: Arc::clone(&limiter.places),
                concurrency: limiter.concurrency,
                longest: limiter.longest,
                waiting: Arc::clone(&limiter.waiting),
                classes: Mutex::default(),
            }),
        }
    }

    /// Waits until the request may be sent. A pause that is longer than is waited for, or than the call has time for,
    /// fails at once all calls that it concerns: those that come, and those that wait already, whatever for.
    pub(crate) async fn admit(&self, request: &Request) -> Result<Pass, TransportError> {
        let class = self.class(request);
        let _waiting = Waiting::begin(self, &request.meta.progress);
        let turn = self.unless_paused(&class, request, class.turn.lock()).await?;
        loop {
            let wait = class.pacer().wait(self.clock.monotonic());
            if !wait.is_zero() {
                self.unless_paused(&class, request, self.clock.sleep(wait)).await?;
                continue;
            }
            // The semaphore is never closed, so there always is a place.
            let place = Arc::clone(&self.places).acquire_owned();
            let place = self.unless_paused(&class, request, place).await?.ok();
            let ticket = class.pacer().take(self.clock.monotonic());
            if let Some(ticket) = ticket {
                drop(turn);
                let class = Arc::clone(&class);
                return Ok(Pass { clock: Arc::clone(&self.clock), class, ticket, _place: place });
            }
        }
    }

    /// Waits for something, unless there is a pause, or one begins, that is too long for the call.
    async fn unless_paused<T>(
        &self,
        class: &Class,
        request: &Request,
        something: impl Future<Output = T>,
    ) -> Result<T, TransportError> {
        let mut something = pin!(something);
        loop {
            // Listens before it looks, so that no pause begins unseen in between.
            let woken = class.paused.notified();
            let now = self.clock.monotonic();
            let pause = class.pacer().pause(now);
            let left = request.meta.progress.may_wait(now);
            if self.is_too_long(pause) || left.is_some_and(|left| pause >= left && !pause.is_zero()) {
                return Err(paused(pause, request.meta.attempt));
            }
            match select(something, pin!(woken)).await {
                Either::Left((outcome, _)) => return Ok(outcome),
                Either::Right(((), unfinished)) => something = unfinished,
            }
        }
    }

    /// Whether a pause of this length is waited for by nobody.
    pub(crate) fn is_too_long(&self, pause: Duration) -> bool {
        pause > self.longest
    }

    /// What the requests do at the moment.
    pub(crate) fn activity(&self) -> Activity {
        let now = self.clock.monotonic();
        let classes = self.classes.lock().unwrap_or_else(PoisonError::into_inner);
        let pacers = || classes.values().map(|class| class.pacer());
        Activity {
            in_flight: (self.concurrency - self.places.available_permits().min(self.concurrency)) as u64,
            waiting: self.waiting.load(Ordering::Relaxed),
            pause: pacers().map(|pacer| pacer.pause(now)).max().filter(|pause| !pause.is_zero()),
            rate: pacers().filter_map(|pacer| pacer.rate()).min_by(f64::total_cmp),
        }
    }

    fn class(&self, request: &Request) -> Arc<Class> {
        let host = request.url.host_str().unwrap_or_default();
        let host = request.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let mut classes = self.classes.lock().unwrap_or_else(PoisonError::into_inner);
        let class = classes.entry((host, request.meta.rate_class)).or_insert_with(|| {
            Arc::new(Class {
                paused: Notify::new(),
                turn: tokio::sync::Mutex::default(),
                pacer: Mutex::new(Pacer::new(self.policy)),
            })
        });
        Arc::clone(class)
    }
}

impl Pass {
    /// The server took the request.
    pub(crate) fn accepted(self) {
        self.class.pacer().accepted(self.ticket);
    }

    /// The request did not reach the server.
    pub(crate) fn unsent(self) {
        self.class.pacer().unsent(self.ticket);
    }

    /// The server refused the request with 429, and asked for this delay.
    pub(crate) fn refused(self, delay: Option<Duration>) {
        self.class.pacer().refused(self.ticket, self.clock.monotonic(), delay);
        self.class.paused.notify_waiters();
    }

    /// The service is away for so long. That says nothing of the rate.
    pub(crate) fn away(self, delay: Duration) {
        self.class.pacer().away(self.ticket, self.clock.monotonic(), delay);
        self.class.paused.notify_waiters();
    }
}

/// One call that waits for leave to send, until it is dropped.
struct Waiting<'a> {
    limiter: &'a Limiter,
    progress: &'a Progress,
}

impl<'a> Waiting<'a> {
    fn begin(limiter: &'a Limiter, progress: &'a Progress) -> Self {
        limiter.waiting.fetch_add(1, Ordering::Relaxed);
        progress.waits(limiter.clock.monotonic());
        Self { limiter, progress }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.limiter.waiting.fetch_sub(1, Ordering::Relaxed);
        self.progress.waits_no_more(self.limiter.clock.monotonic());
    }
}

fn paused(pause: Duration, attempt: u32) -> TransportError {
    let seconds = pause.as_secs_f64().ceil();
    let sent = if attempt > 1 { "it was not sent again" } else { "nothing was sent" };
    let message = format!("the service asked all callers to wait, and {seconds} s of it are left; {sent}");
    TransportError::new(TransportErrorKind::Paused, false, message).with_retry_after(pause)
}
