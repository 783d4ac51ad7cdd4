//! The audit logs: every type, every filter, pages of every kind.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod common;

use std::collections::BTreeSet;

use common::{Asker, checked, list, text};
use orglib_sandbox::Sandbox;
use orglib_testkit::ManualClock;
use serde_json::{Value, json};

/// Names and values.
type Query<'a> = &'a [(&'a str, &'a str)];

/// The present of the clock, and more than the logs' length before it.
const NOW: &str = "2026-01-01T00:00:00Z";
const LONG_AGO: &str = "2020-01-01T00:00:00+03:00";

fn sandbox() -> Sandbox {
    checked().users(30).clock(ManualClock::new().shared()).build()
}

fn events(sandbox: &Sandbox) -> String {
    format!("/v1/auditlog/organizations/{}/events", sandbox.org_id())
}

fn log(sandbox: &Sandbox, name: &str) -> String {
    format!("/security/v1/org/{}/audit_log/{name}", sandbox.org_id())
}

/// Every item of a list that is followed by its token.
async fn all(asker: &Asker<'_>, path: &str, fixed: &[(&str, &str)], names: [&str; 3]) -> Vec<Value> {
    let [key, parameter, next] = names;
    let (mut items, mut token) = (Vec::new(), None::<String>);
    loop {
        let mut query = fixed.to_vec();
        query.extend(token.as_deref().map(|token| (parameter, token)));
        let page = asker.get(path, &query).await;
        items.extend(list(&page[key]));
        match page[next].as_str().filter(|token| !token.is_empty()) {
            Some(next) => token = Some(next.to_owned()),
            None => return items,
        }
    }
}

const EVENTS: [&str; 3] = ["items", "iteration_key", "iteration_key"];
const LOG: [&str; 3] = ["events", "pageToken", "nextPageToken"];

#[tokio::test]
async fn every_event_is_listed_once_the_newest_first() {
    let sandbox = sandbox();
    let asker = Asker::new(&sandbox);
    let items = all(&asker, &events(&sandbox), &[("ended_at", NOW), ("count", "33")], EVENTS).await;
    let ids: BTreeSet<_> = items.iter().map(|item| text(&item["event"]["idempotency_id"])).collect();
    assert_eq!((items.len(), ids.len()), (320, 320));
    let times: Vec<_> = items.iter().map(|item| text(&item["event"]["occurred_at"])).collect();
    assert!(times.is_sorted_by(|later, earlier| later >= earlier));
    let types: BTreeSet<_> = items.iter().map(|item| text(&item["event"]["type"])).collect();
    assert_eq!(types.len(), 100);

    for (name, count) in [("mail", 216), ("disk", 90)] {
        let items = all(&asker, &log(&sandbox, name), &[("pageSize", "10")], LOG).await;
        let ids: BTreeSet<_> = items.iter().map(|item| text(&item["uniqId"])).collect();
        assert_eq!((items.len(), ids.len()), (count, count), "{name}");
    }
}

