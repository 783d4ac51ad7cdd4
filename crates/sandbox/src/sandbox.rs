//! The sandbox: one store behind two fronts.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard},
    time::{Duration, UNIX_EPOCH},
};

use http::{HeaderName, HeaderValue, StatusCode, header};
use orglib_transport::{Request, Response, SharedClock, SharedTransport, TransportError};
use serde_json::Value;

use crate::{
    Faults, Info, Rate, SandboxBuilder, Stats, Summary,
    controls::Bucket,
    exchange::{Delivery, Incoming, Outcome, Reply, mix},
    faults::{FaultKind, Plan, garble},
    stats::Counters,
    transport::{self, InProcess},
};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// An emulator of the services, with one organisation in it that a token administers. Clones share everything.
#[derive(Clone)]
pub struct Sandbox(Arc<Inner>);

struct Inner {
    seed: u64,
    info: Info,
    check_answers: bool,
    clock: SharedClock,
    controls: RwLock<Controls>,
    bucket: Mutex<Option<Bucket>>,
    plan: Plan,
    counters: Counters,
}

struct Controls {
    latency: Duration,
    faults: Arc<Faults>,
}

impl Sandbox {
    /// Begins a sandbox.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder::new()
    }

    pub(crate) fn new(builder: SandboxBuilder) -> Self {
        let now = builder.clock.monotonic();
        let info = Info {
            org_id: builder.org_id,
            token: "y0_sandbox".to_owned(),
            service_app: crate::ServiceApp { client_id: String::new(), client_secret: String::new() },
            code42: crate::Code42Access {
                user: String::new(),
                password: String::new(),
                client_id: String::new(),
                client_secret: String::new(),
            },
            users: u64::from(builder.users),
            seed: builder.seed,
        };
        Self(Arc::new(Inner {
            seed: builder.seed,
            info,
            check_answers: builder.check_answers,
            clock: builder.clock,
            controls: RwLock::new(Controls { latency: builder.latency, faults: Arc::new(builder.faults) }),
            bucket: Mutex::new(builder.rate.map(|rate| Bucket::full(rate, now))),
            plan: Plan::new(builder.seed),
            counters: Counters::default(),
        }))
    }

    /// A transport that asks this sandbox, whatever host a request names. No socket is opened.
    pub fn transport(&self) -> SharedTransport {
        Arc::new(InProcess(self.clone()))
    }

    /// Answers one request, after the latency.
    ///
    /// # Errors
    /// Fails where a fault breaks the connection, or where the request's own body fails.
    pub async fn handle(&self, request: Request) -> Result<Response, TransportError> {
        let incoming = transport::incoming(request).await?;
        let outcome = self.exchange(&incoming);
        self.wait(outcome.delay).await;
        transport::response(outcome)
    }

    /// The id of the organisation that the token administers.
    pub fn org_id(&self) -> u64 {
        self.0.info.org_id
    }

    /// The administrator's token, with every scope.
    pub fn token(&self) -> &str {
        &self.0.info.token
    }

    /// What somebody needs to know to use this sandbox.
    pub fn info(&self) -> &Info {
        &self.0.info
    }

    /// What the organisation holds at the moment.
    pub fn summary(&self) -> Summary {
        Summary::default()
    }

    /// What has been asked so far.
    pub fn stats(&self) -> Stats {
        self.0.counters.snapshot()
    }

    /// Puts the counters to zero, fills the rate limit's bucket and forgets which requests failed. The
    /// organisation stays as it is.
    pub fn reset(&self) {
        self.0.counters.reset();
        self.0.plan.reset();
        self.set_rate(self.rate());
    }

    /// What goes wrong.
    pub fn faults(&self) -> Faults {
        Faults::clone(&self.controls().faults)
    }

    /// Replaces what goes wrong.
    pub fn set_faults(&self, faults: Faults) {
        self.0.controls.write().unwrap_or_else(PoisonError::into_inner).faults = Arc::new(faults);
    }

    /// How long each answer takes.
    pub fn latency(&self) -> Duration {
        self.controls().latency
    }

    /// Replaces how long each answer takes.
    pub fn set_latency(&self, latency: Duration) {
        self.0.controls.write().unwrap_or_else(PoisonError::into_inner).latency = latency;
    }

    /// The limit on requests.
    pub fn rate(&self) -> Option<Rate> {
        self.bucket().as_ref().map(Bucket::rate)
    }

    /// Replaces the limit on requests; its bucket is full.
    pub fn set_rate(&self, rate: Option<Rate>) {
        let now = self.0.clock.monotonic();
        *self.bucket() = rate.map(|rate| Bucket::full(rate, now));
    }

    pub(crate) async fn wait(&self, delay: Duration) {
        if !delay.is_zero() {
            self.0.clock.sleep(delay).await;
        }
    }

    /// Answers one request, without waiting.
    pub(crate) fn exchange(&self, _incoming: &Incoming) -> Outcome {
        Outcome {
            reply: Reply::empty(StatusCode::NOT_IMPLEMENTED),
            delivery: Delivery::Whole,
            delay: self.latency(),
        }
    }

    fn controls(&self) -> RwLockReadGuard<'_, Controls> {
        self.0.controls.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn bucket(&self) -> MutexGuard<'_, Option<Bucket>> {
        self.0.bucket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Shows the organisation's id and the seed.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("org_id", &self.0.info.org_id)
            .field("seed", &self.0.seed)
            .finish_non_exhaustive()
    }
}
