//! What went wrong, and what to do next.

mod questions;
mod text;

use std::{fmt, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use orglib_transport::{TransportError, TransportErrorKind};

use crate::{
    ErrorKind, Host, OperationName, RawResponse, Scopes,
    call::CallFacts,
    service_error::{ServiceError, refuses_token},
};

use self::text::Headline;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// The code of a sign-in that was refused, whose message says what to do.
const SIGN_IN_FAILED: &str = "sign_in_failed";

/// The largest part of a body that an error keeps.
const KEPT_BODY: usize = 64 * 1024;

/// What went wrong. Its text is one line that names the operation, the status, what the service said and what to
/// do next; it never shows a body or a secret.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    operation: Option<OperationName>,
    status: Option<StatusCode>,
    code: Option<String>,
    message: String,
    request_id: Option<String>,
    attempts: u32,
    elapsed: Duration,
    retry_after: Option<Duration>,
    was_sent: bool,
    scopes: Scopes,
    task: Option<String>,
    /// Whether the answer was no JSON at all: a page of a proxy, or a body that was cut off.
    is_no_json: bool,
    /// Whether it is one item of a list that could not be read; the list goes on.
    is_of_item: bool,
    /// Whether what was asked for may have been done, and would be done twice by asking again.
    may_be_done: bool,
    /// The host, where the service's code is a number that means nothing without it.
    host: Option<Host>,
    raw_body: Option<Bytes>,
    source: Option<Source>,
}

