//! Requests and answers in a form that can be compared and kept.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use orglib_transport::{Request, Response, TransportError, TransportErrorKind};
use serde::{Deserialize, Serialize};

/// The method and the whole URL of a request, for a test that says what an operation asks.
pub fn request_line(request: &Request) -> String {
    format!("{} {}", request.method, request.url)
}

/// A request that was sent. Of headers that hold secrets the names only; recordings leave all headers out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SentRequest {
    /// The operation's id.
    pub operation: String,
    /// The method.
    pub method: String,
    /// The path, encoded as it was sent.
    pub path: String,
    /// The query pairs, decoded, in their order.
    pub query: Vec<(String, String)>,
    /// The headers, as text; `…` in place of what is secret.
    #[serde(skip)]
    pub headers: Vec<(String, String)>,
    /// The body, as text.
    pub body: String,
}

/// Headers that show who asks.
const SECRET: [HeaderName; 3] =
    [http::header::AUTHORIZATION, http::header::PROXY_AUTHORIZATION, http::header::COOKIE];

/// A header as a test may see it.
fn shown(name: &HeaderName, value: &HeaderValue) -> (String, String) {
    let is_secret = value.is_sensitive() || SECRET.contains(name);
    let text = if is_secret { "…".into() } else { String::from_utf8_lossy(value.as_bytes()) };
    (name.to_string(), text.into_owned())
}

impl SentRequest {
    /// What was sent.
    ///
    /// # Errors
    /// Where a body that is made anew for each attempt cannot be made.
    pub async fn of(request: &Request) -> Result<Self, TransportError> {
        let body = request.body.collect().await?;
        Ok(Self {
            operation: request.meta.operation.to_string(),
            method: request.method.to_string(),
            path: request.url.path().to_owned(),
            query: request.url.query_pairs().into_owned().collect(),
            headers: request.headers.iter().map(|(name, value)| shown(name, value)).collect(),
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }

    /// The value of a header, by its name in any case.
    pub fn header_value(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(given, _)| given.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// The value of a query parameter.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; `null` where it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Method, path and query, in one line.
    pub fn line(&self) -> String {
        let query: Vec<_> = self.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("{} {}{mark}{}", self.method, self.path, query.join("&"))
    }
}

/// A request and its answer, for a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Exchange {
    /// What was sent.
    pub request: SentRequest,
    /// The status of the answer.
    pub status: u16,
    /// The headers of the answer, as text, without cookies.
    pub headers: Vec<(String, String)>,
    /// The body of the answer, as text.
    pub body: String,
}

impl Exchange {
    pub(crate) fn new(request: SentRequest, status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Self {
        let headers = headers.iter().filter(|(name, _)| **name != http::header::SET_COOKIE);
        let headers = headers
            .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()));
        Self {
            request,
            status: status.as_u16(),
            headers: headers.collect(),
            body: String::from_utf8_lossy(body).into_owned(),
        }
    }

    pub(crate) fn response(&self) -> Result<Response, TransportError> {
        let broken = || TransportError::new(TransportErrorKind::Other, false, "the recording is damaged");
        let status = StatusCode::from_u16(self.status).map_err(|error| broken().with_source(error))?;
        let headers = self.headers.iter().map(|(name, value)| {
            let name: HeaderName = name.parse().map_err(|error| broken().with_source(error))?;
            let value: HeaderValue = value.parse().map_err(|error| broken().with_source(error))?;
            Ok((name, value))
        });
        let headers = headers.collect::<Result<HeaderMap, TransportError>>()?;
        Ok(Response::new(status, headers, bytes::Bytes::from(self.body.clone())))
    }
}
