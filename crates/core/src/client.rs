//! The client: sends operations through the layers and reads the answers.

use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use orglib_models::value::Values;
use orglib_transport::{
    Activity, Expect, Request, SharedClock, SharedCredentials, SharedTransport, Stack, StackBuilder, Stats,
    SystemClock,
};

use crate::{
    Call, Endpoints, Error, Host, List, NamedCall, NamedOperation, Operation, OperationHomes, OperationMeta,
    OperationName, PagedOperation, Poller, RawCall, RawResponse, Start, StartsTask, TaskOperation,
    call::CallFacts, download::Open,
};

/// The largest failing body that is read for what the service says.
const MAX_BODY: usize = 64 * 1024 * 1024;

/// Sends operations. Cheap to clone; all clones share connections, limits and credentials.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    stack: Stack,
    transport: SharedTransport,
    endpoints: Endpoints,
    clock: SharedClock,
    /// What raw calls are known by.
    operations: Tables,
}

/// Tables of declared operations.
type Tables = Arc<[&'static [OperationHomes]]>;

/// An answer with what surrounds it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Full<T> {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// How many attempts it took.
    pub attempts: u32,
    /// How long it took, waits included.
    pub elapsed: Duration,
    /// The answer.
    pub output: T,
}

/// Shows what came, without the headers, which may hold secrets.
impl<T: fmt::Debug> fmt::Debug for Full<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Full")
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .field("output", &self.output)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Builds a client over a transport. The layers are put around it: give a bare one.
    pub fn builder(transport: SharedTransport) -> ClientBuilder {
        ClientBuilder {
            stack: Stack::builder(transport),
            clock: SystemClock::shared(),
            endpoints: Endpoints::new(),
            operations: Vec::new(),
        }
    }

    /// Where the services are.
    pub fn endpoints(&self) -> &Endpoints {
        &self.0.endpoints
    }

    /// Counts of what was sent since the client was made.
    pub fn stats(&self) -> Stats {
        self.0.stack.stats()
    }

    /// What its requests do at the moment.
    pub fn activity(&self) -> Activity {
        self.0.stack.activity()
    }

    /// Waits until the credentials have nothing under way: before a program ends, so that a token whose renewal began
    /// is kept. Bound the wait by a time of your own.
    pub async fn settle(&self) {
        self.0.stack.settle().await;
    }

    /// The clock that the client lives by.
    pub fn clock(&self) -> &SharedClock {
        &self.0.clock
    }

    /// A call of an operation, ready to be sent.
    pub fn call<O: Operation>(&self, operation: O) -> Call<O> {
        Call::new(self.clone(), operation)
    }

    /// A list, ready to be read.
    pub fn list<O: PagedOperation>(&self, operation: O) -> List<O> {
        List::new(self.clone(), operation)
    }

    /// A call that starts a task, ready to be sent.
    pub fn start<O: StartsTask + Clone>(&self, operation: O) -> Start<O> {
        Start::new(self.clone(), operation)
    }

    /// A task that was started before, to be waited for.
    pub fn poller<O: TaskOperation>(&self, operation: O) -> Poller<O> {
        Poller::new(self.clone(), operation)
    }

    /// A call of what has no type yet. `path` begins with `/` and may carry a query, both encoded. Whether it may be
    /// repeated says the declared operation with this method and path, see [`ClientBuilder::operations`]; an unknown one
    /// is repeated only where it reads.
    pub fn raw(&self, method: Method, host: Host, path: impl Into<String>) -> RawCall {
        RawCall::new(self.clone(), method, host, path.into())
    }

    /// A call of an operation that is known by its META alone, of values by name; see [`OperationMeta::parameters`].
    ///
    /// # Errors
    /// `Build`, where a name is not known, a value is missing or cannot be taken; the message says what is accepted.
    pub fn named(&self, operation: NamedOperation, values: Values) -> Result<NamedCall, Error> {
        NamedCall::new(self.clone(), operation, values)
    }

    /// Sends an operation and reads its answer.
    ///
    /// # Errors
    /// As [`Error`] says: everything from a field that cannot be sent to an answer that is not understood.
    pub async fn execute<O: Operation>(&self, operation: &O) -> Result<O::Output, Error> {
        let response = self.execute_raw(operation).await?;
        operation.decode(response)
    }

    /// Sends an operation and gives its answer with what surrounds it.
    ///
    /// # Errors
    /// As [`execute`](Self::execute).
    pub async fn execute_full<O: Operation>(&self, operation: &O) -> Result<Full<O::Output>, Error> {
        let response = self.execute_raw(operation).await?;
        response.full(|response| operation.decode(response))
    }

    /// Sends an operation and gives its answer unread, if it is a success.
    ///
    /// # Errors
    /// As [`execute`](Self::execute), but for `Decode`.
    pub async fn execute_raw<O: Operation>(&self, operation: &O) -> Result<RawResponse, Error> {
        let request = operation.request(self.endpoints())?;
        self.exchange(request, O::meta(self.endpoints())).await
    }

    pub(crate) async fn exchange(
        &self,
        request: Request,
        meta: &'static OperationMeta,
    ) -> Result<RawResponse, Error> {
        let operation = request.meta.operation.clone();
        let mut response = self.exchange_named(request, operation, CallFacts::of(meta)).await?;
        response.paging = meta.paging;
        response.list = meta.list;
        Ok(response)
    }

    pub(crate) async fn exchange_named(
        &self,
        request: Request,
        operation: OperationName,
        facts: CallFacts,
    ) -> Result<RawResponse, Error> {
        let start = self.0.clock.monotonic();
        let outcome = self.attempt(request, operation, facts).await;
        let elapsed = self.0.clock.monotonic().saturating_sub(start);
        let response = outcome.map_err(|error| error.with_elapsed(elapsed))?;
        if response.status.is_success() {
            return Ok(RawResponse { elapsed, ..response });
        }
        let retry_after = orglib_transport::retry_after(&response.headers, self.0.clock.now());
        Err(Error::from_status(&response, facts, retry_after).with_elapsed(elapsed))
    }

    pub(crate) async fn attempt(
        &self,
        request: Request,
        operation: OperationName,
        facts: CallFacts,
    ) -> Result<RawResponse, Error> {
        let failed = |error| Error::from_transport(operation.clone(), facts, error);
        let streams = request.meta.expect == Expect::Stream;
        let response = self.0.transport.send(request).await.map_err(failed)?;
        let (body, open) = if streams && response.status.is_success() {
            (Bytes::new(), Some(Open { body: response.body, clock: self.0.clock.clone() }))
        } else {
            (response.body.collect(MAX_BODY).await.map_err(failed)?, None)
        };
        Ok(RawResponse {
            open,
            operation,
            status: response.status,
            headers: response.headers,
            body,
            attempts: response.attempts,
            elapsed: Duration::ZERO,
            paging: None,
            list: "",
            idempotent: facts.idempotent,
        })
    }

    /// The declared operation with this method and path, of those that the client was told of.
    pub(crate) fn declared(&self, method: &Method, host: Host, path: &str) -> Option<&'static OperationMeta> {
        let homes = self.0.operations.iter().copied().flatten();
        let mut metas = homes.flat_map(|(current, legacy)| std::iter::once(*current).chain(*legacy));
        metas.find(|meta| meta.method == *method && meta.host == host && meta.has_path(path))
    }

    /// The same client, asking as somebody else. Connections, counters, the retry budget, the concurrency limit and
    /// a fixed rate are shared; a learned rate is each one's own.
    #[must_use]
    pub fn with_credentials(&self, credentials: SharedCredentials) -> Self {
        self.over(self.0.stack.with_credentials(Some(credentials)))
    }

    /// The same client, asking as nobody, and sharing as [`with_credentials`](Self::with_credentials) says.
    #[must_use]
    pub fn without_credentials(&self) -> Self {
        self.over(self.0.stack.with_credentials(None))
    }

    fn over(&self, stack: Stack) -> Self {
        Self(Arc::new(Inner {
            transport: stack.transport(),
            stack,
            endpoints: self.0.endpoints.clone(),
            clock: self.0.clock.clone(),
            operations: Arc::clone(&self.0.operations),
        }))
    }

    /// The same client, asking the chosen home of methods that have two.
    #[must_use]
    pub fn with_generation(&self, generation: crate::Generation) -> Self {
        if self.0.endpoints.generation() == generation {
            return self.clone();
        }
        Self(Arc::new(Inner {
            stack: self.0.stack.clone(),
            transport: self.0.transport.clone(),
            endpoints: self.0.endpoints.clone().with_generation(generation),
            clock: self.0.clock.clone(),
            operations: Arc::clone(&self.0.operations),
        }))
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("stack", &self.0.stack).finish_non_exhaustive()
    }
}