impl Error {
    fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            operation: None,
            status: None,
            code: None,
            message: message.into(),
            request_id: None,
            attempts: 0,
            elapsed: Duration::ZERO,
            retry_after: None,
            was_sent: false,
            scopes: Scopes::None,
            task: None,
            is_no_json: false,
            is_of_item: false,
            may_be_done: false,
            host: None,
            raw_body: None,
            source: None,
        }))
    }

    /// A client that is set up wrongly. The message says what is wrong and what would be right.
    pub fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// A request that cannot be made of what was given.
    pub fn build(operation: impl Into<OperationName>, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Build, message);
        error.0.operation = Some(operation.into());
        error
    }

    /// A name that nothing has, though the services answered.
    pub fn not_found(operation: impl Into<OperationName>, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::NotFound, message);
        error.0.operation = Some(operation.into());
        error
    }

    /// A name that several have, though one is meant.
    pub fn ambiguous(operation: impl Into<OperationName>, message: impl Into<String>) -> Self {
        let mut error = Self::new(ErrorKind::Ambiguous, message);
        error.0.operation = Some(operation.into());
        error
    }

    /// An answer that is well-formed and about something else than what was asked for.
    pub fn wrong_answer(operation: impl Into<OperationName>, message: impl Into<String>) -> Self {
        Self::of_sent(ErrorKind::Decode, operation, message)
    }

    /// A list that ended before its end.
    pub fn incomplete(operation: impl Into<OperationName>, message: impl Into<String>) -> Self {
        Self::paging(operation, message)
    }

    /// Something that is no more what was seen, and so was not changed.
    pub(crate) fn changed_meanwhile(operation: &'static str) -> Self {
        let message = "it has changed since it was read, and nothing was written; read it again, then decide";
        let mut error = Self::new(ErrorKind::Changed, message);
        error.0.operation = Some(operation.into());
        error
    }

    /// What there is after a change that was made could not be read.
    pub(crate) fn after_change(self, write: &'static str) -> Self {
        let read = Arc::new(self);
        let message = format!("it is done, but what there is now could not be read: {}", Headline(&read));
        let mut error = Self::of_sent(ErrorKind::Unconfirmed, write, message);
        error.0.may_be_done = true;
        error.0.source = Some(Box::new(read));
        error
    }

    /// A task that was waited for in vain.
    pub(crate) fn task(kind: ErrorKind, operation: &'static str, message: impl Into<String>) -> Self {
        Self::of_sent(kind, operation, message)
    }

    /// Credentials that cannot be had, with the code that a token service has for it.
    pub fn auth(
        operation: impl Into<OperationName>,
        code: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let mut error = Self::new(ErrorKind::Auth, message);
        error.0.operation = Some(operation.into());
        error.0.code = Some(code.into());
        error
    }

    /// An answer that was read and cannot be written as JSON.
    pub(crate) fn unwritten(operation: OperationName, cause: &serde_json::Error) -> Self {
        Self::of_sent(ErrorKind::Decode, operation, format!("the answer cannot be written as JSON: {cause}"))
    }

    pub(crate) fn paging(operation: impl Into<OperationName>, message: impl Into<String>) -> Self {
        Self::of_sent(ErrorKind::Paging, operation, message)
    }

    /// A download that something else answered: a page where a file should be.
    pub(crate) fn no_file(response: &RawResponse) -> Self {
        let message = "the answer is a page, and no file: something on the way wrote it";
        let mut error = Self::of_sent(ErrorKind::Decode, response.operation.clone(), message);
        error.0.status = Some(response.status);
        error.0.is_no_json = true;
        error
    }

    /// Something that goes on, nobody knows as what: it may be done yet.
    pub(crate) fn nameless_task(response: &RawResponse) -> Self {
        let message = "it goes on, but the answer names no task to ask for its end by";
        let mut error = Self::of_sent(ErrorKind::Decode, response.operation.clone(), message);
        error.0.status = Some(response.status);
        error.0.may_be_done = true;
        error
    }

    /// An error of an answer that says that something goes on.
    pub(crate) fn of_accepted(mut self) -> Self {
        self.0.may_be_done = true;
        self
    }

    pub(crate) fn of_download(
        kind: ErrorKind,
        operation: &OperationName,
        message: impl Into<String>,
    ) -> Self {
        Self::of_sent(kind, operation.clone(), message)
    }

    pub(crate) fn with_source(mut self, source: TransportError) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    fn of_sent(kind: ErrorKind, operation: impl Into<OperationName>, message: impl Into<String>) -> Self {
        let mut error = Self::new(kind, message);
        error.0.operation = Some(operation.into());
        error.0.was_sent = true;
        error
    }

    pub(crate) fn decode(response: &RawResponse, path: &str, cause: &serde_json::Error) -> Self {
        Self::decode_at(response, path, cause, &response.body)
    }

    pub(crate) fn decode_item(
        response: &RawResponse,
        path: &str,
        cause: &serde_json::Error,
        item: &str,
    ) -> Self {
        let mut error = Self::decode_at(response, path, cause, item.as_bytes());
        error.0.is_of_item = true;
        error
    }

    fn decode_at(response: &RawResponse, path: &str, cause: &serde_json::Error, body: &[u8]) -> Self {
        let at = if path.is_empty() { String::new() } else { format!(" at `{path}`") };
        let mut error =
            Self::new(ErrorKind::Decode, format!("the answer was not understood{at}: {}", shape(cause)));
        error.0.operation = Some(response.operation.clone());
        error.0.status = Some(response.status);
        error.0.request_id = request_id(&response.headers).map(str::to_owned);
        error.0.attempts = response.attempts;
        error.0.elapsed = response.elapsed;
        error.0.was_sent = true;
        error.0.is_no_json = cause.is_syntax() || cause.is_eof();
        // A success that is not understood is one nevertheless; and who answers with a page, the service or a proxy
        // before it, does not say that nothing was done.
        error.0.may_be_done = !response.idempotent;
        error.0.raw_body = Some(kept(body));
        error
    }

    pub(crate) fn from_status(
        response: &RawResponse,
        facts: CallFacts,
        retry_after: Option<Duration>,
    ) -> Self {
        let said = ServiceError::read(&response.body);
        let kind = match response.status {
            StatusCode::UNAUTHORIZED => ErrorKind::Auth,
            StatusCode::BAD_REQUEST if refuses_token(said.code.as_deref()) => ErrorKind::Auth,
            StatusCode::TOO_MANY_REQUESTS => ErrorKind::Throttled,
            _ => ErrorKind::Api,
        };
        let mut error = Self::new(kind, said.message);
        error.0.operation = Some(response.operation.clone());
        error.0.status = Some(response.status);
        error.0.code = said.code;
        error.0.request_id = response.request_id().map(str::to_owned);
        error.0.attempts = response.attempts;
        error.0.retry_after = retry_after;
        error.0.was_sent = true;
        error.0.scopes = facts.scopes;
        error.0.host = Some(facts.host);
        let is_open = match response.status.as_u16() {
            // A service that names a delay has not begun.
            503 => retry_after.is_none(),
            status => matches!(status, 408 | 500 | 502 | 504),
        };
        error.0.may_be_done = is_open && !facts.idempotent;
        error.0.raw_body = Some(kept(&response.body));
        error
    }

    pub(crate) fn from_transport(operation: OperationName, facts: CallFacts, cause: TransportError) -> Self {
        if cause.kind() == TransportErrorKind::Credentials
            && let Some(inner) = std::error::Error::source(&cause).and_then(|cause| cause.downcast_ref())
        {
            return Self::without_token(operation, Arc::clone(inner));
        }
        let kind = match cause.kind() {
            TransportErrorKind::Connect => ErrorKind::Connect,
            TransportErrorKind::AttemptTimeout | TransportErrorKind::Deadline => ErrorKind::Timeout,
            TransportErrorKind::Broken => ErrorKind::Io,
            TransportErrorKind::BodyTooLarge => ErrorKind::TooLarge,
            TransportErrorKind::Paused => ErrorKind::Throttled,
            TransportErrorKind::Credentials => ErrorKind::Auth,
            TransportErrorKind::Refused => ErrorKind::Config,
            _ => ErrorKind::Transport,
        };
        let mut error = Self::new(kind, cause.to_string());
        error.0.operation = Some(operation);
        error.0.attempts = cause.attempts();
        error.0.retry_after = cause.retry_after();
        error.0.was_sent = cause.was_sent();
        error.0.may_be_done = !facts.idempotent && cause.was_sent();
        error.0.source = Some(Box::new(cause));
        error
    }

    pub(crate) fn with_task(mut self, id: &str) -> Self {
        self.0.task = Some(id.to_owned());
        self
    }

    /// A call that was not sent because the call for its token failed. The kind is that of the inner failure, so that
    /// an unreachable token service is no wrong token.
    fn without_token(operation: OperationName, inner: Arc<Self>) -> Self {
        let kind = if inner.0.kind == ErrorKind::Api { ErrorKind::Auth } else { inner.0.kind };
        let what = match inner.code() {
            Some(SIGN_IN_FAILED) => "signing in failed",
            _ => "no token could be had",
        };
        let mut error = Self::new(kind, format!("{what}: {}", Headline(&inner)));
        error.0.operation = Some(operation);
        error.0.code = inner.0.code.clone();
        error.0.request_id = inner.0.request_id.clone();
        error.0.attempts = inner.0.attempts;
        error.0.retry_after = inner.0.retry_after;
        error.0.source = Some(Box::new(inner));
        error
    }

    pub(crate) fn with_elapsed(mut self, elapsed: Duration) -> Self {
        self.0.elapsed = elapsed;
        self
    }
}

