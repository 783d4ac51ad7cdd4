//! The exposure report against the sandbox.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::{num::NonZeroUsize, sync::Arc};

use futures::TryStreamExt;
use orglib_core::{Client, transport::StaticToken};
use orglib_directory::Directory;
use orglib_disk::Disk;
use orglib_jobs::{
    Journal, JournalError,
    exposure::{Exposure, ExposureError, External, People, PersonReport, Who},
};
use orglib_models::{DepartmentId, OrgId, UserId};
use orglib_sandbox::{Faults, Sandbox, SandboxBuilder};
use orglib_testkit::ManualClock;

struct Office {
    sandbox: Sandbox,
    exposure: Exposure,
    client: Client,
}

/// An organisation whose clock runs by itself: waits take no time.
fn office(set_up: impl FnOnce(SandboxBuilder) -> SandboxBuilder) -> Office {
    office_with(set_up, |token| token)
}

fn office_with(
    set_up: impl FnOnce(SandboxBuilder) -> SandboxBuilder,
    token: impl FnOnce(&str) -> &str,
) -> Office {
    let clock = ManualClock::auto();
    let sandbox = set_up(Sandbox::builder().users(60).clock(clock.shared())).build();
    let credentials = StaticToken::oauth(token(sandbox.token()).into()).unwrap();
    let client =
        Client::builder(sandbox.transport()).credentials(Arc::new(credentials)).clock(clock.shared()).build();
    let org = OrgId::try_from(sandbox.org_id()).unwrap();
    let exposure = Exposure::new(Directory::new(client.clone(), org), Disk::new(client.clone(), org), org);
    Office { sandbox, exposure, client }
}

impl Office {
    async fn reports(&self, people: People) -> Result<Vec<PersonReport>, ExposureError> {
        self.journaled(people, None).await
    }

    async fn journaled(
        &self,
        people: People,
        journal: Option<Journal>,
    ) -> Result<Vec<PersonReport>, ExposureError> {
        let roster = self.exposure.roster(people, false).await?;
        self.exposure.run(roster, journal).try_collect().await
    }
}

fn rows(reports: &[PersonReport]) -> Vec<String> {
    let rows = reports.iter().flat_map(|report| &report.rows);
    rows.map(|row| serde_json::to_string(row).unwrap()).collect()
}

/// Compares whole reports, and shows the first difference only.
fn same(got: &[String], expected: &[String], name: &str) {
    let difference = got.iter().zip(expected).find(|(got, expected)| got != expected);
    assert_eq!(difference, None, "{name}");
    assert_eq!(got.len(), expected.len(), "{name}");
}

fn failures(reports: &[PersonReport]) -> usize {
    reports.iter().map(|report| report.failures.len()).sum()
}

#[tokio::test(flavor = "current_thread")]
async fn the_report_is_the_same_whatever_the_concurrency() {
    let mut seen = None;
    for concurrency in [1, 2, 16, 64] {
        let office = office(|sandbox| sandbox);
        let exposure = office.exposure.clone().concurrency(NonZeroUsize::new(concurrency).unwrap());
        let office = Office { exposure, ..office };
        let reports = office.reports(People::All).await.unwrap();
        assert_eq!(failures(&reports), 0);
        let rows = rows(&reports);
        assert!(rows.len() > 100, "{}", rows.len());
        same(seen.get_or_insert_with(|| rows.clone()), &rows, &format!("concurrency {concurrency}"));
    }
}

#[tokio::test(flavor = "current_thread")]
async fn it_asks_not_once_more_than_it_must() {
    let office = office(|sandbox| sandbox.users(300));
    let reports = office.reports(People::All).await.unwrap();
    let listings: u64 = reports.iter().map(|report| report.resources / 100 + 1).sum();
    let resources: u64 = reports.iter().map(|report| report.resources).sum();
    assert!(reports.iter().any(|report| report.resources > 100), "no list has a second page");
    assert_eq!(office.client.stats().attempts, 1 + listings + resources);
}

#[tokio::test(flavor = "current_thread")]
async fn with_faults_it_has_exactly_the_rows_of_a_run_without() {
    let expected = rows(&office(|sandbox| sandbox.users(200)).reports(People::All).await.unwrap());
    let faulty =
        office(|sandbox| sandbox.users(200).faults("errors=0.25,in-a-row=100".parse::<Faults>().unwrap()));
    let reports = faulty.reports(People::All).await.unwrap();
    assert_eq!(failures(&reports), 0, "{:?}", reports.iter().flat_map(|report| &report.failures).next());
    same(&rows(&reports), &expected, "with faults");
    assert!(faulty.client.stats().retries > 50, "{:?}", faulty.client.stats());
}

