//! The exposure report against the sandbox.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use std::{
    num::NonZeroUsize,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use futures::TryStreamExt;
use orglib_core::{
    Client,
    transport::{
        Clock, Rate, RatePolicy, Request, Response, SharedTransport, StaticToken, Transport, TransportError,
    },
};
use orglib_directory::Directory;
use orglib_disk::Disk;
use orglib_jobs::{
    JobError, Journal, JournalError,
    exposure::{Exposure, People, PersonReport, Reach, Selection, Summary, Who},
};
use orglib_models::{DepartmentId, OrgId, UserId};
use orglib_sandbox::{Faults, Grant, Sandbox, SandboxBuilder};
use orglib_testkit::ManualClock;

const NOW: SystemTime = SystemTime::UNIX_EPOCH;

struct Office {
    sandbox: Sandbox,
    exposure: Exposure,
    client: Client,
}

/// An organisation whose clock runs by itself: waits take no time.
fn office(set_up: impl FnOnce(SandboxBuilder) -> SandboxBuilder) -> Office {
    office_with(set_up, |sandbox| sandbox.token().to_owned())
}

fn office_with(
    set_up: impl FnOnce(SandboxBuilder) -> SandboxBuilder,
    token: impl FnOnce(&Sandbox) -> String,
) -> Office {
    let clock = ManualClock::auto();
    let sandbox = set_up(Sandbox::builder().users(60).clock(clock.shared())).build();
    let credentials = StaticToken::oauth(token(&sandbox).into()).unwrap();
    let client =
        Client::builder(sandbox.transport()).credentials(Arc::new(credentials)).clock(clock.shared()).build();
    let org = OrgId::try_from(sandbox.org_id()).unwrap();
    let exposure = Exposure::new(Directory::new(client.clone(), org), Disk::new(client.clone(), org), org);
    Office { sandbox, exposure, client }
}

impl Office {
    async fn reports(&self, people: People) -> Result<Vec<PersonReport>, JobError> {
        self.journaled(people, None).await
    }

