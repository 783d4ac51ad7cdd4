//! The sandbox: one store behind two fronts.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard},
    time::Duration,
};

use orglib_transport::{Request, Response, SharedClock, SharedTransport, TransportError};

use crate::{
    Code42Access, Faults, Grant, Info, Rate, SandboxBuilder, ServiceApp, Stats, Summary, answer,
    controls::Bucket,
    exchange::mix,
    faults::Plan,
    seed,
    services::{self, times::utc},
    spec::{self, Moment},
    stats::Counters,
    store::{OAuth, Store, Token},
    transport::{self, InProcess},
};

/// An emulator of the services, with one organisation in it that a token administers. Clones share everything.
#[derive(Clone)]
pub struct Sandbox(Arc<Inner>);

struct Inner {
    info: Info,
    foreign_org_id: u64,
    store: RwLock<Store>,
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
        let info = info(&builder);
        let mut store = seed::grow(&builder);
        store.oauth = OAuth {
            client_id: info.service_app.client_id.clone(),
            client_secret: info.service_app.client_secret.clone(),
            org: info.org_id,
            seed: info.seed,
            ..OAuth::default()
        };
        if let Some(org) = store.organizations.get_mut(&info.org_id) {
            services::register(org, &info.service_app.client_id);
        }
        store.code42 = seed::grow_code42(info.seed, &info.code42, builder.code42_totp);
        let sandbox = Self(Arc::new(Inner {
            info,
            foreign_org_id: seed::foreign_org_id(builder.org_id),
            store: RwLock::new(store),
            check_answers: builder.check_answers,
            clock: builder.clock,
            controls: RwLock::new(Controls { latency: builder.latency, faults: Arc::new(builder.faults) }),
            bucket: Mutex::new(builder.rate.map(|rate| Bucket::full(rate, now))),
            plan: Plan::new(builder.seed),
            counters: Counters::default(),
        }));
        sandbox.issue_as(sandbox.token().to_owned(), Grant::administrator());
        sandbox
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
        let outcome = answer::answer(self, &incoming);
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

    /// The address of the employee behind the administrator's token.
    pub fn administrator(&self) -> String {
        let store = self.store();
        let org = store.organizations.get(&self.org_id());
        let found = org.and_then(|org| Some((org, org.person(org.administrator)?)));
        found.map(|(org, person)| org.address_of(person)).unwrap_or_default()
    }

    /// What somebody needs to know to use this sandbox.
    pub fn info(&self) -> &Info {
        &self.0.info
    }

    /// An organisation that exists and that the token may not see.
    pub fn foreign_org_id(&self) -> u64 {
        self.0.foreign_org_id
    }

    /// What the organisation holds at the moment.
    pub fn summary(&self) -> Summary {
        self.store().summary(self.org_id())
    }

    /// Puts people, departments, groups and other things of one's own into the organisation, in the words of the
    /// documents: lists by their names, with items such as the services list them. What a service answered can be put in
    /// as it is. Ids may be left out; a thing with the id of one that is there takes its place.
    ///
    /// ```
    /// use orglib_sandbox::{Sandbox, Scenario};
    /// use serde_json::json;
    ///
    /// let sandbox = Sandbox::builder().scenario(Scenario::Bare).domain("port.example").build();
    /// sandbox.put(&json!({
    ///     "departments": [{"id": 20, "name": "Pilots", "parentId": 1, "label": "pilots"}],
    ///     "users": [
    ///         {"id": "500", "nickname": "anna", "name": {"first": "Anna", "last": "Holm"}, "departmentId": 20},
    ///         {"nickname": "jan", "name": {"first": "Jan", "last": "Beck"}, "departmentId": 1, "isEnabled": false},
    ///     ],
    ///     "groups": [{"name": "Watch", "label": "watch", "members": [{"type": "user", "id": "500"}]}],
    /// }))?;
    /// assert_eq!(sandbox.summary().users, 3);
    /// # Ok::<_, orglib_sandbox::Unfit>(())
    /// ```
    ///
    /// # Errors
    /// Fails where something is not what the documents say, where an address is taken or of another domain, and where
    /// something refers to what is not there. Then all stays as it was.
    pub fn put(&self, things: &serde_json::Value) -> Result<(), Unfit> {
        let now = Moment { since_start: self.0.clock.monotonic(), time: self.0.clock.now() };
        let mut store = self.store_mut();
        let org = store.organizations.get_mut(&self.org_id());
        org.map_or(Ok(()), |org| services::put(org, things, &utc(now.milliseconds() / 1000))).map_err(Unfit)
    }

    /// Issues a token and gives its text.
    pub fn issue(&self, grant: Grant) -> String {
        let number = self.store().tokens.len() as u64;
        let text = secret("y0", self.info().seed, 100 + number);
        self.issue_as(text.clone(), grant);
        text
    }

    fn issue_as(&self, text: String, grant: Grant) {
        let ends = grant.lifetime.map(|lifetime| self.0.clock.monotonic() + lifetime);
        let scopes = match grant.scopes {
            Some(scopes) => scopes.into_iter().collect(),
            None => spec::spec().scopes().map(str::to_owned).collect(),
        };
        let mut store = self.store_mut();
        let org = store.organizations.get(&self.org_id());
        let administrator = org.map(|org| org.administrator).unwrap_or_default();
        let uid = grant.user_id.unwrap_or(administrator);
        store.tokens.add(text, Token { uid, scopes, ends });
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

    pub(crate) fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.0.plan
    }

    pub(crate) fn counters(&self) -> &Counters {
        &self.0.counters
    }

    pub(crate) fn checks_answers(&self) -> bool {
        self.0.check_answers
    }

    /// Takes one request out of the limit; false where there is none left.
    pub(crate) fn let_through(&self) -> bool {
        let now = self.0.clock.monotonic();
        self.bucket().as_mut().is_none_or(|bucket| bucket.take(now))
    }

    pub(crate) fn faults_now(&self) -> Arc<Faults> {
        Arc::clone(&self.controls().faults)
    }

    pub(crate) fn store(&self) -> RwLockReadGuard<'_, Store> {
        self.0.store.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn store_mut(&self) -> RwLockWriteGuard<'_, Store> {
        self.0.store.write().unwrap_or_else(PoisonError::into_inner)
    }

    fn controls(&self) -> RwLockReadGuard<'_, Controls> {
        self.0.controls.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn bucket(&self) -> MutexGuard<'_, Option<Bucket>> {
        self.0.bucket.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Why things of one's own do not fit into a sandbox: `users[1].departmentId: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit(String);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unfit {}

/// Shows the organisation's id and the seed.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox")
            .field("org_id", &self.0.info.org_id)
            .field("seed", &self.0.info.seed)
            .finish_non_exhaustive()
    }
}

fn info(builder: &SandboxBuilder) -> Info {
    let secret = |kind, number| secret(kind, builder.seed, number);
    Info {
        org_id: builder.org_id,
        token: secret("y0", 0),
        service_app: ServiceApp { client_id: secret("app", 1), client_secret: secret("app-secret", 2) },
        code42: Code42Access {
            user: "admin@severny-most.example".to_owned(),
            password: secret("password", 3),
            client_id: secret("key", 4),
            client_secret: secret("key-secret", 5),
        },
        users: u64::from(builder.users),
        seed: builder.seed,
    }
}

/// A text that looks like a secret, and follows from the seed.
fn secret(kind: &str, seed: u64, number: u64) -> String {
    let [high, low] = [0, 1].map(|half| mix(mix(seed) ^ mix(number * 2 + half)));
    format!("{kind}_sandbox_{high:016x}{low:016x}")
}
