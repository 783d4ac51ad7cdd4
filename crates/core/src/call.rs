//! Calls and lists: an operation with a client, ready to be sent.

use std::{fmt, future::IntoFuture, num::NonZeroU32, pin::Pin, time::Duration};

use http::{HeaderName, HeaderValue, Method};
use orglib_transport::{Body, Expect, Request, RequestMeta};
use serde::Serialize;

use crate::{
    Client, Error, Full, Generation, Host, JsonPages, Operation, OperationMeta, OperationName,
    PagedOperation, RawResponse, Scopes,
    pager::{Pager, Pages},
    paging::{Continuation, Cursor},
    request::append_pair,
};

/// What an error needs to know of a call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CallFacts {
    pub(crate) host: Host,
    pub(crate) scopes: Scopes,
    pub(crate) idempotent: bool,
}

impl CallFacts {
    pub(crate) fn of(meta: &OperationMeta) -> Self {
        Self { host: meta.host, scopes: meta.scopes, idempotent: meta.idempotent }
    }
}

/// Where a quarter of all answers fails, one call in a thousand fails five times over, and a job makes a hundred
/// thousand: three rounds lose none of them.
const PATIENT_ROUNDS: NonZeroU32 = NonZeroU32::MIN.saturating_add(2);

/// What may be chosen for one call.
#[derive(Clone, Debug, Default)]
pub(crate) struct CallOptions {
    pub(crate) timeout: Option<Duration>,
    patient: bool,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
}

impl CallOptions {
    fn apply(&self, request: &mut Request) {
        request.meta.timeout = self.timeout;
        request.meta.patient = self.patient;
        if self.patient {
            request.meta.rounds = PATIENT_ROUNDS;
        }
        request.headers.extend(self.headers.iter().cloned());
    }
}

/// One call of an operation, ready to be sent. Optional arguments are set by the setters of the operation, which
/// its crate's `prelude` brings in.
#[derive(Clone, Debug)]
#[must_use = "a call does nothing until it is sent"]
pub struct Call<O> {
    client: Client,
    operation: O,
    options: CallOptions,
}

impl<O: Operation> Call<O> {
    pub(crate) fn new(client: Client, operation: O) -> Self {
        Self::with_options(client, operation, CallOptions::default())
    }

    pub(crate) fn with_options(client: Client, operation: O, options: CallOptions) -> Self {
        Self { client, operation, options }
    }

    /// What is called.
    pub fn operation(&self) -> &O {
        &self.operation
    }

    /// Replaces the deadline of the call, waits and repeated attempts included.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Lets the deadline run from when the call may be sent: waiting for the rate and for a place does not count. It makes
    /// up to three rounds of attempts, if the service answers at all, and has three times the deadline for them. For jobs,
    /// which have more calls ready than may be sent, and must not lose a row to bad luck.
    pub fn patient(mut self) -> Self {
        self.options.patient = true;
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.options.headers.push((name, value));
        self
    }

    /// Chooses the home of a method that has two.
    pub fn generation(mut self, generation: Generation) -> Self {
        self.client = self.client.with_generation(generation);
        self
    }

    /// Sends the call and reads its answer.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn send(self) -> Result<O::Output, Error> {
        let response = self.send_raw().await?;
        self.operation.decode(response)
    }

    /// Sends the call and reads its answer; `None` where what was asked for does not exist.
    ///
    /// # Errors
    /// As [`Client::execute`], but for "not found".
    pub async fn find(self) -> Result<Option<O::Output>, Error> {
        match self.send().await {
            Err(error) if error.is_not_found() => Ok(None),
            outcome => outcome.map(Some),
        }
    }

    /// Sends the call and gives its answer with what surrounds it.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn send_full(self) -> Result<Full<O::Output>, Error> {
        self.send_raw().await?.full(|response| self.operation.decode(response))
    }

    async fn send_raw(&self) -> Result<RawResponse, Error> {
        let mut request = self.operation.request(self.client.endpoints())?;
        self.options.apply(&mut request);
        self.client.exchange(request, O::meta(self.client.endpoints())).await
    }
}

