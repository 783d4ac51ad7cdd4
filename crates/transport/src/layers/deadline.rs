//! The deadline of a whole call.

use std::time::Duration;

use async_trait::async_trait;

use super::within;
use crate::{
    Request, Response, SharedClock, SharedTransport, Transport, TransportError, TransportErrorKind,
    progress::Progress,
};

/// Ends a call that takes too long, all attempts and waits included. Writes the limit that holds into the request,
/// so that the retry layer does not begin a wait that cannot end in time.
#[derive(Debug)]
pub(crate) struct Deadline {
    pub(crate) inner: SharedTransport,
    pub(crate) clock: SharedClock,
    pub(crate) limit: Duration,
}

#[async_trait]
impl Transport for Deadline {
    async fn send(&self, mut request: Request) -> Result<Response, TransportError> {
        let limit = *request.meta.timeout.get_or_insert(self.limit);
        let progress = Progress::begin();
        request.meta.progress = progress.clone();
        if let Some(outcome) = within(&*self.clock, limit, self.inner.send(request)).await {
            return outcome;
        }
        let latest = progress.latest().map(|latest| format!("; the latest attempt: {latest}"));
        let message = format!(
            "no answer within {} s, the limit of one call{}",
            limit.as_secs_f64(),
            latest.unwrap_or_default()
        );
        Err(TransportError::new(TransportErrorKind::Deadline, progress.may_have_arrived(), message)
            .with_attempts(progress.attempts()))
    }
}
