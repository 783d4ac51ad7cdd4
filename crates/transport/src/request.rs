//! What a transport is asked to send.

use std::{borrow::Cow, fmt, num::NonZeroU32};

use http::{HeaderMap, Method};
use url::Url;

use crate::{Body, progress::Progress};

/// One HTTP request, with what the layers need to know about it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Request {
    /// The HTTP method.
    pub method: Method,
    /// The whole URL, with its query.
    pub url: Url,
    /// Headers; credentials are added by their layer.
    pub headers: HeaderMap,
    /// The body, which can be produced again for a repeated attempt.
    pub body: Body,
    /// What the layers know about the operation behind the request.
    pub meta: RequestMeta,
}

impl Request {
    /// A request without headers or body.
    pub fn new(method: Method, url: Url, meta: RequestMeta) -> Self {
        Self { method, url, headers: HeaderMap::new(), body: Body::Empty, meta }
    }

    /// Replaces the body.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<Body>) -> Self {
        self.body = body.into();
        self
    }
}

/// Shows the method, host, path and operation. The query and the headers may hold people's data or secrets.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("host", &self.url.host_str().unwrap_or_default())
            .field("operation", &self.meta.operation)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// What the layers know about the operation behind a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestMeta {
    /// The operation's id, as the API documents spell it; `raw` for a call without a type.
    pub operation: Cow<'static, str>,
    /// The path as the API documents spell it, its parameters in braces, for logs: the path itself holds ids.
    pub route: Cow<'static, str>,
    /// Whether sending the request twice has the effect of sending it once.
    pub idempotent: bool,
    /// Which limit of the service the request counts against, within its host and credentials.
    pub rate_class: RateClass,
    /// What a successful answer must hold to be one.
    pub expect: Expect,
    /// The deadline of the whole call, waits included; none means the default of the client. A call of more
    /// [rounds](Self::rounds) has it once for each.
    pub timeout: Option<std::time::Duration>,
    /// Whether waiting for the rate and for a place is no part of the deadline: for jobs, which have more calls ready
    /// than may be sent, so that none fails for having stood in a queue.
    pub patient: bool,
    /// How many rounds of the policy's attempts the call may make where an answer or a broken connection makes it worth
    /// while: 1, and more for a job that must not lose a row to bad luck. Each has a first attempt that is no repeated
    /// one, and the deadline for itself.
    pub rounds: NonZeroU32,
    /// The number of this attempt, counted from 1. Set by the retry layer, for the layers inside it.
    pub attempt: u32,
    pub(crate) progress: Progress,
}

impl RequestMeta {
    /// The usual request: default rate class, JSON expected.
    pub fn new(operation: impl Into<Cow<'static, str>>, idempotent: bool) -> Self {
        Self {
            operation: operation.into(),
            route: Cow::Borrowed(""),
            idempotent,
            rate_class: RateClass::DEFAULT,
            expect: Expect::Json,
            timeout: None,
            patient: false,
            rounds: NonZeroU32::MIN,
            attempt: 1,
            progress: Progress::default(),
        }
    }

    /// Sets the path as the API documents spell it.
    #[must_use]
    pub fn with_route(mut self, route: impl Into<Cow<'static, str>>) -> Self {
        self.route = route.into();
        self
    }

    /// Replaces the rate class.
    #[must_use]
    pub fn with_rate_class(mut self, rate_class: RateClass) -> Self {
        self.rate_class = rate_class;
        self
    }

    /// Replaces what a successful answer must hold.
    #[must_use]
    pub fn with_expect(mut self, expect: Expect) -> Self {
        self.expect = expect;
        self
    }
}

/// The name of one of a service's limits. Requests of one class share a learned rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RateClass(&'static str);

impl RateClass {
    /// The class of an operation that names none.
    pub const DEFAULT: Self = Self("default");

    /// A class of this name.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// What a successful (2xx) answer must hold. One that does not hold it counts as a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Expect {
    /// One whole JSON document.
    Json,
    /// One whole JSON document, or nothing at all: a change that is answered with 200 and no body.
    JsonOrNothing,
    /// Anything, an empty body too; collected whole.
    Anything,
    /// A body of any size, handed on as a stream and never collected by a layer.
    Stream,
}
