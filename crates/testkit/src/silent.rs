//! Never answers.

use std::sync::Arc;

use async_trait::async_trait;
use orglib_transport::{Request, Response, SharedTransport, Transport, TransportError};

/// Takes each request and never answers: what a deadline is tested with.
#[derive(Clone, Copy, Debug, Default)]
pub struct SilentTransport;

impl SilentTransport {
    /// The transport, to be given to a client.
    pub fn shared() -> SharedTransport {
        Arc::new(Self)
    }
}

#[async_trait]
impl Transport for SilentTransport {
    async fn send(&self, _request: Request) -> Result<Response, TransportError> {
        std::future::pending().await
    }
}
