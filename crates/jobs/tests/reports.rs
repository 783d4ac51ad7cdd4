//! The reports against the sandbox.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use futures::TryStreamExt;
use http::StatusCode;
use orglib_core::{
    Client, Error,
    transport::{Clock, Request, Response, SharedTransport, StaticToken, Transport, TransportError},
};
use orglib_directory::{Directory, prelude::AddGroupMembersOptions};
use orglib_jobs::{
    AccountStatus, JobError, Journal,
    reports::{Finding, Reports, Row, Survey},
};
use orglib_mail::Mail;
use orglib_models::{GroupId, OrgId, Timestamp, UserId, directory::User, mail::Role};
use orglib_sandbox::{Grant, Sandbox};
use orglib_testkit::ManualClock;
use serde_json::{Value, json};

/// What is answered in place of the sandbox: by the path.
type Instead = Box<dyn Fn(&str) -> Option<(u16, Value)> + Send + Sync>;

struct Detour {
    sandbox: SharedTransport,
    instead: Instead,
    asked: AtomicUsize,
}

impl std::fmt::Debug for Detour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Detour")
    }
}

#[async_trait::async_trait]
impl Transport for Detour {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let Some((status, body)) = (self.instead)(request.url.path()) else {
            return self.sandbox.send(request).await;
        };
        let body = bytes::Bytes::from(body.to_string());
        Ok(Response::new(StatusCode::from_u16(status).unwrap(), http::HeaderMap::new(), body))
    }
}

struct Office {
    sandbox: Sandbox,
    client: Client,
    detour: Arc<Detour>,
    clock: ManualClock,
}

impl Office {
    fn new(instead: impl Fn(&str) -> Option<(u16, Value)> + Send + Sync + 'static) -> Self {
        Self::with_token(Box::new(instead), |sandbox| sandbox.token().to_owned())
    }

    fn with_token(instead: Instead, token: impl FnOnce(&Sandbox) -> String) -> Self {
        let clock = ManualClock::auto();
        let sandbox = Sandbox::builder().users(120).clock(clock.shared()).build();
        let detour = Detour { sandbox: sandbox.transport(), instead, asked: AtomicUsize::new(0) };
        let detour = Arc::new(detour);
        let credentials = StaticToken::oauth(token(&sandbox).into()).unwrap();
        let client = Client::builder(Arc::clone(&detour) as SharedTransport)
            .credentials(Arc::new(credentials))
            .clock(clock.shared())
            .build();
        Self { sandbox, client, detour, clock }
    }

    fn org(&self) -> OrgId {
        self.sandbox.org_id().try_into().unwrap()
    }

    fn reports(&self) -> Reports {
        Reports::new(self.client.clone(), self.org())
    }

    fn directory(&self) -> Directory {
        Directory::new(self.client.clone(), self.org())
    }

    /// The group of this kind, and all groups.
    async fn group_of(&self, kind: &str) -> (GroupId, Vec<GroupId>) {
        let list = self.directory().groups().list().generation(orglib_core::Generation::Legacy);
        let all: Vec<_> = list.stream().try_collect::<Vec<_>>().await.unwrap();
        let group = all.iter().find(|group| group.kind.as_str() == kind).unwrap().id;
        (group, all.iter().map(|group| group.id).collect())
    }

    async fn people(&self) -> Vec<User> {
        let all: Vec<User> = self.directory().users().list().stream().try_collect().await.unwrap();
        all.into_iter().filter(|user| user.is_robot != Some(true)).collect()
    }
}

