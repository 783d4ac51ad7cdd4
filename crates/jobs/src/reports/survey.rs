//! A report: its subjects are asked about one by one, and none is left out in silence.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures::{Stream, StreamExt, stream};
use orglib_core::Error;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{Note, Reports};
use crate::{
    JobError,
    gate::{Gate, Outcome, Trouble},
};

/// A row of a report. Written as JSON it has real flags, lists, nulls and times.
pub trait Row: Serialize + DeserializeOwned + Send + Sync + sealed::Sealed + 'static {
    /// The names of the columns, in their order.
    const COLUMNS: &'static [&'static str];
}

pub(super) mod sealed {
    /// Rows are this crate's, so that they may come to tell more of themselves.
    pub trait Sealed {}
}

/// Declares a row: its columns are its fields.
macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $kind,)*
        }

        impl $crate::reports::survey::sealed::Sealed for $name {}

        impl $crate::reports::Row for $name {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];
        }
    };
}
pub(super) use row;

/// What is found of one subject of a report: a person, a mailbox, a group.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding<R> {
    /// Of whom or of what.
    pub of: String,
    /// The rows.
    pub rows: Vec<R>,
    /// What could not be read of it.
    pub not_read: Option<NotRead>,
    /// Whether it comes from the journal.
    pub resumed: bool,
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NotRead {
    /// Of whom or of what.
    pub of: String,
    /// The operation that failed.
    pub operation: String,
    /// The HTTP status that the message names; nothing where no answer came.
    pub status: Option<u16>,
    /// What went wrong, and what to do next.
    pub message: String,
}

impl NotRead {
    /// The names of the columns, in their order.
    pub const COLUMNS: [&'static str; 4] = ["of", "operation", "status", "message"];

    pub(super) fn new(of: impl Into<String>, error: &Error) -> Self {
        Self {
            of: of.into(),
            operation: error.operation().unwrap_or_default().to_owned(),
            status: error.latest_status().map(|status| status.as_u16()),
            message: error.to_string(),
        }
    }

    /// What an operation answered well, and did not tell.
    pub(super) fn untold(of: impl Into<String>, operation: &str, message: impl Into<String>) -> Self {
        Self { of: of.into(), operation: operation.to_owned(), status: None, message: message.into() }
    }
}

/// Everything else would fail in the same way.
pub(super) fn is_fatal(error: &Error) -> bool {
    error.is_unauthenticated() || error.is_paused()
}

/// Whom or what is asked about.
pub(super) struct Subject<S> {
    /// What the journal knows it by.
    pub(super) id: u64,
    /// How it is named.
    pub(super) name: String,
    pub(super) what: S,
}

/// A report as it is read: the findings come in the order of the subjects, whatever the concurrency.
///
/// The stream ends with an error where going on is no use: the token is refused, everything is forbidden to it, the
/// service asks for a pause longer than a call waits, the journal cannot be written. What else cannot be read stands in
/// the [`Finding`] of that subject.
#[must_use = "a report is read as its findings are asked for"]
pub struct Survey<R> {
    /// How many findings there will be.
    pub len: usize,
    /// What is known beside the rows: how the organisation is set, who is left out.
    pub notes: Vec<Note>,
    findings: Pin<Box<dyn Stream<Item = Result<Finding<R>, JobError>> + Send>>,
}

impl<R> fmt::Debug for Survey<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Survey").field("len", &self.len).field("notes", &self.notes).finish_non_exhaustive()
    }
}

impl<R> Stream for Survey<R> {
    type Item = Result<Finding<R>, JobError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.findings.poll_next_unpin(cx)
    }
}

impl<R: Row> Survey<R> {
    /// Of what is known already: of each its name and its rows.
    pub(super) fn known(findings: Vec<(String, Vec<R>)>) -> Self {
        let len = findings.len();
        let findings = findings.into_iter().map(|(of, rows)| Ok(Finding::read(of, rows)));
        Self { len, notes: Vec::new(), findings: stream::iter(findings).boxed() }
    }

    /// Asks about each subject, but for those that the journal holds.
    pub(super) fn over<S, F>(
        reports: &Reports,
        subjects: Vec<Subject<S>>,
        ask: impl Fn(S) -> F + Send + Sync + 'static,
    ) -> Self
    where
        S: Send + 'static,
        F: Future<Output = Result<Vec<R>, Error>> + Send + 'static,
    {
        let (len, journal) = (subjects.len(), reports.journal.clone());
        let ask = std::sync::Arc::new(ask);
        let outcomes = stream::iter(subjects).map(move |Subject { id, name, what }| {
            let (ask, journal) = (std::sync::Arc::clone(&ask), journal.clone());
            async move {
                match journal.as_ref().map(|journal| journal.get(id)).transpose() {
                    Ok(Some(Some(rows))) => {
                        return Outcome {
                            of: Finding { resumed: true, ..Finding::read(name, rows) },
                            trouble: None,
                        };
                    }
                    Ok(_) => {}
                    Err(error) => return Outcome::over(name, error.into()),
                }
                match ask(what).await {
                    Ok(rows) => match journal.as_ref().map(|journal| journal.put(id, &rows)).transpose() {
                        Ok(_) => Outcome { of: Finding::read(name, rows), trouble: None },
                        Err(error) => Outcome::over(name, error.into()),
                    },
                    Err(error) => Outcome::failed(name, error),
                }
            }
        });
        let outcomes = outcomes.buffered(reports.concurrency.get()).boxed();
        Self { len, notes: Vec::new(), findings: Gate::over(outcomes).boxed() }
    }

    /// The same, with what is known beside the rows.
    pub(super) fn notes(mut self, notes: impl IntoIterator<Item = Note>) -> Self {
        self.notes.extend(notes);
        self
    }

    /// The same, with what could not be read before.
    pub(super) fn after(self, gaps: Vec<NotRead>) -> Self {
        let Self { len, notes, findings } = self;
        let len = len + gaps.len();
        let gaps = gaps.into_iter().map(|gap| {
            Ok(Finding { of: gap.of.clone(), rows: Vec::new(), not_read: Some(gap), resumed: false })
        });
        Self { len, notes, findings: stream::iter(gaps).chain(findings).boxed() }
    }
}

impl<R> Finding<R> {
    fn read(of: String, rows: Vec<R>) -> Self {
        Self { of, rows, not_read: None, resumed: false }
    }
}

impl<R> Outcome<Finding<R>> {
    fn failed(name: String, error: Error) -> Self {
        let not_read = Some(NotRead::new(name.as_str(), &error));
        let of = Finding { of: name, rows: Vec::new(), not_read, resumed: false };
        let trouble = if is_fatal(&error) {
            Some(Trouble::Fatal(error.into()))
        } else if error.is_permission_denied() {
            Some(Trouble::Forbidden(error.into()))
        } else {
            None
        };
        Self { of, trouble }
    }

    fn over(name: String, error: JobError) -> Self {
        Self { of: Finding::read(name, Vec::new()), trouble: Some(Trouble::Fatal(error)) }
    }
}
