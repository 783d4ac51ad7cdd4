//! Latency, the limit, and faults on demand.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use std::{collections::BTreeSet, time::Duration};

use common::{Asker, checked, list, request, text};
use http::{Method, header};
use orglib_sandbox::{FaultKind, Faults, Rate, Sandbox};
use orglib_testkit::ManualClock;
use orglib_transport::{Clock, TransportErrorKind};
use serde_json::Value;

fn failing(kind: FaultKind) -> Sandbox {
    Sandbox::builder()
        .users(5)
        .clock(ManualClock::auto().shared())
        .faults(Faults::errors(1.0).with_kinds([kind]))
        .build()
}

fn users_path(sandbox: &Sandbox) -> String {
    format!("/directory/v1/org/{}/users", sandbox.org_id())
}

#[tokio::test]
async fn each_fault_has_its_status_and_its_delay() {
    for (kind, status, with_delay) in [
        (FaultKind::Internal, 500, false),
        (FaultKind::BadGateway, 502, false),
        (FaultKind::Unavailable, 503, false),
        (FaultKind::UnavailableRetry, 503, true),
        (FaultKind::Throttled, 429, false),
        (FaultKind::ThrottledRetry, 429, true),
        (FaultKind::ThrottledDate, 429, true),
        (FaultKind::Html, 200, false),
        (FaultKind::HtmlBadGateway, 502, false),
        (FaultKind::Late, 200, false),
    ] {
        let sandbox = failing(kind);
        let answer = Asker::new(&sandbox).ask(&users_path(&sandbox), &[]).await;
        assert_eq!(answer.status.as_u16(), status, "{}", kind.name());
        assert_eq!(answer.headers.contains_key(header::RETRY_AFTER), with_delay, "{}", kind.name());
        assert!(answer.headers.contains_key("x-request-id"), "{}", kind.name());
        let html = matches!(kind, FaultKind::Html | FaultKind::HtmlBadGateway);
        assert_eq!(answer.json.is_null(), html, "{}", kind.name());
        assert_eq!(sandbox.stats().faults, 1);
    }
}

#[tokio::test]
async fn a_delay_is_told_in_seconds_or_as_a_date() {
    let sandbox = failing(FaultKind::ThrottledDate);
    let answer = Asker::new(&sandbox).ask(&users_path(&sandbox), &[]).await;
    assert_eq!(answer.headers[header::RETRY_AFTER], "Thu, 01 Jan 2026 00:00:01 GMT");
    let sandbox = failing(FaultKind::ThrottledRetry);
    let answer = Asker::new(&sandbox).ask(&users_path(&sandbox), &[]).await;
    assert!(["0", "1"].contains(&answer.headers[header::RETRY_AFTER].to_str().unwrap()));
}

#[tokio::test]
async fn a_broken_connection_is_an_error_after_sending() {
    for kind in [FaultKind::Drop, FaultKind::Lost] {
        let sandbox = failing(kind);
        let request = request(Method::GET, &users_path(&sandbox), &[]);
        let error = Asker::new(&sandbox).send(request).await.unwrap_err();
        assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Broken, true));
    }
}

#[tokio::test]
async fn a_cut_off_body_breaks_while_it_is_read() {
    let sandbox = failing(FaultKind::CutOff);
    let request = request(Method::GET, &users_path(&sandbox), &[]);
    let response = Asker::new(&sandbox).send(request).await.unwrap();
    assert_eq!(response.status, 200);
    let error = response.body.collect(1 << 20).await.unwrap_err();
    assert_eq!((error.kind(), error.was_sent()), (TransportErrorKind::Broken, true));
}

#[tokio::test]
async fn a_persistent_client_sees_what_a_lucky_one_sees() {
    let calm = checked().users(40).build();
    let sandbox = checked().users(40).faults(Faults::errors(0.5)).build();
    let path = users_path(&sandbox);
    let mut failures = 0;
    for page in 1..=40 {
        let page = page.to_string();
        let query = [("page", page.as_str()), ("perPage", "1")];
        let expected = Asker::new(&calm).get(&path, &query).await;
        let mut attempts = 0;
        loop {
            attempts += 1;
            assert!(attempts <= 5, "page {page}");
            let sent = Asker::new(&sandbox).send(request(Method::GET, &path, &query)).await;
            let Ok(response) = sent else { continue };
            if response.status != 200 {
                continue;
            }
            let Ok(body) = response.body.collect(1 << 20).await else { continue };
            let Ok(body) = serde_json::from_slice::<Value>(&body) else { continue };
            assert_eq!(body, expected);
            break;
        }
        failures += attempts - 1;
    }
    assert_eq!(sandbox.stats().faults, failures);
    assert!(failures > 10, "{failures}");
    assert_eq!(sandbox.stats().requests, 40 + failures);
}

