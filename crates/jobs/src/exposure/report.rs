//! The reports of people, and what ends them early.

use std::{
    collections::VecDeque,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures::{Stream, StreamExt, stream::BoxStream};
use orglib_core::Error;
use orglib_models::UserId;

use super::{
    person::{Outcome, Trouble},
    reach::Reach,
    row::{ExposureRow, Failure},
};
use crate::JournalError;

/// After so many people whose Disk is forbidden, and nobody's that is not, it is the token.
const FORBIDDEN: usize = 16;

/// What one person shares.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PersonReport {
    /// The person's address, or what is known instead.
    pub email: String,
    /// The person's id; nothing where the person is not known.
    pub user_id: Option<UserId>,
    /// How many public resources the person owns.
    pub resources: u64,
    /// The accesses, in the order of resources and of accesses as listed.
    pub rows: Vec<ExposureRow>,
    /// What could not be read.
    pub failures: Vec<Failure>,
    /// Whether it comes from the journal.
    pub resumed: bool,
}

impl PersonReport {
    pub(super) fn new(email: String, user_id: Option<UserId>) -> Self {
        Self { email, user_id, resources: 0, rows: Vec::new(), failures: Vec::new(), resumed: false }
    }
}

/// Why the whole report ends early.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExposureError {
    /// The token is refused, everybody's Disk is forbidden to it, or the service asks for a pause longer than a call
    /// waits.
    #[error(transparent)]
    Api(#[from] Error),
    /// The journal cannot be read or written.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

/// Counts of the whole report: of the organisation, whichever rows are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// People.
    pub employees: u64,
    /// Those of them who come from the journal.
    pub resumed: u64,
    /// Public resources.
    pub resources: u64,
    /// Accesses: rows, before any selection.
    pub accesses: u64,
    /// Accesses by everybody who has the link.
    pub open_to_everybody: u64,
    /// Accesses by somebody outside.
    pub external: u64,
    /// Accesses of which nobody can say how far they reach.
    pub unknown_reach: u64,
    /// What could not be read.
    pub failures: u64,
}

impl Summary {
    /// Counts a report in.
    pub fn add(&mut self, report: &PersonReport) {
        let of = |reach: Reach| report.rows.iter().filter(|row| row.reach == reach).count() as u64;
        self.employees += u64::from(report.user_id.is_some());
        self.resumed += u64::from(report.resumed);
        self.resources += report.resources;
        self.accesses += report.rows.len() as u64;
        self.open_to_everybody += of(Reach::Public);
        self.external += of(Reach::External);
        self.unknown_reach += of(Reach::Unknown);
        self.failures += report.failures.len() as u64;
    }
}

/// Lets reports through, and ends them where going on is no use.
pub(super) struct Gate {
    outcomes: BoxStream<'static, Outcome>,
    held: VecDeque<PersonReport>,
    refusal: Option<Error>,
    is_open: bool,
    is_over: bool,
}

impl Gate {
    pub(super) fn over(outcomes: BoxStream<'static, Outcome>) -> Self {
        Self { outcomes, held: VecDeque::new(), refusal: None, is_open: false, is_over: false }
    }

    /// Takes one outcome in; gives the error that ends the report, if it does.
    fn admit(&mut self, outcome: Outcome) -> Option<ExposureError> {
        self.held.push_back(outcome.report);
        match outcome.trouble {
            Some(Trouble::Fatal(error)) => return Some(error.into()),
            Some(Trouble::Journal(error)) => return Some(error.into()),
            Some(Trouble::Forbidden(error)) => self.refusal = Some(error),
            None => self.is_open = true,
        }
        if self.held.len() < FORBIDDEN { None } else { self.refusal() }
    }

    /// The refusal that everybody so far has met, if nobody's Disk could be read.
    fn refusal(&mut self) -> Option<ExposureError> {
        self.refusal.take_if(|_| !self.is_open).map(ExposureError::from)
    }

    fn end(&mut self, error: Option<ExposureError>) -> Option<ExposureError> {
        self.is_over = true;
        if error.is_some() {
            self.held.clear();
        }
        error
    }
}

impl Stream for Gate {
    type Item = Result<PersonReport, ExposureError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if (self.is_open || self.is_over)
                && let Some(report) = self.held.pop_front()
            {
                return Poll::Ready(Some(Ok(report)));
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
