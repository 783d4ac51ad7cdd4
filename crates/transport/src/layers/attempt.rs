//! The span of one attempt.

use std::sync::Arc;

use async_trait::async_trait;
use http::StatusCode;
use tracing::Instrument;

use crate::{Request, Response, SharedClock, SharedTransport, Transport, TransportError, stats::Counters};

/// Counts attempts, gives each a span and a line in the log, and keeps note of whether one can have arrived.
#[derive(Debug)]
pub(crate) struct AttemptSpan {
    pub(crate) inner: SharedTransport,
    pub(crate) clock: SharedClock,
    pub(crate) counters: Arc<Counters>,
}

#[async_trait]
impl Transport for AttemptSpan {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.counters.attempt();
        let progress = request.meta.progress.clone();
        let before = progress.leaves();
        let began = self.clock.monotonic();
        let span = tracing::debug_span!(
            "attempt",
            operation = %request.meta.operation,
            number = request.meta.attempt
        );
        let outcome = self.inner.send(request).instrument(span.clone()).await;
        let _entered = span.entered();
        let ms = u64::try_from(self.clock.monotonic().saturating_sub(began).as_millis()).unwrap_or(u64::MAX);
        match &outcome {
            Ok(answer) => {
                let bytes = answer.body.as_bytes().map(bytes::Bytes::len);
                tracing::debug!(status = answer.status.as_u16(), bytes, ms, "answer");
                if answer.status == StatusCode::TOO_MANY_REQUESTS {
                    self.counters.throttled();
                    progress.did_not_arrive(before);
                }
            }
            Err(error) => {
                tracing::debug!(failure = ?error.kind(), was_sent = error.was_sent(), ms, "no answer");
                if !error.was_sent() {
                    progress.did_not_arrive(before);
                }
            }
        }
        outcome
    }
}
