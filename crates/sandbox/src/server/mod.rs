//! The HTTP server.

mod connection;
mod management;

use std::{
    fmt,
    future::Future,
    io,
    net::{Ipv4Addr, Ipv6Addr, SocketAddr},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, State},
    http::{HeaderValue, Request, Response, header},
    serve::ListenerExt,
};
use bytes::Bytes;
use futures::{StreamExt, stream};
use tokio::net::TcpListener;

use self::connection::{BreakableListener, Connection};
use crate::{
    Sandbox,
    exchange::{Delivery, Incoming, Outcome},
};

/// The largest request body that is read.
const BODY_LIMIT: usize = 2 << 30;

/// A sandbox behind HTTP: one port for all hosts of the services, another one on loopback to manage it.
///
/// The management port answers JSON to `GET /info`, `/stats`, `/state`, `/faults`, `/rate` and `/latency`, and
/// takes `POST /faults` (the text form of [`Faults`](crate::Faults)), `POST /rate` (`40`, `40/8` for a burst
/// of 8, or `none`), `POST /latency` (milliseconds), `POST /reset` (counters to zero, bucket full) and `POST /things` (JSON, as
/// [`Sandbox::put`] takes it).
pub struct Server {
    sandbox: Sandbox,
    service: TcpListener,
    management: TcpListener,
    service_address: SocketAddr,
    management_address: SocketAddr,
}

impl Server {
    /// Binds the service to this address, and the management to a free port of loopback. Port 0 takes a free
    /// port. Needs a tokio runtime with I/O and time.
    ///
    /// # Errors
    /// Fails when the address is taken or not this machine's.
    pub async fn bind(sandbox: Sandbox, address: SocketAddr) -> io::Result<Self> {
        let service = TcpListener::bind(address).await?;
        let management = TcpListener::bind(("127.0.0.1", 0)).await?;
        let service_address = service.local_addr()?;
        let management_address = management.local_addr()?;
        Ok(Self { sandbox, service, management, service_address, management_address })
    }

    /// The address that the service listens on.
    pub fn address(&self) -> SocketAddr {
        self.service_address
    }

    /// The base URL of every host of the services, without a slash at its end.
    pub fn url(&self) -> String {
        base_url(self.service_address)
    }

    /// The base URL of the management, without a slash at its end.
    pub fn management_url(&self) -> String {
        base_url(self.management_address)
    }

    /// Serves until `shutdown` is ready, and lets the requests on their way end.
    ///
    /// # Errors
    /// Fails when listening fails.
    pub async fn serve(self, shutdown: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let (stop, stopped) = tokio::sync::watch::channel(());
        let management = management::router(self.sandbox.clone());
        let service = Router::new()
            .fallback(answer)
            .with_state(self.sandbox)
            .into_make_service_with_connect_info::<Connection>();
        let until = move |mut stopped: tokio::sync::watch::Receiver<()>| async move {
            // An error means that the sender is gone, which is an end as well.
            let _ = stopped.changed().await;
        };
        let service = axum::serve(BreakableListener(self.service), service)
            .with_graceful_shutdown(until(stopped.clone()))
            .into_future();
        let management = axum::serve(self.management.tap_io(|_| {}), management)
            .with_graceful_shutdown(until(stopped))
            .into_future();
        let ending = async {
            shutdown.await;
            drop(stop);
            Ok(())
        };
        futures::future::try_join3(service, management, ending).await.map(|_| ())
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server")
            .field("address", &self.service_address)
            .field("management", &self.management_address)
            .finish_non_exhaustive()
    }
}

/// Where "any address" is bound, the URL names loopback.
fn base_url(mut address: SocketAddr) -> String {
    if address.ip().is_unspecified() {
        address.set_ip(match address {
            SocketAddr::V4(_) => Ipv4Addr::LOCALHOST.into(),
            SocketAddr::V6(_) => Ipv6Addr::LOCALHOST.into(),
        });
    }
    format!("http://{address}")
}

async fn answer(
    State(sandbox): State<Sandbox>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request<Body>,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    let Ok(body) = to_bytes(body, BODY_LIMIT).await else {
        connection.break_off();
        return Response::default();
    };
    let host = head.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    let incoming = Incoming {
        origin: format!("http://{host}"),
        method: head.method,
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers,
        body,
    };
    let outcome = crate::answer::answer(&sandbox, &incoming);
    sandbox.wait(outcome.delay).await;
    response(outcome, &connection)
}

fn response(outcome: Outcome, connection: &Connection) -> Response<Body> {
    let reply = outcome.reply;
    let mut response = Response::default();
    *response.status_mut() = reply.status;
    *response.headers_mut() = reply.headers;
    match outcome.delivery {
        Delivery::Whole => *response.body_mut() = Body::from(reply.body),
        Delivery::CutOff => {
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(reply.body.len()));
            *response.body_mut() = cut_off(&reply.body);
        }
        Delivery::Nothing => connection.break_off(),
    }
    response
}

/// The first half of a body, then an error, at which the server closes the connection. The first half is sent
/// before the error comes: it is a piece of its own.
fn cut_off(body: &Bytes) -> Body {
    let half = stream::iter([Ok(body.slice(..body.len() / 2))]);
    let end = stream::once(async {
        tokio::task::yield_now().await;
        Err(io::Error::other("cut off on demand"))
    });
    Body::from_stream(half.chain(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_url_of_any_address_is_one_to_connect_to() {
        for (bound, url) in [
            ("127.0.0.1:80", "http://127.0.0.1:80"),
            ("0.0.0.0:80", "http://127.0.0.1:80"),
            ("[::]:80", "http://[::1]:80"),
        ] {
            assert_eq!(base_url(bound.parse().unwrap()), url);
        }
    }
}
