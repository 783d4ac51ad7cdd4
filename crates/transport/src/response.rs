//! What a transport answers.

use http::{HeaderMap, StatusCode};

use crate::ResponseBody;

/// One HTTP answer, whatever its status.
#[derive(Debug)]
#[non_exhaustive]
pub struct Response {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: ResponseBody,
    /// How many attempts the call took; a bare transport answers 1, the retry layer counts.
    pub attempts: u32,
}

impl Response {
    /// An answer of one attempt.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<ResponseBody>) -> Self {
        Self { status, headers, body: body.into(), attempts: 1 }
    }
}