/// A call that is awaited is sent; see [`Call::send`].
impl<O: Operation> IntoFuture for Call<O> {
    type Output = Result<O::Output, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// A list, ready to be read: as a stream of items or of pages.
#[derive(Clone, Debug)]
#[must_use = "a list does nothing until it is read"]
pub struct List<O> {
    pub(crate) client: Client,
    pub(crate) operation: O,
    pub(crate) options: CallOptions,
    pub(crate) limit: Option<u64>,
    pub(crate) page_size: Option<u32>,
    pub(crate) resume: Option<Continuation>,
}

impl<O: PagedOperation> List<O> {
    pub(crate) fn new(client: Client, operation: O) -> Self {
        let options = CallOptions::default();
        Self { client, operation, options, limit: None, page_size: None, resume: None }
    }

    /// Replaces the deadline of each page's call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Reads each page by a patient call; see [`Call::patient`].
    pub fn patient(mut self) -> Self {
        self.options.patient = true;
        self
    }

    /// Adds a header to the call of each page.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.options.headers.push((name, value));
        self
    }

    /// Begins with this page of a list that is asked for by page number, from 1, of pages of this size.
    pub fn starting_at_page(mut self, number: u32, size: u32) -> Self {
        let meta = O::meta(self.client.endpoints());
        self.resume = Some(Continuation::new(meta, Some(Cursor(number.to_string())), 0, size));
        self
    }

    /// Chooses the home of a method that has two.
    pub fn generation(mut self, generation: Generation) -> Self {
        self.client = self.client.with_generation(generation);
        self
    }

    /// Ends the list after this many items, and asks for no more than that.
    pub fn limit(mut self, items: u64) -> Self {
        self.limit = Some(items);
        self
    }

    /// Asks for pages of this many items: 1 to as many as the service allows, which is the default. Another number is
    /// refused before anything is sent.
    pub fn page_size(mut self, items: u32) -> Self {
        self.page_size = Some(items);
        self
    }

    /// Goes on where an earlier list ended.
    pub fn resume_from(mut self, continuation: Continuation) -> Self {
        self.resume = Some(continuation);
        self
    }

    /// The items, one after another. The next page is asked for when the one before is used up.
    pub fn stream(self) -> Pager<O> {
        Pager::new(self)
    }

    /// The pages, one after another. [`limit`](Self::limit) does not cut a page.
    pub fn pages(self) -> Pages<O> {
        Pages::new(self)
    }

    /// All items, in memory.
    ///
    /// # Errors
    /// The first error of a page or an item.
    pub async fn try_collect(self) -> Result<Vec<O::Item>, Error> {
        use futures::TryStreamExt;
        self.stream().try_collect().await
    }

    pub(crate) async fn fetch(self) -> Result<O::Output, Error> {
        let call = Call { client: self.client, operation: self.operation, options: self.options };
        call.send().await
    }
}

/// What has an operation whose optional arguments can be set: the operation itself, a [`Call`], a [`List`].
pub trait WithOperation<O>: Sized {
    /// Changes the operation.
    #[must_use]
    fn map_operation(self, change: impl FnOnce(O) -> O) -> Self;
}

impl<O> WithOperation<O> for Call<O> {
    fn map_operation(self, change: impl FnOnce(O) -> O) -> Self {
        Self { operation: change(self.operation), ..self }
    }
}

impl<O> WithOperation<O> for List<O> {
    fn map_operation(self, change: impl FnOnce(O) -> O) -> Self {
        Self { operation: change(self.operation), ..self }
    }
}

/// A call of what has no type yet, with the same credentials, retry and limits.
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct RawCall {
    client: Client,
    method: Method,
    host: Host,
    path: String,
    query: String,
    body: Option<Vec<u8>>,
    options: CallOptions,
}

