//! Recordings.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use orglib_transport::{Request, Response, SharedTransport, Transport, TransportError, TransportErrorKind};

use crate::{Exchange, SentRequest};

/// Sends on, and keeps what was sent and answered, without the headers of requests.
#[derive(Clone, Debug)]
pub struct RecordTransport {
    inner: SharedTransport,
    exchanges: Arc<Mutex<Vec<Exchange>>>,
}

impl RecordTransport {
    /// Records what goes through another transport.
    pub fn new(inner: SharedTransport) -> Self {
        Self { inner, exchanges: Arc::default() }
    }

    /// The transport, to be given to a client.
    pub fn shared(&self) -> SharedTransport {
        Arc::new(self.clone())
    }

    /// What was recorded.
    pub fn exchanges(&self) -> Vec<Exchange> {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was recorded, a JSON line each. It holds people's data as it came: read it before you share it.
    ///
    /// # Errors
    /// None that has been seen: texts can always be written as JSON.
    pub fn to_json_lines(&self) -> Result<String, serde_json::Error> {
        let lines = self.exchanges().iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>()?;
        Ok(lines.into_iter().map(|line| line + "\n").collect())
    }
}

#[async_trait]
impl Transport for RecordTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let sent = SentRequest::of(&request).await?;
        let mut response = self.inner.send(request).await?;
        let body = response.body.collect(usize::MAX).await?;
        let exchange = Exchange::new(sent, response.status, &response.headers, &body);
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).push(exchange);
        response.body = body.into();
        Ok(response)
    }
}

/// Answers from a recording: each exchange once, the first that matches in method, path, query and body.
#[derive(Clone, Debug)]
pub struct ReplayTransport {
    exchanges: Arc<Mutex<VecDeque<Exchange>>>,
}

impl ReplayTransport {
    /// Answers from these exchanges.
    pub fn new(exchanges: impl IntoIterator<Item = Exchange>) -> Self {
        Self { exchanges: Arc::new(Mutex::new(exchanges.into_iter().collect())) }
    }

    /// Answers from a recording with a JSON line for each exchange.
    ///
    /// # Errors
    /// Where a line is no exchange.
    pub fn from_json_lines(lines: &str) -> Result<Self, serde_json::Error> {
        let lines = lines.lines().filter(|line| !line.trim().is_empty());
        Ok(Self::new(lines.map(serde_json::from_str).collect::<Result<Vec<_>, _>>()?))
    }

    /// The transport, to be given to a client.
    pub fn shared(&self) -> SharedTransport {
        Arc::new(self.clone())
    }

    /// How many exchanges have not been asked for yet.
    pub fn left(&self) -> usize {
        self.exchanges.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

#[async_trait]
impl Transport for ReplayTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let sent = SentRequest::of(&request).await?;
        let mut exchanges = self.exchanges.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |exchange: &Exchange| {
            let recorded = &exchange.request;
            (&recorded.method, &recorded.path, &recorded.query, &recorded.body)
                == (&sent.method, &sent.path, &sent.query, &sent.body)
        };
        let found = exchanges.iter().position(same).and_then(|index| exchanges.remove(index));
        found.map_or_else(
            || {
                let message = format!("the recording has no answer to {}", sent.line());
                // Refused, so that no retry hides it.
                Err(TransportError::new(TransportErrorKind::Refused, false, message))
            },
            |exchange| exchange.response(),
        )
    }
}
