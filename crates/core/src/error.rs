//! What went wrong, and what to do next.

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
        // Who answers so, the service or a proxy before it, does not say that nothing was done.
        error.0.may_be_done = error.0.is_no_json && !response.idempotent;
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
        let mut error = Self::new(kind, format!("no token could be had: {}", Headline(&inner)));
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

    /// The kind of failure.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The id of the operation that failed; nothing where the failure belongs to none.
    pub fn operation(&self) -> Option<&str> {
        self.0.operation.as_deref()
    }

    /// The HTTP status; nothing where no answer came.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The status that the message names: that of the answer, or of the latest attempt before the call ended for another
    /// reason, or of the token service.
    pub fn latest_status(&self) -> Option<StatusCode> {
        let source = self.0.source.as_deref();
        let of_attempt = || source?.downcast_ref::<TransportError>()?.status();
        let of_token = || source?.downcast_ref::<Arc<Self>>()?.latest_status();
        self.0.status.or_else(of_attempt).or_else(of_token)
    }

    /// The service's own code, for instance `DiskNotFoundError`.
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// What the service said, or what is wrong.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The id that the service gave the request, to be quoted to its support.
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How many attempts were made; 0 where nothing was sent.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// How long the call took, waits included.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed
    }

    /// The id of the task that was waited for. Unless the kind is [`Task`](ErrorKind::Task), the task may still go
    /// on: wait for it again by this id.
    pub fn task_id(&self) -> Option<&str> {
        self.0.task.as_deref()
    }

    /// The delay that the service asked for.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Whether the request can have reached the service. Where it is `true`, a change may have been made although
    /// the call failed: read before you repeat it.
    pub fn was_sent(&self) -> bool {
        self.0.was_sent
    }

    /// The beginning of the body that came, at most 64 KiB. It may hold people's data: do not log it.
    pub fn raw_body(&self) -> Option<&[u8]> {
        self.0.raw_body.as_deref()
    }

    /// Whether what was asked for may have been done although the call failed, and would be done twice by asking again:
    /// a create whose answer was lost. Read what is there before you repeat it.
    pub fn may_be_done(&self) -> bool {
        self.0.may_be_done
    }

    /// Whether it is one item of a list that could not be read. The list goes on after it; every other error ends a
    /// list.
    pub fn is_of_item(&self) -> bool {
        self.0.is_of_item
    }

    /// Whether the service asked all callers for a pause that is longer than a call waits. It was not sent, or not again,
    /// and every other call will fail in the same way until [`retry_after`](Self::retry_after) is over: stop, and go on later.
    pub fn is_paused(&self) -> bool {
        self.0.kind == ErrorKind::Throttled && self.0.status.is_none()
    }

    /// Whether the same call may succeed later, unchanged. Wait for [`retry_after`](Self::retry_after) if there is
    /// one. What may have been done already is not to be called again unread.
    pub fn is_retryable(&self) -> bool {
        if self.0.may_be_done {
            return false;
        }
        let kinds = [ErrorKind::Connect, ErrorKind::Timeout, ErrorKind::Io, ErrorKind::Throttled];
        let status = self.0.status.map(|status| status.as_u16());
        self.0.is_no_json
            || kinds.contains(&self.0.kind)
            || matches!(status, Some(408 | 429 | 500 | 502 | 503 | 504))
    }

    /// Whether what was asked for does not exist. Check the id.
    pub fn is_not_found(&self) -> bool {
        self.is_status(StatusCode::NOT_FOUND)
    }

    /// Whether what was asked for clashes with what is there. Read it, then decide.
    pub fn is_conflict(&self) -> bool {
        self.is_status(StatusCode::CONFLICT)
    }

    /// Whether what was to be made is there already. Each service has its way of saying so: Disk the codes
    /// `DiskResourceAlreadyExistsError` and `DiskPathPointsToExistentDirectoryError`, Code42 `USER_DUPLICATE` and
    /// `ORG_DUPLICATE`, with status 500 too, and the legacy host of Yandex 360, whose numbers look like those of gRPC,
    /// the code 6. A conflict that says none of these is [`is_conflict`](Self::is_conflict) only.
    pub fn is_already_exists(&self) -> bool {
        let code = self.code().unwrap_or_default();
        let said = |word: &str| code == word || self.message().contains(word);
        match self.0.host {
            Some(Host::Api360) => code == "6",
            Some(Host::Code42) => said("USER_DUPLICATE") || said("ORG_DUPLICATE"),
            _ => {
                let codes = ["DiskResourceAlreadyExistsError", "DiskPathPointsToExistentDirectoryError"];
                codes.contains(&code)
            }
        }
    }

    /// Whether the token may not do this. Check its scopes, the role of its owner, and the organisation.
    pub fn is_permission_denied(&self) -> bool {
        self.is_status(StatusCode::FORBIDDEN)
    }

    /// Whether there is no token that the service accepts. Get a new one.
    pub fn is_unauthenticated(&self) -> bool {
        self.0.kind == ErrorKind::Auth || self.is_status(StatusCode::UNAUTHORIZED)
    }

    /// Whether the service asked to slow down. Wait, or lower the rate or the concurrency.
    pub fn is_throttled(&self) -> bool {
        self.0.kind == ErrorKind::Throttled || self.is_status(StatusCode::TOO_MANY_REQUESTS)
    }

    fn is_status(&self, status: StatusCode) -> bool {
        self.0.status == Some(status)
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
