//! Reading what one person shares.

use std::sync::Arc;

use futures::{StreamExt, stream};
use orglib_core::{Call, Error, Operation};
use orglib_disk::{Disk, prelude::GetLinkedResourceOptions};
use orglib_models::{
    OrgId, UserId,
    disk::{PublicResource, PublicSettings},
};
use serde::{Deserialize, Serialize};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::{
    names::Names,
    reach::Reach,
    report::PersonReport,
    roster::{Employees, Entry},
    row::{ExposureRow, Failure, Rows},
};
use crate::{
    Journal, JournalError,
    gate::{self, Trouble},
};

/// What reading needs.
pub(super) struct Reader {
    pub(super) disk: Disk,
    pub(super) org: OrgId,
    pub(super) employees: Employees,
    pub(super) names: Names,
    /// One for each request in flight: waiting people hold no call ready.
    pub(super) permits: Semaphore,
    pub(super) concurrency: usize,
    pub(super) public_urls: bool,
    pub(super) journal: Option<Arc<Journal>>,
}

/// What became of one entry.
pub(super) type Outcome = gate::Outcome<PersonReport>;

/// What the journal keeps of a person.
#[derive(Serialize, Deserialize)]
struct Finished {
    resources: u64,
    rows: Vec<ExposureRow>,
}

impl Reader {
    pub(super) async fn read(&self, entry: Entry) -> Outcome {
        let id = match entry {
            Entry::Failed(failure) => {
                let mut report = PersonReport::new(failure.email.clone(), None);
                report.failures.push(failure);
                return Outcome { of: report, trouble: None };
            }
            Entry::Person(id) => id,
        };
        let email = self.employees.get(id).map(|employee| employee.email.to_string()).unwrap_or_default();
        match self.finished(id) {
            Ok(Some(finished)) => {
                let mut report = PersonReport::new(email, Some(id));
                (report.resources, report.rows, report.resumed) = (finished.resources, finished.rows, true);
                Outcome { of: report, trouble: None }
            }
            Ok(None) => self.ask(id, email).await,
            Err(error) => {
                let report = PersonReport::new(email, Some(id));
                Outcome { of: report, trouble: Some(Trouble::Fatal(error.into())) }
            }
        }
    }

    async fn ask(&self, id: UserId, email: String) -> Outcome {
        let mut outcome = Outcome { of: PersonReport::new(email, Some(id)), trouble: None };
        let resources = self.list(id, &mut outcome).await;
        outcome.of.resources = resources.len() as u64;
        let email = outcome.of.email.clone();
        let email = email.as_str();
        let employee = self.employees.get(id);
        let rows = Rows {
            owner: id,
            employee,
            email,
            org: self.org,
            employees: &self.employees,
            names: &self.names,
        };
        // Names are read while the settings of other resources are: nothing waits for them but their own rows.
        let rows = &rows;
        let mut read = stream::iter(resources)
            .map(|resource| async move {
                let mut gaps = Vec::new();
                let rows = match self.settings(id, &resource).await {
                    Ok(settings) => {
                        let mut rows = rows.of(&resource, &settings, &mut gaps).await;
                        if let Err(error) = self.add_url(&resource, &mut rows).await {
                            gaps.push(Failure::new(email, &resource.path, &error));
                        }
                        Ok(rows)
                    }
                    Err(error) => Err((resource.path, error)),
                };
                (rows, gaps)
            })
            .buffered(self.concurrency);
        while let Some((rows, gaps)) = read.next().await {
            outcome.of.failures.extend(gaps);
            match rows {
                Ok(rows) => outcome.of.rows.extend(rows),
                Err((path, error)) => outcome.fail(&path, error),
            }
        }
        drop(read);
        if outcome.of.failures.is_empty() && outcome.trouble.is_none() {
            outcome.trouble = self.finish(id, &outcome.of).err().map(|error| Trouble::Fatal(error.into()));
        }
        outcome
    }

    /// The resources of a person. A page that cannot be had ends the list; what came before is reported.
    async fn list(&self, id: UserId, outcome: &mut Outcome) -> Vec<PublicResource> {
        let mut resources = Vec::new();
        let mut pages = self.disk.public().owned_by(id).patient().pages();
        loop {
            let permit = self.permit().await;
            let page = pages.next().await.transpose();
            drop(permit);
            match page {
                Ok(None) => return resources,
                Ok(Some(page)) => {
                    for resource in page.items {
                        match resource {
                            Ok(resource) => resources.push(resource),
                            Err(error) => outcome.fail("", error),
                        }
                    }
                }
                Err(error) => {
                    outcome.fail_listing(error);
                    return resources;
                }
            }
        }
    }

    /// Who may do what with a resource: by its path, and by its public key where the path is not found.
    async fn settings(&self, owner: UserId, resource: &PublicResource) -> Result<PublicSettings, Error> {
        let public = self.disk.public();
        match self.send(public.settings_by_path(owner, resource.settings_path())).await {
            Err(error) if error.is_not_found() => match &resource.public_hash {
                Some(key) => self.send(public.settings_by_key(key)).await,
                None => Err(error),
            },
            settings => settings,
        }
    }

    /// Adds the address of the link to what everybody can open, where that is wanted. The service tells none of a link that
    /// has ended or that has a password.
    async fn add_url(&self, resource: &PublicResource, rows: &mut [ExposureRow]) -> Result<(), Error> {
        let Some(key) = resource.public_hash.as_ref().filter(|_| self.public_urls) else { return Ok(()) };
        if rows.iter().all(|row| row.reach != Reach::Public) {
            return Ok(());
        }
        let url = match self.send(self.disk.links().get(key).limit(1_u32)).await {
            Ok(linked) => linked.public_url,
            Err(error) if error.is_not_found() || error.is_permission_denied() => None,
            Err(error) => return Err(error),
        };
        for row in rows.iter_mut().filter(|row| row.reach == Reach::Public) {
            row.public_url.clone_from(&url);
        }
        Ok(())
    }

    async fn send<O: Operation + Clone>(&self, call: Call<O>) -> Result<O::Output, Error> {
        let _permit = self.permit().await;
        call.patient().send().await
    }

    /// Nothing closes the semaphore, so there is always a permit to wait for.
    async fn permit(&self) -> Option<SemaphorePermit<'_>> {
        self.permits.acquire().await.ok()
    }

    fn finished(&self, id: UserId) -> Result<Option<Finished>, JournalError> {
        self.journal.as_ref().map_or(Ok(None), |journal| journal.get(id.get()))
    }

    fn finish(&self, id: UserId, report: &PersonReport) -> Result<(), JournalError> {
        #[derive(Serialize)]
        struct Finished<'a> {
            resources: u64,
            rows: &'a [ExposureRow],
        }
        let finished = Finished { resources: report.resources, rows: &report.rows };
        self.journal.as_ref().map_or(Ok(()), |journal| journal.put(id.get(), &finished))
    }
}

impl Outcome {
    fn fail(&mut self, path: &str, error: Error) {
        self.of.failures.push(Failure::new(&self.of.email, path, &error));
        if error.is_unauthenticated() || error.is_paused() {
            self.trouble = Some(Trouble::Fatal(error.into()));
        }
    }

    fn fail_listing(&mut self, error: Error) {
        if error.is_permission_denied() {
            self.of.failures.push(Failure::new(&self.of.email, "", &error));
            self.trouble = Some(Trouble::Forbidden(error.into()));
        } else {
            self.fail("", error);
        }
    }
}