/// The beginning of a body, on its own: a part of it would keep all of it in memory.
fn kept(body: &[u8]) -> Bytes {
    Bytes::copy_from_slice(&body[..body.len().min(KEPT_BODY)])
}

/// The cause without the value that serde quotes: values are people's data.
fn shape(cause: &serde_json::Error) -> String {
    let text = cause.to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    let mut shape = String::with_capacity(text.len());
    let mut quoted = false;
    let mut previous = ' ';
    for character in text.chars() {
        if character == '"' && previous != '\\' {
            quoted = !quoted;
            if quoted {
                shape.push('…');
            }
        } else if !quoted {
            shape.push(character);
        }
        previous = character;
    }
    shape
}

pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    ["x-request-id", "yandex-cloud-request-id", "x-req-id"]
        .into_iter()
        .find_map(|name| headers.get(name))
        .and_then(|value| value.to_str().ok())
}

/// Begins with the line that says it all, for that is what a program prints whose `main` fails with it.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}\n{:?}", self.0)
    }
}

impl fmt::Debug for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind)
            .field("operation", &self.operation)
            .field("status", &self.status)
            .field("code", &self.code)
            .field("message", &self.message)
            .field("request_id", &self.request_id)
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .field("retry_after", &self.retry_after)
            .field("was_sent", &self.was_sent)
            .field("task", &self.task)
            .field("raw_body", &self.raw_body.as_ref().map(Bytes::len))
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
