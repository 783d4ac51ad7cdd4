//! What a log makes of its pages: nothing lost, nothing repeated, no endless loop.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use futures::{StreamExt, TryStreamExt};
use orglib_audit::{Audit, OrgId, model::AuditEventType};
use orglib_core::{Client, ErrorKind, transport::RetryPolicy};
use orglib_testkit::{Answer, ManualClock, MockTransport, When};
use serde_json::{Value, json};

const ORG: OrgId = OrgId::new(7).unwrap();

fn audit(mock: &MockTransport, policy: RetryPolicy) -> Audit {
    let client = Client::builder(mock.shared())
        .clock(ManualClock::auto().shared())
        .stack(|stack| stack.retry(policy))
        .build();
    Audit::new(client, ORG)
}

fn event(id: &str, kind: &str) -> Value {
    json!({"user_login": "anna", "user_name": "Орлова Анна", "event": {"type": kind, "idempotency_id": id}})
}

fn page(events: Value, key: Value) -> Answer {
    Answer::json(json!({"items": events, "iteration_key": key}).to_string())
}

fn at(key: &str) -> When {
    When::operation("get-logs").query("iteration_key", key)
}

fn start() -> When {
    When::operation("get-logs").no_query("iteration_key")
}

async fn ids(audit: &Audit) -> Vec<Result<String, ErrorKind>> {
    let events = audit.events().list().stream();
    events
        .map(|event| event.map(|event| event.event.idempotency_id).map_err(|error| error.kind()))
        .collect()
        .await
}

#[tokio::test]
async fn empty_and_null_pages_with_a_key_are_passed_over() {
    for end in [json!(null), json!(""), json!(0), json!("0")] {
        let mock = MockTransport::new();
        mock.expect(start(), page(json!([event("1", "id_cookie.set")]), json!("a")));
        mock.expect(at("a"), page(json!([]), json!("b")));
        mock.expect(at("b"), page(json!(null), json!("c")));
        mock.expect(at("c"), page(json!([event("2", "brand.new")]), end));
        let events = audit(&mock, RetryPolicy::never()).events().list().try_collect().await.unwrap();
        assert_eq!(events.len(), 2);
        assert_eq!(events[0].event.kind, AuditEventType::IdCookieSet);
        assert_eq!(events[1].event.kind.as_str(), "brand.new");
        mock.verify();
    }
}

#[tokio::test]
async fn an_absent_key_ends_the_log() {
    let mock = MockTransport::new();
    mock.expect(start(), Answer::json(json!({"items": [event("1", "x")]}).to_string()));
    assert_eq!(ids(&audit(&mock, RetryPolicy::never())).await, [Ok("1".to_owned())]);
    mock.verify();
}

#[tokio::test]
async fn a_key_that_comes_again_ends_the_log_with_an_error_and_repeats_nothing() {
    let mock = MockTransport::new();
    mock.expect(start(), page(json!([event("1", "x")]), json!("a")));
    mock.expect(at("a"), page(json!([event("2", "x")]), json!("b")));
    mock.expect(at("b"), page(json!([event("3", "x")]), json!("a")));
    let got = ids(&audit(&mock, RetryPolicy::never())).await;
    let read = ["1", "2", "3"].map(|id| Ok(id.to_owned()));
    assert_eq!(got, read.into_iter().chain([Err(ErrorKind::Paging)]).collect::<Vec<_>>());
    mock.verify();
}

#[tokio::test]
async fn a_page_cut_off_is_asked_for_again() {
    let mock = MockTransport::new();
    mock.expect(start(), page(json!([event("1", "x")]), json!("a")));
    mock.expect(at("a"), page(json!([event("2", "x")]), json!("b")).cut_off());
    mock.expect(at("a"), page(json!([event("2", "x")]), json!(null)));
    let got = ids(&audit(&mock, RetryPolicy::new())).await;
    assert_eq!(got, ["1", "2"].map(|id| Ok(id.to_owned())));
    mock.verify();
}

#[tokio::test]
async fn a_page_that_cannot_be_had_tells_where_to_go_on() {
    let mock = MockTransport::new();
    mock.expect(start(), page(json!([event("1", "x")]), json!("a")));
    mock.expect(at("a"), page(json!([event("2", "x")]), json!("b")).cut_off());
    mock.expect(at("a"), page(json!([event("2", "x")]), json!("b")));
    mock.expect(at("b"), page(json!([event("3", "x")]), json!("")));
    let audit = audit(&mock, RetryPolicy::never());
    let mut stream = audit.events().list().stream();
    assert_eq!(stream.try_next().await.unwrap().unwrap().event.idempotency_id, "1");
    assert!(stream.try_next().await.is_err());
    assert!(stream.next().await.is_none());
    let continuation = stream.continuation().unwrap().to_string().parse().unwrap();
    let rest = audit.events().list().resume_from(continuation).try_collect().await.unwrap();
    assert_eq!(rest.iter().map(|event| event.event.idempotency_id.as_str()).collect::<Vec<_>>(), ["2", "3"]);
    mock.verify();
}

#[tokio::test]
async fn an_event_that_cannot_be_read_is_an_error_in_its_place() {
    let mock = MockTransport::new();
    mock.always(start(), page(json!([event("1", "x"), [7], null, event("2", "x")]), json!(null)));
    let got = ids(&audit(&mock, RetryPolicy::never())).await;
    assert_eq!(got[0], Ok("1".to_owned()));
    assert_eq!((&got[1], &got[2]), (&Err(ErrorKind::Decode), &Err(ErrorKind::Decode)));
    assert_eq!(got[3], Ok("2".to_owned()));
}

#[tokio::test]
async fn an_answer_that_is_no_page_is_not_understood() {
    for body in ["{}", "[]", r#"{"code":7,"message":"x"}"#, r#"{"items":{}}"#] {
        let mock = MockTransport::new();
        mock.always(When::any(), Answer::json(body));
        assert_eq!(ids(&audit(&mock, RetryPolicy::never())).await, [Err(ErrorKind::Decode)], "{body}");
    }
}

#[tokio::test]
async fn the_mail_and_disk_logs_end_at_an_empty_token() {
    let mock = MockTransport::new();
    let page = |token: &str| {
        Answer::json(format!(
            r#"{{"events":[{{"uniqId":"before {token}","eventType":"new_type","extra":1}}],"nextPageToken":"{token}"}}"#
        ))
    };
    for operation in ["AuditLogService_Mail", "AuditLogService_Disk"] {
        mock.expect(When::operation(operation).no_query("pageToken"), page("1_2"));
        mock.expect(When::operation(operation).query("pageToken", "1_2"), page(""));
    }
    let audit = audit(&mock, RetryPolicy::never());
    let mail = audit.mail().list().try_collect().await.unwrap();
    assert_eq!((mail.len(), mail[1].event_type.as_str()), (2, "new_type"));
    assert_eq!(mail[0].other["extra"], 1);
    let disk = audit.disk().list().try_collect().await.unwrap();
    assert_eq!((disk.len(), disk[0].event_type.as_str()), (2, "new_type"));
    mock.verify();
}