    async fn journaled(
        &self,
        people: People,
        journal: Option<Journal>,
    ) -> Result<Vec<PersonReport>, JobError> {
        let roster = self.exposure.roster(people, false).await?;
        self.exposure.run(roster, journal.map(Arc::new)).try_collect().await
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
    // Names of groups, of departments and of the organisation are read once each.
    assert_eq!(office.client.stats().attempts, 1 + listings + resources + 3);
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
    assert!(rows.iter().any(|row| row.external_user && row.reach == Reach::External));
    assert!(rows.iter().any(|row| row.shared_email.is_some()));
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
        let mut run = office.exposure.run(roster, Some(Arc::new(Journal::create(&path, &key, NOW).unwrap())));
        for _ in 0..taken {
            run.try_next().await.unwrap().unwrap();
        }
        drop(run);

        let journal = Journal::resume(&path, &key, NOW).unwrap();
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
        let needed = 1 + rest.map(|report| report.resources / 100 + 1 + report.resources).sum::<u64>();
        assert!((needed..=needed + 3).contains(&asked), "{asked}, needed {needed} and names");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_journal_of_other_options_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    let exposure = office(|sandbox| sandbox).exposure;
    drop(Journal::create(&path, &exposure.job_key(&People::All, false), NOW).unwrap());
    let department = People::Department(DepartmentId::new(2).unwrap());
    for other in [exposure.job_key(&People::All, true), exposure.job_key(&department, false)] {
        assert!(
            matches!(Journal::resume(&path, &other, NOW), Err(JournalError::Mismatch { .. })),
            "{other:?}"
        );
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
        Who::Email(first.email.to_lowercase().parse().unwrap()),
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
    assert!(matches!(error, JobError::Api(error) if error.is_not_found()));
}

#[tokio::test(flavor = "current_thread")]
async fn a_refused_token_ends_the_report_at_once() {
    let office = office_with(|sandbox| sandbox, |_| "wrong".to_owned());
    let error = office.reports(People::All).await.unwrap_err();
    assert!(matches!(&error, JobError::Api(error) if error.is_unauthenticated()), "{error}");
    assert_eq!(office.client.stats().attempts, 1);
    assert_eq!(office.sandbox.org_id(), office.sandbox.org_id());
}

#[tokio::test(flavor = "current_thread")]
async fn with_whom_is_always_answered() {
    let reports = office(|sandbox| sandbox.users(200)).reports(People::All).await.unwrap();
    let rows: Vec<_> = reports.iter().flat_map(|report| &report.rows).collect();
    assert!(rows.iter().all(|row| !row.recipient.is_empty()));
    let of = |kind: &str| &rows.iter().find(|row| row.access_type == kind).unwrap().recipient;
    assert_eq!(of("all"), "everybody with the link");
    assert!(
        of("employees").starts_with("all employees of ") && of("employees").len() > 20,
        "{}",
        of("employees")
    );
    assert!(
        !of("group").starts_with("group ") && of("department").contains('<'),
        "{} {}",
        of("group"),
        of("department")
    );
    let person = rows.iter().find(|row| row.shared_email.is_some()).unwrap();
    assert_eq!(Some(&person.recipient), person.shared_email.as_ref());
    let stranger = rows.iter().find(|row| row.reach == Reach::External).unwrap();
    assert!(stranger.recipient.contains("(outside"), "{}", stranger.recipient);
    assert!(rows.iter().all(|row| row.department.as_deref().is_some_and(|name| !name.contains('<'))));
}

#[tokio::test(flavor = "current_thread")]
async fn names_that_cannot_be_read_are_a_gap_and_ids_stand_for_them() {
    let office = office_with(
        |sandbox| sandbox,
        |sandbox| {
            sandbox.issue(Grant::administrator().scopes(["cloud_api:disk.read", "directory:read_users"]))
        },
    );
    let reports = office.reports(People::All).await.unwrap();
    let gaps: Vec<_> = reports.iter().flat_map(|report| &report.failures).collect();
    assert_eq!(gaps.len(), 3, "each is said once: {gaps:?}");
    assert!(gaps.iter().all(|gap| gap.status == Some(403) && gap.message.contains("ids stand for them")));
    let rows: Vec<_> = reports.iter().flat_map(|report| &report.rows).collect();
    let group = rows.iter().find(|row| row.access_type == "group").unwrap();
    assert_eq!(group.recipient, format!("group {}", group.user_id.as_deref().unwrap()));
}

#[tokio::test(flavor = "current_thread")]
async fn totals_are_those_of_the_organisation_whichever_rows_are_wanted() {
    let reports = office(|sandbox| sandbox.users(200)).reports(People::All).await.unwrap();
    let mut summary = Summary::default();
    reports.iter().for_each(|report| summary.add(report));
    let rows: Vec<_> = reports.iter().flat_map(|report| &report.rows).collect();
    let of = |reach: Reach| rows.iter().filter(|row| row.reach == reach).count() as u64;
    assert_eq!((summary.open_to_everybody, summary.external), (of(Reach::Public), of(Reach::External)));
    assert!(summary.open_to_everybody > 10 && summary.external > 10);

    let outside = Selection::new().reaches([Reach::External]);
    assert_eq!(rows.iter().filter(|row| outside.keeps(row)).count() as u64, summary.external);
    assert!(rows.iter().any(|row| row.access_type == "outer_user" && outside.keeps(row)));
    let people = Selection::new().accesses(["user".parse().unwrap()]).reaches([Reach::Public]);
    assert_eq!(rows.iter().filter(|row| people.keeps(row)).count(), 0, "both have to hold");
    assert!(Selection::new().is_all() && rows.iter().all(|row| Selection::new().keeps(row)));
}

/// Answers everything with 429 and a long delay after so many requests.
#[derive(Debug)]
struct TiredAfter(SharedTransport, AtomicUsize, usize);

#[async_trait::async_trait]
impl Transport for TiredAfter {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        if self.1.fetch_add(1, Ordering::Relaxed) < self.2 {
            return self.0.send(request).await;
        }
        let headers = http::HeaderMap::from_iter([(http::header::RETRY_AFTER, 3600.into())]);
        Ok(Response::new(http::StatusCode::TOO_MANY_REQUESTS, headers, bytes::Bytes::new()))
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_pause_of_the_service_ends_the_report_and_the_journal_goes_on_after_it() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("journal");
    let clock = ManualClock::auto();
    let sandbox = Sandbox::builder().users(60).clock(clock.shared()).build();
    let transport = Arc::new(TiredAfter(sandbox.transport(), AtomicUsize::new(0), 150));
    let credentials = StaticToken::oauth(sandbox.token().into()).unwrap();
    let client = Client::builder(transport).credentials(Arc::new(credentials)).clock(clock.shared()).build();
    let org = OrgId::try_from(sandbox.org_id()).unwrap();
    let exposure = Exposure::new(Directory::new(client.clone(), org), Disk::new(client.clone(), org), org);
    let key = exposure.job_key(&People::All, false);
    let roster = exposure.roster(People::All, false).await.unwrap();
    let journal = Arc::new(Journal::create(&path, &key, NOW).unwrap());
    let mut run = exposure.run(roster, Some(journal));
    let error = loop {
        match run.try_next().await {
            Ok(Some(report)) => assert_eq!(report.failures, [], "nobody fails one by one"),
            Ok(None) => panic!("the report is not whole"),
            Err(error) => break error,
        }
    };
    assert!(matches!(&error, JobError::Api(error) if error.is_paused()), "{error}");
    assert!(error.to_string().contains("s of it are left"), "{error}");
    drop(run);
    assert!(Journal::resume(&path, &key, NOW).unwrap().finished() > 5);
}

#[tokio::test(flavor = "current_thread")]
async fn a_slow_rate_fails_nobody_for_having_stood_in_a_queue() {
    let clock = ManualClock::auto();
    let sandbox = Sandbox::builder().users(40).clock(clock.shared()).build();
    let credentials = StaticToken::oauth(sandbox.token().into()).unwrap();
    let rate = RatePolicy::Fixed(Rate::per_second(2.0).unwrap());
    let client = Client::builder(sandbox.transport())
        .credentials(Arc::new(credentials))
        .clock(clock.shared())
        .stack(|stack| stack.rate(rate).deadline(Duration::from_secs(3)))
        .build();
    let org = OrgId::try_from(sandbox.org_id()).unwrap();
    let exposure = Exposure::new(Directory::new(client.clone(), org), Disk::new(client, org), org);
    let roster = exposure.roster(People::All, false).await.unwrap();
    let reports: Vec<_> = exposure.run(roster, None).try_collect().await.unwrap();
    assert_eq!(failures(&reports), 0);
    assert!(clock.monotonic() > Duration::from_secs(60), "it took its time");
}

/// Puts half a letter into the name and the path of every resource that is listed.
#[derive(Debug)]
struct HalfLetters(SharedTransport);

#[async_trait::async_trait]
impl Transport for HalfLetters {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let is_list = request.url.path().ends_with("/admin/public-resources");
        let answer = self.0.send(request).await?;
        if !is_list {
            return Ok(answer);
        }
        let (status, headers) = (answer.status, answer.headers.clone());
        let body = answer.body.collect(10_000_000).await?;
        let body = String::from_utf8(body.to_vec()).unwrap();
        let body = body
            .replace("\"path\":\"/disk/", "\"path\":\"/disk/\\ud83d")
            .replace("\"name\":\"", "\"name\":\"\\ud83d");
        Ok(Response::new(status, headers, bytes::Bytes::from(body)))
    }
}

#[tokio::test(flavor = "current_thread")]
async fn half_a_letter_in_a_name_costs_no_row() {
    let whole = office(|sandbox| sandbox);
    let expected = whole.reports(People::All).await.unwrap();
    let clock = ManualClock::auto();
    let credentials = StaticToken::oauth(whole.sandbox.token().into()).unwrap();
    let client = Client::builder(Arc::new(HalfLetters(whole.sandbox.transport())))
        .credentials(Arc::new(credentials))
        .clock(clock.shared())
        .build();
    let org = OrgId::try_from(whole.sandbox.org_id()).unwrap();
    let exposure = Exposure::new(Directory::new(client.clone(), org), Disk::new(client, org), org);
    let roster = exposure.roster(People::All, false).await.unwrap();
    let reports: Vec<_> = exposure.run(roster, None).try_collect().await.unwrap();
    assert_eq!(failures(&reports), 0);
    assert_eq!(rows(&reports).len(), rows(&expected).len());
    let paths = reports.iter().flat_map(|report| &report.rows).map(|row| &row.path);
    assert!(paths.clone().count() > 50 && { paths }.all(|path| path.starts_with("/disk/\u{fffd}")));
}