#[tokio::test]
async fn garbled_lists_lose_nobody() {
    let calm = checked().users(300).build();
    let sandbox = checked().users(300).faults("unknown,nulls,ids".parse().unwrap()).build();
    let emails = async |sandbox: &Sandbox| -> BTreeSet<String> {
        let users = Asker::new(sandbox).users().await;
        users.iter().map(|user| text(&user["email"]).to_owned()).collect()
    };
    assert_eq!(emails(&sandbox).await, emails(&calm).await);
    let users = Asker::new(&sandbox).users().await;
    assert!(users.iter().any(|user| user["departmentId"].is_string()));
    assert!(users.iter().any(|user| user["name"].is_null()));
    assert!(users.iter().any(|user| user["language"] == "new_language"));
    let mut resources = 0;
    for user in &users {
        resources += Asker::new(&sandbox).resources(text(&user["id"])).await.len();
    }
    assert_eq!(resources, 900);
}

#[tokio::test]
async fn owners_stay_owners_among_unknown_words() {
    let sandbox = checked().users(30).faults("unknown,nulls".parse().unwrap()).build();
    let asker = Asker::new(&sandbox);
    let mut kinds = BTreeSet::new();
    for user in asker.users().await {
        for resource in asker.resources(text(&user["id"])).await {
            let query = [("public_key", text(&resource["public_hash"]))];
            let settings = asker.get("/v1/disk/public/resources/admin/public-settings", &query).await;
            let accesses = list(&settings["accesses"]);
            assert_eq!(accesses.iter().filter(|access| access["type"] == "owner").count(), 1);
            kinds.extend(accesses.iter().map(|access| text(&access["type"]).to_owned()));
        }
    }
    assert!(kinds.contains("new_type") && kinds.contains("macro"));
}

#[tokio::test]
async fn requests_past_the_limit_are_refused_and_counted() {
    let clock = ManualClock::auto();
    let sandbox = checked().users(5).clock(clock.shared()).rate(Rate::new(40.0)).build();
    let asker = Asker::new(&sandbox);
    let mut statuses = Vec::new();
    for _ in 0..10 {
        let answer = asker.ask(&users_path(&sandbox), &[]).await;
        if answer.status == 429 {
            assert_eq!(answer.headers[header::RETRY_AFTER], "1");
            assert_eq!(answer.json["code"], 8);
        }
        statuses.push(answer.status.as_u16());
    }
    assert_eq!(statuses, [[200; 8].as_slice(), &[429; 2]].concat());
    clock.advance(Duration::from_millis(25));
    assert_eq!(asker.status(&users_path(&sandbox), &[]).await, 200);
    let stats = sandbox.stats();
    assert_eq!((stats.requests, stats.refused, stats.faults), (11, 2, 0));
    assert_eq!(stats.operations["UserService_List"].refused, 2);
}

#[tokio::test]
async fn answers_take_as_long_as_they_are_told_to() {
    let clock = ManualClock::auto();
    let sandbox = checked().users(5).clock(clock.shared()).latency(Duration::from_millis(30)).build();
    Asker::new(&sandbox).users().await;
    assert_eq!(clock.monotonic(), Duration::from_millis(30));
    sandbox.set_latency(Duration::ZERO);
    sandbox.set_faults(Faults::errors(1.0).with_kinds([FaultKind::Late]));
    Asker::new(&sandbox).users().await;
    assert_eq!(clock.monotonic(), Duration::from_millis(1030));
}

#[tokio::test]
async fn a_reset_begins_the_counting_anew() {
    let sandbox = checked().users(5).rate(Rate::new(0.0)).build();
    let asker = Asker::new(&sandbox);
    assert_eq!(asker.status("/directory/v1/org", &[]).await, 200);
    assert_eq!(asker.status("/directory/v1/org", &[]).await, 429);
    sandbox.reset();
    assert_eq!(sandbox.stats().requests, 0);
    assert_eq!(asker.status("/directory/v1/org", &[]).await, 200);
}