/// Builds a [`Client`].
#[derive(Debug)]
#[must_use]
pub struct ClientBuilder {
    stack: StackBuilder,
    clock: SharedClock,
    endpoints: Endpoints,
    operations: Vec<&'static [OperationHomes]>,
}

impl ClientBuilder {
    /// Adds a table of declared operations, such as each service's crate has. A raw call that is one of them may be
    /// repeated as that says, and names its scopes; of an unknown one only reading is repeated.
    pub fn operations(mut self, table: &'static [OperationHomes]) -> Self {
        self.operations.push(table);
        self
    }

    /// Sets who asks. Without it, requests go out without credentials.
    pub fn credentials(mut self, credentials: SharedCredentials) -> Self {
        self.stack = self.stack.credentials(credentials);
        self
    }

    /// Sets where the services are; by default at their public addresses.
    pub fn endpoints(mut self, endpoints: Endpoints) -> Self {
        self.endpoints = endpoints;
        self
    }

    /// Sets where time, waiting and randomness come from; by default the machine.
    pub fn clock(mut self, clock: SharedClock) -> Self {
        self.clock = clock;
        self
    }

    /// Sets up the layers: deadline, retry, rate, concurrency and layers of one's own.
    pub fn stack(mut self, set_up: impl FnOnce(StackBuilder) -> StackBuilder) -> Self {
        self.stack = set_up(self.stack);
        self
    }

    /// The client.
    pub fn build(self) -> Client {
        let stack = self.stack.clock(self.clock.clone()).build();
        let transport = stack.transport();
        Client(Arc::new(Inner {
            stack,
            transport,
            endpoints: self.endpoints,
            clock: self.clock,
            operations: self.operations.into(),
        }))
    }
}
