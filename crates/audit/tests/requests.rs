//! What each operation asks: method, encoded path, query; and what is refused before sending.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use orglib_audit::{
    Audit, ListDiskEvents, ListEvents, ListMailEvents, OrgId, UserId,
    model::{AuditEventType, AuditService, MailEventType},
    prelude::*,
};
use orglib_core::{Client, Endpoints, ErrorKind, Operation};
use orglib_models::Timestamp;
use orglib_testkit::{Answer, ManualClock, MockTransport, When, request_line};

const ORG: OrgId = OrgId::new(7).unwrap();
const ANNA: UserId = UserId::new(1_130_000_000_000_001).unwrap();
const IVAN: UserId = UserId::new(1_130_000_000_000_002).unwrap();

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A time as an earlier answer may have held it: any text.
fn text(text: &str) -> Timestamp {
    serde_json::from_value(text.into()).unwrap()
}

fn line(operation: &impl Operation) -> String {
    match operation.request(&Endpoints::new()) {
        Ok(request) => request_line(&request),
        Err(error) => error.to_string(),
    }
}

#[test]
fn each_operation_asks_what_the_documents_say() {
    let cloud = "GET https://cloud-api.yandex.net/v1/auditlog/organizations/7/events";
    let api360 = "GET https://api360.yandex.net/security/v1/org/7/audit_log";
    let (start, end) = (time("2024-01-31T23:59:59+03:00"), time("2024-02-01T00:00:00Z"));
    let events = ListEvents::new(ORG).ended_at(end.clone());
    let everything = events
        .clone()
        .started_at(start.clone())
        .types([AuditEventType::IdCookieSet, "brand_new.type".into()])
        .include_uids([ANNA, IVAN])
        .ip("2001:db8::1/128")
        .service(AuditService::Web);
    let mail = ListMailEvents::new(ORG)
        .after_date(start.clone())
        .before_date(end.clone())
        .types([MailEventType::MailboxSend, MailEventType::MessagePurge])
        .include_uids([ANNA, IVAN])
        .exclude_uids([IVAN]);
    let disk = ListDiskEvents::new(ORG).after_date(start).before_date(end).exclude_uids([ANNA, IVAN]);
    for (line, expected) in [
        (line(&events), format!("{cloud}?ended_at=2024-02-01T00%3A00%3A00Z&count=100")),
        (
            line(&everything),
            format!(
                "{cloud}?started_at=2024-01-31T23%3A59%3A59%2B03%3A00&ended_at=2024-02-01T00%3A00%3A00Z\
                 &types=id_cookie.set%2Cbrand_new.type&include_uids=1130000000000001%2C1130000000000002\
                 &ip=2001%3Adb8%3A%3A1%2F128&service=Web&count=100"
            ),
        ),
        (line(&ListMailEvents::new(ORG)), format!("{api360}/mail?pageSize=100")),
        (
            line(&mail),
            format!(
                "{api360}/mail?afterDate=2024-01-31T23%3A59%3A59%2B03%3A00&beforeDate=2024-02-01T00%3A00%3A00Z\
                 &types=mailbox_send&types=message_purge&includeUids=1130000000000001&includeUids=1130000000000002\
                 &excludeUids=1130000000000002&pageSize=100"
            ),
        ),
        (line(&ListDiskEvents::new(ORG)), format!("{api360}/disk?pageSize=100")),
        (
            line(&disk),
            format!(
                "{api360}/disk?afterDate=2024-01-31T23%3A59%3A59%2B03%3A00&beforeDate=2024-02-01T00%3A00%3A00Z\
                 &excludeUids=1130000000000001&excludeUids=1130000000000002&pageSize=100"
            ),
        ),
    ] {
        assert_eq!(line, expected);
    }
}

#[test]
fn a_period_that_cannot_be_is_refused_with_the_accepted_form() {
    let (early, late) = (time("2024-01-31T23:59:59Z"), time("2024-02-01T02:59:59.5+03:00"));
    for (name, refused) in [
        ("started_at", line(&ListEvents::new(ORG).started_at(late.clone()).ended_at(early.clone()))),
        ("afterDate", line(&ListMailEvents::new(ORG).after_date(late.clone()).before_date(early.clone()))),
        ("afterDate", line(&ListDiskEvents::new(ORG).after_date(late.clone()).before_date(early.clone()))),
        ("ended_at", line(&ListEvents::new(ORG))),
        ("ended_at", line(&ListEvents::new(ORG).ended_at(text("yesterday")))),
        ("started_at", line(&ListEvents::new(ORG).started_at(text("1706745599")).ended_at(late.clone()))),
        ("beforeDate", line(&ListMailEvents::new(ORG).before_date(text("2024-01-31")))),
        ("afterDate", line(&ListDiskEvents::new(ORG).after_date(text("31.01.2024 23:59")))),
    ] {
        assert!(refused.contains(name) && refused.contains("2024-01-31T23:59:59Z"), "{name}: {refused}");
    }
    let same = ListEvents::new(ORG).started_at(early.clone()).ended_at(time("2024-02-01T02:59:59+03:00"));
    assert!(line(&same).starts_with("GET"));
    for wrong in ["2024-01-31", "2024-13-01T00:00:00Z", "31.01.2024", ""] {
        assert!(wrong.parse::<Timestamp>().unwrap_err().to_string().contains("2024-01-31T23:59:59Z"));
    }
}

#[tokio::test]
async fn a_page_of_0_or_of_101_events_is_refused_before_sending() {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::json(r#"{"items":[],"events":[]}"#));
    let audit = Audit::new(Client::builder(mock.shared()).build(), ORG);
    for size in [0, 101] {
        let errors = [
            audit.events().list().page_size(size).try_collect().await.unwrap_err(),
            audit.mail().list().page_size(size).try_collect().await.unwrap_err(),
            audit.disk().list().page_size(size).try_collect().await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind(), ErrorKind::Build);
            assert!(error.message().contains("1 to 100"), "{error}");
        }
    }
    assert_eq!(mock.requests().len(), 0);
    for size in [1, 100] {
        audit.events().list().page_size(size).try_collect().await.unwrap();
        let asked = mock.requests().pop().unwrap();
        assert_eq!(asked.query_value("count"), Some(size.to_string().as_str()));
    }
}

#[tokio::test]
async fn events_are_listed_until_now_unless_an_end_is_set() {
    let mock = MockTransport::new();
    mock.always(When::any(), Answer::json(r#"{"items":[]}"#));
    let client = Client::builder(mock.shared()).clock(ManualClock::new().shared()).build();
    let events = Audit::new(client, ORG).events();
    events.list().try_collect().await.unwrap();
    events.list().ended_at(time("2020-01-01T00:00:00+00:00")).try_collect().await.unwrap();
    let ends: Vec<_> =
        mock.requests().iter().map(|request| request.query_value("ended_at").unwrap().to_owned()).collect();
    assert_eq!(ends, ["2026-01-01T00:00:00Z", "2020-01-01T00:00:00+00:00"]);
}