impl RawCall {
    pub(crate) fn new(client: Client, method: Method, host: Host, path: String) -> Self {
        Self { client, method, host, path, query: String::new(), body: None, options: CallOptions::default() }
    }

    /// Adds a query pair; both are encoded here.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        append_pair(&mut self.query, name, value);
        self
    }

    /// Adds a header.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.options.headers.push((name, value));
        self
    }

    /// Sets the body, as JSON.
    ///
    /// # Errors
    /// `Build`, where the value cannot be written as JSON.
    pub fn json<T: Serialize + ?Sized>(mut self, value: &T) -> Result<Self, Error> {
        let body = serde_json::to_vec(value)
            .map_err(|error| Error::build("raw", format!("the body cannot be written: {error}")))?;
        self.body = Some(body);
        Ok(self)
    }

    /// Replaces the deadline of the call.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sends the call and gives its answer unread, if it is a success.
    ///
    /// # Errors
    /// As [`Client::execute`], but for `Decode`.
    pub async fn send(self) -> Result<RawResponse, Error> {
        let request = self.request()?;
        match self.declared() {
            Some(meta) => self.client.exchange(request, meta).await,
            None => {
                let name = OperationName::from(format!("{} {}", self.method, request.url.path()));
                let facts =
                    CallFacts { host: self.host, scopes: Scopes::None, idempotent: request.meta.idempotent };
                self.client.exchange_named(request, name, facts).await
            }
        }
    }

    /// The pages of the list that it calls, where it is a declared operation that answers in pages.
    ///
    /// # Errors
    /// `Build`, where it is none, or asks for a page itself.
    pub fn pages(self) -> Result<JsonPages, Error> {
        JsonPages::of_raw(self)
    }

    /// Whether its query has a pair of this name.
    pub(crate) fn has_query(&self, name: &str) -> bool {
        let own = self.path.split_once('?').map_or("", |(_, query)| query);
        [own, &self.query]
            .iter()
            .any(|query| query.split('&').any(|pair| pair.split('=').next() == Some(name)))
    }

    /// The declared operation that it is, of those that the client was told of.
    pub fn declared(&self) -> Option<&'static OperationMeta> {
        self.client.declared(&self.method, self.host, self.path.split('?').next().unwrap_or_default())
    }

    fn request(&self) -> Result<Request, Error> {
        if !self.path.starts_with('/') {
            return Err(Error::build("raw", "a path begins with `/`, for instance `/directory/v1/org`"));
        }
        let (path, own_query) = self.path.split_once('?').unwrap_or((&self.path, ""));
        let mut url = self.client.endpoints().url(self.host)?;
        url.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
        let query = [own_query, &self.query].into_iter().filter(|part| !part.is_empty());
        let query = query.collect::<Vec<_>>().join("&");
        url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
        let reads = matches!(self.method, Method::GET | Method::HEAD | Method::OPTIONS);
        let meta = match self.declared() {
            Some(meta) => RequestMeta::new(meta.id, meta.idempotent)
                .with_route(meta.path)
                .with_rate_class(meta.rate_class),
            None => RequestMeta::new("raw", reads).with_route("(not declared)"),
        };
        let meta = meta.with_expect(Expect::Anything);
        let mut request = Request::new(self.method.clone(), url, meta);
        let json = HeaderValue::from_static("application/json");
        request.headers.insert(http::header::ACCEPT, json.clone());
        if let Some(body) = &self.body {
            request.headers.insert(http::header::CONTENT_TYPE, json);
            request.body = Body::from(body.clone());
        }
        self.options.apply(&mut request);
        Ok(request)
    }
}

/// Shows method and host. The path, the query and the body may hold people's data.
impl fmt::Debug for RawCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawCall")
            .field("method", &self.method)
            .field("host", &self.host)
            .field("body", &self.body.as_ref().map(Vec::len))
            .finish_non_exhaustive()
    }
}
