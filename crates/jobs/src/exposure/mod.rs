//! Who has shared what from Disk, with whom, and with which rights.

mod person;
mod report;
mod roster;
mod row;

use std::{collections::BTreeSet, num::NonZeroUsize, pin::Pin, sync::Arc};

use futures::{Stream, StreamExt, stream};
use orglib_core::Error;
use orglib_directory::Directory;
use orglib_disk::Disk;
use orglib_models::OrgId;
use tokio::sync::Semaphore;

use self::{person::Reader, report::Gate, row::Filter};
pub use self::{
    report::{ExposureError, PersonReport, Summary},
    roster::{InvalidWho, People, Roster, Who},
    row::{ExposureRow, External, Failure},
};
use crate::{JobKey, Journal};

/// How many people are read ahead of the one whose report is due, for each request in flight.
const AHEAD: usize = 4;

/// The report of what is shared from Disk.
#[derive(Clone, Debug)]
pub struct Exposure {
    directory: Directory,
    disk: Disk,
    org: OrgId,
    concurrency: NonZeroUsize,
    filter: Filter,
}

/// The reports of people, in the order of the roster.
pub type Reports = Pin<Box<dyn Stream<Item = Result<PersonReport, ExposureError>> + Send>>;

impl Exposure {
    /// The report of an organisation.
    pub fn new(directory: Directory, disk: Disk, org: OrgId) -> Self {
        let concurrency = NonZeroUsize::MIN.saturating_add(15);
        Self { directory, disk, org, concurrency, filter: Filter::default() }
    }

    /// Sets how many requests may be in flight; 16 by default. The client's own limit holds besides.
    #[must_use]
    pub fn concurrency(mut self, requests: NonZeroUsize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Keeps only accesses of these types: `all`, `employees`, `user`, `group`, `department`, or any other word that
    /// the service uses. By default, and with an empty list, all are kept.
    #[must_use]
    pub fn accesses(mut self, types: impl IntoIterator<Item = String>) -> Self {
        self.filter.types = types.into_iter().collect::<BTreeSet<_>>();
        self
    }

    /// Keeps only accesses of people without an organisation, or of another one.
    #[must_use]
    pub fn external_only(mut self, external_only: bool) -> Self {
        self.filter.external_only = external_only;
        self
    }

    /// Reads whom the report is about, and all employees, whose addresses it shows. Robots are left out, unless they
    /// are wanted or listed by name.
    ///
    /// # Errors
    /// What a list of users, departments or group members fails with.
    pub async fn roster(&self, people: People, robots: bool) -> Result<Roster, Error> {
        Roster::read(&self.directory, people, robots).await
    }

    /// What a journal of this report is known by.
    pub fn job_key(&self, people: &People, robots: bool) -> JobKey {
        let Self { org, filter, .. } = self;
        JobKey::new("exposure", format!("org {org}, {people}, robots {robots}, {filter}"))
    }

    /// Reads what the people of the roster share. Reports come in the order of the roster, whatever the concurrency;
    /// people whom the journal holds are not asked for again, and people who were read whole are written to it.
    ///
    /// The stream ends with an error where going on is no use: the token is refused, everybody's Disk is forbidden,
    /// the journal cannot be written. What cannot be read of one person is a [`Failure`] in that person's report.
    pub fn run(&self, roster: Roster, journal: Option<Journal>) -> Reports {
        let (entries, employees) = roster.into_parts();
        let reader = Arc::new(Reader {
            disk: self.disk.clone(),
            org: self.org,
            filter: self.filter.clone(),
            employees,
            permits: Semaphore::new(self.concurrency.get()),
            concurrency: self.concurrency.get(),
            journal,
        });
        let ahead = self.concurrency.get().saturating_mul(AHEAD);
        let outcomes = stream::iter(entries)
            .map(move |entry| {
                let reader = Arc::clone(&reader);
                async move { reader.read(entry).await }
            })
            .buffered(ahead);
        Gate::over(outcomes.boxed()).boxed()
    }
}
