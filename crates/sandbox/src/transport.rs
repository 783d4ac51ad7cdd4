//! The sandbox as a transport: in process, no socket.

use async_trait::async_trait;
use bytes::Bytes;
use orglib_transport::{Request, Response, ResponseBody, Transport, TransportError, TransportErrorKind};

use crate::{
    Sandbox,
    exchange::{Delivery, Incoming, Outcome},
};

/// Answers requests out of a sandbox, whatever their host.
#[derive(Clone, Debug)]
pub(crate) struct InProcess(pub(crate) Sandbox);

#[async_trait]
impl Transport for InProcess {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.0.handle(request).await
    }
}

/// The request as a server would see it.
pub(crate) async fn incoming(request: Request) -> Result<Incoming, TransportError> {
    let body = request.body.collect().await?;
    Ok(Incoming {
        origin: request.url.origin().ascii_serialization(),
        method: request.method,
        path: request.url.path().to_owned(),
        query: request.url.query().unwrap_or_default().to_owned(),
        headers: request.headers,
        body,
    })
}

/// What a client would see of the outcome.
pub(crate) fn response(outcome: Outcome) -> Result<Response, TransportError> {
    let reply = outcome.reply;
    let body = match outcome.delivery {
        Delivery::Whole => ResponseBody::Bytes(reply.body),
        Delivery::CutOff => cut_off(&reply.body),
        Delivery::Nothing => return Err(broken("the connection was closed before the answer")),
    };
    Ok(Response::new(reply.status, reply.headers, body))
}

fn cut_off(body: &Bytes) -> ResponseBody {
    let pieces = [Ok(body.slice(..body.len() / 2)), Err(broken("the body was cut off"))];
    ResponseBody::Stream(Box::pin(futures::stream::iter(pieces)))
}

fn broken(message: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Broken, true, message)
}
