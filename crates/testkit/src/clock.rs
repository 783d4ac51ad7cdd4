//! Time that moves when the test says so.

use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
    time::{Duration, SystemTime},
};

use orglib_transport::{Clock, SharedClock, Sleep};

/// How often in a row all waiting tasks must be asked in vain before time moves by itself.
const IDLE_ROUNDS: u32 = 4;

/// A clock that stands still until it is told to move.
///
/// It starts on 2026-01-01 at 00:00 UTC. Its random numbers are the same in each run.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    now: Duration,
    moves_by_itself: bool,
    sleepers: BTreeMap<(Duration, u64), Option<Waker>>,
    next: u64,
    /// Grows with whatever happens, so that a sleeper sees whether the others are idle.
    events: u64,
    random: fastrand::Rng,
}

impl ManualClock {
    /// A clock that moves by [`advance`](Self::advance) only.
    pub fn new() -> Self {
        Self::with(false)
    }

    /// A clock that moves by itself to the end of the next wait, when everybody waits. For a single-threaded
    /// runtime.
    pub fn auto() -> Self {
        Self::with(true)
    }

    fn with(moves_by_itself: bool) -> Self {
        Self(Arc::new(Mutex::new(State {
            now: Duration::ZERO,
            moves_by_itself,
            sleepers: BTreeMap::new(),
            next: 0,
            events: 0,
            random: fastrand::Rng::with_seed(7),
        })))
    }

    /// The clock, to be given to a client.
    pub fn shared(&self) -> SharedClock {
        Arc::new(self.clone())
    }

    /// Moves time, and wakes whoever has waited long enough.
    pub fn advance(&self, by: Duration) {
        let now = self.state().now + by;
        self.move_to(now);
    }

    /// How many wait.
    pub fn waiting(&self) -> usize {
        self.state().sleepers.len()
    }

    fn move_to(&self, now: Duration) {
        let mut state = self.state();
        state.now = now;
        state.events += 1;
        let due: Vec<_> = state.sleepers.range(..=(now, u64::MAX)).map(|(key, _)| *key).collect();
        let wakers: Vec<_> = due.iter().filter_map(|key| state.sleepers.remove(key).flatten()).collect();
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for ManualClock {
    fn default() -> Self {
        Self::new()
    }
}

impl Clock for ManualClock {
    fn monotonic(&self) -> Duration {
        self.state().now
    }

    fn now(&self) -> SystemTime {
        const START: Duration = Duration::from_secs(1_767_225_600);
        SystemTime::UNIX_EPOCH + START + self.state().now
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let mut state = self.state();
        let key = (state.now + duration, state.next);
        state.next += 1;
        state.events += 1;
        state.sleepers.insert(key, None);
        Box::pin(Waiting { clock: self.clone(), key, seen: 0, rounds: 0 })
    }

    fn random(&self) -> f64 {
        self.state().random.f64()
    }
}

struct Waiting {
    clock: ManualClock,
    key: (Duration, u64),
    seen: u64,
    rounds: u32,
}

impl Waiting {
    /// Whether it is this wait that time may move to the end of: the first to end, with everybody else idle.
    fn may_move_time(&mut self) -> bool {
        let state = self.clock.state();
        if state.events != self.seen {
            self.seen = state.events;
            self.rounds = 0;
        }
        self.rounds += 1;
        self.rounds > IDLE_ROUNDS && state.sleepers.keys().next() == Some(&self.key)
    }
}

impl Future for Waiting {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        if self.key.0 <= state.now {
            return Poll::Ready(());
        }
        state.sleepers.insert(self.key, Some(cx.waker().clone()));
        let moves_by_itself = state.moves_by_itself;
        drop(state);
        if !moves_by_itself {
            return Poll::Pending;
        }
        if self.may_move_time() {
            let (clock, end) = (self.clock.clone(), self.key.0);
            clock.move_to(end);
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let mut state = self.clock.state();
        state.sleepers.remove(&self.key);
        state.events += 1;
    }
}
