//! What ends a job over many people early.

use std::{
    collections::VecDeque,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures::{Stream, StreamExt, stream::BoxStream};
use orglib_core::Error;

use crate::JournalError;

/// After so many that may not be read, and none that may, it is the token.
const FORBIDDEN: usize = 16;

/// Why a whole job ends early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JobError {
    /// The token is refused, everything is forbidden to it, or the service asks for a pause longer than a call waits.
    #[error(transparent)]
    Api(#[from] Error),
    /// The journal cannot be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// What speaks against going on.
pub(crate) enum Trouble {
    /// Everything else would fail in the same way: the token is not accepted, or the service asks everybody for a long
    /// pause.
    Fatal(JobError),
    /// This one may not be read; fatal where none may.
    Forbidden(JobError),
}

/// What came of one, and what speaks against going on.
pub(crate) struct Outcome<T> {
    pub(crate) of: T,
    pub(crate) trouble: Option<Trouble>,
}

/// Lets outcomes through, and ends them where going on is no use.
pub(crate) struct Gate<T> {
    outcomes: BoxStream<'static, Outcome<T>>,
    held: VecDeque<T>,
    refusal: Option<JobError>,
    is_open: bool,
    is_over: bool,
}

impl<T> Gate<T> {
    pub(crate) fn over(outcomes: BoxStream<'static, Outcome<T>>) -> Self {
        Self { outcomes, held: VecDeque::new(), refusal: None, is_open: false, is_over: false }
    }

    /// Takes one outcome in; gives the error that ends all, if it does.
    fn admit(&mut self, outcome: Outcome<T>) -> Option<JobError> {
        self.held.push_back(outcome.of);
        match outcome.trouble {
            Some(Trouble::Fatal(error)) => return Some(error),
            Some(Trouble::Forbidden(error)) => self.refusal = Some(error),
            None => self.is_open = true,
        }
        if self.held.len() < FORBIDDEN { None } else { self.refusal() }
    }

    /// The refusal that all so far have met, if none could be read.
    fn refusal(&mut self) -> Option<JobError> {
        if self.is_open { None } else { self.refusal.take() }
    }

    fn end(&mut self, error: Option<JobError>) -> Option<JobError> {
        self.is_over = true;
        if error.is_some() {
            self.held.clear();
        }
        error
    }
}

// Nothing in it is pinned.
impl<T> Unpin for Gate<T> {}

impl<T> Stream for Gate<T> {
    type Item = Result<T, JobError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if (self.is_open || self.is_over)
                && let Some(one) = self.held.pop_front()
            {
                return Poll::Ready(Some(Ok(one)));
            }
            if self.is_over {
                return Poll::Ready(None);
            }
            let error = match ready!(self.outcomes.poll_next_unpin(cx)) {
                Some(outcome) => match self.admit(outcome) {
                    Some(error) => self.end(Some(error)),
                    None => None,
                },
                None => {
                    let refusal = self.refusal();
                    self.end(refusal)
                }
            };
            if let Some(error) = error {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}
