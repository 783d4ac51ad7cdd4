//! Why no answer came.

use std::{fmt, time::Duration};

use http::StatusCode;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// A request that got no answer. An answer with a failing status is a [`Response`](crate::Response), not this.
#[derive(Debug)]
pub struct TransportError(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: TransportErrorKind,
    was_sent: bool,
    message: String,
    attempts: u32,
    retry_after: Option<Duration>,
    status: Option<StatusCode>,
    source: Option<Source>,
}

/// What kept the answer from coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The host could not be reached: name resolution, connection or TLS failed.
    Connect,
    /// One attempt took longer than its limit.
    AttemptTimeout,
    /// The whole call took longer than its deadline.
    Deadline,
    /// The connection broke after the request was sent, or the body was cut off.
    Broken,
    /// The body is larger than the cap.
    BodyTooLarge,
    /// No credentials could be had for the request.
    Credentials,
    /// The request was refused before it was sent, for instance credentials over plain http.
    Refused,
    /// The service asked all callers for a pause that is longer than this call may wait. It was not sent;
    /// [`retry_after`](TransportError::retry_after) is what is left of the pause.
    Paused,
    /// The caller's own transport failed in its own way.
    Other,
}

impl TransportError {
    /// An error of this kind. `was_sent` says whether the request can have reached the server.
    pub fn new(kind: TransportErrorKind, was_sent: bool, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            was_sent,
            message: message.into(),
            attempts: 1,
            retry_after: None,
            status: None,
            source: None,
        }))
    }

    /// Adds the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Source>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Sets how many attempts were made.
    #[must_use]
    pub fn with_attempts(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Sets the delay that the server asked for.
    #[must_use]
    pub fn with_retry_after(mut self, delay: Duration) -> Self {
        self.0.retry_after = Some(delay);
        self
    }

    pub(crate) fn with_status(mut self, status: Option<StatusCode>) -> Self {
        self.0.status = status;
        self
    }

    pub(crate) fn with_was_sent(mut self, was_sent: bool) -> Self {
        self.0.was_sent = was_sent;
        self
    }

    /// What kept the answer from coming.
    pub fn kind(&self) -> TransportErrorKind {
        self.0.kind
    }

    /// Whether the request can have reached the server, so that repeating it may do its work twice.
    pub fn was_sent(&self) -> bool {
        self.0.was_sent
    }

    /// How many attempts were made.
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The delay that the server asked for, where it did.
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// The status of the latest attempt, where a call ended for another reason after one that was answered.
    pub fn status(&self) -> Option<StatusCode> {
        self.0.status
    }

    /// The cause, for a wrapper that takes the error apart.
    pub fn into_source(self) -> Option<Source> {
        self.0.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}
