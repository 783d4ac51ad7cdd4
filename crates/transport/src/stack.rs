//! The layers between a call and the transport, assembled once.

use std::{fmt, num::NonZeroUsize, sync::Arc, time::Duration};

use crate::{
    Activity, RatePolicy, RetryPolicy, SharedClock, SharedCredentials, SharedTransport, Stats, SystemClock,
    layers::{
        attempt::AttemptSpan,
        attempt_timeout::AttemptTimeout,
        authorize::Authorize,
        call::CallSpan,
        collect::Collect,
        deadline::Deadline,
        limit::Limit,
        retry::{Budget, Retry},
    },
    limiter::Limiter,
    stats::Counters,
};

/// A decorator of one's own: takes the transport below it and gives the one that stands in its place.
pub type Layer = Arc<dyn Fn(SharedTransport) -> SharedTransport + Send + Sync>;

/// A transport with all its layers. Clones share the limiter, the retry budget and the counters.
///
/// From the call inwards: call span, the user's per-call layers, deadline, retry, the user's per-attempt layers,
/// credentials, rate limiter, concurrency limit, attempt span, attempt timeout, body collection, transport.
#[derive(Clone)]
pub struct Stack {
    transport: SharedTransport,
    parts: Arc<Parts>,
    limiter: Arc<Limiter>,
    credentials: Option<SharedCredentials>,
}

/// What stacks of several credentials share.
struct Parts {
    /// The layers below the limiter.
    attempt: SharedTransport,
    clock: SharedClock,
    deadline: Duration,
    retry: RetryPolicy,
    budget: Arc<Budget>,
    counters: Arc<Counters>,
    per_call: Vec<Layer>,
    per_attempt: Vec<Layer>,
}

impl Stack {
    /// Starts a stack over the transport that sends.
    pub fn builder(transport: SharedTransport) -> StackBuilder {
        StackBuilder {
            transport,
            clock: None,
            credentials: None,
            deadline: Duration::from_secs(120),
            attempt_timeout: Duration::from_secs(30),
            retry: RetryPolicy::default(),
            rate: RatePolicy::default(),
            concurrency: NonZeroUsize::MIN.saturating_add(15),
            max_body: 64 * 1024 * 1024,
            per_call: Vec::new(),
            per_attempt: Vec::new(),
        }
    }

    /// The outermost layer, to send calls through.
    pub fn transport(&self) -> SharedTransport {
        Arc::clone(&self.transport)
    }

    /// What was sent so far, by all clones and with all credentials.
    pub fn stats(&self) -> Stats {
        self.parts.counters.snapshot()
    }

    /// What its requests do at the moment.
    pub fn activity(&self) -> Activity {
        self.limiter.activity()
    }

    /// The same stack, asking as somebody else, or as nobody. The retry budget, the counters, the concurrency limit
    /// and a fixed rate are shared; a learned rate is each one's own, as the services count by token.
    #[must_use]
    pub fn with_credentials(&self, credentials: Option<SharedCredentials>) -> Self {
        let limiter = Limiter::for_other_credentials(&self.limiter);
        let transport = self.parts.assemble(credentials.clone(), &limiter);
        Self { transport, parts: Arc::clone(&self.parts), limiter, credentials }
    }

    /// Waits until the credentials have nothing under way, such as a renewal whose new token is to be kept.
    pub async fn settle(&self) {
        if let Some(credentials) = &self.credentials {
            credentials.settle().await;
        }
    }
}

impl Parts {
    fn assemble(&self, credentials: Option<SharedCredentials>, limiter: &Arc<Limiter>) -> SharedTransport {
        let clock = || Arc::clone(&self.clock);
        let mut inner: SharedTransport = Arc::new(Limit {
            inner: Arc::clone(&self.attempt),
            clock: clock(),
            limiter: Arc::clone(limiter),
        });
        if let Some(credentials) = credentials {
            inner = Arc::new(Authorize { inner, credentials });
        }
        inner = wrapped(inner, &self.per_attempt);
        inner = Arc::new(Retry {
            inner,
            clock: clock(),
            budget: Arc::clone(&self.budget),
            policy: self.retry.clone(),
            counters: Arc::clone(&self.counters),
        });
        inner = Arc::new(Deadline { inner, clock: clock(), limit: self.deadline });
        inner = wrapped(inner, &self.per_call);
        Arc::new(CallSpan { inner, clock: clock(), counters: Arc::clone(&self.counters) })
    }
}

