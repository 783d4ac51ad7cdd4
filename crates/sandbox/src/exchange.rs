//! One request and its answer, as both fronts hand them over.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde_json::Value;

/// A request as it came, nothing decoded.
pub(crate) struct Incoming {
    pub(crate) method: Method,
    /// The path as sent, still percent-encoded.
    pub(crate) path: String,
    /// The query as sent, without its question mark.
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The beginning of addresses that lead here: scheme, host and port.
    pub(crate) origin: String,
}

impl Incoming {
    /// A number that is the same for a request and its repetition, and for next to no others.
    pub(crate) fn fingerprint(&self) -> u64 {
        let parts =
            [self.method.as_str().as_bytes(), self.path.as_bytes(), self.query.as_bytes(), &self.body];
        parts.iter().fold(FNV_OFFSET, |hash, part| fnv(fnv(hash, part), &[0]))
    }
}

const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

/// Spreads a number over all 64 bits (the finalizer of splitmix64).
pub(crate) fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// What an operation comes to.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) content: Payload,
}

/// What stands in an answer.
#[derive(Clone, Debug)]
pub(crate) enum Payload {
    Nothing,
    Json(Value),
    File(File),
    /// Another address that a browser is to open.
    Elsewhere(String),
}

/// A file, to be kept under a name.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) media: &'static str,
    pub(crate) name: String,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn ok(body: Value) -> Self {
        Self::json(StatusCode::OK, body)
    }

    pub(crate) fn json(status: StatusCode, body: Value) -> Self {
        Self { status, content: Payload::Json(body) }
    }

    pub(crate) fn file(file: File) -> Self {
        Self { status: StatusCode::OK, content: Payload::File(file) }
    }
}

/// What goes back, whole.
#[derive(Clone, Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Reply {
    pub(crate) fn json(status: StatusCode, body: &Value) -> Self {
        let mut reply = Self::empty(status);
        reply
            .headers
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        // A value in memory has text keys only, which is all that writing it can fail for.
        reply.body = serde_json::to_vec(body).unwrap_or_default().into();
        reply
    }

    pub(crate) fn html(status: StatusCode, body: &'static str) -> Self {
        let mut reply = Self::empty(status);
        reply.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        reply.body = Bytes::from_static(body.as_bytes());
        reply
    }

    pub(crate) fn file(status: StatusCode, file: File) -> Self {
        let mut reply = Self::empty(status);
        reply.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(file.media));
        reply.body = file.text.into();
        reply.with_header(header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{}\"", file.name))
    }

    pub(crate) fn empty(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: Bytes::new() }
    }

    pub(crate) fn with_header(mut self, name: header::HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.insert(name, value);
        }
        self
    }
}

/// How much of the reply arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Delivery {
    /// All of it.
    Whole,
    /// Its head and the first half of its body, then the connection breaks.
    CutOff,
    /// Nothing: the connection breaks.
    Nothing,
}

/// A reply, how much of it arrives, and after how long.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) reply: Reply,
    pub(crate) delivery: Delivery,
    pub(crate) delay: Duration,
}
