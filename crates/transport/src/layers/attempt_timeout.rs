//! The limit of one attempt.

use std::time::Duration;

use async_trait::async_trait;

use super::within;
use crate::{
    Body, Request, Response, SharedClock, SharedTransport, Transport, TransportError, TransportErrorKind,
};

/// Gives up an attempt that takes too long. Stands outside body collection, so that a body that trickles counts.
#[derive(Debug)]
pub(crate) struct AttemptTimeout {
    pub(crate) inner: SharedTransport,
    pub(crate) clock: SharedClock,
    pub(crate) limit: Duration,
}

#[async_trait]
impl Transport for AttemptTimeout {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        // A content that is made while it is sent takes as long as it takes; the deadline of the call ends it.
        if let Body::Replay(_) = request.body {
            return self.inner.send(request).await;
        }
        within(&*self.clock, self.limit, self.inner.send(request)).await.unwrap_or_else(|| {
            let message =
                format!("no answer within {} s, the limit of one attempt", self.limit.as_secs_f64());
            Err(TransportError::new(TransportErrorKind::AttemptTimeout, true, message))
        })
    }
}
