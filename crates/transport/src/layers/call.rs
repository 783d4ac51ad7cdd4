//! The span of one call.

use std::sync::Arc;

use async_trait::async_trait;
use tracing::Instrument;
use url::Url;

use crate::{Request, Response, SharedClock, SharedTransport, Transport, TransportError, stats::Counters};

/// Counts calls, and gives each a span and a line in the log when it ends.
#[derive(Debug)]
pub(crate) struct CallSpan {
    pub(crate) inner: SharedTransport,
    pub(crate) clock: SharedClock,
    pub(crate) counters: Arc<Counters>,
}

#[async_trait]
impl Transport for CallSpan {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.counters.call();
        let began = self.clock.monotonic();
        let span = tracing::debug_span!(
            "call",
            operation = %request.meta.operation,
            method = %request.method,
            path = %request.meta.route,
            query = %shown(&request.url)
        );
        let outcome = self.inner.send(request).instrument(span.clone()).await;
        let _entered = span.entered();
        let ms = u64::try_from(self.clock.monotonic().saturating_sub(began).as_millis()).unwrap_or(u64::MAX);
        match &outcome {
            Ok(answer) => {
                tracing::debug!(status = answer.status.as_u16(), attempts = answer.attempts, ms, "answered");
            }
            Err(error) => {
                tracing::debug!(failure = ?error.kind(), attempts = error.attempts(), ms, "not answered");
            }
        }
        outcome
    }
}

/// What may be shown of a query: how pages are asked for. All else may be people's data.
const SHOWN: [&str; 9] =
    ["limit", "offset", "page", "perPage", "pageSize", "count", "pgNum", "pgSize", "orderBy"];

/// The query with the values that may be shown.
fn shown(url: &Url) -> String {
    let pairs = url.query_pairs().map(|(name, value)| {
        let value = if SHOWN.contains(&&*name) { value } else { "…".into() };
        format!("{name}={value}")
    });
    pairs.collect::<Vec<_>>().join("&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_query_only_what_asks_for_pages_is_shown() {
        let url = "https://a.example/users?limit=100&email=anna%40example.org&offset=200".parse().unwrap();
        assert_eq!(shown(&url), "limit=100&email=…&offset=200");
    }
}