fn said<R>(survey: &Survey<R>) -> String {
    survey.notes.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn nothing(_: &str) -> Option<(u16, Value)> {
    None
}

/// All findings, none of them with a gap.
async fn whole<R: Row>(survey: Result<Survey<R>, Error>) -> Vec<R> {
    let mut rows = Vec::new();
    let survey = survey.unwrap();
    let len = survey.len;
    let findings: Vec<Finding<R>> = survey.try_collect().await.unwrap();
    assert_eq!(findings.len(), len);
    for finding in findings {
        assert_eq!(finding.not_read, None);
        rows.extend(finding.rows);
    }
    rows
}

/// The rows, and what could not be read: of what, and what is said of it.
async fn with_gaps<R: Row>(survey: Survey<R>) -> (Vec<R>, Vec<(String, String)>) {
    let findings: Vec<Finding<R>> = survey.try_collect().await.unwrap();
    let (mut rows, mut gaps) = (Vec::new(), Vec::new());
    for finding in findings {
        rows.extend(finding.rows);
        gaps.extend(finding.not_read.map(|gap| (gap.of, gap.message)));
    }
    (rows, gaps)
}

#[tokio::test]
async fn everybody_but_the_robots_has_a_row_of_second_factors_and_the_demand_is_said() {
    let office = Office::new(nothing);
    let survey = office.reports().two_factor().await.unwrap();
    assert!(
        said(&survey).contains(" robots are left out") && said(&survey).contains("of nobody"),
        "{:?}",
        survey.notes
    );
    let rows = whole(Ok(survey)).await;
    let people = office.people().await;
    assert_eq!(
        rows.iter().map(|row| row.user_id).collect::<Vec<_>>(),
        people.iter().map(|user| user.id).collect::<Vec<_>>()
    );
    for (row, user) in rows.iter().zip(&people).take(20) {
        let state = office.directory().users().two_factor(user.id).send().await.unwrap();
        assert_eq!((row.has_2fa, row.has_security_phone), (state.has_two_factor, state.has_security_phone));
        assert_eq!((row.is_admin, row.is_2fa_enabled), (user.is_admin, user.is_two_factor_enabled));
    }
    assert!(rows.iter().any(|row| row.status == AccountStatus::Blocked));
    assert!(
        rows.iter().any(|row| row.has_2fa == Some(true)) && rows.iter().any(|row| row.has_2fa == Some(false))
    );
}

#[tokio::test]
async fn whoever_cannot_be_read_is_named_and_so_is_a_demand_that_cannot() {
    let office = Office::new(|path| {
        let is_of_one = path.ends_with("3/2fa");
        (is_of_one || path.ends_with("/domain_2fa"))
            .then(|| (404, json!({"code": 5, "message": "gone meanwhile", "details": []})))
    });
    let survey = office.reports().two_factor().await.unwrap();
    let (rows, gaps) = with_gaps(survey).await;
    let people = office.people().await;
    let unread: Vec<_> = people.iter().filter(|user| user.id.to_string().ends_with('3')).collect();
    assert!(!unread.is_empty() && rows.len() + unread.len() == people.len());
    assert_eq!(gaps.len(), 1 + unread.len());
    assert!(gaps[0].0.contains("demands a second factor"), "{gaps:?}");
    for ((of, message), user) in gaps[1..].iter().zip(unread) {
        assert_eq!(Some(of), user.email.as_ref());
        assert!(message.contains("gone meanwhile"), "{message}");
    }
}

#[tokio::test]
async fn a_token_that_may_read_nobody_ends_the_report_after_a_few() {
    let office = Office::with_token(Box::new(nothing), |sandbox| {
        sandbox.issue(Grant::administrator().scopes(["directory:read_users"]))
    });
    let before = office.detour.asked.load(Ordering::Relaxed);
    let survey = office.reports().forwarding().await.unwrap();
    let error = survey.try_collect::<Vec<_>>().await.unwrap_err();
    assert!(matches!(&error, JobError::Api(error) if error.is_permission_denied()), "{error}");
    let asked = office.detour.asked.load(Ordering::Relaxed) - before;
    assert!(asked < 60, "{asked} requests for 120 people");
}

#[tokio::test]
async fn a_report_that_was_interrupted_asks_only_for_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("journal");
    let office = Office::new(nothing);
    let key = office.reports().job_key("two-factor");
    let all = whole(office.reports().two_factor().await).await;
    let resume = || Arc::new(Journal::resume(&path, &key, office.clock.now()).unwrap());
    let mut interrupted = office.reports().journal(resume()).two_factor().await.unwrap();
    for _ in 0..50 {
        interrupted.try_next().await.unwrap();
    }
    drop(interrupted);
    let before = office.detour.asked.load(Ordering::Relaxed);
    let findings: Vec<Finding<_>> =
        office.reports().journal(resume()).two_factor().await.unwrap().try_collect().await.unwrap();
    let asked = office.detour.asked.load(Ordering::Relaxed) - before;
    assert!(asked < all.len() - 40, "{asked} of {}", all.len());
    assert!(findings.iter().filter(|finding| finding.resumed).count() >= 50);
    assert_eq!(findings.into_iter().flat_map(|finding| finding.rows).collect::<Vec<_>>(), all);
}

