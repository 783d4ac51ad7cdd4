//! The transport that sends over the network.

use std::{error::Error, fmt, time::Duration};

use async_trait::async_trait;
use futures::StreamExt;
use url::Url;

use crate::{
    Body, ByteStream, Request, Response, ResponseBody, Transport, TransportError, TransportErrorKind,
};

/// Sends over the network: HTTP/1.1 and HTTP/2, TLS by rustls with the machine's certificates, gzip.
///
/// Follows no redirect, repeats nothing, keeps no cookies and reads no environment: proxies are what the builder was
/// told. [`send`](Transport::send) needs a tokio runtime; making one does not.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: reqwest::Client,
}

/// Settings of an [`HttpTransport`]. Made by [`HttpTransport::builder`].
#[derive(Clone)]
#[must_use]
pub struct HttpTransportBuilder {
    user_agent: String,
    connect_timeout: Duration,
    proxy: Option<Url>,
    root_certificates: Vec<Vec<u8>>,
    http1_only: bool,
}

/// Settings that no transport can be made of.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct HttpTransportError {
    message: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl HttpTransport {
    /// Starts with the defaults.
    pub fn builder() -> HttpTransportBuilder {
        HttpTransportBuilder {
            user_agent: concat!("orglib/", env!("CARGO_PKG_VERSION")).to_owned(),
            connect_timeout: Duration::from_secs(10),
            proxy: None,
            root_certificates: Vec::new(),
            http1_only: false,
        }
    }
}

/// Shows of a proxy its host only: its address may hold a password.
impl fmt::Debug for HttpTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpTransportBuilder")
            .field("user_agent", &self.user_agent)
            .field("connect_timeout", &self.connect_timeout)
            .field("proxy", &self.proxy.as_ref().and_then(Url::host_str))
            .field("root_certificates", &self.root_certificates.len())
            .field("http1_only", &self.http1_only)
            .finish()
    }
}

impl HttpTransportBuilder {
    /// The `User-Agent` of requests that set none. Default: `orglib/` and the version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// The longest that making a connection may take, TLS included. Default: 10 s.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// The proxy for all requests. Default: none, whatever the environment says.
    pub fn proxy(mut self, url: Url) -> Self {
        self.proxy = Some(url);
        self
    }

    /// The proxy for all requests, by its address as text, which may hold a name and a password.
    ///
    /// # Errors
    /// Where the text is no address of a proxy. The message does not show it.
    pub fn proxy_at(self, url: &str) -> Result<Self, HttpTransportError> {
        let is_proxy = |url: &Url| url.has_host() && matches!(url.scheme(), "http" | "https");
        match url.trim().parse().ok().filter(is_proxy) {
            Some(url) => Ok(self.proxy(url)),
            None => {
                let message =
                    "the proxy cannot be used: give its address, as in http://proxy.example.org:3128";
                Err(HttpTransportError { message: message.to_owned(), source: None })
            }
        }
    }

    /// Trusts the certificates in this PEM text too, beside the machine's own. May be called several times.
    pub fn root_certificate_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.root_certificates.push(pem.into());
        self
    }

    /// Speaks HTTP/1.1 only. Default: HTTP/2 where the server offers it.
    pub fn http1_only(mut self) -> Self {
        self.http1_only = true;
        self
    }

    /// Makes the transport. Fails on a certificate, a proxy or a user agent that cannot be used.
    pub fn build(self) -> Result<HttpTransport, HttpTransportError> {
        let mut builder = reqwest::Client::builder()
            .user_agent(self.user_agent)
            .connect_timeout(self.connect_timeout)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .pool_idle_timeout(Duration::from_secs(60))
            .tcp_keepalive(Duration::from_secs(60));
        if let Some(url) = self.proxy {
            let proxy =
                reqwest::Proxy::all(url).map_err(|error| unusable("the proxy cannot be used", error))?;
            builder = builder.proxy(proxy);
        }
        if !self.root_certificates.is_empty() {
            let mut certificates = Vec::new();
            for pem in &self.root_certificates {
                certificates.extend(read_certificates(pem)?);
            }
            builder = builder.tls_certs_merge(certificates);
        }
        if self.http1_only {
            builder = builder.http1_only();
        }
        let client = builder.build().map_err(|error| unusable("the HTTP client cannot be made", error))?;
        Ok(HttpTransport { client })
    }
}

fn read_certificates(pem: &[u8]) -> Result<Vec<reqwest::Certificate>, HttpTransportError> {
    let certificates = reqwest::Certificate::from_pem_bundle(pem)
        .map_err(|error| unusable("the root certificate cannot be read", error))?;
    if certificates.is_empty() {
        let message =
            "the root certificate cannot be read: there is no certificate in the PEM text".to_owned();
        return Err(HttpTransportError { message, source: None });
    }
    Ok(certificates)
}

fn unusable(what: &str, error: reqwest::Error) -> HttpTransportError {
    let error = error.without_url();
    HttpTransportError { message: format!("{what}: {}", root_cause(&error)), source: Some(Box::new(error)) }
}

#[async_trait]
impl Transport for HttpTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let host = request.url.host_str().unwrap_or_default().to_owned();
        let mut outgoing = reqwest::Request::new(request.method, request.url);
        *outgoing.headers_mut() = request.headers;
        *outgoing.body_mut() = match request.body {
            Body::Empty => None,
            Body::Bytes(bytes) => Some(reqwest::Body::from(bytes)),
            Body::Replay(make) => Some(reqwest::Body::wrap_stream(make())),
        };
        let response = self.client.execute(outgoing).await.map_err(|error| failed(&host, error))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let pieces = response.bytes_stream().map(move |piece| piece.map_err(|error| cut_off(&host, error)));
        Ok(Response::new(status, headers, ResponseBody::Stream(Box::pin(pieces) as ByteStream)))
    }
}

fn failed(host: &str, error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let cause = root_cause(&error);
    let (kind, was_sent, message) = if error.is_connect() {
        (TransportErrorKind::Connect, false, format!("cannot connect to {host}: {cause}"))
    } else if error.is_builder() {
        (TransportErrorKind::Refused, false, format!("the request to {host} cannot be sent: {cause}"))
    } else {
        (TransportErrorKind::Broken, true, format!("the connection to {host} broke: {cause}"))
    };
    TransportError::new(kind, was_sent, message).with_source(error)
}

fn cut_off(host: &str, error: reqwest::Error) -> TransportError {
    let error = error.without_url();
    let message = format!("the answer of {host} was cut off: {}", root_cause(&error));
    TransportError::new(TransportErrorKind::Broken, true, message).with_source(error)
}

/// The innermost cause, which is the one that says something.
fn root_cause(error: &(dyn Error + 'static)) -> String {
    let mut cause = error;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    cause.to_string()
}