#[tokio::test(flavor = "current_thread")]
async fn unknown_words_and_nulls_lose_no_row() {
    let expected = office(|sandbox| sandbox).reports(People::All).await.unwrap();
    let strange = office(|sandbox| sandbox.faults("unknown,nulls,ids".parse::<Faults>().unwrap()));
    let reports = strange.reports(People::All).await.unwrap();
    assert_eq!(failures(&reports), 0, "{:?}", reports.iter().flat_map(|report| &report.failures).next());
    let resources =
        |reports: &[PersonReport]| reports.iter().map(|report| report.resources).collect::<Vec<_>>();
    assert!(!resources(&reports).is_empty());
    assert_eq!(reports.len(), expected.len());
}

#[tokio::test(flavor = "current_thread")]
async fn every_kind_of_access_is_there() {
    let reports = office(|sandbox| sandbox.users(200)).reports(People::All).await.unwrap();
    let rows: Vec<_> = reports.iter().flat_map(|report| &report.rows).collect();
    for kind in ["all", "employees", "user", "group", "department"] {
        assert!(rows.iter().any(|row| row.access_type == kind), "{kind}");
    }
    assert!(rows.iter().any(|row| row.external_user == External::True));
    assert!(rows.iter().any(|row| !row.shared_email.is_empty()));
    assert!(rows.iter().all(|row| row.access_type != "owner"));
    assert!(rows.iter().all(|row| row.path.starts_with("/disk/")));
}

#[tokio::test(flavor = "current_thread")]
async fn an_interrupted_report_is_taken_up_without_asking_for_finished_people_again() {
    let directory = tempfile::tempdir().unwrap();
    let whole = office(|sandbox| sandbox).reports(People::All).await.unwrap();
    for taken in [0, 1, 7, 30] {
        let path = directory.path().join(format!("journal-{taken}"));
        let office = office(|sandbox| sandbox);
        let key = office.exposure.job_key(&People::All, false);
        let roster = office.exposure.roster(People::All, false).await.unwrap();
        let mut run = office.exposure.run(roster, Some(Journal::create(&path, &key).unwrap()));
        for _ in 0..taken {
            run.try_next().await.unwrap().unwrap();
        }
        drop(run);

        let journal = Journal::resume(&path, &key).unwrap();
        let finished = journal.finished();
        assert!(finished >= taken, "{finished} of {taken}");
        let before = office.client.stats().attempts;
        let reports = office.journaled(People::All, Some(journal)).await.unwrap();
        let asked = office.client.stats().attempts - before;
        let failure = reports.iter().flat_map(|report| &report.failures).next();
        assert_eq!(failure, None, "after {taken}");
        same(&rows(&reports), &rows(&whole), &format!("after {taken}"));
        assert_eq!(reports.iter().filter(|report| report.resumed).count(), finished);
        let rest = reports.iter().filter(|report| !report.resumed);
        assert_eq!(asked, 1 + rest.map(|report| report.resources / 100 + 1 + report.resources).sum::<u64>());
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_journal_of_other_options_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    let exposure = office(|sandbox| sandbox).exposure;
    drop(Journal::create(&path, &exposure.job_key(&People::All, false)).unwrap());
    let department = People::Department(DepartmentId::new(2).unwrap());
    for other in [
        exposure.job_key(&People::All, true),
        exposure.job_key(&department, false),
        exposure.clone().external_only(true).job_key(&People::All, false),
        exposure.accesses(["all".to_owned()]).job_key(&People::All, false),
    ] {
        assert!(matches!(Journal::resume(&path, &other), Err(JournalError::Mismatch { .. })), "{other:?}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn people_are_chosen_by_name_department_and_group() {
    let office = office(|sandbox| sandbox);
    let all = office.reports(People::All).await.unwrap();
    let (first, third) = (&all[0], &all[2]);
    let nobody = Who::Id(UserId::new(5).unwrap());
    let listed = People::Listed(vec![
        Who::Id(third.user_id.unwrap()),
        Who::Email(first.email.to_lowercase()),
        nobody.clone(),
        Who::Id(third.user_id.unwrap()),
    ]);
    let roster = office.exposure.roster(listed, false).await.unwrap();
    assert_eq!(roster.unknown(), [nobody]);
    let reports: Vec<_> = office.exposure.run(roster, None).try_collect().await.unwrap();
    assert_eq!(reports.len(), 3);
    assert_eq!((&reports[0].rows, &reports[1].rows), (&third.rows, &first.rows));
    assert!(reports[2].failures[0].message.contains("no such employee"));

    let root = People::Department(DepartmentId::new(1).unwrap());
    same(&rows(&office.reports(root).await.unwrap()), &rows(&all), "the root department");
    let error = office.reports(People::Department(DepartmentId::new(9999).unwrap())).await.unwrap_err();
    assert!(matches!(error, ExposureError::Api(error) if error.is_not_found()));
}

#[tokio::test(flavor = "current_thread")]
async fn a_refused_token_ends_the_report_at_once() {
    let office = office_with(|sandbox| sandbox, |_| "wrong");
    let error = office.reports(People::All).await.unwrap_err();
    assert!(matches!(&error, ExposureError::Api(error) if error.is_unauthenticated()), "{error}");
    assert_eq!(office.client.stats().attempts, 1);
    assert_eq!(office.sandbox.org_id(), office.sandbox.org_id());
}