#[tokio::test]
async fn administrators_are_told_with_their_deputies_and_with_managers_where_wanted() {
    let office = Office::new(nothing);
    let groups = office.directory().groups();
    let (deputies, all) = office.group_of("organization_deputy_admin").await;
    let (deputy, nested) = (office.people().await[7].id, all.last().copied().unwrap());
    groups.members(deputies).add(deputy).send().await.unwrap();
    let rows = whole(office.reports().administrators(false).await).await;
    let admins: Vec<_> =
        office.people().await.iter().filter(|user| user.is_admin == Some(true)).map(|user| user.id).collect();
    let of = |role: &str| -> Vec<UserId> {
        rows.iter().filter(|row| row.roles == [role]).map(|row| row.user_id).collect()
    };
    assert_eq!((of("administrator"), of("deputy_administrator")), (admins, vec![deputy]));

    groups.members(deputies).add(nested).send().await.unwrap();
    let survey = office.reports().administrators(true).await.unwrap();
    assert!(said(&survey).contains("Managers are as of "), "{:?}", survey.notes);
    let (rows, gaps) = with_gaps(survey).await;
    assert!(rows.iter().any(|row| row.roles.contains(&"manager".to_owned())));
    assert!(gaps.len() == 1 && gaps[0].1.contains("its members are not in the report"), "{gaps:?}");
}

/// The group tells what the list of employees does not.
#[tokio::test]
async fn whoever_is_in_the_group_of_administrators_is_one_and_a_group_that_is_not_there_is_said() {
    let office = Office::new(nothing);
    let (group, _) = office.group_of("organization_admin").await;
    let person = office.people().await[9].id;
    office.directory().groups().members(group).add(person).send().await.unwrap();
    let rows = whole(office.reports().administrators(false).await).await;
    let row = rows.iter().find(|row| row.user_id == person).unwrap();
    assert_eq!(row.roles, ["administrator"]);
    assert!(rows.iter().all(|row| row.roles.len() == 1), "no role twice: {rows:?}");

    let office = Office::new(|path| {
        path.ends_with("/groups").then(|| (200, json!({"groups": [], "page": 1, "pages": 1, "total": 0})))
    });
    let survey = office.reports().administrators(false).await.unwrap();
    assert!(said(&survey).contains("none of deputy administrators: whether there are any is not told"));
}

#[tokio::test]
async fn what_the_organisation_sends_on_itself_is_said_beside_the_rows() {
    let office = Office::new(|path| {
        path.ends_with("/mail/routing/rules").then(|| {
            (200, json!({"rules": [{"actions": [{"action": "forward", "data": {"email": "copy@elsewhere.example"}}],
                "condition": {}, "scope": {"direction": "inbound"}, "terminal": false}]}))
        })
    });
    let survey = office.reports().forwarding().await.unwrap();
    assert!(said(&survey).contains("send letters on, to copy@elsewhere.example"));
    let office = Office::new(|path| {
        path.ends_with("/mail/routing/rules")
            .then(|| (403, json!({"code": 7, "message": "No required scope", "details": []})))
    });
    let (_, gaps) = with_gaps(office.reports().forwarding().await.unwrap()).await;
    assert!(gaps.len() == 1 && gaps[0].0 == "the mail rules of the organisation", "{gaps:?}");
}

