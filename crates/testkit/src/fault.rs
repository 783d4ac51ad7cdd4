//! Failures between a client and another transport.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use orglib_transport::{Request, Response, SharedTransport, Transport, TransportError, TransportErrorKind};

use crate::{Answer, answer::cut};

/// A way to fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// 500 in place of the answer; the request never gets there.
    Internal,
    /// 502 with an HTML page.
    BadGateway,
    /// 503.
    Unavailable,
    /// 503 with `Retry-After: 1`.
    UnavailableRetry,
    /// 429.
    Throttled,
    /// 429 with `Retry-After: 1`.
    ThrottledRetry,
    /// The connection cannot be made.
    Connect,
    /// The request gets there, and its answer is lost.
    Lost,
    /// The request gets there, and its answer is cut off.
    CutOff,
    /// 200 with an HTML page.
    Html,
}

impl Fault {
    /// Every way to fail.
    pub const ALL: [Self; 10] = [
        Self::Internal,
        Self::BadGateway,
        Self::Unavailable,
        Self::UnavailableRetry,
        Self::Throttled,
        Self::ThrottledRetry,
        Self::Connect,
        Self::Lost,
        Self::CutOff,
        Self::Html,
    ];

    fn answer(self) -> Option<Answer> {
        const PAGE: &str = "<html><body>502 Bad Gateway</body></html>";
        match self {
            Self::Internal => Some(Answer::status(500)),
            Self::BadGateway => Some(Answer::status(502).body(PAGE)),
            Self::Unavailable => Some(Answer::status(503)),
            Self::UnavailableRetry => Some(Answer::status(503).header("retry-after", "1")),
            Self::Throttled => Some(Answer::status(429)),
            Self::ThrottledRetry => Some(Answer::status(429).header("retry-after", "1")),
            Self::Connect => Some(Answer::failure(TransportErrorKind::Connect, false)),
            Self::Html => Some(Answer::status(200).body(PAGE)),
            Self::Lost | Self::CutOff => None,
        }
    }
}

/// Puts failures between a client and another transport: the same ones in each run.
#[derive(Clone, Debug)]
pub struct FaultTransport {
    inner: SharedTransport,
    faults: Arc<[Fault]>,
    share: f64,
    random: Arc<Mutex<fastrand::Rng>>,
}

impl FaultTransport {
    /// Fails this share of requests (0 to 1), in all ways.
    pub fn new(inner: SharedTransport, share: f64, seed: u64) -> Self {
        let random = Arc::new(Mutex::new(fastrand::Rng::with_seed(seed)));
        Self { inner, faults: Arc::from(Fault::ALL), share, random }
    }

    /// Fails in these ways only.
    #[must_use]
    pub fn only(mut self, faults: impl IntoIterator<Item = Fault>) -> Self {
        self.faults = faults.into_iter().collect();
        self
    }

    /// The transport, to be given to a client.
    pub fn shared(self) -> SharedTransport {
        Arc::new(self)
    }

    fn fault(&self) -> Option<Fault> {
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        if random.f64() < self.share { random.choice(self.faults.iter()).copied() } else { None }
    }
}

#[async_trait]
impl Transport for FaultTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let Some(fault) = self.fault() else { return self.inner.send(request).await };
        if let Some(answer) = fault.answer() {
            return answer.give();
        }
        let mut response = self.inner.send(request).await?;
        if fault == Fault::Lost {
            return Answer::failure(TransportErrorKind::Broken, true).give();
        }
        let body = response.body.collect(usize::MAX).await?;
        response.body = cut(&body);
        Ok(response)
    }
}
