//! What the tests of the layers share.

#![allow(dead_code, reason = "each test program uses a part")]

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use async_trait::async_trait;
use http::{HeaderMap, Method, StatusCode};
use orglib_testkit::ManualClock;
use orglib_transport::{
    Clock, Request, RequestMeta, Response, SharedTransport, Stack, StackBuilder, Transport, TransportError,
};

/// A GET that may be repeated.
pub(crate) fn get() -> Request {
    request(Method::GET, true)
}

pub(crate) fn request(method: Method, idempotent: bool) -> Request {
    let url = "https://api.example.net/v1/things?email=anna%40example.net".parse().unwrap();
    Request::new(method, url, RequestMeta::new("get-things", idempotent))
}

pub(crate) fn stack(transport: SharedTransport, clock: &ManualClock) -> StackBuilder {
    Stack::builder(transport).clock(clock.shared())
}

/// A server with a token bucket: refuses with 429 what comes too fast.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    clock: ManualClock,
    latency: Duration,
    retry_after: Option<u64>,
    limit: fn(f64) -> f64,
    burst: f64,
    bucket: Arc<Mutex<Bucket>>,
}

#[derive(Debug, Default)]
struct Bucket {
    tokens: f64,
    filled: f64,
    offered: f64,
    accepted: u32,
    refused: u32,
}

impl Server {
    /// A server that takes `limit(seconds)` requests a second, and `burst` at once.
    pub(crate) fn new(clock: &ManualClock, limit: fn(f64) -> f64, burst: f64) -> Self {
        let bucket = Arc::new(Mutex::new(Bucket { tokens: burst, ..Bucket::default() }));
        let latency = Duration::from_millis(30);
        Self { clock: clock.clone(), latency, retry_after: Some(1), limit, burst, bucket }
    }

    pub(crate) fn latency(mut self, latency: Duration) -> Self {
        self.latency = latency;
        self
    }

    pub(crate) fn silent_about_delays(mut self) -> Self {
        self.retry_after = None;
        self
    }

    pub(crate) fn accepted(&self) -> u32 {
        self.bucket.lock().unwrap().accepted
    }

    pub(crate) fn refused(&self) -> u32 {
        self.bucket.lock().unwrap().refused
    }

    /// What was taken, as a share of what could have been taken up to the last answer.
    pub(crate) fn use_of_limit(&self) -> f64 {
        let bucket = self.bucket.lock().unwrap();
        f64::from(bucket.accepted) / bucket.offered
    }

    fn takes_one(&self) -> bool {
        let now = self.clock.monotonic().as_secs_f64();
        let mut bucket = self.bucket.lock().unwrap();
        let inflow = (now - bucket.filled) * (self.limit)(now);
        bucket.filled = now;
        bucket.offered += inflow;
        bucket.tokens = (bucket.tokens + inflow).min(self.burst);
        if bucket.tokens < 1.0 {
            bucket.refused += 1;
            return false;
        }
        bucket.tokens -= 1.0;
        bucket.accepted += 1;
        true
    }
}

#[async_trait]
impl Transport for Server {
    async fn send(&self, _request: Request) -> Result<Response, TransportError> {
        self.clock.sleep(self.latency / 2).await;
        let taken = self.takes_one();
        self.clock.sleep(self.latency / 2).await;
        let mut headers = HeaderMap::new();
        if taken {
            return Ok(Response::new(StatusCode::OK, headers, bytes::Bytes::from_static(b"{}")));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(http::header::RETRY_AFTER, seconds.into());
        }
        Ok(Response::new(StatusCode::TOO_MANY_REQUESTS, headers, bytes::Bytes::new()))
    }
}
