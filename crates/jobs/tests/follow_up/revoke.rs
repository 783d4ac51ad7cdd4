//! Taking back what a plan says.

use std::{
    collections::BTreeSet,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::SystemTime,
};

use futures::TryStreamExt;
use orglib_core::transport::{Request, Response, SharedTransport, Transport, TransportError};
use orglib_disk::{Disk, prelude::UpdateSettingsOptions};
use orglib_jobs::{
    Journal,
    exposure::{ExposureRow, Plan, Reach, Revocation, RevokeResult, Revoked, Selection},
};
use orglib_models::disk::{AccessMacro, AccessRight, NewPublicAccess, PublicResource};
use tokio::sync::Notify;

use crate::organization::{Organization, write_sheet};

/// A plan that takes back the rows of which this is true.
fn plan(rows: &[ExposureRow], is_marked: impl Fn(&ExposureRow) -> bool) -> Plan {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("plan.csv");
    let decision = |row: &ExposureRow| vec![if is_marked(row) { "revoke" } else { "" }.to_owned()];
    write_sheet(&path, &["decision"], rows, decision);
    Plan::read(&path).unwrap()
}

async fn revoke(organization: &Organization, plan: &Plan) -> Vec<Revoked> {
    let revoked = Revocation::new(organization.disk(), organization.org).run(plan, None);
    revoked.try_collect::<Vec<_>>().await.unwrap().concat()
}

/// What there is, without what differs where several rights become the strongest one.
fn accesses(rows: &[ExposureRow]) -> BTreeSet<String> {
    let text = |row: &ExposureRow| {
        let ExposureRow { owner_id, path, access_type, user_id, org_id, .. } = row;
        let org_id = org_id.filter(|_| access_type != "all");
        format!("{owner_id} {path} {access_type} {user_id:?} {org_id:?} {}", row.risk())
    };
    rows.iter().map(text).collect()
}

fn results(revoked: &[Revoked]) -> BTreeSet<&'static str> {
    revoked.iter().map(|row| row.result.as_str()).collect()
}

#[tokio::test(flavor = "current_thread")]
async fn what_is_marked_is_closed_and_all_else_stays() {
    for which in [
        (|row| row.reach == Reach::Public) as fn(&ExposureRow) -> bool,
        |row| row.access_type == "employees",
        |row| row.reach == Reach::External,
        |row| row.access_type == "group" || row.access_type == "department",
        |_| true,
    ] {
        let organization = Organization::new(|sandbox| sandbox);
        let before = organization.rows().await;
        let plan = plan(&before, which);
        assert!(!plan.marked.is_empty());
        let revoked = revoke(&organization, &plan).await;
        assert_eq!(
            results(&revoked),
            BTreeSet::from(["closed"]),
            "{:?}",
            revoked.iter().find(|row| !row.detail.is_empty())
        );
        assert_eq!(revoked.len(), plan.marked.len());
        assert!(
            revoked.iter().all(|row| row.before.as_deref().is_some_and(|before| before.starts_with("[{")))
        );
        let rest: Vec<_> = before.into_iter().filter(|row| !which(row)).collect();
        assert_eq!(accesses(&organization.rows().await), accesses(&rest));
        let again = self::revoke(&organization, &plan).await;
        assert_eq!(results(&again), BTreeSet::from(["closed_already"]));
    }
}

#[tokio::test(flavor = "current_thread")]
async fn a_trial_changes_nothing() {
    let organization = Organization::new(|sandbox| sandbox);
    let before = organization.rows().await;
    let trial = Revocation::new(organization.disk(), organization.org).trial(true);
    let revoked: Vec<_> = trial.run(&plan(&before, |_| true), None).try_collect().await.unwrap();
    let revoked = revoked.concat();
    let other = revoked.iter().find(|row| row.result != RevokeResult::WouldClose);
    assert_eq!(other, None);
    assert_eq!(accesses(&organization.rows().await), accesses(&before));
}

#[tokio::test(flavor = "current_thread")]
async fn what_has_changed_since_the_report_is_left_alone_and_named() {
    let organization = Organization::new(|sandbox| sandbox);
    let before = organization.rows().await;
    let is_link = |row: &&ExposureRow| row.access_type == "all" && row.rights == ["read"];
    let row = before.iter().find(is_link).unwrap().clone();
    let public = organization.disk().public();
    let update = public.update_by_path(row.owner_id, PublicResource::settings_path_of(&row.path));
    let wider = NewPublicAccess::new(vec![AccessRight::Write]).macros(vec![AccessMacro::All]);
    update.accesses(vec![wider]).send().await.unwrap();
    let now = organization.rows().await;
    let plan = plan(std::slice::from_ref(&row), |_| true);
    let revoked = revoke(&organization, &plan).await;
    assert_eq!(revoked[0].result, RevokeResult::Changed);
    assert!(revoked[0].detail.starts_with("now: write"), "{}", revoked[0].detail);
    assert_eq!(accesses(&organization.rows().await), accesses(&now), "nothing was done");
}

