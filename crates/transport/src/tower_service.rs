//! Conversions between a transport and a `tower::Service`.

use std::{
    fmt,
    future::{Future, poll_fn},
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll},
};

use async_trait::async_trait;
use tower::Service;

use crate::{Request, Response, SharedTransport, Transport, TransportError};

/// A transport as a `tower::Service`. Always ready.
#[derive(Clone, Debug)]
pub struct TransportService(SharedTransport);

impl TransportService {
    /// The service that sends through this transport.
    pub fn new(transport: SharedTransport) -> Self {
        Self(transport)
    }
}

impl Service<Request> for TransportService {
    type Response = Response;
    type Error = TransportError;
    type Future = Pin<Box<dyn Future<Output = Result<Response, TransportError>> + Send>>;

    fn poll_ready(&mut self, _cx: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let transport = SharedTransport::clone(&self.0);
        Box::pin(async move { transport.send(request).await })
    }
}

/// A `tower::Service` as a transport. Each request goes to a clone of the service, once that is ready.
pub struct ServiceTransport<S>(Mutex<S>);

impl<S> ServiceTransport<S> {
    /// The transport that sends through this service.
    pub fn new(service: S) -> Self {
        Self(Mutex::new(service))
    }
}

/// Names the type only: a service need not be printable.
impl<S> fmt::Debug for ServiceTransport<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ServiceTransport").finish_non_exhaustive()
    }
}

#[async_trait]
impl<S> Transport for ServiceTransport<S>
where
    S: Service<Request, Response = Response, Error = TransportError> + Clone + Send + 'static,
    S::Future: Send,
{
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let mut service = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        poll_fn(|cx| service.poll_ready(cx)).await?;
        service.call(request).await
    }
}
