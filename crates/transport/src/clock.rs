//! Time, waiting and randomness, injected.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

/// A clock that is shared by all layers of a client.
pub type SharedClock = Arc<dyn Clock>;

/// A wait that ends when the clock says so.
pub type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Where all time, waiting and randomness come from.
pub trait Clock: Send + Sync + fmt::Debug + 'static {
    /// Time since the clock's own start; never goes back.
    fn monotonic(&self) -> Duration;
    /// The time of day.
    fn now(&self) -> SystemTime;
    /// Waits.
    fn sleep(&self, duration: Duration) -> Sleep;
    /// A random number, at least 0 and below 1.
    fn random(&self) -> f64;
}

/// The machine's own clock. [`sleep`](Clock::sleep) needs a tokio runtime with time enabled.
#[derive(Clone, Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// The machine's own clock.
    #[allow(clippy::disallowed_methods, reason = "this is the clock that the others are told to use")]
    pub fn new() -> Self {
        Self { start: Instant::now() }
    }

    /// The machine's own clock, to be shared.
    pub fn shared() -> SharedClock {
        Arc::new(Self::new())
    }
}

impl Default for SystemClock {
    fn default() -> Self {
        Self::new()
    }
}

#[allow(clippy::disallowed_methods, reason = "this is the clock that the others are told to use")]
impl Clock for SystemClock {
    fn monotonic(&self) -> Duration {
        self.start.elapsed()
    }

    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        Box::pin(tokio::time::sleep(duration))
    }

    fn random(&self) -> f64 {
        fastrand::f64()
    }
}
