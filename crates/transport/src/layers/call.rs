//! The span of one call.

use std::sync::Arc;

use async_trait::async_trait;
use tracing::Instrument;

use crate::{Request, Response, SharedClock, SharedTransport, Transport, TransportError, stats::Counters};

/// Counts calls, and gives each a span and a line in the log when it ends.
#[derive(Debug)]
pub(crate) struct CallSpan {
    pub(crate) inner: SharedTransport,
    pub(crate) clock: SharedClock,
    pub(crate) counters: Arc<Counters>,
}

#[async_trait]
impl Transport for CallSpan {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.counters.call();
        let began = self.clock.monotonic();
        let span = tracing::debug_span!("call", operation = %request.meta.operation);
        let outcome = self.inner.send(request).instrument(span.clone()).await;
        let _entered = span.entered();
        let ms = u64::try_from((self.clock.monotonic() - began).as_millis()).unwrap_or(u64::MAX);
        match &outcome {
            Ok(answer) => {
                tracing::debug!(status = answer.status.as_u16(), attempts = answer.attempts, ms, "answered");
            }
            Err(error) => {
                tracing::debug!(failure = ?error.kind(), attempts = error.attempts(), ms, "not answered");
            }
        }
        outcome
    }
}
