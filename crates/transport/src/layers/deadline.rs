//! The deadline of a whole call.

use std::{pin::pin, time::Duration};

use async_trait::async_trait;
use futures::future::{Either, select};

use crate::{
    Request, Response, SharedClock, SharedTransport, Transport, TransportError, TransportErrorKind,
    progress::Progress,
};

/// Ends a call that takes too long, all attempts and waits included; of a patient one, all waits but those for leave to
/// send. A call of more rounds has the limit for each of them. Layers inside ask what is left, so that no wait begins that cannot end in time.
#[derive(Debug)]
pub(crate) struct Deadline {
    pub(crate) inner: SharedTransport,
    pub(crate) clock: SharedClock,
    pub(crate) limit: Duration,
}

#[async_trait]
impl Transport for Deadline {
    async fn send(&self, mut request: Request) -> Result<Response, TransportError> {
        let of_round = *request.meta.timeout.get_or_insert(self.limit);
        let limit = of_round.saturating_mul(request.meta.rounds.get());
        let progress = Progress::begin(self.clock.monotonic(), limit, request.meta.patient);
        request.meta.progress = progress.clone();
        let mut call = pin!(self.inner.send(request));
        loop {
            // The clock is asked first, so that nothing is begun when time is up.
            let left = progress.left(self.clock.monotonic()).unwrap_or_default();
            if left.is_zero() {
                return Err(ended(limit, &progress));
            }
            match select(self.clock.sleep(left), call).await {
                Either::Left((_, unfinished)) => call = unfinished,
                Either::Right((outcome, _)) => return outcome,
            }
        }
    }
}

fn ended(limit: Duration, progress: &Progress) -> TransportError {
    let (latest, status) = progress.latest().unzip();
    let latest = latest.map(|latest| format!("; the latest attempt: {latest}"));
    let message = format!(
        "no answer within {} s, the limit of one call{}",
        limit.as_secs_f64(),
        latest.unwrap_or_default()
    );
    TransportError::new(TransportErrorKind::Deadline, progress.may_have_arrived(), message)
        .with_attempts(progress.attempts())
        .with_status(status.flatten())
}
