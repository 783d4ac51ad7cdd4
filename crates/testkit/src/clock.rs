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
use tokio::runtime::Handle;

/// How many turns of the runtime in a row must bring nothing before time moves by itself. Whoever is not waiting for
/// the clock has so many turns to get on.
const IDLE_ROUNDS: u32 = 16;

/// A clock that stands still until it is told to move.
///
/// It starts on 2026-01-01 at 00:00 UTC. Its random numbers are the same in each run.
#[derive(Clone, Debug)]
pub struct ManualClock(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    now: Duration,
    moves_by_itself: bool,
    is_watched: bool,
    sleepers: BTreeMap<(Duration, u64), Option<Waker>>,
    next: u64,
    /// Grows with whatever happens, so that it is seen whether everybody is idle.
    events: u64,
    random: fastrand::Rng,
}

impl ManualClock {
    /// A clock that moves by [`advance`](Self::advance) only.
    pub fn new() -> Self {
        Self::with(false)
    }

    /// A clock that moves by itself to the end of the next wait, when everybody waits. Needs a single-threaded tokio
    /// runtime: tasks on other threads would be overtaken.
    pub fn auto() -> Self {
        Self::with(true)
    }

    fn with(moves_by_itself: bool) -> Self {
        Self(Arc::new(Mutex::new(State {
            now: Duration::ZERO,
            moves_by_itself,
            is_watched: false,
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
        let later = state.sleepers.split_off(&(now, u64::MAX));
        let due = std::mem::replace(&mut state.sleepers, later);
        drop(state);
        due.into_values().flatten().for_each(Waker::wake);
    }

    /// When the first wait ends, and what happened so far.
    fn first_to_end(&self) -> Option<(Duration, u64)> {
        let state = self.state();
        let (end, _) = state.sleepers.keys().next().copied()?;
        Some((end, state.events))
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
        let key = (state.now.saturating_add(duration), state.next);
        state.next += 1;
        state.events += 1;
        state.sleepers.insert(key, None);
        Box::pin(Waiting { clock: self.clone(), key })
    }

    fn random(&self) -> f64 {
        self.state().random.f64()
    }
}

struct Waiting {
    clock: ManualClock,
    key: (Duration, u64),
}

impl Future for Waiting {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let mut state = self.clock.state();
        if self.key.0 <= state.now {
            return Poll::Ready(());
        }
        state.sleepers.insert(self.key, Some(cx.waker().clone()));
        let is_unwatched = state.moves_by_itself && !state.is_watched;
        if is_unwatched && let Ok(runtime) = Handle::try_current() {
            state.is_watched = true;
            drop(state);
            runtime.spawn(watch(Watch(self.clock.clone())));
        }
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

/// Moves time when everybody waits, as a task that gives way to all others again and again, and ends when nobody waits.
///
/// `yield_now` puts the task behind a whole turn of the runtime, in which the future that `block_on` drives is asked
/// too. A task that merely woke itself would be asked dozens of times in one turn.
async fn watch(watch: Watch) {
    let Watch(clock) = &watch;
    let (mut seen, mut rounds) = (0, 0);
    while let Some((end, events)) = clock.first_to_end() {
        rounds = if events == seen { rounds + 1 } else { 0 };
        seen = events;
        if rounds > IDLE_ROUNDS {
            clock.move_to(end);
        }
        tokio::task::yield_now().await;
    }
}

/// A clock that is watched while this lives, so that nobody seems to watch where the runtime dropped the task, even
/// before its first turn.
struct Watch(ManualClock);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.state().is_watched = false;
    }
}

#[cfg(test)]
mod tests {
    use futures::{FutureExt, future::join_all};

    use super::*;

    #[test]
    fn a_wait_ends_when_time_is_moved_past_it_and_not_before() {
        let clock = ManualClock::new();
        let mut sleep = clock.sleep(Duration::from_secs(2));
        assert!((&mut sleep).now_or_never().is_none());
        clock.advance(Duration::from_secs(1));
        assert!((&mut sleep).now_or_never().is_none());
        clock.advance(Duration::from_secs(1));
        assert!(sleep.now_or_never().is_some());
        assert_eq!((clock.monotonic(), clock.waiting()), (Duration::from_secs(2), 0));
    }

    #[tokio::test]
    #[allow(clippy::disallowed_methods, reason = "a test spawns what it watches")]
    async fn waits_end_in_the_order_of_their_ends_when_time_moves_by_itself() {
        let clock = ManualClock::auto();
        let order = Arc::new(Mutex::new(Vec::new()));
        let tasks = [30, 10, 20, 10].map(|seconds| {
            let (clock, order) = (clock.clone(), Arc::clone(&order));
            tokio::spawn(async move {
                clock.sleep(Duration::from_secs(seconds)).await;
                clock.sleep(Duration::from_secs(1)).await;
                order.lock().unwrap().push((seconds, clock.monotonic().as_secs()));
            })
        });
        join_all(tasks).await;
        assert_eq!(*order.lock().unwrap(), [(10, 11), (10, 11), (20, 21), (30, 31)]);
    }

    // A task that woke itself to watch was asked dozens of times before the future that the runtime blocks on, so
    // that deadlines passed while that one was at work.
    #[tokio::test]
    async fn time_does_not_move_while_somebody_is_at_work() {
        let clock = ManualClock::auto();
        let deadline = clock.sleep(Duration::from_secs(120));
        let work = std::pin::pin!(async {
            for _ in 0..100 {
                for _turn in 0..IDLE_ROUNDS / 2 {
                    tokio::task::yield_now().await;
                }
                clock.sleep(Duration::ZERO).await;
            }
        });
        let first = futures::future::select(deadline, work).await;
        assert!(matches!(first, futures::future::Either::Right(_)), "the deadline came first");
    }

    #[tokio::test]
    async fn a_dropped_wait_holds_nobody_up() {
        let clock = ManualClock::auto();
        drop(clock.sleep(Duration::from_secs(1)));
        clock.sleep(Duration::from_secs(5)).await;
        assert_eq!(clock.monotonic(), Duration::from_secs(5));
    }

    #[test]
    fn random_numbers_are_the_same_in_each_run() {
        let draw = |clock: ManualClock| [clock.random(), clock.random()];
        assert_eq!(draw(ManualClock::new()), draw(ManualClock::auto()));
    }
}