impl fmt::Debug for Stack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stack").field("stats", &self.stats()).finish_non_exhaustive()
    }
}

/// Settings of a [`Stack`]. Made by [`Stack::builder`].
#[must_use]
pub struct StackBuilder {
    transport: SharedTransport,
    clock: Option<SharedClock>,
    credentials: Option<SharedCredentials>,
    deadline: Duration,
    attempt_timeout: Duration,
    retry: RetryPolicy,
    rate: RatePolicy,
    concurrency: NonZeroUsize,
    max_body: usize,
    per_call: Vec<Layer>,
    per_attempt: Vec<Layer>,
}

impl StackBuilder {
    /// Where time, waiting and randomness come from. Default: the machine's own clock.
    pub fn clock(mut self, clock: SharedClock) -> Self {
        self.clock = Some(clock);
        self
    }

    /// Who asks. Default: nobody, no header is added.
    pub fn credentials(mut self, credentials: SharedCredentials) -> Self {
        self.credentials = Some(credentials);
        self
    }

    /// The longest that one call may take, all waits included. Default: 120 s.
    /// [`RequestMeta::timeout`](crate::RequestMeta::timeout) replaces it for one call.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// The longest that one attempt may take, its body included. Default: 30 s.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = timeout;
        self
    }

    /// How failed attempts are repeated.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How many requests a second are sent. Default: learned from the server's answers.
    pub fn rate(mut self, policy: RatePolicy) -> Self {
        self.rate = policy;
        self
    }

    /// How many requests may wait for their answers at one time. Default: 16.
    pub fn concurrency(mut self, limit: NonZeroUsize) -> Self {
        self.concurrency = limit;
        self
    }

    /// The largest body that is collected, in bytes after decompression. Default: 64 MiB.
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// Adds a layer that sees each call once, outside deadline and retry. The first one added is the outermost.
    pub fn per_call_layer(mut self, layer: Layer) -> Self {
        self.per_call.push(layer);
        self
    }

    /// Adds a layer that sees each attempt, between retry and credentials. The first one added is the outermost.
    pub fn per_attempt_layer(mut self, layer: Layer) -> Self {
        self.per_attempt.push(layer);
        self
    }

    /// Assembles the layers. Spawns nothing and needs no runtime.
    #[must_use]
    pub fn build(self) -> Stack {
        let counters = Arc::new(Counters::default());
        let clock = self.clock.unwrap_or_else(SystemClock::shared);
        let limiter = Arc::new(Limiter::new(Arc::clone(&clock), self.rate, self.concurrency, self.retry.cap));

        let inner: SharedTransport = Arc::new(Collect { inner: self.transport, limit: self.max_body });
        let inner: SharedTransport =
            Arc::new(AttemptTimeout { inner, clock: Arc::clone(&clock), limit: self.attempt_timeout });
        let attempt: SharedTransport =
            Arc::new(AttemptSpan { inner, clock: Arc::clone(&clock), counters: Arc::clone(&counters) });
        let parts = Parts {
            attempt,
            clock,
            deadline: self.deadline,
            budget: Arc::new(Budget::new(self.retry.budget)),
            retry: self.retry,
            counters,
            per_call: self.per_call,
            per_attempt: self.per_attempt,
        };
        let transport = parts.assemble(self.credentials.clone(), &limiter);
        Stack { transport, parts: Arc::new(parts), limiter, credentials: self.credentials }
    }
}

fn wrapped(inner: SharedTransport, layers: &[Layer]) -> SharedTransport {
    layers.iter().rev().fold(inner, |inner, layer| layer(inner))
}

impl fmt::Debug for StackBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StackBuilder")
            .field("deadline", &self.deadline)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("retry", &self.retry)
            .field("rate", &self.rate)
            .field("concurrency", &self.concurrency)
            .field("max_body", &self.max_body)
            .finish_non_exhaustive()
    }
}
