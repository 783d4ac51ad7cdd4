//! Credentials.

use async_trait::async_trait;
use http::{HeaderMap, StatusCode};
use url::{Host, Url};

use crate::{
    CredentialContext, Request, Response, SharedCredentials, SharedTransport, Transport, TransportError,
    TransportErrorKind,
};

/// Says who asks. After a 401 it asks for other credentials and sends the request once more. Sends no credentials
/// over plain http, except to this machine.
#[derive(Debug)]
pub(crate) struct Authorize {
    pub(crate) inner: SharedTransport,
    pub(crate) credentials: SharedCredentials,
}

#[async_trait]
impl Transport for Authorize {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        refuse_eavesdropping(&request.url)?;
        let context = CredentialContext::new(&request.url, &request.meta.operation);
        let headers = self.credentials.headers(&context).await?;
        let response = self.inner.send(with_headers(&request, &headers)).await?;
        if response.status != StatusCode::UNAUTHORIZED
            || !self.credentials.invalidate(&context, &headers).await
        {
            return Ok(response);
        }
        let renewed = self.credentials.headers(&context).await?;
        self.inner.send(with_headers(&request, &renewed)).await
    }
}

fn with_headers(request: &Request, headers: &HeaderMap) -> Request {
    let mut request = request.clone();
    for (name, value) in headers {
        let mut value = value.clone();
        value.set_sensitive(true);
        request.headers.insert(name, value);
    }
    request
}

fn refuse_eavesdropping(url: &Url) -> Result<(), TransportError> {
    let stays_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if url.scheme() == "https" || stays_here {
        return Ok(());
    }
    let host = url.host_str().unwrap_or_default();
    let message = format!(
        "credentials are not sent to {host} over plain {}: anybody on the way could read them; use https",
        url.scheme()
    );
    Err(TransportError::new(TransportErrorKind::Refused, false, message))
}
