//! Collection of bodies.

use async_trait::async_trait;

use crate::{Expect, Request, Response, ResponseBody, SharedTransport, Transport, TransportError};

/// Collects the body of each answer in memory, up to a cap. A body that is wanted as a stream is handed on, unless
/// the answer is a failure: its body is a short text that says why.
#[derive(Debug)]
pub(crate) struct Collect {
    pub(crate) inner: SharedTransport,
    pub(crate) limit: usize,
}

#[async_trait]
impl Transport for Collect {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let streams = request.meta.expect == Expect::Stream;
        let mut response = self.inner.send(request).await?;
        if !(streams && response.status.is_success()) {
            response.body = ResponseBody::Bytes(response.body.collect(self.limit).await?);
        }
        Ok(response)
    }
}
