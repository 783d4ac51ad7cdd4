//! The layers of a stack, a file each. Each one is a transport that holds the one below it.

pub(crate) mod attempt;
pub(crate) mod attempt_timeout;
pub(crate) mod authorize;
pub(crate) mod call;
pub(crate) mod collect;
pub(crate) mod deadline;
pub(crate) mod limit;
pub(crate) mod retry;

use std::{future::Future, pin::pin, time::Duration};

use futures::future::{Either, select};

use crate::Clock;

/// What comes of `work` if it comes in time. The clock is asked first, so that nothing is begun when time is up.
async fn within<T>(clock: &dyn Clock, limit: Duration, work: impl Future<Output = T>) -> Option<T> {
    match select(clock.sleep(limit), pin!(work)).await {
        Either::Left(_) => None,
        Either::Right((outcome, _)) => Some(outcome),
    }
}
