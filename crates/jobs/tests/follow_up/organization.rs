//! An organisation to report on, and reports as sheets.

use std::{path::Path, sync::Arc};

use futures::TryStreamExt;
use orglib_core::{
    Client,
    transport::{SharedTransport, StaticToken},
};
use orglib_directory::Directory;
use orglib_disk::Disk;
use orglib_jobs::{
    Journal,
    exposure::{Exposure, ExposureRow, People, PersonReport, Roster},
};
use orglib_models::OrgId;
use orglib_sandbox::{Sandbox, SandboxBuilder};
use orglib_testkit::ManualClock;

/// An organisation whose clock runs by itself: waits take no time.
pub(crate) struct Organization {
    pub(crate) sandbox: Sandbox,
    pub(crate) client: Client,
    pub(crate) org: OrgId,
    clock: ManualClock,
}

impl Organization {
    pub(crate) fn new(set_up: impl FnOnce(SandboxBuilder) -> SandboxBuilder) -> Self {
        let clock = ManualClock::auto();
        let sandbox = set_up(Sandbox::builder().users(40).clock(clock.shared())).build();
        let client = client(&sandbox, &clock, sandbox.transport());
        let org = OrgId::try_from(sandbox.org_id()).unwrap();
        Self { sandbox, client, org, clock }
    }

    /// A client that sends by another way.
    pub(crate) fn client_over(&self, transport: SharedTransport) -> Client {
        client(&self.sandbox, &self.clock, transport)
    }

    pub(crate) fn disk(&self) -> Disk {
        Disk::new(self.client.clone(), self.org)
    }

    pub(crate) fn exposure(&self) -> Exposure {
        Exposure::new(Directory::new(self.client.clone(), self.org), self.disk(), self.org)
    }

    pub(crate) async fn roster(&self) -> Roster {
        self.exposure().roster(People::All, false).await.unwrap()
    }

    pub(crate) async fn reports(&self, journal: Option<Journal>) -> Vec<PersonReport> {
        self.exposure().run(self.roster().await, journal.map(Arc::new)).try_collect().await.unwrap()
    }

    pub(crate) async fn rows(&self) -> Vec<ExposureRow> {
        self.reports(None).await.into_iter().flat_map(|report| report.rows).collect()
    }
}

fn client(sandbox: &Sandbox, clock: &ManualClock, transport: SharedTransport) -> Client {
    let credentials = StaticToken::oauth(sandbox.token().into()).unwrap();
    Client::builder(transport).credentials(Arc::new(credentials)).clock(clock.shared()).build()
}

/// Writes rows as a sheet, each with more cells.
pub(crate) fn write_sheet(
    path: &Path,
    more: &[&str],
    rows: &[ExposureRow],
    cells: impl Fn(&ExposureRow) -> Vec<String>,
) {
    let mut writer = csv::Writer::from_path(path).unwrap();
    writer.write_record(ExposureRow::COLUMNS.iter().chain(more)).unwrap();
    for row in rows {
        let texts = row.texts().map(std::borrow::Cow::into_owned);
        writer.write_record(texts.iter().cloned().chain(cells(row))).unwrap();
    }
    writer.flush().unwrap();
}