#[tokio::test]
async fn every_filter_keeps_what_it_says() {
    let sandbox = sandbox();
    let asker = Asker::new(&sandbox);
    let path = events(&sandbox);
    let base = [("ended_at", NOW), ("count", "100")];
    let whole = all(&asker, &path, &base, EVENTS).await;
    let uid = whole.iter().find_map(|item| item["event"]["uid"].as_u64()).unwrap();
    let uid_text = uid.to_string();
    let middle = text(&whole[160]["event"]["occurred_at"]).to_owned();
    let is = |item: &Value, name: &str, wanted: &Value| item["event"][name] == *wanted;
    type Keeps<'a> = Box<dyn Fn(&Value) -> bool + 'a>;
    let cases: [(&str, &str, Keeps<'_>); 6] = [
        (
            "types",
            "id_cookie.set,disk_fs-rm",
            Box::new(|item| {
                is(item, "type", &json!("id_cookie.set")) || is(item, "type", &json!("disk_fs-rm"))
            }),
        ),
        ("include_uids", &uid_text, Box::new(|item| is(item, "uid", &json!(uid)))),
        ("exclude_uids", &uid_text, Box::new(|item| !is(item, "uid", &json!(uid)))),
        ("service", "ID", Box::new(|item| is(item, "service", &json!("ID")))),
        ("ip", "localhost", Box::new(|item| is(item, "ip", &json!("localhost")))),
        ("started_at", &middle, Box::new(|item| text(&item["event"]["occurred_at"]) >= middle.as_str())),
    ];
    for (name, value, keeps) in cases {
        let kept = all(&asker, &path, &[base[0], base[1], (name, value)], EVENTS).await;
        let expected: Vec<_> = whole.iter().filter(|item| keeps(item)).cloned().collect();
        assert!(!kept.is_empty() && kept.len() < whole.len(), "{name}");
        assert_eq!(kept, expected, "{name}");
    }
}

#[tokio::test]
async fn the_older_logs_take_repeated_filters() {
    let sandbox = sandbox();
    let asker = Asker::new(&sandbox);
    let path = log(&sandbox, "mail");
    let query = [("pageSize", "100"), ("types", "message_copy"), ("types", "mailbox_send")];
    let kept = all(&asker, &path, &query, LOG).await;
    let types: BTreeSet<_> = kept.iter().map(|item| text(&item["eventType"])).collect();
    assert_eq!(types, BTreeSet::from(["mailbox_send", "message_copy"]));
    let uid = text(&kept[0]["userUid"]).to_owned();
    let of_one = all(&asker, &path, &[("pageSize", "100"), ("includeUids", &uid)], LOG).await;
    assert!(of_one.iter().all(|item| item["userUid"] == uid.as_str()));
    let rest = all(&asker, &path, &[("pageSize", "100"), ("excludeUids", &uid)], LOG).await;
    assert_eq!(rest.len() + of_one.len(), 216);
}

#[tokio::test]
async fn the_mail_log_takes_the_tokens_that_clients_make_up() {
    let sandbox = sandbox();
    let asker = Asker::new(&sandbox);
    let path = log(&sandbox, "mail");
    let whole = all(&asker, &path, &[("pageSize", "100")], LOG).await;
    for (token, skipped) in [("", 0), ("0", 0), ("0_0", 0), ("10", 10), ("200", 200)] {
        let page = asker.get(&path, &[("pageSize", "10"), ("pageToken", token)]).await;
        assert_eq!(list(&page["events"])[0], whole[skipped], "{token}");
    }
    let first =
        asker.get(&events(&sandbox), &[("ended_at", NOW), ("count", "5"), ("iteration_key", "0")]).await;
    assert_eq!(list(&first["items"]).len(), 5);
}

#[tokio::test]
async fn what_the_documents_do_not_allow_is_refused() {
    let sandbox = sandbox();
    let asker = Asker::new(&sandbox);
    let (events, mail) = (events(&sandbox), log(&sandbox, "mail"));
    let cases: [(&str, Query<'_>, u16); 12] = [
        (&events, &[("count", "100")], 400),
        (&events, &[("ended_at", NOW)], 400),
        (&events, &[("ended_at", NOW), ("count", "0")], 400),
        (&events, &[("ended_at", NOW), ("count", "101")], 400),
        (&events, &[("ended_at", "yesterday"), ("count", "1")], 400),
        (&events, &[("ended_at", LONG_AGO), ("started_at", NOW), ("count", "1")], 400),
        (&events, &[("ended_at", NOW), ("count", "1"), ("iteration_key", "x")], 400),
        (&events, &[("ended_at", NOW), ("count", "1"), ("include_uids", "1"), ("exclude_uids", "2")], 400),
        (&events, &[("ended_at", NOW), ("count", "1"), ("started_at", LONG_AGO)], 200),
        (&mail, &[("pageSize", "101")], 400),
        (&mail, &[("pageSize", "1"), ("afterDate", NOW), ("beforeDate", LONG_AGO)], 400),
        (&mail, &[("pageSize", "1"), ("pageToken", "x")], 400),
    ];
    for (path, query, status) in cases {
        assert_eq!(asker.status(path, query).await, status, "{path} {query:?}");
    }
    let foreign = format!("/v1/auditlog/organizations/{}/events", sandbox.foreign_org_id());
    assert_eq!(asker.status(&foreign, &[("ended_at", NOW), ("count", "1")]).await, 403);
}
