//! Addresses that an answer named: where contents are put, and fetched from.

use std::{fmt, time::Duration};

use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use orglib_transport::{Body, Expect, RateClass, Request, RequestMeta};
use url::Url;

use crate::{Client, Download, Error, FromResponse, Host, RawResponse, Scopes, call::CallFacts};

/// How long a content may be under way, where nobody says: contents may be large.
const TIMEOUT: Duration = Duration::from_secs(6 * 60 * 60);

/// How often an address may lead to another one.
const MOST_REDIRECTS: usize = 5;

/// A call to an address that an answer named, made by [`Client::address`]. No credentials are sent there: the address is
/// one itself, and stands in no log and in no error.
#[derive(Clone)]
#[must_use = "a call does nothing until it is sent"]
pub struct AddressCall {
    client: Client,
    operation: &'static str,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Body,
    timeout: Duration,
}

impl Client {
    /// A call to an address that the answer of an operation named.
    ///
    /// # Errors
    /// `Decode`, where the address is none, or one that contents are not sent to: other than `https`, but for this
    /// machine.
    pub fn address(
        &self,
        operation: &'static str,
        method: Method,
        address: &str,
    ) -> Result<AddressCall, Error> {
        Ok(AddressCall {
            url: usable(operation, address)?,
            client: self.without_credentials(),
            operation,
            method,
            headers: HeaderMap::new(),
            body: Body::Empty,
            timeout: TIMEOUT,
        })
    }
}

impl AddressCall {
    /// Adds a header.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// Sets the content that is sent: in memory, or made anew for each attempt.
    pub fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    /// Begins behind this many bytes. What comes may begin at the first one all the same: see
    /// [`Download::begins_at`].
    pub fn beginning_at(self, position: u64) -> Self {
        match HeaderValue::from_str(&format!("bytes={position}-")) {
            Ok(range) if position > 0 => self.header(header::RANGE, range),
            _ => self,
        }
    }

    /// Replaces how long it may take: 6 hours.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sends the call and gives its answer unread, if it is a success.
    ///
    /// # Errors
    /// As [`Client::execute`], but for `Decode`.
    pub async fn send(self) -> Result<RawResponse, Error> {
        let request = self.request(Expect::Anything);
        self.client.exchange_named(request, self.operation.into(), self.facts()).await
    }

    /// Sends the call and gives the content that comes, wherever the address leads to.
    ///
    /// # Errors
    /// As [`Client::execute`].
    pub async fn download(mut self) -> Result<Download, Error> {
        for _ in 0..=MOST_REDIRECTS {
            let request = self.request(Expect::Stream);
            let response = self.client.attempt(request, self.operation.into(), self.facts()).await?;
            match next(&response, &self.url) {
                Some(address) => self.url = usable(self.operation, &address)?,
                None if response.status.is_success() => return Download::from_response(response),
                None => {
                    let now = self.client.clock().now();
                    let retry_after = orglib_transport::retry_after(&response.headers, now);
                    return Err(Error::from_status(&response, self.facts(), retry_after));
                }
            }
        }
        Err(Error::wrong_answer(self.operation, "the address leads from one to another without an end"))
    }

    fn facts(&self) -> CallFacts {
        CallFacts { host: Host::Cloud, scopes: Scopes::None, idempotent: self.method == Method::GET }
    }

    fn request(&self, expect: Expect) -> Request {
        let meta = RequestMeta::new(self.operation, self.method == Method::GET)
            .with_route("an address that an answer named")
            .with_rate_class(RateClass::new("transfer"))
            .with_expect(expect);
        let mut request = Request::new(self.method.clone(), self.url.clone(), meta);
        request.headers = self.headers.clone();
        request.body = self.body.clone();
        request.meta.timeout = Some(self.timeout);
        request
    }
}

/// Where an answer leads to, if it leads on.
fn next(response: &RawResponse, here: &Url) -> Option<String> {
    if !response.status.is_redirection() {
        return None;
    }
    let place = response.headers.get(header::LOCATION)?.to_str().ok()?;
    Some(here.join(place).ok()?.into())
}

/// The address, where contents may go there.
fn usable(operation: &'static str, address: &str) -> Result<Url, Error> {
    let refuse =
        |why: &str| Err(Error::wrong_answer(operation, format!("the service named an address {why}")));
    let Ok(url) = Url::parse(address) else { return refuse("that is none") };
    let is_here = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    };
    match url.scheme() {
        "https" => Ok(url),
        "http" if is_here => Ok(url),
        _ => refuse("that is not https: nothing is sent there"),
    }
}

/// Shows nothing of the address.
impl fmt::Debug for AddressCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AddressCall")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .finish_non_exhaustive()
    }
}
