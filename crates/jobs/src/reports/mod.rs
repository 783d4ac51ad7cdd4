//! What people ask of an organisation, beside [what is shared](crate::exposure): each answer a list of rows, with what
//! could not be read.
//!
//! ```
//! use futures::TryStreamExt;
//! use orglib_core::{Client, transport::StaticToken};
//! use orglib_jobs::reports::Reports;
//! use orglib_sandbox::Sandbox;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let sandbox = Sandbox::builder().users(20).build();
//! let client = Client::builder(sandbox.transport())
//!     .credentials(std::sync::Arc::new(StaticToken::oauth(sandbox.token().into())?))
//!     .build();
//! let reports = Reports::new(client, sandbox.org_id().try_into()?);
//!
//! let mut survey = reports.two_factor().await?;
//! while let Some(finding) = survey.try_next().await? {
//!     if let Some(not_read) = finding.not_read {
//!         eprintln!("{}: {}", not_read.of, not_read.message);
//!     }
//!     for row in finding.rows.iter().filter(|row| row.has_2fa != Some(true)) {
//!         println!("{} signs in with a password alone", row.email);
//!     }
//! }
//! # Ok(())
//! # }
//! ```

mod administrators;
mod external_members;
mod forwarding;
mod inactive;
mod mailbox_access;
mod note;
mod service_applications;
mod sessions;
mod survey;
mod two_factor;

use std::{num::NonZeroUsize, sync::Arc};

use orglib_audit::Audit;
use orglib_core::{Client, Error, List, PagedOperation};
use orglib_directory::Directory;
use orglib_mail::Mail;
use orglib_models::{OrgId, UserId};
use orglib_security::Security;

pub use self::{
    administrators::AdministratorRow,
    external_members::ExternalMemberRow,
    forwarding::ForwardingRow,
    inactive::InactiveRow,
    mailbox_access::MailboxAccessRow,
    note::{Demand, Note},
    service_applications::ServiceApplicationRow,
    sessions::SessionsRow,
    survey::{Finding, NotRead, Row, Survey},
    two_factor::TwoFactorRow,
};
use crate::{
    AccountStatus, JobKey, Journal,
    staff::{Person, Staff},
};

/// The reports of one organisation.
#[derive(Clone, Debug)]
pub struct Reports {
    client: Client,
    org: OrgId,
    concurrency: NonZeroUsize,
    journal: Option<Arc<Journal>>,
}

impl Reports {
    /// The reports of this organisation.
    pub fn new(client: Client, org: OrgId) -> Self {
        Self { client, org, concurrency: NonZeroUsize::MIN.saturating_add(15), journal: None }
    }

    /// Sets how many requests may be in flight; 16 by default. The client's own limit holds besides.
    #[must_use]
    pub fn concurrency(mut self, requests: NonZeroUsize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Keeps what was read in a journal, and asks for none of it again. It belongs to one report: see
    /// [`job_key`](Self::job_key). Reports that ask for lists alone ([`inactive`](Self::inactive),
    /// [`sessions`](Self::sessions), [`service_applications`](Self::service_applications)) keep nothing.
    #[must_use]
    pub fn journal(mut self, journal: Arc<Journal>) -> Self {
        self.journal = Some(journal);
        self
    }

    /// What a journal of a report is known by: its name, with its arguments where it has any.
    pub fn job_key(&self, report: &str) -> JobKey {
        JobKey::new(format!("report {report}"), format!("org {}", self.org))
    }

    fn directory(&self) -> Directory {
        Directory::new(self.client.clone(), self.org)
    }

    fn mail(&self) -> Mail {
        Mail::new(self.client.clone(), self.org)
    }

    fn security(&self) -> Security {
        Security::new(self.client.clone(), self.org)
    }

    fn audit(&self) -> Audit {
        Audit::new(self.client.clone(), self.org)
    }

    /// The employees. What of their list could not be understood is among the gaps.
    async fn staff(&self, gaps: &mut Vec<NotRead>) -> Result<Staff, Error> {
        self.staff_with(false, gaps).await
    }

    /// The same, with every address that one of them answers to where these are wanted.
    async fn staff_with(&self, addresses: bool, gaps: &mut Vec<NotRead>) -> Result<Staff, Error> {
        let staff = Staff::read(&self.directory(), addresses).await?;
        gaps.extend(staff.unread.iter().map(|error| NotRead::new("an employee of the list", error)));
        Ok(staff)
    }
}

/// A list to its end. What of it could not be understood is among the gaps.
async fn whole<O: PagedOperation>(
    list: List<O>,
    what: &str,
    gaps: &mut Vec<NotRead>,
) -> Result<Vec<O::Item>, Error> {
    whole_as(list, what, gaps, |item| item).await
}

/// The same, of which this is kept.
async fn whole_as<O: PagedOperation, T>(
    list: List<O>,
    what: &str,
    gaps: &mut Vec<NotRead>,
    kept: impl Fn(O::Item) -> T,
) -> Result<Vec<T>, Error> {
    let mut all = Vec::new();
    let mut pages = list.patient().pages();
    while let Some(page) = pages.next().await.transpose()? {
        for item in page.items {
            match item {
                Ok(item) => all.push(kept(item)),
                Err(error) if error.is_of_item() => gaps.push(NotRead::new(what, &error)),
                Err(error) => return Err(error),
            }
        }
    }
    Ok(all)
}

/// What a report can do without. That it could not be had is among the gaps, unless everything else would fail in the
/// same way.
fn aside<T>(answer: Result<T, Error>, what: &str, gaps: &mut Vec<NotRead>) -> Result<Option<T>, Error> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(error) if survey::is_fatal(&error) => Err(error),
        Err(error) => {
            gaps.push(NotRead::new(what, &error));
            Ok(None)
        }
    }
}

/// How a report names a person.
struct Named {
    email: String,
    user_id: UserId,
    status: AccountStatus,
}

impl Named {
    fn of(person: &Person) -> Self {
        Self { email: person.email.to_string(), user_id: person.id, status: person.status }
    }
}

/// People, each with the id that a journal knows them by and the name that a gap has.
fn each<'a>(people: impl Iterator<Item = &'a Arc<Person>>) -> Vec<survey::Subject<Arc<Person>>> {
    let subject = |person: &Arc<Person>| survey::Subject {
        id: person.id.get(),
        name: person.email.to_string(),
        what: Arc::clone(person),
    };
    people.map(subject).collect()
}

/// What is said of those who are not in a report of people.
fn without_robots(staff: &Staff) -> Option<Note> {
    Some(staff.robots()).filter(|robots| *robots > 0).map(Note::RobotsLeftOut)
}
