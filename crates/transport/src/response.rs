//! What a transport answers.

use std::fmt;

use http::{HeaderMap, StatusCode};

use crate::ResponseBody;

/// One HTTP answer, whatever its status.
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

/// Shows the status and the size. Headers may hold secrets, and so may the body.
impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body", &self.body)
            .field("attempts", &self.attempts)
            .finish_non_exhaustive()
    }
}

impl Response {
    /// An answer of one attempt.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<ResponseBody>) -> Self {
        Self { status, headers, body: body.into(), attempts: 1 }
    }
}
