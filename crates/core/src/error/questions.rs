//! What can be asked of an error.

use std::{sync::Arc, time::Duration};

use http::StatusCode;
use orglib_transport::TransportError;

use super::Error;
use crate::{ErrorKind, Host};

impl Error {
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
        self.is_status(StatusCode::NOT_FOUND) || self.0.kind == ErrorKind::NotFound
    }

    /// Whether what was asked for clashes with what is there. Read it, then decide.
    pub fn is_conflict(&self) -> bool {
        self.is_status(StatusCode::CONFLICT) || self.0.kind == ErrorKind::Changed
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
            Some(Host::Code42 | Host::Code42Gateway) => said("USER_DUPLICATE") || said("ORG_DUPLICATE"),
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