#[tokio::test]
async fn whoever_has_used_nothing_for_long_is_told_and_whoever_is_new_is_not() {
    let office = Office::new(nothing);
    let reports = office.reports();
    let (long, longer) = (whole(reports.inactive(90).await).await, whole(reports.inactive(300).await).await);
    assert!(long.len() > longer.len() && !longer.is_empty(), "{} {}", long.len(), longer.len());
    for row in &long {
        assert!(row.unused_days_count.is_none_or(|days| days > 90), "{row:?}");
        assert_eq!(row.last_used_date.is_none(), row.unused_days_count.is_none());
        assert!(row.is_in_statistics);
    }
    assert!(long.iter().any(|row| row.last_used_date.is_none()), "of whom no use is told is in it");
}

#[tokio::test]
async fn without_statistics_nobody_is_told_to_be_active() {
    let office = Office::new(|path| {
        path.ends_with("/users/statistics").then(|| (200, json!({"items": [], "iteration_key": ""})))
    });
    let (rows, gaps) = with_gaps(office.reports().inactive(90).await.unwrap()).await;
    assert_eq!(rows, []);
    assert!(gaps.len() == 1 && gaps[0].0 == "everybody", "{gaps:?}");
}

#[tokio::test]
async fn whoever_reaches_a_mailbox_is_told_with_the_roles() {
    let office = Office::new(nothing);
    let mailboxes = Mail::new(office.client.clone(), office.org()).mailboxes();
    let people = office.people().await;
    let (owner, actor) = (&people[20], &people[21]);
    mailboxes.delegated().enable(owner.id).send().await.unwrap();
    mailboxes.grant(owner.id, actor.id, [Role::ImapAdmin]).send().await.unwrap().until_done().await.unwrap();
    let rows = whole(office.reports().mailbox_access().await).await;
    let given = rows.iter().find(|row| row.actor_id == actor.id && row.mailbox_type.as_str() == "delegated");
    let given = given.unwrap();
    assert_eq!((&given.mailbox_email, &given.actor_email), (&owner.email, &actor.email));
    assert_eq!(given.roles, [Role::ImapAdmin]);
    let shared = rows.iter().find(|row| row.mailbox_type.as_str() == "shared").unwrap();
    assert!(
        shared.mailbox_email.as_ref().is_some_and(|email| email.contains('@'))
            && shared.mailbox_name.is_some()
    );
}

#[tokio::test]
async fn members_from_outside_are_told_of_every_group() {
    // One group has a member who is nobody of the list.
    let office = Office::new(|path| {
        path.ends_with("/groups/5/members").then(|| {
            (
                200,
                json!({"users": [{"id": "99", "nickname": "x", "email": "x@elsewhere.example",
                "name": {"first": "X", "last": "Y"}}], "groups": [], "departments": []}),
            )
        })
    });
    let contacts = office.directory().external_contacts();
    let made = contacts
        .create(
            "Wei",
            "Zhang",
            [orglib_models::directory::NewExternalContactEmail::new("wei@partner.example").main(true)],
        )
        .send()
        .await
        .unwrap();
    let group = GroupId::new(8).unwrap();
    let members = office.directory().groups().members(group);
    members.add_all().external_contact_ids([made.id.clone()]).send().await.unwrap();
    let rows = whole(office.reports().external_members().await).await;
    let of = |id: &str| rows.iter().find(|row| row.member_id == id).unwrap();
    let contact = of(&made.id.to_string());
    assert_eq!(
        (contact.group_id, contact.member_emails.clone()),
        (group, vec!["wei@partner.example".to_owned()])
    );
    assert_eq!(contact.member_type, "external_contact");
    let stranger = of("99");
    assert_eq!((stranger.member_type.as_str(), stranger.member_name.as_str()), ("user", "Y X"));
    assert_eq!(stranger.group_id.get(), 5);
}

