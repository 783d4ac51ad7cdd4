//! Rate limiter and concurrency limit.

use std::sync::Arc;

use async_trait::async_trait;
use http::StatusCode;

use crate::{
    Request, Response, SharedClock, SharedTransport, Transport, TransportError, limiter::Limiter,
    retry_after::asked_delay,
};

/// Lets requests through at the rate and the concurrency that hold, and tells the limiter what came of them.
#[derive(Debug)]
pub(crate) struct Limit {
    pub(crate) inner: SharedTransport,
    pub(crate) clock: SharedClock,
    pub(crate) limiter: Arc<Limiter>,
}

#[async_trait]
impl Transport for Limit {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let pass = self.limiter.admit(&request).await?;
        let outcome = self.inner.send(request).await;
        match &outcome {
            Ok(answer) if answer.status == StatusCode::TOO_MANY_REQUESTS => {
                pass.refused(asked_delay(&answer.headers, self.clock.now()));
            }
            Ok(answer) if answer.status == StatusCode::SERVICE_UNAVAILABLE => {
                // One that is soon back is waited for by the call that was told.
                match asked_delay(&answer.headers, self.clock.now()) {
                    Some(delay) if self.limiter.is_too_long(delay) => pass.away(delay),
                    _ => pass.accepted(),
                }
            }
            Err(error) if !error.was_sent() => pass.unsent(),
            _ => pass.accepted(),
        }
        outcome
    }
}