/// Lets a run end in the middle, as if its process were killed: the answer to a request never comes. Whether the
/// request came through is another matter.
#[derive(Debug)]
struct KilledAt {
    inner: SharedTransport,
    left: AtomicU64,
    comes_through: bool,
    killed: Notify,
    writes: Arc<AtomicU64>,
}

#[async_trait::async_trait]
impl Transport for KilledAt {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let is_write = request.method != http::Method::GET;
        let is_last = self.left.fetch_sub(1, Ordering::Relaxed) == 1;
        let goes = !is_last || self.comes_through;
        if is_write && goes {
            self.writes.fetch_add(1, Ordering::Relaxed);
        }
        if !is_last {
            return self.inner.send(request).await;
        }
        if goes {
            self.inner.send(request).await?;
        }
        self.killed.notify_one();
        std::future::pending().await
    }
}

/// Runs until it ends or is killed at this request.
async fn run_killed_at(
    organization: &Organization,
    plan: &Plan,
    journal: &Path,
    request: u64,
    writes: &Arc<AtomicU64>,
) -> Option<Vec<Revoked>> {
    let transport = Arc::new(KilledAt {
        inner: organization.sandbox.transport(),
        left: AtomicU64::new(request),
        comes_through: request.is_multiple_of(2),
        killed: Notify::new(),
        writes: Arc::clone(writes),
    });
    let client = organization.client_over(transport.clone());
    let revocation = Revocation::new(Disk::new(client, organization.org), organization.org);
    let journal = Journal::resume(journal, &revocation.job_key(plan), SystemTime::UNIX_EPOCH).unwrap();
    let run = revocation.run(plan, Some(Arc::new(journal)));
    tokio::select! {
        biased;
        () = transport.killed.notified() => None,
        revoked = run.try_collect::<Vec<_>>() => Some(revoked.unwrap().concat()),
    }
}

#[tokio::test(flavor = "current_thread")]
async fn killed_at_any_point_and_taken_up_nothing_is_closed_twice_or_missed() {
    let directory = tempfile::tempdir().unwrap();
    let is_marked = |row: &ExposureRow| row.reach == Reach::Public;
    for (round, step) in (3..23).enumerate() {
        let organization = Organization::new(|sandbox| sandbox.users(12));
        let before = organization.rows().await;
        let plan = plan(&before, is_marked);
        let resources: BTreeSet<_> = plan.marked.iter().map(|row| (row.owner_id, &row.path)).collect();
        let journal = directory.path().join(format!("journal-{round}"));
        let writes = Arc::new(AtomicU64::new(0));
        let mut kills = 0;
        let revoked = loop {
            match run_killed_at(&organization, &plan, &journal, step + kills, &writes).await {
                Some(revoked) => break revoked,
                None => kills += 1,
            }
        };
        assert!(kills > 0, "it was never killed");
        assert_eq!(revoked.len(), plan.marked.len());
        assert_eq!(
            results(&revoked),
            BTreeSet::from(["closed"]),
            "killed {kills} times from request {step} on"
        );
        let rest: Vec<_> = before.iter().filter(|row| !is_marked(row)).cloned().collect();
        assert_eq!(accesses(&organization.rows().await), accesses(&rest));
        assert_eq!(writes.load(Ordering::Relaxed), resources.len() as u64, "each is written once");
    }
}

#[test]
fn a_plan_says_what_is_wrong_with_it() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("plan.csv");
    let header = "email,path,access_type,rights,owner_id,reach,decision,report_org,report_accesses";
    for (rows, said) in [
        ("a,/x,all,read,7,public,close,,\n", "line 2: decision is `close`"),
        ("a,/x,all,read,7,public,revoke,5,\nb,/y,all,read,7,public,,6,\n", "several organizations: 5, 6"),
        ("a,/x,all,read,7,public,revoke,x,\n", "line 2: report_org is `x`"),
    ] {
        std::fs::write(&path, format!("{header}\n{rows}")).unwrap();
        let error = Plan::read(&path).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    std::fs::write(&path, "email,path,access_type,rights,owner_id\n").unwrap();
    assert!(Plan::read(&path).unwrap_err().to_string().contains("no column decision"));

    let rows = "a,/x,all,read,7,public,revoke,5,100\na,/y,user,read,7,internal,revoke,5,100\na,/z,all,read,7,public,keep,5,100\n";
    std::fs::write(&path, format!("{header}\n{rows}")).unwrap();
    let plan = Plan::read(&path).unwrap();
    assert_eq!((plan.marked.len(), plan.accesses, plan.most()), (2, 100, 20));
    assert_eq!(plan.org.unwrap().get(), 5);
    assert_eq!(plan.only(&Selection::new().reaches([Reach::Public])).marked.len(), 1);
}
