//! What a mock answers.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use orglib_transport::{ByteStream, Response, ResponseBody, TransportError, TransportErrorKind};

/// What a mock answers: a response, or a failure to get one.
#[derive(Clone, Debug)]
pub struct Answer(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Response { status: StatusCode, headers: HeaderMap, body: Bytes, is_cut: bool },
    Failure { kind: TransportErrorKind, was_sent: bool, message: Arc<str> },
}

impl Answer {
    /// 200 with this JSON text, which need not be valid.
    pub fn json(body: impl Into<Bytes>) -> Self {
        let headers =
            HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))]);
        Self(Kind::Response { status: StatusCode::OK, headers, body: body.into(), is_cut: false })
    }

    /// A status without a body.
    ///
    /// # Panics
    /// If the number is no status (100 to 999).
    #[allow(clippy::expect_used, reason = "a test that names no status is to fail")]
    pub fn status(status: u16) -> Self {
        Self::json(Bytes::new()).with_status(StatusCode::from_u16(status).expect("a status has three digits"))
    }

    /// A failure to get a response.
    pub fn failure(kind: TransportErrorKind, was_sent: bool) -> Self {
        Self(Kind::Failure { kind, was_sent, message: Arc::from(format!("{kind:?}, as the test wants it")) })
    }

    /// Sets the body.
    #[must_use]
    pub fn body(mut self, bytes: impl Into<Bytes>) -> Self {
        if let Kind::Response { body, .. } = &mut self.0 {
            *body = bytes.into();
        }
        self
    }

    /// Adds a header.
    ///
    /// # Panics
    /// If the name or the value is none.
    #[must_use]
    #[allow(clippy::expect_used, reason = "a test that names no header is to fail")]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Kind::Response { headers, .. } = &mut self.0 {
            let name: HeaderName = name.parse().expect("the name of a header");
            headers.insert(name, value.parse().expect("the value of a header"));
        }
        self
    }

    /// Breaks the connection when the body has arrived in half.
    #[must_use]
    pub fn cut_off(mut self) -> Self {
        if let Kind::Response { is_cut, .. } = &mut self.0 {
            *is_cut = true;
        }
        self
    }

    fn with_status(mut self, new: StatusCode) -> Self {
        if let Kind::Response { status, .. } = &mut self.0 {
            *status = new;
        }
        self
    }

    pub(crate) fn give(&self) -> Result<Response, TransportError> {
        match &self.0 {
            Kind::Response { status, headers, body, is_cut } => {
                let body = if *is_cut { cut(body) } else { body.clone().into() };
                Ok(Response::new(*status, headers.clone(), body))
            }
            Kind::Failure { kind, was_sent, message } => {
                Err(TransportError::new(*kind, *was_sent, &**message))
            }
        }
    }
}

/// The first half of a body, and then a broken connection.
pub(crate) fn cut(body: &Bytes) -> ResponseBody {
    let half = body.slice(..body.len() / 2);
    let broken =
        TransportError::new(TransportErrorKind::Broken, true, "the body was cut off, as the test wants it");
    let stream: ByteStream = Box::pin(futures::stream::iter([Ok(half), Err(broken)]));
    ResponseBody::Stream(stream)
}
