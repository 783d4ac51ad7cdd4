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
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use self::pacer::{Pacer, Ticket};
use crate::{RateClass, RatePolicy, Request, SharedClock};

#[derive(Debug)]
pub(crate) struct Limiter {
    clock: SharedClock,
    policy: RatePolicy,
    places: Arc<Semaphore>,
    classes: Mutex<HashMap<(String, RateClass), Arc<Class>>>,
}

#[derive(Debug)]
struct Class {
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
    pub(crate) fn new(clock: SharedClock, policy: RatePolicy, concurrency: NonZeroUsize) -> Self {
        let places = Arc::new(Semaphore::new(concurrency.get().min(Semaphore::MAX_PERMITS)));
        Self { clock, policy, places, classes: Mutex::default() }
    }

    /// The limiter of other credentials beside this one: the same places, and rates of its own unless they are fixed.
    pub(crate) fn for_other_credentials(limiter: &Arc<Self>) -> Arc<Self> {
        match limiter.policy {
            RatePolicy::Fixed(_) => Arc::clone(limiter),
            RatePolicy::Learned => Arc::new(Self {
                clock: Arc::clone(&limiter.clock),
                policy: limiter.policy,
                places: Arc::clone(&limiter.places),
                classes: Mutex::default(),
            }),
        }
    }

    /// Waits until the request may be sent.
    pub(crate) async fn admit(&self, request: &Request) -> Pass {
        let class = self.class(request);
        let turn = class.turn.lock().await;
        loop {
            let wait = class.pacer().wait(self.clock.monotonic());
            if !wait.is_zero() {
                self.clock.sleep(wait).await;
                continue;
            }
            // The semaphore is never closed, so there always is a place.
            let place = Arc::clone(&self.places).acquire_owned().await.ok();
            let ticket = class.pacer().take(self.clock.monotonic());
            if let Some(ticket) = ticket {
                drop(turn);
                return Pass { clock: Arc::clone(&self.clock), class, ticket, _place: place };
            }
        }
    }

    fn class(&self, request: &Request) -> Arc<Class> {
        let host = request.url.host_str().unwrap_or_default();
        let host = request.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let mut classes = self.classes.lock().unwrap_or_else(PoisonError::into_inner);
        let class = classes.entry((host, request.meta.rate_class)).or_insert_with(|| {
            Arc::new(Class {
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
    }
}
