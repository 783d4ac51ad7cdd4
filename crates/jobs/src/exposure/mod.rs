//! Who has shared what from Disk, with whom, and with which rights.

mod compare;
mod former;
mod names;
mod overview;
mod person;
mod plan;
mod reach;
mod report;
mod revoke;
mod risk;
mod roster;
mod row;
mod sheet;
mod warning;

use std::{num::NonZeroUsize, pin::Pin, sync::Arc};

use futures::{Stream, StreamExt, stream};
use orglib_core::Error;
use orglib_directory::Directory;
use orglib_disk::Disk;
use orglib_models::OrgId;
use tokio::sync::Semaphore;

pub use self::{
    compare::{Change, Compared, Comparison},
    former::{Former, FormerError},
    overview::{
        DepartmentShare, OpenToEverybody, OutsideShare, Overview, OverviewBuilder, OwnerShare, Stale, Tile,
    },
    plan::{Plan, PlanError},
    reach::{AccessWord, InvalidWord, Reach, Selection},
    report::{PersonReport, Summary},
    revoke::{Revocation, Revocations, RevokeError, RevokeResult, Revoked},
    risk::Right,
    roster::{LeftOut, People, Roster, Who},
    row::{ExposureRow, Failure, LinkEnd},
    warning::Warning,
};
use self::{names::Names, person::Reader};
use crate::{JobError, JobKey, Journal, gate::Gate};

/// How many people are read ahead of the one whose report is due, for each request in flight.
const AHEAD: usize = 4;

/// The report of what is shared from Disk.
#[derive(Clone, Debug)]
pub struct Exposure {
    directory: Directory,
    disk: Disk,
    org: OrgId,
    concurrency: NonZeroUsize,
    public_urls: bool,
}

/// The reports of people, in the order of the roster.
pub type Reports = Pin<Box<dyn Stream<Item = Result<PersonReport, JobError>> + Send>>;

impl Exposure {
    /// The report of an organisation.
    pub fn new(directory: Directory, disk: Disk, org: OrgId) -> Self {
        let concurrency = NonZeroUsize::MIN.saturating_add(15);
        Self { directory, disk, org, concurrency, public_urls: false }
    }

    /// Sets how many requests may be in flight; 16 by default. The client's own limit holds besides.
    #[must_use]
    pub fn concurrency(mut self, requests: NonZeroUsize) -> Self {
        self.concurrency = requests;
        self
    }

    /// Also reads the address of each link that everybody can open, by one more request each; by default not.
    #[must_use]
    pub fn public_urls(mut self, wanted: bool) -> Self {
        self.public_urls = wanted;
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

    /// What a journal of this report is known by. It holds all accesses, whichever are wanted.
    pub fn job_key(&self, people: &People, robots: bool) -> JobKey {
        let urls = if self.public_urls { ", public urls" } else { "" };
        JobKey::new("exposure", format!("org {}, {people}, robots {robots}{urls}", self.org))
    }

    /// Reads what the people of the roster share. Reports come in the order of the roster, whatever the concurrency;
    /// people whom the journal holds are not asked for again, and people who were read whole are written to it.
    ///
    /// The stream ends with an error where going on is no use: the token is refused, everybody's Disk is forbidden, the
    /// service asks for a pause longer than a call waits, the journal cannot be written. What cannot be read of one person is a [`Failure`] in that person's report.
    pub fn run(&self, roster: Roster, journal: Option<Arc<Journal>>) -> Reports {
        let (entries, employees) = roster.into_parts();
        let reader = Arc::new(Reader {
            disk: self.disk.clone(),
            org: self.org,
            employees,
            names: Names::new(self.directory.clone(), self.org),
            permits: Semaphore::new(self.concurrency.get()),
            concurrency: self.concurrency.get(),
            public_urls: self.public_urls,
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