#[tokio::test]
async fn an_application_without_rights_has_a_row_too() {
    let office = Office::new(|path| {
        path.ends_with("/service_applications").then(|| {
            (200, json!({"applications": [{"id": "a", "scopes": ["x", "y"]}, {"id": "b", "scopes": []}]}))
        })
    });
    let rows = whole(office.reports().service_applications().await).await;
    let rows: Vec<_> = rows.iter().map(|row| (row.id.as_str(), row.scope.as_deref())).collect();
    assert_eq!(rows, [("a", Some("x")), ("a", Some("y")), ("b", None)]);
}

#[tokio::test]
async fn sign_ins_are_counted_by_person_and_kind_and_failed_ones_apart() {
    let one = Office::new(nothing).people().await[3].id;
    let office = Office::new(move |path| {
        let event = |id: &str, kind: &str, uid: u64, at: &str, ip: &str, status: &str| {
            json!({"user_login": "gone", "user_name": "", "event": {"idempotency_id": id, "type": kind, "uid": uid,
                "occurred_at": at, "ip": ip, "status": status, "org_id": 1, "meta": {}}})
        };
        path.ends_with("/events").then(|| {
            let (one, stranger) = (one.get(), 7);
            let items = [
                event("e1", "id_cookie.set", one, "2024-02-03T10:00:00Z", "192.0.2.1/32", "Success"),
                event("e2", "id_cookie.set", one, "2024-02-02T10:00:00Z", "192.0.2.2/32", "Success"),
                event("e2", "id_cookie.set", one, "2024-02-02T10:00:00Z", "192.0.2.2/32", "Success"),
                event("e3", "id_cookie.set", one, "2024-02-04T10:00:00Z", "192.0.2.9/32", "Error"),
                event("e4", "id_app_password.login", one, "2024-02-01T10:00:00Z", "192.0.2.1", "Success"),
                event("e5", "id_device_token.issued", one, "2024-02-01T10:00:00Z", "192.0.2.1", "Success"),
                event("e6", "id_account.glogout", one, "2024-02-01T12:00:00Z", "192.0.2.7", "Success"),
                event("e7", "id_cookie.set", stranger, "2024-01-31T12:00:00Z", "192.0.2.7", "Success"),
                event("e8", "id_cookie.set", 0, "2024-02-01T12:00:00Z", "localhost", "Success"),
            ];
            (200, json!({"items": items, "iteration_key": ""}))
        })
    });
    let since: Timestamp = "2024-01-01T00:00:00Z".parse().unwrap();
    let survey = office.reports().sessions(since).await.unwrap();
    let notes = said(&survey);
    for part in ["lives without an end", "of 2024-01-31T12:00:00Z", "1 event does not say whose it is"] {
        assert!(notes.contains(part), "{part}: {notes}");
    }
    let rows = whole(Ok(survey)).await;
    assert_eq!(rows.len(), office.people().await.len() + 1);
    let row = rows.iter().find(|row| row.user_id == one).unwrap();
    assert_eq!((row.sign_ins_count, row.addresses_count, row.failed_count), (2, 2, 1));
    assert_eq!(row.last_sign_in_at.as_ref().unwrap().as_str(), "2024-02-03T10:00:00Z");
    assert_eq!(row.last_sign_in_ip.as_deref(), Some("192.0.2.1"));
    assert_eq!((row.app_password_sign_ins_count, row.tokens_count), (1, 1));
    assert_eq!(row.signed_out_everywhere_at.as_ref().unwrap().as_str(), "2024-02-01T12:00:00Z");
    let stranger = rows.last().unwrap();
    assert_eq!((stranger.email.as_str(), stranger.status), ("gone", AccountStatus::Unknown));
    assert!(rows.iter().any(|row| row.sign_ins_count == 0), "everybody has a row");
}
